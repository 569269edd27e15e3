/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of the history: what it lists, how a session is read in it, and what is deleted. */
#include "tl-history-window-test.h"

#include "tl-history-words.h"

#include <sqlite3.h>

static void
test_empty (void)
{
  Fixture f;

  set_up (&f, "empty.db");
  open_window (&f, 1000);
  g_assert_cmpstr (get_page (&f), ==, "empty");
  tl_ui_test_screenshot (f.window, "history-empty");
  tear_down (&f);
}

static gboolean
is_read (GtkSelectionModel *rows,
         guint              position)
{
  g_autoptr (TlMessage) message = g_list_model_get_item (G_LIST_MODEL (rows), position);

  return tl_message_get_length (message) > 0;
}

/* A session is read in the log view: rows, search, copy; nothing can be cleared in it. */
static void
test_read (void)
{
  Fixture f;
  GtkSelectionModel *rows;
  guint n;

  set_up (&f, "read.db");
  record (&f, "tcp-server", "0.0.0.0:8899", 30000);
  record (&f, "udp", "127.0.0.1:7855", 20);
  tl_history_recorder_end (f.recorder);
  test_history_settle (f.history);
  open_window (&f, 1000);
  g_assert_cmpuint (n_listed (&f), ==, 2);
  g_assert_cmpstr (get_page (&f), ==, "list");

  g_assert_true (tl_history_pane_select (f.pane, get_id (&f, 1)));
  g_assert_cmpuint (n_rows (&f), ==, 30000);
  g_assert_false (is_enabled (&f, "log.clear"));
  g_assert_true (is_enabled (&f, "log.export"));
  rows = tl_log_view_get_rows (get_log (&f));
  test_wait_for (is_read (rows, 29999), "the last row to be read");
  tl_ui_test_frames (f.window, 5);
  tl_ui_test_screenshot (f.window, "history-read");

  /* What was selected while it was not read yet is still selected when it is. */
  g_assert_true (tl_log_view_show_row (get_log (&f), 101));
  tl_ui_test_frames (f.window, 5);
  test_wait_for (gtk_selection_model_is_selected (rows, 100), "the row to be selected");
  test_wait_for (is_read (rows, 100), "the row to be read");
  g_assert_true (gtk_selection_model_is_selected (rows, 100));

  /* Through its filter too. */
  g_object_set (get_log (&f), "show", TL_LOG_SHOW_SENT, NULL);
  test_wait_for ((n = n_rows (&f)) == 10000, "the filter to have looked at all rows");
  g_object_set (get_log (&f), "show", TL_LOG_SHOW_ALL, NULL);
  g_assert_cmpuint (n_rows (&f), ==, 30000);
  tear_down (&f);
}

static void
text_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

/* All that is selected is copied, though none of it has been read. */
static void
test_copy (void)
{
  GdkClipboard *clipboard;
  Fixture f;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  set_up (&f, "copy.db");
  record (&f, "udp", "copied", 20000);
  tl_history_recorder_end (f.recorder);
  test_history_settle (f.history);
  open_window (&f, 1000);
  g_assert_true (tl_history_pane_select (f.pane, get_id (&f, 0)));
  clipboard = gtk_widget_get_clipboard (f.window);
  gdk_clipboard_set_text (clipboard, "");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_log (&f)), "log.select-all", NULL));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_log (&f)), "log.copy", NULL));
  do
    {
      g_clear_pointer (&text, g_free);
      gdk_clipboard_read_text_async (clipboard, NULL, text_cb, &text);
      test_wait_for (text != NULL, "the clipboard");
    }
  while (*text == '\0');
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 20000);
  g_assert_cmpstr (lines[0], ==, "copied 0");
  g_assert_cmpstr (lines[9999], ==, "copied 9999");
  g_assert_cmpstr (lines[19999], ==, "copied 19999");
  tear_down (&f);
}

/* A running session grows in the list without losing the selection; what came is shown when it is asked for. */
static void
test_running (void)
{
  Fixture f;
  TlHistoryList *list;

  set_up (&f, "running.db");
  record (&f, "udp", "goes on", 5);
  test_history_settle (f.history);
  open_window (&f, 1000);
  list = tl_history_pane_get_list (f.pane);
  g_assert_true (tl_history_pane_select (f.pane, get_id (&f, 0)));
  g_assert_cmpuint (n_rows (&f), ==, 5);
  tl_message_log_append (f.log, TL_MESSAGE_RECEIVED, 0, f.peer, "more", 4);
  {
    g_autoptr (TlHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (list), 0);

    g_assert_true (tl_history_item_get_running (item));
    test_wait_for (tl_history_session_get_n_messages (tl_history_item_get_session (item)) == 6, "the session to grow");
  }
  g_assert_cmpuint (tl_history_pane_get_n_selected (f.pane), ==, 1);
  g_assert_cmpuint (n_rows (&f), ==, 5);
  tl_ui_test_screenshot (f.window, "history-running");
  g_assert_true (gtk_widget_activate_action (f.window, "records.reload", NULL));
  g_assert_cmpuint (n_rows (&f), ==, 6);
  tear_down (&f);
}

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
}

/* Asks, with what will be gone; then it is, and nothing else. */
static void
test_delete (void)
{
  Fixture f;
  GtkWidget *dialog;

  set_up (&f, "delete-window.db");
  record (&f, "udp", "to stay", 3);
  record (&f, "tcp-client", "to go", 1234);
  tl_history_recorder_end (f.recorder);
  test_history_settle (f.history);
  open_window (&f, 1000);
  g_assert_true (tl_history_pane_select (f.pane, get_id (&f, 0)));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f.pane), "sessions.delete", NULL));
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "1234"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_cmpuint (n_listed (&f), ==, 2);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f.pane), "sessions.delete", NULL));
  dialog = find_dialog ();
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "delete");
  gtk_window_destroy (GTK_WINDOW (dialog));
  test_wait_for (n_listed (&f) == 1, "the session to go");
  test_wait_for (n_rows (&f) == 0, "nothing to be shown");
  tear_down (&f);
}

static void
test_looks (void)
{
  GtkWidget *title;
  Fixture f;

  set_up (&f, "looks.db");
  record (&f, "udp", "0.0.0.0:7855", 5);
  record (&f, "tcp-server", "[::]:8899 with a title that is long enough to be cut", 300);
  record (&f, "tcp-client", "example.org:443", 12);
  test_history_settle (f.history);
  open_window (&f, 360);
  tl_ui_test_screenshot (f.window, "history-narrow");
  g_assert_true (tl_history_pane_select (f.pane, get_id (&f, 1)));
  g_signal_emit_by_name (gtk_widget_get_template_child (GTK_WIDGET (f.pane), TL_TYPE_HISTORY_PANE, "list"), "activate", 1);
  tl_ui_test_frames (f.window, 20);
  tl_ui_test_screenshot (f.window, "history-narrow-read");
  /* Beside the buttons there is no room for the address: it stands below them. */
  title = GTK_WIDGET (gtk_widget_get_template_child (f.window, TL_TYPE_HISTORY_WINDOW, "narrow_title"));
  g_assert_true (gtk_widget_get_mapped (title));
  g_assert_true (g_str_has_prefix (gtk_label_get_text (GTK_LABEL (title)), "[::]:8899 with a title that is long enough to be cut\n"));
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (title))));
  gtk_window_destroy (GTK_WINDOW (f.window));
  tl_ui_test_set_dark (TRUE);
  open_window (&f, 1000);
  g_assert_true (tl_history_pane_select (f.pane, get_id (&f, 0)));
  tl_ui_test_frames (f.window, 20);
  tl_ui_test_screenshot (f.window, "history-dark");
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (gtk_widget_get_template_child (f.window, TL_TYPE_HISTORY_WINDOW, "narrow_title"))));
  tl_ui_test_set_dark (FALSE);
  tear_down (&f);
}


/* The sentence of what is wrong, in the place of the list. */
static void
test_error (void)
{
  g_autofree char *path = g_build_filename (test_folder, "newer.db", NULL);
  sqlite3 *db = NULL;
  Fixture f;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA user_version = 999", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  set_up (&f, "newer.db");
  open_window (&f, 1000);
  g_assert_cmpstr (get_page (&f), ==, "error");
  g_assert_nonnull (tl_history_list_get_error (tl_history_pane_get_list (f.pane)));
  tl_ui_test_screenshot (f.window, "history-error");
  tear_down (&f);
}

static void
test_words (void)
{
  g_autoptr (GDateTime) noon = g_date_time_new_local (2026, 3, 1, 12, 0, 0);
  const gint64 now = g_date_time_to_unix (noon) * G_USEC_PER_SEC;
  g_autofree char *today = tl_history_day (now - 11 * G_TIME_SPAN_HOUR, now);
  g_autofree char *yesterday = tl_history_day (now - 13 * G_TIME_SPAN_HOUR, now);
  g_autofree char *date = tl_history_day (now - 48 * G_TIME_SPAN_HOUR, now);

  g_assert_cmpstr (today, ==, "Today");
  g_assert_cmpstr (yesterday, ==, "Yesterday");
  g_assert_cmpstr (date, ==, "February 27, 2026");
  g_assert_false (tl_history_is_same_day (now, now - 13 * G_TIME_SPAN_HOUR));
  g_assert_true (tl_history_is_same_day (now, now + 11 * G_TIME_SPAN_HOUR));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  tl_ui_test_init (&argc, &argv);
  test_folder_make ();
  g_test_add_func ("/history-window/words", test_words);
  g_test_add_func ("/history-window/empty", test_empty);
  g_test_add_func ("/history-window/read", test_read);
  g_test_add_func ("/history-window/copy", test_copy);
  g_test_add_func ("/history-window/running", test_running);
  g_test_add_func ("/history-window/delete", test_delete);
  g_test_add_func ("/history-window/looks", test_looks);
  g_test_add_func ("/history-window/error", test_error);
  status = g_test_run ();
  test_folder_remove ();
  return status;
}
