/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decoder: valid text without NUL comes out, the same however the bytes were cut.
 * The first byte chooses the character set, the second where to cut. */
#include "fuzz.h"

#include <string.h>

#include "tl-decoder.h"

static char *
decode_in_pieces (TlCharset     charset,
                  const guint8 *data,
                  gsize         size,
                  guint         step)
{
  g_autoptr (TlDecoder) decoder = tl_decoder_new (charset);
  GString *out = g_string_new (NULL);

  for (gsize done = 0; done < size;)
    {
      gsize n = MIN (size - done, step % 7 + 1);

      step = step * 5 + 3;
      tl_decoder_feed (decoder, data + done, n, out);
      g_assert_cmpuint (tl_decoder_get_pending (decoder), <=, TL_DECODER_MAX_PENDING);
      g_assert_cmpuint (tl_decoder_get_pending (decoder), <=, done + n);
      g_assert_true (g_utf8_validate_len (out->str, out->len, NULL));
      done += n;
    }

  tl_decoder_flush (decoder, out);
  g_assert_cmpuint (tl_decoder_get_pending (decoder), ==, 0);
  return g_string_free (out, FALSE);
}

/* How many bytes the text stands for; -1 where that cannot be told. */
static gssize
count_bytes (TlCharset   charset,
             const char *text)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  gssize count = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      if (g_str_has_prefix (text, "\\x"))
        {
          count++;
          text += 3;
        }
      else if (g_str_has_prefix (text, "\342\220\200"))
        {
          g_string_append_c (plain, '\0');
        }
      else
        {
          g_string_append_unichar (plain, g_utf8_get_char (text));
        }
    }

  bytes = tl_charset_encode (charset, plain->str, (gssize) plain->len, NULL);
  return bytes != NULL ? count + (gssize) g_bytes_get_size (bytes) : -1;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *whole = NULL;
  g_autofree char *pieces = NULL;
  TlCharset charset;

  if (size < 2)
    return 0;

  charset = data[0] % TL_N_CHARSETS;
  whole = tl_decode (charset, data + 2, size - 2);
  pieces = decode_in_pieces (charset, data + 2, size - 2, data[1]);

  g_assert_true (g_utf8_validate (whole, -1, NULL));
  g_assert_cmpuint (strlen (whole), <=, 4 * (size - 2));
  g_assert_cmpstr (whole, ==, pieces);

  /* Nothing is lost. A backslash of the message looks like one of ours, and U+2400 of the Unicode sets like a NUL of theirs. */
  if (memchr (data + 2, '\\', size - 2) == NULL && charset != TL_CHARSET_UTF_8 && charset < TL_CHARSET_UTF_16LE)
    g_assert_cmpint (count_bytes (charset, whole), ==, size - 2);

  if (charset == TL_CHARSET_UTF_8 && g_utf8_validate_len ((const char *) data + 2, size - 2, NULL))
    g_assert_cmpmem (whole, strlen (whole), data + 2, size - 2);

  return 0;
}
