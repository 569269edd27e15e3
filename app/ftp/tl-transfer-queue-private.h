/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-transfer-private.h"
#include "tl-transfer-store.h"
#include "tl-transfer-sweep.h"

G_BEGIN_DECLS

/* What the files of TlTransferQueue share; the fields are for them alone. */
struct _TlTransferQueue
{
  GObject          parent_instance;

  GPtrArray       *items;
  GPtrArray       *running;     /* those whose progress is told */
  GQueue           asking;
  GPtrArray       *lanes;
  GPtrArray       *feeds;       /* of TlTransferFeed */
  GPtrArray       *adding;      /* of TlTransfer: since begin_adding() (nullable) */
  guint            parallel;
  guint            parallel_most; /* where more than those help; fewer: they are all */
  guint64          n_over;        /* files that ever ended */
  guint            retry_delay;
  gboolean         hashes;

  guint            n_active;
  guint            n_failed;
  guint            n_paused;
  guint            n_ended_well;
  guint            n_unknown;   /* active, of unknown size; folders that run tell themselves */
  gint64           total_size;  /* of all since nothing was active */
  guint64          total_moved;
  TlTransfer      *total;       /* carries the speed of all; in no list */
  guint            tick;
  guint            told_items;
  guint            told_active;
  guint            told_failed;
  guint            told_paused;
  TlTransferStore *store;       /* (nullable) */
  gint64           owner;       /* its number there */
  guint            n_ticks;
  TlTransferSweep *sweep;       /* what is being done to many (nullable) */
  gboolean         held;        /* nothing is begun meanwhile */
  gboolean         disposed;
};

static inline gboolean
tl_transfer_state_is_active (TlTransferState state)
{
  return state == TL_TRANSFER_WAITING || state == TL_TRANSFER_RUNNING || state == TL_TRANSFER_ASKING;
}

/* Appends them, in one change of the list. */
void     tl_transfer_queue_add       (TlTransferQueue *self,
                                      GPtrArray       *transfers);
/* The same for what the user wants, which @client's lane is to move. */
void     tl_transfer_queue_add_top   (TlTransferQueue *self,
                                      TlFtpClient     *client,
                                      GPtrArray       *transfers);
/* Another lane for @client, or the one that there is. */
TlTransferLane *tl_transfer_queue_get_lane (TlTransferQueue *self,
                                      TlFtpClient     *client);
/* For one that comes into the list: its row. */
void     tl_transfer_queue_keep      (TlTransferQueue *self,
                                      TlTransfer      *transfer);
/* Whatever ended it, or not: it is to be done. */
void     tl_transfer_queue_start_again (TlTransferQueue *self,
                                      TlTransfer      *transfer);
void     tl_transfer_queue_cancel_one (TlTransferQueue *self,
                                      TlTransfer      *transfer);
void     tl_transfer_queue_emit_restored (TlTransferQueue *self,
                                      guint            n);
/* Nothing is done to many any more. */
void     tl_transfer_queue_swept     (TlTransferQueue *self);
/* Every change of a transfer's state goes through here: it keeps the totals, and those of the folder that it is in. */
void     tl_transfer_queue_set_state (TlTransferQueue *self,
                                      TlTransfer      *transfer,
                                      TlTransferState  state,
                                      const char      *error,
                                      const char      *note);
/* Its size or "moved" is another: the totals follow. */
void     tl_transfer_queue_account   (TlTransferQueue *self,
                                      TlTransfer      *transfer);
/* @transfer's question is filled in. */
void     tl_transfer_queue_ask       (TlTransferQueue *self,
                                      TlTransfer      *transfer);
/* All that @folder holds is in the queue. */
void     tl_transfer_queue_folder_walked (TlTransferQueue *self,
                                      TlTransfer      *folder);
/* What was taken for a file is a folder. */
void     tl_transfer_queue_become_folder (TlTransferQueue *self,
                                      TlTransfer      *transfer);
/* The remote paths of what is in the queue and directly in @folder. (transfer full) */
GHashTable *tl_transfer_queue_dup_children (TlTransferQueue *self,
                                      TlTransfer      *folder);
guint    tl_transfer_queue_get_n_asking (TlTransferQueue *self);
/* For the files of the queue: notifies of the totals; makes sure that they are told soon; ends a top folder that is over; takes the first @most that may go out of the list. */
void     tl_transfer_queue_tell      (TlTransferQueue *self);
void     tl_transfer_queue_need_tick (TlTransferQueue *self);
void     tl_transfer_queue_check_top (TlTransferQueue *self,
                                      TlTransfer      *top);
void     tl_transfer_queue_take_out  (TlTransferQueue *self,
                                      guint            most,
                                      gboolean         failed);
/* The same for those of @chosen (a set) and what is in them, also failed ones. */
void     tl_transfer_queue_take_chosen (TlTransferQueue *self,
                                      GHashTable      *chosen);
/* One that failed is not wanted any more; its folder tells of it again afterwards, if it is over. */
void     tl_transfer_queue_disown    (TlTransferQueue *self,
                                      TlTransfer      *transfer);
void     tl_transfer_queue_tell_top  (TlTransferQueue *self,
                                      TlTransfer      *top);
void     tl_transfer_queue_emit_ask  (TlTransferQueue *self,
                                      TlTransfer      *transfer);
void     tl_transfer_queue_emit_finished (TlTransferQueue *self,
                                      TlTransfer      *transfer);
guint    tl_transfer_queue_get_parallel (TlTransferQueue *self);
guint    tl_transfer_queue_get_retry_delay (TlTransferQueue *self);

G_END_DECLS
