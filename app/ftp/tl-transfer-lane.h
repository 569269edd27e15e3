/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-transfer-private.h"

G_BEGIN_DECLS

/*
 * TlTransferLane:
 *
 * What goes over the siblings of one browsing connection: who waits, which connections there are, and when what failed is tried again.
 */
TlTransferLane *tl_transfer_lane_new      (TlTransferQueue *queue,
                                           TlFtpClient     *client);
void            tl_transfer_lane_free     (TlTransferLane  *self);
TlFtpClient    *tl_transfer_lane_get_client (TlTransferLane *self);
/* @transfer waits: it runs when its turn comes, at the end or, @first, before all others. */
void            tl_transfer_lane_push     (TlTransferLane  *self,
                                           TlTransfer      *transfer,
                                           gboolean         first);
/* @transfer, which waits or asks or is a folder that runs, is cancelled. */
void            tl_transfer_lane_drop     (TlTransferLane  *self,
                                           TlTransfer      *transfer);
/* Whether something that was begun on the server still waits to be removed. */
gboolean        tl_transfer_lane_has_rubbish (TlTransferLane *self);
/* Who waits comes in the order of @items (of TlTransfer), each priority for itself. */
void            tl_transfer_lane_sort     (TlTransferLane  *self,
                                           GPtrArray       *items);
/* A folder that runs stops: no more of what it holds comes into the queue. */
void            tl_transfer_lane_leave_content (TlTransferLane *self,
                                                TlTransfer     *folder);
/* So often while anything is active. @done: how much has got through in the whole queue. */
void            tl_transfer_lane_tick     (TlTransferLane  *self,
                                           gint64           now,
                                           guint64          done);
/* Something that may let the next one run has changed. */
void            tl_transfer_lane_dispatch (TlTransferLane  *self);

G_END_DECLS
