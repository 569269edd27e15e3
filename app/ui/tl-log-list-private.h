/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a log's list and its rows as GTK gets them share. */

#include "tl-log-list.h"

#include "tl-log-cells.h"
#include "tl-log-rows.h"

G_BEGIN_DECLS

/* No row is less high. */
#define MIN_ROW_HEIGHT 16

typedef struct {
  GtkScrolledWindow *scrolled;
  GtkWidget         *list;     /* that has the rows */
  TlLogLook         *look;
  TlLogFollow       *follow;
  TlLogCells        *cells;
  GtkSelectionModel *model;
  TlLogRows         *rows;     /* of it, as the view gets them */
  gboolean           used;     /* by the view, while there are rows */
} TlLogListPrivate;

TlLogListPrivate *tl_log_list_get_private (TlLogList   *self);

/* tl-log-list-rows.c */
TlLogRows        *tl_log_list_rows_new    (TlLogList   *self);
/* The view is there. */
void              tl_log_list_rows_attach (TlLogList   *self);
/* The row that the item is in is seen, or not. @data: the list. */
void              tl_log_list_hide_spare  (GtkListItem *item,
                                           gpointer     data);

G_END_DECLS
