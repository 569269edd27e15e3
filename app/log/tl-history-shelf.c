/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sessions in the history as a whole: listing, deleting, and what has become too old or too much. */

#include "tl-history-private.h"

/* One slice of deleting: at most this many MiB, so that what is being recorded does not wait for it. */
#define SLICE_CHUNKS "32"
#define SLICE_PAGES "4096"

typedef struct {
  char *text;
} Query;

static void
query_free (Query *self)
{
  g_free (self->text);
  g_free (self);
}

static gpointer
list (sqlite3   *db,
      gpointer   data,
      GError   **error)
{
  static const char sql[] =
    "SELECT " TL_HISTORY_SESSION_COLUMNS " FROM sessions WHERE ?1 IS NULL OR instr (lower (title), lower (?1)) > 0"
    " OR EXISTS (SELECT 1 FROM peers WHERE session = sessions.id AND instr (lower (name), lower (?1)) > 0) ORDER BY started DESC, id DESC";
  const Query *query = data;
  g_autoptr (GListStore) sessions = g_list_store_new (TL_TYPE_HISTORY_SESSION);
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);

  if (result == SQLITE_OK)
    {
      sqlite3_bind_text (statement, 1, query->text, -1, SQLITE_STATIC);
      while ((result = sqlite3_step (statement)) == SQLITE_ROW)
        {
          g_autoptr (TlHistorySession) session = tl_history_session_new_from_row (statement);

          g_list_store_append (sessions, session);
        }
    }
  if (result != SQLITE_DONE)
    {
      tl_database_set_error (db, error);
      g_clear_object (&sessions);
    }
  sqlite3_finalize (statement);
  return g_steal_pointer (&sessions);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gpointer sessions = tl_database_run_finish (TL_DATABASE (source), result, &error);

  if (error != NULL)
    {
      tl_history_note_failure (g_task_get_source_object (task), error);
      g_task_return_error (task, error);
    }
  else
    g_task_return_pointer (task, sessions, g_object_unref);
}

void
tl_history_list_async (TlHistory           *self,
                       const char          *text,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task;
  Query *query;

  g_return_if_fail (TL_IS_HISTORY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_history_list_async);
  query = g_new0 (Query, 1);
  query->text = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
  tl_database_run_async (tl_history_get_database (self), list, query, (GDestroyNotify) query_free, g_object_unref, cancellable, listed_cb, task);
}

GListModel *
tl_history_list_finish (TlHistory     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Runs one statement with up to two numbers; the first column of its first row, or 0, goes to @value (nullable). */
static gboolean
run (sqlite3    *db,
     const char *sql,
     gint64      first,
     gint64      second,
     gint64     *value)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);

  if (value != NULL)
    *value = 0;
  if (result == SQLITE_OK)
    {
      sqlite3_bind_int64 (statement, 1, first);
      sqlite3_bind_int64 (statement, 2, second);
      result = sqlite3_step (statement);
      if (result == SQLITE_ROW && value != NULL)
        *value = sqlite3_column_int64 (statement, 0);
      while (result == SQLITE_ROW)
        result = sqlite3_step (statement);
    }
  sqlite3_finalize (statement);
  return result == SQLITE_DONE;
}

/* Deletes the oldest messages of a session, a slice of them, no more than it takes to be rid of @excess bytes, and the session itself when
 * nothing is left. */
static gboolean
delete_slice (sqlite3  *db,
              gint64    id,
              gint64    excess,
              gboolean *gone)
{
  static const char find_rest[] =
    "SELECT coalesce ((SELECT first FROM"
    " (SELECT first, row_number () OVER w AS nth, sum (size) OVER w - size AS before FROM"
    " (SELECT first, length (records) + length (payload) AS size FROM chunks WHERE session = ?1 ORDER BY first LIMIT " SLICE_CHUNKS " + 1)"
    " WINDOW w AS (ORDER BY first))"
    " WHERE nth > " SLICE_CHUNKS " OR before >= ?2 ORDER BY first LIMIT 1), 9223372036854775807)";
  gint64 behind, n;

  if (!run (db, find_rest, id, excess, &behind) ||
      !run (db, "DELETE FROM chunks WHERE session = ?1 AND first < ?2", id, behind, NULL) ||
      !run (db, "UPDATE sessions SET n_gone = coalesce ((SELECT min (first) FROM chunks WHERE session = ?1), n_messages) WHERE id = ?1", id, 0, NULL) ||
      !run (db, "SELECT count (*) FROM (SELECT 1 FROM chunks WHERE session = ?1 LIMIT 1)", id, 0, &n))
    return FALSE;
  *gone = n == 0;
  return !*gone || run (db, "DELETE FROM sessions WHERE id = ?1", id, 0, NULL);
}

typedef struct {
  GArray  *ids;       /* NULL: what is too old or too much */
  guint    next;
  gint64   before;    /* µs since 1970 */
  guint64  max_bytes; /* 0: any */
  gint64   excess;    /* how much of it is too much */
  gboolean more;
} Deleting;

static void
deleting_free (Deleting *self)
{
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

/* The session to delete from; 0: none is left. */
static gboolean
choose (sqlite3  *db,
        Deleting *self,
        gint64   *id)
{
  gint64 pages, unused, page_size;

  *id = 0;
  self->excess = G_MAXINT64;
  if (self->ids != NULL)
    {
      if (self->next < self->ids->len)
        *id = g_array_index (self->ids, gint64, self->next);
      return TRUE;
    }
  if (self->before > 0 && !run (db, "SELECT id FROM sessions WHERE max (started, ended, last) < ?1 ORDER BY started LIMIT 1", self->before, 0, id))
    return FALSE;
  if (*id != 0 || self->max_bytes == 0)
    return TRUE;
  if (!run (db, "PRAGMA page_count", 0, 0, &pages) || !run (db, "PRAGMA freelist_count", 0, 0, &unused) ||
      !run (db, "PRAGMA page_size", 0, 0, &page_size))
    return FALSE;
  if ((guint64) (pages - unused) * page_size <= self->max_bytes)
    return TRUE;
  self->excess = (pages - unused) * page_size - (gint64) self->max_bytes;
  return run (db, "SELECT id FROM sessions WHERE n_gone < n_messages ORDER BY started LIMIT 1", 0, 0, id);
}

/* A TlDatabaseFunc. @data belongs to the task, which waits for us. */
static gpointer
delete_some (sqlite3   *db,
             gpointer   data,
             GError   **error)
{
  Deleting *self = data;
  gboolean gone = FALSE;
  gint64 id = 0;
  gboolean done = run (db, "BEGIN IMMEDIATE", 0, 0, NULL) && choose (db, self, &id) &&
                  (id == 0 || delete_slice (db, id, self->excess, &gone)) && run (db, "COMMIT", 0, 0, NULL);

  /* Gives the space back to the disk. */
  if (done && id != 0)
    done = sqlite3_exec (db, "PRAGMA incremental_vacuum (" SLICE_PAGES ")", NULL, NULL, NULL) == SQLITE_OK;
  if (!done)
    {
      tl_database_set_error (db, error);
      return NULL;
    }
  if (gone)
    self->next++;
  self->more = id != 0;
  return NULL;
}

static void step (GTask *task);

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TlHistory *self = g_task_get_source_object (task);
  Deleting *deleting = g_task_get_task_data (task);
  GError *error = NULL;

  tl_database_run_finish (TL_DATABASE (source), result, &error);
  if (error != NULL)
    {
      tl_history_note_failure (self, error);
      g_task_return_error (task, error);
      return;
    }
  if (deleting->more)
    {
      step (g_steal_pointer (&task));
      return;
    }
  g_signal_emit_by_name (self, "changed");
  g_task_return_boolean (task, TRUE);
}

/* (transfer full) */
static void
step (GTask *task)
{
  tl_database_run_async (tl_history_get_database (g_task_get_source_object (task)), delete_some, g_task_get_task_data (task), NULL, NULL,
                         g_task_get_cancellable (task), deleted_cb, task);
}

void
tl_history_delete_async (TlHistory           *self,
                         GArray              *ids,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;
  Deleting *deleting;

  g_return_if_fail (TL_IS_HISTORY (self));
  g_return_if_fail (ids != NULL && g_array_get_element_size (ids) == sizeof (gint64));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_history_delete_async);
  deleting = g_new0 (Deleting, 1);
  deleting->ids = g_array_copy (ids);
  g_task_set_task_data (task, deleting, (GDestroyNotify) deleting_free);
  step (task);
}

gboolean
tl_history_delete_finish (TlHistory     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
tl_history_expire_async (TlHistory           *self,
                         guint                days,
                         guint64              bytes,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;
  Deleting *deleting;

  g_return_if_fail (TL_IS_HISTORY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_history_expire_async);
  deleting = g_new0 (Deleting, 1);
  deleting->before = days > 0 ? g_get_real_time () - (gint64) days * G_TIME_SPAN_DAY : 0;
  deleting->max_bytes = bytes;
  g_task_set_task_data (task, deleting, (GDestroyNotify) deleting_free);
  step (task);
}

gboolean
tl_history_expire_finish (TlHistory     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
