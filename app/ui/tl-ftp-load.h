/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client.h"
#include "tl-ftp-directory.h"

G_BEGIN_DECLS

/* Enters a folder and lists it, in that order: some servers answer LIST of a folder that is not there with an empty listing. @connect: connects first.
 * @target: (nullable): NULL where the client is. @directory is prepared for what was listed. */
void          tl_ftp_load_async  (TlFtpClient         *client,
                                  TlFtpDirectory      *directory,
                                  gboolean             connect,
                                  GBytes              *target,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
/* (transfer full) */
TlFtpListing *tl_ftp_load_finish (TlFtpClient         *client,
                                  GAsyncResult        *result,
                                  GError             **error);
/* Whether a connection to one is one to the other: host, port, user, security. */
gboolean      tl_ftp_load_same_site (TlFtpSite        *a,
                                  TlFtpSite           *b);

G_END_DECLS
