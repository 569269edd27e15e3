/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_LAZY_SELECTION (tl_lazy_selection_get_type ())
G_DECLARE_DERIVABLE_TYPE (TlLazySelection, tl_lazy_selection, TL, LAZY_SELECTION, GObject)

struct _TlLazySelectionClass
{
  GObjectClass parent_class;

  /* The rows have changed, and it is about to be told: what is selected now. By default what was, where it is now. */
  void (*items_changed) (TlLazySelection *self,
                         guint            position,
                         guint            removed,
                         guint            added);
  /* Somebody has selected or unselected the rows in @changed. (nullable) */
  void (*changed)       (TlLazySelection *self,
                         GtkBitset       *changed);
};

/**
 * TlLazySelection:
 *
 * Any number of selected rows over a lazy list: positions, never items. GtkMultiSelection keeps an item for each selected row, so that
 * "select all" would make an object of every message or file.
 *
 * Construct-only property: "model" (GListModel).
 */
GtkSelectionModel *tl_lazy_selection_new          (GListModel      *model);
/* (transfer none): the positions; for types derived from it, to read and write. */
GtkBitset         *tl_lazy_selection_get_selected (TlLazySelection *self);

G_END_DECLS
