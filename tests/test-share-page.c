/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of the shared folder: what it says, what it asks, what its controls set. */
#include "tl-ftp-server-private.h"
#include "tl-option-row.h"
#include "tl-share-page.h"
#include "tl-tab-content.h"

#include "tl-ui-test.h"

static TlFtpServer *server;
static GtkWidget *page;
static GtkWidget *window;
static char *folder;

static GtkWidget *
find (GtkWidget  *widget,
      GType       type,
      const char *part)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (part == NULL || strstr (gtk_label_get_label (GTK_LABEL (widget)), part) != NULL))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, part);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
says (const char *part)
{
  GtkWidget *label = find (page, GTK_TYPE_LABEL, part);

  return label != NULL && gtk_widget_is_visible (label);
}

static GtkSwitch *
get_switch (void)
{
  return GTK_SWITCH (find (page, GTK_TYPE_SWITCH, NULL));
}

static AdwMessageDialog *
get_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_visible (l->data))
      return l->data;
  return NULL;
}

static void
set_up (void)
{
  folder = g_dir_make_tmp ("tonglu-share-XXXXXX", NULL);
  g_assert_nonnull (folder);
  server = tl_ftp_server_new ();
  g_object_set (server, "folder", folder, "port", 0, "tls", TL_FTP_SERVER_TLS_OFF, NULL);
  page = tl_share_page_new (server);
  window = tl_ui_test_window (page, 700, 700);
}

static void
tear_down (void)
{
  gtk_window_destroy (GTK_WINDOW (window));
  tl_ftp_server_stop (server);
  test_wait (G_OBJECT (server)->ref_count == 1);
  g_assert_finalize_object (server);
  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
}

static TlRunning
count (void)
{
  TlRunning running = { 0 };

  tl_tab_content_count_running (TL_TAB_CONTENT (page), &running);
  return running;
}

static TlFtpServerState
get_state (void)
{
  return tl_ftp_server_get_state (server);
}

/* The address while it is shared, who is connected, what closing cuts off. */
static void
test_shared (void)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) visitor = NULL;
  g_autofree char *url = NULL;

  set_up ();
  g_assert_false (says ("ftp://"));
  g_assert_cmpuint (count ().shares, ==, 0);
  gtk_switch_set_active (get_switch (), TRUE);
  test_wait (get_state () == TL_FTP_SERVER_OPEN);
  g_assert_null (get_dialog ());
  url = g_strdup_printf ("ftp://127.0.0.1:%u/", tl_ftp_server_get_local_port (server));
  g_assert_true (says (url));
  g_assert_true (says ("Programs of this computer"));
  g_assert_cmpuint (count ().shares, ==, 1);
  g_assert_cmpuint (count ().visitors, ==, 0);
  visitor = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) tl_ftp_server_get_local_port (server), NULL, NULL);
  g_assert_nonnull (visitor);
  test_wait (count ().visitors == 1);
  g_assert_true (says ("not logged in"));
  gtk_switch_set_active (get_switch (), FALSE);
  g_assert_cmpint (get_state (), ==, TL_FTP_SERVER_STOPPED);
  g_assert_false (says (url));
  g_assert_cmpuint (count ().shares + count ().visitors, ==, 0);
  tear_down ();
}

/* A home folder is warned of, and asked about; "no" leaves it unshared. */
static void
test_home (void)
{
  AdwMessageDialog *dialog;

  set_up ();
  g_object_set (server, "folder", g_get_home_dir (), NULL);
  g_assert_true (says ("This is your home folder"));
  gtk_switch_set_active (get_switch (), TRUE);
  g_assert_nonnull (get_dialog ());
  g_assert_cmpint (get_state (), ==, TL_FTP_SERVER_STOPPED);
  gtk_window_close (GTK_WINDOW (get_dialog ()));
  test_wait (get_dialog () == NULL);
  g_assert_false (gtk_switch_get_active (get_switch ()));
  g_assert_cmpint (get_state (), ==, TL_FTP_SERVER_STOPPED);
  gtk_switch_set_active (get_switch (), TRUE);
  dialog = get_dialog ();
  g_assert_nonnull (dialog);
  adw_message_dialog_response (dialog, "share");
  gtk_window_destroy (GTK_WINDOW (dialog));
  test_wait (get_state () == TL_FTP_SERVER_OPEN);
  tl_ftp_server_stop (server);
  g_object_set (server, "folder", "/", NULL);
  g_assert_true (says ("This is everything on this computer"));
  g_object_set (server, "folder", folder, NULL);
  g_assert_false (says ("This is"));
  tear_down ();
}

/* A folder that goes away is told of, and no longer shared. */
static void
test_gone (void)
{
  set_up ();
  gtk_switch_set_active (get_switch (), TRUE);
  test_wait (get_state () == TL_FTP_SERVER_OPEN);
  test_wait (!server->looking);
  g_assert_no_errno (g_rmdir (folder));
  tl_ftp_server_watch (server);
  test_wait (get_state () == TL_FTP_SERVER_STOPPED);
  g_assert_true (says ("is not there any more"));
  g_assert_false (gtk_switch_get_active (get_switch ()));
  g_assert_no_errno (g_mkdir (folder, 0700));
  gtk_switch_set_active (get_switch (), TRUE);
  test_wait (get_state () == TL_FTP_SERVER_OPEN);
  g_assert_false (says ("is not there any more"));
  tear_down ();
}

static GtkSpinButton *
find_spin (GtkWidget  *widget,
           const char *property)
{
  if (TL_IS_OPTION_ROW (widget) && g_str_equal (tl_option_row_get_spec (TL_OPTION_ROW (widget))->property, property))
    return GTK_SPIN_BUTTON (tl_option_row_get_control (TL_OPTION_ROW (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkSpinButton *found = find_spin (child, property);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Each limit has a control, and begins with what the server begins with. */
static void
test_limits (void)
{
  static const char *const limits[] = { "max-connections", "max-per-address", "max-failures", "login-seconds", "idle-seconds", "stall-seconds", "max-entries" };

  set_up ();
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      GtkSpinButton *spin = find_spin (page, limits[i]);
      guint value;

      g_assert_nonnull (spin);
      g_object_get (server, limits[i], &value, NULL);
      g_assert_cmpuint (value, ==, (guint) gtk_spin_button_get_value_as_int (spin));
      gtk_spin_button_set_value (spin, 100 + i);
      g_object_get (server, limits[i], &value, NULL);
      g_assert_cmpuint (value, ==, i == 2 ? 100 : 100 + i);
    }
  tear_down ();
}

/* Ports for data: how many they are, or what is wrong; with those nothing is shared. */
static void
test_ports (void)
{
  set_up ();
  g_assert_true (says ("any port that is free"));
  gtk_spin_button_set_value (find_spin (page, "passive-min"), 50000);
  g_assert_true (says ("both the lowest and the highest"));
  gtk_spin_button_set_value (find_spin (page, "passive-max"), 50010);
  g_assert_true (says ("11 ports"));
  g_object_set (server, "passive-max", 49999, NULL);
  g_assert_true (says ("is below the lowest one"));
  gtk_switch_set_active (get_switch (), TRUE);
  test_wait (!gtk_switch_get_active (get_switch ()));
  g_assert_cmpint (get_state (), ==, TL_FTP_SERVER_STOPPED);
  tear_down ();
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("tonglu-home-XXXXXX", NULL);
  int status;

  g_setenv ("HOME", home, TRUE);
  tl_ui_test_init (&argc, &argv);
  g_test_add_func ("/share-page/shared", test_shared);
  g_test_add_func ("/share-page/home", test_home);
  g_test_add_func ("/share-page/gone", test_gone);
  g_test_add_func ("/share-page/limits", test_limits);
  g_test_add_func ("/share-page/ports", test_ports);
  status = g_test_run ();
  g_rmdir (home);
  return status;
}
