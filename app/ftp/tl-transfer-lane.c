/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes over the siblings of one browsing connection. */

#include "tl-transfer-lane.h"

#include "tl-transfer-queue-private.h"

struct _TlTransferLane
{
  TlTransferQueue *queue;
  TlFtpClient     *client;
};

TlTransferLane *
tl_transfer_lane_new (TlTransferQueue *queue,
                      TlFtpClient     *client)
{
  TlTransferLane *self = g_new0 (TlTransferLane, 1);

  self->queue = queue;
  self->client = g_object_ref (client);
  return self;
}

void
tl_transfer_lane_free (TlTransferLane *self)
{
  g_object_unref (self->client);
  g_free (self);
}

TlFtpClient *
tl_transfer_lane_get_client (TlTransferLane *self)
{
  return self->client;
}

void
tl_transfer_lane_push (TlTransferLane *self,
                       TlTransfer     *transfer,
                       gboolean        first)
{
  tl_transfer_lane_dispatch (self);
}

void
tl_transfer_lane_drop (TlTransferLane *self,
                       TlTransfer     *transfer)
{
  tl_transfer_queue_set_state (self->queue, transfer, TL_TRANSFER_CANCELLED, NULL, NULL);
}

void
tl_transfer_lane_dispatch (TlTransferLane *self)
{
}
