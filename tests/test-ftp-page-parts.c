/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands beside the files of the FTP page: its questions, permissions, properties. */

#include "tl-ftp-page-test.h"

#include "tl-test-folder.h"

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

static void
answer (GtkWidget  *dialog,
        const char *response)
{
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static GtkWidget *
add_button (Fixture    *self,
            const char *action)
{
  GtkWidget *button = gtk_button_new ();

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_parent (button, GTK_WIDGET (self->page));

  return button;
}

static void
test_sensitive (Fixture       *self,
                gconstpointer  data)
{
  GtkWidget *permissions = add_button (self, "ftp.permissions");
  GtkWidget *properties = add_button (self, "ftp.properties");

  test_wait (!gtk_widget_get_sensitive (permissions) && !gtk_widget_get_sensitive (properties));
  page_select_rows (self, 0, 1);
  test_wait (gtk_widget_get_sensitive (permissions) && gtk_widget_get_sensitive (properties));
  page_select_rows (self, 0, 2);
  test_wait (gtk_widget_get_sensitive (permissions) && !gtk_widget_get_sensitive (properties));
  gtk_selection_model_unselect_all (tl_ftp_file_view_get_selection (self->page->files));
  test_wait (!gtk_widget_get_sensitive (permissions) && !gtk_widget_get_sensitive (properties));
}

static void
test_properties (Fixture       *self,
                 gconstpointer  data)
{
  page_select_rows (self, 1, 1);
  page_act (self, "ftp.properties");
  test_wait (find_window (self) && shows (find_window (self), "b.txt"));
  gtk_window_destroy (GTK_WINDOW (find_window (self)));
}

/* One after the other; the first that is refused is the last that is asked for. */
static void
test_permissions (Fixture       *self,
                  gconstpointer  data)
{
  guint n_lists = test_ftp_count (self->ftp, "LIST");
  GtkEditable *octal;

  test_ftp_answer (self->ftp, "SITE", "200 done\r\n");
  test_ftp_answer (self->ftp, "SITE", "550 Not yours.\r\n");
  page_select_rows (self, 0, 3);
  page_act (self, "ftp.permissions");
  test_wait (find_window (self) != NULL);
  octal = GTK_EDITABLE (tl_ui_test_find (adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (find_window (self))), GTK_TYPE_ENTRY));
  /* They have not the same. */
  g_assert_cmpstr (gtk_editable_get_text (octal), ==, "");
  gtk_editable_set_text (octal, "600");
  answer (find_window (self), "apply");
  test_wait (shows (GTK_WIDGET (self->page), "Not yours."));
  test_wait (test_ftp_count (self->ftp, "LIST") == n_lists + 1 && page_lists (self, 3));
  g_assert_cmpuint (test_ftp_count (self->ftp, "SITE CHMOD 600 /a.txt"), ==, 1);
  g_assert_cmpuint (test_ftp_count (self->ftp, "SITE CHMOD 600 /b.txt"), ==, 1);
  g_assert_cmpuint (test_ftp_count (self->ftp, "SITE CHMOD"), ==, 2);
}

/* What two files have in common is what the dialog begins with; cancelled, nothing is sent. */
static void
test_same_mode (Fixture       *self,
                gconstpointer  data)
{
  GtkWidget *entry;

  page_select_rows (self, 1, 2);
  page_act (self, "ftp.permissions");
  test_wait (find_window (self) != NULL);
  entry = tl_ui_test_find (adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (find_window (self))), GTK_TYPE_ENTRY);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "640");
  answer (find_window (self), "cancel");
  tl_ui_test_frames (self->window, 3);
  g_assert_cmpuint (test_ftp_count (self->ftp, "SITE"), ==, 0);
}

/* A password is asked for over the window, and goes to the server. */
static void
test_question (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr (TlFtpSite) site = test_ftp_site (self->ftp);
  GtkWidget *row;

  g_object_set (site, "account-kind", TL_FTP_ACCOUNT_GUEST, "user", "ann", NULL);
  tl_ftp_page_connect (self->page, site, NULL);
  test_wait (find_window (self) && tl_ui_test_find (find_window (self), ADW_TYPE_PASSWORD_ENTRY_ROW));
  row = tl_ui_test_find (find_window (self), ADW_TYPE_PASSWORD_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (row), "open sesame");
  answer (find_window (self), "ok");
  test_wait (test_ftp_count (self->ftp, "PASS open sesame") == 1);
  test_wait (page_lists (self, 3));
}

/* A key may come when the window is seen and has not been laid out: the sites are there then, and nothing has a width of less than nothing. */
static void
test_early_sites (void)
{
  GtkWidget *page;
  GtkWidget *window;
  gboolean sites;

  test_folder_make ();
  page = g_object_ref_sink (tl_ftp_page_new (NULL));
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_widget_show (window);
  g_assert_true (gtk_widget_get_mapped (page));
  g_assert_cmpint (gtk_widget_get_width (page), ==, 0);
  g_object_set (page, "show-sites", TRUE, NULL);
  tl_ui_test_frames (page, 12);
  g_object_get (page, "show-sites", &sites, NULL);
  g_assert_true (sites);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (page);
  test_folder_remove ();
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);
#define ADD(name, test) g_test_add ("/ftp-page-parts/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("sensitive", test_sensitive);
  ADD ("properties", test_properties);
  ADD ("permissions", test_permissions);
  ADD ("same-mode", test_same_mode);
  ADD ("question", test_question);
  g_test_add_func ("/ftp-page-parts/early-sites", test_early_sites);
  return g_test_run ();
}
