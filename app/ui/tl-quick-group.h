/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_QUICK_GROUP (tl_quick_group_get_type ())
G_DECLARE_FINAL_TYPE (TlQuickGroup, tl_quick_group, TL, QUICK_GROUP, GtkWidget)

/**
 * TlQuickGroup:
 *
 * A list below a title that folds it away. Property: "expanded" (boolean). Signals: "activated" (GtkListBoxRow); of one with verbs "rename"; "shift" (boolean: up, else
 * down); "remove"; "dropped" (GObject: another group, or what an item is; boolean: onto the lower half of the title).
 */
/* @create makes the row of each item. */
GtkWidget  *tl_quick_group_new       (const char                 *name,
                                      const char                 *title,
                                      GListModel                 *items,
                                      GtkListBoxCreateWidgetFunc  create,
                                      gpointer                    user_data);
/* A menu, keys and drag and drop on its title; things of @type can be dropped there too. Once. */
void        tl_quick_group_add_verbs (TlQuickGroup               *self,
                                      GType                       type);
const char *tl_quick_group_get_name  (TlQuickGroup               *self);
GtkListBox *tl_quick_group_get_list  (TlQuickGroup               *self);
GListModel *tl_quick_group_get_items (TlQuickGroup               *self);

G_END_DECLS
