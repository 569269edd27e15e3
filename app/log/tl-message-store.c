/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The memory of a message log: payloads in large blocks, an index of small records, both growing at one end and shrinking at the other. */

#include "tl-message-store.h"

#include <string.h>

#define MIN_BLOCK (64 * 1024)
#define MAX_BLOCK (1024 * 1024)
#define CHUNK_BITS 10
#define CHUNK_ROWS (1u << CHUNK_BITS)

typedef struct {
  guint8 *data;
  gsize size;
  gsize used;
  guint rows;
  GBytes *whole;  /* owns the data of a block that holds one large payload, which is then handed out without a copy */
} Block;

struct _TlMessageStore
{
  GPtrArray *blocks;    /* NULL where a block in the middle has gone */
  guint32 first_block;  /* the number of blocks[0] */
  guint32 open_block;
  Block *open;          /* where small payloads go */
  gsize block_size;
  gsize max_block_size;
  gsize block_memory;

  GPtrArray *chunks;    /* of TlMessageRecord[CHUNK_ROWS] */
  guint head;           /* the oldest row in chunks[0] */
  guint n_rows;
  guint64 bytes;
};

static void
block_free (gpointer data)
{
  Block *block = data;

  if (block == NULL)
    return;
  if (block->whole != NULL)
    g_bytes_unref (block->whole);
  else
    g_free (block->data);
  g_free (block);
}

static Block *
add_block (TlMessageStore *self,
           gsize           size,
           guint32        *number)
{
  Block *block = g_new0 (Block, 1);

  block->data = g_malloc (size);
  block->size = size;
  *number = self->first_block + self->blocks->len;
  g_ptr_array_add (self->blocks, block);
  self->block_memory += sizeof *block + size;

  return block;
}

/* A block with room for a small payload. The first of a log is small: most sessions are short. */
static Block *
get_open_block (TlMessageStore *self,
                gsize           length)
{
  if (self->open == NULL || self->open->size - self->open->used < length)
    {
      self->open = add_block (self, self->block_size, &self->open_block);
      self->block_size = MIN (self->block_size * 2, self->max_block_size);
    }
  return self->open;
}

static void
store_payload (TlMessageStore  *self,
               TlMessageRecord *record,
               const void      *data)
{
  Block *block;

  if (record->length > MIN_BLOCK)
    {
      guint32 number;

      block = add_block (self, record->length, &number);
      block->whole = g_bytes_new_take (block->data, block->size);
      record->block = number;
    }
  else
    {
      block = get_open_block (self, record->length);
      record->block = self->open_block;
    }

  record->start = block->used;
  if (record->length > 0)
    memcpy (block->data + block->used, data, record->length);
  block->used += record->length;
  block->rows++;
}

/* Forgets the blocks at the front that no row needs: freed ones, and an open one that has emptied while newer ones came behind it. */
static void
drop_front (TlMessageStore *self)
{
  guint gone = 0;

  for (; gone < self->blocks->len; gone++)
    {
      Block *block = self->blocks->pdata[gone];

      if (block == NULL)
        continue;
      if (block->rows > 0 || gone == self->blocks->len - 1)
        break;
      self->block_memory -= sizeof *block + block->size;
      self->open = NULL;
    }

  if (gone > 0)
    g_ptr_array_remove_range (self->blocks, 0, gone);
  self->first_block += gone;
}

static void
drop_payload (TlMessageStore        *self,
              const TlMessageRecord *record)
{
  guint index = record->block - self->first_block;
  Block *block = self->blocks->pdata[index];

  if (--block->rows > 0)
    return;

  if (block == self->open)
    {
      block->used = 0;
    }
  else
    {
      self->block_memory -= sizeof *block + block->size;
      block_free (block);
      self->blocks->pdata[index] = NULL;
    }
  drop_front (self);
}

static TlMessageRecord *
get_record (TlMessageStore *self,
            guint           index)
{
  guint row = self->head + index;
  TlMessageRecord *chunk = self->chunks->pdata[row >> CHUNK_BITS];

  return &chunk[row & (CHUNK_ROWS - 1)];
}

TlMessageStore *
tl_message_store_new (void)
{
  TlMessageStore *self = g_new0 (TlMessageStore, 1);

  self->blocks = g_ptr_array_new_with_free_func (block_free);
  self->chunks = g_ptr_array_new_with_free_func (g_free);
  self->block_size = MIN_BLOCK;
  self->max_block_size = MAX_BLOCK;

  return self;
}

void
tl_message_store_free (TlMessageStore *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->chunks);
  g_free (self);
}

void
tl_message_store_push (TlMessageStore  *self,
                       TlMessageRecord *record,
                       const void      *data)
{
  guint row = self->head + self->n_rows;

  if (row >> CHUNK_BITS == self->chunks->len)
    g_ptr_array_add (self->chunks, g_new (TlMessageRecord, CHUNK_ROWS));

  store_payload (self, record, data);
  self->bytes += record->length;
  self->n_rows++;
  *get_record (self, self->n_rows - 1) = *record;
}

gboolean
tl_message_store_pop (TlMessageStore  *self,
                      TlMessageRecord *record)
{
  if (self->n_rows == 0)
    return FALSE;

  *record = *get_record (self, 0);
  drop_payload (self, record);
  self->bytes -= record->length;
  self->n_rows--;
  self->head++;
  if (self->head == CHUNK_ROWS)
    {
      g_ptr_array_remove_index (self->chunks, 0);
      self->head = 0;
    }

  return TRUE;
}

guint
tl_message_store_get_n_rows (TlMessageStore *self)
{
  return self->n_rows;
}

guint64
tl_message_store_get_bytes (TlMessageStore *self)
{
  return self->bytes;
}

gsize
tl_message_store_get_memory (TlMessageStore *self)
{
  return sizeof *self + self->block_memory + self->blocks->len * sizeof (gpointer) +
         self->chunks->len * (sizeof (gpointer) + CHUNK_ROWS * sizeof (TlMessageRecord));
}

void
tl_message_store_set_max_bytes (TlMessageStore *self,
                                guint64         max_bytes)
{
  self->max_block_size = CLAMP (max_bytes / 16, MIN_BLOCK, MAX_BLOCK);
  self->block_size = MIN (self->block_size, self->max_block_size);
}

const TlMessageRecord *
tl_message_store_get (TlMessageStore *self,
                      guint           index)
{
  g_return_val_if_fail (index < self->n_rows, NULL);
  return get_record (self, index);
}

GBytes *
tl_message_store_dup_bytes (TlMessageStore        *self,
                            const TlMessageRecord *record)
{
  Block *block = self->blocks->pdata[record->block - self->first_block];

  if (block->whole != NULL)
    return g_bytes_ref (block->whole);
  return g_bytes_new (block->data + record->start, record->length);
}
