/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_TYPE_GROWING_LIST (tl_growing_list_get_type ())
G_DECLARE_FINAL_TYPE (TlGrowingList, tl_growing_list, TL, GROWING_LIST, GObject)

/**
 * TlGrowingList:
 *
 * A GListModel as another, for a list view of GTK 4.8, which makes some 200 rows at once when many items come: of those only the first are there at first, a few more with each
 * turn of the main loop, and then all. What comes when all rows are there is there at once.
 */
TlGrowingList *tl_growing_list_new       (GType          item_type);
/* @model: (nullable) */
void           tl_growing_list_set_model (TlGrowingList *self,
                                          GListModel    *model);

G_END_DECLS
