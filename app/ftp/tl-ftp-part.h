/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_PART (tl_ftp_part_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpPart, tl_ftp_part, TL, FTP_PART, GFilterInputStream)

/* The next @length bytes of @stream as a stream of their own. */
GInputStream *tl_ftp_part_new (GInputStream *stream,
                               gint64        length);

G_END_DECLS
