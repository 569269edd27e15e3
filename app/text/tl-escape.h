/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-charset.h"

G_BEGIN_DECLS

/* Text with escapes → bytes: \a \b \t \n \v \f \r \0 \e \\ \" \' \xHH (a byte), \u{H…} (a code point in @charset);
 * everything else is text in @charset. G_IO_ERROR_INVALID_DATA with the position in characters from 1. */
GBytes *tl_escape_parse   (const char    *text,
                           TlCharset      charset,
                           gsize         *position,
                           GError       **error);
/* Bytes → ASCII text with escapes that tl_escape_parse() turns back into the same bytes (in every set but UTF-16). */
char   *tl_escape_format  (const guint8  *data,
                           gsize          length);
/* Makes the control characters of UTF-8 text visible: C0 and DEL as U+2400 pictures, C1, bidi controls, U+FEFF,
 * U+2028/9 as <U+XXXX>. With @keep_newlines a line break stays one behind its picture (␍␊⏎; a lone CR is one too). */
char   *tl_escape_visible (const char    *text,
                           gboolean       keep_newlines);

G_END_DECLS
