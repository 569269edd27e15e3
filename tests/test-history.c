/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history: what is recorded is there again, and it goes when it is to go. */
#include "tl-history-test.h"

#include "tl-row-index.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

static void
test_round_trip (void)
{
  static const guint8 bytes[] = { 0, 0xff, 'a', '\n', 0xe4 };
  TestHistory f = test_history_make ("round-trip.db");
  g_autoptr (TlHistoryMessages) messages = NULL;
  g_autoptr (GBytes) got = NULL;
  TlMessageInfo info;
  guint32 other;

  test_history_append (&f, "before it begins");
  test_history_begin (f.recorder, "round trip");
  other = tl_message_log_add_peer (f.log, "[::1]:3000");
  tl_message_log_append (f.log, TL_MESSAGE_RECEIVED, 1234567, f.peer, bytes, sizeof bytes);
  tl_message_log_append (f.log, TL_MESSAGE_SENT, 1234568, other, "", 0);
  tl_message_log_append (f.log, TL_MESSAGE_RECEIVED, 1234569, f.peer, "xyz", 3);
  tl_message_log_append_text (f.log, TL_MESSAGE_EVENT, 0, "an event");
  tl_history_recorder_end (f.recorder);
  test_history_append (&f, "after it has ended");
  test_history_settle (f.history);

  messages = test_history_read (f.history, "ROUND");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (messages)), ==, 4);
  got = test_history_bytes (messages, 0, &info);
  g_assert_cmpmem (g_bytes_get_data (got, NULL), g_bytes_get_size (got), bytes, sizeof bytes);
  g_assert_cmpint (info.time, ==, 1234567);
  g_assert_cmpint (info.kind, ==, TL_MESSAGE_RECEIVED);
  g_assert_cmpstr (tl_message_source_peer_name (TL_MESSAGE_SOURCE (messages), info.peer), ==, "127.0.0.1:2000");
  g_assert_true (tl_message_source_peek (TL_MESSAGE_SOURCE (messages), 1, &info));
  g_assert_cmpint (info.kind, ==, TL_MESSAGE_SENT);
  g_assert_cmpuint (info.length, ==, 0);
  g_assert_cmpstr (tl_message_source_peer_name (TL_MESSAGE_SOURCE (messages), info.peer), ==, "[::1]:3000");
  g_assert_true (tl_message_source_peek (TL_MESSAGE_SOURCE (messages), 2, &info));
  /* The offset is that of the whole stream: what came before the recording counts. */
  g_assert_cmpuint (info.offset, ==, strlen ("before it begins") + sizeof bytes);
  test_history_assert_row (messages, 3, "an event");
  g_assert_true (tl_message_source_peek (TL_MESSAGE_SOURCE (messages), 3, &info));
  g_assert_cmpuint (info.peer, ==, 0);

  g_assert_finalize_object (g_steal_pointer (&messages));
  test_history_drop (&f);
}

/* Two in one file, and one twice: each begin is a session of its own. */
static void
test_sessions (void)
{
  TestHistory f = test_history_make ("sessions.db");
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  g_autoptr (TlHistoryRecorder) second = tl_history_recorder_new (f.history, log);
  g_autoptr (GListModel) all = NULL;
  g_autoptr (GListModel) found = NULL;
  g_autoptr (GListModel) by_peer = NULL;
  g_autoptr (TlHistorySession) newest = NULL;

  test_history_begin (f.recorder, "first");
  test_history_append (&f, "1");
  test_history_begin (second, "second");
  tl_message_log_append (log, TL_MESSAGE_SENT, 0, tl_message_log_add_peer (log, "10.0.0.9:99"), "22", 2);
  tl_history_recorder_end (second);
  test_history_begin (f.recorder, "third");
  test_history_append (&f, "333");
  test_history_append (&f, "333");
  test_history_settle (f.history);

  all = test_history_list (f.history, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (all), ==, 3);
  newest = g_list_model_get_item (all, 0);
  g_assert_cmpstr (tl_history_session_get_about (newest)->title, ==, "third");
  g_assert_cmpuint (tl_history_session_get_n_messages (newest), ==, 2);
  g_assert_cmpuint (tl_history_session_get_n_bytes (newest), ==, 6);
  g_assert_cmpint (tl_history_session_get_ended (newest), ==, 0);
  g_assert_cmpstr (tl_history_session_get_peers (newest), ==, "127.0.0.1:2000");

  found = test_history_list (f.history, "FIRST");
  g_assert_cmpuint (g_list_model_get_n_items (found), ==, 1);
  by_peer = test_history_list (f.history, "10.0.0");
  g_assert_cmpuint (g_list_model_get_n_items (by_peer), ==, 1);

  g_clear_object (&second);
  test_history_drop (&f);
}

static void
replaced_cb (GListModel *model,
             guint       position,
             guint       removed,
             guint       added,
             gpointer    user_data)
{
  guint *n_replaced = user_data;

  g_assert_cmpuint (removed, ==, added);
  *n_replaced += added;
}

/* Rows of many chunks: empty at first, then replaced; forgotten chunks are read again; memory stays bounded. */
static void
test_pages (void)
{
  const guint n = 40000;
  TestHistory f = test_history_make ("pages.db");
  g_autoptr (TlHistoryMessages) messages = NULL;
  guint n_replaced = 0;

  test_history_begin (f.recorder, "pages");
  test_history_append_many (&f, 0, n);
  test_history_settle (f.history);
  messages = test_history_read (f.history, "pages");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (messages)), ==, n);
  g_signal_connect (messages, "items-changed", G_CALLBACK (replaced_cb), &n_replaced);

  {
    g_autoptr (TlMessage) empty = g_list_model_get_item (G_LIST_MODEL (messages), 30000);
    g_autoptr (TlMessage) whole = NULL;

    g_assert_cmpuint (tl_message_get_length (empty), ==, 0);
    test_wait_for (n_replaced > 0, "the row to be replaced");
    whole = g_list_model_get_item (G_LIST_MODEL (messages), 30000);
    g_assert_cmpuint (tl_message_get_length (whole), ==, strlen ("message 30000"));
  }
  test_history_assert_row (messages, 0, "message 0");
  test_history_assert_row (messages, n - 1, "message 39999");
  test_history_assert_row (messages, 12345, "message 12345");
  g_assert_cmpuint (tl_history_messages_get_memory (messages), <, 64 * 1024 * 1024);
  g_assert_null (tl_history_messages_get_error (messages));

  g_assert_finalize_object (g_steal_pointer (&messages));
  test_history_drop (&f);
}

static gboolean
ends_with_7 (TlMessageSource *source,
             guint            position,
             gpointer         user_data)
{
  g_autoptr (GBytes) bytes = tl_message_source_dup_bytes (source, position);
  const char *text = g_bytes_get_data (bytes, NULL);

  return text[g_bytes_get_size (bytes) - 1] == '7';
}

static void
index_changed_cb (TlRowIndex *index,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
}

/* An index over it waits for what has to be read first. */
static void
test_index (void)
{
  TestHistory f = test_history_make ("index.db");
  g_autoptr (TlHistoryMessages) messages = NULL;
  g_autoptr (TlRowIndex) index = NULL;

  test_history_begin (f.recorder, "index");
  test_history_append_many (&f, 0, 20000);
  test_history_settle (f.history);
  messages = test_history_read (f.history, "index");

  index = tl_row_index_new (TL_MESSAGE_SOURCE (messages), ends_with_7, index_changed_cb, NULL);
  g_assert_true (tl_row_index_is_pending (index));
  test_wait_for (!tl_row_index_is_pending (index), "all rows to be looked at");
  g_assert_cmpuint (tl_row_index_get_n_rows (index), ==, 2000);
  g_assert_cmpuint (tl_row_index_get_position (index, 1999), ==, 19997);

  g_clear_pointer (&index, tl_row_index_free);
  g_assert_finalize_object (g_steal_pointer (&messages));
  test_history_drop (&f);
}

static void
expired_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  TestHistoryOutcome *outcome = user_data;

  outcome->answer = tl_history_expire_finish (TL_HISTORY (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
test_delete (void)
{
  TestHistory f = test_history_make ("delete.db");
  g_autoptr (GListModel) before = NULL;
  g_autoptr (GListModel) after = NULL;
  g_autoptr (TlHistorySession) session = NULL;

  test_history_begin (f.recorder, "to go");
  test_history_append_many (&f, 0, 200000);
  test_history_begin (f.recorder, "to stay");
  test_history_append (&f, "here");
  test_history_settle (f.history);
  before = test_history_list (f.history, "to go");
  session = g_list_model_get_item (before, 0);
  test_history_delete (f.history, tl_history_session_get_id (session));

  after = test_history_list (f.history, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (after), ==, 1);
  test_history_drop (&f);
}

static void
expire (TlHistory *history,
        guint      days,
        guint64    bytes)
{
  TestHistoryOutcome outcome = { 0 };

  tl_history_expire_async (history, days, bytes, NULL, expired_cb, &outcome);
  test_wait_for (outcome.done, "old messages to be deleted");
  g_assert_no_error (outcome.error);
}

static goffset
size_of (const char *name)
{
  g_autofree char *path = g_build_filename (test_folder, name, NULL);
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return status.st_size;
}

/* The oldest goes first, down to the limit; of one that is too large by itself the front; and the file becomes smaller. */
static void
test_expire_by_size (void)
{
  const guint64 limit = 4 * 1024 * 1024;
  TestHistory f = test_history_make ("size.db");
  g_autoptr (GListModel) sessions = NULL;
  g_autoptr (TlHistorySession) session = NULL;
  g_autoptr (TlHistoryMessages) messages = NULL;
  goffset before;
  guint n;

  test_history_begin (f.recorder, "oldest");
  test_history_append_many (&f, 0, 10000);
  test_history_begin (f.recorder, "large");
  test_history_append_many (&f, 0, 400000);
  test_history_settle (f.history);
  before = size_of ("size.db");
  expire (f.history, 0, limit);

  sessions = test_history_list (f.history, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (sessions), ==, 1);
  session = g_list_model_get_item (sessions, 0);
  g_assert_cmpuint (tl_history_session_get_n_messages (session), ==, 400000);
  g_assert_cmpuint (tl_history_session_get_n_gone (session), >, 0);
  g_assert_cmpuint (tl_history_session_get_n_gone (session), <, 400000);

  /* What is left is read from its own beginning, with the right rows; and more can be added to it. */
  test_history_append (&f, "one more");
  test_history_settle (f.history);
  messages = test_history_read (f.history, "large");
  n = g_list_model_get_n_items (G_LIST_MODEL (messages));
  test_history_assert_row (messages, n - 1, "one more");
  test_history_assert_row (messages, n - 2, "message 399999");
  g_assert_finalize_object (g_steal_pointer (&messages));
  g_clear_object (&session);
  test_history_drop (&f);
  g_assert_cmpint (size_of ("size.db"), <, before / 2);
}

/* A session of a few large pieces loses no more of them than is too much. */
static void
test_expire_a_little (void)
{
  enum { N = 24, SIZE = 512 * 1024 };
  const guint64 limit = 10 * 1024 * 1024;
  TestHistory f = test_history_make ("little.db");
  g_autofree char *large = g_strnfill (SIZE - 1, 'x');
  g_autoptr (GListModel) sessions = NULL;
  g_autoptr (TlHistorySession) session = NULL;

  test_history_begin (f.recorder, "large");
  for (guint i = 0; i < N; i++)
    {
      test_history_append (&f, large);
      test_history_settle (f.history);
    }
  expire (f.history, 0, limit);

  sessions = test_history_list (f.history, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (sessions), ==, 1);
  session = g_list_model_get_item (sessions, 0);
  g_assert_cmpuint (tl_history_session_get_n_messages (session), ==, N);
  g_assert_cmpuint (tl_history_session_get_n_gone (session), >, 0);
  g_assert_cmpuint (tl_history_session_get_n_gone (session), <, N - limit / SIZE + 2);
  g_clear_object (&session);
  test_history_drop (&f);
}

/* As if a session had been so many days ago. */
static void
make_older (const char *name,
            const char *title,
            guint       days)
{
  g_autofree char *path = g_build_filename (test_folder, name, NULL);
  g_autofree char *sql = NULL;
  const gint64 ago = days * G_TIME_SPAN_DAY;
  sqlite3 *db = NULL;

  sql = g_strdup_printf ("UPDATE sessions SET started = started - %" G_GINT64_FORMAT ", last = last - %" G_GINT64_FORMAT
                         ", ended = ended - %" G_GINT64_FORMAT " WHERE title = '%s'", ago, ago, ago, title);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 10000);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), ==, 1);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

/* What is older than the days goes, and nothing else; with 0 days nothing does. */
static void
test_expire_by_age (void)
{
  static const char *const titles[] = { "of long ago", "of yesterday", "of today" };
  static const guint days[] = { 31, 1, 0 };
  TestHistory f = test_history_make ("age.db");
  g_autoptr (GListModel) all = NULL, sessions = NULL, left = NULL;
  g_autoptr (TlHistorySession) newest = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      test_history_begin (f.recorder, titles[i]);
      test_history_append (&f, titles[i]);
      tl_history_recorder_end (f.recorder);
      test_history_settle (f.history);
    }
  all = test_history_list (f.history, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (all), ==, 3);
  g_clear_object (&all);
  for (guint i = 0; i < 2; i++)
    make_older ("age.db", titles[i], days[i]);
  expire (f.history, 0, 0);
  all = test_history_list (f.history, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (all), ==, 3);
  expire (f.history, 30, 0);
  sessions = test_history_list (f.history, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (sessions), ==, 2);
  expire (f.history, 1, 0);
  left = test_history_list (f.history, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (left), ==, 1);
  newest = g_list_model_get_item (left, 0);
  g_assert_cmpstr (tl_history_session_get_about (newest)->title, ==, "of today");
  g_clear_object (&newest);
  test_history_drop (&f);
}

/* What is pending at the end of the program is written by closing. */
static void
test_close (void)
{
  TestHistory f = test_history_make ("close.db");
  g_autoptr (TlHistory) again = NULL;
  g_autoptr (TlHistoryMessages) messages = NULL;

  test_history_begin (f.recorder, "close");
  test_history_append_many (&f, 0, 10);
  test_history_drop (&f);

  again = test_history_open ("close.db");
  messages = test_history_read (again, "close");
  test_history_assert_row (messages, 9, "message 9");
  g_assert_cmpint (tl_history_session_get_ended (tl_history_messages_get_session (messages)), >, 0);
  tl_history_close (again);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_folder_make ();

  g_test_add_func ("/history/round-trip", test_round_trip);
  g_test_add_func ("/history/sessions", test_sessions);
  g_test_add_func ("/history/pages", test_pages);
  g_test_add_func ("/history/index", test_index);
  g_test_add_func ("/history/delete", test_delete);
  g_test_add_func ("/history/expire-by-size", test_expire_by_size);
  g_test_add_func ("/history/expire-a-little", test_expire_a_little);
  g_test_add_func ("/history/expire-by-age", test_expire_by_age);
  g_test_add_func ("/history/close", test_close);

  status = g_test_run ();
  test_folder_remove ();
  return status;
}
