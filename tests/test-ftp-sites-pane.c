/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bookmarks as a sidebar, and the dialog for one of them. */

#include "tl-ftp-site-acts.h"
#include "tl-ftp-site-dialog.h"
#include "tl-ftp-site-row.h"
#include "tl-ftp-sites-pane.h"
#include "tl-host-entry.h"
#include "tl-port-entry.h"
#include "tl-schema.h"

#include "tl-test-database.h"
#include "tl-ui-test.h"

typedef struct {
  TlDatabase     *database;
  TlFtpSites     *sites;
  TlFtpSitesPane *pane;
  GtkWidget      *window;
  TlFtpSite      *connected;
} Fixture;

static void
connect_cb (TlFtpSitesPane *pane,
            TlFtpSite      *site,
            Fixture        *fixture)
{
  g_set_object (&fixture->connected, site);
}

static void
add (Fixture         *fixture,
     const char      *name,
     const char      *host,
     TlFtpAccountKind kind,
     const char      *user,
     TlFtpSecurity    security)
{
  g_autoptr (TlFtpSite) site = g_object_new (TL_TYPE_FTP_SITE, "name", name, "host", host, "account-kind", kind, "user", user,
                                             "security", security, NULL);

  tl_ftp_sites_save (fixture->sites, site);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  static guint number;
  g_autofree char *name = g_strdup_printf ("%u.db", ++number);

  fixture->database = test_database_open (name, tl_schema);
  fixture->sites = tl_ftp_sites_new (fixture->database);
  if (data)
    {
      add (fixture, "学校 FTP", "ftp.example.edu.cn", TL_FTP_ACCOUNT_ANONYMOUS, "", TL_FTP_SECURITY_AUTO);
      add (fixture, "公司 / NAS / 备份 <b>", "192.168.1.20", TL_FTP_ACCOUNT_REGISTERED, "张三", TL_FTP_SECURITY_EXPLICIT);
      add (fixture, "", "camera.example.org", TL_FTP_ACCOUNT_GUEST, "", TL_FTP_SECURITY_NONE);
    }
  fixture->pane = TL_FTP_SITES_PANE (tl_ftp_sites_pane_new (fixture->sites));
  g_signal_connect (fixture->pane, "connect", G_CALLBACK (connect_cb), fixture);
  fixture->window = tl_ui_test_window (GTK_WIDGET (fixture->pane), 300, 520);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer pane = fixture->pane;

  g_object_add_weak_pointer (G_OBJECT (pane), &pane);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  test_wait_for (pane == NULL, "the pane to be gone");
  g_clear_object (&fixture->connected);
  tl_database_close (fixture->database);
  /* What had been handed in is told before the list goes. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->sites);
  g_assert_finalize_object (fixture->database);
}

static void
activate (Fixture    *fixture,
          const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->pane), action, NULL));
}

static const char *
get_page (Fixture *fixture)
{
  GObject *stack = gtk_widget_get_template_child (GTK_WIDGET (fixture->pane), TL_TYPE_FTP_SITES_PANE, "stack");

  return gtk_stack_get_visible_child_name (GTK_STACK (stack));
}

static GtkWidget *
get_list (Fixture *fixture)
{
  return tl_ui_test_find (GTK_WIDGET (fixture->pane), GTK_TYPE_LIST_VIEW);
}

static guint
get_n_shown (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (get_list (fixture)))));
}

static void
screenshots (GtkWidget  *window,
             const char *name)
{
  g_autofree char *dark = g_strconcat (name, "-dark", NULL);

  tl_ui_test_screenshot (window, name);
  tl_ui_test_set_dark (TRUE);
  tl_ui_test_screenshot (window, dark);
  tl_ui_test_set_dark (FALSE);
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_cmpstr (get_page (fixture), ==, "empty");
  screenshots (fixture->window, "ftp-sites-empty");
  add (fixture, "a", "a.example.org", TL_FTP_ACCOUNT_ANONYMOUS, "", TL_FTP_SECURITY_AUTO);
  g_assert_cmpstr (get_page (fixture), ==, "list");
}

static void
test_connect (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *row, *button;

  g_assert_cmpuint (get_n_shown (fixture), ==, 3);
  screenshots (fixture->window, "ftp-sites");

  activate (fixture, "sites.connect");
  g_assert_cmpstr (tl_ftp_site_get_host (fixture->connected), ==, "camera.example.org");
  g_signal_emit_by_name (get_list (fixture), "activate", 2u);
  g_assert_cmpstr (tl_ftp_site_get_host (fixture->connected), ==, "ftp.example.edu.cn");

  /* The button connects to the site of its own row, selected or not. */
  row = tl_ui_test_find (GTK_WIDGET (fixture->pane), TL_TYPE_FTP_SITE_ROW);
  if (!row)
    g_error ("no row");
  button = tl_ui_test_find (row, GTK_TYPE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (tl_ftp_site_get_host (fixture->connected), ==, tl_ftp_site_get_host (tl_ftp_site_row_get_site (TL_FTP_SITE_ROW (row))));

  /* What was handed out is the receiver's: the list does not change with it. */
  g_object_set (fixture->connected, "host", "elsewhere", NULL);
  g_assert_cmpstr (tl_ftp_site_get_host (tl_ftp_site_row_get_site (TL_FTP_SITE_ROW (row))), !=, "elsewhere");
}

static void
search_for (Fixture    *fixture,
            const char *text)
{
  GtkWidget *search = tl_ui_test_find (GTK_WIDGET (fixture->pane), GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (search), text);
  g_signal_emit_by_name (search, "search-changed");
}

static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  search_for (fixture, "  CAMERA ");
  g_assert_cmpuint (get_n_shown (fixture), ==, 1);
  search_for (fixture, "张");
  g_assert_cmpuint (get_n_shown (fixture), ==, 1);
  g_signal_emit_by_name (tl_ui_test_find (GTK_WIDGET (fixture->pane), GTK_TYPE_SEARCH_ENTRY), "activate");
  g_assert_cmpstr (tl_ftp_site_get_host (fixture->connected), ==, "192.168.1.20");
  search_for (fixture, "nothing");
  g_assert_cmpstr (get_page (fixture), ==, "none");
  search_for (fixture, "");
  g_assert_cmpuint (get_n_shown (fixture), ==, 3);
  g_assert_cmpstr (get_page (fixture), ==, "list");
}

static void
test_remove (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (TlFtpSite) first = g_list_model_get_item (G_LIST_MODEL (fixture->sites), 0);
  g_autoptr (TlFtpSite) again = NULL;
  GtkWidget *toast, *undo;

  activate (fixture, "sites.remove");
  g_assert_cmpuint (get_n_shown (fixture), ==, 2);
  tl_ui_test_frames (fixture->window, 3);
  toast = tl_ui_test_find (GTK_WIDGET (fixture->pane), g_type_from_name ("AdwToastWidget"));
  if (!toast)
    g_error ("no notice");
  undo = tl_ui_test_find (toast, GTK_TYPE_BUTTON);
  g_signal_emit_by_name (undo, "clicked");
  g_assert_cmpuint (get_n_shown (fixture), ==, 3);
  again = g_list_model_get_item (G_LIST_MODEL (fixture->sites), 0);
  g_assert_true (tl_ftp_site_equal (first, again));
}

/* The context menu is that of the row, which it selects; with the keyboard it is that of the selected one. */
static void
test_menu (Fixture       *fixture,
           gconstpointer  data)
{
  GObject *menu = gtk_widget_get_template_child (GTK_WIDGET (fixture->pane), TL_TYPE_FTP_SITES_PANE, "menu");
  GtkWidget *list = get_list (fixture);
  GtkWidget *row = tl_ui_test_find (gtk_widget_get_last_child (list), TL_TYPE_FTP_SITE_ROW);

  if (!row)
    g_error ("no row");
  g_signal_emit_by_name (row, "menu", 5.0, 5.0);
  tl_ui_test_wait (tl_ui_test_is_popped_up, menu, "the menu to be mapped");
  gtk_popover_popdown (GTK_POPOVER (menu));
  activate (fixture, "sites.connect");
  g_assert_cmpstr (tl_ftp_site_get_host (fixture->connected), ==, tl_ftp_site_get_host (tl_ftp_site_row_get_site (TL_FTP_SITE_ROW (row))));

  gtk_widget_grab_focus (GTK_WIDGET (fixture->pane));
  activate (fixture, "sites.menu");
  tl_ui_test_wait (tl_ui_test_is_popped_up, menu, "the menu to be mapped");
  gtk_popover_popdown (GTK_POPOVER (menu));
}

static gboolean
has_sites (gpointer data)
{
  Fixture *fixture = data;

  return g_list_model_get_n_items (G_LIST_MODEL (fixture->sites)) == 1;
}

static void
test_import (Fixture       *fixture,
             gconstpointer  data)
{
  static const char xml[] = "<FileZilla3><Servers><Server><Host>h</Host><Protocol>0</Protocol></Server>"
                            "<Server><Host>h</Host><Protocol>1</Protocol></Server></Servers></FileZilla3>";
  g_autofree char *path = g_build_filename (test_folder, "sitemanager.xml", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *overlay = tl_ui_test_find (GTK_WIDGET (fixture->pane), ADW_TYPE_TOAST_OVERLAY);

  g_assert_true (g_file_set_contents (path, xml, -1, NULL));
  tl_ftp_site_acts_import (fixture->sites, file, ADW_TOAST_OVERLAY (overlay));
  tl_ui_test_wait (has_sites, fixture, "the site to be imported");
  test_wait (tl_ui_test_find (overlay, g_type_from_name ("AdwToastWidget")) != NULL);
}

static void
saved_cb (TlFtpSiteDialog  *dialog,
          TlFtpSite        *site,
          const char       *password,
          TlFtpSite       **saved)
{
  g_set_object (saved, site);
  g_object_set_data_full (G_OBJECT (site), "password", g_strdup (password), g_free);
}

static GtkWidget *
open_dialog (TlFtpSite  *site,
             TlFtpSite **saved)
{
  GtkWidget *dialog = tl_ftp_site_dialog_new (NULL, site);

  g_signal_connect (dialog, "saved", G_CALLBACK (saved_cb), saved);
  gtk_window_present (GTK_WINDOW (dialog));
  tl_ui_test_wait (tl_ui_test_is_mapped, dialog, "the dialog to be mapped");
  tl_ui_test_frames (dialog, 3);
  return dialog;
}

static gpointer
child_of (GtkWidget  *dialog,
          const char *name)
{
  return gtk_widget_get_template_child (dialog, TL_TYPE_FTP_SITE_DIALOG, name);
}

static void
save (GtkWidget *dialog)
{
  gtk_widget_activate_action (dialog, "site.save", NULL);
}

/* What is not touched is saved as it was: the raw bytes of a folder in another character set, too. */
static void
test_dialog_untouched (void)
{
  g_autoptr (GBytes) dir = g_bytes_new_static ("/\xd6\xd0\xce\xc4", 5);
  g_autoptr (TlFtpSite) site = g_object_new (TL_TYPE_FTP_SITE, "id", G_GINT64_CONSTANT (7), "name", "公司 NAS", "host", "ftp.example.org", "port", 2121u,
                                             "security", TL_FTP_SECURITY_EXPLICIT, "account-kind", TL_FTP_ACCOUNT_REGISTERED, "user", "张三",
                                             "keep-password", TRUE, "charset", (int) TL_CHARSET_GB18030, "start-dir", dir,
                                             "active-mode", TRUE, NULL);
  g_autoptr (TlFtpSite) saved = NULL;
  GtkWidget *dialog = open_dialog (site, &saved);

  g_assert_cmpstr (gtk_editable_get_text (child_of (dialog, "start_dir")), ==, "/中文");
  g_assert_true (gtk_widget_get_visible (child_of (dialog, "password")));
  screenshots (dialog, "ftp-site-dialog");
  save (dialog);
  g_assert_nonnull (saved);
  g_assert_true (tl_ftp_site_equal (saved, site));
  g_assert_null (g_object_get_data (G_OBJECT (saved), "password"));
}

static void
test_dialog_new (void)
{
  g_autoptr (TlFtpSite) saved = NULL;
  g_autoptr (GBytes) dir = NULL;
  g_autoptr (GBytes) expected = g_bytes_new_static ("/\xd6\xd0", 3);
  GtkWidget *dialog = open_dialog (NULL, &saved);
  gboolean keep;

  /* Nothing can be saved without a host. */
  save (dialog);
  g_assert_null (saved);
  g_assert_true (gtk_widget_get_visible (child_of (dialog, "anonymous_password")));
  g_assert_false (gtk_widget_get_visible (child_of (dialog, "user")));

  /* A pasted address fills both fields. */
  tl_checked_entry_set_text (child_of (dialog, "host"), "ftp.example.org:2121");
  g_assert_cmpint (tl_port_entry_get_port (child_of (dialog, "port")), ==, 2121);
  tl_checked_entry_set_text (child_of (dialog, "port"), "99999");
  save (dialog);
  g_assert_null (saved);
  tl_checked_entry_set_text (child_of (dialog, "port"), "2121");

  adw_combo_row_set_selected (child_of (dialog, "kind"), TL_FTP_ACCOUNT_REGISTERED);
  g_assert_true (gtk_widget_get_visible (child_of (dialog, "user")));
  g_assert_false (gtk_widget_get_visible (child_of (dialog, "password")));
  gtk_switch_set_active (child_of (dialog, "keep"), TRUE);
  g_assert_true (gtk_widget_get_visible (child_of (dialog, "password")));
  gtk_editable_set_text (child_of (dialog, "password"), "secret");
  save (dialog);
  g_assert_null (saved);
  gtk_editable_set_text (child_of (dialog, "user"), "me");

  /* A folder that the character set cannot say. */
  adw_combo_row_set_selected (child_of (dialog, "charset"), TL_CHARSET_ISO_8859_1 + 1);
  gtk_editable_set_text (child_of (dialog, "start_dir"), "/中");
  g_assert_true (gtk_widget_get_visible (child_of (dialog, "message")));
  screenshots (dialog, "ftp-site-dialog-wrong");
  save (dialog);
  g_assert_null (saved);
  adw_combo_row_set_selected (child_of (dialog, "charset"), TL_CHARSET_GB18030 + 1);
  g_assert_false (gtk_widget_get_visible (child_of (dialog, "message")));

  /* Enter saves. */
  g_signal_emit_by_name (child_of (dialog, "user"), "entry-activated");
  g_assert_nonnull (saved);
  g_object_get (saved, "start-dir", &dir, "keep-password", &keep, NULL);
  g_assert_true (g_bytes_equal (dir, expected));
  g_assert_true (keep);
  g_assert_cmpuint (tl_ftp_site_get_port (saved), ==, 2121);
  g_assert_cmpstr (g_object_get_data (G_OBJECT (saved), "password"), ==, "secret");
}

int
main (int   argc,
      char *argv[])
{
  int status;

  tl_ui_test_init (&argc, &argv);
  test_folder_make ();

  g_test_add ("/ftp-sites-pane/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/ftp-sites-pane/connect", Fixture, "sites", set_up, test_connect, tear_down);
  g_test_add ("/ftp-sites-pane/search", Fixture, "sites", set_up, test_search, tear_down);
  g_test_add ("/ftp-sites-pane/remove", Fixture, "sites", set_up, test_remove, tear_down);
  g_test_add ("/ftp-sites-pane/menu", Fixture, "sites", set_up, test_menu, tear_down);
  g_test_add ("/ftp-sites-pane/import", Fixture, NULL, set_up, test_import, tear_down);
  g_test_add_func ("/ftp-sites-pane/dialog-untouched", test_dialog_untouched);
  g_test_add_func ("/ftp-sites-pane/dialog-new", test_dialog_new);

  status = g_test_run ();
  test_folder_remove ();
  return status;
}
