/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Export: rows that other programs read back, and files that are whole or not there. */

#include "tl-hex.h"
#include "tl-message-export.h"
#include "tl-message-log.h"
#include "tl-log-test.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

typedef struct {
  TlMessageLog *log;
  TlMessageSource *source;
  guint32 peer;
  char *folder;
  GFile *file;
  GAsyncResult *result;
} Fixture;

static const struct {
  const char *data;
  gsize length;
  const char *text;
} payloads[] = {
  { "plain", 5, "plain" },
  { "", 0, "" },
  { "a,b", 3, "a,b" },
  { "say \"hi\"", 8, "say \"hi\"" },
  { "line\r\nline\n", 11, "line\r\nline\n" },
  { "=1+1", 4, "=1+1" },
  { "\0\1\x1f\x7f\\", 5, "␀\1\x1f\x7f\\" },
  { "bad \xff\xc0", 6, "bad \\xFF\\xC0" },
  { "通路 \xf0\x9f\x98\x80", 11, "通路 😀" },
};

static void
set_up (Fixture      *fixture,
        gconstpointer unused)
{
  g_autofree char *path = NULL;

  fixture->log = tl_message_log_new ();
  fixture->source = TL_MESSAGE_SOURCE (fixture->log);
  fixture->peer = tl_message_log_add_peer (fixture->log, "[::1]:80, \"quoted\"");
  fixture->folder = g_dir_make_tmp ("tl-export-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  path = g_build_filename (fixture->folder, "messages", NULL);
  fixture->file = g_file_new_for_path (path);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer unused)
{
  g_clear_object (&fixture->result);
  g_file_delete (fixture->file, NULL, NULL);
  /* Nothing else has been left there. */
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_object_unref (fixture->file);
  g_assert_finalize_object (fixture->log);
}

static void
append_payloads (Fixture *fixture)
{
  for (gsize i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      tl_message_log_begin_stream (fixture->log, fixture->peer);
      tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, G_GINT64_CONSTANT (1700000000000007), fixture->peer,
                             payloads[i].data, payloads[i].length);
    }
  tl_message_log_flush (fixture->log);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_set_object (&((Fixture *) user_data)->result, result);
}

static gint64
export_and_wait (Fixture        *fixture,
                 TlExportFormat  format,
                 GCancellable   *cancellable,
                 GError        **error)
{
  g_clear_object (&fixture->result);
  tl_message_export_async (fixture->source, fixture->file, format, TL_CHARSET_UTF_8, FALSE, cancellable, done_cb, fixture);
  test_wait (fixture->result != NULL);
  return tl_message_export_finish (fixture->source, fixture->result, error);
}

static char *
read_back (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  g_assert_true (g_file_load_contents (fixture->file, NULL, &contents, &length, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (contents), ==, length);

  return contents;
}

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

static void
fill (Fixture *fixture,
      guint    n)
{
  char payload[1000];

  memset (payload, 'x', sizeof payload);
  for (guint i = 0; i < n; i++)
    tl_message_log_append (fixture->log, TL_MESSAGE_SENT, 1, 0, payload, sizeof payload);
  tl_message_log_flush (fixture->log);
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; (text = strchr (text, '\n')) != NULL; text++)
    n++;
  return n;
}

static void
test_replaces_whole (Fixture      *fixture,
                     gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_true (g_file_replace_contents (fixture->file, "old", 3, NULL, FALSE, 0, NULL, NULL, NULL));
  fill (fixture, 5000);
  tl_message_export_async (fixture->source, fixture->file, TL_EXPORT_CSV, TL_CHARSET_UTF_8, TRUE, NULL, done_cb, fixture);
  for (guint i = 0; i < 5; i++)
    g_main_context_iteration (NULL, TRUE);
  /* Several megabytes take more turns than that. */
  g_assert_null (fixture->result);
  before = read_back (fixture);
  g_assert_cmpstr (before, ==, "old");

  /* What comes now is not part of it. */
  fill (fixture, 10);
  test_wait (fixture->result != NULL);
  g_assert_cmpint (tl_message_export_finish (fixture->source, fixture->result, &error), ==, 5000);
  g_assert_no_error (error);
  after = read_back (fixture);
  g_assert_cmpuint (count_lines (after), ==, 5001);
}

static void
test_cancel (Fixture      *fixture,
             gconstpointer unused)
{
  g_assert_true (g_file_replace_contents (fixture->file, "old", 3, NULL, FALSE, 0, NULL, NULL, NULL));
  fill (fixture, 5000);

  for (guint turns = 0; turns < 5; turns++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *contents = NULL;

      g_clear_object (&fixture->result);
      tl_message_export_async (fixture->source, fixture->file, TL_EXPORT_TEXT, TL_CHARSET_UTF_8, TRUE, cancellable, done_cb,
                               fixture);
      for (guint i = 0; i < turns; i++)
        g_main_context_iteration (NULL, TRUE);
      g_cancellable_cancel (cancellable);
      test_wait (fixture->result != NULL);
      g_assert_cmpint (tl_message_export_finish (fixture->source, fixture->result, &error), ==, -1);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      contents = read_back (fixture);
      g_assert_cmpstr (contents, ==, "old");
    }
}

static void
test_errors (Fixture      *fixture,
             gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) deeper = g_file_get_child (fixture->file, "deeper");
  g_autofree char *name = g_file_get_parse_name (fixture->file);

  /* A folder stands where the file should. */
  g_assert_true (g_file_make_directory (fixture->file, NULL, NULL));
  fill (fixture, 10);
  g_assert_cmpint (export_and_wait (fixture, TL_EXPORT_TEXT, NULL, &error), ==, -1);
  g_assert_cmpint (error->domain, ==, G_IO_ERROR);
  g_assert_nonnull (strstr (error->message, name));
  g_clear_error (&error);
  g_assert_true (g_file_delete (fixture->file, NULL, NULL));

  /* No such folder. */
  g_clear_object (&fixture->result);
  tl_message_export_async (fixture->source, deeper, TL_EXPORT_TEXT, TL_CHARSET_UTF_8, FALSE, NULL, done_cb, fixture);
  test_wait (fixture->result != NULL);
  g_assert_cmpint (tl_message_export_finish (fixture->source, fixture->result, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  /* The file that is written first is nobody's business. */
  g_assert_null (strstr (error->message, ".part"));
}

/* Rows that are trimmed before their turn are told of, in the file. */
static void
test_trimmed_meanwhile (Fixture      *fixture,
                        gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gint64 written;

  g_object_set (fixture->log, "max-messages", 5000, NULL);
  fill (fixture, 5000);
  tl_message_export_async (fixture->source, fixture->file, TL_EXPORT_CSV, TL_CHARSET_UTF_8, TRUE, NULL, done_cb, fixture);
  g_main_context_iteration (NULL, TRUE);
  fill (fixture, 5000);
  test_wait (fixture->result != NULL);
  written = tl_message_export_finish (fixture->source, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (written, <, 5000);
  contents = read_back (fixture);
  g_assert_cmpuint (count_lines (contents), ==, 1 + written + 1);
  g_assert_nonnull (strstr (contents, "warning"));
}

/* Those that are asked for, and a word for those that have left. */
static void
test_some (Fixture      *fixture,
           gconstpointer unused)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  const guint64 never = 1000000;
  TlMessageInfo info;

  append_payloads (fixture);
  for (guint i = 0; i < 3; i += 2)
    {
      g_assert_true (tl_message_source_peek (fixture->source, i, &info));
      g_array_append_val (ids, info.id);
    }
  g_array_append_val (ids, never);
  tl_message_export_some_async (fixture->source, ids, fixture->file, TL_EXPORT_TEXT, TL_CHARSET_UTF_8, TRUE, NULL, done_cb,
                                fixture);
  test_wait (fixture->result != NULL);
  g_assert_cmpint (tl_message_export_finish (fixture->source, fixture->result, &error), ==, 2);
  g_assert_no_error (error);
  contents = read_back (fixture);
  g_assert_cmpuint (count_lines (contents), ==, 3);
  g_assert_nonnull (strstr (contents, "plain"));
  g_assert_nonnull (strstr (contents, "a,b"));
  g_assert_nonnull (strstr (contents, "warning"));
}

/* Rows that are written out in a thread read as those that are not, a character that is spread over two of them included. */
static void
test_large_rows (Fixture      *fixture,
                 gconstpointer unused)
{
  const TlExportFormat formats[] = { TL_EXPORT_TEXT, TL_EXPORT_CSV, TL_EXPORT_JSON_LINES };
  const gsize length = 1024 * 1024;
  g_autofree char *data = g_strnfill (length, 'x');

  memcpy (data + length - 2, "\xe9\x80", 2);
  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 1, fixture->peer, data, length);
  memcpy (data, "\x9a", 1);
  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 2, fixture->peer, data, length);
  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 3, fixture->peer, "\x9asmall", 6);
  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 4, fixture->peer, data + 1, length - 1);
  tl_message_log_flush (fixture->log);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GString) expected = g_string_new (NULL);
      g_autofree char *header = tl_message_export_header (formats[i]);
      g_autofree char *contents = NULL;

      g_string_append (expected, header);
      for (guint row = 0; row < 4; row++)
        {
          g_autofree char *line = tl_message_export_row (fixture->source, row, formats[i], TL_CHARSET_UTF_8, FALSE);

          g_string_append (expected, line);
        }
      g_assert_cmpint (export_and_wait (fixture, formats[i], NULL, NULL), ==, 4);
      contents = read_back (fixture);
      g_assert_true (g_str_equal (contents, expected->str));
    }
}

static void
test_empty (Fixture      *fixture,
            gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;

  g_assert_cmpint (export_and_wait (fixture, TL_EXPORT_TEXT, NULL, &error), ==, 0);
  g_assert_no_error (error);
  contents = read_back (fixture);
  g_assert_cmpstr (contents, ==, "");
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
main (int   argc,
      char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_setenv ("LANGUAGE", "C", TRUE);
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/message-export/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("csv", test_csv);
  ADD ("csv-formulas", test_csv_formulas);
  ADD ("json-lines", test_json_lines);
  ADD ("text", test_text);
  ADD ("datagrams", test_datagrams);
  ADD ("replaces-whole", test_replaces_whole);
  ADD ("cancel", test_cancel);
  ADD ("errors", test_errors);
  ADD ("trimmed-meanwhile", test_trimmed_meanwhile);
  ADD ("some", test_some);
  ADD ("large-rows", test_large_rows);
  ADD ("empty", test_empty);
  ADD ("bytes", test_bytes);
  ADD ("capture", test_capture);
#undef ADD

  return g_test_run ();
}
