/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlCharset: the character sets on offer, and text written in one of them. */
#include "tl-charset.h"

#include <errno.h>
#include <string.h>
#include <glib/gi18n-lib.h>

G_DEFINE_ENUM_TYPE (TlCharset, tl_charset,
                    G_DEFINE_ENUM_VALUE (TL_CHARSET_UTF_8, "utf-8"),
                    G_DEFINE_ENUM_VALUE (TL_CHARSET_GB18030, "gb18030"),
                    G_DEFINE_ENUM_VALUE (TL_CHARSET_GBK, "gbk"),
                    G_DEFINE_ENUM_VALUE (TL_CHARSET_BIG5, "big5"),
                    G_DEFINE_ENUM_VALUE (TL_CHARSET_SHIFT_JIS, "shift-jis"),
                    G_DEFINE_ENUM_VALUE (TL_CHARSET_EUC_KR, "euc-kr"),
                    G_DEFINE_ENUM_VALUE (TL_CHARSET_ISO_8859_1, "iso-8859-1"),
                    G_DEFINE_ENUM_VALUE (TL_CHARSET_UTF_16LE, "utf-16le"),
                    G_DEFINE_ENUM_VALUE (TL_CHARSET_UTF_16BE, "utf-16be"))

/* CP932 and CP949 are what programs mean by Shift_JIS and EUC-KR: supersets
 * that, unlike glibc's SHIFT_JIS, leave the backslash and the tilde alone. */
static const struct {
  const char *name;
  const char *iconv_name;
} charsets[TL_N_CHARSETS] = {
  [TL_CHARSET_UTF_8] = { "UTF-8", "UTF-8" },
  [TL_CHARSET_GB18030] = { "GB18030", "GB18030" },
  [TL_CHARSET_GBK] = { "GBK", "GBK" },
  [TL_CHARSET_BIG5] = { "Big5", "BIG5" },
  [TL_CHARSET_SHIFT_JIS] = { "Shift_JIS", "CP932" },
  [TL_CHARSET_EUC_KR] = { "EUC-KR", "CP949" },
  [TL_CHARSET_ISO_8859_1] = { "ISO-8859-1", "ISO-8859-1" },
  [TL_CHARSET_UTF_16LE] = { "UTF-16LE", "UTF-16LE" },
  [TL_CHARSET_UTF_16BE] = { "UTF-16BE", "UTF-16BE" },
};

typedef struct {
  GIConv decoders[TL_N_CHARSETS];
  GIConv encoders[TL_N_CHARSETS];
} Converters;

static void
converters_free (gpointer data)
{
  Converters *converters = data;

  for (guint i = 0; i < TL_N_CHARSETS; i++)
    {
      if (converters->decoders[i] != NULL && converters->decoders[i] != (GIConv) -1)
        g_iconv_close (converters->decoders[i]);
      if (converters->encoders[i] != NULL && converters->encoders[i] != (GIConv) -1)
        g_iconv_close (converters->encoders[i]);
    }

  g_free (converters);
}

static GPrivate converters_private = G_PRIVATE_INIT (converters_free);

static Converters *
get_converters (void)
{
  Converters *converters = g_private_get (&converters_private);

  if (converters == NULL)
    {
      converters = g_new0 (Converters, 1);
      g_private_set (&converters_private, converters);
    }

  return converters;
}

static gboolean
append_latin1 (const char *text,
               gsize       length,
               GByteArray *out,
               gsize      *bad)
{
  const char *end = text + length;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      guint8 byte = (guint8) c;

      if (c > 0xff)
        {
          *bad = (gsize) (p - text);
          return FALSE;
        }
      g_byte_array_append (out, &byte, 1);
    }

  return TRUE;
}

static gboolean
append_iconv (TlCharset   charset,
              const char *text,
              gsize       length,
              GByteArray *out,
              gsize      *bad)
{
  Converters *converters = get_converters ();
  GIConv cd = converters->encoders[charset];
  char *in = (char *) text;
  gsize left = length;

  if (cd == NULL)
    cd = converters->encoders[charset] = g_iconv_open (charsets[charset].iconv_name, "UTF-8");
  if (cd == (GIConv) -1)
    {
      *bad = 0;
      return length == 0;
    }

  g_iconv (cd, NULL, NULL, NULL, NULL);
  while (left > 0)
    {
      char buffer[4096];
      char *p = buffer;
      gsize room = sizeof buffer;
      gsize result = g_iconv (cd, &in, &left, &p, &room);
      int saved_errno = errno;

      g_byte_array_append (out, (const guint8 *) buffer, (guint) (p - buffer));
      if (result == (gsize) -1 && saved_errno != E2BIG)
        {
          *bad = MIN ((gsize) (in - text), length);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * tl_charset_append:
 * @text: UTF-8
 * @length: in bytes
 * @out: where the bytes go
 * @bad: (out): the offset in bytes of the first character that the set does not have
 *
 * Returns: false when the set lacks a character of @text (or @text is not UTF-8);
 *   @out then has an unspecified part of it.
 */
gboolean
tl_charset_append (TlCharset   charset,
                   const char *text,
                   gsize       length,
                   GByteArray *out,
                   gsize      *bad)
{
  const char *end;

  g_return_val_if_fail ((guint) charset < TL_N_CHARSETS, FALSE);
  g_return_val_if_fail (out != NULL && bad != NULL, FALSE);

  if (length > G_MAXUINT / 4)
    {
      *bad = 0;
      return FALSE;
    }

  /* Not g_utf8_validate_len(), which stops at NUL: it is a character here. */
  for (const char *p = text; !g_utf8_validate_len (p, length - (gsize) (p - text), &end); p = end + 1)
    {
      if (*end != '\0')
        {
          *bad = (gsize) (end - text);
          return FALSE;
        }
    }

  switch (charset)
    {
    case TL_CHARSET_UTF_8:
      g_byte_array_append (out, (const guint8 *) text, (guint) length);
      return TRUE;

    case TL_CHARSET_ISO_8859_1:
      return append_latin1 (text, length, out, bad);

    case TL_CHARSET_GB18030:
    case TL_CHARSET_GBK:
    case TL_CHARSET_BIG5:
    case TL_CHARSET_SHIFT_JIS:
    case TL_CHARSET_EUC_KR:
    case TL_CHARSET_UTF_16LE:
    case TL_CHARSET_UTF_16BE:
    default:
      return append_iconv (charset, text, length, out, bad);
    }
}

/**
 * tl_charset_set_error:
 * @bad: the character, as UTF-8
 * @position: where it stands, in characters from 1
 *
 * Sets the error of a character that @charset lacks.
 */
void
tl_charset_set_error (TlCharset   charset,
                      const char *bad,
                      gsize       position,
                      GError    **error)
{
  gunichar c = g_utf8_get_char_validated (bad, -1);
  char utf8[7] = "";

  if (c == (gunichar) -1 || c == (gunichar) -2)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("The text is not valid UTF-8 at position %zu; type or paste it again."),
                   position);
      return;
    }

  utf8[g_unichar_to_utf8 (c, utf8)] = '\0';
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _("The character “%s” (U+%04X) at position %zu"
                 " does not exist in %s; choose another character set or remove it."),
               g_unichar_isprint (c) ? utf8 : "\357\277\275", c, position, charsets[charset].name);
}

/* The converter from @charset to UTF-8 of this thread, at its initial state; NULL where
 * the system has none. All sets here are stateless, so that one serves every stream. */
GIConv
tl_charset_get_converter (TlCharset charset)
{
  Converters *converters = get_converters ();

  g_return_val_if_fail ((guint) charset < TL_N_CHARSETS, NULL);

  if (converters->decoders[charset] == NULL)
    converters->decoders[charset] = g_iconv_open ("UTF-8", charsets[charset].iconv_name);
  if (converters->decoders[charset] == (GIConv) -1)
    return NULL;

  g_iconv (converters->decoders[charset], NULL, NULL, NULL, NULL);
  return converters->decoders[charset];
}

const char *
tl_charset_get_name (TlCharset charset)
{
  g_return_val_if_fail ((guint) charset < TL_N_CHARSETS, NULL);

  return charsets[charset].name;
}

gboolean
tl_charset_from_name (const char *name,
                      TlCharset  *charset)
{
  g_return_val_if_fail (name != NULL && charset != NULL, FALSE);

  for (guint i = 0; i < TL_N_CHARSETS; i++)
    {
      if (g_ascii_strcasecmp (charsets[i].name, name) == 0)
        {
          *charset = (TlCharset) i;
          return TRUE;
        }
    }

  return FALSE;
}

GBytes *
tl_charset_encode (TlCharset    charset,
                   const char  *text,
                   gssize       length,
                   GError     **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize bad = 0;

  g_return_val_if_fail ((guint) charset < TL_N_CHARSETS, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  if (length < 0)
    length = (gssize) strlen (text);

  if (!tl_charset_append (charset, text, (gsize) length, bytes, &bad))
    {
      g_autofree char *rest = g_strndup (text + bad, MIN ((gsize) length - bad, 6));

      tl_charset_set_error (charset, rest, (gsize) g_utf8_strlen (text, (gssize) bad) + 1, error);
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
