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
  guint       retry;
  GArray     *waiters;    /* of Waiter: for so many to be written */
  guint       flush;
  gint64      flushed_at; /* monotonic */
  gboolean    urgent;     /* the flush comes at once */
  gboolean    failed;
  gboolean    closed;
};

/* What was touched is written before what is asked next: a queue may just have gone. */
void tl_transfer_store_hand_in (TlTransferStore *self);

G_END_DECLS
