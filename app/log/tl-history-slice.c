/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Some chunks of a session, read for looking through them. */

#include "tl-history-slice.h"

#include "tl-database.h"

/* One slice: what is being recorded waits no longer than the reading of it takes. */
#define SLICE_BYTES (4 * 1024 * 1024)
#define SLICE_CHUNKS 512

void
tl_history_slice_free (TlHistorySlice *self)
{
  g_ptr_array_unref (self->chunks);
  g_array_unref (self->firsts);
  g_free (self);
}

TlHistorySlice *
tl_history_slice_new (gint64 session,
                      gint64 next)
{
  TlHistorySlice *self = g_new0 (TlHistorySlice, 1);

  self->session = session;
  self->next = next;
  self->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_history_chunk_free);
  self->firsts = g_array_new (FALSE, FALSE, sizeof (guint64));
  return self;
}

static GBytes *
column_bytes (sqlite3_stmt *statement,
              int           column)
{
  const void *data = sqlite3_column_blob (statement, column);

  return g_bytes_new (data, sqlite3_column_bytes (statement, column));
}

/* Takes the chunk of a row of the statement; returns its size. */
static gsize
take_chunk (TlHistorySlice *self,
            sqlite3_stmt   *statement)
{
  g_autoptr (GBytes) records = column_bytes (statement, 2);
  g_autoptr (GBytes) names = column_bytes (statement, 3);
  g_autoptr (GBytes) payload = column_bytes (statement, 4);
  const guint64 first = (guint64) sqlite3_column_int64 (statement, 0);
  const gint64 n_rows = sqlite3_column_int64 (statement, 1);
  TlHistoryChunk *chunk = tl_history_chunk_new (records, names, payload, NULL);

  self->next = (gint64) first + MAX (n_rows, 1);
  if (chunk == NULL)
    {
      self->n_damaged++;
      return 0;
    }
  g_ptr_array_add (self->chunks, chunk);
  g_array_append_val (self->firsts, first);
  return tl_history_chunk_get_size (chunk);
}

gpointer
tl_history_slice_read (sqlite3   *db,
            gpointer   data,
            GError   **error)
{
  static const char sql[] = "SELECT first, n, records, names, payload FROM chunks WHERE session = ?1 AND first >= ?2 ORDER BY first";
  const TlHistorySlice *asked = data;
  g_autoptr (TlHistorySlice) slice = tl_history_slice_new (asked->session, asked->next);
  sqlite3_stmt *statement = NULL;
  gsize size = 0;
  int result = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);

  if (result == SQLITE_OK)
    {
      sqlite3_bind_int64 (statement, 1, asked->session);
      sqlite3_bind_int64 (statement, 2, asked->next);
      while (size < SLICE_BYTES && slice->chunks->len < SLICE_CHUNKS && (result = sqlite3_step (statement)) == SQLITE_ROW)
        size += take_chunk (slice, statement);
    }
  if (result != SQLITE_ROW && result != SQLITE_DONE)
    tl_database_set_error (db, error);
  slice->is_last = result == SQLITE_DONE;
  sqlite3_finalize (statement);
  return result == SQLITE_ROW || result == SQLITE_DONE ? g_steal_pointer (&slice) : NULL;
}
