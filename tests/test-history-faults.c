/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history when the program is killed, the disk is full, or the file is locked, damaged or too new. */
#include "tl-history-test.h"

#include "tl-history-chunk.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

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

  for (guint i = 0; i < 20; i++, flood->n++)
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
  gint64 end = G_MAXINT64;
  guint n;
  guint32 least = 0;

  arguments[0] = self;
  child = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  output = g_subprocess_get_stdout_pipe (child);
  /* From the first word on: until then it begins. A second is what is promised, and a busy machine is given two more. */
  while (g_get_monotonic_time () < end)
    {
      Mark mark;

      g_assert_true (g_input_stream_read_all (output, &mark.n, sizeof mark.n, NULL, NULL, &error));
      g_assert_no_error (error);
      mark.time = g_get_monotonic_time ();
      if (marks->len == 0)
        end = mark.time + 7 * G_TIME_SPAN_SECOND / 2;
      g_array_append_val (marks, mark);
    }
  g_subprocess_force_exit (child);
  g_assert_true (g_subprocess_wait (child, NULL, &error));
  for (guint i = 0; i < marks->len && g_array_index (marks, Mark, i).time < end - 3 * G_TIME_SPAN_SECOND; i++)
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
  TestHistory f = test_history_make ("full.db");
  g_autofree char *warnings = NULL;
  g_autoptr (TlHistoryMessages) messages = NULL;

  signal (SIGXFSZ, SIG_IGN);
  test_history_begin (f.recorder, "full");
  test_history_append (&f, "first");
  test_history_settle (f.history);

  set_file_limit (200 * 1024);
  test_history_append_many (&f, 0, 50000);
  test_wait_for (tl_history_get_error (f.history) != NULL, "an error");
  warnings = dup_warnings (f.log);
  g_assert_nonnull (strstr (warnings, "The history is not being saved; the session goes on."));
  g_assert_nonnull (strstr (warnings, "disk is full"));

  set_file_limit (RLIM_INFINITY);
  test_history_settle (f.history);
  g_assert_null (tl_history_get_error (f.history));
  messages = test_history_read (f.history, "full");
  test_history_assert_row (messages, 50000, "message 49999");
  g_assert_finalize_object (g_steal_pointer (&messages));
  test_history_drop (&f);
}

/* Another program holds the file. */
static void
test_locked (void)
{
  g_autofree char *path = g_build_filename (test_folder, "locked.db", NULL);
  TestHistory f = test_history_make ("locked.db");
  g_autoptr (TlHistoryMessages) messages = NULL;
  sqlite3 *other = NULL;

  tl_history_set_patience (f.history, 50);
  test_history_begin (f.recorder, "locked");
  test_history_append (&f, "one");
  test_history_settle (f.history);
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  test_history_append (&f, "two");
  test_wait_for (tl_history_get_error (f.history) != NULL, "an error");
  g_assert_nonnull (strstr (tl_history_get_error (f.history), "Another program"));
  test_history_append (&f, "three");
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  test_history_settle (f.history);

  messages = test_history_read (f.history, "locked");
  test_history_assert_row (messages, 1, "two");
  g_assert_finalize_object (g_steal_pointer (&messages));
  test_history_drop (&f);
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
  TestHistory f = test_history_make ("bound.db");

  tl_history_set_patience (f.history, 50);
  test_history_begin (f.recorder, "bound");
  test_history_append (&f, "one");
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
  test_history_append (&f, "it keeps up");
  over = dup_warnings (f.log);
  count = g_strdup_printf ("%" G_GUINT64_FORMAT " messages were not saved", tl_history_recorder_get_n_lost (f.recorder));
  g_assert_nonnull (strstr (over, count));
  test_history_drop (&f);
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

/* It is set aside, a new one is begun, and what waits goes there. Each session that is recorded says so. */
static void
test_damaged (void)
{
  g_autofree char *others = NULL;
  TestHistory g;
  g_autofree char *path = g_build_filename (test_folder, "damaged.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *warnings = NULL;
  g_autoptr (TlHistoryMessages) messages = NULL;
  TestHistory f;

  g_assert_true (g_file_set_contents (path, "This is no database, and it is long enough to be one.", -1, &error));
  f = test_history_make ("damaged.db");
  g = (TestHistory) { .history = f.history, .log = tl_message_log_new () };
  g.recorder = tl_history_recorder_new (f.history, g.log);
  test_history_begin (f.recorder, "after the damage");
  test_history_begin (g.recorder, "beside it");
  test_history_append (&f, "kept");
  test_history_settle (f.history);
  g_assert_null (tl_history_get_error (f.history));
  g_assert_cmpuint (count_files ("damaged.db.damaged-"), ==, 1);
  warnings = dup_warnings (f.log);
  g_assert_nonnull (strstr (warnings, "damaged.db.damaged-"));
  others = dup_warnings (g.log);
  g_assert_nonnull (strstr (others, "damaged.db.damaged-"));
  tl_history_recorder_end (g.recorder);
  test_history_begin (g.recorder, "later");
  g_free (others);
  others = dup_warnings (g.log);
  g_assert_null (strstr (strstr (others, "damaged.db.damaged-") + 1, "damaged.db.damaged-"));
  g_object_unref (g.recorder);
  g_object_unref (g.log);
  messages = test_history_read (f.history, "after the damage");
  test_history_assert_row (messages, 0, "kept");
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

/* Who finds the damage first is the cleaning at the start of the program: the first session says it all the same, once. */
static void
test_damaged_at_start (void)
{
  g_autofree char *path = g_build_filename (test_folder, "start.db", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *warnings = NULL;
  g_autofree char *others = NULL;
  TestHistoryOutcome outcome = { 0 };
  TestHistory f, g;

  g_assert_true (g_file_set_contents (path, "This is no database, and it is long enough to be one.", -1, NULL));
  f = test_history_make ("start.db");
  tl_history_expire_async (f.history, 30, 0, NULL, expired_cb, &outcome);
  test_wait_for (outcome.done, "the cleaning");
  g_assert_nonnull (outcome.error);
  g_clear_error (&outcome.error);
  g_assert_nonnull (strstr (tl_history_get_set_aside (f.history), "start.db.damaged-"));
  test_history_begin (f.recorder, "first");
  warnings = dup_warnings (f.log);
  g_assert_nonnull (strstr (warnings, "start.db.damaged-"));
  g = (TestHistory) { .history = f.history, .log = tl_message_log_new () };
  g.recorder = tl_history_recorder_new (f.history, g.log);
  test_history_begin (g.recorder, "second");
  others = dup_warnings (g.log);
  g_assert_cmpstr (others, ==, "");
  g_object_unref (g.recorder);
  g_object_unref (g.log);
  test_history_drop (&f);
}

/* Left alone: nothing is kept, the session goes on. */
static void
test_newer (void)
{
  g_autofree char *path = g_build_filename (test_folder, "newer.db", NULL);
  sqlite3 *other = NULL;
  TestHistory f;

  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "PRAGMA user_version = 1000; CREATE TABLE theirs (x)", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);

  f = test_history_make ("newer.db");
  test_history_begin (f.recorder, "newer");
  test_history_append (&f, "not kept");
  test_wait_for (tl_history_get_error (f.history) != NULL, "an error");
  g_assert_nonnull (strstr (tl_history_get_error (f.history), "newer version"));
  test_history_append (&f, "not kept either");
  g_assert_cmpuint (tl_history_recorder_get_n_lost (f.recorder), >=, 1);
  g_assert_cmpuint (tl_history_get_pending (f.history), ==, 0);
  test_history_drop (&f);
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

  g_test_add_func ("/history/killed", test_killed);
  g_test_add_func ("/history/full", test_full);
  g_test_add_func ("/history/locked", test_locked);
  g_test_add_func ("/history/bound", test_bound);
  g_test_add_func ("/history/damaged", test_damaged);
  g_test_add_func ("/history/damaged-at-start", test_damaged_at_start);
  g_test_add_func ("/history/newer", test_newer);
  g_test_add_func ("/history/bad-chunk", test_bad_chunk);

  status = g_test_run ();
  test_folder_remove ();
  return status;
}
