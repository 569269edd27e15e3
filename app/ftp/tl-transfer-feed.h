/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-transfer-queue.h"

G_BEGIN_DECLS

/**
 * TlTransferFeed:
 *
 * Puts many downloads into a queue, a few milliseconds' worth in each turn of the main loop, each slice as one change of the list. The queue owns it. Not a GObject.
 */
typedef struct _TlTransferFeed TlTransferFeed;

/* The first slice is in the queue when it returns. (nullable): NULL when that was all. */
TlTransferFeed *tl_transfer_feed_new  (TlTransferQueue *queue,
                                       TlFtpClient     *client,
                                       GBytes          *dir,
                                       TlFtpListing    *listing,
                                       GArray          *indices,
                                       TlFtpCharset     charset,
                                       TlCharset        guess,
                                       GFile           *folder);
void            tl_transfer_feed_free (TlTransferFeed  *self);

G_END_DECLS
