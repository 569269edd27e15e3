/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-log-follow.h"
#include "tl-log-look.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_LOG_LIST (tl_log_list_get_type ())
G_DECLARE_DERIVABLE_TYPE (TlLogList, tl_log_list, TL, LOG_LIST, AdwBin)

struct _TlLogListClass
{
  AdwBinClass parent_class;

  void (*set_model)  (TlLogList *self, GtkSelectionModel *model);
  /* Shows a cell of tl_log_list_bind_cell(). May be NULL. */
  void (*show_cell)  (TlLogList *self, GtkListItem *item);
  /* Shows a bound row anew. @marks_only: nothing but which rows are found has changed. */
  void (*update_row) (TlLogList *self, GtkListItem *item, gboolean marks_only);
  /* The look has changed; rows are updated afterwards. May be NULL. */
  void (*relook)     (TlLogList *self);
};

/**
 * TlLogList:
 *
 * What the two looks of a message log have in common: a lazy list in a scrolled window, rows that can be shown anew, following the end.
 *
 * Signals: "unfold" (uint position: the messages of a row are to be shown each), "activate" (uint position), "menu" (uint position, double x, double y: in the coordinates of this widget).
 */

/* For the subclasses: @view is what scrolls; @list is the GtkListBase inside (or @view itself). */
void             tl_log_list_set_view    (TlLogList         *self,
                                          GtkWidget         *view,
                                          GtkWidget         *list);
/* Call in "bind", for what has the text of a row or how many it stands for, */
void             tl_log_list_bind_row    (TlLogList         *self,
                                          GtkListItem       *item);
/* and for what depends on the message alone. The row is shown at once or later, when it is out of sight; not at all when it has moved only. */
void             tl_log_list_bind_cell   (TlLogList         *self,
                                          GtkListItem       *item);
/* Call in "teardown". */
void             tl_log_list_forget      (TlLogList         *self,
                                          GtkListItem       *item);
void             tl_log_list_update_rows (TlLogList         *self);
/* Call in "setup" for the child of each item: it is how a click finds its row. */
void             tl_log_list_adopt_child (GtkListItem       *item,
                                          GtkWidget         *child);

/* Which row of the model an item shows: GTK's own position is that in the view. GTK_INVALID_LIST_POSITION: one that has gone. */
guint            tl_log_list_get_position (TlLogList        *self,
                                          GtkListItem       *item);
/* For the subclasses: emits "unfold". */
void             tl_log_list_unfold      (TlLogList         *self,
                                          GtkListItem       *item);

TlLogLook       *tl_log_list_get_look    (TlLogList         *self);
void             tl_log_list_set_look    (TlLogList         *self,
                                          TlLogLook         *look);
/* NULL while the look is not the one that is seen: a list without a model costs nothing. */
void             tl_log_list_set_model   (TlLogList         *self,
                                          GtkSelectionModel *model);
TlLogFollow     *tl_log_list_get_follow  (TlLogList         *self);
/* How many rows have widgets now. */
guint            tl_log_list_get_n_bound (TlLogList         *self);
/* How many rows of the model are yet to come behind all that are there to be scrolled to. */
guint            tl_log_list_get_n_coming (TlLogList        *self);
/* The row at a point, or GTK_INVALID_LIST_POSITION. */
guint            tl_log_list_row_at      (TlLogList         *self,
                                          double             x,
                                          double             y);
/* The row of the model that is to stay when others come or go: the first selected one that is seen, else the first that is seen; if the end is followed only a selected one.
 * Or GTK_INVALID_LIST_POSITION. */
guint            tl_log_list_get_place   (TlLogList         *self);
GtkScrolledWindow *tl_log_list_get_scrolled (TlLogList      *self);

G_END_DECLS
