/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_TYPE_CHARSET (tl_charset_get_type ())

/**
 * TlCharset:
 *
 * The character sets that payloads are shown and written in.
 */
typedef enum {
  TL_CHARSET_UTF_8,
  TL_CHARSET_GB18030,
  TL_CHARSET_GBK,
  TL_CHARSET_BIG5,
  TL_CHARSET_SHIFT_JIS,
  TL_CHARSET_EUC_KR,
  TL_CHARSET_ISO_8859_1,
  TL_CHARSET_UTF_16LE,
  TL_CHARSET_UTF_16BE,
} TlCharset;

#define TL_N_CHARSETS (TL_CHARSET_UTF_16BE + 1)

GType       tl_charset_get_type  (void);

/* The IANA name, as iconv takes it; also what is shown and stored. */
const char *tl_charset_get_name  (TlCharset   charset);
/* False when @name names none of them; case does not matter. */
gboolean    tl_charset_from_name (const char *name,
                                  TlCharset  *charset);
/* UTF-8 to bytes. G_IO_ERROR_INVALID_DATA: the sentence names the character and its position (from 1). */
GBytes     *tl_charset_encode    (TlCharset    charset,
                                  const char  *text,
                                  gssize       length,
                                  GError     **error);

/* The set that the bytes are most likely in, of a name as well as of many; false when nothing tells: there is only ASCII. */
gboolean    tl_charset_guess     (const guint8 *data,
                                  gsize         length,
                                  TlCharset   *charset);

/* For the rest of the room: the same into an array, the offset of the character that is lacking, its sentence, and the way back. */
gboolean    tl_charset_append        (TlCharset    charset,
                                      const char  *text,
                                      gsize        length,
                                      GByteArray  *out,
                                      gsize       *bad);
void        tl_charset_set_error     (TlCharset    charset,
                                      const char  *bad,
                                      gsize        position,
                                      GError     **error);
GIConv      tl_charset_get_converter (TlCharset    charset);

G_END_DECLS
