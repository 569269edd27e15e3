/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-quick-face.h"

G_BEGIN_DECLS

#define TL_TYPE_QUICK_ITEM_ROW (tl_quick_item_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (TlQuickItemRow, tl_quick_item_row, TL, QUICK_ITEM_ROW, GtkListBoxRow)

/**
 * TlQuickItemRow:
 *
 * A row of the panel, of a quick send or a sequence: it has a menu, and is moved by keys, the menu and the pointer. It is empty, and costs next to nothing, until
 * it is filled: there may be a thousand of them. Actions: "row.edit" (F2), "row.duplicate", "row.up", "row.down" (Alt+Up, Alt+Down), "row.delete" (Delete), "row.menu".
 * Signals: "edit", "remove": the person wants that; "problem" (string): a sentence.
 */
struct _TlQuickItemRowClass
{
  GtkListBoxRowClass parent_class;

  const char *act;     /* the action of its button */
  const char *more;    /* the name of the button of its menu, not translated yet */

  /* Says with tl_quick_item_row_show() what it is. */
  void (*show)      (TlQuickItemRow *self);
  void (*duplicate) (TlQuickItemRow *self);
  /* Where its item is, in how many. */
  void (*locate)    (TlQuickItemRow *self,
                     guint          *place,
                     guint          *count);
  /* Puts @item, which may be its own, before the one that is at @place. False: it is none of them. */
  gboolean (*take)  (TlQuickItemRow *self,
                     gpointer        item,
                     guint           place);
};

/* For subclasses, once. */
void     tl_quick_item_row_set_item   (TlQuickItemRow    *self,
                                       GObject           *item);
gpointer tl_quick_item_row_get_item   (TlQuickItemRow    *self);
void     tl_quick_item_row_show       (TlQuickItemRow    *self,
                                       const TlQuickLook *look);
void     tl_quick_item_row_complain   (TlQuickItemRow    *self,
                                       const char        *sentence);
/* Whether there is something in it to be seen. One that has the focus, or whose menu is open, stays as it is. */
void     tl_quick_item_row_set_filled (TlQuickItemRow    *self,
                                       gboolean           filled);
gboolean tl_quick_item_row_is_filled  (TlQuickItemRow    *self);

G_END_DECLS
