/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlTransferLane share; for them alone. */

#include "tl-linger.h"
#include "tl-transfer-backlog.h"
#include "tl-transfer-lane.h"
#include "tl-transfer-queue-private.h"

G_BEGIN_DECLS

/* One connection. @transfer: what it is at, or cleans up after; @borrowed: it is the browsing one. */
typedef struct {
  TlFtpClient *client;
  TlTransfer  *transfer;
  gboolean     connected;
  gboolean     borrowed;
} TlTransferWorker;

struct _TlTransferLane
{
  gatomicrefcount    ref_count;
  TlTransferQueue   *queue;     /* NULL: it is gone */
  TlFtpClient       *client;
  GPtrArray         *workers;   /* of TlTransferWorker */
  TlTransferBacklog *backlog;
  GQueue             rubbish;   /* of TlTransfer: cancelled, what they left on the server is to go */
  guint              limit;     /* connections that the server lets in; 0: only the browsing one */
  guint              failures;  /* to connect, in a row */
  gboolean           stopped;   /* connecting failed for good: until the user wants something again */
  guint              pause;     /* before connecting again */
  guint              idle;
  TlLinger          *linger;
};

/* Of a transfer that was tried: it waits for another try, fails, or was cancelled. */
void tl_transfer_lane_failed            (TlTransferLane *self,
                                         TlTransfer     *transfer,
                                         const GError   *error);
/* Of one for which no connection could be made: likewise, and the others with it. */
void tl_transfer_lane_failed_to_connect (TlTransferLane *self,
                                         TlTransfer     *transfer,
                                         const GError   *error);
/* The server does not let in more connections than there are. */
void tl_transfer_lane_lower_limit       (TlTransferLane *self);

G_END_DECLS
