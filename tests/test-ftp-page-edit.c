/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editing from the FTP page: the row, its questions, what closing says, and that the folder is read again. */

#include "tl-ftp-page-test.h"

#include "tl-ftp-edit-row.h"
#include "tl-test-folder.h"

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  page_open (self, TEST_PAGE_FILES);
  page_connect (self);
  test_wait (page_lists (self, 3));
  test_ftp_content (self->ftp, "hello");
  tl_ui_test_frames (self->window, 3);
  page_select_rows (self, 0, 1);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  page_close (self);
}

static TlFtpEdit *
get_edit (Fixture *self)
{
  GtkWidget *row = tl_ui_test_find (GTK_WIDGET (self->page->edits), TL_TYPE_FTP_EDIT_ROW);

  return row ? tl_ftp_edit_row_get_edit (TL_FTP_EDIT_ROW (row)) : NULL;
}

static void
edit_first (Fixture *self)
{
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (self->page->edits)));
  page_act (self, "ftp.edit");
  g_assert_nonnull (get_edit (self));
  test_wait (tl_ftp_edit_get_state (get_edit (self)) == TL_FTP_EDIT_OPEN);
  test_ftp_content (self->ftp, TEST_PAGE_FILES);
}

static void
save (Fixture    *self,
      const char *text)
{
  g_assert_true (g_file_set_contents_full (g_file_peek_path (tl_ftp_edit_get_copy (get_edit (self))), text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
}

static void
answer (Fixture    *self,
        const char *response)
{
  GtkWidget *dialog = find_window (self);

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static guint
count_edits (Fixture *self)
{
  TlRunning running = { 0 };

  tl_tab_content_count_running (TL_TAB_CONTENT (self->page), &running);
  return running.edits;
}

/* Saved: one question; not now; saved again: yes. The row tells each state, the folder is read again. */
static void
test_upload (Fixture       *self,
             gconstpointer  data)
{
  GtkWidget *edits = GTK_WIDGET (self->page->edits);
  guint n_lists;

  edit_first (self);
  test_wait (shows (edits, "a.txt: Being edited; what is saved is on the server"));
  g_assert_true (shows (edits, "127.0.0.1:/a.txt"));
  save (self, "world");
  test_wait (find_window (self) != NULL);
  tl_ui_test_frames (find_window (self), 3);
  tl_ui_test_screenshot (find_window (self), "ftp-page-edit-question");
  g_assert_true (shows (find_window (self), "127.0.0.1:/a.txt"));
  g_assert_cmpuint (count_edits (self), ==, 1);
  answer (self, "cancel");
  g_assert_cmpuint (test_ftp_count (self->ftp, "STOR"), ==, 0);
  test_wait (shows (edits, "a.txt: Saved here, not uploaded yet"));
  save (self, "again");
  test_wait (find_window (self) != NULL);
  n_lists = test_ftp_count (self->ftp, "LIST");
  answer (self, "upload");
  test_wait (shows (edits, "size matches") && tl_ftp_edit_get_state (get_edit (self)) == TL_FTP_EDIT_OPEN);
  test_wait (test_ftp_count (self->ftp, "LIST") > n_lists);
  g_assert_cmpuint (count_edits (self), ==, 0);
  g_assert_cmpuint (test_ftp_count (self->ftp, "STOR /a.txt"), ==, 1);
  tl_ui_test_screenshot (self->window, "ftp-page-edit");
}

/* The other one is shown with both sizes and times; cancelled, it is asked again by the button; stopping asks. */
static void
test_conflict (Fixture       *self,
               gconstpointer  data)
{
  GtkWidget *row;

  edit_first (self);
  test_ftp_answer_only (self->ftp, "SIZE", "213 7\r\n");
  save (self, "world");
  test_wait (find_window (self) != NULL);
  answer (self, "upload");
  test_wait (find_window (self) != NULL && shows (find_window (self), "7 bytes"));
  g_assert_true (shows (find_window (self), "5 bytes"));
  tl_ui_test_frames (find_window (self), 3);
  tl_ui_test_screenshot (find_window (self), "ftp-page-edit-conflict");
  /* Enter overwrites nothing, although the buttons are above each other. */
  test_wait (gtk_window_get_focus (GTK_WINDOW (find_window (self))) == gtk_window_get_default_widget (GTK_WINDOW (find_window (self))));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (gtk_window_get_focus (GTK_WINDOW (find_window (self))))), ==, "_Keep Both");
  answer (self, "cancel");
  g_assert_cmpuint (test_ftp_count (self->ftp, "STOR"), ==, 0);
  g_assert_cmpuint (count_edits (self), ==, 1);
  row = tl_ui_test_find (GTK_WIDGET (self->page->edits), TL_TYPE_FTP_EDIT_ROW);
  g_assert_nonnull (row);
  tl_ftp_edit_upload (get_edit (self));
  test_wait (find_window (self) != NULL);
  test_ftp_answer_only (self->ftp, "SIZE", "213 7\r\n");
  answer (self, "reload");
  test_wait (tl_ftp_edit_get_state (get_edit (self)) != TL_FTP_EDIT_CONFLICT);
}

static GtkCheckButton *
get_always (Fixture *self)
{
  return GTK_CHECK_BUTTON (adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (find_window (self))));
}

/* Asked once, unless one wants to be asked again; the same file once more is the same row; ended with the connections, its copy goes. */
static void
test_always (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *copy = NULL;

  edit_first (self);
  copy = g_file_get_path (tl_ftp_edit_get_copy (get_edit (self)));
  save (self, "world");
  test_wait (find_window (self) != NULL);
  gtk_check_button_set_active (get_always (self), FALSE);
  answer (self, "upload");
  test_wait (test_ftp_count (self->ftp, "STOR /a.txt") == 1 && tl_ftp_edit_get_state (get_edit (self)) == TL_FTP_EDIT_OPEN);
  save (self, "third");
  test_wait (find_window (self) != NULL);
  g_assert_true (gtk_check_button_get_active (get_always (self)));
  answer (self, "upload");
  test_wait (test_ftp_count (self->ftp, "STOR /a.txt") == 2 && tl_ftp_edit_get_state (get_edit (self)) == TL_FTP_EDIT_OPEN);
  save (self, "again");
  test_wait (test_ftp_count (self->ftp, "STOR /a.txt") == 3 && tl_ftp_edit_get_state (get_edit (self)) == TL_FTP_EDIT_OPEN);
  g_assert_null (find_window (self));
  test_wait (page_is_ready (self));
  page_select_rows (self, 0, 1);
  page_act (self, "ftp.edit");
  g_assert_null (gtk_list_box_get_row_at_index (self->page->edits, 1));
  tl_tab_content_close (TL_TAB_CONTENT (self->page));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (self->page->edits)));
  test_wait (!g_file_test (copy, G_FILE_TEST_EXISTS));
}

/* (nullable): the button of the row that is called so. */
static GtkWidget *
find_button (GtkWidget  *widget,
             const char *tooltip)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_button (child, tooltip);
  return found;
}

static void
press (Fixture    *self,
       const char *tooltip)
{
  GtkWidget *button = find_button (GTK_WIDGET (self->page->edits), tooltip);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* Whether Tab comes to it, from the list on. */
static gboolean
tab_reaches (Fixture    *self,
             const char *tooltip)
{
  GtkWidget *edits = GTK_WIDGET (self->page->edits);
  GtkWidget *button = find_button (edits, tooltip);

  for (guint i = 0; i < 12; i++)
    {
      if (gtk_root_get_focus (GTK_ROOT (self->window)) == button)
        return TRUE;
      gtk_widget_child_focus (edits, GTK_DIR_TAB_FORWARD);
    }
  return FALSE;
}

/* Its tab is closed, and another one opened. */
static void
renew (Fixture *self)
{
  tl_tab_content_close (TL_TAB_CONTENT (self->page));
  g_assert_null (get_edit (self));
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_true (tl_ftp_edit_wait_for_all (TEST_DEADLINE));
  self->page = TL_FTP_PAGE (tl_ftp_page_new (NULL));
  self->window = tl_ui_test_window (GTK_WIDGET (self->page), 1000, 700);
}

/* Closed before it was uploaded: it is there again with the same server, and can be saved elsewhere, uploaded, discarded. */
static void
test_left (Fixture       *self,
           gconstpointer  data)
{
  GtkWidget *edits;
  g_autofree char *elsewhere = g_build_filename (test_folder, "elsewhere.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (elsewhere);
  g_autofree char *copy = NULL;
  g_autofree char *text = NULL;

  edit_first (self);
  copy = g_file_get_path (tl_ftp_edit_get_copy (get_edit (self)));
  save (self, "world");
  test_wait (find_window (self) != NULL);
  answer (self, "cancel");
  renew (self);
  edits = GTK_WIDGET (self->page->edits);
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));

  page_connect (self);
  test_wait (get_edit (self) != NULL);
  g_assert_cmpstr (g_file_peek_path (tl_ftp_edit_get_copy (get_edit (self))), ==, copy);
  test_wait (shows (edits, "a.txt: Saved here, not uploaded yet") && shows (edits, "Left from an earlier time"));
  g_assert_cmpuint (count_edits (self), ==, 1);
  test_wait (page_is_ready (self));
  tl_ui_test_frames (self->window, 3);
  tl_ui_test_screenshot (self->window, "ftp-page-edit-left");
  g_assert_true (tab_reaches (self, "Upload what was saved"));
  g_assert_true (tab_reaches (self, "Open in the editor"));
  g_assert_true (tab_reaches (self, "Save on this computer as…"));
  g_assert_true (tab_reaches (self, "Stop editing this file"));
  tl_ftp_edit_row_save_as (TL_FTP_EDIT_ROW (tl_ui_test_find (edits, TL_TYPE_FTP_EDIT_ROW)), file);
  test_wait (shows (self->window, "was saved on this computer"));
  g_assert_true (g_file_get_contents (elsewhere, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "world");

  press (self, "Upload what was saved");
  test_wait (test_ftp_count (self->ftp, "STOR /a.txt") == 1 && tl_ftp_edit_get_state (get_edit (self)) == TL_FTP_EDIT_OPEN);
  save (self, "third");
  test_wait (find_window (self) != NULL);
  answer (self, "cancel");
  press (self, "Stop editing this file");
  test_wait (find_window (self) != NULL);
  answer (self, "end");
  g_assert_null (get_edit (self));
  g_assert_true (tl_ftp_edit_wait_for_all (TEST_DEADLINE));
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
}

/* Shown without a connection; uploading connects. */
static void
test_shown (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (TlFtpSite) site = test_ftp_site (self->ftp);
  TlFtpClient *own;
  guint n_clients;

  edit_first (self);
  save (self, "world");
  test_wait (find_window (self) != NULL);
  answer (self, "cancel");
  renew (self);
  n_clients = test_ftp_n_clients (self->ftp);
  tl_ftp_page_show_edits (self->page, site);
  test_wait (get_edit (self) != NULL);
  g_assert_cmpuint (test_ftp_n_clients (self->ftp), ==, n_clients);
  press (self, "Upload what was saved");
  test_wait (test_ftp_count (self->ftp, "STOR /a.txt") == 1 && tl_ftp_edit_get_state (get_edit (self)) == TL_FTP_EDIT_OPEN);
  /* Once the page is connected it needs no connection of its own. */
  own = tl_ftp_edit_get_client (get_edit (self));
  g_object_add_weak_pointer (G_OBJECT (own), (gpointer *) &own);
  page_connect (self);
  test_wait (page_is_ready (self));
  g_assert_true (tl_ftp_edit_get_client (get_edit (self)) == tl_ftp_browser_get_client (self->page->browser));
  test_wait (own == NULL);
  press (self, "Stop editing this file");
  g_assert_true (tl_ftp_edit_wait_for_all (TEST_DEADLINE));
}

int
main (int   argc,
      char *argv[])
{
  int result;

  test_folder_make ();
  g_setenv ("XDG_DATA_HOME", test_folder, TRUE);
  tl_ui_test_init (&argc, &argv);
#define ADD(name, test) g_test_add ("/ftp-page-edit/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("upload", test_upload);
  ADD ("conflict", test_conflict);
  ADD ("always", test_always);
  ADD ("left", test_left);
  ADD ("shown", test_shown);
  result = g_test_run ();
  g_assert_true (tl_ftp_edit_wait_for_all (TEST_DEADLINE));
  test_folder_remove ();
  return result;
}
