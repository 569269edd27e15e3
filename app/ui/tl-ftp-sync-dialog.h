/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-sync-plan.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_SYNC_DIALOG (tl_ftp_sync_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpSyncDialog, tl_ftp_sync_dialog, TL, FTP_SYNC_DIALOG, AdwWindow)

/**
 * TlFtpSyncDialog:
 *
 * Walks through both folders, then shows what would be done, each act to be switched off. Signal "accepted" (TlFtpSyncPlan): do it; what is deleted was asked about.
 */
/* @where: of what is the one and of what the other side, for display. */
GtkWidget *tl_ftp_sync_dialog_new (GtkWidget     *parent,
                                   TlFtpSyncPlan *plan,
                                   TlFtpClient   *client,
                                   const char    *where);

G_END_DECLS
