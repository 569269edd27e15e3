/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue of an FTP page beyond the page: what an earlier run has left, and what the next shall find. */

#include "tl-ftp-page-private.h"

#include "tl-transfer-home.h"

#include <glib/gi18n-lib.h>

/* What takes so long is not waited for. */
#define LONG_S 20

static void
restored_cb (TlFtpPage *self)
{
  g_object_set (self, "lower", "transfers", NULL);
}

/* It took long, and nobody looks: the desktop tells. */
static void
notify_over (TlFtpPage *self)
{
  GApplication *application = g_application_get_default ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  TlFtpClient *client = tl_ftp_browser_get_client (self->browser);
  g_autofree char *title = client ? tl_ftp_site_dup_title (tl_ftp_client_get_site (client)) : g_strdup (_("FTP"));
  g_autofree char *body = NULL;
  g_autoptr (GNotification) notification = NULL;
  guint n_failed = 0;

  if (!application || !g_application_get_is_registered (application) || (GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root))))
    return;
  g_object_get (self->queue, "n-failed", &n_failed, NULL);
  if (n_failed > 0)
    body = g_strdup_printf (ngettext ("All transfers are over: %u has failed.", "All transfers are over: %u have failed.", n_failed), n_failed);
  else
    body = g_strdup (_("All transfers are done."));
  notification = g_notification_new (title);
  g_notification_set_body (notification, body);
  g_application_send_notification (application, "transfers", notification);
}

static void
active_cb (TlFtpPage *self)
{
  guint n_active = 0, n_paused = 0;
  gint64 now = g_get_monotonic_time ();

  g_object_get (self->queue, "n-active", &n_active, "n-paused", &n_paused, NULL);
  if (n_active > 0 && self->busy_since == 0)
    self->busy_since = now;
  if (n_active > 0 || self->busy_since == 0)
    return;
  if (n_paused == 0 && now - self->busy_since >= LONG_S * G_USEC_PER_SEC)
    notify_over (self);
  self->busy_since = 0;
}

void
tl_ftp_page_init_transfers (TlFtpPage *self)
{
  TlTransferStore *store = tl_transfer_home_get ();

  tl_transfer_queue_set_store (self->queue, store);
  g_signal_connect_object (store, "failed", G_CALLBACK (tl_ftp_page_toast), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->queue, "notify::n-active", G_CALLBACK (active_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->queue, "restored", G_CALLBACK (restored_cb), self, G_CONNECT_SWAPPED);
}

/* Once for each connection, as soon as there is one. */
void
tl_ftp_page_attach_transfers (TlFtpPage *self)
{
  TlFtpClient *client = tl_ftp_browser_get_client (self->browser);

  if (self->attached == client)
    return;
  g_set_weak_pointer (&self->attached, client);
  tl_transfer_queue_attach (self->queue, client, self->goes_on);
  self->goes_on = FALSE;
  tl_ftp_page_take_edits (self, tl_ftp_client_get_site (client));
}

void
tl_ftp_page_continue (TlFtpPage *self,
                      TlFtpSite *site)
{
  g_return_if_fail (TL_IS_FTP_PAGE (self));

  self->goes_on = TRUE;
  tl_ftp_page_connect (self, site, NULL);
}
