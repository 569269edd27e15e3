/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the spare rows as a list and their changes share. */

#include "tl-ftp-spare-rows.h"

G_BEGIN_DECLS

/* The items are: @head that go, those of the model from @first to before @end, and @tail that are spare or go. Within those of the model, before the
 * one at @stay, may be one that goes last. */
struct _TlFtpSpareRows
{
  GObject parent_instance;

  GtkSelectionModel *model;      /* (nullable) */
  TlFtpDirectory    *directory;  /* (nullable) */
  TlFtpPlaceFunc     place;
  gpointer           place_data;
  TlFtpListing      *listing;    /* of the spare items */
  guint              n_rows, n_first, n_columns;
  gboolean           may_spare;

  guint              n_items;    /* of the model, as told */
  guint              head;
  guint              first, end;
  guint              stay;       /* GTK_INVALID_LIST_POSITION: none */
  guint              tail;
  guint              goal_first, goal_end;  /* where the view has all its rows */

  gboolean           expecting;
  gboolean           making;
  guint              make_id;
  guint              work_id;
};

/* tl-ftp-spare-rows-model.c */
/* Items of the model, and the one among them that goes. */
guint tl_ftp_spare_rows_n_middle       (TlFtpSpareRows             *self);
void  tl_ftp_spare_rows_list_init      (GListModelInterface        *iface);
void  tl_ftp_spare_rows_selection_init (GtkSelectionModelInterface *iface);

G_END_DECLS
