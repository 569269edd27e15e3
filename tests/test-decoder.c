/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The streaming decoder: every case whole, byte by byte, and over every split into two. */
#include "tl-decoder.h"

#include <string.h>

typedef struct {
  TlCharset   charset;
  const char *bytes;
  gsize       length;
  const char *text;
} DecodeCase;

#define BYTES(s) (s), sizeof (s) - 1

static const DecodeCase cases[] = {
  { TL_CHARSET_UTF_8, BYTES (""), "" },
  { TL_CHARSET_UTF_8, BYTES ("plain"), "plain" },
  { TL_CHARSET_UTF_8, BYTES ("你好😀é"), "你好😀é" },
  { TL_CHARSET_UTF_8, BYTES ("a\0b\0"), "a\342\220\200b\342\220\200" },
  { TL_CHARSET_UTF_8, BYTES ("a\xff" "b"), "a\\xFFb" },
  { TL_CHARSET_UTF_8, BYTES ("\xe4\xbd" "x"), "\\xE4\\xBDx" },
  { TL_CHARSET_UTF_8, BYTES ("\xe4\xbd\xe4\xbd\xa0"), "\\xE4\\xBD你" },
  { TL_CHARSET_UTF_8, BYTES ("\xe4\xbd\0"), "\\xE4\\xBD\342\220\200" },
  { TL_CHARSET_UTF_8, BYTES ("\xe4\xbd"), "\\xE4\\xBD" },
  { TL_CHARSET_UTF_8, BYTES ("\xc0\x80"), "\\xC0\\x80" },
  { TL_CHARSET_UTF_8, BYTES ("\xe0\x80\x80"), "\\xE0\\x80\\x80" },
  { TL_CHARSET_UTF_8, BYTES ("\xed\xa0\x80"), "\\xED\\xA0\\x80" },
  { TL_CHARSET_UTF_8, BYTES ("\xf4\x90\x80\x80"), "\\xF4\\x90\\x80\\x80" },
  { TL_CHARSET_UTF_8, BYTES ("\xf0\x8f\xbf\xbf"), "\\xF0\\x8F\\xBF\\xBF" },
  { TL_CHARSET_UTF_8, BYTES ("\xf8\x88\x80\x80\x80"), "\\xF8\\x88\\x80\\x80\\x80" },
  { TL_CHARSET_UTF_8, BYTES ("\xf0\x9f\x98"), "\\xF0\\x9F\\x98" },
  { TL_CHARSET_UTF_8, BYTES ("\xef\xbb\xbf" "a"), "\357\273\277a" },
  { TL_CHARSET_UTF_8, BYTES ("\xef\xbf\xbf"), "\xef\xbf\xbf" },
  { TL_CHARSET_UTF_8, BYTES ("\xf4\x8f\xbf\xbf"), "\U0010ffff" },
  { TL_CHARSET_GBK, BYTES ("\xc4\xe3\xba\xc3"), "你好" },
  { TL_CHARSET_GBK, BYTES ("\xc4\xe3\0\xba\xc3"), "你\342\220\200好" },
  { TL_CHARSET_GBK, BYTES ("\xc4"), "\\xC4" },
  { TL_CHARSET_GBK, BYTES ("\xc4 a"), "\\xC4 a" },
  { TL_CHARSET_GBK, BYTES ("\xff\xff\xc4\xe3"), "\\xFF\\xFF你" },
  { TL_CHARSET_GB18030, BYTES ("\xc4\xe3\xba\xc3"), "你好" },
  { TL_CHARSET_GB18030, BYTES ("\x95\x32\x82\x36"), "\U00020000" },
  { TL_CHARSET_GB18030, BYTES ("\x94\x39\xfc\x36"), "😀" },
  { TL_CHARSET_GB18030, BYTES ("\x95\x32\x82"), "\\x95\\x32\\x82" },
  { TL_CHARSET_GB18030, BYTES ("\x95\x32"), "\\x95\\x32" },
  { TL_CHARSET_GB18030, BYTES ("\x95\x32 a"), "\\x952 a" },
  { TL_CHARSET_BIG5, BYTES ("\xa7\x41\xa6\x6e"), "你好" },
  { TL_CHARSET_BIG5, BYTES ("\xa5\x5c\xa5"), "功\\xA5" },
  { TL_CHARSET_SHIFT_JIS, BYTES ("\x93\xfa\x96\x7b\x5c\x7e\xb1"), "日本\\~ｱ" },
  { TL_CHARSET_SHIFT_JIS, BYTES ("\x93"), "\\x93" },
  { TL_CHARSET_EUC_KR, BYTES ("\xbe\xc8\xb3\xe7"), "안녕" },
  { TL_CHARSET_EUC_KR, BYTES ("\xbe\xc8\xff"), "안\\xFF" },
  { TL_CHARSET_EUC_KR, BYTES ("\xa2\xe8x"), "\\xA2\\xE8x" },
  { TL_CHARSET_EUC_KR, BYTES ("\xa2\xe8"), "\\xA2\\xE8" },
  { TL_CHARSET_ISO_8859_1, BYTES ("caf\xe9\0\xff"), "café\342\220\200ÿ" },
  { TL_CHARSET_ISO_8859_1, BYTES ("\x80\x9f"), "\302\200\302\237" },
  { TL_CHARSET_UTF_16LE, BYTES ("a\0\x60\x4f"), "a你" },
  { TL_CHARSET_UTF_16BE, BYTES ("\0a\x4f\x60"), "a你" },
  { TL_CHARSET_UTF_16LE, BYTES ("\x3d\xd8\x00\xde" "b\0"), "😀b" },
  { TL_CHARSET_UTF_16BE, BYTES ("\xd8\x3d\xde\x00\0b"), "😀b" },
  { TL_CHARSET_UTF_16LE, BYTES ("\x3d\xd8" "b\0"), "\\x3D\\xD8b" },
  { TL_CHARSET_UTF_16BE, BYTES ("\xde\x00\0b"), "\\xDE\\x00b" },
  { TL_CHARSET_UTF_16BE, BYTES ("\xd8\x3d\xd8\x3d\xde\x00"), "\\xD8\\x3D😀" },
  { TL_CHARSET_UTF_16BE, BYTES ("\xd8\x3d\xde"), "\\xD8\\x3D\\xDE" },
  { TL_CHARSET_UTF_16LE, BYTES ("a"), "\\x61" },
  { TL_CHARSET_UTF_16LE, BYTES ("\0\0a\0"), "\342\220\200a" },
};

static const guint8 *
case_bytes (const DecodeCase *c)
{
  return (const guint8 *) c->bytes;
}

static void
test_whole (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = tl_decode (cases[i].charset, case_bytes (&cases[i]), cases[i].length);

      g_test_message ("case %" G_GSIZE_FORMAT ", %s", i, tl_charset_get_name (cases[i].charset));
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_splits (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const DecodeCase *c = &cases[i];

      for (gsize split = 0; split <= c->length; split++)
        {
          g_autoptr (TlDecoder) decoder = tl_decoder_new (c->charset);
          g_autoptr (GString) out = g_string_new (NULL);

          g_test_message ("case %" G_GSIZE_FORMAT ", split at %" G_GSIZE_FORMAT, i, split);
          tl_decoder_feed (decoder, case_bytes (c), split, out);
          g_assert_cmpuint (tl_decoder_get_pending (decoder), <=, 3);
          tl_decoder_feed (decoder, case_bytes (c) + split, c->length - split, out);
          tl_decoder_flush (decoder, out);
          g_assert_cmpuint (tl_decoder_get_pending (decoder), ==, 0);
          g_assert_cmpstr (out->str, ==, c->text);
        }
    }
}

static void
test_bytewise (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TlDecoder) decoder = tl_decoder_new (cases[i].charset);
      g_autoptr (GString) out = g_string_new (NULL);

      for (gsize j = 0; j < cases[i].length; j++)
        tl_decoder_feed (decoder, case_bytes (&cases[i]) + j, 1, out);
      tl_decoder_flush (decoder, out);
      g_assert_cmpstr (out->str, ==, cases[i].text);
    }
}

/* Longer than the buffer inside, so that its end falls on every place of a character. */
static void
test_long (void)
{
  for (guint charset = 0; charset < TL_N_CHARSETS; charset++)
    {
      for (int shift = 0; shift < 4; shift++)
        {
          g_autoptr (GString) text = g_string_new (NULL);
          g_autoptr (GBytes) bytes = NULL;
          g_autoptr (GError) error = NULL;
          g_autofree char *decoded = NULL;
          const guint8 *data;
          gsize length;

          g_string_append_len (text, "xyz", shift);
          while (text->len < 50000)
            g_string_append (text, charset == TL_CHARSET_ISO_8859_1 ? "é" : charset == TL_CHARSET_EUC_KR ? "안" : "人");

          bytes = tl_charset_encode (charset, text->str, -1, &error);
          g_assert_no_error (error);
          data = g_bytes_get_data (bytes, &length);
          decoded = tl_decode (charset, data, length);
          g_assert_true (strcmp (decoded, text->str) == 0);
        }
    }
}

static void
test_pending (void)
{
  g_autoptr (TlDecoder) decoder = tl_decoder_new (TL_CHARSET_UTF_8);
  g_autoptr (GString) out = g_string_new ("kept ");

  tl_decoder_feed (decoder, (const guint8 *) "x\xf0\x9f\x98", 4, out);
  g_assert_cmpstr (out->str, ==, "kept x");
  tl_decoder_feed (decoder, NULL, 0, out);
  g_assert_cmpuint (tl_decoder_get_pending (decoder), ==, 3);
  tl_decoder_feed (decoder, (const guint8 *) "\x80", 1, out);
  g_assert_cmpstr (out->str, ==, "kept x😀");
  g_assert_cmpuint (tl_decoder_get_pending (decoder), ==, 0);
}

/* How many bytes of the set the text stands for. */
static gsize
count_bytes (TlCharset   charset,
             const char *text)
{
  gsize count = 0;

  while (*text != '\0')
    {
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      const char *next = g_utf8_next_char (text);

      if (g_str_has_prefix (text, "\\x") && strlen (text) >= 4)
        {
          count++;
          text += 4;
          continue;
        }

      if (g_str_has_prefix (text, "\342\220\200"))
        bytes = tl_charset_encode (charset, "", 1, &error);
      else
        bytes = tl_charset_encode (charset, text, next - text, &error);
      g_assert_no_error (error);
      count += g_bytes_get_size (bytes);
      text = next;
    }

  return count;
}

/* Each pair of bytes in each set: valid text, no NUL, and nothing lost. */
static void
test_all_pairs (void)
{
  for (guint charset = 0; charset < TL_N_CHARSETS; charset++)
    {
      for (guint first = 0; first < 256; first++)
        {
          for (guint second = 0; second < 256; second++)
            {
              guint8 data[2] = { (guint8) first, (guint8) second };
              g_autofree char *text = tl_decode (charset, data, 2);

              g_assert_true (g_utf8_validate (text, -1, NULL));
              g_assert_cmpuint (count_bytes (charset, text), ==, 2);
            }
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/decoder/whole", test_whole);
  g_test_add_func ("/decoder/splits", test_splits);
  g_test_add_func ("/decoder/bytewise", test_bytewise);
  g_test_add_func ("/decoder/long", test_long);
  g_test_add_func ("/decoder/pending", test_pending);
  g_test_add_func ("/decoder/all-pairs", test_all_pairs);

  return g_test_run ();
}
