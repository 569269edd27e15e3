/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching from the FTP page: what is typed, the list that fills, its states, and what is done with what was found. */

#include "tl-ftp-page-test.h"

#include "tl-ftp-removal-row.h"
#include "tl-ftp-search-window-private.h"

static TlFtpSearchWindow *
open_search (Fixture *self)
{
  page_open (self, TEST_PAGE_FILES);
  page_connect (self);
  test_wait (page_lists (self, 3));
  tl_ui_test_frames (self->window, 3);
  page_act (self, "ftp.search");
  test_wait (find_window (self) != NULL);
  return TL_FTP_SEARCH_WINDOW (find_window (self));
}

static void
search (TlFtpSearchWindow *window,
        const char        *name)
{
  gtk_editable_set_text (window->name, name);
  g_signal_emit_by_name (window->start, "clicked");
  test_wait (!window->cancellable);
  tl_ui_test_frames (GTK_WIDGET (window), 3);
}

static guint
n_found (TlFtpSearchWindow *window)
{
  return g_list_model_get_n_items (G_LIST_MODEL (window->search));
}

/* Found, nothing found, an expression that is none, a number that is none: each has its words. */
static void
test_states (void)
{
  Fixture self = { 0 };
  TlFtpSearchWindow *window = open_search (&self);

  g_assert_true (shows (GTK_WIDGET (window), "What Are You Looking For?"));
  g_assert_true (shows (GTK_WIDGET (window), "In 127.0.0.1:/ and below"));
  search (window, "a*");
  g_assert_cmpuint (n_found (window), ==, 1);
  test_wait (shows (GTK_WIDGET (window), "a.txt"));
  g_assert_true (shows (GTK_WIDGET (window), "Found: 1; folders looked into: 1"));
  tl_ui_test_screenshot (GTK_WIDGET (window), "ftp-search");
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  tl_ui_test_frames (GTK_WIDGET (window), 10);
  g_assert_false (shows (GTK_WIDGET (window->results), "2020"));
  tl_ui_test_screenshot (GTK_WIDGET (window), "ftp-search-narrow");
  gtk_window_set_default_size (GTK_WINDOW (window), 760, 640);
  tl_ui_test_frames (GTK_WIDGET (window), 10);
  test_wait (shows (GTK_WIDGET (window->results), "2020"));
  search (window, "zzz");
  test_wait (shows (GTK_WIDGET (window), "Nothing Was Found"));
  gtk_drop_down_set_selected (window->how, 1);
  search (window, "(");
  g_assert_cmpstr (gtk_label_get_label (window->problem), !=, "");
  search (window, "^[ab]\\.");
  g_assert_cmpstr (gtk_label_get_label (window->problem), ==, "");
  g_assert_cmpuint (n_found (window), ==, 2);
  gtk_editable_set_text (window->min_size, "many");
  search (window, "a");
  g_assert_true (shows (GTK_WIDGET (window), "“many” is not a number"));
  gtk_editable_set_text (window->min_size, "6");
  gtk_drop_down_set_selected (window->min_unit, 0);
  search (window, ".");
  g_assert_cmpuint (n_found (window), ==, 0);
  gtk_editable_set_text (window->min_size, "5");
  gtk_editable_set_text (window->newer, "1");
  search (window, ".");
  g_assert_cmpuint (n_found (window), ==, 0);
  gtk_editable_set_text (window->newer, "");
  gtk_editable_set_text (window->older, "1");
  search (window, ".");
  g_assert_cmpuint (n_found (window), ==, 3);
  page_close (&self);
}

static guint
n_selected (Fixture *self)
{
  g_autoptr (GPtrArray) selected = tl_ftp_page_dup_selected (self->page);

  return selected->len;
}

/* Shown in its folder; deleted, it leaves the list; its window ends with the page. */
static void
test_acts (void)
{
  Fixture self = { 0 };
  TlFtpSearchWindow *window = open_search (&self);
  g_autoptr (GPtrArray) selected = NULL;
  GtkWidget *dialog = NULL;
  GListModel *windows = gtk_window_get_toplevels ();
  gpointer gone = window;

  g_object_add_weak_pointer (G_OBJECT (window), &gone);
  search (window, "b");
  g_assert_cmpuint (n_found (window), ==, 1);
  gtk_selection_model_select_item (window->selection, 0, TRUE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "search.show-in-folder", NULL));
  test_wait (page_is_ready (&self));
  test_wait (n_selected (&self) == 1);
  selected = tl_ftp_page_dup_selected (self.page);
  g_assert_cmpstr (tl_ftp_entry_get_name (g_ptr_array_index (selected, 0)), ==, "b.txt");

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "search.delete", NULL));
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) one = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (one))
        dialog = one;
    }
  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "delete");
  gtk_window_destroy (GTK_WINDOW (dialog));
  test_wait (test_ftp_count (self.ftp, "DELE /b.txt") == 1);
  test_wait (n_found (window) == 0);
  page_close (&self);
  test_wait (gone == NULL);
}

/* As many as are kept: the list is there, and the window goes on while it fills. */
static void
test_many (void)
{
  Fixture self = { 0 };
  TlFtpSearchWindow *window = open_search (&self);
  g_autoptr (GString) lines = g_string_new (NULL);
  gint64 slowest = 0;

  for (guint i = 0; i < TL_FTP_SEARCH_MAX_HITS; i++)
    g_string_append_printf (lines, "-rw-r--r-- 1 ann staff 5 Jan  1  2020 f%06u.txt\r\n", i);
  test_ftp_content (self.ftp, lines->str);
  gtk_editable_set_text (window->name, "*.txt");
  g_signal_emit_by_name (window->start, "clicked");
  while (window->cancellable || n_found (window) < TL_FTP_SEARCH_MAX_HITS)
    {
      gint64 before = test_get_used ();

      g_main_context_iteration (NULL, FALSE);
      slowest = MAX (slowest, test_get_used () - before);
      g_thread_yield ();
    }
  g_test_message ("slowest turn: %.1f ms of the processor", (double) slowest / 1000);
  g_assert_cmpint (slowest, <, 1000000);
  test_wait (shows (GTK_WIDGET (window), "f000000.txt"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "search.select-all", NULL));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "search.download", NULL));
  g_assert_true (shows (GTK_WIDGET (window), "at most 10000 at once"));
  page_close (&self);
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);
  g_test_add_func ("/ftp-page-search/states", test_states);
  g_test_add_func ("/ftp-page-search/acts", test_acts);
  g_test_add_func ("/ftp-page-search/many", test_many);
  return g_test_run ();
}
