/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlLogView: what its filter leaves, and what is said about it. */

#include "tl-log-view-test.h"

#include "tl-filter-popover.h"
#include "tl-filter-strip.h"
#include "tl-find-bar.h"

#define LEAST "So many bytes at least"
#define MOST "So many bytes at most"
#define CONTENT "What is looked for in the message"

/* The widget with that beginning of a tooltip. */
static GtkWidget *
find_hinted (GtkWidget  *widget,
             const char *hint)
{
  GtkWidget *found = NULL;
  const char *text = gtk_widget_get_tooltip_text (widget);

  if (text != NULL && g_str_has_prefix (text, hint))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_hinted (child, hint);
  return found;
}

static void
type_into (Fixture    *self,
           const char *hint,
           const char *text)
{
  GtkWidget *popover = tl_ui_test_find (GTK_WIDGET (self->view), TL_TYPE_FILTER_POPOVER);
  GtkWidget *entry = find_hinted (popover, hint);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static char *
strip_text (Fixture *self)
{
  GtkWidget *strip = tl_ui_test_find (GTK_WIDGET (self->view), TL_TYPE_FILTER_STRIP);
  g_autoptr (GString) out = g_string_new (NULL);

  if (gtk_widget_get_visible (strip))
    collect_text (strip, out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
assert_strip (Fixture    *self,
              const char *part)
{
  g_autofree char *text = strip_text (self);

  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in “%s”", part, text);
}

static void
assert_no_strip (Fixture *self)
{
  g_autofree char *text = strip_text (self);

  g_assert_cmpstr (text, ==, "");
}

/* The sentence beside the fields, or "". */
static char *
error_text (Fixture *self)
{
  GtkWidget *box = gtk_widget_get_parent (find_hinted (tl_ui_test_find (GTK_WIDGET (self->view), TL_TYPE_FILTER_POPOVER), CONTENT));

  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_has_css_class (child, "error") && GTK_IS_LABEL (child) && gtk_widget_get_visible (child))
      return g_strdup (gtk_label_get_text (GTK_LABEL (child)));
  return g_strdup ("");
}

static void
begin (Fixture *self,
       int      width)
{
  fixture_init (self, width, 640);
  append (self, TL_MESSAGE_EVENT, NULL, "opened", -1);
  for (guint i = 0; i < 20; i++)
    append (self, i % 2 == 0 ? TL_MESSAGE_RECEIVED : TL_MESSAGE_SENT, i < 10 ? "192.168.1.20:8899" : "10.0.0.7:5000", "0123456789abcdefghij", i + 1);
  wait_rows (self, 21);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->view), "log.filter", NULL));
}

/* GTK 4.8 still asks where the pointer is in a popover that has just gone. */
static void
end (Fixture *self)
{
  gtk_popover_popdown (GTK_POPOVER (tl_ui_test_find (GTK_WIDGET (self->view), TL_TYPE_FILTER_POPOVER)));
  tl_ui_test_frames (self->window, 3);
  tl_ui_test_settle ();
  fixture_clear (self);
}

static void
test_combined (void)
{
  Fixture self = { 0 };

  begin (&self, 900);
  assert_no_strip (&self);
  type_into (&self, LEAST, "5");
  wait_rows (&self, 16);
  assert_strip (&self, "at least 5 bytes");
  assert_strip (&self, "16 of 21 shown");
  type_into (&self, MOST, "12");
  wait_rows (&self, 8);
  assert_strip (&self, "5–12 bytes");
  g_object_set (self.view, "show", TL_LOG_SHOW_RECEIVED, NULL);
  wait_rows (&self, 4);
  g_object_set (self.view, "peer", "192.168.1.20:8899", NULL);
  wait_rows (&self, 3);
  type_into (&self, CONTENT, "678");
  wait_rows (&self, 1);
  assert_strip (&self, "with “678”");
  assert_strip (&self, "1 of 21 shown");
  /* What comes is filtered too. */
  append (&self, TL_MESSAGE_RECEIVED, "192.168.1.20:8899", "5678!", -1);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.7:5000", "5678!", -1);
  append (&self, TL_MESSAGE_RECEIVED, "192.168.1.20:8899", "678!", -1);
  wait_rows (&self, 2);
  tl_message_log_flush (self.log);
  assert_strip (&self, "2 of 24 shown");
  /* Calls that nobody wants to see are not left out by the filter. */
  append (&self, TL_MESSAGE_CALL, NULL, "bind() = 0", -1);
  append (&self, TL_MESSAGE_CALL, NULL, "close() = 0", -1);
  tl_message_log_flush (self.log);
  assert_strip (&self, "2 of 24 shown");
  g_object_set (self.view, "show-calls", TRUE, NULL);
  assert_strip (&self, "2 of 26 shown");
  g_object_set (self.view, "show-calls", FALSE, NULL);
  assert_strip (&self, "2 of 24 shown");

  /* A chip takes its part away. */
  g_signal_emit_by_name (tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_FILTER_STRIP), "remove", TL_FILTER_LENGTH);
  wait_rows (&self, 3);
  g_signal_emit_by_name (tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_FILTER_STRIP), "remove", TL_FILTER_PEER);
  wait_rows (&self, 9);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.view), "log.show-everything", NULL));
  /* The calls too. */
  wait_rows (&self, 26);
  assert_no_strip (&self);
  end (&self);
}

/* What is wrong is told and stays; what was asked for before is still in force. */
static void
test_refused (void)
{
  Fixture self = { 0 };
  g_autofree char *reversed = NULL;
  g_autofree char *time = NULL;
  g_autofree char *regex = NULL;
  g_autofree char *none = NULL;
  GtkWidget *entry;

  begin (&self, 900);
  type_into (&self, MOST, "12");
  wait_rows (&self, 12);
  type_into (&self, LEAST, "13");
  reversed = error_text (&self);
  g_assert_cmpstr (reversed, ==, "At least 13 and at most 12 bytes: no message is so long.");
  entry = find_hinted (tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_FILTER_POPOVER), LEAST);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "13");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpuint (n_rows (&self), ==, 12);
  assert_strip (&self, "at most 12 bytes");
  type_into (&self, LEAST, "11");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  wait_rows (&self, 2);
  tl_log_view_set_session (self.view, NULL);
  tl_log_view_set_session (self.view, self.session);
  wait_rows (&self, 2);

  type_into (&self, "From this time on", "2026-11-26");
  type_into (&self, "To this time", "2026-11-25");
  time = error_text (&self);
  g_assert_cmpstr (time, ==, "This time range ends before it begins.");
  type_into (&self, "To this time", "");
  type_into (&self, "From this time on", "");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_hinted (tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_FILTER_POPOVER), "What is looked for: text")), 1);
  type_into (&self, CONTENT, "(");
  regex = error_text (&self);
  g_assert_true (g_str_has_prefix (regex, "This is no regular expression."));
  type_into (&self, CONTENT, "[5-9]a");
  none = error_text (&self);
  g_assert_cmpstr (none, ==, "");
  wait_rows (&self, 2);
  assert_strip (&self, "with regex “[5-9]a”");
  end (&self);
}

static void
test_time (void)
{
  Fixture self = { 0 };
  const gint64 day = 24 * 60 * 60 * (gint64) G_USEC_PER_SEC;
  int at;

  begin (&self, 900);
  /* Days ago, so that the last minutes leave it out. */
  tl_message_log_clear (self.log);
  for (guint i = 0; i < 10; i++)
    tl_message_log_append (self.log, TL_MESSAGE_RECEIVED, g_get_real_time () - (10 - i) * day, 0, "x", 1);
  append (&self, TL_MESSAGE_RECEIVED, NULL, "now", -1);
  wait_rows (&self, 11);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_hinted (tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_FILTER_POPOVER), "How the time is told")), 1);
  type_into (&self, "So many minutes", "2");
  wait_rows (&self, 1);
  assert_strip (&self, "last 2 minutes");
  type_into (&self, "So many minutes", "4319");
  wait_rows (&self, 3);
  at = -1;
  gtk_editable_insert_text (GTK_EDITABLE (find_hinted (tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_FILTER_POPOVER), "So many minutes")), "x", 1, &at);
  g_assert_cmpuint (n_rows (&self), ==, 3);
  g_signal_emit_by_name (tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_FILTER_STRIP), "remove", TL_FILTER_TIME);
  wait_rows (&self, 11);
  end (&self);
}

/* From the find bar into the filter. */
static void
test_found (void)
{
  Fixture self = { 0 };
  GtkWidget *bar;

  begin (&self, 900);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.view), "log.find", NULL));
  bar = tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_FIND_BAR);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (tl_ui_test_find (bar, GTK_TYPE_DROP_DOWN)), 2);
  gtk_editable_set_text (GTK_EDITABLE (tl_ui_test_find (bar, GTK_TYPE_ENTRY)), "67 ?8");
  gtk_widget_activate (find_hinted (bar, "Show only what matches"));
  wait_rows (&self, 3);
  assert_strip (&self, "with hex “67 ?8”");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_hinted (tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_FILTER_POPOVER), "Whether it is in")), 1);
  wait_rows (&self, 18);
  assert_strip (&self, "without hex “67 ?8”");
  end (&self);
}

/* An expression that gives up in a message says so where matches are counted, and where they are filtered. */
static void
test_undecided (void)
{
  Fixture self = { 0 };
  g_autofree char *many = g_strnfill (60, 'x');
  GtkWidget *bar, *strip;

  begin (&self, 360);
  append (&self, TL_MESSAGE_RECEIVED, NULL, "xxxy", -1);
  append (&self, TL_MESSAGE_RECEIVED, NULL, many, -1);
  wait_rows (&self, 23);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.view), "log.find", NULL));
  bar = tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_FIND_BAR);
  strip = tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_FILTER_STRIP);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (tl_ui_test_find (bar, GTK_TYPE_DROP_DOWN)), 1);
  gtk_editable_set_text (GTK_EDITABLE (tl_ui_test_find (bar, GTK_TYPE_ENTRY)), "(x+x+)+[yz]");
  test_wait_for (tl_ui_test_shows (bar, "1 of 1") && tl_ui_test_shows (bar, "In 1 message the expression had too much to try"), "what the find bar says");
  gtk_widget_activate (find_hinted (bar, "Show only what matches"));
  wait_rows (&self, 1);
  test_wait_for (tl_ui_test_shows (strip, "In 1 message the expression had too much to try"), "what the filter says");
  tl_ui_test_frames (self.window, 6);
  tl_ui_test_screenshot (self.window, "undecided-360");
  g_assert_cmpint (gtk_widget_get_width (self.window), <=, 360);

  gtk_editable_set_text (GTK_EDITABLE (tl_ui_test_find (bar, GTK_TYPE_ENTRY)), "x+y");
  test_wait_for (!tl_ui_test_shows (bar, "too much to try"), "the find bar to say it no longer");
  type_into (&self, CONTENT, "x+y");
  test_wait_for (!tl_ui_test_shows (strip, "too much to try"), "the filter to say it no longer");
  end (&self);
}

/* All of it at once fits into a narrow window. */
static void
test_narrow (void)
{
  for (gboolean dark = FALSE; dark <= TRUE; dark++)
    {
      Fixture self = { 0 };

      begin (&self, 360);
      tl_ui_test_set_dark (dark);
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.view), "log.find", NULL));
      type_into (&self, LEAST, "5");
      type_into (&self, "From this time on", "00:00");
      type_into (&self, CONTENT, "0123456789abcdefghij0123456789");
      type_into (&self, CONTENT, "01234");
      g_object_set (self.view, "show", TL_LOG_SHOW_RECEIVED, "peer", "192.168.1.20:8899", NULL);
      wait_rows (&self, 3);
      tl_ui_test_frames (self.window, 6);
      tl_ui_test_screenshot (self.window, dark ? "filter-360-dark" : "filter-360-light");
      g_assert_cmpint (gtk_widget_get_width (self.window), <=, 360);
      tl_ui_test_set_dark (FALSE);
      end (&self);
    }
}

int
main (int    argc,
      char **argv)
{
  tl_ui_test_init (&argc, &argv);
  g_test_add_func ("/log-view-filter/combined", test_combined);
  g_test_add_func ("/log-view-filter/refused", test_refused);
  g_test_add_func ("/log-view-filter/time", test_time);
  g_test_add_func ("/log-view-filter/found", test_found);
  g_test_add_func ("/log-view-filter/undecided", test_undecided);
  g_test_add_func ("/log-view-filter/narrow", test_narrow);
  return g_test_run ();
}
