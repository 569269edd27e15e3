/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-uri.h"

G_BEGIN_DECLS

/* For tl-ftp-uri-parse.c. */

/* Names nothing yet. */
TlFtpUri *tl_ftp_uri_new      (void);
/* Several slashes are one; "a/b/c" becomes "a/b" and "c". */
void      tl_ftp_uri_set_path (TlFtpUri     *self,
                               const guint8 *path,
                               gsize         length);

G_END_DECLS
