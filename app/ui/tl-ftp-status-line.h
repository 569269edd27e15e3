/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-browser.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_STATUS_LINE (tl_ftp_status_line_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpStatusLine, tl_ftp_status_line, TL, FTP_STATUS_LINE, GtkWidget)

/**
 * TlFtpStatusLine:
 *
 * How many entries a folder has, how many of them are selected, and which lines of the listing were not understood.
 * Signal "changed": one of these has, once for many changes.
 */
void tl_ftp_status_line_set_browser (TlFtpStatusLine   *self,
                                     TlFtpBrowser      *browser,
                                     GtkSelectionModel *selection);

G_END_DECLS
