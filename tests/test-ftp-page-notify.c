/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the desktop is told when transfers that took long are over. */

#include "tl-ftp-page-test.h"

#include "tl-test-folder.h"

#define SERVICE "org.freedesktop.Notifications"

static const char interface_xml[] = "<node><interface name='" SERVICE "'>"
                                    "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
                                    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>"
                                    "<arg type='i' direction='in'/><arg type='u' direction='out'/></method></interface></node>";

typedef struct {
  GDBusConnection *bus;
  guint            id;
  guint            n;
  char            *title;   /* of the last one */
  char            *body;
} Desktop;

static Desktop desktop;

static void
call_cb (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               data)
{
  g_free (desktop.title);
  g_free (desktop.body);
  g_variant_get (parameters, "(susssasa{sv}i)", NULL, NULL, NULL, &desktop.title, &desktop.body, NULL, NULL, NULL);
  desktop.n++;
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", desktop.n));
}

/* In the place of the desktop, on the bus of the tests. False: there is none, or it is somebody's. */
static gboolean
desktop_start (void)
{
  static const GDBusInterfaceVTable table = { .method_call = call_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) reply = NULL;
  guint how = 0;

  if (address)
    desktop.bus = g_dbus_connection_new_for_address_sync (address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                          NULL, NULL, NULL);
  if (!desktop.bus)
    return FALSE;
  desktop.id = g_dbus_connection_register_object (desktop.bus, "/org/freedesktop/Notifications", node->interfaces[0], &table, NULL, NULL, NULL);
  g_assert_cmpuint (desktop.id, !=, 0);
  /* Not waiting in a row for the name. */
  reply = g_dbus_connection_call_sync (desktop.bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", SERVICE, 4u), G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  if (reply)
    g_variant_get (reply, "(u)", &how);
  return how == 1;
}

static void
desktop_stop (void)
{
  if (desktop.id != 0)
    g_dbus_connection_unregister_object (desktop.bus, desktop.id);
  g_clear_object (&desktop.bus);
  g_free (desktop.title);
  g_free (desktop.body);
}

static guint
get_active (Fixture *self)
{
  guint n;

  g_object_get (self->page->queue, "n-active", &n, NULL);
  return n;
}

/* A download that is over, as if it had taken so many seconds longer. */
static void
download (Fixture *self,
          gint64   seconds)
{
  static guint number;
  g_autofree char *path = g_strdup_printf ("%s/%u", test_folder, number++);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) remote = test_bytes ("/a.txt");

  test_ftp_hold (self->ftp, test_ftp_count (self->ftp, ""));
  tl_transfer_queue_download (self->page->queue, tl_ftp_page_get_client (self->page), remote, FALSE, -1, file);
  test_wait (get_active (self) == 1 && self->page->busy_since != 0);
  self->page->busy_since -= seconds * G_USEC_PER_SEC;
  test_ftp_hold (self->ftp, G_MAXUINT);
  test_wait (get_active (self) == 0);
}

/* Short ones are not worth a word; long ones are, and how many have failed. */
static void
test_notify (void)
{
  g_autofree char *id = g_strdup_printf ("org.tonglu.Test.p%d", (int) getpid ());
  g_autoptr (GApplication) application = g_application_new (id, G_APPLICATION_DEFAULT_FLAGS);
  GtkWidget *other;
  Fixture self = { 0 };

  if (!desktop_start () || !g_application_register (application, NULL, NULL))
    {
      g_test_skip ("there is no bus of the test's own");
      desktop_stop ();
      return;
    }
  page_open (&self, TEST_PAGE_FILES);
  page_connect (&self);
  test_wait (page_lists (&self, 3));
  test_ftp_content (self.ftp, "hello");
  /* Who looks needs no word. */
  other = tl_ui_test_window (gtk_label_new ("another"), 200, 100);
  test_wait (!gtk_window_is_active (GTK_WINDOW (self.window)));

  download (&self, 0);
  download (&self, 25);
  test_wait (desktop.n > 0);
  g_assert_cmpuint (desktop.n, ==, 1);
  g_assert_nonnull (strstr (desktop.title, "127.0.0.1"));
  g_assert_cmpstr (desktop.body, ==, "All transfers are done.");

  download (&self, 0);
  test_ftp_answer_only (self.ftp, "RETR", "550 secret\r\n");
  download (&self, 25);
  /* They come in their order: none of the short ones is among them. */
  test_wait (strstr (desktop.body, "failed") != NULL);
  g_assert_cmpuint (desktop.n, ==, 2);
  g_assert_cmpstr (desktop.body, ==, "All transfers are over: 1 has failed.");
  gtk_window_destroy (GTK_WINDOW (other));
  page_close (&self);
  desktop_stop ();
}

int
main (int   argc,
      char *argv[])
{
  int result;

  test_folder_make ();
  g_setenv ("XDG_DATA_HOME", test_folder, TRUE);
  g_setenv ("GNOTIFICATION_BACKEND", "freedesktop", TRUE);
  tl_ui_test_init (&argc, &argv);
  g_test_add_func ("/ftp-page-notify/long", test_notify);
  result = g_test_run ();
  test_folder_remove ();
  return result;
}
