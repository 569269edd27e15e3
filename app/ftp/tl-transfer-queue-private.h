/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-transfer-private.h"

G_BEGIN_DECLS

/* Appends them, in one change of the list. */
void     tl_transfer_queue_add       (TlTransferQueue *self,
                                      GPtrArray       *transfers);
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
guint    tl_transfer_queue_get_parallel (TlTransferQueue *self);
guint    tl_transfer_queue_get_retry_delay (TlTransferQueue *self);

G_END_DECLS
