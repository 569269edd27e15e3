/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlTransferLane share; for them alone. */

#include "tl-linger.h"
#include "tl-transfer-backlog.h"
#include "tl-transfer-lane.h"
#include "tl-transfer-pace.h"
#include "tl-transfer-queue-private.h"

G_BEGIN_DECLS

/* One connection. @transfer: what it is at, or cleans up after; @bursting: stops it, while it is at many small files; @next: what it does then; @borrowed: it is the
 * browsing one. */
typedef struct {
  TlFtpClient  *client;
  TlTransfer   *transfer;
  GCancellable *bursting;
  TlTransfer   *next;
  gboolean      connected;
  gboolean      borrowed;
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
  guint              n_landing; /* files that are written */
  TlTransferPace     pace;
  TlLinger          *linger;
};

gboolean tl_transfer_worker_is_busy     (const TlTransferWorker *worker);
guint tl_transfer_lane_count_busy       (TlTransferLane *self);
/* Whether one more may be at work. */
gboolean tl_transfer_lane_has_room      (TlTransferLane *self);
TlTransferLane *tl_transfer_lane_ref    (TlTransferLane *self);
void tl_transfer_lane_unref             (TlTransferLane *self);
/* Whether a folder is being listed, or is about to. */
gboolean tl_transfer_lane_walks         (TlTransferLane *self);
gboolean tl_transfer_lane_has_bursts    (TlTransferLane *self);
/* Whether as many connections may be at work as are. */
gboolean tl_transfer_lane_has_place     (TlTransferLane *self);
/* One that lost its connection goes. */
void tl_transfer_lane_check_worker      (TlTransferLane   *self,
                                         TlTransferWorker *worker);
/* The queue is gone: @transfer was stopped, or has ended in the last moment. */
void tl_transfer_lane_note_stopped      (TlTransfer     *transfer,
                                         gboolean        ended);
/* Its question is filled in. */
void tl_transfer_lane_ask               (TlTransferLane *self,
                                         TlTransfer     *transfer);
/* Whether @transfer, a small file, can be fetched in a burst by @worker; and begins one with the worker's transfer. */
gboolean tl_transfer_lane_can_burst     (TlTransferLane   *self,
                                         TlTransferWorker *worker,
                                         TlTransfer       *transfer);
void tl_transfer_lane_burst             (TlTransferLane   *self,
                                         TlTransferWorker *worker);
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
