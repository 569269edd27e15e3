/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-history-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_HISTORY_ROW (tl_history_row_get_type ())
G_DECLARE_FINAL_TYPE (TlHistoryRow, tl_history_row, TL, HISTORY_ROW, GtkWidget)

/**
 * TlHistoryRow:
 *
 * A session of the history in a list. Signal "menu" (double x, double y): the menu is asked for there.
 */
GtkWidget     *tl_history_row_new      (void);
/* NULL: none. */
void           tl_history_row_set_item (TlHistoryRow  *self,
                                        TlHistoryItem *item);
TlHistoryItem *tl_history_row_get_item (TlHistoryRow  *self);
/* Whether the name of the day stands above it. */
void           tl_history_row_set_shows_day (TlHistoryRow *self,
                                        gboolean       shows_day);

G_END_DECLS
