/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Character sets: names, and text to bytes. */
#include "tl-charset.h"

#include <locale.h>

typedef struct {
  TlCharset   charset;
  const char *text;
  const char *bytes;
  gsize       length;
} EncodeCase;

#define BYTES(s) (s), sizeof (s) - 1

static const EncodeCase encode_cases[] = {
  { TL_CHARSET_UTF_8, "", BYTES ("") },
  { TL_CHARSET_UTF_8, "你好", BYTES ("\xe4\xbd\xa0\xe5\xa5\xbd") },
  { TL_CHARSET_GB18030, "你好", BYTES ("\xc4\xe3\xba\xc3") },
  { TL_CHARSET_GB18030, "€", BYTES ("\xa2\xe3") },
  { TL_CHARSET_GB18030, "\U00020000", BYTES ("\x95\x32\x82\x36") },
  { TL_CHARSET_GB18030, "é", BYTES ("\xa8\xa6") },
  { TL_CHARSET_GBK, "你好", BYTES ("\xc4\xe3\xba\xc3") },
  { TL_CHARSET_GBK, "a你\n", BYTES ("a\xc4\xe3\n") },
  { TL_CHARSET_BIG5, "你好", BYTES ("\xa7\x41\xa6\x6e") },
  { TL_CHARSET_BIG5, "功", BYTES ("\xa5\x5c") },
  { TL_CHARSET_SHIFT_JIS, "日本", BYTES ("\x93\xfa\x96\x7b") },
  { TL_CHARSET_SHIFT_JIS, "\\~", BYTES ("\\~") },
  { TL_CHARSET_SHIFT_JIS, "ｱ", BYTES ("\xb1") },
  { TL_CHARSET_EUC_KR, "안녕", BYTES ("\xbe\xc8\xb3\xe7") },
  { TL_CHARSET_EUC_KR, "\\", BYTES ("\\") },
  { TL_CHARSET_ISO_8859_1, "café", BYTES ("caf\xe9") },
  { TL_CHARSET_UTF_16LE, "a你", BYTES ("a\0\x60\x4f") },
  { TL_CHARSET_UTF_16BE, "a你", BYTES ("\0a\x4f\x60") },
  { TL_CHARSET_UTF_16LE, "😀", BYTES ("\x3d\xd8\x00\xde") },
  { TL_CHARSET_UTF_16BE, "😀", BYTES ("\xd8\x3d\xde\x00") },
};

static void
test_encode (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (encode_cases); i++)
    {
      const EncodeCase *c = &encode_cases[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = tl_charset_encode (c->charset, c->text, -1, &error);
      gsize length;
      const void *data;

      g_test_message ("%s: %s", tl_charset_get_name (c->charset), c->text);
      g_assert_no_error (error);
      data = g_bytes_get_data (bytes, &length);
      g_assert_cmpmem (data, length, c->bytes, c->length);
    }
}

static void
test_encode_nul (void)
{
  for (guint i = 0; i < TL_N_CHARSETS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = tl_charset_encode (i, "a\0b", 3, &error);
      gsize unit = i == TL_CHARSET_UTF_16LE || i == TL_CHARSET_UTF_16BE ? 2 : 1;

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (bytes), ==, 3 * unit);
    }
}

static void
test_encode_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 100000; i++)
    g_string_append (text, "你");

  bytes = tl_charset_encode (TL_CHARSET_GBK, text->str, (gssize) text->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 200000);
}

static const struct {
  TlCharset   charset;
  const char *text;
  const char *sentence;
} error_cases[] = {
  { TL_CHARSET_ISO_8859_1, "ab你c", "The character “你” (U+4F60) at position 3 does not exist in ISO-8859-1; choose another character set or remove it." },
  { TL_CHARSET_GBK, "你好😀", "The character “😀” (U+1F600) at position 3 does not exist in GBK; choose another character set or remove it." },
  { TL_CHARSET_BIG5, "们", "The character “们” (U+4EEC) at position 1 does not exist in Big5; choose another character set or remove it." },
  { TL_CHARSET_SHIFT_JIS, "안", "The character “안” (U+C548) at position 1 does not exist in Shift_JIS; choose another character set or remove it." },
  { TL_CHARSET_UTF_8, "a\xff", "The text is not valid UTF-8 at position 2; type or paste it again." },
  { TL_CHARSET_GBK, "a\xe4\xbd", "The text is not valid UTF-8 at position 2; type or paste it again." },
};

static void
test_encode_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (error_cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (tl_charset_encode (error_cases[i].charset, error_cases[i].text, -1, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_cmpstr (error->message, ==, error_cases[i].sentence);
    }
}

static void
test_names (void)
{
  TlCharset charset = TL_CHARSET_BIG5;

  for (guint i = 0; i < TL_N_CHARSETS; i++)
    {
      g_autofree char *lower = g_ascii_strdown (tl_charset_get_name (i), -1);

      g_assert_true (tl_charset_from_name (tl_charset_get_name (i), &charset));
      g_assert_cmpuint (charset, ==, i);
      charset = 0;
      g_assert_true (tl_charset_from_name (lower, &charset));
      g_assert_cmpuint (charset, ==, i);
      if (i != TL_CHARSET_ISO_8859_1 && i != TL_CHARSET_UTF_16LE && i != TL_CHARSET_UTF_16BE)
        g_assert_nonnull (tl_charset_get_converter (i));
    }

  g_assert_false (tl_charset_from_name ("KOI8-R", &charset));
  g_assert_false (tl_charset_from_name ("", &charset));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/charset/names", test_names);
  g_test_add_func ("/charset/encode", test_encode);
  g_test_add_func ("/charset/encode-nul", test_encode_nul);
  g_test_add_func ("/charset/encode-long", test_encode_long);
  g_test_add_func ("/charset/encode-errors", test_encode_errors);

  return g_test_run ();
}
