/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the rows as a list and their changes share. */

#include "tl-log-rows.h"

G_BEGIN_DECLS

/* The rows are those of the model from @first to before @gap, @n_spare spare ones, and those from @gap to before @end. */
struct _TlLogRows
{
  GObject parent_instance;

  const TlLogRowsView *view;
  gpointer             data;
  GtkSelectionModel   *model;     /* (nullable) */
  guint                n_items;   /* of the model, as told */
  guint                first;
  guint                gap;
  guint                end;
  guint                n_spare;
  gboolean             dropping;  /* the spare ones, which have been kept for long enough */
  gboolean             keeping;   /* until then */
  guint                work_id;
};

/* tl-log-rows-model.c */
guint tl_log_rows_count          (TlLogRows                  *self);
/* Where the row at @position is, or would be: at the gap, behind the spare ones. */
guint tl_log_rows_get_row        (TlLogRows                  *self,
                                  guint                       position);
/* The first spare one, or where it would be. */
guint tl_log_rows_get_spare_row  (TlLogRows                  *self);
void  tl_log_rows_list_init      (GListModelInterface        *iface);
void  tl_log_rows_selection_init (GtkSelectionModelInterface *iface);

G_END_DECLS
