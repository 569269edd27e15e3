/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-quick-item-row.h"
#include "tl-quick-runner.h"

G_BEGIN_DECLS

#define TL_TYPE_SEQUENCE_ROW (tl_sequence_row_get_type ())
G_DECLARE_FINAL_TYPE (TlSequenceRow, tl_sequence_row, TL, SEQUENCE_ROW, TlQuickItemRow)

/**
 * TlSequenceRow:
 *
 * A sequence in the pane: its name, how far its run is, a button that starts and stops it. Actions of its own: "row.run", "row.log" (its run
 * log).
 */
GtkWidget  *tl_sequence_row_new          (GListStore    *sequences,
                                          TlQuickRunner *runner,
                                          TlSequence    *sequence);
TlSequence *tl_sequence_row_get_sequence (TlSequenceRow *self);

G_END_DECLS
