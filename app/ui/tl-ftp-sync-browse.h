/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-browser.h"
#include "tl-local-pane.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_SYNC_BROWSE (tl_ftp_sync_browse_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpSyncBrowse, tl_ftp_sync_browse, TL, FTP_SYNC_BROWSE, GObject)

/**
 * TlFtpSyncBrowse:
 *
 * While it is active, who changes the folder on one side changes it on the other too, by the same steps from where both were when they belonged together. Where
 * there is no such folder the other side stays.
 *
 * Writable properties: "active" (boolean), "pane" (TlLocalPane, nullable). Signal "missing" (string): a sentence that says which folder is not there.
 */
TlFtpSyncBrowse *tl_ftp_sync_browse_new   (TlFtpBrowser *browser);

/* The steps from one raw absolute path to another: how many up, and which names down. Pure. (transfer full): of GBytes */
GPtrArray       *tl_ftp_sync_browse_steps (GBytes       *from,
                                           GBytes       *to,
                                           guint        *n_up);

G_END_DECLS
