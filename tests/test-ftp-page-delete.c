/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deleting from the FTP page: the question, the row that tells how far it is, what it lists at its end, and that the folder is read again. */

#include "tl-ftp-page-test.h"

#include "tl-ftp-removal-row.h"

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  page_open (self, TEST_PAGE_FILES);
  page_connect (self);
  test_wait (page_lists (self, 3));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  page_close (self);
}

/* Selects all three, and says yes. */
static void
delete_all (Fixture *self)
{
  /* The list of a folder may come in the server's order first, and sorted then. */
  tl_ui_test_frames (self->window, 3);
  gtk_selection_model_select_all (tl_ftp_file_view_get_selection (self->page->files));
  tl_ui_test_act (GTK_WIDGET (self->page), "ftp.delete");
  test_wait (find_window (self) != NULL);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_window (self)), "delete");
  gtk_window_destroy (GTK_WINDOW (find_window (self)));
}

static guint
count_running (Fixture *self)
{
  TlRunning running = { 0 };

  tl_tab_content_count_running (TL_TAB_CONTENT (self->page), &running);
  return running.removals;
}

/* While the server thinks: the row, its numbers, the name; the tab asks before it closes. All of it gone: no row, and the folder read again. */
static void
test_progress (Fixture       *self,
               gconstpointer  data)
{
  GtkWidget *works = GTK_WIDGET (self->page->works);
  guint n_lists = test_ftp_count (self->ftp, "LIST");

  g_assert_false (gtk_widget_get_visible (works));
  test_ftp_hold (self->ftp, test_ftp_count (self->ftp, "") + 2);
  delete_all (self);
  test_wait (test_ftp_count (self->ftp, "DELE") == 2);
  test_wait (shows (works, "Deleting: 1 of 3"));
  test_wait (shows (works, "/b.txt"));
  g_assert_cmpuint (count_running (self), ==, 1);
  tl_ui_test_screenshot (self->window, "ftp-page-deleting");
  test_ftp_hold (self->ftp, G_MAXUINT);
  test_wait (!gtk_widget_get_visible (works));
  test_wait (shows (GTK_WIDGET (self->page), "3 items were deleted."));
  test_wait (test_ftp_count (self->ftp, "LIST") > n_lists && page_lists (self, 3));
  g_assert_cmpuint (count_running (self), ==, 0);
}

/* What is refused is listed at the end, each with the server's words, until it is sent away. */
static void
test_failures (Fixture       *self,
               gconstpointer  data)
{
  GtkWidget *works = GTK_WIDGET (self->page->works);
  GtkWidget *row, *list;

  test_ftp_answer (self->ftp, "DELE", "550 a.txt: <b>Permission</b> denied\r\n");
  test_ftp_answer (self->ftp, "DELE", "250 ok\r\n");
  test_ftp_answer (self->ftp, "DELE", "450 c.txt is busy\r\n");
  delete_all (self);
  test_wait (shows (works, "1 item was deleted. 2 could not be deleted."));
  g_assert_true (shows (works, "550 a.txt: <b>Permission</b> denied"));
  tl_ui_test_screenshot (self->window, "ftp-page-not-deleted");
  row = tl_ui_test_find (works, TL_TYPE_FTP_REMOVAL_ROW);
  list = tl_ftp_removal_row_show_failures (TL_FTP_REMOVAL_ROW (row));
  test_wait (shows (list, "/a.txt") && shows (list, "/c.txt"));
  g_assert_true (shows (list, "450 c.txt is busy"));
  tl_ui_test_frames (list, 3);
  tl_ui_test_screenshot (list, "ftp-page-not-deleted-list");
  gtk_window_destroy (GTK_WINDOW (list));
  g_signal_emit_by_name (row, "dismiss");
  test_wait (!gtk_widget_get_visible (works));
}

/* The button stops it; disconnecting does too, and does not connect again. */
static void
test_stop (Fixture       *self,
           gconstpointer  data)
{
  GtkWidget *works = GTK_WIDGET (self->page->works);
  guint n_clients = test_ftp_n_clients (self->ftp);

  test_ftp_hold (self->ftp, test_ftp_count (self->ftp, "") + 1);
  delete_all (self);
  test_wait (shows (works, "Deleting: 0 of 3"));
  /* What was only just sent may be lost in the end of the connection. */
  test_wait (test_ftp_count (self->ftp, "DELE") == 1);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->page), "ftp.disconnect", NULL));
  test_wait (!gtk_widget_get_visible (works));
  test_wait (tl_ftp_client_get_state (tl_ftp_page_get_client (self->page)) == TL_FTP_CLOSED);
  test_ftp_hold (self->ftp, G_MAXUINT);
  tl_ui_test_frames (self->window, 10);
  g_assert_cmpuint (test_ftp_n_clients (self->ftp), ==, n_clients);
  g_assert_cmpuint (test_ftp_count (self->ftp, "DELE"), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);
#define ADD(name, test) g_test_add ("/ftp-page-delete/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("progress", test_progress);
  ADD ("failures", test_failures);
  ADD ("stop", test_stop);
  return g_test_run ();
}
