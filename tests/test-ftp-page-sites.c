/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The FTP page before its first connection; where it is becomes a bookmark; and passwords that are kept, on their whole way through the window into the secret service. */

#include "tl-ftp-page-test.h"

#include "tl-ftp-address-entry.h"
#include "tl-ftp-home.h"
#include "tl-ftp-site-acts.h"
#include "tl-ftp-site-dialog.h"
#include "tl-ftp-site-row.h"
#include "tl-ftp-welcome.h"

#include "tl-secret-service-test.h"

#define ROOT "-rw-r--r-- 1 ann staff 5 Jan  1  2020 a.txt\r\n"

static TestSecretService service;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  page_open (self, ROOT);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  TlFtpSites *sites = tl_ftp_home_get_sites ();

  page_close (self);
  while (g_list_model_get_n_items (G_LIST_MODEL (sites)) > 0)
    {
      g_autoptr (TlFtpSite) site = g_list_model_get_item (G_LIST_MODEL (sites), 0);

      tl_ftp_sites_remove (sites, site);
    }
}

static GtkWidget *
get_welcome_child (Fixture    *self,
                   const char *name)
{
  GtkWidget *welcome = tl_ui_test_find (GTK_WIDGET (self->page), TL_TYPE_FTP_WELCOME);

  return GTK_WIDGET (gtk_widget_get_template_child (welcome, TL_TYPE_FTP_WELCOME, name));
}

/* Bookmarks are there as soon as there are some, and one click connects. */
static void
test_site (Fixture       *self,
           gconstpointer  data)
{
  GtkWidget *box = get_welcome_child (self, "sites_box");
  g_autoptr (TlFtpSite) site = test_ftp_site (self->ftp);
  g_autoptr (TlFtpSite) other = g_object_new (TL_TYPE_FTP_SITE, "name", "公司 NAS", "host", "192.168.1.20", "account-kind", TL_FTP_ACCOUNT_REGISTERED, "user", "张三", NULL);
  int minimum;

  g_assert_false (gtk_widget_get_visible (box));
  g_object_set (site, "name", "学校 FTP", NULL);
  tl_ftp_sites_save (tl_ftp_home_get_sites (), site);
  tl_ftp_sites_save (tl_ftp_home_get_sites (), other);
  g_assert_true (gtk_widget_get_visible (box));
  test_wait (tl_ui_test_find (box, TL_TYPE_FTP_SITE_ROW) != NULL);
  tl_ui_test_frames (self->window, 3);
  tl_ui_test_screenshot (self->window, "ftp-page-welcome-sites");
  gtk_widget_measure (GTK_WIDGET (self->page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  tl_ui_test_set_dark (TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 380, 760);
  tl_ui_test_frames (self->window, 8);
  tl_ui_test_screenshot (self->window, "ftp-page-welcome-narrow");
  tl_ui_test_set_dark (FALSE);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (tl_ftp_home_get_sites ())); i++)
    {
      g_autoptr (TlFtpSite) one = g_list_model_get_item (G_LIST_MODEL (tl_ftp_home_get_sites ()), i);

      if (tl_ftp_site_get_port (one) == self->ftp->port)
        g_signal_emit_by_name (get_welcome_child (self, "list"), "activate", i);
    }
  test_wait (page_is_ready (self));
}

static gpointer
child_of (GtkWidget  *dialog,
          const char *name)
{
  return gtk_widget_get_template_child (dialog, TL_TYPE_FTP_SITE_DIALOG, name);
}

/* Where one is becomes a bookmark: address, encryption, character set, folder as raw bytes. */
static void
test_add (Fixture       *self,
          gconstpointer  data)
{
  g_autoptr (TlFtpSite) site = test_ftp_site (self->ftp);
  g_autoptr (TlFtpSite) saved = NULL;
  g_autoptr (GBytes) dir = NULL;
  g_autoptr (GBytes) expected = g_bytes_new_static ("/\xd6\xd0\xce\xc4", 5);
  g_autofree char *name = NULL;
  GtkWidget *dialog;
  TlFtpSecurity security;
  int charset;

  test_ftp_answer (self->ftp, "PWD", "257 \"/\xd6\xd0\xce\xc4\"\r\n");
  tl_ftp_page_connect (self->page, site, NULL);
  test_wait (page_is_ready (self));
  g_object_set (self->page->browser, "charset", (int) TL_CHARSET_GB18030, NULL);
  tl_ui_test_act (GTK_WIDGET (self->page), "ftp.add-site");
  test_wait (find_window (self) != NULL);
  dialog = find_window (self);
  g_assert_true (TL_IS_FTP_SITE_DIALOG (dialog));
  g_assert_cmpstr (gtk_editable_get_text (child_of (dialog, "start_dir")), ==, "/中文");
  tl_ui_test_frames (dialog, 3);
  tl_ui_test_screenshot (dialog, "ftp-page-add-site");
  gtk_editable_set_text (child_of (dialog, "name"), "测试");
  g_assert_true (gtk_widget_activate_action (dialog, "site.save", NULL));
  test_wait (find_window (self) == NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tl_ftp_home_get_sites ())), ==, 1);
  saved = g_list_model_get_item (G_LIST_MODEL (tl_ftp_home_get_sites ()), 0);
  g_object_get (saved, "name", &name, "security", &security, "charset", &charset, "start-dir", &dir, NULL);
  g_assert_cmpstr (name, ==, "测试");
  g_assert_cmpstr (tl_ftp_site_get_host (saved), ==, "127.0.0.1");
  g_assert_cmpuint (tl_ftp_site_get_port (saved), ==, self->ftp->port);
  g_assert_cmpint (security, ==, TL_FTP_SECURITY_NONE);
  g_assert_cmpint (charset, ==, TL_CHARSET_GB18030);
  g_assert_true (g_bytes_equal (dir, expected));
}

/* A bookmark leads to its folder, or to that of the login, from wherever on its server one is; what connects again comes back. */
static void
test_open_again (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (TlFtpSite) site = test_ftp_site (self->ftp);
  g_autoptr (TlFtpSite) again = test_ftp_site (self->ftp);
  g_autoptr (GBytes) start = g_bytes_new_static ("/start", 6);
  g_autoptr (GBytes) other = g_bytes_new_static ("/other", 6);
  g_autofree char *title = NULL;

  tl_ftp_page_connect (self->page, site, NULL);
  test_wait (page_is_ready (self));
  tl_ftp_browser_go (self->page->browser, other);
  test_wait (test_ftp_count (self->ftp, "CWD /other") == 1 && page_is_ready (self));
  g_object_set (site, "start-dir", start, "name", "another name", NULL);
  tl_ftp_page_open_site (self->page, site);
  g_object_get (self->page, "title", &title, NULL);
  g_assert_cmpstr (title, ==, "another name");
  test_wait (test_ftp_count (self->ftp, "CWD /start") == 1 && page_is_ready (self));
  g_assert_cmpuint (test_ftp_count (self->ftp, "USER"), ==, 1);
  tl_ftp_browser_disconnect (self->page->browser);
  tl_ftp_page_connect (self->page, again, NULL);
  test_wait (test_ftp_count (self->ftp, "USER") == 2 && page_is_ready (self));

  g_object_set (site, "start-dir", NULL, NULL);
  tl_ftp_page_open_site (self->page, site);
  test_wait (test_ftp_count (self->ftp, "USER") == 3 && page_is_ready (self));
  g_assert_cmpuint (test_ftp_count (self->ftp, "CWD /start"), ==, 1);
}

/* The password that was typed in the bar goes into the secret service when its switch is on, and nowhere else. */
static void
test_add_password (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr (TlFtpSite) site = test_ftp_site (self->ftp);
  guint n = service.secrets->len;
  GtkWidget *dialog;

  g_object_set (site, "account-kind", TL_FTP_ACCOUNT_REGISTERED, "user", "ann", NULL);
  tl_ftp_page_connect (self->page, site, "hunter2");
  test_wait (page_is_ready (self));
  tl_ui_test_act (GTK_WIDGET (self->page), "ftp.add-site");
  test_wait (find_window (self) != NULL);
  dialog = find_window (self);
  g_assert_false (gtk_switch_get_active (child_of (dialog, "keep")));
  gtk_switch_set_active (child_of (dialog, "keep"), TRUE);
  g_assert_true (gtk_widget_activate_action (dialog, "site.save", NULL));
  test_wait (service.secrets->len == n + 1);
  g_assert_cmpstr (((TestSecret *) g_ptr_array_index (service.secrets, n))->password, ==, "hunter2");
}

/* Types into the question, and says yes or no. */
static void
answer_password (Fixture    *self,
                 const char *password,
                 gboolean    keep)
{
  GtkWidget *dialog, *extra;

  test_wait (find_window (self) != NULL);
  dialog = find_window (self);
  extra = adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog));
  if (password)
    {
      gtk_editable_set_text (GTK_EDITABLE (tl_ui_test_find (extra, ADW_TYPE_PASSWORD_ENTRY_ROW)), password);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (tl_ui_test_find (extra, GTK_TYPE_CHECK_BUTTON)), keep);
    }
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), password ? "ok" : "cancel");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* A server that wants an account besides user and password (332) asks for it in the window, and gets it; the transcript does not. */
static void
test_account (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (TlFtpSite) site = test_ftp_site (self->ftp);
  GtkWidget *extra;

  g_object_set (site, "account-kind", TL_FTP_ACCOUNT_REGISTERED, "user", "ann", NULL);
  test_ftp_answer (self->ftp, "PASS", "332 Which account?\r\n");
  tl_ftp_page_connect (self->page, site, "hunter2");
  test_wait (find_window (self) != NULL);
  extra = adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (find_window (self)));
  gtk_editable_set_text (GTK_EDITABLE (tl_ui_test_find (extra, ADW_TYPE_PASSWORD_ENTRY_ROW)), "sales-42");
  tl_ui_test_frames (find_window (self), 3);
  tl_ui_test_screenshot (find_window (self), "ftp-page-account");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_window (self)), "ok");
  gtk_window_destroy (GTK_WINDOW (find_window (self)));
  test_wait (page_is_ready (self));
  g_assert_cmpuint (test_ftp_count (self->ftp, "ACCT sales-42"), ==, 1);
  g_assert_true (test_log_has (tl_ftp_page_get_client (self->page), TL_MESSAGE_SENT, "ACCT ********"));
  g_assert_false (test_log_has (tl_ftp_page_get_client (self->page), TL_MESSAGE_SENT, "sales-42"));
}

static gboolean
keeps (void)
{
  g_autoptr (TlFtpSite) site = g_list_model_get_item (G_LIST_MODEL (tl_ftp_home_get_sites ()), 0);
  gboolean keep;

  g_object_get (site, "keep-password", &keep, NULL);
  return keep;
}

/* Kept when the login has succeeded, not before; used the next time; wrong one day: asked once, not tried again and again; gone with its bookmark. */
static void
test_kept (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (TlFtpSite) site = test_ftp_site (self->ftp);
  g_autoptr (AdwToastOverlay) toasts = g_object_ref_sink (ADW_TOAST_OVERLAY (adw_toast_overlay_new ()));
  guint n = service.secrets->len;

  g_object_set (site, "account-kind", TL_FTP_ACCOUNT_REGISTERED, "user", "ann", NULL);
  tl_ftp_sites_save (tl_ftp_home_get_sites (), site);
  test_ftp_answer (self->ftp, "PASS", "530 wrong\r\n");
  test_ftp_answer (self->ftp, "PASS", "230 in\r\n");
  test_ftp_answer (self->ftp, "PASS", "230 in\r\n");
  test_ftp_answer (self->ftp, "PASS", "530 not any more\r\n");
  tl_ftp_page_connect (self->page, site, NULL);
  answer_password (self, "slip", TRUE);
  test_wait (test_ftp_count (self->ftp, "PASS slip") == 1 && find_window (self) != NULL);
  g_assert_cmpuint (service.secrets->len, ==, n);
  answer_password (self, "hunter2", TRUE);
  test_wait (page_is_ready (self));
  test_wait (service.secrets->len == n + 1);
  g_assert_cmpstr (((TestSecret *) g_ptr_array_index (service.secrets, n))->password, ==, "hunter2");
  test_wait (keeps ());
  g_clear_object (&site);
  site = g_list_model_get_item (G_LIST_MODEL (tl_ftp_home_get_sites ()), 0);

  /* Another page, as after a new start: nobody is asked. */
  gtk_window_destroy (GTK_WINDOW (self->window));
  self->page = TL_FTP_PAGE (tl_ftp_page_new (NULL));
  self->window = tl_ui_test_window (GTK_WIDGET (self->page), 1000, 700);
  tl_ftp_page_connect (self->page, site, NULL);
  test_wait (page_is_ready (self));
  g_assert_null (find_window (self));
  g_assert_cmpuint (test_ftp_count (self->ftp, "PASS hunter2"), ==, 2);

  gtk_window_destroy (GTK_WINDOW (self->window));
  self->page = TL_FTP_PAGE (tl_ftp_page_new (NULL));
  self->window = tl_ui_test_window (GTK_WIDGET (self->page), 1000, 700);
  tl_ftp_page_connect (self->page, site, NULL);
  test_wait (find_window (self) != NULL);
  g_assert_cmpuint (test_ftp_count (self->ftp, "PASS"), ==, 4);
  answer_password (self, NULL, FALSE);
  test_wait (tl_ftp_client_get_state (tl_ftp_page_get_client (self->page)) == TL_FTP_FAILED);
  g_assert_cmpuint (test_ftp_count (self->ftp, "PASS"), ==, 4);
  g_assert_cmpuint (service.secrets->len, ==, n + 1);

  tl_ftp_site_acts_remove (tl_ftp_home_get_sites (), site, toasts);
  g_clear_object (&toasts);
  test_wait (service.secrets->len == n);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *display = g_strdup (g_getenv ("DISPLAY"));
  int result;

  test_secret_service_start (&service);
  /* GTestDBus takes it away. */
  if (display)
    g_setenv ("DISPLAY", display, TRUE);
  tl_ui_test_init (&argc, &argv);
#define ADD(name, test) g_test_add ("/ftp-page-sites/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("site", test_site);
  ADD ("add", test_add);
  ADD ("open-again", test_open_again);
  ADD ("add-password", test_add_password);
  ADD ("account", test_account);
  ADD ("kept", test_kept);
  result = g_test_run ();
  tl_ftp_home_close ();
  test_secret_service_stop (&service);
  return result;
}
