/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_LOG_SELECTION (tl_log_selection_get_type ())
G_DECLARE_FINAL_TYPE (TlLogSelection, tl_log_selection, TL, LOG_SELECTION, GObject)

/**
 * TlLogSelection:
 *
 * Any number of selected rows over a lazy list: positions, never items. GtkMultiSelection keeps an item for each selected row, so that
 * "select all" would make an object of every message.
 */
TlLogSelection *tl_log_selection_new (GListModel *model);

G_END_DECLS
