/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-quick-item-row.h"
#include "tl-quick-runner.h"

G_BEGIN_DECLS

#define TL_TYPE_QUICK_ROW (tl_quick_row_get_type ())
G_DECLARE_FINAL_TYPE (TlQuickRow, tl_quick_row, TL, QUICK_ROW, TlQuickItemRow)

/**
 * TlQuickRow:
 *
 * A quick send in the pane: its name, what it sends, its shortcut, its timer. Activating it is the list's business. Actions of its own: "row.timer", "row.reset-counter".
 */
GtkWidget   *tl_quick_row_new      (TlQuickSends  *sends,
                                    TlQuickRunner *runner,
                                    TlQuickSend   *send);
TlQuickSend *tl_quick_row_get_send (TlQuickRow    *self);

G_END_DECLS
