/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client.h"

G_BEGIN_DECLS

#define TL_FTP_REMOVAL_MAX_DEPTH 100
#define TL_FTP_REMOVAL_MAX_WAITING 1000000

/* Removes files, and folders with all that is in them; links are removed, never followed. Ends at the first that the server refuses: what was removed
 * until then is gone.
 * @paths: GBytes, absolute and raw; @folders: which of them are said to be folders, as many. */
void     tl_ftp_removal_async  (TlFtpClient         *client,
                                GPtrArray           *paths,
                                const gboolean      *folders,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
/* *@n_removed: (out) (optional): also when it failed. */
gboolean tl_ftp_removal_finish (TlFtpClient         *client,
                                GAsyncResult        *result,
                                guint               *n_removed,
                                GError             **error);

G_END_DECLS
