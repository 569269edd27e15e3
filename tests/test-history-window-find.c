/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of the history: what is found in all sessions, and what a filter leaves of one. */
#include "tl-history-window-test.h"

#include "tl-filter-popover.h"
#include "tl-find-bar.h"

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

int
main (int   argc,
      char *argv[])
{
  int status;

  tl_ui_test_init (&argc, &argv);
  test_folder_make ();
  g_test_add_func ("/history-window-find/find", test_find);
  g_test_add_func ("/history-window-find/filter", test_filter);
  status = g_test_run ();
  test_folder_remove ();
  return status;
}
