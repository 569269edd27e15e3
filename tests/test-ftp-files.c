/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files as a whole: from an offset, up, and to a disk that is full. */

#include "tl-ftp-fixture.h"

static void
set_up_hasty (Fixture       *fixture,
              gconstpointer  data)
{
  set_up (fixture, data);
  g_object_set (fixture->client, "timeout", 2u, NULL);
}

/* REST comes right before RETR. */
static void
test_offset (Fixture       *fixture,
             gconstpointer  data)
{
  guint rest = 0, retr = 0;

  g_assert_true (test_fetch (fixture->client, "/f", 3000000000, &fixture->text, &fixture->error));
  g_mutex_lock (&fixture->ftp->mutex);
  for (guint i = 0; i < fixture->ftp->commands->len; i++)
    {
      if (strcmp (g_ptr_array_index (fixture->ftp->commands, i), "REST 3000000000") == 0)
        rest = i;
      if (strcmp (g_ptr_array_index (fixture->ftp->commands, i), "RETR /f") == 0)
        retr = i;
    }
  g_mutex_unlock (&fixture->ftp->mutex);
  g_assert_cmpuint (rest, >, 0);
  g_assert_cmpuint (retr, ==, rest + 1);
}

static void
test_offset_refused (Fixture       *fixture,
                     gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, "REST", "502 no\r\n");
  g_assert_false (test_fetch (fixture->client, "/f", 3, &fixture->text, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_UNSUPPORTED);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "RETR"), ==, 0);
}

static void
test_upload (Fixture       *fixture,
             gconstpointer  data)
{
  g_assert_true (test_store (fixture->client, "/f", 0, "hello", &fixture->error));
  g_assert_cmpmem (fixture->ftp->stored->data, fixture->ftp->stored->len, "hello", 5);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "SIZE /f"), ==, 1);
}

/* The server has less than it said: found out by its own size. */
static void
test_upload_short (Fixture       *fixture,
                   gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, "SIZE", "213 4\r\n");
  g_assert_false (test_store (fixture->client, "/f", 0, "hello", &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_DATA);
}

static void
test_upload_no_space (Fixture       *fixture,
                      gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, "STOR", "150 go\r\n{accept}{shut}552 Disk full\r\n");
  g_assert_false (test_store (fixture->client, "/f", 0, "hello", &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_NO_SPACE);
}

static void
test_upload_append (Fixture       *fixture,
                    gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, "FEAT", "211-x\r\n SIZE\r\n211 End\r\n");
  test_ftp_answer (fixture->ftp, "SIZE", "213 4\r\n");
  test_ftp_answer (fixture->ftp, "SIZE", "213 3\r\n");
  test_ftp_answer (fixture->ftp, "SIZE", "213 8\r\n");
  g_assert_false (test_store (fixture->client, "/f", 3, "hello", &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_CHANGED);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "APPE"), ==, 0);
  g_assert_true (test_store (fixture->client, "/f", 3, "hello", NULL));
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "APPE /f"), ==, 1);
}

/* A stream that fails at once. */
static void
test_full_disk (Fixture       *fixture,
                gconstpointer  data)
{
  static guint8 buffer[16];
  g_autoptr (GBytes) path = test_bytes ("/f");
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new (buffer, sizeof buffer, NULL, NULL);
  g_autoptr (TlBlockWriter) writer = tl_block_writer_new (stream, -1);
  g_autofree char *much = g_strnfill (8 * 1024 * 1024, 'x');
  TestCall call = { 0 };

  test_ftp_content (fixture->ftp, much);
  tl_ftp_client_fetch_async (fixture->client, path, 0, writer, NULL, NULL, NULL, test_call_cb, &call);
  test_wait (call.n_calls > 0);
  g_assert_false (tl_ftp_client_move_finish (fixture->client, call.result, NULL, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL);
  call.n_calls = 0;
  tl_block_writer_finish_async (writer, NULL, test_call_cb, &call);
  test_wait (call.n_calls > 0);
  g_assert_false (tl_block_writer_finish_finish (writer, call.result, NULL));
  g_clear_object (&call.result);
}

/* A million bytes and more, through blocks that fill up. */
static void
test_large (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *much = g_strnfill (20 * 1024 * 1024, 'x');

  much[0] = 'a';
  much[20 * 1024 * 1024 - 1] = 'z';
  test_ftp_content (fixture->ftp, much);
  g_assert_true (test_fetch (fixture->client, "/f", 0, &fixture->text, &fixture->error));
  g_assert_true (g_str_equal (fixture->text, much));
  test_ftp_answer (fixture->ftp, "SIZE", "213 20971520\r\n");
  g_assert_true (test_store (fixture->client, "/f", 0, much, &fixture->error));
  g_assert_cmpmem (fixture->ftp->stored->data, fixture->ftp->stored->len, much, strlen (much));
}

/* An upload that the end of the connection met is not begun again by itself once something was sent. */
static void
test_upload_lost (Fixture       *fixture,
                  gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, "STOR", data);
  test_ftp_answer (fixture->ftp, "STOR", test_ftp_usual ("STOR"));
  g_assert_false (test_store (fixture->client, "/f", 0, "hello", &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_CLOSED);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "STOR"), ==, 1);
}

/* REST 3, STOR: what stands before it stays. */
static void
test_upload_rest (Fixture       *fixture,
                  gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, "SIZE", "213 8\r\n");
  g_assert_true (test_store (fixture->client, "/f", 3, "hello", &fixture->error));
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "REST 3"), ==, 1);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "STOR"), ==, 1);
  test_ftp_answer_only (fixture->ftp, "REST", "502 no\r\n");
  g_assert_false (test_store (fixture->client, "/f", 3, "hello", &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_UNSUPPORTED);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "STOR"), ==, 1);
}

#define ADD_HASTY(path, func) g_test_add (path, Fixture, NULL, set_up_hasty, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ftp-files/upload-lost", Fixture, "150 go\r\n{take}{end}", set_up_hasty, test_upload_lost, tear_down);
  g_test_add ("/ftp-files/upload-lost-421", Fixture, "150 go\r\n{take}421 going down\r\n{end}", set_up_hasty, test_upload_lost, tear_down);
  ADD_HASTY ("/ftp-files/upload-rest", test_upload_rest);
  ADD_HASTY ("/ftp-files/offset", test_offset);
  ADD_HASTY ("/ftp-files/offset-refused", test_offset_refused);
  ADD_HASTY ("/ftp-files/upload", test_upload);
  ADD_HASTY ("/ftp-files/upload-short", test_upload_short);
  ADD_HASTY ("/ftp-files/upload-no-space", test_upload_no_space);
  ADD_HASTY ("/ftp-files/upload-append", test_upload_append);
  ADD_HASTY ("/ftp-files/full-disk", test_full_disk);
  ADD_HASTY ("/ftp-files/large", test_large);
  return g_test_run ();
}
