/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Remote names: raw bytes, and how people read and type them. */

#include "tl-ftp-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tl-decoder.h"
#include "tl-escape.h"
#include "tl-ftp-error.h"
#include "tl-ftp-private.h"

static gboolean
is_utf8 (const guint8 *bytes,
         gsize         length)
{
  return length == 0 || g_utf8_validate_len ((const char *) bytes, length, NULL);
}

/* "目录" in GBK is "Ŀ¼" in UTF-8. Where the rest of the folder is in a set with pairs of bytes from A1 on, a name that consists of such pairs is in it too:
 * at least two of them in a row, which as UTF-8 would be characters of before U+0800. */
static gboolean
is_chance_utf8 (const guint8 *name,
                gsize         length,
                TlCharset     guess)
{
  gboolean any = FALSE;

  if (guess != TL_CHARSET_GB18030 && guess != TL_CHARSET_GBK && guess != TL_CHARSET_EUC_KR)
    return FALSE;

  for (gsize i = 0; i < length;)
    {
      gsize run = 0;

      while (i + run < length && name[i + run] >= 0xa1 && name[i + run] <= 0xdf)
        run++;
      if (i + run < length && name[i + run] >= 0x80)
        return FALSE;
      if (run != 0 && (run < 4 || run % 2 != 0))
        return FALSE;
      any |= run != 0;
      i += MAX (run, 1);
    }
  return any;
}

TlCharset
tl_ftp_name_resolve_charset (const guint8 *name,
                             gsize         length,
                             TlFtpCharset  charset,
                             TlCharset     guess)
{
  if (charset != TL_FTP_CHARSET_AUTO)
    return (TlCharset) charset;
  return is_utf8 (name, length) && !is_chance_utf8 (name, length, guess) ? TL_CHARSET_UTF_8 : guess;
}

/* Sets that a converter is needed for: whole or not at all. */
static char *
convert_with_iconv (const guint8 *name,
                    gsize         length,
                    TlCharset     charset,
                    gsize        *written)
{
  GIConv converter = tl_charset_get_converter (charset);
  g_autofree char *text = NULL;
  gsize read = 0;

  if (converter == NULL)
    return NULL;
  text = g_convert_with_iconv ((const char *) name, (gssize) length, converter, &read, written, NULL);
  return text != NULL && read == length ? g_steal_pointer (&text) : NULL;
}

char *
tl_ftp_name_convert (const guint8 *name,
                     gsize         length,
                     TlCharset     charset,
                     gsize        *written)
{
  *written = 0;
  if (length == 0)
    return g_strdup ("");

  if (charset == TL_CHARSET_UTF_8)
    {
      if (!is_utf8 (name, length))
        return NULL;
      *written = length;
      return g_strndup ((const char *) name, length);
    }

  if (charset == TL_CHARSET_ISO_8859_1)
    {
      GString *text = g_string_sized_new (2 * length);

      for (gsize i = 0; i < length; i++)
        g_string_append_unichar (text, name[i]);
      *written = text->len;
      return g_string_free (text, FALSE);
    }
  return convert_with_iconv (name, length, charset, written);
}

static gboolean
is_valid (const guint8 *name,
          gsize         length,
          TlCharset     charset)
{
  g_autofree char *text = NULL;
  gsize written;

  if (charset == TL_CHARSET_UTF_8)
    return is_utf8 (name, length);
  text = tl_ftp_name_convert (name, length, charset, &written);
  return text != NULL;
}

char *
tl_ftp_name_display (const guint8 *name,
                     gsize         length,
                     TlFtpCharset  charset,
                     TlCharset     guess,
                     gboolean     *valid)
{
  g_autofree char *text = NULL;
  TlCharset set;

  g_return_val_if_fail (name != NULL || length == 0, NULL);

  set = tl_ftp_name_resolve_charset (name, length, charset, guess);
  if (valid != NULL)
    *valid = is_valid (name, length, set);
  text = tl_decode (set, name, length);
  return tl_escape_visible (text, FALSE);
}

TlCharset
tl_ftp_name_guess (const guint8 *bytes,
                   gsize         length)
{
  TlCharset charset;

  return tl_charset_guess (bytes, length, &charset) ? charset : TL_CHARSET_GB18030;
}

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, TL_FTP_ERROR, TL_FTP_ERROR_NAME, sentence);
  return FALSE;
}

static gboolean
check_typed (const char  *text,
             GError     **error)
{
  if (*text == '\0')
    return refuse (error, _("The name is empty. Type one."));
  if (g_str_equal (text, ".") || g_str_equal (text, ".."))
    return refuse (error, _("“.” and “..” stand for folders and cannot be names. Type another one."));
  if (strchr (text, '/') != NULL)
    return refuse (error, _("A name cannot hold “/”, which separates folders. Leave it out."));
  if (strpbrk (text, "\r\n") != NULL)
    return refuse (error, _("A name cannot hold a line break. Leave it out."));
  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, _("The name is no valid text."));
  return TRUE;
}

GBytes *
tl_ftp_name_encode (const char    *text,
                    TlFtpCharset   charset,
                    GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *data;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  if (!check_typed (text, error))
    return NULL;

  bytes = tl_charset_encode (charset == TL_FTP_CHARSET_AUTO ? TL_CHARSET_UTF_8 : (TlCharset) charset, text, -1, &local_error);
  if (bytes == NULL)
    {
      refuse (error, local_error->message);
      return NULL;
    }

  /* UTF-16 makes zero bytes of ASCII, and slashes and line ends of other characters. */
  data = g_bytes_get_data (bytes, &length);
  if (memchr (data, '\0', length) != NULL || memchr (data, '/', length) != NULL || memchr (data, '\r', length) != NULL ||
      memchr (data, '\n', length) != NULL)
    {
      refuse (error, _("Names cannot be sent in this character set. Choose another one."));
      return NULL;
    }
  return g_steal_pointer (&bytes);
}
