/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* "0A 0b,0x0C 0D0E" → bytes. Any spacing, commas, semicolons, `0x`, `\x`, full-width twins, line breaks.
 * G_IO_ERROR_INVALID_DATA: the sentence names what is wrong (no hex digit; a group with an odd number of digits)
 * and its position in characters from 1, which @position, unless NULL, also gets. */
GBytes *tl_hex_parse    (const char    *text,
                         gsize         *position,
                         GError       **error);
/* "0A 0B 0C": upper case; @separator may be "". */
char   *tl_hex_format   (const guint8  *data,
                         gsize          length,
                         const char    *separator);
/* Lines of 16 bytes: offset (8 hex digits), hex in two groups of 8, and printable ASCII between bars. No line break at the end. */
char   *tl_hex_dump     (const guint8  *data,
                         gsize          length);

G_END_DECLS
