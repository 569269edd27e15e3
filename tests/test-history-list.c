/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of sessions keeps up with what is recorded and deleted, and its items stay the same; what is read from disk is exported whole. */
#include "tl-history-test.h"

#include "tl-history-list.h"
#include "tl-log-test.h"
#include "tl-message-export.h"
#include "tl-message-filter.h"

#include <string.h>

static guint64
n_messages (TlHistoryList *list,
            guint          position)
{
  g_autoptr (TlHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (list), position);

  return item != NULL ? tl_history_session_get_n_messages (tl_history_item_get_session (item)) : 0;
}

static const char *
title (TlHistoryList *list,
       guint          position)
{
  g_autoptr (TlHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (list), position);

  return item != NULL ? tl_history_session_get_about (tl_history_item_get_session (item))->title : NULL;
}

static guint
n_items (TlHistoryList *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

static void
delete_at (TestHistory   *f,
           TlHistoryList *list,
           guint          position)
{
  g_autoptr (TlHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (list), position);

  test_history_delete (f->history, tl_history_session_get_id (tl_history_item_get_session (item)));
}

/* Sessions come, grow, end and go; an item that stays is the same object, and only what has changed is told. */
static void
test_follows (void)
{
  TestHistory f = test_history_make ("follows.db");
  g_autoptr (TlHistoryList) list = NULL;
  g_autoptr (TlHistoryItem) first = NULL;
  TlMirror mirror;

  list = tl_history_list_new (f.history);
  tl_mirror_init (&mirror, G_LIST_MODEL (list));
  tl_history_list_set_active (list, TRUE);
  test_wait_for (tl_history_list_get_loaded (list), "the list to be read");
  g_assert_cmpuint (n_items (list), ==, 0);

  test_history_begin (f.recorder, "first");
  test_history_append (&f, "1");
  test_wait_for (n_items (list) == 1, "the session to be listed");
  first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_true (tl_history_item_get_running (first));
  test_history_append (&f, "2");
  test_wait_for (n_messages (list, 0) == 2, "the session to grow");
  g_assert_cmpuint (mirror.n_signals, ==, 1);

  test_history_begin (f.recorder, "second");
  test_history_append (&f, "3");
  test_wait_for (n_items (list) == 2, "the second session");
  test_history_begin (f.recorder, "third");
  test_history_append (&f, "4");
  test_wait_for (n_items (list) == 3, "the third session");
  g_assert_cmpstr (title (list, 0), ==, "third");
  g_assert_cmpstr (title (list, 2), ==, "first");
  test_wait_for (!tl_history_item_get_running (first), "the first session to have ended");
  {
    g_autoptr (TlHistoryItem) same = g_list_model_get_item (G_LIST_MODEL (list), 2);

    g_assert_true (same == first);
    g_assert_cmpuint (tl_history_list_find (list, tl_history_session_get_id (tl_history_item_get_session (first))), ==, 2);
  }

  delete_at (&f, list, 1);
  test_wait_for (n_items (list) == 2, "the second session to go");
  g_assert_cmpstr (title (list, 0), ==, "third");
  g_assert_cmpstr (title (list, 1), ==, "first");
  g_assert_cmpuint (mirror.n_removed, ==, 1);
  tl_mirror_clear (&mirror);
  g_assert_finalize_object (g_steal_pointer (&list));
  g_clear_object (&first);
  test_history_drop (&f);
}

static void
test_filters (void)
{
  TestHistory f = test_history_make ("filters.db");
  g_autoptr (TlHistoryList) list = NULL;

  test_history_begin (f.recorder, "lamp");
  test_history_append (&f, "1");
  test_history_begin (f.recorder, "fan");
  test_history_append (&f, "2");
  test_history_settle (f.history);
  list = tl_history_list_new (f.history);
  tl_history_list_set_active (list, TRUE);
  test_wait_for (n_items (list) == 2, "both sessions");
  g_assert_true (tl_history_list_is_whole (list));
  tl_history_list_set_text (list, "LAM");
  test_wait_for (n_items (list) == 1, "one session");
  g_assert_cmpstr (title (list, 0), ==, "lamp");
  g_assert_false (tl_history_list_is_whole (list));
  tl_history_list_set_text (list, NULL);
  test_wait_for (n_items (list) == 2, "both sessions again");
  tl_history_list_set_kind (list, "tcp-server");
  test_wait_for (n_items (list) == 0, "no session of the other kind");
  tl_history_list_set_kind (list, "udp");
  test_wait_for (n_items (list) == 2, "those of their kind");
  g_assert_finalize_object (g_steal_pointer (&list));
  test_history_drop (&f);
}

/* Why there is nothing to see is told. */
static void
test_error (void)
{
  TestHistory f = test_history_make ("error.db");
  g_autoptr (TlHistoryList) list = NULL;

  tl_history_close (f.history);
  list = tl_history_list_new (f.history);
  tl_history_list_set_active (list, TRUE);
  test_wait_for (tl_history_list_get_loaded (list), "the list to have been tried");
  g_assert_nonnull (tl_history_list_get_error (list));
  g_assert_finalize_object (g_steal_pointer (&list));
  test_history_drop (&f);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  TestHistoryOutcome *outcome = user_data;

  outcome->answer = tl_message_export_finish (TL_MESSAGE_SOURCE (source), result, &outcome->error);
  outcome->done = TRUE;
}

/* (transfer full): the file that was written. */
static char *
export (TlMessageSource *source,
        GArray          *ids,
        TlExportFormat   format,
        gboolean         is_datagram,
        guint            n_expected)
{
  g_autoptr (GFile) file = g_file_new_build_filename (test_folder, "exported", NULL);
  TestHistoryOutcome outcome = { 0 };
  char *text;

  tl_message_export_some_async (source, ids, file, format, TL_CHARSET_UTF_8, is_datagram, NULL, exported_cb, &outcome);
  test_wait_for (outcome.done, "the export");
  g_assert_no_error (outcome.error);
  g_assert_cmpint (outcome.answer, ==, n_expected);
  g_assert_true (g_file_load_contents (file, NULL, &text, NULL, NULL, NULL));
  g_assert_true (g_file_delete (file, NULL, NULL));
  return text;
}

/* (transfer container): the lines, without their ends. g_strsplit() looks for each end with strstr(), and a sanitizer that checks strings reads all that
 * is left for each. */
static GPtrArray *
split_lines (const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  const char *end = text + strlen (text), *newline;

  for (; text < end && (newline = memchr (text, '\n', (gsize) (end - text))) != NULL; text = newline + 1)
    g_ptr_array_add (lines, g_strndup (text, (gsize) (newline - text)));
  g_assert_true (text == end);
  return lines;
}

/* Nothing of it has been read before: all of it is written, none as an empty row. Also through a filter, and for chosen rows in any order. */
static void
test_export (void)
{
  const guint n = 50000;
  TestHistory f = test_history_make ("export.db");
  g_autoptr (TlHistoryMessages) messages = NULL;
  g_autoptr (TlMessageFilter) filter = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autofree char *all = NULL;
  g_autofree char *some = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GPtrArray) some_lines = NULL;

  test_history_begin (f.recorder, "export");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("<message %u>", i);

      test_history_append (&f, text);
    }
  test_history_settle (f.history);
  messages = test_history_read (f.history, "export");
  filter = tl_message_filter_new (TL_MESSAGE_SOURCE (messages));
  all = export (TL_MESSAGE_SOURCE (filter), NULL, TL_EXPORT_TEXT, TRUE, n);
  lines = split_lines (all);
  g_assert_cmpuint (lines->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("<message %u>", i);

      g_assert_true (g_str_has_suffix (g_ptr_array_index (lines, i), text));
    }

  for (guint i = 0; i < 30; i++)
    {
      const guint64 id = n - i * 1600;

      g_array_append_val (ids, id);
    }
  g_assert_finalize_object (g_steal_pointer (&filter));
  g_assert_finalize_object (g_steal_pointer (&messages));
  messages = test_history_read (f.history, "export");
  some = export (TL_MESSAGE_SOURCE (messages), ids, TL_EXPORT_TEXT, TRUE, 30);
  some_lines = split_lines (some);
  g_assert_cmpuint (some_lines->len, ==, 30);
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *text = g_strdup_printf ("<message %u>", n - i * 1600 - 1);

      g_assert_true (g_str_has_suffix (g_ptr_array_index (some_lines, i), text));
    }
  g_assert_finalize_object (g_steal_pointer (&messages));
  test_history_drop (&f);
}

/* In every format the same bytes as from the log that was recorded. */
static void
test_export_formats (void)
{
  static const TlExportFormat formats[] = { TL_EXPORT_TEXT, TL_EXPORT_CSV, TL_EXPORT_JSON_LINES, TL_EXPORT_RECEIVED_BYTES, TL_EXPORT_SENT_BYTES, TL_EXPORT_C_ARRAY };
  TestHistory f = test_history_make ("formats.db");
  g_autoptr (TlHistoryMessages) messages = NULL;
  const guint n = 9001;

  test_history_begin (f.recorder, "formats");
  for (guint i = 0; i + 1 < n; i++)
    {
      char text[32];

      tl_message_log_append (f.log, i % 3 == 0 ? TL_MESSAGE_SENT : TL_MESSAGE_RECEIVED, 0, f.peer, text, (gsize) g_snprintf (text, sizeof text, "=%u\xff;", i));
    }
  tl_message_log_append_text (f.log, TL_MESSAGE_WARNING, f.peer, "the last, \"quoted\"");
  tl_message_log_flush (f.log);
  test_history_settle (f.history);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *live = export (TL_MESSAGE_SOURCE (f.log), NULL, formats[i], TRUE, n);
      g_autofree char *recorded = NULL;

      messages = test_history_read (f.history, "formats");
      recorded = export (TL_MESSAGE_SOURCE (messages), NULL, formats[i], TRUE, n);
      g_assert_cmpstr (recorded, ==, live);
      g_assert_cmpuint (strlen (live), >, 0);
      g_assert_finalize_object (g_steal_pointer (&messages));
    }
  test_history_drop (&f);
}

/* A character whose bytes lie in two chunks is whole, whichever has been read first. */
static void
test_text_over_chunks (void)
{
  static const char *const pieces[] = { "\xe6", "\xb1", "\x89" };
  TestHistory f = test_history_make ("pieces.db");
  g_autoptr (TlHistoryMessages) messages = NULL;
  g_autofree char *all = NULL;
  g_autofree char *shown = NULL;
  TlMessageSource *source;
  TlMirror mirror;

  test_history_begin (f.recorder, "pieces");
  test_history_append (&f, "begin ");
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      /* Each in a chunk of its own. */
      test_history_append (&f, pieces[i]);
      test_history_settle (f.history);
    }
  tl_history_recorder_end (f.recorder);
  test_history_settle (f.history);

  messages = test_history_read (f.history, "pieces");
  all = export (TL_MESSAGE_SOURCE (messages), NULL, TL_EXPORT_TEXT, FALSE, 4);
  g_assert_nonnull (strstr (all, "汉"));
  g_assert_null (strstr (all, "\\x"));
  g_assert_finalize_object (g_steal_pointer (&messages));

  /* Looked at alone, the last reads otherwise; when the others have come, it is told of again. */
  messages = test_history_read (f.history, "pieces");
  source = TL_MESSAGE_SOURCE (messages);
  tl_mirror_init (&mirror, G_LIST_MODEL (messages));
  test_wait_for (tl_message_source_is_ready (source, 3), "the last row");
  g_assert_false (tl_message_source_is_text_ready (source, 3, TL_CHARSET_UTF_8, FALSE));
  shown = tl_message_source_decode (source, 3, TL_CHARSET_UTF_8, FALSE, 0);
  g_assert_cmpstr (shown, !=, "汉");
  test_wait_for (tl_message_source_is_text_ready (source, 3, TL_CHARSET_UTF_8, FALSE), "what stands before it");
  g_clear_pointer (&shown, g_free);
  shown = tl_message_source_decode (source, 3, TL_CHARSET_UTF_8, FALSE, 0);
  g_assert_cmpstr (shown, ==, "汉");
  g_assert_cmpuint (mirror.n_signals, >, 0);
  tl_mirror_clear (&mirror);
  g_assert_finalize_object (g_steal_pointer (&messages));
  test_history_drop (&f);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_folder_make ();
  g_test_add_func ("/history-list/follows", test_follows);
  g_test_add_func ("/history-list/filters", test_filters);
  g_test_add_func ("/history-list/error", test_error);
  g_test_add_func ("/history-list/export", test_export);
  g_test_add_func ("/history-list/export-formats", test_export_formats);
  g_test_add_func ("/history-list/text-over-chunks", test_text_over_chunks);
  status = g_test_run ();
  test_folder_remove ();
  return status;
}
