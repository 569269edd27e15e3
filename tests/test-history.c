/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history: what is recorded is there again, whatever happens to the disk; and it goes when it is to go. */
#include "tl-history-test.h"

#include "tl-history-chunk.h"
#include "tl-row-index.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
  TlHistory         *history;
  TlMessageLog      *log;
  TlHistoryRecorder *recorder;
  guint32            peer;
} Fixture;

static Fixture
open_history (const char *name)
{
  Fixture f = { test_history_open (name), tl_message_log_new (), NULL, 0 };

  f.recorder = tl_history_recorder_new (f.history, f.log);
  f.peer = tl_message_log_add_peer (f.log, "127.0.0.1:2000");
  return f;
}

static void
close_history (Fixture *f)
{
  tl_history_recorder_end (f->recorder);
  tl_history_close (f->history);
  g_clear_object (&f->recorder);
  /* What was with the database's thread comes back to the main loop. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (f->history);
  g_assert_finalize_object (f->log);
}

static void
append (Fixture    *f,
        const char *text)
{
  tl_message_log_append (f->log, TL_MESSAGE_RECEIVED, 0, f->peer, text, strlen (text));
}

static void
append_many (Fixture *f,
             guint    from,
             guint    to)
{
  for (guint i = from; i < to; i++)
    {
      g_autofree char *text = g_strdup_printf ("message %u", i);

      append (f, text);
    }
}

/* What a log warned of, one line each. (transfer full) */
static char *
dup_warnings (TlMessageLog *log)
{
  GString *all = g_string_new (NULL);
  TlMessageInfo info;

  tl_message_log_flush (log);
  for (guint i = 0; tl_message_source_peek (TL_MESSAGE_SOURCE (log), i, &info); i++)
    if (info.kind == TL_MESSAGE_WARNING)
      {
        g_autoptr (GBytes) bytes = tl_message_source_dup_bytes (TL_MESSAGE_SOURCE (log), i);

        g_string_append_len (all, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
        g_string_append_c (all, '\n');
      }
  return g_string_free (all, FALSE);
}

static void
assert_row (TlHistoryMessages *messages,
            guint              position,
            const char        *expected)
{
  TlMessageInfo info;
  g_autoptr (GBytes) bytes = test_history_bytes (messages, position, &info);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected, strlen (expected));
  g_assert_cmpuint (info.length, ==, strlen (expected));
  g_assert_cmpuint (info.id, ==, position + 1);
}

static void
test_round_trip (void)
{
  static const guint8 bytes[] = { 0, 0xff, 'a', '\n', 0xe4 };
  Fixture f = open_history ("round-trip.db");
  g_autoptr (TlHistoryMessages) messages = NULL;
  g_autoptr (GBytes) got = NULL;
  TlMessageInfo info;
  guint32 other;

  append (&f, "before it begins");
  test_history_begin (f.recorder, "round trip");
  other = tl_message_log_add_peer (f.log, "[::1]:3000");
  tl_message_log_append (f.log, TL_MESSAGE_RECEIVED, 1234567, f.peer, bytes, sizeof bytes);
  tl_message_log_append (f.log, TL_MESSAGE_SENT, 1234568, other, "", 0);
  tl_message_log_append (f.log, TL_MESSAGE_RECEIVED, 1234569, f.peer, "xyz", 3);
  tl_message_log_append_text (f.log, TL_MESSAGE_EVENT, 0, "an event");
  tl_history_recorder_end (f.recorder);
  append (&f, "after it has ended");
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
  assert_row (messages, 3, "an event");
  g_assert_true (tl_message_source_peek (TL_MESSAGE_SOURCE (messages), 3, &info));
  g_assert_cmpuint (info.peer, ==, 0);

  g_assert_finalize_object (g_steal_pointer (&messages));
  close_history (&f);
}

/* Two in one file, and one twice: each begin is a session of its own. */
static void
test_sessions (void)
{
  Fixture f = open_history ("sessions.db");
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  g_autoptr (TlHistoryRecorder) second = tl_history_recorder_new (f.history, log);
  g_autoptr (GListModel) all = NULL;
  g_autoptr (GListModel) found = NULL;
  g_autoptr (GListModel) by_peer = NULL;
  g_autoptr (TlHistorySession) newest = NULL;

  test_history_begin (f.recorder, "first");
  append (&f, "1");
  test_history_begin (second, "second");
  tl_message_log_append (log, TL_MESSAGE_SENT, 0, tl_message_log_add_peer (log, "10.0.0.9:99"), "22", 2);
  tl_history_recorder_end (second);
  test_history_begin (f.recorder, "third");
  append (&f, "333");
  append (&f, "333");
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
  close_history (&f);
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
  Fixture f = open_history ("pages.db");
  g_autoptr (TlHistoryMessages) messages = NULL;
  guint n_replaced = 0;

  test_history_begin (f.recorder, "pages");
  append_many (&f, 0, n);
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
  assert_row (messages, 0, "message 0");
  assert_row (messages, n - 1, "message 39999");
  assert_row (messages, 12345, "message 12345");
  g_assert_cmpuint (tl_history_messages_get_memory (messages), <, 64 * 1024 * 1024);
  g_assert_null (tl_history_messages_get_error (messages));

  g_assert_finalize_object (g_steal_pointer (&messages));
  close_history (&f);
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
  Fixture f = open_history ("index.db");
  g_autoptr (TlHistoryMessages) messages = NULL;
  g_autoptr (TlRowIndex) index = NULL;

  test_history_begin (f.recorder, "index");
  append_many (&f, 0, 20000);
  test_history_settle (f.history);
  messages = test_history_read (f.history, "index");

  index = tl_row_index_new (TL_MESSAGE_SOURCE (messages), ends_with_7, index_changed_cb, NULL);
  g_assert_true (tl_row_index_is_pending (index));
  test_wait_for (!tl_row_index_is_pending (index), "all rows to be looked at");
  g_assert_cmpuint (tl_row_index_get_n_rows (index), ==, 2000);
  g_assert_cmpuint (tl_row_index_get_position (index, 1999), ==, 19997);

  g_clear_pointer (&index, tl_row_index_free);
  g_assert_finalize_object (g_steal_pointer (&messages));
  close_history (&f);
}

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  TestHistoryOutcome *outcome = user_data;

  outcome->answer = tl_history_delete_finish (TL_HISTORY (source), result, &outcome->error);
  outcome->done = TRUE;
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
  Fixture f = open_history ("delete.db");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GListModel) before = NULL;
  g_autoptr (GListModel) after = NULL;
  TestHistoryOutcome outcome = { 0 };
  gint64 id;

  test_history_begin (f.recorder, "to go");
  append_many (&f, 0, 200000);
  test_history_begin (f.recorder, "to stay");
  append (&f, "here");
  test_history_settle (f.history);
  before = test_history_list (f.history, "to go");
  {
    g_autoptr (TlHistorySession) session = g_list_model_get_item (before, 0);

    id = tl_history_session_get_id (session);
  }
  g_array_append_val (ids, id);
  tl_history_delete_async (f.history, ids, NULL, deleted_cb, &outcome);
  test_wait_for (outcome.done, "the session to be deleted");
  g_assert_no_error (outcome.error);

  after = test_history_list (f.history, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (after), ==, 1);
  close_history (&f);
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
  Fixture f = open_history ("size.db");
  g_autoptr (GListModel) sessions = NULL;
  g_autoptr (TlHistorySession) session = NULL;
  g_autoptr (TlHistoryMessages) messages = NULL;
  goffset before;
  guint n;

  test_history_begin (f.recorder, "oldest");
  append_many (&f, 0, 10000);
  test_history_begin (f.recorder, "large");
  append_many (&f, 0, 400000);
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
  append (&f, "one more");
  test_history_settle (f.history);
  messages = test_history_read (f.history, "large");
  n = g_list_model_get_n_items (G_LIST_MODEL (messages));
  assert_row (messages, n - 1, "one more");
  assert_row (messages, n - 2, "message 399999");
  g_assert_finalize_object (g_steal_pointer (&messages));
  g_clear_object (&session);
  close_history (&f);
  g_assert_cmpint (size_of ("size.db"), <, before / 2);
}

static void
test_expire_by_age (void)
{
  Fixture f = open_history ("age.db");
  g_autoptr (GListModel) sessions = NULL;

  test_history_begin (f.recorder, "of today");
  append (&f, "new");
  test_history_settle (f.history);
  expire (f.history, 1, 0);
  sessions = test_history_list (f.history, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (sessions), ==, 1);
  close_history (&f);
}

/* A program that is killed in the middle of a flood: what is older than a second is there. */
typedef struct {
  TlMessageLog *log;
  guint32       peer;
  guint32       n;
} Flood;

static gboolean
flood_cb (gpointer user_data)
{
  Flood *flood = user_data;

  for (guint i = 0; i < 100; i++, flood->n++)
    tl_message_log_append (flood->log, TL_MESSAGE_RECEIVED, 0, flood->peer, &flood->n, sizeof flood->n);
  /* How far it has come. */
  if (write (STDOUT_FILENO, &flood->n, sizeof flood->n) != sizeof flood->n)
    _exit (1);
  return G_SOURCE_CONTINUE;
}

static void
child_main (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  TlHistory *history = tl_history_new (file);
  TlMessageLog *log = tl_message_log_new ();
  TlHistoryRecorder *recorder = tl_history_recorder_new (history, log);
  Flood flood = { log, tl_message_log_add_peer (log, "peer"), 0 };

  test_history_begin (recorder, "flood");
  g_timeout_add (1, flood_cb, &flood);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

typedef struct {
  guint32 n;
  gint64  time;
} Mark;

static void
test_killed (void)
{
  g_autofree char *path = g_build_filename (test_folder, "killed.db", NULL);
  const char *arguments[] = { "/proc/self/exe", "--flood", path, NULL };
  g_autofree char *self = g_file_read_link (arguments[0], NULL);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_autoptr (TlHistory) history = NULL;
  g_autoptr (TlHistoryMessages) messages = NULL;
  GInputStream *output;
  gint64 end;
  guint n;
  guint32 least = 0;

  arguments[0] = self;
  child = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  output = g_subprocess_get_stdout_pipe (child);
  end = g_get_monotonic_time () + 3 * G_TIME_SPAN_SECOND;
  while (g_get_monotonic_time () < end)
    {
      Mark mark;

      g_assert_true (g_input_stream_read_all (output, &mark.n, sizeof mark.n, NULL, NULL, &error));
      g_assert_no_error (error);
      mark.time = g_get_monotonic_time ();
      g_array_append_val (marks, mark);
    }
  g_subprocess_force_exit (child);
  g_assert_true (g_subprocess_wait (child, NULL, &error));
  for (guint i = 0; i < marks->len && g_array_index (marks, Mark, i).time < end - G_TIME_SPAN_SECOND; i++)
    least = g_array_index (marks, Mark, i).n;

  history = test_history_open ("killed.db");
  messages = test_history_read (history, "flood");
  n = g_list_model_get_n_items (G_LIST_MODEL (messages));
  g_test_message ("%u of at least %u messages", n, least);
  g_assert_cmpuint (least, >, 0);
  g_assert_cmpuint (n, >=, least);
  for (guint32 i = 0; i < n; i += 997)
    {
      TlMessageInfo info;
      g_autoptr (GBytes) bytes = test_history_bytes (messages, i, &info);

      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &i, sizeof i);
    }
  tl_history_close (history);
}

static void
set_file_limit (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* The disk is full: told in the log; when there is room again, what waited is saved. */
static void
test_full (void)
{
  Fixture f = open_history ("full.db");
  g_autofree char *warnings = NULL;
  g_autoptr (TlHistoryMessages) messages = NULL;

  signal (SIGXFSZ, SIG_IGN);
  test_history_begin (f.recorder, "full");
  append (&f, "first");
  test_history_settle (f.history);

  set_file_limit (200 * 1024);
  append_many (&f, 0, 50000);
  test_wait_for (tl_history_get_error (f.history) != NULL, "an error");
  warnings = dup_warnings (f.log);
  g_assert_nonnull (strstr (warnings, "The history is not being saved; the session goes on."));
  g_assert_nonnull (strstr (warnings, "disk is full"));

  set_file_limit (RLIM_INFINITY);
  test_history_settle (f.history);
  g_assert_null (tl_history_get_error (f.history));
  messages = test_history_read (f.history, "full");
  assert_row (messages, 50000, "message 49999");
  g_assert_finalize_object (g_steal_pointer (&messages));
  close_history (&f);
}

/* Another program holds the file. */
static void
test_locked (void)
{
  g_autofree char *path = g_build_filename (test_folder, "locked.db", NULL);
  Fixture f = open_history ("locked.db");
  g_autoptr (TlHistoryMessages) messages = NULL;
  sqlite3 *other = NULL;

  test_history_begin (f.recorder, "locked");
  append (&f, "one");
  test_history_settle (f.history);
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  append (&f, "two");
  test_wait_for (tl_history_get_error (f.history) != NULL, "an error");
  g_assert_nonnull (strstr (tl_history_get_error (f.history), "Another program"));
  append (&f, "three");
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  test_history_settle (f.history);

  messages = test_history_read (f.history, "locked");
  assert_row (messages, 1, "two");
  g_assert_finalize_object (g_steal_pointer (&messages));
  close_history (&f);
}

static guint
count_files (const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (test_folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, prefix);
  return n;
}

/* It is set aside, a new one is begun, and what waits goes there. */
static void
test_damaged (void)
{
  g_autofree char *path = g_build_filename (test_folder, "damaged.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *warnings = NULL;
  g_autoptr (TlHistoryMessages) messages = NULL;
  Fixture f;

  g_assert_true (g_file_set_contents (path, "This is no database, and it is long enough to be one.", -1, &error));
  f = open_history ("damaged.db");
  test_history_begin (f.recorder, "after the damage");
  append (&f, "kept");
  test_history_settle (f.history);
  g_assert_null (tl_history_get_error (f.history));
  g_assert_cmpuint (count_files ("damaged.db.damaged-"), ==, 1);
  warnings = dup_warnings (f.log);
  g_assert_nonnull (strstr (warnings, "damaged"));
  messages = test_history_read (f.history, "after the damage");
  assert_row (messages, 0, "kept");
  g_assert_finalize_object (g_steal_pointer (&messages));
  close_history (&f);
}

/* Left alone: nothing is kept, the session goes on. */
static void
test_newer (void)
{
  g_autofree char *path = g_build_filename (test_folder, "newer.db", NULL);
  sqlite3 *other = NULL;
  Fixture f;

  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "PRAGMA user_version = 1000; CREATE TABLE theirs (x)", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);

  f = open_history ("newer.db");
  test_history_begin (f.recorder, "newer");
  append (&f, "not kept");
  test_wait_for (tl_history_get_error (f.history) != NULL, "an error");
  g_assert_nonnull (strstr (tl_history_get_error (f.history), "newer version"));
  append (&f, "not kept either");
  g_assert_cmpuint (tl_history_recorder_get_n_lost (f.recorder), >=, 1);
  g_assert_cmpuint (tl_history_get_pending (f.history), ==, 0);
  close_history (&f);
}

/* The disk takes nothing: memory is bounded, and what is lost is counted and told, at its beginning and at its end. */
static void
test_bound (void)
{
  const gsize size = 1024 * 1024;
  g_autofree guint8 *large = g_malloc0 (size);
  g_autofree char *path = g_build_filename (test_folder, "bound.db", NULL);
  g_autofree char *begun = NULL;
  g_autofree char *over = NULL;
  g_autofree char *count = NULL;
  sqlite3 *other = NULL;
  guint64 lost;
  Fixture f = open_history ("bound.db");

  test_history_begin (f.recorder, "bound");
  append (&f, "one");
  test_history_settle (f.history);
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < 100; i++)
    tl_message_log_append (f.log, TL_MESSAGE_RECEIVED, 0, f.peer, large, size);
  g_assert_cmpuint (tl_history_get_pending (f.history), <=, TL_HISTORY_MAX_PENDING);
  lost = tl_history_recorder_get_n_lost (f.recorder);
  g_assert_cmpuint (lost, >=, 36);
  begun = dup_warnings (f.log);
  g_assert_nonnull (strstr (begun, "The history cannot keep up"));

  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  test_history_settle (f.history);
  append (&f, "it keeps up");
  over = dup_warnings (f.log);
  count = g_strdup_printf ("%" G_GUINT64_FORMAT " messages were not saved", tl_history_recorder_get_n_lost (f.recorder));
  g_assert_nonnull (strstr (over, count));
  close_history (&f);
}

/* What is pending at the end of the program is written by closing. */
static void
test_close (void)
{
  Fixture f = open_history ("close.db");
  g_autoptr (TlHistory) again = NULL;
  g_autoptr (TlHistoryMessages) messages = NULL;

  test_history_begin (f.recorder, "close");
  append_many (&f, 0, 10);
  close_history (&f);

  again = test_history_open ("close.db");
  messages = test_history_read (again, "close");
  assert_row (messages, 9, "message 9");
  g_assert_cmpint (tl_history_session_get_ended (tl_history_messages_get_session (messages)), >, 0);
  tl_history_close (again);
}

/* Bytes that are no chunk are an error, not a crash. */
static void
test_bad_chunk (void)
{
  static const guint8 bytes[64] = { 0 };
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) odd = g_bytes_new (bytes, 33);
  g_autoptr (GBytes) one = g_bytes_new (bytes, 32);
  g_autoptr (GBytes) name = g_bytes_new ("no end", 6);
  guint8 bad[32] = { 0 };
  g_autoptr (GBytes) bad_peer = NULL;
  g_autoptr (GBytes) bad_kind = NULL;

  bad[20] = 1;
  bad_peer = g_bytes_new (bad, sizeof bad);
  bad[20] = 0;
  bad[24] = 77;
  bad_kind = g_bytes_new (bad, sizeof bad);
  g_assert_null (tl_history_chunk_new (odd, nothing, nothing, NULL));
  g_assert_null (tl_history_chunk_new (one, nothing, one, NULL));
  g_assert_null (tl_history_chunk_new (one, name, nothing, NULL));
  g_assert_null (tl_history_chunk_new (bad_peer, nothing, nothing, NULL));
  g_assert_null (tl_history_chunk_new (bad_kind, nothing, nothing, NULL));
}

int
main (int    argc,
      char **argv)
{
  int status;

  if (argc == 3 && g_str_equal (argv[1], "--flood"))
    child_main (argv[2]);

  g_test_init (&argc, &argv, NULL);
  test_folder_make ();

  g_test_add_func ("/history/round-trip", test_round_trip);
  g_test_add_func ("/history/sessions", test_sessions);
  g_test_add_func ("/history/pages", test_pages);
  g_test_add_func ("/history/index", test_index);
  g_test_add_func ("/history/delete", test_delete);
  g_test_add_func ("/history/expire-by-size", test_expire_by_size);
  g_test_add_func ("/history/expire-by-age", test_expire_by_age);
  g_test_add_func ("/history/killed", test_killed);
  g_test_add_func ("/history/full", test_full);
  g_test_add_func ("/history/locked", test_locked);
  g_test_add_func ("/history/damaged", test_damaged);
  g_test_add_func ("/history/newer", test_newer);
  g_test_add_func ("/history/bound", test_bound);
  g_test_add_func ("/history/close", test_close);
  g_test_add_func ("/history/bad-chunk", test_bad_chunk);

  status = g_test_run ();
  test_folder_remove ();
  return status;
}
