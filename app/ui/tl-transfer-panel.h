/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-transfer-queue.h"

G_BEGIN_DECLS

#define TL_TYPE_TRANSFER_PANEL (tl_transfer_panel_get_type ())
G_DECLARE_FINAL_TYPE (TlTransferPanel, tl_transfer_panel, TL, TRANSFER_PANEL, GtkWidget)

/**
 * TlTransferPanel:
 *
 * The transfers of a queue, a row each, with totals above them. Asks the overwrite questions of the queue, also while it is not shown itself, as long as it is in a window.
 *
 * Property: "queue" (TlTransferQueue, nullable, writable).
 */
TlTransferQueue *tl_transfer_panel_get_queue (TlTransferPanel *self);
void             tl_transfer_panel_set_queue (TlTransferPanel *self,
                                              TlTransferQueue *queue);

G_END_DECLS
