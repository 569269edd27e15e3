/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-site.h"

G_BEGIN_DECLS

/* FTP connections as values of the settings, of TL_SAVED_SESSION_TYPE like sessions. No password is part of it. */

/* Whether a link is one of ftp://, ftps:// or ftpes://. */
gboolean   tl_ftp_link_is_one   (const char *link);
/* A link of any kind for a message, right or wrong: without the password that it may hold. (transfer full) */
char      *tl_ftp_link_dup_shown (const char *link);
/* @path: (nullable): the folder to come back to. A floating GVariant. */
GVariant  *tl_ftp_saved_pack    (TlFtpSite  *site,
                                 GBytes     *path,
                                 gboolean    open);
/* (transfer full): TL_FTP_ERROR_NAME. */
TlFtpSite *tl_ftp_saved_unpack  (GVariant   *saved,
                                 gboolean   *was_open,
                                 GError    **error);
/* (transfer full): the address, with the folder, without the password. */
char      *tl_ftp_saved_dup_link (TlFtpSite *site,
                                 GBytes     *path);

G_END_DECLS
