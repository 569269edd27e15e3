/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Export: rows that other programs read back. */

#include "tl-message-export-test.h"

#include "tl-hex.h"

/* One field of CSV as RFC 4180 has it; *@at goes behind the comma or the line end. */
static char *
parse_csv_field (const char **at,
                 gboolean    *is_last)
{
  GString *field = g_string_new (NULL);
  const char *p = *at;

  if (*p == '"')
    for (p++; *p != '"' || *++p == '"'; p++)
      {
        g_assert_cmpint (*p, !=, '\0');
        g_string_append_c (field, *p);
      }
  else
    for (; strchr (",\r\n", *p) == NULL; p++)
      {
        g_assert_cmpint (*p, !=, '"');
        g_string_append_c (field, *p);
      }

  *is_last = *p != ',';
  if (*is_last)
    g_assert_true (p[0] == '\r' && p[1] == '\n');
  *at = p + (*is_last ? 2 : 1);

  return g_string_free (field, FALSE);
}

static void
assert_csv_record (const char **at,
                   const char  *const *fields)
{
  for (guint i = 0; fields[i] != NULL; i++)
    {
      gboolean is_last;
      g_autofree char *field = parse_csv_field (at, &is_last);

      g_assert_cmpstr (field, ==, fields[i]);
      g_assert_cmpint (is_last, ==, fields[i + 1] == NULL);
    }
}

static void
test_csv (Fixture      *fixture,
          gconstpointer unused)
{
  static const char *const header[] = { "time", "kind", "peer", "length", "text", "hex", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  const char *at;

  append_payloads (fixture);
  g_assert_cmpint (export_and_wait (fixture, TL_EXPORT_CSV, NULL, &error), ==, G_N_ELEMENTS (payloads));
  g_assert_no_error (error);
  at = contents = read_back (fixture);
  g_assert_true (g_str_has_prefix (at, "\xef\xbb\xbf"));
  at += 3;
  assert_csv_record (&at, header);
  for (gsize i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT, payloads[i].length);
      g_autoptr (GString) hex = g_string_new (NULL);
      const char *text = g_str_equal (payloads[i].text, "=1+1") ? "'=1+1" : payloads[i].text;
      const char *fields[] = { "2023-11-14T22:13:20.000007+00:00", "received", "[::1]:80, \"quoted\"", length, text, NULL, NULL };

      for (gsize j = 0; j < payloads[i].length; j++)
        g_string_append_printf (hex, j == 0 ? "%02X" : " %02X", (guchar) payloads[i].data[j]);
      fields[5] = hex->str;
      assert_csv_record (&at, fields);
    }
  g_assert_cmpstr (at, ==, "");
}

static void
test_csv_formulas (Fixture      *fixture,
                   gconstpointer unused)
{
  /* What a spreadsheet would run is marked as text; the bytes stay as they are. */
  static const char *const formulas[] = {
    "=1+1", "=HYPERLINK(\"http://127.0.0.1/\",\"x\")", "+1+1", "-1-1", "-", "@SUM(A1)", "\t=1", " \r\n=1", "\xe3\x80\x80=1",
    "\xef\xbc\x9d" "1", "\xef\xbc\x8b" "1", "\xef\xbc\x8d" "1", "\xef\xbc\xa0" "A1",
  };
  static const char *const harmless[] = { "-12.5", "+3\r\n", "a=1", "1+1", "'=1", "", " ", "\xe9\x80\x9a=1" };
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  const guint n = G_N_ELEMENTS (formulas) + G_N_ELEMENTS (harmless);
  const char *at;

  for (guint i = 0; i < n; i++)
    {
      const char *text = i < G_N_ELEMENTS (formulas) ? formulas[i] : harmless[i - G_N_ELEMENTS (formulas)];

      tl_message_log_begin_stream (fixture->log, fixture->peer);
      tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 0, fixture->peer, text, strlen (text));
    }
  tl_message_log_flush (fixture->log);
  g_assert_cmpint (export_and_wait (fixture, TL_EXPORT_CSV, NULL, &error), ==, n);
  g_assert_no_error (error);
  contents = read_back (fixture);
  at = strstr (contents, "\r\n") + 2;
  for (guint i = 0; i < n; i++)
    {
      gboolean is_formula = i < G_N_ELEMENTS (formulas);
      const char *text = is_formula ? formulas[i] : harmless[i - G_N_ELEMENTS (formulas)];
      g_autofree char *expected = g_strconcat (is_formula ? "'" : "", text, NULL);
      g_autofree char *hex = tl_hex_format ((const guint8 *) text, strlen (text), " ");
      gboolean is_last = FALSE;

      for (guint column = 0; !is_last; column++)
        {
          g_autofree char *field = parse_csv_field (&at, &is_last);

          g_assert_cmpstr (field, ==, column == 4 ? expected : column == 5 ? hex : field);
        }
    }
}

/* A string of JSON as RFC 8259 has it, strictly. */
static char *
parse_json_string (const char **at)
{
  GString *string = g_string_new (NULL);
  const char *p = *at;

  g_assert_cmpint (*p, ==, '"');
  for (p++; *p != '"'; p++)
    {
      g_assert_cmpint ((guchar) *p, >=, 0x20);
      if (*p != '\\')
        {
          g_string_append_c (string, *p);
          continue;
        }
      p++;
      if (*p == 'u')
        {
          g_autofree char *digits = g_strndup (p + 1, 4);

          g_assert_cmpuint (strspn (digits, "0123456789abcdefABCDEF"), ==, 4);
          g_string_append_unichar (string, g_ascii_strtoull (digits, NULL, 16));
          p += 4;
        }
      else
        {
          const char *escape = strchr ("\"\"\\\\//b\bf\fn\nr\rt\t", *p);

          g_assert_nonnull (escape);
          g_string_append_c (string, escape[1]);
        }
    }
  *at = p + 1;
  g_assert_true (g_utf8_validate (string->str, string->len, NULL));

  return g_string_free (string, FALSE);
}

static void
assert_json_member (const char **at,
                    const char  *before,
                    const char  *value)
{
  g_autofree char *string = NULL;

  g_assert_true (g_str_has_prefix (*at, before));
  *at += strlen (before);
  string = parse_json_string (at);
  g_assert_cmpstr (string, ==, value);
}

static void
test_json_lines (Fixture      *fixture,
                 gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  gsize n = G_N_ELEMENTS (payloads);

  append_payloads (fixture);
  tl_message_log_append_text (fixture->log, TL_MESSAGE_EVENT, 0, "open");
  tl_message_log_flush (fixture->log);
  g_assert_cmpint (export_and_wait (fixture, TL_EXPORT_JSON_LINES, NULL, &error), ==, n + 1);
  g_assert_no_error (error);
  contents = read_back (fixture);
  lines = g_strsplit (contents, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, n + 2);
  g_assert_cmpstr (lines[n + 1], ==, "");
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *length = g_strdup_printf (",\"length\":%" G_GSIZE_FORMAT ",\"text\":", payloads[i].length);
      g_autofree char *base64 = g_base64_encode ((const guchar *) payloads[i].data, payloads[i].length);
      const char *at = lines[i];

      assert_json_member (&at, "{\"time\":", "2023-11-14T22:13:20.000007+00:00");
      assert_json_member (&at, ",\"kind\":", "received");
      assert_json_member (&at, ",\"peer\":", "[::1]:80, \"quoted\"");
      assert_json_member (&at, length, payloads[i].text);
      assert_json_member (&at, ",\"base64\":", base64);
      g_assert_cmpstr (at, ==, "}");
    }
  g_assert_nonnull (strstr (lines[n], "\"kind\":\"event\",\"peer\":null,\"length\":4,\"text\":\"open\""));
}

static void
test_text (Fixture      *fixture,
           gconstpointer unused)
{
  g_autofree char *row = NULL;
  g_autofree char *past = NULL;
  g_autofree char *header = tl_message_export_header (TL_EXPORT_TEXT);

  append_payloads (fixture);
  g_assert_cmpstr (header, ==, "");
  row = tl_message_export_row (fixture->source, 4, TL_EXPORT_TEXT, TL_CHARSET_UTF_8, FALSE);
  g_assert_cmpstr (row, ==, "2023-11-14 22:13:20.000007  received  [::1]:80, \"quoted\"  line␍␊line␊\n");
  past = tl_message_export_row (fixture->source, G_N_ELEMENTS (payloads), TL_EXPORT_TEXT, TL_CHARSET_UTF_8, FALSE);
  g_assert_null (past);
}

/* Half a character is completed in the next row of a stream, and stands for itself in a datagram. */
static void
test_datagrams (Fixture      *fixture,
                gconstpointer unused)
{
  g_autofree char *stream = NULL;
  g_autofree char *datagram = NULL;

  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 1, 0, "\xe9\x80", 2);
  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 1, 0, "\x9a", 1);
  tl_message_log_flush (fixture->log);
  stream = tl_message_export_row (fixture->source, 1, TL_EXPORT_TEXT, TL_CHARSET_UTF_8, FALSE);
  datagram = tl_message_export_row (fixture->source, 1, TL_EXPORT_TEXT, TL_CHARSET_UTF_8, TRUE);
  g_assert_true (g_str_has_suffix (stream, "  通\n"));
  g_assert_true (g_str_has_suffix (datagram, "  \\x9A\n"));
}

/* Bytes alone, by direction; the other direction and sentences are left out. */
static void
test_bytes (Fixture      *fixture,
            gconstpointer unused)
{
  g_autofree char *received = NULL, *sent = NULL, *array = NULL;

  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 1, fixture->peer, "in 1", 4);
  tl_message_log_append (fixture->log, TL_MESSAGE_SENT, 2, fixture->peer, "out", 3);
  tl_message_log_append_text (fixture->log, TL_MESSAGE_EVENT, 0, "an event");
  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 3, fixture->peer, "in 2", 4);
  tl_message_log_flush (fixture->log);

  g_assert_cmpint (export_and_wait (fixture, TL_EXPORT_RECEIVED_BYTES, NULL, NULL), ==, 4);
  received = read_back (fixture);
  g_assert_cmpstr (received, ==, "in 1in 2");
  g_assert_cmpint (export_and_wait (fixture, TL_EXPORT_SENT_BYTES, NULL, NULL), ==, 4);
  sent = read_back (fixture);
  g_assert_cmpstr (sent, ==, "out");
  g_assert_cmpint (export_and_wait (fixture, TL_EXPORT_C_ARRAY, NULL, NULL), ==, 4);
  array = read_back (fixture);
  g_assert_nonnull (strstr (array, "sent [::1]:80, \"quoted\", 3 */\n0x6f, 0x75, 0x74,\n"));
  g_assert_null (strstr (array, "event"));
}

/* The same packets as when they are made at once; many more than a slice. */
static void
test_capture (Fixture      *fixture,
              gconstpointer unused)
{
  const TlCaptureAbout about = { .is_tcp = TRUE, .local = "127.0.0.1:4000" };
  const guint32 peer = tl_message_log_add_peer (fixture->log, "127.0.0.1:5000");
  g_autofree guint8 *data = g_malloc0 (3000);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  TlCapture *capture;
  TlMessageInfo info;

  for (guint i = 0; i < 1000; i++)
    tl_message_log_append (fixture->log, i % 2 == 0 ? TL_MESSAGE_SENT : TL_MESSAGE_RECEIVED, 1000000 + i, peer, data, 3 * i);
  tl_message_log_flush (fixture->log);
  capture = tl_capture_new (expected, &about);
  for (guint i = 0; tl_message_source_peek (fixture->source, i, &info); i++)
    {
      g_autoptr (GBytes) bytes = tl_message_source_dup_bytes (fixture->source, i);

      tl_capture_add (capture, &info, "127.0.0.1:5000", g_bytes_get_data (bytes, NULL));
    }
  tl_capture_end (capture);
  tl_capture_free (capture);

  g_clear_object (&fixture->result);
  tl_message_export_capture_async (fixture->source, NULL, fixture->file, &about, NULL, done_cb, fixture);
  test_wait (fixture->result != NULL);
  g_assert_cmpint (tl_message_export_finish (fixture->source, fixture->result, &error), ==, 1000);
  g_assert_true (g_file_load_contents (fixture->file, NULL, &contents, &length, NULL, &error));
  g_assert_cmpmem (contents, length, expected->str, expected->len);
  g_assert_cmpuint (length, >, 1024 * 1024);
}

int
main (int    argc,
      char **argv)
{
  test_export_init (&argc, &argv);
  ADD ("csv", test_csv);
  ADD ("csv-formulas", test_csv_formulas);
  ADD ("json-lines", test_json_lines);
  ADD ("text", test_text);
  ADD ("datagrams", test_datagrams);
  ADD ("bytes", test_bytes);
  ADD ("capture", test_capture);
  return g_test_run ();
}
