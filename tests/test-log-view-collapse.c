/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlLogView: equal messages as one row, and what is done to such a row. */

#include "tl-log-view-test.h"

#include "tl-find-bar.h"
#include "tl-log-bubble.h"

static guint
count_texts (GtkWidget  *widget,
             const char *wanted)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint n = 0;

  collect_text (widget, out);
  for (const char *at = out->str; (at = strstr (at, wanted)) != NULL; at += strlen (wanted))
    n++;
  return n;
}

static void
begin (Fixture *self,
       int      width,
       gboolean bubbles)
{
  fixture_init (self, width, 640);
  g_object_set (self->view, "bubbles", bubbles, "collapse", TRUE, NULL);
  append (self, TL_MESSAGE_RECEIVED, "192.168.1.20:8899", "once", -1);
  for (guint i = 0; i < 5; i++)
    append (self, TL_MESSAGE_RECEIVED, "192.168.1.20:8899", "beat", -1);
  append (self, TL_MESSAGE_SENT, "192.168.1.20:8899", "beat", -1);
  for (guint i = 0; i < 3; i++)
    append (self, TL_MESSAGE_WARNING, NULL, "unreachable", -1);
  wait_rows (self, 4);
}

static void
test_rows (void)
{
  for (gboolean bubbles = FALSE; bubbles <= TRUE; bubbles++)
    {
      Fixture self = { 0 };
      g_autoptr (GtkBitset) selected = NULL;
      g_autoptr (TlPattern) beat = tl_pattern_new (TL_PATTERN_TEXT, "beat", TL_CHARSET_UTF_8, TRUE, NULL);

      begin (&self, 900, bubbles);
      wait_text (&self, "×5");
      wait_text (&self, "×3");
      g_assert_cmpuint (count_texts (list (&self), "beat\n"), ==, 2);
      /* The last row counts on, and stays selected. */
      gtk_selection_model_select_item (tl_log_view_get_rows (self.view), 3, TRUE);
      append (&self, TL_MESSAGE_WARNING, NULL, "unreachable", -1);
      append (&self, TL_MESSAGE_WARNING, NULL, "unreachable", -1);
      tl_message_log_flush (self.log);
      g_assert_cmpuint (count_texts (list (&self), "×5"), ==, 2);
      g_assert_cmpuint (count_texts (list (&self), "×3"), ==, 0);
      g_assert_cmpuint (n_rows (&self), ==, 4);
      selected = gtk_selection_model_get_selection (tl_log_view_get_rows (self.view));
      g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 1);
      tl_ui_test_frames (self.window, 4);
      tl_ui_test_screenshot (self.window, bubbles ? "collapse-bubbles" : "collapse-table");

      /* What is counted when something is looked for is told. */
      tl_find_bar_find (TL_FIND_BAR (tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_FIND_BAR)), beat);
      test_wait_for (count_texts (tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_FIND_BAR), "of 2 rows") == 1, "the rows to be counted");
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.view), "log.collapse", NULL));
      test_wait_for (count_texts (tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_FIND_BAR), "of 6") == 1, "the messages to be counted");
      g_assert_cmpuint (count_texts (tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_FIND_BAR), "rows"), ==, 0);
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.view), "log.collapse", NULL));
      tl_find_bar_close (TL_FIND_BAR (tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_FIND_BAR)));
      wait_rows (&self, 4);

      /* Unfolded, and folded again by the switch. */
      gtk_selection_model_select_item (tl_log_view_get_rows (self.view), 1, TRUE);
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.view), "log.unfold", NULL));
      wait_rows (&self, 8);
      g_assert_cmpuint (count_texts (list (&self), "×"), ==, bubbles ? 1 : 2);
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.view), "log.collapse", NULL));
      wait_rows (&self, 12);
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.view), "log.collapse", NULL));
      wait_rows (&self, 4);
      /* With a filter the neighbours are others. */
      g_object_set (self.view, "show", TL_LOG_SHOW_SENT, NULL);
      append (&self, TL_MESSAGE_RECEIVED, "192.168.1.20:8899", "x", -1);
      append (&self, TL_MESSAGE_SENT, "192.168.1.20:8899", "beat", -1);
      wait_rows (&self, 1);
      wait_text (&self, "×2");
      fixture_clear (&self);
    }
}

static void
copied_cb (GObject      *clipboard,
           GAsyncResult *result,
           gpointer      data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

static gboolean
is_copied (gpointer data)
{
  return *(char **) data != NULL;
}

/* A row that stands for five is copied and exported as five. */
static void
test_acts (void)
{
  Fixture self = { 0 };
  g_autofree char *copied = NULL;
  g_autofree char *path = NULL;
  g_autofree char *exported = NULL;
  g_autoptr (GFile) file = NULL;
  guint n = 0, refs;

  begin (&self, 900, FALSE);
  gtk_selection_model_select_item (tl_log_view_get_rows (self.view), 1, TRUE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.view), "log.copy", NULL));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self.view)), NULL, copied_cb, &copied);
  tl_ui_test_wait (is_copied, &copied, "what was copied");
  g_assert_cmpstr (copied, ==, "beat\nbeat\nbeat\nbeat\nbeat");

  path = g_build_filename (g_get_tmp_dir (), "tonglu-collapse-export.txt", NULL);
  file = g_file_new_for_path (path);
  g_file_delete (file, NULL, NULL);
  refs = G_OBJECT (self.view)->ref_count;
  tl_log_view_export (self.view, file, TL_EXPORT_SELECTED, TL_EXPORT_TEXT);
  test_wait_for (G_OBJECT (self.view)->ref_count == refs, "the export to end");
  g_assert_true (g_file_get_contents (path, &exported, NULL, NULL));
  for (const char *at = exported; (at = strstr (at, "beat")) != NULL; at++)
    n++;
  g_assert_cmpuint (n, ==, 5);
  g_file_delete (file, NULL, NULL);
  fixture_clear (&self);
}

/* A message in the middle of a row is shown by that row. */
static void
test_show_row (void)
{
  Fixture self = { 0 };

  begin (&self, 360, FALSE);
  g_assert_true (tl_log_view_show_row (self.view, 4));
  g_assert_true (gtk_selection_model_is_selected (tl_log_view_get_rows (self.view), 1));
  tl_ui_test_frames (self.window, 4);
  tl_ui_test_screenshot (self.window, "collapse-360");
  g_assert_cmpint (gtk_widget_get_width (self.window), <=, 360);
  fixture_clear (&self);
}

int
main (int    argc,
      char **argv)
{
  tl_ui_test_init (&argc, &argv);
  g_test_add_func ("/log-view-collapse/rows", test_rows);
  g_test_add_func ("/log-view-collapse/acts", test_acts);
  g_test_add_func ("/log-view-collapse/show-row", test_show_row);
  return g_test_run ();
}
