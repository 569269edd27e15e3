/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-entry.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_SPARE_ROWS (tl_ftp_spare_rows_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpSpareRows, tl_ftp_spare_rows, TL, FTP_SPARE_ROWS, GObject)

/**
 * TlFtpSpareRows:
 *
 * A GtkSelectionModel as another, for a list view, whose next items are in its view sooner. GTK 4.8 makes 200 rows of widgets for the items of a new folder,
 * which takes longer than all else. It uses a row again only where its item is no longer near to what is seen, not where it has gone: so the new
 * items come in between before the old ones go. And while they are awaited there are spare items at the end, whose rows the view must hide.
 */
/* @place: where the view is scrolled to; only at its start rows are used again: further down they keep the place. */
TlFtpSpareRows *tl_ftp_spare_rows_new      (GtkSelectionModel *model,
                                            GtkAdjustment     *place);
/* Others will take the place of all items soon, or that is over. */
void            tl_ftp_spare_rows_expect   (TlFtpSpareRows    *self,
                                            gboolean           expecting);
/* Whether this is the item of a row that must not be seen. */
gboolean        tl_ftp_spare_rows_is_spare (TlFtpEntry        *entry);

G_END_DECLS
