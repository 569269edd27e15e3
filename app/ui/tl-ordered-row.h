/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_ORDERED_ROW (tl_ordered_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (TlOrderedRow, tl_ordered_row, TL, ORDERED_ROW, GtkListBoxRow)

/**
 * TlOrderedRow:
 *
 * A row that edits one item of a GListStore, which says the order. Actions: "row.up" and "row.down" (Alt+Up, Alt+Down), which the ends of the list have not, and
 * "row.remove".
 */
struct _TlOrderedRowClass
{
  GtkListBoxRowClass parent_class;
};

/* For subclasses, once. */
void     tl_ordered_row_set_item  (TlOrderedRow *self,
                                   GListStore   *items,
                                   GObject      *item);
/* Puts @item before the one that is at @place in @items now. False: it is not in there. */
gboolean tl_ordered_row_move_item (GListStore   *items,
                                   gpointer      item,
                                   guint         place);

G_END_DECLS
