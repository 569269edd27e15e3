/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders: into a file, or into the model that the window shows. */

#include "ftp-drive-private.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void
put_hex (FILE         *file,
         const guint8 *bytes,
         gsize         length)
{
  if (length == 0)
    fputc ('-', file);
  for (gsize i = 0; i < length; i++)
    fprintf (file, "%02x", bytes[i]);
}

/* Bytes in memory, as the system counts them. */
static gsize
resident (void)
{
  g_autofree char *statm = NULL;
  const char *second;

  if (!g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL))
    return 0;
  second = strchr (statm, ' ');
  return second != NULL ? g_ascii_strtoull (second, NULL, 10) * sysconf (_SC_PAGESIZE) : 0;
}

static void
write_entries (TlFtpListing *listing,
               const char   *path)
{
  FILE *file = fopen (path, "w");

  if (file == NULL)
    g_error ("%s: %s", path, g_strerror (errno));
  for (guint i = 0; i < tl_ftp_listing_get_n_entries (listing); i++)
    {
      TlFtpListingItem item;

      tl_ftp_listing_get_entry (listing, i, &item);
      fprintf (file, "%d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d %d ", item.kind, item.size, item.time, item.precision, item.mode);
      put_hex (file, item.name, item.name_length);
      fputc (' ', file);
      put_hex (file, item.target, item.target_length);
      fputc ('\n', file);
    }
  if (fclose (file) != 0)
    g_error ("%s: %s", path, g_strerror (errno));
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Drive *self = user_data;
  GError *error = NULL;
  g_autoptr (TlFtpListing) listing = tl_ftp_client_list_finish (self->client, result, &error);

  if (listing == NULL)
    {
      drive_answer_error (self, error);
      return;
    }
  write_entries (listing, self->file);
  drive_answer (self, "ok %u %u %d", tl_ftp_listing_get_n_entries (listing), tl_ftp_listing_get_n_unparsed (listing),
          tl_ftp_listing_get_format (listing));
}

static void
answer_directory (Drive *self)
{
  double seconds = (g_get_monotonic_time () - self->began) / 1e6;
  gsize now = resident ();

  drive_answer (self, "ok %u %.4f %" G_GSIZE_FORMAT, g_list_model_get_n_items (G_LIST_MODEL (self->directory)), seconds,
          now > self->memory ? now - self->memory : 0);
  g_clear_object (&self->directory);
}

static void
busy_changed_cb (GObject    *object,
                 GParamSpec *pspec,
                 gpointer    user_data)
{
  gboolean busy;

  g_object_get (object, "busy", &busy, NULL);
  if (!busy)
    {
      g_signal_handlers_disconnect_by_func (object, busy_changed_cb, user_data);
      answer_directory (user_data);
    }
}

static void
directory_listed_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  Drive *self = user_data;
  GError *error = NULL;
  g_autoptr (TlFtpListing) listing = tl_ftp_client_list_finish (self->client, result, &error);
  gboolean busy;

  if (listing == NULL)
    {
      drive_answer_error (self, error);
      return;
    }
  self->directory = tl_ftp_directory_new ();
  tl_ftp_directory_set_listing (self->directory, listing);
  g_object_get (self->directory, "busy", &busy, NULL);
  if (busy)
    g_signal_connect (self->directory, "notify::busy", G_CALLBACK (busy_changed_cb), self);
  else
    answer_directory (self);
}

gboolean
drive_list (Drive  *self,
            char  **words,
            GBytes *path)
{
  if (g_str_equal (words[0], "list"))
    {
      self->file = drive_text_from_hex (words[2]);
      tl_ftp_client_list_async (self->client, path, self->cancellable, listed_cb, self);
      return TRUE;
    }
  if (g_str_equal (words[0], "directory"))
    {
      self->memory = resident ();
      self->began = g_get_monotonic_time ();
      tl_ftp_client_list_async (self->client, path, self->cancellable, directory_listed_cb, self);
      return TRUE;
    }
  return FALSE;
}
