/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-charset.h"

G_BEGIN_DECLS

/* A TlCharset, or TL_FTP_CHARSET_AUTO: UTF-8 where the name is that, else the guess for the folder. */
typedef int TlFtpCharset;
#define TL_FTP_CHARSET_AUTO (-1)

/* Raw bytes ↔ what people read, and remote names → names of local files. Pure. */

/* Valid UTF-8 for display: characters that cannot be read as "\xHH", control and bidi characters visible. *@valid (out) (optional): whether all of it
 * was text of the set. @guess: what AUTO takes for what is not UTF-8, or is it by chance; of a folder whose names are all UTF-8 that. (transfer full) */
char     *tl_ftp_name_display      (const guint8 *name,
                                    gsize         length,
                                    TlFtpCharset  charset,
                                    TlCharset     guess,
                                    gboolean     *valid);
/* The set that the names of a folder, with any separator of ASCII between them, are most likely in; UTF-8 when all are that, GB18030 when nothing tells. To be asked
 * with all names, not with one: more names tell more, and AUTO takes a name that is UTF-8 by chance ("目录" in GBK) for what the others are. */
TlCharset tl_ftp_name_guess        (const guint8 *bytes,
                                    gsize         length);
/* What a user typed → the bytes of one name (no '/') in the set (AUTO: UTF-8). TL_FTP_ERROR_NAME: empty, ".", "..", a slash, CR, LF, NUL, or a
 * character that the set does not have, named. (transfer full) */
GBytes   *tl_ftp_name_encode       (const char   *text,
                                    TlFtpCharset  charset,
                                    GError      **error);
/* A remote name as the name of one local file: '/', '\', NUL, ".", "..", Windows device names, control and bidi characters escaped visibly as "%HH"; at
 * most 240 bytes, so that ".part" or " (2)" has room too, the extension kept. Valid UTF-8. (transfer full) */
char     *tl_ftp_name_to_local     (const guint8 *name,
                                    gsize         length,
                                    TlFtpCharset  charset,
                                    TlCharset     guess);

/* Paths of raw bytes. @path absolute or relative; "" is the folder where we are. (transfer full) */
GBytes   *tl_ftp_path_join         (GBytes       *dir,
                                    GBytes       *name);
/* "/a/b" → "/a"; the root is its own parent. */
GBytes   *tl_ftp_path_parent       (GBytes       *path);
/* (transfer full): the last part. */
GBytes   *tl_ftp_path_basename     (GBytes       *path);

G_END_DECLS
