/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches of messages to rows of the database. Runs on its thread. */

#include "tl-history-write.h"

#include "tl-database.h"

#include <string.h>

/* More peers than this are not listed for a session; their messages are kept all the same. */
#define MAX_PEERS "1000"

const char *const tl_history_schema[] = {
  /* 1: sessions, and their messages in chunks: `first` counts from the session's first message, 0. */
  "CREATE TABLE sessions ("
  "  id INTEGER PRIMARY KEY,"
  "  uid INTEGER NOT NULL UNIQUE,"
  "  kind TEXT NOT NULL,"
  "  title TEXT NOT NULL,"
  "  link TEXT,"
  "  local TEXT,"
  "  is_datagram INTEGER NOT NULL,"
  "  started INTEGER NOT NULL,"
  "  ended INTEGER NOT NULL DEFAULT 0,"
  "  last INTEGER NOT NULL DEFAULT 0,"
  "  n_messages INTEGER NOT NULL DEFAULT 0,"
  "  n_bytes INTEGER NOT NULL DEFAULT 0,"
  "  n_gone INTEGER NOT NULL DEFAULT 0,"
  "  n_lost INTEGER NOT NULL DEFAULT 0"
  ");"
  "CREATE INDEX sessions_started ON sessions (started);"
  "CREATE TABLE chunks ("
  "  session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,"
  "  first INTEGER NOT NULL,"
  "  n INTEGER NOT NULL,"
  "  time INTEGER NOT NULL,"
  "  records BLOB NOT NULL,"
  "  names BLOB NOT NULL,"
  "  payload BLOB NOT NULL"
  ");"
  "CREATE UNIQUE INDEX chunks_place ON chunks (session, first);"
  "CREATE TABLE peers ("
  "  session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,"
  "  name TEXT NOT NULL,"
  "  PRIMARY KEY (session, name)"
  ") WITHOUT ROWID;",

  NULL,
};

void
tl_history_part_free (TlHistoryPart *self)
{
  tl_history_about_free (self->about);
  g_ptr_array_unref (self->batches);
  g_free (self);
}

typedef struct {
  sqlite3      *db;
  sqlite3_stmt *session;
  sqlite3_stmt *chunk;
  sqlite3_stmt *peer;
  sqlite3_stmt *grown;
} Writer;

static void
writer_clear (Writer *self)
{
  sqlite3_finalize (self->session);
  sqlite3_finalize (self->chunk);
  sqlite3_finalize (self->peer);
  sqlite3_finalize (self->grown);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

static gboolean
prepare (Writer *self)
{
  static const char session[] =
    "INSERT INTO sessions (uid, kind, title, link, local, is_datagram, started, ended, n_lost) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    " ON CONFLICT (uid) DO UPDATE SET title = excluded.title, link = excluded.link, local = excluded.local, ended = excluded.ended,"
    " n_lost = excluded.n_lost RETURNING id, n_messages";
  static const char chunk[] = "INSERT INTO chunks (session, first, n, time, records, names, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
  static const char peer[] =
    "INSERT OR IGNORE INTO peers (session, name) SELECT ?1, ?2 WHERE (SELECT count(*) FROM peers WHERE session = ?1) < " MAX_PEERS;
  static const char grown[] = "UPDATE sessions SET n_messages = ?2, n_bytes = n_bytes + ?3, last = ?4 WHERE id = ?1";

  return sqlite3_prepare_v2 (self->db, session, -1, &self->session, NULL) == SQLITE_OK &&
         sqlite3_prepare_v2 (self->db, chunk, -1, &self->chunk, NULL) == SQLITE_OK &&
         sqlite3_prepare_v2 (self->db, peer, -1, &self->peer, NULL) == SQLITE_OK &&
         sqlite3_prepare_v2 (self->db, grown, -1, &self->grown, NULL) == SQLITE_OK;
}

static gboolean
run (sqlite3_stmt *statement)
{
  const int result = sqlite3_step (statement);

  sqlite3_reset (statement);
  return result == SQLITE_DONE;
}

/* The row of the session, made or brought up to date. */
static gboolean
write_session (Writer              *self,
               const TlHistoryPart *part,
               gint64              *id,
               gint64              *n_messages)
{
  sqlite3_stmt *statement = self->session;

  sqlite3_bind_int64 (statement, 1, part->uid);
  sqlite3_bind_text (statement, 2, part->about->kind, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, part->about->title, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, part->about->link, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 5, part->about->local, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 6, part->about->is_datagram);
  sqlite3_bind_int64 (statement, 7, part->started);
  sqlite3_bind_int64 (statement, 8, part->ended);
  sqlite3_bind_int64 (statement, 9, (gint64) part->n_lost);
  if (sqlite3_step (statement) != SQLITE_ROW)
    return FALSE;
  *id = sqlite3_column_int64 (statement, 0);
  *n_messages = sqlite3_column_int64 (statement, 1);
  return run (statement);
}

static gboolean
write_peers (Writer           *self,
             gint64            id,
             const GByteArray *names)
{
  const char *name = (const char *) names->data;

  for (gsize left = names->len; left > 0;)
    {
      const gsize length = strlen (name);

      sqlite3_bind_int64 (self->peer, 1, id);
      sqlite3_bind_text (self->peer, 2, name, (int) length, SQLITE_STATIC);
      if (!run (self->peer))
        return FALSE;
      name += length + 1;
      left -= length + 1;
    }
  return TRUE;
}

static void
bind_bytes (sqlite3_stmt     *statement,
            int               parameter,
            const GByteArray *bytes)
{
  /* An empty array has no data, which SQLite would take for NULL. */
  if (bytes->len == 0)
    sqlite3_bind_zeroblob (statement, parameter, 0);
  else
    sqlite3_bind_blob64 (statement, parameter, bytes->data, bytes->len, SQLITE_STATIC);
}

static gboolean
write_batch (Writer         *self,
             gint64          id,
             gint64          first,
             TlHistoryBatch *batch)
{
  sqlite3_bind_int64 (self->chunk, 1, id);
  sqlite3_bind_int64 (self->chunk, 2, first);
  sqlite3_bind_int64 (self->chunk, 3, tl_history_batch_get_n_rows (batch));
  sqlite3_bind_int64 (self->chunk, 4, tl_history_batch_get_time (batch));
  bind_bytes (self->chunk, 5, tl_history_batch_get_records (batch));
  bind_bytes (self->chunk, 6, tl_history_batch_get_names (batch));
  bind_bytes (self->chunk, 7, tl_history_batch_get_payload (batch));

  return run (self->chunk) && write_peers (self, id, tl_history_batch_get_names (batch));
}

static gboolean
write_part (Writer              *self,
            const TlHistoryPart *part)
{
  gint64 id, n_messages;
  guint64 n_bytes = 0;

  if (!write_session (self, part, &id, &n_messages))
    return FALSE;
  if (part->batches->len == 0)
    return TRUE;

  for (guint i = 0; i < part->batches->len; i++)
    {
      TlHistoryBatch *batch = part->batches->pdata[i];

      if (!write_batch (self, id, n_messages, batch))
        return FALSE;
      n_messages += tl_history_batch_get_n_rows (batch);
      n_bytes += tl_history_batch_get_n_bytes (batch);
    }
  sqlite3_bind_int64 (self->grown, 1, id);
  sqlite3_bind_int64 (self->grown, 2, n_messages);
  sqlite3_bind_int64 (self->grown, 3, (gint64) n_bytes);
  sqlite3_bind_int64 (self->grown, 4, g_get_real_time ());
  return run (self->grown);
}

gpointer
tl_history_write (sqlite3   *db,
                  gpointer   data,
                  GError   **error)
{
  GPtrArray *parts = data;
  g_auto (Writer) writer = { .db = db };
  gboolean written = prepare (&writer) && sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;

  for (guint i = 0; written && i < parts->len; i++)
    written = write_part (&writer, parts->pdata[i]);
  if (!written || sqlite3_exec (db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
    tl_database_set_error (db, error);

  return NULL;
}
