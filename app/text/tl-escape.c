/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text with backslash escapes and bytes, and control characters made visible. */
#include "tl-escape.h"

#include <string.h>
#include <glib/gi18n-lib.h>

/* Letter and byte stand at the same place. */
static const char escape_letters[] = "abtnvfr0e\\\"'";
static const guint8 escape_bytes[] = { 7, 8, 9, 10, 11, 12, 13, 0, 27, '\\', '"', '\'' };

/* Reads up to @max hex digits at @p into @value, and returns how many there were. */
static int
read_hex (const char *p,
          int         max,
          gunichar   *value)
{
  int n = 0;

  *value = 0;
  while (n < max && g_ascii_isxdigit (p[n]))
    *value = *value << 4 | (gunichar) g_ascii_xdigit_value (p[n++]);

  return n;
}

/* Appends the escape at @p, which is a backslash, and returns its length; 0 with @error set. */
static gsize
parse_escape (const char *p,
              TlCharset   charset,
              gsize       position,
              GByteArray *out,
              GError    **error)
{
  const char *found = p[1] != '\0' ? strchr (escape_letters, p[1]) : NULL;
  gunichar value;
  int n;

  if (found != NULL)
    {
      g_byte_array_append (out, &escape_bytes[found - escape_letters], 1);
      return 2;
    }

  if (p[1] == 'x')
    {
      guint8 byte;

      if (read_hex (p + 2, 2, &value) != 2)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _("\\x at position %zu needs two hexadecimal digits after it, as in \\x0A."), position);
          return 0;
        }
      byte = (guint8) value;
      g_byte_array_append (out, &byte, 1);
      return 4;
    }

  if (p[1] == 'u')
    {
      char utf8[7] = "";
      gsize bad;

      n = p[2] == '{' ? read_hex (p + 3, 6, &value) : 0;
      if (n == 0 || p[3 + n] != '}' || !g_unichar_validate (value))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _("\\u at position %zu needs a code point in braces after it, as in \\u{4F60}."), position);
          return 0;
        }
      if (!tl_charset_append (charset, utf8, (gsize) g_unichar_to_utf8 (value, utf8), out, &bad))
        {
          tl_charset_set_error (charset, utf8, position, error);
          return 0;
        }
      return (gsize) n + 4;
    }

  if (p[1] == '\0')
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _("The backslash at position %zu has nothing after it; write \\\\ for a backslash."), position);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _("“\\%.*s” at position %zu is not an escape; write \\\\ for a backslash."),
                 (int) (g_utf8_next_char (p + 1) - (p + 1)), p + 1, position);
  return 0;
}

GBytes *
tl_escape_parse (const char  *text,
                 TlCharset    charset,
                 gsize       *position,
                 GError     **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gsize at = 1;
  gsize unused;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail ((guint) charset < TL_N_CHARSETS, NULL);

  if (position == NULL)
    position = &unused;
  *position = 0;

  for (const char *p = text; *p != '\0';)
    {
      gsize length = strcspn (p, "\\");
      gsize bad = 0;

      if (!tl_charset_append (charset, p, length, out, &bad))
        {
          *position = at + (gsize) g_utf8_strlen (p, (gssize) bad);
          tl_charset_set_error (charset, p + bad, *position, error);
          return NULL;
        }

      at += (gsize) g_utf8_strlen (p, (gssize) length);
      p += length;
      if (*p == '\0')
        break;

      if (g_utf8_get_char_validated (p + 1, -1) >= (gunichar) -2)
        {
          *position = at + 1;
          tl_charset_set_error (charset, p + 1, *position, error);
          return NULL;
        }

      length = parse_escape (p, charset, at, out, error);
      if (length == 0)
        {
          *position = at;
          return NULL;
        }
      at += length;
      p += length;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

char *
tl_escape_format (const guint8 *data,
                  gsize         length)
{
  GString *out;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  out = g_string_sized_new (length + length / 4 + 1);
  for (gsize i = 0; i < length; i++)
    {
      /* Quotes are printable: only the parser knows them as escapes. */
      const guint8 *found = memchr (escape_bytes, data[i], sizeof escape_bytes - 2);

      if (found != NULL)
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, escape_letters[found - escape_bytes]);
        }
      else if (g_ascii_isprint (data[i]))
        {
          g_string_append_c (out, (char) data[i]);
        }
      else
        {
          g_string_append_printf (out, "\\x%02X", data[i]);
        }
    }

  return g_string_free (out, FALSE);
}

/* What would be invisible, or would reorder what stands around it. */
static gboolean
is_hidden (gunichar c)
{
  return (c >= 0x80 && c <= 0x9f) || c == 0x061c || c == 0x200e || c == 0x200f ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

char *
tl_escape_visible (const char *text,
                   gboolean    keep_newlines)
{
  GString *out;
  const char *p = text;

  g_return_val_if_fail (text != NULL, NULL);

  out = g_string_sized_new (strlen (text) + 16);
  while (*p != '\0')
    {
      gunichar c;
      const char *next = p;

      /* Most of most texts. */
      while (*next >= 0x20 && *next < 0x7f)
        next++;
      if (next > p)
        {
          g_string_append_len (out, p, next - p);
          p = next;
          continue;
        }

      c = g_utf8_get_char_validated (p, -1);
      if (c >= (gunichar) -2)
        {
          g_string_append_printf (out, "\\x%02X", (guint8) *p++);
          continue;
        }

      next = g_utf8_next_char (p);
      if (c < 0x20)
        g_string_append_unichar (out, 0x2400 + c);
      else if (c == 0x7f)
        g_string_append_unichar (out, 0x2421);
      else if (is_hidden (c))
        g_string_append_printf (out, "<U+%04X>", c);
      else
        g_string_append_len (out, p, next - p);

      if (keep_newlines && (c == '\n' || (c == '\r' && *next != '\n')))
        g_string_append_c (out, '\n');
      p = next;
    }

  return g_string_free (out, FALSE);
}
