/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlLogView: the row that it comes back to, and what is new behind it. */

#include "tl-log-place-test.h"
#include "tl-log-scroll.h"

/* Of several changes before the next frame, as where what is typed takes the place of something else, the first one says where the user is. */
static void
test_at_once (gconstpointer data)
{
  Fixture self = { 0 };
  guint number;

  begin (&self, GPOINTER_TO_INT (data));
  go_to (&self, 2000);
  tl_ui_test_frames (self.window, 8);
  number = get_place (&self);
  show (&self, TL_LOG_SHOW_SENT, N_MESSAGES / 2);
  g_object_set (self.view, "show", TL_LOG_SHOW_ALL, NULL);
  show (&self, TL_LOG_SHOW_RECEIVED, N_MESSAGES / 2);
  wait_seen (&self, number + number % 2);
  g_object_set (self.view, "show", TL_LOG_SHOW_ALL, NULL);
  show (&self, TL_LOG_SHOW_SENT, N_MESSAGES / 2);
  wait_seen (&self, number + 1 - number % 2);
  fixture_clear (&self);
}

/* A row that the user has clicked at and that is left out: the next one is in its place, and it comes back, also from where so few rows are left that all are seen. */
static void
test_hidden (gconstpointer data)
{
  Fixture self = { 0 };
  GtkWidget *rows, *row;
  guint position;

  begin (&self, GPOINTER_TO_INT (data));
  append (&self, TL_MESSAGE_EVENT, NULL, "number 3000.", -1);
  wait_rows (&self, N_MESSAGES + 1);
  go_to (&self, 2001);
  tl_ui_test_frames (self.window, 8);
  rows = tl_ui_test_find (list (&self), GTK_TYPE_LIST_VIEW);
  row = gtk_widget_pick (rows, 100, gtk_widget_get_height (rows) / 2.0, GTK_PICK_DEFAULT);
  position = tl_log_list_row_at (TL_LOG_LIST (list (&self)), 100, gtk_widget_get_height (list (&self)) / 2.0);
  while (gtk_widget_get_parent (row) != rows)
    row = gtk_widget_get_parent (row);
  gtk_widget_grab_focus (row);
  gtk_selection_model_select_item (tl_log_view_get_rows (self.view), position, TRUE);
  g_assert_cmpuint (get_place (&self), ==, position);

  show (&self, position % 2 == 0 ? TL_LOG_SHOW_SENT : TL_LOG_SHOW_RECEIVED, N_MESSAGES / 2);
  wait_seen (&self, position + 1);
  show (&self, TL_LOG_SHOW_EVENTS, 1);
  wait_seen (&self, 3000);
  show (&self, TL_LOG_SHOW_ALL, N_MESSAGES + 1);
  wait_seen (&self, position);
  g_assert_true (gtk_selection_model_is_selected (tl_log_view_get_rows (self.view), position));
  fixture_clear (&self);
}

/* Where what is left ends before the place, its end is followed; who sees nothing new there comes back. */
static void
test_back (void)
{
  Fixture self = { 0 };
  guint number;

  fixture_init (&self, 900, 500);
  for (guint i = 0; i < 60; i++)
    append (&self, TL_MESSAGE_EVENT, NULL, "event", -1);
  append_numbers (&self, 0, N_MESSAGES);
  wait_rows (&self, N_MESSAGES + 60);
  wait_text (&self, "number 2999.");
  tl_log_follow_scroll_to (get_follow (&self), 2060);
  wait_seen (&self, 2000);
  tl_ui_test_frames (self.window, 8);
  number = get_place (&self);

  show (&self, TL_LOG_SHOW_EVENTS, 60);
  test_wait ((tl_ui_test_frames (self.window, 1), tl_log_follow_get_at_end (get_follow (&self)) && !tl_log_follow_sees_all (get_follow (&self))));
  show (&self, TL_LOG_SHOW_ALL, N_MESSAGES + 60);
  wait_seen (&self, number);
  fixture_clear (&self);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item)
{
  gtk_list_item_set_child (item, gtk_label_new (gtk_string_object_get_string (gtk_list_item_get_item (item))));
}

/* What the row at the top of a list says. */
static const char *
get_top (GtkWidget *list)
{
  GtkWidget *picked = gtk_widget_pick (list, gtk_widget_get_width (list) / 2.0, 8, GTK_PICK_DEFAULT);
  GtkWidget *label = picked && picked != list ? tl_ui_test_find (picked, GTK_TYPE_LABEL) : NULL;

  return label ? gtk_label_get_text (GTK_LABEL (label)) : NULL;
}

/* A row comes to the top from below as well as from above, and nothing else is told of a value on the way. */
static void
test_top (void)
{
  static const guint rows[] = { 700, 710, 300 };
  GtkStringList *strings = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *rows_view, *scrolled = gtk_scrolled_window_new (), *window;
  GtkAdjustment *adjustment;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      gtk_string_list_append (strings, text);
    }
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  rows_view = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (strings))), factory);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), rows_view);
  window = tl_ui_test_window (scrolled, 300, 200);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", rows[i]);
      const double value = gtk_adjustment_get_value (adjustment);

      tl_log_scroll_row_to_top (rows_view, adjustment, window, rows[i]);
      g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, value);
      test_wait ((tl_log_scroll_row_to_top (rows_view, adjustment, window, rows[i]), tl_ui_test_frames (window, 1), g_strcmp0 (get_top (rows_view), text) == 0));
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What is new is what came behind the rows that could be seen, also where more of these were yet to be made. */
static void
test_new (void)
{
  Fixture self = { 0 };
  guint n_new;

  fixture_init (&self, 900, 500);
  append_numbers (&self, 0, 100);
  wait_rows (&self, 100);
  wait_text (&self, "number 99.");
  append_numbers (&self, 100, 150);
  tl_message_log_flush (self.log);
  g_assert_cmpuint (n_rows (&self), ==, 150);
  tl_log_follow_scroll_to (get_follow (&self), 0);
  g_object_get (self.view, "n-new", &n_new, NULL);
  g_assert_cmpuint (n_new, ==, 50);
  wait_seen (&self, 0);
  append_numbers (&self, 150, 160);
  wait_rows (&self, 160);
  g_object_get (self.view, "n-new", &n_new, NULL);
  g_assert_cmpuint (n_new, ==, 60);

  action (&self, "log.scroll-to-end");
  wait_seen (&self, 159);
  tl_ui_test_frames (self.window, 8);
  tl_log_follow_scroll_to (get_follow (&self), 0);
  g_object_get (self.view, "n-new", &n_new, NULL);
  g_assert_cmpuint (n_new, ==, 0);
  fixture_clear (&self);
}

/* Who has paused the log at its end and then goes up has still not seen what came meanwhile. */
static void
test_new_while_paused (void)
{
  Fixture self = { 0 };
  GtkAdjustment *adjustment;
  guint n_new;

  fixture_init (&self, 900, 500);
  append_numbers (&self, 0, 100);
  wait_rows (&self, 100);
  wait_seen (&self, 99);
  g_object_set (self.view, "paused", TRUE, NULL);
  append_numbers (&self, 100, 150);
  wait_rows (&self, 150);
  tl_ui_test_frames (self.window, 8);
  g_object_get (self.view, "n-new", &n_new, NULL);
  g_assert_cmpuint (n_new, ==, 50);
  g_assert_true (tl_log_follow_get_at_end (get_follow (&self)));
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (tl_ui_test_find (list (&self), GTK_TYPE_SCROLLED_WINDOW)));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) - 200);
  g_assert_false (tl_log_follow_get_at_end (get_follow (&self)));
  tl_ui_test_frames (self.window, 8);
  g_object_get (self.view, "n-new", &n_new, NULL);
  g_assert_cmpuint (n_new, ==, 50);
  fixture_clear (&self);
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);
  g_test_add_data_func ("/log-view-stay/at-once/table", GINT_TO_POINTER (FALSE), test_at_once);
  g_test_add_data_func ("/log-view-stay/at-once/bubbles", GINT_TO_POINTER (TRUE), test_at_once);
  g_test_add_data_func ("/log-view-stay/hidden/table", GINT_TO_POINTER (FALSE), test_hidden);
  g_test_add_data_func ("/log-view-stay/hidden/bubbles", GINT_TO_POINTER (TRUE), test_hidden);
  g_test_add_func ("/log-view-stay/back", test_back);
  g_test_add_func ("/log-view-stay/new", test_new);
  g_test_add_func ("/log-view-stay/new-while-paused", test_new_while_paused);
  g_test_add_func ("/log-view-stay/top", test_top);
  return g_test_run ();
}
