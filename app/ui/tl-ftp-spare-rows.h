/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-directory.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_SPARE_ROWS (tl_ftp_spare_rows_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpSpareRows, tl_ftp_spare_rows, TL, FTP_SPARE_ROWS, GObject)

/**
 * TlFtpSpareRows:
 *
 * A GtkSelectionModel as another, for a list view of GTK 4.8 over a large folder. Such a view makes widgets for 200 rows or more at once, and when many items
 * give way to others it makes them anew and asks for each of the new items, which takes longer than all else. It uses a row again only where its item is no
 * longer near to what is seen. So here
 * - the new items come in beside the row that the view is at before the old ones go: then all rows are used again;
 * - where there are not enough rows, the view first has as many items as are seen, then a few more at a time, then all;
 * - rows that are too many go a few at a time, and spare ones are made while another folder is awaited: such rows the view must hide.
 *
 * Signals: "replacing" and "replaced": around a change in which rows may lose the focus.
 */
/* (transfer none) (nullable): the entry of the row @row, which shall be where it is after a change, @align of the page from the top. %NULL: the view is at its start,
 * and stays there. Until it returns the list is what it was. */
typedef TlFtpEntry *(*TlFtpPlaceFunc) (gpointer  data,
                                       guint    *row,
                                       double   *align);

/* @spare: whether there may be rows that must be hidden. Without a model at first. */
TlFtpSpareRows *tl_ftp_spare_rows_new         (gboolean           spare,
                                               TlFtpPlaceFunc     place,
                                               gpointer           data);
/* So many rows the view makes; so many, at least, are made at first; and it has so many columns. By default those of a GtkListView. */
void            tl_ftp_spare_rows_set_size    (TlFtpSpareRows    *self,
                                               guint              n_rows,
                                               guint              n_first,
                                               guint              n_columns);
/* @model (nullable): a selection of @directory's entries. The view begins with the rows around @start. */
void            tl_ftp_spare_rows_set_model   (TlFtpSpareRows    *self,
                                               GtkSelectionModel *model,
                                               TlFtpDirectory    *directory,
                                               guint              start);
/* Others will take the place of all items soon, or that is over. */
void            tl_ftp_spare_rows_expect      (TlFtpSpareRows    *self,
                                               gboolean           expecting);
/* Where the view has the model's @position. All items are there then. */
guint           tl_ftp_spare_rows_to_view     (TlFtpSpareRows    *self,
                                               guint              position);
/* And back; GTK_INVALID_LIST_POSITION for a spare row. */
guint           tl_ftp_spare_rows_to_model    (TlFtpSpareRows    *self,
                                               guint              row);
/* Whether this is the item of a row that must not be seen. */
gboolean        tl_ftp_spare_rows_is_spare    (TlFtpEntry        *entry);

G_END_DECLS
