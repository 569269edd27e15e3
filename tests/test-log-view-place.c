/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlLogView: where it is when other rows are shown. */

#include "tl-log-place-test.h"

#define N_MANY 60000

/* The first row on the page, or the one behind it, and the one that was there when nothing passes for a while. */
static void
test_first (gconstpointer data)
{
  Fixture self = { 0 };
  guint number;

  begin (&self, GPOINTER_TO_INT (data));
  go_to (&self, 1000);
  number = get_place (&self);
  g_assert_cmpuint (number, <=, 1000);
  show (&self, TL_LOG_SHOW_RECEIVED, N_MESSAGES / 2);
  wait_seen (&self, number % 2 == 0 ? number : number + 1);
  show (&self, TL_LOG_SHOW_ALL, N_MESSAGES);
  wait_seen (&self, number % 2 == 0 ? number : number + 1);

  number = get_place (&self);
  show (&self, TL_LOG_SHOW_EVENTS, 0);
  tl_ui_test_frames (self.window, 3);
  show (&self, TL_LOG_SHOW_SENT, N_MESSAGES / 2);
  wait_seen (&self, number % 2 == 1 ? number : number + 1);
  g_assert_false (tl_log_follow_get_at_end (get_follow (&self)));
  fixture_clear (&self);
}

/* What is selected stays, and stays selected, also where it is seen at the end. */
static void
test_selected (gconstpointer data)
{
  Fixture self = { 0 };
  g_autoptr (GtkBitset) selected = NULL;

  begin (&self, GPOINTER_TO_INT (data));
  g_object_set (self.view, "show", TL_LOG_SHOW_SENT, NULL);
  wait_rows (&self, N_MESSAGES / 2);
  go_to (&self, 2999);
  gtk_selection_model_select_item (tl_log_view_get_rows (self.view), 1498, TRUE);
  show (&self, TL_LOG_SHOW_ALL, N_MESSAGES);
  wait_seen (&self, 2997);
  selected = gtk_selection_model_get_selection (tl_log_view_get_rows (self.view));
  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 1);
  g_assert_cmpuint (gtk_bitset_get_minimum (selected), ==, 2997);
  fixture_clear (&self);
}

/* Who follows the end goes on to, and who sees it after all follows it. */
static void
test_end (gconstpointer data)
{
  Fixture self = { 0 };

  begin (&self, GPOINTER_TO_INT (data));
  show (&self, TL_LOG_SHOW_RECEIVED, N_MESSAGES / 2);
  wait_seen (&self, 2998);
  g_assert_true (tl_log_follow_get_at_end (get_follow (&self)));

  tl_log_follow_scroll_to (get_follow (&self), 250);
  wait_seen (&self, 500);
  append (&self, TL_MESSAGE_EVENT, NULL, "number 3000.", -1);
  show (&self, TL_LOG_SHOW_EVENTS, 1);
  wait_seen (&self, 3000);
  test_wait (tl_log_follow_get_at_end (get_follow (&self)));
  fixture_clear (&self);
}

/* Rows that are told of as replaced, as many, are the same ones. */
static void
test_replaced (gconstpointer data)
{
  Fixture self = { 0 };

  begin (&self, GPOINTER_TO_INT (data));
  tl_log_follow_scroll_to (get_follow (&self), 1000);
  g_list_model_items_changed (G_LIST_MODEL (tl_log_view_get_rows (self.view)), 900, 300, 300);
  wait_seen (&self, 1000);
  fixture_clear (&self);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/* Who goes elsewhere, by hand or to the end, is not taken back, nor who has no messages any more. */
static void
test_elsewhere (gconstpointer data)
{
  Fixture self = { 0 };
  GtkAdjustment *adjustment;
  guint n_acted = 0;

  begin (&self, GPOINTER_TO_INT (data));
  go_to (&self, 1000);
  show (&self, TL_LOG_SHOW_EVENTS, 0);
  action (&self, "log.scroll-to-end");
  show (&self, TL_LOG_SHOW_SENT, N_MESSAGES / 2);
  wait_seen (&self, 2999);
  g_assert_true (tl_log_follow_get_at_end (get_follow (&self)));

  g_signal_connect_swapped (get_follow (&self), "acted", G_CALLBACK (count_cb), &n_acted);
  tl_log_follow_scroll_to (get_follow (&self), 500);
  wait_seen (&self, 1001);
  tl_log_follow_scroll_to (get_follow (&self), 1200);
  g_assert_cmpuint (n_acted, ==, 0);
  adjustment = gtk_scrolled_window_get_vadjustment (tl_log_list_get_scrolled (TL_LOG_LIST (list (&self))));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) - 100);
  g_assert_cmpuint (n_acted, ==, 1);
  wait_seen (&self, 1001);

  show (&self, TL_LOG_SHOW_EVENTS, 0);
  action (&self, "log.clear");
  for (guint i = 0; i < 200; i++)
    append (&self, TL_MESSAGE_SENT, "10.0.0.1:1", "number 1.", -1);
  append (&self, TL_MESSAGE_SENT, "10.0.0.1:1", "number 2.", -1);
  tl_message_log_flush (self.log);
  show (&self, TL_LOG_SHOW_SENT, 201);
  wait_seen (&self, 2);
  g_assert_true (tl_log_follow_get_at_end (get_follow (&self)));
  fixture_clear (&self);
}

static guint
count_hidden (GtkWidget *widget)
{
  guint n = g_str_equal (gtk_widget_get_css_name (widget), "row") && !gtk_widget_get_visible (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    n += count_hidden (child);
  return n;
}

static GtkEventController *
find_keys (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        return controller;
    }
  return NULL;
}

/* A key finds no row that is not seen. */
static void
test_keys (gconstpointer data)
{
  Fixture self = { 0 };
  GtkEventController *keys;
  gboolean handled = TRUE;

  begin (&self, GPOINTER_TO_INT (data));
  for (guint i = 0; i < 5; i++)
    append (&self, TL_MESSAGE_EVENT, NULL, "event", -1);
  wait_rows (&self, N_MESSAGES + 5);
  wait_text (&self, "event");
  tl_ui_test_frames (self.window, 3);
  g_object_set (self.view, "show", TL_LOG_SHOW_EVENTS, NULL);
  g_assert_cmpuint (n_rows (&self), ==, 5);
  g_assert_cmpuint (count_hidden (list (&self)), >, 100);
  keys = find_keys (tl_ui_test_find (list (&self), GTK_TYPE_LIST_VIEW));
  g_assert_nonnull (keys);
  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_Home, 0, 0, &handled);
  g_assert_false (handled);
  g_assert_cmpuint (count_hidden (list (&self)), ==, 0);
  g_assert_cmpuint (tl_log_list_get_n_bound (TL_LOG_LIST (list (&self))), <, 100);
  fixture_clear (&self);
}

static void
press (Fixture *self,
       guint    keyval)
{
  gboolean handled = TRUE;

  g_signal_emit_by_name (find_keys (tl_ui_test_find (list (self), GTK_TYPE_LIST_VIEW)), "key-pressed", keyval, 0, 0, &handled);
  g_assert_false (handled);
}

static void
more (Fixture *self,
      guint    n)
{
  for (guint i = 0; i < n; i++)
    append (self, TL_MESSAGE_EVENT, NULL, "event", -1);
}

/* Equal messages become one row in more than one turn, oldest first: where the row that is kept is at the end, the end is followed when all is there. */
static void
test_collapsed (gconstpointer data)
{
  Fixture self = { 0 };

  begin (&self, GPOINTER_TO_INT (data));
  append_numbers (&self, N_MESSAGES, N_MANY);
  wait_rows (&self, N_MANY);
  wait_seen (&self, N_MANY - 1);
  gtk_selection_model_select_item (tl_log_view_get_rows (self.view), N_MANY - 1, TRUE);
  g_object_set (self.view, "collapse", TRUE, NULL);
  g_assert_cmpuint (n_rows (&self), <, N_MANY);
  wait_rows (&self, N_MANY);
  wait_seen (&self, N_MANY - 1);
  test_wait ((tl_ui_test_frames (self.window, 1), tl_log_follow_get_at_end (get_follow (&self))));
  append_numbers (&self, N_MANY, N_MANY + 3);
  wait_seen (&self, N_MANY + 2);
  fixture_clear (&self);
}

/* A key that goes up leaves the end, also while messages come; End goes back to it. */
static void
test_leave (gconstpointer data)
{
  Fixture self = { 0 };

  begin (&self, GPOINTER_TO_INT (data));
  tl_ui_test_frames (self.window, 8);
  g_assert_true (tl_log_follow_get_at_end (get_follow (&self)));
  press (&self, GDK_KEY_Up);
  g_assert_false (tl_log_follow_get_at_end (get_follow (&self)));
  tl_ui_test_frames (self.window, 8);
  g_assert_false (tl_log_follow_get_at_end (get_follow (&self)));
  press (&self, GDK_KEY_End);
  g_assert_true (tl_log_follow_get_at_end (get_follow (&self)));
  tl_ui_test_frames (self.window, 8);

  press (&self, GDK_KEY_Home);
  gtk_widget_activate_action (tl_ui_test_find (list (&self), GTK_TYPE_LIST_VIEW), "list.scroll-to-item", "u", 0);
  more (&self, 3);
  wait_rows (&self, N_MESSAGES + 3);
  wait_seen (&self, 0);
  g_assert_false (tl_log_follow_get_at_end (get_follow (&self)));
  fixture_clear (&self);
}

/* Where the row that has the focus has been left behind, a key begins at the end. */
static void
test_focus (gconstpointer data)
{
  Fixture self = { 0 };
  GtkWidget *rows, *row;

  begin (&self, GPOINTER_TO_INT (data));
  tl_ui_test_frames (self.window, 8);
  rows = tl_ui_test_find (list (&self), GTK_TYPE_LIST_VIEW);
  row = gtk_widget_pick (rows, 100, gtk_widget_get_height (rows) / 2.0, GTK_PICK_DEFAULT);
  while (gtk_widget_get_parent (row) != rows)
    row = gtk_widget_get_parent (row);
  gtk_widget_grab_focus (row);
  g_assert_true (gtk_widget_get_focus_child (rows) == row);
  press (&self, GDK_KEY_Down);
  g_assert_true (gtk_widget_get_focus_child (rows) == row);
  more (&self, 60);
  wait_rows (&self, N_MESSAGES + 60);
  test_wait (tl_log_follow_get_at_end (get_follow (&self)));
  tl_ui_test_frames (self.window, 8);
  press (&self, GDK_KEY_Down);
  g_assert_nonnull (gtk_widget_get_focus_child (rows));
  g_assert_true (gtk_widget_get_focus_child (rows) != row);
  g_assert_true (tl_log_follow_get_at_end (get_follow (&self)));
  fixture_clear (&self);
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);
  g_test_add_data_func ("/log-view-place/first/table", GINT_TO_POINTER (FALSE), test_first);
  g_test_add_data_func ("/log-view-place/first/bubbles", GINT_TO_POINTER (TRUE), test_first);
  g_test_add_data_func ("/log-view-place/selected/table", GINT_TO_POINTER (FALSE), test_selected);
  g_test_add_data_func ("/log-view-place/selected/bubbles", GINT_TO_POINTER (TRUE), test_selected);
  g_test_add_data_func ("/log-view-place/end/table", GINT_TO_POINTER (FALSE), test_end);
  g_test_add_data_func ("/log-view-place/replaced/table", GINT_TO_POINTER (FALSE), test_replaced);
  g_test_add_data_func ("/log-view-place/replaced/bubbles", GINT_TO_POINTER (TRUE), test_replaced);
  g_test_add_data_func ("/log-view-place/elsewhere/table", GINT_TO_POINTER (FALSE), test_elsewhere);
  g_test_add_data_func ("/log-view-place/keys/table", GINT_TO_POINTER (FALSE), test_keys);
  g_test_add_data_func ("/log-view-place/collapsed/table", GINT_TO_POINTER (FALSE), test_collapsed);
  g_test_add_data_func ("/log-view-place/leave/table", GINT_TO_POINTER (FALSE), test_leave);
  g_test_add_data_func ("/log-view-place/leave/bubbles", GINT_TO_POINTER (TRUE), test_leave);
  g_test_add_data_func ("/log-view-place/focus/table", GINT_TO_POINTER (FALSE), test_focus);
  g_test_add_data_func ("/log-view-place/focus/bubbles", GINT_TO_POINTER (TRUE), test_focus);
  return g_test_run ();
}
