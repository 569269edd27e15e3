/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Escapes: bytes come back from what was made of them; a refusal points into the text; nothing invisible is left.
 * The first byte chooses the character set. */
#include "fuzz.h"

#include <string.h>

#include "tl-escape.h"

static void
check_parse (const char *text,
             TlCharset   charset)
{
  g_autoptr (GError) error = NULL;
  gsize position = 0;
  g_autoptr (GBytes) bytes = tl_escape_parse (text, charset, &position, &error);

  if (bytes != NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpuint (position, ==, 0);
      g_assert_cmpuint (g_bytes_get_size (bytes), <=, 2 * strlen (text));
    }
  else
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpuint (position, >=, 1);
      g_assert_cmpuint (position, <=, strlen (text));
    }
}

static void
check_round_trip (const guint8 *data,
                  gsize         size,
                  TlCharset     charset)
{
  g_autofree char *text = tl_escape_format (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) back = NULL;

  g_assert_true (g_str_is_ascii (text));
  if (charset == TL_CHARSET_UTF_16LE || charset == TL_CHARSET_UTF_16BE)
    return;

  back = tl_escape_parse (text, charset, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), data, size);
}

static void
check_visible (const char *text,
               gboolean    keep_newlines)
{
  g_autofree char *visible = tl_escape_visible (text, keep_newlines);

  g_assert_true (g_utf8_validate (visible, -1, NULL));
  for (const char *p = visible; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_assert_true (!g_unichar_iscntrl (c) || (c == '\n' && keep_newlines));
      g_assert_true (c < 0x202a || c > 0x202e);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = NULL;
  TlCharset charset;

  if (size == 0)
    return 0;

  charset = data[0] % TL_N_CHARSETS;
  text = g_strndup ((const char *) data + 1, size - 1);
  check_parse (text, charset);
  check_round_trip (data + 1, size - 1, charset);
  check_visible (text, FALSE);
  check_visible (text, TRUE);

  return 0;
}
