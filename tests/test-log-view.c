/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log view over a session without sockets: rows, what they say, which are shown, following the end. */

#include "tl-log-view-test.h"

#include "tl-udp-session.h"

static void
test_empty (void)
{
  Fixture self = { 0 };

  fixture_init (&self, 900, 500);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (pages (&self)), ==, "empty");
  tl_ui_test_screenshot (self.window, "log-empty");

  append (&self, TL_MESSAGE_CALL, NULL, "bind(7, 0.0.0.0:7855) = 0", -1);
  tl_message_log_flush (self.log);
  tl_ui_test_frames (self.window, 2);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (pages (&self)), ==, "filtered");
  action (&self, "log.show-everything");
  wait_text (&self, "bind(7, 0.0.0.0:7855) = 0");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (pages (&self)), ==, "table");

  action (&self, "log.clear");
  wait_rows (&self, 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (pages (&self)), ==, "empty");
  tl_log_view_set_session (self.view, NULL);
  tl_ui_test_frames (self.window, 2);
  fixture_clear (&self);
}

static void
test_many (gconstpointer data)
{
  gboolean bubbles = GPOINTER_TO_INT (data);
  Fixture self = { 0 };

  fixture_init (&self, 900, 600);
  g_object_set (self.view, "bubbles", bubbles, NULL);
  for (guint i = 0; i < 100000; i++)
    {
      g_autofree char *text = g_strdup_printf ("number %u.", i);

      append (&self, i % 2 ? TL_MESSAGE_SENT : TL_MESSAGE_RECEIVED, "127.0.0.1:7855", text, -1);
    }
  wait_rows (&self, 100000);
  wait_text (&self, "number 99999.");
  tl_ui_test_frames (self.window, 5);
  g_assert_cmpuint (tl_log_list_get_n_bound (TL_LOG_LIST (list (&self))), <, 400);
  g_assert_true (tl_log_follow_get_at_end (tl_log_list_get_follow (TL_LOG_LIST (list (&self)))));
  wait_text (&self, "number 99999.");
  fixture_clear (&self);
}

static void
flood (Fixture *self,
       guint   *number)
{
  for (guint step = 0; step < 8; step++)
    {
      for (guint i = 0; i < 400; i++)
        {
          g_autofree char *text = g_strdup_printf ("number %u.", (*number)++);

          append (self, TL_MESSAGE_RECEIVED, "127.0.0.1:7855", text, -1);
        }
      tl_message_log_flush (self->log);
      tl_ui_test_frames (self->window, 1);
    }
}

/* Of the rows that have widgets those out of sight are shown when the flood is over, or at once when they may be scrolled to. The ring lets rows go meanwhile. */
static void
test_flooded (gconstpointer data)
{
  Fixture self = { 0 };
  GtkAdjustment *adjustment;
  guint number = 0;

  fixture_init (&self, 900, 500);
  g_object_set (self.view, "bubbles", GPOINTER_TO_INT (data), NULL);
  g_object_set (self.log, "max-messages", 1000, NULL);
  flood (&self, &number);
  wait_text (&self, "number 3199.");
  wait_text (&self, "number 3040.");

  flood (&self, &number);
  wait_text (&self, "number 6399.");
  adjustment = gtk_scrolled_window_get_vadjustment (tl_log_list_get_scrolled (TL_LOG_LIST (list (&self))));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) - 200);
  self.text = "number 6290.";
  g_assert_true (shows (&self));
  fixture_clear (&self);
}

static void
test_literal (gconstpointer data)
{
  Fixture self = { 0 };

  fixture_init (&self, 900, 500);
  g_object_set (self.view, "bubbles", GPOINTER_TO_INT (data), NULL);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "a\0b<b>bold</b>&lt;\x1b[31m", 24 - 1);
  tl_message_log_flush (self.log);
  wait_controls (&self, "a␀b<b>bold</b>&lt;␛[31m");
  fixture_clear (&self);
}

static void
test_charset (gconstpointer data)
{
  Fixture self = { 0 };

  fixture_init (&self, 900, 500);
  g_object_set (self.view, "bubbles", GPOINTER_TO_INT (data), NULL);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "\xc4\xe3\xba\xc3", 4);
  tl_message_log_flush (self.log);
  wait_text (&self, "\\xC4\\xE3\\xBA\\xC3");
  g_object_set (self.view, "charset", TL_CHARSET_GB18030, NULL);
  wait_text (&self, "你好");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.view), "log.mode", "s", "hex"));
  wait_text (&self, "C4 E3 BA C3");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.view), "log.mode", "s", "hex-dump"));
  wait_text (&self, "C4 E3 BA C3 ");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.view), "log.mode", "s", "text"));
  action (&self, "log.wrap");
  wait_text (&self, "你好");
  fixture_clear (&self);
}

/* A character that is cut over two segments is whole once the second is there, in the row that ends it. */
static void
test_split_character (void)
{
  Fixture self = { 0 };

  fixture_init (&self, 900, 500);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "A\xe4\xbd", 3);
  tl_message_log_flush (self.log);
  wait_text (&self, "A\\xE4\\xBD");
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "\xa0Z", 2);
  tl_message_log_flush (self.log);
  wait_text (&self, "\nA\n");
  wait_text (&self, "你Z");
  fixture_clear (&self);
}

static void
test_filter (void)
{
  Fixture self = { 0 };

  fixture_init (&self, 900, 500);
  append (&self, TL_MESSAGE_EVENT, NULL, "opened", -1);
  append (&self, TL_MESSAGE_CALL, NULL, "socket() = 7", -1);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "one", -1);
  append (&self, TL_MESSAGE_SENT, "10.0.0.1:1", "two", -1);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.2:2", "three", -1);
  append (&self, TL_MESSAGE_ERROR, "10.0.0.2:2", "broken", -1);
  tl_message_log_flush (self.log);
  wait_rows (&self, 5);

  g_object_set (self.view, "show", TL_LOG_SHOW_RECEIVED, NULL);
  wait_rows (&self, 2);
  g_object_set (self.view, "peer", "10.0.0.2:2", NULL);
  wait_rows (&self, 1);
  wait_text (&self, "three");
  g_object_set (self.view, "show", TL_LOG_SHOW_SENT, NULL);
  wait_rows (&self, 0);
  g_assert_null (list (&self));
  action (&self, "log.show-everything");
  wait_rows (&self, 6);
  g_object_set (self.view, "show", TL_LOG_SHOW_EVENTS, "show-calls", FALSE, NULL);
  wait_rows (&self, 2);

  g_object_set (self.view, "show", TL_LOG_SHOW_ALL, NULL);
  wait_rows (&self, 5);
  gtk_selection_model_select_item (tl_log_view_get_rows (self.view), 2, TRUE);
  action (&self, "log.only-peer");
  wait_rows (&self, 2);
  fixture_clear (&self);
}

static gboolean
has_new (gpointer data)
{
  Fixture *self = data;
  guint n_new;

  g_object_get (self->view, "n-new", &n_new, NULL);
  return n_new == self->number;
}

static void
scroll_by (Fixture *self,
           double   pages)
{
  GtkScrolledWindow *scrolled = tl_log_list_get_scrolled (TL_LOG_LIST (list (self)));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scrolled);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment)
                                          + pages * gtk_adjustment_get_page_size (adjustment));
}

static gboolean
shows_end (gpointer data)
{
  GtkScrolledWindow *scrolled = tl_log_list_get_scrolled (TL_LOG_LIST (list (data)));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scrolled);
  double value = gtk_adjustment_get_value (adjustment);

  return value > 0 && value + gtk_adjustment_get_page_size (adjustment) >= gtk_adjustment_get_upper (adjustment) - 1;
}

/* A thousand rows, of which the last are seen. */
static TlLogFollow *
fill (Fixture *self)
{
  for (guint i = 0; i < 1000; i++)
    append (self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "line", -1);
  wait_rows (self, 1000);
  tl_ui_test_wait (shows_end, self, "the newest row to be shown");
  return tl_log_list_get_follow (TL_LOG_LIST (list (self)));
}

static void
test_follow (gconstpointer data)
{
  Fixture self = { 0 };
  TlLogFollow *follow;

  fixture_init (&self, 900, 500);
  g_object_set (self.view, "bubbles", GPOINTER_TO_INT (data), NULL);
  follow = fill (&self);
  g_assert_true (tl_log_follow_get_at_end (follow));

  scroll_by (&self, -2);
  tl_ui_test_frames (self.window, 3);
  g_assert_false (tl_log_follow_get_at_end (follow));
  for (guint i = 0; i < 7; i++)
    append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "newer", -1);
  wait_rows (&self, 1007);
  self.number = 7;
  tl_ui_test_wait (has_new, &self, "7 new messages to be counted");
  tl_ui_test_frames (self.window, 6);
  g_assert_false (tl_log_follow_get_at_end (follow));
  tl_ui_test_screenshot (self.window, GPOINTER_TO_INT (data) ? "bubbles-new" : "log-new");

  action (&self, "log.scroll-to-end");
  self.number = 0;
  tl_ui_test_wait (has_new, &self, "no new messages at the end");
  wait_text (&self, "newer");
  tl_ui_test_wait (shows_end, &self, "the end to be shown again");
  g_assert_true (tl_log_follow_get_at_end (follow));

  g_object_set (self.view, "follow", FALSE, NULL);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "unseen", -1);
  self.number = 1;
  tl_ui_test_wait (has_new, &self, "1 new message while paused");
  g_object_set (self.view, "follow", TRUE, NULL);
  wait_text (&self, "unseen");
  fixture_clear (&self);
}

static void
layout_cb (Fixture       *self,
           GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_func (clock, layout_cb, self);
  scroll_by (self, -0.5);
}

static void
painted_cb (gboolean *painted)
{
  *painted = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* Without a callback per frame, which would give each frame a phase for it. */
static void
wait_painted (Fixture *self)
{
  gboolean painted = FALSE;

  g_signal_connect_swapped (gtk_widget_get_frame_clock (self->window), "after-paint", G_CALLBACK (painted_cb), &painted);
  gtk_widget_queue_draw (list (self));
  tl_ui_test_wait (is_true, &painted, "a frame");
  g_signal_handlers_disconnect_by_func (gtk_widget_get_frame_clock (self->window), painted_cb, &painted);
}

/* A list that is laid out may put its value short of its end, with estimated heights: nobody has scrolled. Between frames it is the user who does. */
static void
test_layout (gconstpointer data)
{
  Fixture self = { 0 };
  GtkAdjustment *adjustment;
  TlLogFollow *follow;

  fixture_init (&self, 900, 500);
  g_object_set (self.view, "bubbles", GPOINTER_TO_INT (data), NULL);
  follow = fill (&self);
  tl_ui_test_frames (self.window, 6);

  g_signal_connect_swapped (gtk_widget_get_frame_clock (self.window), "layout", G_CALLBACK (layout_cb), &self);
  gtk_widget_queue_resize (list (&self));
  tl_ui_test_frames (self.window, 1);
  g_assert_cmpuint (g_signal_handler_find (gtk_widget_get_frame_clock (self.window), G_SIGNAL_MATCH_FUNC, 0, 0, NULL, layout_cb, NULL), ==, 0);
  g_assert_true (tl_log_follow_get_at_end (follow));
  tl_ui_test_wait (shows_end, &self, "the end to be shown again");

  wait_painted (&self);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (self.window), "layout", G_CALLBACK (layout_cb), &self);
  gtk_widget_queue_resize (list (&self));
  wait_painted (&self);
  g_assert_true (tl_log_follow_get_at_end (follow));
  tl_ui_test_wait (shows_end, &self, "the end to be shown after a frame without ticks");
  tl_ui_test_frames (self.window, 6);

  /* The list has been told that it is higher, and not where it is. */
  adjustment = gtk_scrolled_window_get_vadjustment (tl_log_list_get_scrolled (TL_LOG_LIST (list (&self))));
  gtk_adjustment_set_upper (adjustment, gtk_adjustment_get_upper (adjustment) + 1);
  scroll_by (&self, -0.5);
  g_assert_false (tl_log_follow_get_at_end (follow));
  tl_ui_test_frames (self.window, 6);
  g_assert_false (shows_end (&self));
  fixture_clear (&self);
}

/* The message that stands in the middle of the page, and where. */
static guint64
middle_id (Fixture *self)
{
  GtkWidget *shown = list (self);
  const guint position = tl_log_list_row_at (TL_LOG_LIST (shown), 100, gtk_widget_get_height (shown) / 2);
  g_autoptr (TlMessage) message = g_list_model_get_item (G_LIST_MODEL (tl_log_view_get_rows (self->view)), position);

  return message != NULL ? tl_message_get_id (message) : 0;
}

/* What is read stays where it is while rows come below and go above, and says the same. */
static void
test_still (gconstpointer data)
{
  Fixture self = { 0 };
  g_autofree char *text = NULL;
  guint number = 0;
  guint64 id;

  fixture_init (&self, 900, 500);
  g_object_set (self.view, "bubbles", GPOINTER_TO_INT (data), NULL);
  g_object_set (self.log, "max-messages", 4000, NULL);
  flood (&self, &number);
  wait_text (&self, "number 3199.");
  tl_log_follow_scroll_to (tl_log_list_get_follow (TL_LOG_LIST (list (&self))), 2900);
  wait_text (&self, "number 2900.");
  tl_ui_test_frames (self.window, 6);
  id = middle_id (&self);
  g_assert_cmpuint (id, >, 2700);
  flood (&self, &number);
  test_wait (tl_message_log_get_trimmed (self.log) > 1000);
  tl_ui_test_frames (self.window, 6);
  g_assert_cmpuint (middle_id (&self), ==, id);
  text = g_strdup_printf ("number %" G_GUINT64_FORMAT ".", id - 1);
  wait_text (&self, text);
  fixture_clear (&self);
}

static void
test_default_look (void)
{
  g_autoptr (TlSession) udp = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  Fixture self = { 0 };
  gboolean bubbles;

  fixture_init (&self, 600, 400);
  g_object_get (self.view, "bubbles", &bubbles, NULL);
  g_assert_false (bubbles);
  tl_log_view_set_session (self.view, udp);
  g_object_get (self.view, "bubbles", &bubbles, NULL);
  g_assert_true (bubbles);
  tl_log_view_set_session (self.view, self.session);
  g_object_get (self.view, "bubbles", &bubbles, NULL);
  g_assert_false (bubbles);
  g_assert_finalize_object (g_steal_pointer (&udp));
  fixture_clear (&self);
}

static void
test_framing (void)
{
  Fixture self = { 0 };
  g_autoptr (TlFraming) lines = tl_framing_new (TL_FRAMING_LINES);

  fixture_init (&self, 600, 400);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "one\ntw", -1);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "o\nthree\n", -1);
  tl_message_log_flush (self.log);
  wait_rows (&self, 2);
  tl_session_set_framing (self.session, lines);
  wait_rows (&self, 3);
  wait_controls (&self, "two␊");
  fixture_clear (&self);
}

int
main (int    argc,
      char **argv)
{
  tl_ui_test_init (&argc, &argv);
  g_test_add_func ("/log-view/empty", test_empty);
  g_test_add_data_func ("/log-view/many/table", GINT_TO_POINTER (FALSE), test_many);
  g_test_add_data_func ("/log-view/many/bubbles", GINT_TO_POINTER (TRUE), test_many);
  g_test_add_data_func ("/log-view/flooded/table", GINT_TO_POINTER (FALSE), test_flooded);
  g_test_add_data_func ("/log-view/flooded/bubbles", GINT_TO_POINTER (TRUE), test_flooded);
  g_test_add_data_func ("/log-view/literal/table", GINT_TO_POINTER (FALSE), test_literal);
  g_test_add_data_func ("/log-view/literal/bubbles", GINT_TO_POINTER (TRUE), test_literal);
  g_test_add_data_func ("/log-view/charset/table", GINT_TO_POINTER (FALSE), test_charset);
  g_test_add_data_func ("/log-view/charset/bubbles", GINT_TO_POINTER (TRUE), test_charset);
  g_test_add_func ("/log-view/split-character", test_split_character);
  g_test_add_func ("/log-view/filter", test_filter);
  g_test_add_data_func ("/log-view/follow/table", GINT_TO_POINTER (FALSE), test_follow);
  g_test_add_data_func ("/log-view/follow/bubbles", GINT_TO_POINTER (TRUE), test_follow);
  g_test_add_data_func ("/log-view/layout/table", GINT_TO_POINTER (FALSE), test_layout);
  g_test_add_data_func ("/log-view/layout/bubbles", GINT_TO_POINTER (TRUE), test_layout);
  g_test_add_data_func ("/log-view/still/table", GINT_TO_POINTER (FALSE), test_still);
  g_test_add_data_func ("/log-view/still/bubbles", GINT_TO_POINTER (TRUE), test_still);
  g_test_add_func ("/log-view/default-look", test_default_look);
  g_test_add_func ("/log-view/framing", test_framing);
  return g_test_run ();
}
