/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One folder after the other: what is asked for, and what comes of it. */

#include "tl-ftp-browser-private.h"

#include "tl-ftp-load.h"

typedef struct {
  TlFtpMove     move;
  gboolean      connect;
  GBytes       *target;
  GCancellable *cancellable;
  TlFtpBrowser *browser;
} Load;

static void
load_free (Load *load)
{
  g_clear_pointer (&load->target, g_bytes_unref);
  g_object_unref (load->cancellable);
  g_object_unref (load->browser);
  g_free (load);
}

static void
show (TlFtpBrowser *self,
      TlFtpMove     move,
      GBytes       *path,
      TlFtpListing *listing)
{
  g_autoptr (GBytes) held = g_bytes_ref (path);

  g_signal_emit_by_name (self, "replacing", path);
  tl_ftp_history_move (&self->history, move, self->path, path);
  g_clear_pointer (&self->path, g_bytes_unref);
  self->path = g_steal_pointer (&held);
  g_clear_pointer (&self->listing, tl_ftp_listing_unref);
  self->listing = tl_ftp_listing_ref (listing);
  tl_ftp_directory_set_listing (self->directory, listing);
  tl_ftp_browser_notify_place (self);
  g_signal_emit_by_name (self, "loaded");
}

static void
note_failure (TlFtpBrowser *self,
              const Load   *load,
              const GError *error)
{
  self->failed_connect = load->connect;
  self->failed_move = load->move;
  g_clear_pointer (&self->failed_target, g_bytes_unref);
  self->failed_target = load->target ? g_bytes_ref (load->target) : NULL;
  tl_ftp_browser_set_error (self, error);
}

/* Another folder is shown than the one that was asked for: which, and why, is said above it. */
static void
note_start (TlFtpBrowser *self,
            TlFtpClient  *client)
{
  g_autoptr (GError) error = tl_ftp_client_take_start_error (client);

  if (!error)
    return;
  self->failed_connect = FALSE;
  self->failed_move = TL_FTP_MOVE_GO;
  g_clear_pointer (&self->failed_target, g_bytes_unref);
  g_object_get (tl_ftp_client_get_site (client), "start-dir", &self->failed_target, NULL);
  tl_ftp_browser_set_error (self, error);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  TlFtpClient *client = TL_FTP_CLIENT (source);
  Load *load = data;
  TlFtpBrowser *self = load->browser;
  g_autoptr (GError) error = NULL;
  g_autoptr (TlFtpListing) listing = tl_ftp_load_finish (client, result, &error);
  GBytes *path = tl_ftp_client_get_directory (client);

  /* Else another has begun since, or it was stopped. */
  if (self->cancellable == load->cancellable)
    {
      g_clear_object (&self->cancellable);
      if (listing && path)
        {
          show (self, load->move, path, listing);
          note_start (self, client);
        }
      else if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        note_failure (self, load, error);
      g_object_notify (G_OBJECT (self), "loading");
    }
  load_free (load);
}

void
tl_ftp_browser_start (TlFtpBrowser *self,
                      gboolean      connect,
                      TlFtpMove     move,
                      GBytes       *target)
{
  Load *load = g_new0 (Load, 1);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  load->browser = g_object_ref (self);
  load->cancellable = g_object_ref (self->cancellable);
  load->connect = connect;
  load->move = move;
  load->target = target ? g_bytes_ref (target) : NULL;
  tl_ftp_browser_set_error (self, NULL);
  g_object_notify (G_OBJECT (self), "loading");
  tl_ftp_load_async (self->client, self->directory, connect, load->target, load->cancellable, loaded_cb, load);
}
