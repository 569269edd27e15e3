/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-transfer-queue.h"

G_BEGIN_DECLS

/**
 * TlTransferSweep:
 *
 * The same is done to many transfers of a queue, a few milliseconds' worth in each turn of the main loop; when several things are to be done, in the order in which they were
 * asked for. Not a GObject.
 */
typedef struct _TlTransferSweep TlTransferSweep;

typedef void (*TlTransferSweepFunc) (TlTransferQueue     *queue,
                                     TlTransfer          *transfer);
/* Nothing is left to do. */
typedef void (*TlTransferSweptFunc) (TlTransferQueue     *queue);

TlTransferSweep *tl_transfer_sweep_new  (TlTransferQueue     *queue,
                                         TlTransferSweptFunc  over);
void             tl_transfer_sweep_free (TlTransferSweep     *self);
/* @transfers: (transfer full) (element-type TlTransfer): the first are done when it returns. */
void             tl_transfer_sweep_add  (TlTransferSweep     *self,
                                         GPtrArray           *transfers,
                                         TlTransferSweepFunc  func);

G_END_DECLS
