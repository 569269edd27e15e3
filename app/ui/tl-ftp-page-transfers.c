/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue of an FTP page beyond the page: what an earlier run has left, and what the next shall find. */

#include "tl-ftp-page-private.h"

#include "tl-transfer-home.h"

static void
restored_cb (TlFtpPage *self)
{
  g_object_set (self, "lower", "transfers", NULL);
}

void
tl_ftp_page_init_transfers (TlFtpPage *self)
{
  TlTransferStore *store = tl_transfer_home_get ();

  tl_transfer_queue_set_store (self->queue, store);
  g_signal_connect_object (store, "failed", G_CALLBACK (tl_ftp_page_toast), self, G_CONNECT_SWAPPED);
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
}

void
tl_ftp_page_continue (TlFtpPage *self,
                      TlFtpSite *site)
{
  g_return_if_fail (TL_IS_FTP_PAGE (self));

  self->goes_on = TRUE;
  tl_ftp_page_connect (self, site, NULL);
}
