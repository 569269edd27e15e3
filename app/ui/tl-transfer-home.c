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

void
tl_transfer_home_close (void)
{
  if (store != NULL)
    tl_transfer_store_close (store);
  g_clear_object (&store);
}
