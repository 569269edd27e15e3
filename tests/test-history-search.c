/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking for something in all of the history: what is found, what ends it, and what must not. */
#include "tl-history-test.h"

#include "tl-history-chunk.h"
#include "tl-history-search.h"

#include <sqlite3.h>
#include <string.h>

typedef struct {
  TlHistory         *history;
  TlMessageLog      *log;
  TlHistoryRecorder *recorder;
  TlHistorySearch   *search;
  guint32            peer;
} Fixture;

static void
set_up (Fixture    *f,
        const char *name)
{
  f->history = test_history_open (name);
  f->log = tl_message_log_new ();
  f->recorder = tl_history_recorder_new (f->history, f->log);
  f->peer = tl_message_log_add_peer (f->log, "10.1.2.3:4000");
  f->search = tl_history_search_new (f->history);
}

static void
tear_down (Fixture *f)
{
  g_clear_object (&f->recorder);
  test_wait_for (!tl_history_search_get_busy (f->search), "the search to end");
  test_history_settle (f->history);
  tl_history_close (f->history);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  test_wait_for (G_OBJECT (f->search)->ref_count == 1, "the search to be let go");
  g_assert_finalize_object (f->search);
  g_assert_finalize_object (f->history);
  g_assert_finalize_object (f->log);
}

/* A session of @n messages "TITLE 0", "TITLE 1", … */
static void
record (Fixture    *f,
        const char *title,
        guint       n)
{
  test_history_begin (f->recorder, title);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s %u", title, i);

      tl_message_log_append (f->log, TL_MESSAGE_RECEIVED, 0, f->peer, text, strlen (text));
    }
  tl_history_recorder_end (f->recorder);
  test_history_settle (f->history);
}

static void
start (Fixture      *f,
       TlPatternKind kind,
       const char   *text,
       TlCharset     charset)
{
  g_autoptr (GListModel) sessions = test_history_list (f->history, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TlPattern) pattern = tl_pattern_new (kind, text, charset, TRUE, &error);

  g_assert_no_error (error);
  tl_history_search_start (f->search, sessions, pattern, charset);
  g_assert_true (tl_history_search_get_busy (f->search));
}

static guint
find (Fixture      *f,
      TlPatternKind kind,
      const char   *text)
{
  start (f, kind, text, TL_CHARSET_UTF_8);
  test_wait_for (!tl_history_search_get_busy (f->search), "the search to end");
  return g_list_model_get_n_items (G_LIST_MODEL (f->search));
}

static void
assert_hit (Fixture    *f,
            guint       position,
            const char *title,
            guint64     row,
            const char *preview)
{
  g_autoptr (TlHistoryHit) hit = g_list_model_get_item (G_LIST_MODEL (f->search), position);

  g_assert_nonnull (hit);
  g_assert_cmpstr (tl_history_session_get_about (tl_history_hit_get_session (hit))->title, ==, title);
  g_assert_cmpuint (tl_history_hit_get_row (hit), ==, row);
  g_assert_cmpstr (tl_history_hit_get_preview (hit), ==, preview);
}

/* In several sessions, the newest first, in text, expressions and bytes. */
static void
test_kinds (void)
{
  Fixture f;

  set_up (&f, "kinds.db");
  record (&f, "apple", 6000);
  record (&f, "pear", 6000);
  record (&f, "apple pie", 5);

  g_assert_cmpuint (find (&f, TL_PATTERN_TEXT, "E 599"), ==, 11);
  assert_hit (&f, 0, "apple", 599, "apple 599");
  assert_hit (&f, 10, "apple", 5999, "apple 5999");
  g_assert_cmpuint (tl_history_search_get_n_searched (f.search), ==, 12005);
  g_assert_cmpuint (tl_history_search_get_n_messages (f.search), ==, 12005);
  g_assert_false (tl_history_search_get_truncated (f.search));

  g_assert_cmpuint (find (&f, TL_PATTERN_REGEX, "^(apple pie|pear) 4$"), ==, 2);
  assert_hit (&f, 0, "apple pie", 4, "apple pie 4");
  assert_hit (&f, 1, "pear", 4, "pear 4");
  {
    g_autoptr (TlHistoryHit) hit = g_list_model_get_item (G_LIST_MODEL (f.search), 1);

    g_assert_cmpstr (tl_history_hit_get_peer (hit), ==, "10.1.2.3:4000");
    g_assert_cmpuint (tl_history_hit_get_info (hit)->kind, ==, TL_MESSAGE_RECEIVED);
    g_assert_cmpuint (tl_history_hit_get_info (hit)->length, ==, 6);
  }
  /* "pear 777" */
  g_assert_cmpuint (find (&f, TL_PATTERN_HEX, "70 ?? 61 72 20 37 37 37"), ==, 1);
  assert_hit (&f, 0, "pear", 777, "70 65 61 72 20 37 37 37");
  g_assert_cmpuint (find (&f, TL_PATTERN_TEXT, "banana"), ==, 0);
  tear_down (&f);
}

/* What is around a match in a long message; in the character set that was chosen. */
static void
test_preview (void)
{
  Fixture f;
  g_autofree char *long_text = g_strnfill (50000, 'x');
  static const char gbk[] = "\xc4\xe3\xba\xc3\r\n";

  set_up (&f, "preview.db");
  memcpy (long_text + 30000, "needle", 6);
  test_history_begin (f.recorder, "long");
  tl_message_log_append (f.log, TL_MESSAGE_RECEIVED, 0, f.peer, long_text, 50000);
  tl_message_log_append (f.log, TL_MESSAGE_SENT, 0, f.peer, gbk, sizeof gbk - 1);
  tl_history_recorder_end (f.recorder);
  test_history_settle (f.history);

  g_assert_cmpuint (find (&f, TL_PATTERN_TEXT, "NEEDLE"), ==, 1);
  {
    g_autoptr (TlHistoryHit) hit = g_list_model_get_item (G_LIST_MODEL (f.search), 0);
    const char *preview = tl_history_hit_get_preview (hit);

    g_assert_nonnull (strstr (preview, "xneedlex"));
    g_assert_true (g_str_has_prefix (preview, "…x") && g_str_has_suffix (preview, "x…"));
    g_assert_cmpint (g_utf8_strlen (preview, -1), <, 250);
  }
  start (&f, TL_PATTERN_TEXT, "好", TL_CHARSET_GBK);
  test_wait_for (!tl_history_search_get_busy (f.search), "the search to end");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f.search)), ==, 1);
  assert_hit (&f, 0, "long", 1, "你好␍␊");
  tear_down (&f);
}

/* It ends at the bound, and says so. */
static void
test_bound (void)
{
  Fixture f;

  set_up (&f, "bound.db");
  record (&f, "many", TL_HISTORY_SEARCH_MAX_HITS);
  g_assert_cmpuint (find (&f, TL_PATTERN_TEXT, "many"), ==, TL_HISTORY_SEARCH_MAX_HITS);
  g_assert_false (tl_history_search_get_truncated (f.search));
  record (&f, "and many more", 5000);
  g_assert_cmpuint (find (&f, TL_PATTERN_TEXT, "many"), ==, TL_HISTORY_SEARCH_MAX_HITS);
  g_assert_true (tl_history_search_get_truncated (f.search));
  g_assert_null (tl_history_search_get_error (f.search));
  tear_down (&f);
}

/* Stopped, it keeps what it has and finds no more; begun again meanwhile, only the new one is told of. */
static void
test_stop (void)
{
  Fixture f;
  guint n;

  set_up (&f, "stop.db");
  record (&f, "first", 100000);
  record (&f, "second", 100000);
  start (&f, TL_PATTERN_TEXT, "99", TL_CHARSET_UTF_8);
  test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (f.search)) > 0, "a first result");
  g_assert_true (tl_history_search_get_busy (f.search));
  g_assert_false (tl_history_search_get_stopped (f.search));
  tl_history_search_stop (f.search);
  g_assert_false (tl_history_search_get_busy (f.search));
  g_assert_true (tl_history_search_get_stopped (f.search));
  n = g_list_model_get_n_items (G_LIST_MODEL (f.search));
  test_wait_for (G_OBJECT (f.search)->ref_count == 1, "the work to end");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f.search)), ==, n);
  g_assert_null (tl_history_search_get_error (f.search));

  start (&f, TL_PATTERN_TEXT, "99", TL_CHARSET_UTF_8);
  g_assert_cmpuint (find (&f, TL_PATTERN_TEXT, "second 777"), ==, 1 + 10 + 100);
  g_assert_false (tl_history_search_get_stopped (f.search));
  assert_hit (&f, 0, "second", 777, "second 777");

  start (&f, TL_PATTERN_TEXT, "99", TL_CHARSET_UTF_8);
  tl_history_search_clear (f.search);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f.search)), ==, 0);
  tear_down (&f);
}

/* A session that goes while it is looked through is no error. */
static void
test_deleted (void)
{
  Fixture f;
  g_autoptr (GListModel) sessions = NULL;
  g_autoptr (TlHistorySession) newest = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  TestHistoryOutcome outcome = { 0 };
  gint64 id;

  set_up (&f, "deleted.db");
  record (&f, "old", 10);
  record (&f, "to go", 200000);
  sessions = test_history_list (f.history, "to go");
  newest = g_list_model_get_item (sessions, 0);
  id = tl_history_session_get_id (newest);
  g_array_append_val (ids, id);

  start (&f, TL_PATTERN_REGEX, "^old 7$", TL_CHARSET_UTF_8);
  tl_history_delete_async (f.history, ids, NULL, test_history_deleted_cb, &outcome);
  test_wait_for (outcome.done && !tl_history_search_get_busy (f.search), "both to end");
  g_assert_no_error (outcome.error);
  g_assert_null (tl_history_search_get_error (f.search));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f.search)), ==, 1);
  g_assert_cmpuint (tl_history_search_get_n_searched (f.search), <, 200010);
  tear_down (&f);
}

/* A part that cannot be read is counted, and the rest is looked through. */
static void
test_damaged (void)
{
  Fixture f;
  g_autofree char *path = g_build_filename (test_folder, "damaged-part.db", NULL);
  sqlite3 *db = NULL;

  set_up (&f, "damaged-part.db");
  record (&f, "damaged", 3 * TL_HISTORY_CHUNK_ROWS);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE chunks SET payload = x'00' WHERE first = 4096", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);

  g_assert_cmpuint (find (&f, TL_PATTERN_REGEX, "^damaged (7|5000|9000)$"), ==, 2);
  assert_hit (&f, 0, "damaged", 7, "damaged 7");
  assert_hit (&f, 1, "damaged", 9000, "damaged 9000");
  g_assert_cmpuint (tl_history_search_get_n_damaged (f.search), ==, 1);
  g_assert_cmpuint (tl_history_search_get_n_searched (f.search), ==, 2 * TL_HISTORY_CHUNK_ROWS);
  tear_down (&f);
}

/* When the file cannot be read at all, there is a sentence; nothing waits for ever. */
static void
test_closed (void)
{
  Fixture f;

  set_up (&f, "closed.db");
  record (&f, "some", 10);
  {
    g_autoptr (GListModel) sessions = test_history_list (f.history, NULL);
    g_autoptr (TlPattern) pattern = tl_pattern_new (TL_PATTERN_TEXT, "some", TL_CHARSET_UTF_8, TRUE, NULL);

    tl_history_close (f.history);
    tl_history_search_start (f.search, sessions, pattern, TL_CHARSET_UTF_8);
  }
  test_wait_for (!tl_history_search_get_busy (f.search), "the search to end");
  g_assert_nonnull (tl_history_search_get_error (f.search));
  tear_down (&f);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_folder_make ();
  g_test_add_func ("/history-search/kinds", test_kinds);
  g_test_add_func ("/history-search/preview", test_preview);
  g_test_add_func ("/history-search/bound", test_bound);
  g_test_add_func ("/history-search/stop", test_stop);
  g_test_add_func ("/history-search/deleted", test_deleted);
  g_test_add_func ("/history-search/damaged", test_damaged);
  g_test_add_func ("/history-search/closed", test_closed);
  status = g_test_run ();
  test_folder_remove ();
  return status;
}
