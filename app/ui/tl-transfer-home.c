/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store of transfers, once for the program. */

#include "tl-transfer-home.h"

static TlTransferStore *store;

TlTransferStore *
tl_transfer_home_get (void)
{
  if (store == NULL)
    store = tl_transfer_store_new_for_user ();
  return store;
}

static void
limit_cb (GSettings  *settings,
          const char *key)
{
  tl_ftp_rate_set_limit (tl_ftp_rate_get_shared (g_str_equal (key, "ftp-upload-limit")), g_settings_get_uint (settings, key));
}

void
tl_transfer_home_start (GSettings *settings)
{
  g_signal_connect (settings, "changed::ftp-download-limit", G_CALLBACK (limit_cb), NULL);
  g_signal_connect (settings, "changed::ftp-upload-limit", G_CALLBACK (limit_cb), NULL);
  limit_cb (settings, "ftp-download-limit");
  limit_cb (settings, "ftp-upload-limit");
}

void
tl_transfer_home_close (void)
{
  if (store != NULL)
    tl_transfer_store_close (store);
  g_clear_object (&store);
}
