/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user wants to be moved, one by one and many at once. */

#include "tl-transfer-feed.h"
#include "tl-transfer-lane.h"
#include "tl-transfer-queue-private.h"

TlTransferLane *
tl_transfer_queue_get_lane (TlTransferQueue *self,
                            TlFtpClient     *client)
{
  TlTransferLane *lane;

  for (guint i = 0; i < self->lanes->len; i++)
    if (tl_transfer_lane_get_client (self->lanes->pdata[i]) == client)
      return self->lanes->pdata[i];

  lane = tl_transfer_lane_new (self, client);
  g_ptr_array_add (self->lanes, lane);
  return lane;
}

/* What the user wants: in the list, then to their lanes. */
static void
add_and_push (TlTransferQueue *self,
              GPtrArray       *transfers)
{
  if (transfers->len == 0)
    return;
  tl_transfer_queue_add (self, transfers);
  tl_transfer_queue_tell (self);
  for (guint i = 0; i < transfers->len; i++)
    tl_transfer_lane_push (((TlTransfer *) transfers->pdata[i])->lane, transfers->pdata[i], FALSE);
}

void
tl_transfer_queue_add_top (TlTransferQueue *self,
                           TlFtpClient     *client,
                           GPtrArray       *transfers)
{
  TlTransferLane *lane = tl_transfer_queue_get_lane (self, client);

  for (guint i = 0; i < transfers->len; i++)
    ((TlTransfer *) transfers->pdata[i])->lane = lane;
  add_and_push (self, transfers);
}

static TlTransfer *
add_top (TlTransferQueue *self,
         TlFtpClient     *client,
         gboolean         upload,
         gboolean         folder,
         gint64           size,
         GBytes          *remote,
         GFile           *local)
{
  g_autoptr (GFile) parent = g_file_get_parent (local);
  g_autofree char *root = parent != NULL ? g_file_get_path (parent) : NULL;
  g_autofree char *path = g_file_get_basename (local);
  g_autoptr (GPtrArray) transfers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TlFtpSite) site = NULL;
  TlTransfer *transfer;

  g_object_get (client, "site", &site, NULL);
  transfer = tl_transfer_new (site, upload, folder, remote, root != NULL ? root : "", path != NULL ? path : "");
  transfer->size = size;
  transfer->lane = tl_transfer_queue_get_lane (self, client);
  if (self->adding != NULL)
    g_ptr_array_add (self->adding, transfer);
  else
    {
      /* The list holds it afterwards. */
      g_ptr_array_add (transfers, transfer);
      add_and_push (self, transfers);
    }
  return transfer;
}

TlTransfer *
tl_transfer_queue_download (TlTransferQueue *self,
                            TlFtpClient     *client,
                            GBytes          *remote,
                            gboolean         is_folder,
                            gint64           size,
                            GFile           *local)
{
  g_return_val_if_fail (TL_IS_TRANSFER_QUEUE (self), NULL);
  g_return_val_if_fail (remote != NULL && G_IS_FILE (local), NULL);

  return add_top (self, client, FALSE, is_folder, is_folder ? -1 : MAX (size, -1), remote, local);
}

TlTransfer *
tl_transfer_queue_upload (TlTransferQueue *self,
                          TlFtpClient     *client,
                          GFile           *local,
                          GBytes          *remote)
{
  g_return_val_if_fail (TL_IS_TRANSFER_QUEUE (self), NULL);
  g_return_val_if_fail (remote != NULL && G_IS_FILE (local), NULL);

  return add_top (self, client, TRUE, FALSE, -1, remote, local);
}

void
tl_transfer_queue_download_entries (TlTransferQueue *self,
                                    TlFtpClient     *client,
                                    GBytes          *dir,
                                    TlFtpListing    *listing,
                                    GArray          *indices,
                                    TlFtpCharset     charset,
                                    TlCharset        guess,
                                    GFile           *folder)
{
  TlTransferFeed *feed;

  g_return_if_fail (TL_IS_TRANSFER_QUEUE (self));
  g_return_if_fail (dir != NULL && listing != NULL && G_IS_FILE (folder));

  feed = tl_transfer_feed_new (self, client, dir, listing, indices, charset, guess, folder);
  if (feed != NULL)
    g_ptr_array_add (self->feeds, feed);
}

void
tl_transfer_queue_begin_adding (TlTransferQueue *self)
{
  g_return_if_fail (TL_IS_TRANSFER_QUEUE (self) && self->adding == NULL);

  self->adding = g_ptr_array_new_with_free_func (g_object_unref);
}

void
tl_transfer_queue_end_adding (TlTransferQueue *self)
{
  g_autoptr (GPtrArray) transfers = NULL;

  g_return_if_fail (TL_IS_TRANSFER_QUEUE (self) && self->adding != NULL);

  transfers = g_steal_pointer (&self->adding);
  add_and_push (self, transfers);
}
