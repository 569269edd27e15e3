/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of TlTransferStore share; the fields are for them alone. */

#include "tl-transfer-store.h"

G_BEGIN_DECLS

struct _TlTransferStore
{
  GObject     parent_instance;

  TlDatabase *database;
  int         lock;       /* -1: another program has it */
  GArray     *owners;     /* of gint64 */
  gint64      last_id;
  GPtrArray  *dirty;      /* of TlTransfer */
  guint       next;       /* of those, the first that is not handed in yet */
  guint64     n_touched;  /* all that ever were dirty; of those, handed in, and written */
  guint64     n_handed;
  guint64     n_written;
  guint       n_writing;  /* jobs */
  GPtrArray  *again;      /* of TlTransfer: what could not be written */
  guint64     again_until; /* as many changes as there were when the last of them came back: no folder is written as walked before */
  guint       again_ms;   /* how long the next of them waits */
  guint       retry;
  GArray     *waiters;    /* of Waiter: for so many to be written */
  guint       flush;
  gint64      flushed_at; /* monotonic */
  gboolean    urgent;     /* the flush comes at once */
  gboolean    failed;
  gboolean    closed;
};

/* @transfer is to be written; tl_transfer_store_plan() sees to when. */
void     tl_transfer_store_mark_dirty     (TlTransferStore *self,
                                           TlTransfer      *transfer);
void     tl_transfer_store_plan           (TlTransferStore *self);
/* What has ended well is kept only as long as its folder would put it into the queue again; a folder, as long as there may be something in it. */
gboolean tl_transfer_store_keeps          (TlTransfer      *transfer);

/* tl-transfer-store-again.c: what could not be written is tried again so much later, then after twice the time, and so on. */
#define TL_TRANSFER_STORE_AGAIN_MS 1000

/* @transfer is to be written when the next try comes. */
void     tl_transfer_store_add_again      (TlTransferStore *self,
                                           TlTransfer      *transfer);
/* The next try is now. */
void     tl_transfer_store_put_back       (TlTransferStore *self);
/* (element-type TlTransferRecord): they could not be written. */
void     tl_transfer_store_keep_for_again (TlTransferStore *self,
                                           GArray          *records);
/* Something could be written: what waits for long need not any more. */
void     tl_transfer_store_hurry          (TlTransferStore *self);

/* What was touched is written before what is asked next: a queue may just have gone. */
void     tl_transfer_store_hand_in        (TlTransferStore *self);

G_END_DECLS
