/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-browser.h"
#include "tl-ftp-removal.h"
#include "tl-job-row.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_REMOVAL_ROW (tl_ftp_removal_row_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpRemovalRow, tl_ftp_removal_row, TL, FTP_REMOVAL_ROW, TlJobRow)

/**
 * TlFtpRemovalRow:
 *
 * Files of a server that are being deleted: how many of how many, at which it is, a button that stops it; at its end what could not be deleted, and why.
 * Signal "ended" (string: the sentence): once; whether anything is left to be told is tl_ftp_removal_row_has_problem().
 */
/* Starts at once. @browser: how names are read. */
GtkWidget    *tl_ftp_removal_row_new         (TlFtpRemoval    *removal,
                                              TlFtpBrowser    *browser);
TlFtpRemoval *tl_ftp_removal_row_get_removal (TlFtpRemovalRow *self);
gboolean      tl_ftp_removal_row_has_problem (TlFtpRemovalRow *self);
/* A window with each that could not be deleted, and the server's words. (transfer none) */
GtkWidget    *tl_ftp_removal_row_show_failures (TlFtpRemovalRow *self);

G_END_DECLS
