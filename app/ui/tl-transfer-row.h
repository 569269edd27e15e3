/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-transfer.h"

G_BEGIN_DECLS

#define TL_TYPE_TRANSFER_ROW (tl_transfer_row_get_type ())
G_DECLARE_FINAL_TYPE (TlTransferRow, tl_transfer_row, TL, TRANSFER_ROW, GtkWidget)

/**
 * TlTransferRow:
 *
 * One transfer in a list: which way, what, where to, how far. Redraws once a frame at most. Signals: "cancel", "retry": the button was clicked.
 */
GtkWidget  *tl_transfer_row_new          (void);
TlTransfer *tl_transfer_row_get_transfer (TlTransferRow *self);
/* (nullable) */
void        tl_transfer_row_set_transfer (TlTransferRow *self,
                                          TlTransfer    *transfer);

G_END_DECLS
