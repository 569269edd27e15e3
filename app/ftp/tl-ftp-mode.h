/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Permissions as people write them. Pure. @mode: 0 to 07777. */

/* "755", or "4755" with a special bit. (transfer full) */
char *tl_ftp_mode_to_octal (guint       mode);
/* "rwxr-xr-x", with s, S, t, T for the special bits. (transfer full) */
char *tl_ftp_mode_to_text  (guint       mode);
/* Three or four octal digits, full-width ones too. -1 for anything else. */
int   tl_ftp_mode_parse    (const char *text);

G_END_DECLS
