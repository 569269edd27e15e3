/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of the history: what it lists, how a session is read in it, what is found, and what is deleted. */
#include "tl-ui-test.h"

#include "tl-filter-popover.h"
#include "tl-find-bar.h"
#include "tl-history-test.h"
#include "tl-history-find.h"
#include "tl-history-pane.h"
#include "tl-history-row.h"
#include "tl-history-window.h"
#include "tl-history-words.h"
#include "tl-log-list.h"

#include <sqlite3.h>
#include <string.h>

typedef struct {
  TlHistory         *history;
  TlMessageLog      *log;
  TlHistoryRecorder *recorder;
  GtkWidget         *window;
  TlHistoryPane     *pane;
  TlHistoryFind     *find;
  guint32            peer;
} Fixture;

static void
record (Fixture    *f,
        const char *kind,
        const char *title,
        guint       n)
{
  const TlHistoryAbout about = { (char *) kind, (char *) title, (char *) "udp://127.0.0.1:1", NULL, g_str_equal (kind, "udp") };

  tl_history_recorder_begin (f->recorder, &about);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s %u", title, i);

      tl_message_log_append (f->log, i % 3 == 2 ? TL_MESSAGE_SENT : TL_MESSAGE_RECEIVED, 0, f->peer, text, strlen (text));
    }
}

static void
set_up (Fixture    *f,
        const char *name)
{
  f->history = test_history_open (name);
  f->log = tl_message_log_new ();
  f->recorder = tl_history_recorder_new (f->history, f->log);
  f->peer = tl_message_log_add_peer (f->log, "192.168.1.20:8899");
}

static void
open_window (Fixture *f,
             int      width)
{
  f->window = tl_history_window_new (f->history, TL_CHARSET_UTF_8);
  gtk_window_set_default_size (GTK_WINDOW (f->window), width, 640);
  gtk_window_present (GTK_WINDOW (f->window));
  tl_ui_test_wait (tl_ui_test_is_mapped, f->window, "the window to be mapped");
  f->pane = TL_HISTORY_PANE (tl_ui_test_find (f->window, TL_TYPE_HISTORY_PANE));
  /* On a page that is not shown it is there all the same. */
  f->find = TL_HISTORY_FIND (tl_ui_test_find (f->window, TL_TYPE_HISTORY_FIND));
  g_assert_true (f->pane != NULL && f->find != NULL);
  test_wait_for (tl_history_list_get_loaded (tl_history_pane_get_list (f->pane)), "the list to be read");
  tl_ui_test_frames (f->window, 3);
}

static void
tear_down (Fixture *f)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_clear_object (&f->recorder);
  test_history_settle (f->history);
  tl_history_close (f->history);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  test_wait_for (G_OBJECT (f->history)->ref_count == 1, "the history to be let go");
  g_assert_finalize_object (f->history);
  g_assert_finalize_object (f->log);
}

static guint
n_listed (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (tl_history_pane_get_list (f->pane)));
}

static gint64
get_id (Fixture *f,
        guint    position)
{
  g_autoptr (TlHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (tl_history_pane_get_list (f->pane)), position);

  return tl_history_session_get_id (tl_history_item_get_session (item));
}

static TlLogView *
get_log (Fixture *f)
{
  return tl_history_window_get_log (TL_HISTORY_WINDOW (f->window));
}

static guint
n_rows (Fixture *f)
{
  GtkSelectionModel *rows = tl_log_view_get_rows (get_log (f));

  return rows != NULL ? g_list_model_get_n_items (G_LIST_MODEL (rows)) : 0;
}

/* A button for it would be sensitive. */
static gboolean
is_enabled (Fixture    *f,
            const char *action)
{
  GtkWidget *button = gtk_button_new ();
  gboolean enabled;

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_parent (button, GTK_WIDGET (get_log (f)));
  enabled = gtk_widget_get_sensitive (button);
  gtk_widget_unparent (button);
  return enabled;
}

/* The page of a stack in the pane that is seen. */
static const char *
get_page (Fixture *f)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (gtk_widget_get_template_child (GTK_WIDGET (f->pane), TL_TYPE_HISTORY_PANE, "stack")));
}

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

/* What is found opens its session at its row. */
static void
test_find (void)
{
  Fixture f;
  GtkWidget *entry, *list, *bar;
  GListModel *hits;
  GtkDropDown *kind;
  int width;

  set_up (&f, "find-window.db");
  record (&f, "udp", "old", 9000);
  record (&f, "tcp-client", "new", 9000);
  tl_history_recorder_end (f.recorder);
  test_history_settle (f.history);
  open_window (&f, 1000);
  entry = tl_ui_test_find (GTK_WIDGET (f.find), GTK_TYPE_SEARCH_ENTRY);
  /* However often it is asked for, it is the entry that has the keyboard. */
  g_assert_true (gtk_widget_activate_action (f.window, "records.find", NULL) && gtk_widget_activate_action (f.window, "records.find", NULL));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (f.window)), entry));
  list = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (f.find), TL_TYPE_HISTORY_FIND, "list"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "old 7777");
  hits = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
  test_wait_for (g_list_model_get_n_items (hits) == 1, "the message to be found");
  g_signal_emit_by_name (list, "activate", 0);
  g_assert_cmpuint (n_rows (&f), ==, 9000);
  test_wait_for (gtk_selection_model_is_selected (tl_log_view_get_rows (get_log (&f)), 7777), "its row to be selected");
  /* What was looked for is in the find bar of the session, the hit is its current match, and its bytes are marked. */
  bar = tl_ui_test_find (GTK_WIDGET (get_log (&f)), TL_TYPE_FIND_BAR);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (tl_ui_test_find (bar, GTK_TYPE_ENTRY))), ==, "old 7777");
  test_wait_for (g_str_equal (gtk_label_get_text (GTK_LABEL (gtk_widget_get_template_child (bar, TL_TYPE_FIND_BAR, "count_label"))), "1 of 1"),
                 "the match to be the current one");
  tl_ui_test_frames (f.window, 6);
  tl_ui_test_screenshot (f.window, "history-hit");
  /* A long sentence about a mistake does not make the list wider. */
  width = gtk_widget_get_width (GTK_WIDGET (f.find));
  kind = GTK_DROP_DOWN (gtk_widget_get_template_child (GTK_WIDGET (f.find), TL_TYPE_HISTORY_FIND, "kind"));
  gtk_drop_down_set_selected (kind, TL_PATTERN_REGEX);
  gtk_editable_set_text (GTK_EDITABLE (entry), "messages that begin with (");
  test_wait_for (gtk_widget_has_css_class (entry, "error"), "the mistake to be told");
  tl_ui_test_frames (f.window, 4);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (f.find)), ==, width);
  gtk_drop_down_set_selected (kind, TL_PATTERN_TEXT);
  gtk_editable_set_text (GTK_EDITABLE (entry), "77");
  test_wait_for (g_list_model_get_n_items (hits) > 100, "more messages to be found");
  tl_ui_test_frames (f.window, 4);
  tl_ui_test_screenshot (f.window, "history-find");
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

static guint
count_rows (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (tl_log_view_get_rows (tl_history_window_get_log (TL_HISTORY_WINDOW (f->window)))));
}

/* A peer of a recorded session is chosen from those that took part, and the filter looks through all that is on disk. */
static void
test_filter (void)
{
  TlLogView *view;
  GtkDropDown *peers = NULL;
  GtkWidget *popover;
  Fixture f;
  guint32 other;

  set_up (&f, "filter.db");
  other = tl_message_log_add_peer (f.log, "10.0.0.7:5000");
  record (&f, "udp", "filtered", 9000);
  /* One of them is an hour old. */
  for (guint i = 0; i < 3; i++)
    tl_message_log_append (f.log, TL_MESSAGE_RECEIVED, i == 1 ? g_get_real_time () - G_TIME_SPAN_HOUR : 0, other, "from another", 12);
  test_history_settle (f.history);
  open_window (&f, 1000);
  g_assert_true (tl_history_pane_select (f.pane, get_id (&f, 0)));
  view = tl_history_window_get_log (TL_HISTORY_WINDOW (f.window));
  test_wait_for (count_rows (&f) == 9003, "the session to be opened");
  peers = GTK_DROP_DOWN (gtk_widget_get_template_child (GTK_WIDGET (view), TL_TYPE_LOG_VIEW, "peer_drop"));
  test_wait_for (g_list_model_get_n_items (gtk_drop_down_get_model (peers)) == 3, "the peers to be listed");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (peers)));
  g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (gtk_drop_down_get_model (peers)), 1), ==, "10.0.0.7:5000");
  gtk_drop_down_set_selected (peers, 1);
  test_wait_for (count_rows (&f) == 3, "the messages of one peer");
  g_object_set (view, "peer", "192.168.1.20:8899", "show", TL_LOG_SHOW_SENT, NULL);
  test_wait_for (count_rows (&f) == 3000, "the messages sent to the other");
  tl_ui_test_frames (f.window, 6);
  tl_ui_test_screenshot (f.window, "history-filter");

  /* The last minutes end with the newest message, which has to be read from disk first. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (view), "log.show-everything", NULL));
  test_wait_for (count_rows (&f) == 9003, "all messages");
  /* From wherever the focus is in the window: it is still in the list. */
  g_assert_true (gtk_widget_activate_action (f.window, "records.filter", NULL));
  popover = tl_ui_test_find (GTK_WIDGET (view), TL_TYPE_FILTER_POPOVER);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (gtk_widget_get_template_child (popover, TL_TYPE_FILTER_POPOVER, "time_choice")), 1);
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_template_child (popover, TL_TYPE_FILTER_POPOVER, "minutes")), "2");
  test_wait_for (count_rows (&f) == 9002, "the messages of the last two minutes");
  gtk_popover_popdown (GTK_POPOVER (popover));
  tl_ui_test_frames (f.window, 3);
  /* Another session has other peers. */
  tl_history_window_open (TL_HISTORY_WINDOW (f.window), NULL);
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
  g_test_add_func ("/history-window/find", test_find);
  g_test_add_func ("/history-window/filter", test_filter);
  g_test_add_func ("/history-window/looks", test_looks);
  g_test_add_func ("/history-window/error", test_error);
  status = g_test_run ();
  test_folder_remove ();
  return status;
}
