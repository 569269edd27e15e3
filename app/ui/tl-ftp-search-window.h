/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-page-private.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_SEARCH_WINDOW (tl_ftp_search_window_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpSearchWindow, tl_ftp_search_window, TL, FTP_SEARCH_WINDOW, AdwWindow)

/**
 * TlFtpSearchWindow:
 *
 * Looks for files below the folder that a page shows, by name, size, time and kind; what is found comes into a list while it is looked for, and can be shown in its
 * folder, downloaded, edited, renamed, deleted. Ends with its page.
 */
/* For the folder that @page shows now; the one that is there already is shown again. Returns (transfer none). */
GtkWidget *tl_ftp_search_window_show (TlFtpPage *page);

G_END_DECLS
