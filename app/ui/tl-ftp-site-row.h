/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-site.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_SITE_ROW (tl_ftp_site_row_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpSiteRow, tl_ftp_site_row, TL, FTP_SITE_ROW, GtkWidget)

/**
 * TlFtpSiteRow:
 *
 * A bookmark in the sidebar: its name, where and as whom, a button that connects. Property: "site" (TlFtpSite, nullable). Signals "connect": the button;
 * "menu" (double, double: where): the context menu is asked for.
 */
GtkWidget *tl_ftp_site_row_new      (void);
void       tl_ftp_site_row_set_site (TlFtpSiteRow *self,
                                     TlFtpSite    *site);
TlFtpSite *tl_ftp_site_row_get_site (TlFtpSiteRow *self);

G_END_DECLS
