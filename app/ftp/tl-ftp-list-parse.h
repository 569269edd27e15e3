/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-listing.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A short list here, a long one on a thread. @hints: copied. What has begun goes on to its end: it cannot be cancelled. */
void          tl_ftp_list_parse_async  (GBytes                  *bytes,
                                        const TlFtpListingHints *hints,
                                        GAsyncReadyCallback      callback,
                                        gpointer                 user_data);

/* (transfer full) */
TlFtpListing *tl_ftp_list_parse_finish (GAsyncResult            *result,
                                        GError                 **error);

/* "-a" was obeyed when the folder itself is among the entries, which the parser leaves out. */
gboolean      tl_ftp_list_shows_itself (GBytes                  *bytes);

G_END_DECLS
