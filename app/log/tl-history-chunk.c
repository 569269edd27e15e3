/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How messages lie in the history: many in one row of the database, so that a flood costs it a few rows a second. */

#include "tl-history-chunk.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Little-endian on disk. */
typedef struct {
  gint64  time;
  guint64 offset;
  guint32 length;
  guint32 peer;      /* from 1; 0: none */
  guint8  kind;
  guint8  zero[7];
} Record;

G_STATIC_ASSERT (sizeof (Record) == 32);

struct _TlHistoryBatch
{
  GByteArray *records;
  GByteArray *names;       /* each with its NUL */
  GByteArray *payload;
  GHashTable *numbers;     /* peer as the log numbers it → number here */
  gint64      time;
  guint32     last_peer;   /* of the log: mostly the next is the same */
  guint32     last_number;
};

struct _TlHistoryChunk
{
  GBytes       *records;
  GBytes       *payload;
  GPtrArray    *names;
  guint64      *starts;    /* n_rows + 1 */
  guint         n_rows;
};

TlHistoryBatch *
tl_history_batch_new (void)
{
  TlHistoryBatch *self = g_new0 (TlHistoryBatch, 1);

  self->records = g_byte_array_new ();
  self->names = g_byte_array_new ();
  self->payload = g_byte_array_new ();
  self->numbers = g_hash_table_new (NULL, NULL);

  return self;
}

void
tl_history_batch_free (TlHistoryBatch *self)
{
  if (self == NULL)
    return;

  g_byte_array_unref (self->records);
  g_byte_array_unref (self->names);
  g_byte_array_unref (self->payload);
  g_hash_table_unref (self->numbers);
  g_free (self);
}

static guint32
get_number (TlHistoryBatch *self,
            guint32         peer,
            const char     *name)
{
  guint32 number;

  if (peer == 0 || name == NULL)
    return 0;
  if (peer == self->last_peer)
    return self->last_number;

  number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, GUINT_TO_POINTER (peer)));
  if (number == 0)
    {
      number = g_hash_table_size (self->numbers) + 1;
      g_hash_table_insert (self->numbers, GUINT_TO_POINTER (peer), GUINT_TO_POINTER (number));
      g_byte_array_append (self->names, (const guint8 *) name, strlen (name) + 1);
    }
  self->last_peer = peer;
  self->last_number = number;

  return number;
}

void
tl_history_batch_add (TlHistoryBatch      *self,
                      const TlMessageInfo *info,
                      const char          *peer,
                      const void          *data)
{
  Record record = {
    .time = GINT64_TO_LE (info->time),
    .offset = GUINT64_TO_LE (info->offset),
    .length = GUINT32_TO_LE (info->length),
    .peer = GUINT32_TO_LE (get_number (self, info->peer, peer)),
    .kind = info->kind,
  };

  if (self->records->len == 0)
    self->time = info->time;
  g_byte_array_append (self->records, (const guint8 *) &record, sizeof record);
  if (info->length > 0)
    g_byte_array_append (self->payload, data, info->length);
}

guint
tl_history_batch_get_n_rows (TlHistoryBatch *self)
{
  return self->records->len / sizeof (Record);
}

guint64
tl_history_batch_get_n_bytes (TlHistoryBatch *self)
{
  return self->payload->len;
}

gsize
tl_history_batch_get_size (TlHistoryBatch *self)
{
  return (gsize) self->records->len + self->names->len + self->payload->len;
}

gboolean
tl_history_batch_is_full (TlHistoryBatch *self)
{
  return self->payload->len > TL_HISTORY_CHUNK_BYTES || tl_history_batch_get_n_rows (self) >= TL_HISTORY_CHUNK_ROWS;
}

gint64
tl_history_batch_get_time (TlHistoryBatch *self)
{
  return self->time;
}

const GByteArray *
tl_history_batch_get_records (TlHistoryBatch *self)
{
  return self->records;
}

const GByteArray *
tl_history_batch_get_names (TlHistoryBatch *self)
{
  return self->names;
}

const GByteArray *
tl_history_batch_get_payload (TlHistoryBatch *self)
{
  return self->payload;
}

static const Record *
get_records (TlHistoryChunk *self)
{
  return g_bytes_get_data (self->records, NULL);
}

/* False when a name has no end. */
static gboolean
read_names (TlHistoryChunk *self,
            GBytes         *bytes)
{
  gsize length;
  const char *names = g_bytes_get_data (bytes, &length);

  while (length > 0)
    {
      const char *end = memchr (names, '\0', length);

      if (end == NULL)
        return FALSE;
      g_ptr_array_add (self->names, g_utf8_make_valid (names, end - names));
      length -= end + 1 - names;
      names = end + 1;
    }
  return TRUE;
}

static gboolean
read_records (TlHistoryChunk *self)
{
  const Record *records = get_records (self);
  guint64 start = 0;

  self->starts = g_new (guint64, self->n_rows + 1);
  for (guint i = 0; i < self->n_rows; i++)
    {
      if (records[i].kind >= TL_N_MESSAGE_KINDS || GUINT32_FROM_LE (records[i].peer) > self->names->len)
        return FALSE;
      self->starts[i] = start;
      start += GUINT32_FROM_LE (records[i].length);
    }
  self->starts[self->n_rows] = start;

  return start == g_bytes_get_size (self->payload);
}

TlHistoryChunk *
tl_history_chunk_new (GBytes  *records,
                      GBytes  *names,
                      GBytes  *payload,
                      GError **error)
{
  TlHistoryChunk *self = g_new0 (TlHistoryChunk, 1);

  self->records = g_bytes_ref (records);
  self->payload = g_bytes_ref (payload);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->n_rows = g_bytes_get_size (records) / sizeof (Record);
  if (g_bytes_get_size (records) % sizeof (Record) == 0 && read_names (self, names) && read_records (self))
    return self;

  tl_history_chunk_free (self);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("A part of the history is damaged and cannot be shown."));
  return NULL;
}

void
tl_history_chunk_free (TlHistoryChunk *self)
{
  g_bytes_unref (self->records);
  g_bytes_unref (self->payload);
  g_ptr_array_unref (self->names);
  g_free (self->starts);
  g_free (self);
}

guint
tl_history_chunk_get_n_rows (TlHistoryChunk *self)
{
  return self->n_rows;
}

gsize
tl_history_chunk_get_size (TlHistoryChunk *self)
{
  return sizeof *self + g_bytes_get_size (self->records) + g_bytes_get_size (self->payload) + self->n_rows * sizeof (guint64);
}

GPtrArray *
tl_history_chunk_get_names (TlHistoryChunk *self)
{
  return self->names;
}

void
tl_history_chunk_peek (TlHistoryChunk *self,
                       guint           row,
                       TlMessageInfo  *info)
{
  const Record *record;

  g_return_if_fail (row < self->n_rows);

  record = &get_records (self)[row];
  *info = (TlMessageInfo) {
    .time = GINT64_FROM_LE (record->time),
    .offset = GUINT64_FROM_LE (record->offset),
    .peer = GUINT32_FROM_LE (record->peer),
    .length = GUINT32_FROM_LE (record->length),
    .kind = record->kind,
  };
}

const guint8 *
tl_history_chunk_get_data (TlHistoryChunk *self,
                           guint           row)
{
  g_return_val_if_fail (row < self->n_rows, NULL);

  return (const guint8 *) g_bytes_get_data (self->payload, NULL) + self->starts[row];
}

GBytes *
tl_history_chunk_dup_bytes (TlHistoryChunk *self,
                            guint           row)
{
  g_return_val_if_fail (row < self->n_rows, NULL);

  return g_bytes_new_from_bytes (self->payload, self->starts[row], self->starts[row + 1] - self->starts[row]);
}
