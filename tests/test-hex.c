/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hexadecimal text: what is accepted, what is refused and where, and the way back. */
#include "tl-hex.h"

#include <string.h>

#define BYTES(s) (s), sizeof (s) - 1

static const struct {
  const char *text;
  const char *bytes;
  gsize       length;
} good_cases[] = {
  { "", BYTES ("") },
  { "  \n\t ", BYTES ("") },
  { ",;，；、", BYTES ("") },
  { "0A", BYTES ("\n") },
  { "0a0b", BYTES ("\x0a\x0b") },
  { "0A 0b,0x0C 0D0E", BYTES ("\x0a\x0b\x0c\x0d\x0e") },
  { "0x0A0x0B", BYTES ("\x0a\x0b") },
  { "0x0A,0X0B;0x0C", BYTES ("\x0a\x0b\x0c") },
  { "0x0A0B0C", BYTES ("\x0a\x0b\x0c") },
  { "\\x0A\\x0B", BYTES ("\x0a\x0b") },
  { "\\x0A \\X0b", BYTES ("\x0a\x0b") },
  { "00 00\r\n00", BYTES ("\0\0\0") },
  { "000x00", BYTES ("\0\0") },
  { "\357\274\221\357\274\241", BYTES ("\x1a") },
  { "０ｘ０Ａ，０ｂ　０Ｃ", BYTES ("\x0a\x0b\x0c") },
  { "＼ｘ０Ａ", BYTES ("\x0a") },
  { "ff FF fF", BYTES ("\xff\xff\xff") },
  { "\302\240" "01\302\240", BYTES ("\x01") },
  { "\357\273\277" "01", BYTES ("\x01") },
  { "DEADBEEF", BYTES ("\xde\xad\xbe\xef") },
};

static const struct {
  const char *text;
  gsize       position;
  const char *part;
} bad_cases[] = {
  { "0", 1, "has 1 hexadecimal digit, an odd number" },
  { "0A 0", 4, "position 4 has 1 hexadecimal digit," },
  { "0A0 0B", 1, "position 1 has 3 hexadecimal digits," },
  { "0A,0B 1,0C", 7, "position 7" },
  { "0xA", 1, "odd" },
  { "0x", 1, "prefix" },
  { "0A 0x 0B", 4, "prefix at position 4" },
  { "\\x", 1, "prefix" },
  { "0A\\x", 3, "prefix" },
  { "\\", 1, "“\\” at position 1" },
  { "0A\\0B", 3, "“\\”" },
  { "xA", 1, "“x”" },
  { "0xxA", 3, "“x”" },
  { "1x0A", 2, "“x”" },
  { "0A0x0B0", 3, "position 3 has 3" },
  { "00x0A", 3, "“x”" },
  { "0G", 2, "“G” at position 2" },
  { "你0A", 1, "“你” at position 1" },
  { "0A 你", 4, "“你” at position 4" },
  { "０Ａ ｇ", 4, "“g”" },
  { "0A:0B", 3, "“:”" },
  { "0A\a", 3, "position 3" },
  { "0A \xff", 4, "UTF-8" },
};

static void
test_good (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good_cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize position = 99;
      g_autoptr (GBytes) bytes = tl_hex_parse (good_cases[i].text, &position, &error);
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
      g_assert_null (tl_hex_parse (bad_cases[i].text, &position, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_test_message ("%s", error->message);
      g_assert_cmpuint (position, ==, bad_cases[i].position);
      g_assert_nonnull (strstr (error->message, bad_cases[i].part));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }

  g_assert_null (tl_hex_parse ("z", NULL, NULL));
}

static void
test_format (void)
{
  const guint8 data[] = { 0x00, 0x0a, 0xff };
  g_autofree char *spaced = tl_hex_format (data, 3, " ");
  g_autofree char *plain = tl_hex_format (data, 3, "");
  g_autofree char *comma = tl_hex_format (data, 3, ", ");
  g_autofree char *empty = tl_hex_format (NULL, 0, " ");

  g_assert_cmpstr (spaced, ==, "00 0A FF");
  g_assert_cmpstr (plain, ==, "000AFF");
  g_assert_cmpstr (comma, ==, "00, 0A, FF");
  g_assert_cmpstr (empty, ==, "");
}

static void
test_dump (void)
{
  g_autofree char *empty = tl_hex_dump (NULL, 0);
  g_autofree char *one = tl_hex_dump ((const guint8 *) "A", 1);
  g_autofree char *two = tl_hex_dump ((const guint8 *) "0123456789abcdef\0\x7f\xff|", 20);

  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpstr (one, ==, "00000000  41                                                |A|");
  g_assert_cmpstr (two, ==,
                   "00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|\n"
                   "00000010  00 7F FF 7C                                       |...||");
}

static void
test_large (void)
{
  gsize length = 2 * 1024 * 1024;
  g_autofree guint8 *data = g_malloc (length);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) back = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) (i * 31 + i / 256);

  text = tl_hex_format (data, length, " ");
  g_assert_cmpuint (strlen (text), ==, length * 3 - 1);
  back = tl_hex_parse (text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), data, length);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hex/good", test_good);
  g_test_add_func ("/hex/bad", test_bad);
  g_test_add_func ("/hex/format", test_format);
  g_test_add_func ("/hex/dump", test_dump);
  g_test_add_func ("/hex/large", test_large);

  return g_test_run ();
}
