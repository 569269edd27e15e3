/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-name.h"

G_BEGIN_DECLS

/* For the rest of the room. */

/* The set that AUTO means for this name. */
TlCharset tl_ftp_name_resolve_charset (const guint8 *name,
                                       gsize         length,
                                       TlFtpCharset  charset,
                                       TlCharset     guess);
/* UTF-8 that may hold NUL; NULL when not all of it is text of the set. (transfer full) (nullable) */
char     *tl_ftp_name_convert         (const guint8 *name,
                                       gsize         length,
                                       TlCharset     charset,
                                       gsize        *written);

G_END_DECLS
