/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with the messages of a log view: found, copied, exported, looked at in full. */

#include "tl-log-view-test.h"

#include "tl-find-bar.h"
#include "tl-message-details.h"

static gboolean
is_selected (gpointer data)
{
  Fixture *self = data;
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (tl_log_view_get_rows (self->view));

  return gtk_bitset_get_size (selected) == 1 && gtk_bitset_contains (selected, self->number);
}

static void
wait_selected (Fixture *self,
               guint    row)
{
  g_autofree char *awaited = g_strdup_printf ("row %u to be found and selected", row);

  self->number = row;
  tl_ui_test_wait (is_selected, self, awaited);
}

static gboolean
bar_says (gpointer data)
{
  Fixture *self = data;
  g_autoptr (GString) out = g_string_new (NULL);

  collect_text (tl_ui_test_find (GTK_WIDGET (self->view), TL_TYPE_FIND_BAR), out);
  return strstr (out->str, self->text) != NULL;
}

static void
wait_bar (Fixture    *self,
          const char *text)
{
  self->text = text;
  tl_ui_test_wait (bar_says, self, text);
}

static void
test_find (void)
{
  Fixture self = { 0 };
  GtkWidget *bar, *entry, *kind;

  fixture_init (&self, 900, 500);
  for (guint i = 0; i < 3000; i++)
    append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", i % 1000 == 500 ? "a Needle\x01\x02" : "hay", -1);
  wait_rows (&self, 3000);
  bar = tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_FIND_BAR);
  entry = tl_ui_test_find (bar, GTK_TYPE_ENTRY);
  kind = tl_ui_test_find (bar, GTK_TYPE_DROP_DOWN);

  action (&self, "log.find");
  gtk_editable_set_text (GTK_EDITABLE (entry), "NEEDLE");
  wait_selected (&self, 500);
  wait_controls (&self, "a Needle␁␂");
  wait_bar (&self, "1 of 3");
  action (&self, "log.find-next");
  wait_selected (&self, 1500);
  action (&self, "log.find-next");
  action (&self, "log.find-next");
  wait_selected (&self, 500);
  action (&self, "log.find-previous");
  wait_selected (&self, 2500);
  tl_ui_test_frames (self.window, 4);
  wait_controls (&self, "a Needle␁␂");
  tl_ui_test_screenshot (self.window, "log-find");

  gtk_drop_down_set_selected (GTK_DROP_DOWN (kind), TL_PATTERN_HEX);
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "65 01 02");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  wait_bar (&self, "1 of 3");
  wait_selected (&self, 500);
  gtk_editable_set_text (GTK_EDITABLE (entry), "01 0");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  tl_ui_test_screenshot (self.window, "log-find-error");
  /* With the focus on the row that was found, not in the composer, where Enter would send. */
  gtk_editable_set_text (GTK_EDITABLE (entry), "65 01 02");
  wait_selected (&self, 500);
  gtk_widget_grab_focus (entry);
  tl_find_bar_close (TL_FIND_BAR (bar));
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (self.window)));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (self.window)), list (&self)));
  fixture_clear (&self);
}

static gboolean
file_is_there (gpointer data)
{
  return g_file_test (data, G_FILE_TEST_EXISTS);
}

static void
test_export (void)
{
  Fixture self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("tonglu-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "rows.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  fixture_init (&self, 600, 400);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "kept", -1);
  append (&self, TL_MESSAGE_SENT, "10.0.0.1:1", "left out", -1);
  tl_message_log_flush (self.log);
  g_object_set (self.view, "show", TL_LOG_SHOW_RECEIVED, NULL);
  wait_rows (&self, 1);
  tl_log_view_export (self.view, file, TL_EXPORT_SHOWN, TL_EXPORT_CSV);
  tl_ui_test_wait (file_is_there, path, "the exported file");
  tl_ui_test_frames (self.window, 3);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "kept"));
  g_assert_null (strstr (text, "left out"));
  g_assert_cmpint (g_remove (path), ==, 0);

  tl_log_view_export (self.view, file, TL_EXPORT_ALL, TL_EXPORT_TEXT);
  tl_ui_test_wait (file_is_there, path, "the exported file");
  tl_ui_test_frames (self.window, 3);
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_nonnull (strstr (text, "kept"));
  g_assert_nonnull (strstr (text, "left out"));
  g_assert_cmpint (g_remove (path), ==, 0);

  g_object_set (self.view, "show", TL_LOG_SHOW_ALL, NULL);
  wait_rows (&self, 2);
  gtk_selection_model_select_item (tl_log_view_get_rows (self.view), 1, TRUE);
  tl_log_view_export (self.view, file, TL_EXPORT_SELECTED, TL_EXPORT_JSON_LINES);
  tl_ui_test_wait (file_is_there, path, "the exported file");
  tl_ui_test_frames (self.window, 3);
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_null (strstr (text, "kept"));
  g_assert_nonnull (strstr (text, "left out"));
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  fixture_clear (&self);
}

/* The name of the file follows the format, and what has no messages cannot be chosen. */
static void
test_export_dialog (void)
{
  GtkWidget *dialog = tl_export_dialog_new (NULL, 3, 0, 2);
  TlExportDialog *self = TL_EXPORT_DIALOG (dialog);
  static const char *const suffixes[] = { ".txt", ".csv", ".jsonl", ".bin", ".bin", ".c", ".pcap" };

  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_cmpint (tl_export_dialog_get_what (self), ==, TL_EXPORT_ALL);
  tl_export_dialog_set_what (self, TL_EXPORT_SELECTED);
  g_assert_cmpint (tl_export_dialog_get_what (self), ==, TL_EXPORT_SELECTED);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = NULL;

      tl_export_dialog_set_format (self, i);
      name = tl_export_dialog_dup_name (self);
      g_assert_true (g_str_has_suffix (name, suffixes[i]));
    }
  tl_ui_test_frames (dialog, 3);
  tl_ui_test_screenshot (dialog, "export-dialog");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

typedef struct {
  char    *text;
  gboolean done;
} Clip;

static void
clip_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Clip *clip = data;

  clip->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  clip->done = TRUE;
}

static gboolean
clip_done (gpointer data)
{
  return ((Clip *) data)->done;
}

static void
assert_clipboard (Fixture    *self,
                  const char *text)
{
  Clip clip = { 0 };

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self->view)), NULL, clip_cb, &clip);
  tl_ui_test_wait (clip_done, &clip, "the clipboard");
  g_assert_cmpstr (clip.text, ==, text);
  g_free (clip.text);
}

static void
test_copy (void)
{
  Fixture self = { 0 };
  GtkSelectionModel *rows;

  fixture_init (&self, 600, 400);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "one\r\n", -1);
  append (&self, TL_MESSAGE_SENT, "10.0.0.1:1", "\x01\xff", 2);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "three", -1);
  tl_message_log_flush (self.log);
  wait_rows (&self, 3);
  rows = tl_log_view_get_rows (self.view);

  gtk_selection_model_select_item (rows, 1, TRUE);
  action (&self, "log.copy-hex");
  assert_clipboard (&self, "01 FF");
  gtk_selection_model_select_item (rows, 0, TRUE);
  gtk_selection_model_select_item (rows, 2, FALSE);
  action (&self, "log.copy");
  assert_clipboard (&self, "one\r\nthree");
  action (&self, "log.select-all");
  action (&self, "log.copy-hex");
  assert_clipboard (&self, "6F 6E 65 0D 0A\n01 FF\n74 68 72 65 65");
  fixture_clear (&self);
}

static void
test_details (void)
{
  Fixture self = { 0 };
  GtkWidget *details;
  g_autofree char *large = g_strnfill (100000, 'x');
  g_autofree char *first = NULL;
  g_autofree char *all = NULL;
  g_autofree char *dump = NULL;

  memcpy (large + 99990, "THE_END\0<>", 10);
  fixture_init (&self, 900, 600);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", large, 100000);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "after", -1);
  tl_message_log_flush (self.log);
  wait_rows (&self, 2);
  gtk_selection_model_select_item (tl_log_view_get_rows (self.view), 0, TRUE);
  action (&self, "log.details");
  details = tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_MESSAGE_DETAILS);
  g_assert_true (gtk_widget_get_visible (details));
  first = tl_message_details_dup_text (TL_MESSAGE_DETAILS (details));
  g_assert_cmpuint (strlen (first), <, 70000);
  g_assert_null (strstr (first, "THE_END"));
  tl_ui_test_screenshot (self.window, "log-details");

  g_signal_emit_by_name (tl_ui_test_find (gtk_widget_get_last_child (details), GTK_TYPE_BUTTON), "clicked");
  all = tl_message_details_dup_text (TL_MESSAGE_DETAILS (details));
  g_assert_true (strstr (all, "THE_END␀<>") || strstr (all, "THE_END‹NUL›<>"));

  /* It stays there when the log has dropped it. */
  action (&self, "log.clear");
  wait_rows (&self, 0);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (tl_ui_test_find (details, GTK_TYPE_DROP_DOWN)), TL_LOG_MODE_HEX_DUMP);
  dump = tl_message_details_dup_text (TL_MESSAGE_DETAILS (details));
  g_assert_nonnull (strstr (dump, "54 48  45 5F 45 4E 44 00 3C 3E"));
  fixture_clear (&self);
}

int
main (int    argc,
      char **argv)
{
  tl_ui_test_init (&argc, &argv);
  g_test_add_func ("/log-view/find", test_find);
  g_test_add_func ("/log-view/export", test_export);
  g_test_add_func ("/log-view/export-dialog", test_export_dialog);
  g_test_add_func ("/log-view/copy", test_copy);
  g_test_add_func ("/log-view/details", test_details);
  return g_test_run ();
}
