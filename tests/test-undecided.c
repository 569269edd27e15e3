/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An expression that gives up in a message: it is counted wherever matches are counted, and never silent. */
#include "tl-highlight-private.h"
#include "tl-history-search.h"
#include "tl-message-filter.h"
#include "tl-message-search.h"

#include "tl-history-test.h"
#include "tl-log-test.h"

#include <string.h>

/* Tries all ways to divide the signs before it knows that nothing follows them. */
#define ENDLESS "(x+x+)+[yz]"

static TlPattern *
endless (void)
{
  return tl_pattern_new (TL_PATTERN_REGEX, ENDLESS, TL_CHARSET_UTF_8, FALSE, NULL);
}

/* One that matches, one that does not, and one in which it gives up; @n times. */
static void
append (TlMessageLog *log,
        guint         n)
{
  g_autofree char *many = g_strnfill (60, 'x');

  for (guint i = 0; i < n; i++)
    {
      tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, 0, "xxxy", 4);
      tl_message_log_append (log, TL_MESSAGE_SENT, 2, 0, "abc", 3);
      tl_message_log_append (log, TL_MESSAGE_RECEIVED, 3, 0, many, 60);
    }
  tl_message_log_flush (log);
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
test_search (void)
{
  TlMessageLog *log = tl_message_log_new ();
  TlMessageSearch *search = tl_message_search_new (TL_MESSAGE_SOURCE (log));
  g_autoptr (TlPattern) pattern = endless ();
  g_autoptr (TlPattern) other = tl_pattern_new (TL_PATTERN_REGEX, "b", TL_CHARSET_UTF_8, FALSE, NULL);
  guint n_told = 0;

  g_signal_connect_swapped (search, "notify::n-undecided", G_CALLBACK (count_cb), &n_told);
  append (log, 2);
  tl_message_search_set_pattern (search, pattern);
  test_wait (!tl_message_search_get_busy (search) && n_told == 1);
  g_assert_cmpuint (tl_message_search_get_n_matches (search), ==, 2);
  g_assert_cmpuint (tl_message_search_get_n_undecided (search), ==, 2);

  /* Also in what comes later, and not in what has gone. */
  append (log, 1);
  test_wait (n_told == 2);
  g_assert_cmpuint (tl_message_search_get_n_undecided (search), ==, 3);
  g_object_set (log, "max-messages", 3, NULL);
  append (log, 1);
  test_wait (n_told == 3);
  g_assert_cmpuint (tl_message_search_get_n_undecided (search), ==, 1);
  g_assert_cmpuint (tl_message_search_get_n_matches (search), ==, 1);

  tl_message_search_set_pattern (search, other);
  g_assert_cmpuint (tl_message_search_get_n_undecided (search), ==, 0);
  test_wait (n_told == 4);
  /* It goes before it has told. */
  tl_message_search_set_pattern (search, pattern);
  append (log, 1);
  g_assert_finalize_object (search);
  g_assert_finalize_object (log);
}

static void
test_filter (void)
{
  TlMessageLog *log = tl_message_log_new ();
  TlMessageFilter *filter = tl_message_filter_new (TL_MESSAGE_SOURCE (log));
  g_auto (TlMessageCriteria) criteria = TL_MESSAGE_CRITERIA_INIT;

  append (log, 2);
  criteria.pattern = endless ();
  tl_message_filter_set_criteria (filter, &criteria);
  test_wait (!tl_message_filter_get_pending (filter));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (filter)), ==, 2);
  g_assert_cmpuint (tl_message_filter_get_n_undecided (filter), ==, 2);
  append (log, 1);
  test_wait (!tl_message_filter_get_pending (filter));
  g_assert_cmpuint (tl_message_filter_get_n_undecided (filter), ==, 3);

  /* Without what matches: what is not known is shown. What the direction leaves out is not looked at. */
  criteria.inverted = TRUE;
  tl_message_filter_set_criteria (filter, &criteria);
  test_wait (!tl_message_filter_get_pending (filter));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (filter)), ==, 6);
  g_assert_cmpuint (tl_message_filter_get_n_undecided (filter), ==, 3);
  criteria.kinds = 1u << TL_MESSAGE_SENT;
  tl_message_filter_set_criteria (filter, &criteria);
  test_wait (!tl_message_filter_get_pending (filter));
  g_assert_cmpuint (tl_message_filter_get_n_undecided (filter), ==, 0);

  criteria.kinds = TL_MESSAGE_FILTER_ALL_KINDS;
  tl_message_filter_set_criteria (filter, &criteria);
  g_object_set (log, "max-messages", 3, NULL);
  append (log, 1);
  test_wait (!tl_message_filter_get_pending (filter));
  g_assert_cmpuint (tl_message_filter_get_n_undecided (filter), ==, 1);
  tl_message_log_clear (log);
  g_assert_cmpuint (tl_message_filter_get_n_undecided (filter), ==, 0);
  g_assert_finalize_object (filter);
  g_assert_finalize_object (log);
}

static void
test_history (void)
{
  TlHistory *history = test_history_open ("undecided");
  TlMessageLog *log = tl_message_log_new ();
  TlHistoryRecorder *recorder = tl_history_recorder_new (history, log);
  TlHistorySearch *search = tl_history_search_new (history);
  g_autoptr (TlPattern) pattern = endless ();
  g_autoptr (TlPattern) other = tl_pattern_new (TL_PATTERN_TEXT, "abc", TL_CHARSET_UTF_8, FALSE, NULL);
  g_autoptr (GListModel) sessions = NULL;

  test_history_begin (recorder, "many signs");
  append (log, 3);
  tl_history_recorder_end (recorder);
  test_history_settle (history);
  sessions = test_history_list (history, NULL);
  tl_history_search_start (search, sessions, pattern, TL_CHARSET_UTF_8);
  test_wait (!tl_history_search_get_busy (search));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (search)), ==, 3);
  g_assert_cmpuint (tl_history_search_get_n_undecided (search), ==, 3);
  g_assert_cmpuint (tl_history_search_get_n_searched (search), ==, 9);
  tl_history_search_start (search, sessions, other, TL_CHARSET_UTF_8);
  test_wait (!tl_history_search_get_busy (search));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (search)), ==, 3);
  g_assert_cmpuint (tl_history_search_get_n_undecided (search), ==, 0);

  g_clear_object (&sessions);
  g_clear_object (&recorder);
  test_history_settle (history);
  tl_history_close (history);
  test_wait (G_OBJECT (search)->ref_count == 1);
  g_assert_finalize_object (search);
  g_assert_finalize_object (history);
  g_assert_finalize_object (log);
}

/* A rule that colours says so, until it is another one. */
static void
test_highlight (void)
{
  g_autoptr (TlHighlightRule) rule = tl_highlight_rule_new ();
  g_autofree char *many = g_strnfill (60, 'x');
  g_autofree char *error = NULL;

  g_object_set (rule, "kind", TL_PATTERN_REGEX, "text", ENDLESS, "match-case", TRUE, NULL);
  g_assert_true (tl_highlight_rule_match (rule, TL_MESSAGE_RECEIVED, TL_CHARSET_UTF_8, (const guint8 *) "xxxy", 4));
  g_object_get (rule, "error", &error, NULL);
  g_assert_null (error);
  g_assert_false (tl_highlight_rule_match (rule, TL_MESSAGE_RECEIVED, TL_CHARSET_UTF_8, (const guint8 *) many, 60));
  g_object_get (rule, "error", &error, NULL);
  g_assert_nonnull (error);
  g_clear_pointer (&error, g_free);
  g_object_set (rule, "text", "x+y", NULL);
  g_object_get (rule, "error", &error, NULL);
  g_assert_null (error);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_folder_make ();
  g_test_add_func ("/undecided/search", test_search);
  g_test_add_func ("/undecided/filter", test_filter);
  g_test_add_func ("/undecided/history", test_history);
  g_test_add_func ("/undecided/highlight", test_highlight);
  status = g_test_run ();
  test_folder_remove ();
  return status;
}
