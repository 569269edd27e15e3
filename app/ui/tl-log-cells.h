/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TlLogCells:
 *
 * Which list item of a log's rows shows which message. A list of GTK 4.8 binds each of its 206 rows again when as little as their position has changed, and all of
 * them at each step of a flood, though a page of them is seen. So here an item that shows its message already is left alone, and one that is out of sight may
 * be shown later.
 */
typedef struct _TlLogCells TlLogCells;

/* @item is to show its message. @plain: as it was bound. */
typedef void (*TlLogShowFunc) (GtkListItem *item,
                               gboolean     plain,
                               gpointer     data);
typedef void (*TlLogCellFunc) (GtkListItem *item,
                               gpointer     data);

TlLogCells *tl_log_cells_new       (TlLogShowFunc  func,
                                    gpointer       data);
void        tl_log_cells_free      (TlLogCells    *self);
/* In "bind". @plain: what it shows depends on the message alone. @count: how many messages the row stands for. @later: not before
 * tl_log_cells_show_late(), which happens by itself once no more come. */
void        tl_log_cells_bind      (TlLogCells    *self,
                                    GtkListItem   *item,
                                    gboolean       plain,
                                    guint          count,
                                    gboolean       later);
/* In "teardown". */
void        tl_log_cells_forget    (TlLogCells    *self,
                                    GtkListItem   *item);
void        tl_log_cells_show_late (TlLogCells    *self);
/* Those that are not plain. */
guint       tl_log_cells_get_n     (TlLogCells    *self);
void        tl_log_cells_foreach   (TlLogCells    *self,
                                    TlLogCellFunc  func,
                                    gpointer       data);
/* Appends a TlLogMadeRow for each item that is not plain and is one of @n rows of the view from @row on. */
void        tl_log_cells_list_made (TlLogCells    *self,
                                    guint          row,
                                    guint          n,
                                    GArray        *rows);
/* What the view has for the whole row that an item is in. (nullable) (transfer none) */
GtkWidget  *tl_log_cells_find_row  (GtkListItem   *item);

G_END_DECLS
