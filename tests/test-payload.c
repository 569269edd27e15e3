/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a composer makes of what was typed. */
#include "tl-payload.h"

#include <locale.h>
#include <string.h>

typedef struct {
  TlPayload   payload;
  const char *text;
  const char *bytes;
  gsize       length;
} Good;

#define BYTES(s) s, sizeof (s) - 1

static const Good good[] = {
  { { TL_PAYLOAD_TEXT }, "hello", BYTES ("hello") },
  { { TL_PAYLOAD_TEXT }, "", BYTES ("") },
  { { TL_PAYLOAD_TEXT }, "\\n stays", BYTES ("\\n stays") },
  { { TL_PAYLOAD_TEXT, TL_CHARSET_GB18030 }, "你好", BYTES ("\xc4\xe3\xba\xc3") },
  { { TL_PAYLOAD_TEXT, TL_CHARSET_UTF_8, TL_LINE_ENDING_LF }, "a\nb", BYTES ("a\nb\n") },
  { { TL_PAYLOAD_TEXT, TL_CHARSET_UTF_8, TL_LINE_ENDING_NONE }, "a\nb", BYTES ("a\nb") },
  { { TL_PAYLOAD_TEXT, TL_CHARSET_UTF_8, TL_LINE_ENDING_CRLF }, "a\n\nb", BYTES ("a\r\n\r\nb\r\n") },
  { { TL_PAYLOAD_TEXT, TL_CHARSET_UTF_8, TL_LINE_ENDING_CR }, "a\nb", BYTES ("a\rb\r") },
  { { TL_PAYLOAD_TEXT, TL_CHARSET_UTF_8, TL_LINE_ENDING_CRLF }, "", BYTES ("\r\n") },
  { { TL_PAYLOAD_TEXT, TL_CHARSET_UTF_16LE, TL_LINE_ENDING_CRLF }, "A", BYTES ("A\0\r\0\n\0") },
  { { TL_PAYLOAD_TEXT, TL_CHARSET_UTF_16BE, TL_LINE_ENDING_LF }, "A\nB", BYTES ("\0A\0\n\0B\0\n") },
  { { TL_PAYLOAD_ESCAPES }, "a\\0b\\x00\\xff", BYTES ("a\0b\0\xff") },
  { { TL_PAYLOAD_ESCAPES, TL_CHARSET_GBK }, "\\u{4f60}", BYTES ("\xc4\xe3") },
  { { TL_PAYLOAD_ESCAPES, TL_CHARSET_UTF_8, TL_LINE_ENDING_CRLF }, "a\\n\nb", BYTES ("a\n\r\nb\r\n") },
  { { TL_PAYLOAD_HEX }, "0A 0b\n0x0C", BYTES ("\x0a\x0b\x0c") },
  { { TL_PAYLOAD_HEX, TL_CHARSET_UTF_8, TL_LINE_ENDING_CRLF }, "41", BYTES ("A") },
  { { TL_PAYLOAD_HEX, TL_CHARSET_UTF_8, TL_LINE_ENDING_NONE, TL_CHECKSUM_CRC16_MODBUS }, "01 03 00 00 00 0A", BYTES ("\x01\x03\x00\x00\x00\x0a\xc5\xcd") },
  { { TL_PAYLOAD_TEXT, TL_CHARSET_UTF_8, TL_LINE_ENDING_NONE, TL_CHECKSUM_SUM8 }, "AB", BYTES ("AB\x83") },
  { { TL_PAYLOAD_TEXT, TL_CHARSET_UTF_8, TL_LINE_ENDING_CRLF, TL_CHECKSUM_XOR }, "AB", BYTES ("AB\x03\r\n") },
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize position = 77;
      g_autoptr (GBytes) bytes = tl_payload_build (&good[i].payload, good[i].text, &position, &error);

      g_test_message ("%u: %s", i, good[i].text);
      g_assert_no_error (error);
      g_assert_nonnull (bytes);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), good[i].bytes, good[i].length);
      g_assert_cmpuint (position, ==, 0);
    }
}

static void
test_bad (void)
{
  static const struct {
    TlPayload   payload;
    const char *text;
    gsize       position;
  } bad[] = {
    { { TL_PAYLOAD_HEX }, "0A 0", 4 },
    { { TL_PAYLOAD_HEX }, "0A zz", 4 },
    { { TL_PAYLOAD_HEX }, "你", 1 },
    { { TL_PAYLOAD_ESCAPES }, "ab\\q", 3 },
    { { TL_PAYLOAD_ESCAPES, TL_CHARSET_UTF_8, TL_LINE_ENDING_CRLF }, "a\n\nb\\q", 5 },
    { { TL_PAYLOAD_TEXT, TL_CHARSET_ISO_8859_1 }, "é你é", 2 },
    { { TL_PAYLOAD_TEXT, TL_CHARSET_ISO_8859_1, TL_LINE_ENDING_CRLF }, "a\n\nb你好", 5 },
    { { TL_PAYLOAD_TEXT, TL_CHARSET_BIG5 }, "中文 abc 😀", 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize position = 0;
      g_autoptr (GBytes) bytes = tl_payload_build (&bad[i].payload, bad[i].text, &position, &error);

      g_test_message ("%u: %s", i, bad[i].text);
      g_assert_null (bytes);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_cmpuint (position, ==, bad[i].position);
    }
}

static void
test_large (void)
{
  const TlPayload payload = { TL_PAYLOAD_TEXT, TL_CHARSET_GB18030, TL_LINE_ENDING_CRLF, TL_CHECKSUM_CRC32 };
  g_autofree char *text = g_strnfill (1024 * 1024, 'x');
  g_autoptr (GBytes) bytes = NULL;

  text[1000] = '\n';
  bytes = tl_payload_build (&payload, text, NULL, NULL);
  g_assert_nonnull (bytes);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 1024 * 1024 + 1 + 4 + 2);
}

static void
test_summary (void)
{
  const TlPayload plain = { TL_PAYLOAD_TEXT };
  const TlPayload hex = { TL_PAYLOAD_HEX, TL_CHARSET_GBK, TL_LINE_ENDING_LF, TL_CHECKSUM_NONE };
  const TlPayload full = { TL_PAYLOAD_TEXT, TL_CHARSET_GB18030, TL_LINE_ENDING_CRLF, TL_CHECKSUM_SUM8 };
  g_autofree char *plain_text = tl_payload_dup_summary (&plain);
  g_autofree char *hex_text = tl_payload_dup_summary (&hex);
  g_autofree char *full_text = tl_payload_dup_summary (&full);
  g_autofree char *expected = g_strdup_printf ("Text · GB18030 · CRLF · %s", tl_checksum_get_label (TL_CHECKSUM_SUM8));

  g_assert_cmpstr (plain_text, ==, "Text · UTF-8");
  g_assert_cmpstr (hex_text, ==, "Hex");
  g_assert_cmpstr (full_text, ==, expected);
}

static void
test_string (void)
{
  TlPayload back = { 0 };

  for (guint mode = 0; mode < TL_N_PAYLOAD_MODES; mode++)
    for (guint charset = 0; charset < TL_N_CHARSETS; charset++)
      for (guint checksum = 0; checksum < TL_N_CHECKSUMS; checksum++)
        {
          const TlPayload payload = { mode, charset, checksum % TL_N_LINE_ENDINGS, checksum };
          g_autofree char *string = tl_payload_to_string (&payload);

          g_assert_true (tl_payload_from_string (&back, string));
          g_assert_true (tl_payload_equal (&payload, &back));
        }

  back = (TlPayload) { TL_PAYLOAD_HEX, TL_CHARSET_BIG5, TL_LINE_ENDING_CR, TL_CHECKSUM_XOR };
  g_assert_false (tl_payload_from_string (&back, ""));
  g_assert_false (tl_payload_from_string (&back, "text;UTF-8;crlf"));
  g_assert_cmpint (back.mode, ==, TL_PAYLOAD_HEX);
  g_assert_false (tl_payload_from_string (&back, "text;KLINGON;crlf;crc64"));
  g_assert_cmpint (back.mode, ==, TL_PAYLOAD_TEXT);
  g_assert_cmpint (back.charset, ==, TL_CHARSET_BIG5);
  g_assert_cmpint (back.line_ending, ==, TL_LINE_ENDING_CRLF);
  g_assert_cmpint (back.checksum, ==, TL_CHECKSUM_XOR);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payload/good", test_good);
  g_test_add_func ("/payload/bad", test_bad);
  g_test_add_func ("/payload/large", test_large);
  g_test_add_func ("/payload/summary", test_summary);
  g_test_add_func ("/payload/string", test_string);
  return g_test_run ();
}
