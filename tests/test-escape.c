/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Escapes: parsing, formatting, and the control characters of text. */
#include "tl-escape.h"

#include <string.h>

#define BYTES(s) (s), sizeof (s) - 1

static const struct {
  TlCharset   charset;
  const char *text;
  const char *bytes;
  gsize       length;
} good_cases[] = {
  { TL_CHARSET_UTF_8, "", BYTES ("") },
  { TL_CHARSET_UTF_8, "plain 你", BYTES ("plain 你") },
  { TL_CHARSET_UTF_8, "\\a\\b\\t\\n\\v\\f\\r\\0\\e\\\\\\\"\\'", BYTES ("\a\b\t\n\v\f\r\0\033\\\"'") },
  { TL_CHARSET_UTF_8, "a\\0b", BYTES ("a\0b") },
  { TL_CHARSET_UTF_8, "\\012", BYTES ("\0" "12") },
  { TL_CHARSET_UTF_8, "\\x00\\xfF\\x412", BYTES ("\0\xff" "A2") },
  { TL_CHARSET_UTF_8, "\\u{4F60}\\u{0}\\u{1F600}\\u{00000}", BYTES ("你\0😀\0") },
  { TL_CHARSET_GBK, "你\\u{597d}\\xff", BYTES ("\xc4\xe3\xba\xc3\xff") },
  { TL_CHARSET_UTF_16LE, "a\\xff", BYTES ("a\0\xff") },
  { TL_CHARSET_SHIFT_JIS, "\\\\", BYTES ("\\") },
  { TL_CHARSET_BIG5, "功\\n", BYTES ("\xa5\x5c\n") },
  { TL_CHARSET_UTF_8, "\r\n", BYTES ("\r\n") },
};

static const struct {
  TlCharset   charset;
  const char *text;
  gsize       position;
  const char *part;
} bad_cases[] = {
  { TL_CHARSET_UTF_8, "\\", 1, "nothing after it" },
  { TL_CHARSET_UTF_8, "你好\\", 3, "position 3" },
  { TL_CHARSET_UTF_8, "\\q", 1, "“\\q”" },
  { TL_CHARSET_UTF_8, "a\\你", 2, "“\\你”" },
  { TL_CHARSET_UTF_8, "a\\N", 2, "“\\N”" },
  { TL_CHARSET_UTF_8, "\\x", 1, "\\x0A" },
  { TL_CHARSET_UTF_8, "\\n\\x1", 3, "position 3" },
  { TL_CHARSET_UTF_8, "\\x1g", 1, "two hexadecimal digits" },
  { TL_CHARSET_UTF_8, "\\u", 1, "code point" },
  { TL_CHARSET_UTF_8, "\\u4F60", 1, "code point" },
  { TL_CHARSET_UTF_8, "\\u{}", 1, "code point" },
  { TL_CHARSET_UTF_8, "\\u{4F60", 1, "code point" },
  { TL_CHARSET_UTF_8, "\\u{110000}", 1, "code point" },
  { TL_CHARSET_UTF_8, "\\u{D800}", 1, "code point" },
  { TL_CHARSET_UTF_8, "\\u{0000041}", 1, "code point" },
  { TL_CHARSET_ISO_8859_1, "é\\u{4F60}", 2, "“你” (U+4F60) at position 2" },
  { TL_CHARSET_ISO_8859_1, "\\n\\n好", 5, "“好”" },
  { TL_CHARSET_GBK, "a\\u{1F600}", 2, "GBK" },
  { TL_CHARSET_UTF_8, "ab\xff", 3, "UTF-8" },
  { TL_CHARSET_UTF_8, "\\\xff", 2, "UTF-8" },
  { TL_CHARSET_UTF_8, "\\\xe4\xbd", 2, "UTF-8" },
};

static void
test_good (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good_cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize position = 99;
      g_autoptr (GBytes) bytes = tl_escape_parse (good_cases[i].text, good_cases[i].charset, &position, &error);
      const void *data;
      gsize length;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_no_error (error);
      data = g_bytes_get_data (bytes, &length);
      g_assert_cmpmem (data, length, good_cases[i].bytes, good_cases[i].length);
      g_assert_cmpuint (position, ==, 0);
    }
}

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize position = 0;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_null (tl_escape_parse (bad_cases[i].text, bad_cases[i].charset, &position, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_test_message ("%s", error->message);
      g_assert_cmpuint (position, ==, bad_cases[i].position);
      g_assert_nonnull (strstr (error->message, bad_cases[i].part));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }

  g_assert_null (tl_escape_parse ("\\", TL_CHARSET_UTF_8, NULL, NULL));
}

static void
test_format (void)
{
  guint8 all[256];
  g_autofree char *empty = tl_escape_format (NULL, 0);
  g_autofree char *text = tl_escape_format ((const guint8 *) "a\0" "1\r\n\\\"\x7f\xe4", 9);
  g_autofree char *whole = NULL;

  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpstr (text, ==, "a\\01\\r\\n\\\\\"\\x7F\\xE4");

  for (guint i = 0; i < 256; i++)
    all[i] = (guint8) i;
  whole = tl_escape_format (all, sizeof all);
  g_assert_true (g_str_is_ascii (whole));

  for (guint charset = 0; charset <= TL_CHARSET_ISO_8859_1; charset++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) back = tl_escape_parse (whole, charset, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), all, sizeof all);
    }
}

static const struct {
  const char *text;
  const char *flat;
  const char *kept;
} visible_cases[] = {
  { "", "", "" },
  { "plain 你好😀", "plain 你好😀", "plain 你好😀" },
  { "a\nb", "a␊b", "a␊\nb" },
  { "a\r\nb", "a␍␊b", "a␍␊\nb" },
  { "a\rb", "a␍b", "a␍\nb" },
  { "\r", "␍", "␍\n" },
  { "\n\r\n", "␊␍␊", "␊\n␍␊\n" },
  { "\t\001\037\177\033[0m", "␉␁␟␡␛[0m", "␉␁␟␡␛[0m" },
  { "\302\205\302\237", "<U+0085><U+009F>", "<U+0085><U+009F>" },
  { "a\342\200\256b", "a<U+202E>b", "a<U+202E>b" },
  { "\342\201\246\342\201\251", "<U+2066><U+2069>", "<U+2066><U+2069>" },
  { "\330\234\342\200\216\342\200\217", "<U+061C><U+200E><U+200F>", "<U+061C><U+200E><U+200F>" },
  { "\357\273\277\342\200\250\342\200\251", "<U+FEFF><U+2028><U+2029>", "<U+FEFF><U+2028><U+2029>" },
  { "<b>&amp;</b>", "<b>&amp;</b>", "<b>&amp;</b>" },
  { "\302\240", "\302\240", "\302\240" },
  { "a\xff", "a\\xFF", "a\\xFF" },
};

static void
test_visible (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (visible_cases); i++)
    {
      g_autofree char *flat = tl_escape_visible (visible_cases[i].text, FALSE);
      g_autofree char *kept = tl_escape_visible (visible_cases[i].text, TRUE);

      g_assert_cmpstr (flat, ==, visible_cases[i].flat);
      g_assert_cmpstr (kept, ==, visible_cases[i].kept);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/escape/good", test_good);
  g_test_add_func ("/escape/bad", test_bad);
  g_test_add_func ("/escape/format", test_format);
  g_test_add_func ("/escape/visible", test_visible);

  return g_test_run ();
}
