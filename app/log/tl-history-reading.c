/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chunk that holds a message. Runs on the database's thread. */

#include "tl-history-reading.h"

#include "tl-database.h"

#include <glib/gi18n-lib.h>

void
tl_history_reading_free (TlHistoryReading *self)
{
  g_clear_pointer (&self->chunk, tl_history_chunk_free);
  g_free (self);
}

static GBytes *
column_bytes (sqlite3_stmt *statement,
              int           column)
{
  const void *data = sqlite3_column_blob (statement, column);

  return g_bytes_new (data, sqlite3_column_bytes (statement, column));
}

gpointer
tl_history_reading_run (sqlite3   *db,
                        gpointer   data,
                        GError   **error)
{
  static const char sql[] =
    "SELECT first, n, records, names, payload FROM chunks WHERE session = ?1 AND first <= ?2 ORDER BY first DESC LIMIT 1";
  const TlHistoryReading *asked = data;
  g_autoptr (TlHistoryReading) reading = g_memdup2 (asked, sizeof *asked);
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);

  if (result == SQLITE_OK)
    {
      sqlite3_bind_int64 (statement, 1, asked->session);
      sqlite3_bind_int64 (statement, 2, asked->position);
      result = sqlite3_step (statement);
    }
  if (result == SQLITE_ROW)
    {
      g_autoptr (GBytes) records = column_bytes (statement, 2);
      g_autoptr (GBytes) names = column_bytes (statement, 3);
      g_autoptr (GBytes) payload = column_bytes (statement, 4);

      reading->first = sqlite3_column_int64 (statement, 0);
      reading->n_rows = sqlite3_column_int64 (statement, 1);
      reading->chunk = tl_history_chunk_new (records, names, payload, error);
    }
  else if (result == SQLITE_DONE)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("These messages are no longer in the history."));
  else
    tl_database_set_error (db, error);
  sqlite3_finalize (statement);
  return reading->chunk != NULL ? g_steal_pointer (&reading) : NULL;
}
