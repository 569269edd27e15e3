/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who took part in a recorded session. */

#include "tl-history-peers.h"

#include "tl-history-private.h"

typedef struct {
  gint64 session;
  guint  max;
} Asked;

static gpointer
list (sqlite3   *db,
      gpointer   data,
      GError   **error)
{
  const Asked *asked = data;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (db, "SELECT name FROM peers WHERE session = ?1 ORDER BY name LIMIT ?2", -1, &statement, NULL);

  if (result == SQLITE_OK)
    {
      sqlite3_bind_int64 (statement, 1, asked->session);
      sqlite3_bind_int64 (statement, 2, asked->max);
      while ((result = sqlite3_step (statement)) == SQLITE_ROW)
        {
          const char *bytes = (const char *) sqlite3_column_text (statement, 0);
          g_autofree char *name = g_utf8_make_valid (bytes != NULL ? bytes : "", -1);

          g_strv_builder_add (names, name);
        }
    }
  if (result != SQLITE_DONE)
    tl_database_set_error (db, error);
  sqlite3_finalize (statement);
  return result == SQLITE_DONE ? g_strv_builder_end (names) : NULL;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char **names = tl_database_run_finish (TL_DATABASE (source), result, &error);

  if (names != NULL)
    g_task_return_pointer (task, names, (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, error);
}

void
tl_history_peers_async (TlHistory           *history,
                        TlHistorySession    *session,
                        guint                max,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task;
  Asked *asked;

  g_return_if_fail (TL_IS_HISTORY (history));
  g_return_if_fail (TL_IS_HISTORY_SESSION (session));

  task = g_task_new (history, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_history_peers_async);
  asked = g_new0 (Asked, 1);
  asked->session = tl_history_session_get_id (session);
  asked->max = max;
  tl_database_run_async (tl_history_get_database (history), list, asked, g_free, (GDestroyNotify) g_strfreev, cancellable, listed_cb, task);
}

char **
tl_history_peers_finish (TlHistory     *history,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, history), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
