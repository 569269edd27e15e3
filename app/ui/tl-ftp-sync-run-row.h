/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-sync-run.h"
#include "tl-job-row.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_SYNC_RUN_ROW (tl_ftp_sync_run_row_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpSyncRunRow, tl_ftp_sync_run_row, TL, FTP_SYNC_RUN_ROW, TlJobRow)

/**
 * TlFtpSyncRunRow:
 *
 * Runs @run, and tells how far it is and how it ended. Signal "ended" (string): a sentence.
 */
GtkWidget *tl_ftp_sync_run_row_new         (TlFtpSyncRun    *run);
gboolean   tl_ftp_sync_run_row_has_problem (TlFtpSyncRunRow *self);

G_END_DECLS
