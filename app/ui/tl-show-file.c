/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A local file shown by the desktop. */

#include "tl-show-file.h"

typedef struct {
  GFile     *file;
  GtkWindow *parent;   /* weak */
} Showing;

static void
showing_free (Showing *showing)
{
  g_clear_weak_pointer (&showing->parent);
  g_object_unref (showing->file);
  g_free (showing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Showing, showing_free)

void
tl_show_file_open (GFile     *file,
                   GtkWindow *parent)
{
  g_autofree char *uri = g_file_get_uri (file);

  gtk_show_uri_full (parent, uri, GDK_CURRENT_TIME, NULL, NULL, NULL);
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Showing) showing = user_data;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr (GFile) folder = NULL;

  if (answer != NULL)
    return;
  folder = g_file_get_parent (showing->file);
  tl_show_file_open (folder != NULL ? folder : showing->file, showing->parent);
}

static void
bus_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (Showing) showing = user_data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);
  g_autofree char *uri = g_file_get_uri (showing->file);
  const char *uris[] = { uri, NULL };

  if (bus == NULL)
    {
      g_autoptr (GFile) folder = g_file_get_parent (showing->file);

      tl_show_file_open (folder != NULL ? folder : showing->file, showing->parent);
      return;
    }
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1", "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, shown_cb,
                          g_steal_pointer (&showing));
}

void
tl_show_file_in_folder (GFile     *file,
                        GtkWindow *parent)
{
  Showing *showing = g_new0 (Showing, 1);

  showing->file = g_object_ref (file);
  g_set_weak_pointer (&showing->parent, parent);
  g_bus_get (G_BUS_TYPE_SESSION, NULL, bus_cb, showing);
}
