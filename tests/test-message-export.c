/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Export: files that are whole or not there, whatever comes between. */

#include "tl-message-export-test.h"

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

int
main (int    argc,
      char **argv)
{
  test_export_init (&argc, &argv);
  ADD ("replaces-whole", test_replaces_whole);
  ADD ("cancel", test_cancel);
  ADD ("errors", test_errors);
  ADD ("trimmed-meanwhile", test_trimmed_meanwhile);
  ADD ("some", test_some);
  ADD ("large-rows", test_large_rows);
  ADD ("empty", test_empty);
  return g_test_run ();
}
