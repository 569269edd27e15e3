/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The memory of a message log: payloads in large blocks, an index of small records, both growing at one end and shrinking at the other. */

#include "tl-message-store.h"

#include "tl-message-source.h"

#include <string.h>

#define MIN_BLOCK (64 * 1024)
#define MAX_BLOCK (1024 * 1024)
/* How much of what the oldest rows leave is kept for the newest: a log that is full gives back a tenth of its bounds at a time, and fetches as much anew. Fresh
 * memory from the system costs a fault a page, which is more than all else that is done for 64 bytes. */
#define MAX_SPARE_BLOCKS 16
#define MAX_SPARE_CHUNKS 128
#define CHUNK_BITS 10
#define CHUNK_ROWS (1u << CHUNK_BITS)

/* One row of the index. `back` is how many rows before it the last row of the same stream stands, if it is near enough to be looked
 * back to; else 0. */
typedef struct {
  gint64 time;
  guint64 offset;
  guint32 block;
  guint32 start;
  guint32 length;
  guint32 peer : 20;
  guint32 kind : 3;
  guint32 back : 9;
} Record;

G_STATIC_ASSERT (sizeof (Record) <= 40);

typedef struct {
  guint8 *data;
  gsize size;
  gsize used;
  guint rows;
  GBytes *whole;  /* owns the data of a block that holds one large payload, which is then handed out without a copy */
} Block;

struct _TlMessageStore
{
  TlLogPeers *peers;

  GPtrArray *blocks;    /* NULL where a block in the middle has gone */
  guint32 first_block;  /* the number of blocks[0] */
  guint32 open_block;
  Block *open;          /* where small payloads go */
  gsize block_size;
  gsize max_block_size;
  gsize block_memory;
  GPtrArray *spare_blocks;  /* empty, of max_block_size */

  GPtrArray *chunks;    /* of Record[CHUNK_ROWS] */
  GPtrArray *spare_chunks;
  guint head;           /* the oldest row in chunks[0] */
  guint n_rows;
  guint64 first_id;
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
  Block *block;

  if (size == self->max_block_size && self->spare_blocks->len > 0)
    {
      block = g_ptr_array_steal_index_fast (self->spare_blocks, self->spare_blocks->len - 1);
    }
  else
    {
      block = g_new0 (Block, 1);
      block->data = g_malloc (size);
      block->size = size;
      self->block_memory += sizeof *block + size;
    }
  *number = self->first_block + self->blocks->len;
  g_ptr_array_add (self->blocks, block);

  return block;
}

/* No row needs it any more. */
static void
retire_block (TlMessageStore *self,
              Block          *block)
{
  if (block->whole == NULL && block->size == self->max_block_size && self->spare_blocks->len < MAX_SPARE_BLOCKS)
    {
      block->used = 0;
      g_ptr_array_add (self->spare_blocks, block);
      return;
    }
  self->block_memory -= sizeof *block + block->size;
  block_free (block);
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
store_payload (TlMessageStore *self,
               Record         *record,
               const void     *data)
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
      self->blocks->pdata[gone] = NULL;
      self->open = NULL;
      retire_block (self, block);
    }

  if (gone > 0)
    g_ptr_array_remove_range (self->blocks, 0, gone);
  self->first_block += gone;
}

static void
drop_payload (TlMessageStore *self,
              const Record   *record)
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
      self->blocks->pdata[index] = NULL;
      retire_block (self, block);
    }
  drop_front (self);
}

static Record *
get_record (TlMessageStore *self,
            guint           index)
{
  guint row = self->head + index;
  Record *chunk = self->chunks->pdata[row >> CHUNK_BITS];

  return &chunk[row & (CHUNK_ROWS - 1)];
}

/* Where the payload of a row stands in its stream, and how far back the bytes before it are. */
static void
continue_stream (TlLogPeer *peer,
                 Record    *record,
                 guint64    id)
{
  guint64 last = peer->last_id[record->kind];

  record->offset = peer->offset[record->kind];
  record->back = last != 0 && id - last <= TL_MESSAGE_SOURCE_LOOKBACK_ROWS ? id - last : 0;
  peer->offset[record->kind] += record->length;
  peer->last_id[record->kind] = id;
}

TlMessageStore *
tl_message_store_new (void)
{
  TlMessageStore *self = g_new0 (TlMessageStore, 1);

  self->peers = tl_log_peers_new ();
  self->blocks = g_ptr_array_new_with_free_func (block_free);
  self->spare_blocks = g_ptr_array_new_with_free_func (block_free);
  self->chunks = g_ptr_array_new_with_free_func (g_free);
  self->spare_chunks = g_ptr_array_new_with_free_func (g_free);
  self->block_size = MIN_BLOCK;
  self->max_block_size = MAX_BLOCK;
  self->first_id = 1;

  return self;
}

void
tl_message_store_free (TlMessageStore *self)
{
  if (self == NULL)
    return;

  tl_log_peers_free (self->peers);
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->spare_blocks);
  g_ptr_array_unref (self->chunks);
  g_ptr_array_unref (self->spare_chunks);
  g_free (self);
}

TlLogPeers *
tl_message_store_get_peers (TlMessageStore *self)
{
  return self->peers;
}

static Record *
add_record (TlMessageStore *self)
{
  if ((self->head + self->n_rows) >> CHUNK_BITS == self->chunks->len)
    g_ptr_array_add (self->chunks, self->spare_chunks->len > 0
                                     ? g_ptr_array_steal_index_fast (self->spare_chunks, self->spare_chunks->len - 1)
                                     : g_new (Record, CHUNK_ROWS));
  return get_record (self, self->n_rows);
}

guint64
tl_message_store_push (TlMessageStore     *self,
                       TlMessageKind       kind,
                       gint64              time,
                       guint32             peer,
                       const struct iovec *payloads,
                       guint               n,
                       guint64            *offset)
{
  TlLogPeer *about = tl_log_peers_get (self->peers, peer);
  const guint64 first = self->first_id + self->n_rows;

  *offset = TL_MESSAGE_KIND_IS_DATA (kind) ? about->offset[kind] : 0;
  for (guint i = 0; i < n; i++)
    {
      Record *record = add_record (self);

      *record = (Record) { .time = time, .length = payloads[i].iov_len, .peer = peer, .kind = kind };
      if (TL_MESSAGE_KIND_IS_DATA (kind))
        continue_stream (about, record, first + i);
      store_payload (self, record, payloads[i].iov_base);
      self->bytes += record->length;
      self->n_rows++;
    }
  tl_log_peers_add_rows (self->peers, peer, n);

  return first;
}

static void
drop_chunk (TlMessageStore *self)
{
  if (self->spare_chunks->len < MAX_SPARE_CHUNKS)
    g_ptr_array_add (self->spare_chunks, g_steal_pointer (&self->chunks->pdata[0]));
  g_ptr_array_remove_index (self->chunks, 0);
  self->head = 0;
}

void
tl_message_store_pop (TlMessageStore *self)
{
  Record *record;

  if (self->n_rows == 0)
    return;

  record = get_record (self, 0);
  drop_payload (self, record);
  tl_log_peers_remove_row (self->peers, record->peer);
  self->bytes -= record->length;
  self->n_rows--;
  self->first_id++;
  self->head++;
  if (self->head == CHUNK_ROWS)
    drop_chunk (self);
}

guint
tl_message_store_get_n_rows (TlMessageStore *self)
{
  return self->n_rows;
}

guint64
tl_message_store_get_first_id (TlMessageStore *self)
{
  return self->first_id;
}

guint64
tl_message_store_get_bytes (TlMessageStore *self)
{
  return self->bytes;
}

gsize
tl_message_store_get_memory (TlMessageStore *self)
{
  return sizeof *self + tl_log_peers_get_memory (self->peers) + self->block_memory +
         self->blocks->len * sizeof (gpointer) +
         (self->chunks->len + self->spare_chunks->len) * (sizeof (gpointer) + CHUNK_ROWS * sizeof (Record));
}

void
tl_message_store_drop_spare (TlMessageStore *self)
{
  for (guint i = 0; i < self->spare_blocks->len; i++)
    self->block_memory -= sizeof (Block) + ((Block *) self->spare_blocks->pdata[i])->size;
  g_ptr_array_set_size (self->spare_blocks, 0);
  g_ptr_array_set_size (self->spare_chunks, 0);
}

void
tl_message_store_set_max_bytes (TlMessageStore *self,
                                guint64         max_bytes)
{
  self->max_block_size = CLAMP (max_bytes / 16, MIN_BLOCK, MAX_BLOCK);
  self->block_size = MIN (self->block_size, self->max_block_size);
  tl_message_store_drop_spare (self);
}

void
tl_message_store_peek (TlMessageStore *self,
                       guint           index,
                       TlMessageInfo  *info)
{
  Record *record = get_record (self, index);

  info->id = self->first_id + index;
  info->time = record->time;
  info->offset = record->offset;
  info->peer = record->peer;
  info->length = record->length;
  info->kind = record->kind;
}

GBytes *
tl_message_store_dup_bytes (TlMessageStore *self,
                            guint           index)
{
  Record *record = get_record (self, index);
  Block *block = self->blocks->pdata[record->block - self->first_block];

  if (block->whole != NULL)
    return g_bytes_ref (block->whole);
  return g_bytes_new (block->data + record->start, record->length);
}

gboolean
tl_message_store_previous (TlMessageStore *self,
                           guint           index,
                           guint          *previous)
{
  guint back = get_record (self, index)->back;

  if (back == 0 || back > index)
    return FALSE;
  *previous = index - back;
  return TRUE;
}
