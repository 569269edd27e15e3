/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The client's operations, waited for: each asserts that its callback came once. */

#include "tl-ftp-test.h"

#define TEST_CALL(start) \
  TestCall call = { 0 }; \
  start; \
  test_wait_for (call.n_calls > 0, "the end of an operation"); \
  g_assert_cmpuint (call.n_calls, ==, 1)

static inline gboolean
test_connect (TlFtpClient  *client,
              GError      **error)
{
  TEST_CALL (tl_ftp_client_connect_async (client, NULL, test_call_cb, &call));
  g_autoptr (GAsyncResult) result = call.result;

  return tl_ftp_client_connect_finish (client, result, error);
}

static inline TlFtpListing *
test_list (TlFtpClient  *client,
           const char   *path,
           GError      **error)
{
  g_autoptr (GBytes) bytes = path != NULL ? test_bytes (path) : NULL;
  TEST_CALL (tl_ftp_client_list_async (client, bytes, NULL, test_call_cb, &call));
  g_autoptr (GAsyncResult) result = call.result;

  return tl_ftp_client_list_finish (client, result, error);
}

typedef void (*TestPathFunc) (TlFtpClient *, GBytes *, GCancellable *, GAsyncReadyCallback, gpointer);

static inline gboolean
test_path_act (TlFtpClient   *client,
               TestPathFunc   func,
               const char    *path,
               GError       **error)
{
  g_autoptr (GBytes) bytes = test_bytes (path);
  TEST_CALL (func (client, bytes, NULL, test_call_cb, &call));
  g_autoptr (GAsyncResult) result = call.result;

  return tl_ftp_client_act_finish (client, result, error);
}

static inline gboolean
test_stat (TlFtpClient  *client,
           const char   *path,
           gint64       *size,
           gint64       *time,
           GError      **error)
{
  g_autoptr (GBytes) bytes = test_bytes (path);
  TEST_CALL (tl_ftp_client_stat_async (client, bytes, NULL, test_call_cb, &call));
  g_autoptr (GAsyncResult) result = call.result;

  return tl_ftp_client_stat_finish (client, result, size, time, error);
}

/* What was fetched goes to @text (transfer full), also of a failure. */
static inline gboolean
test_fetch (TlFtpClient  *client,
            const char   *path,
            guint64       offset,
            char        **text,
            GError      **error)
{
  g_autoptr (GBytes) bytes = test_bytes (path);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (TlBlockWriter) writer = tl_block_writer_new (stream, -1);
  guint64 moved;
  gboolean good;
  TEST_CALL (tl_ftp_client_fetch_async (client, bytes, offset, writer, NULL, NULL, NULL, test_call_cb, &call));
  g_autoptr (GAsyncResult) result = g_steal_pointer (&call.result);

  good = tl_ftp_client_move_finish (client, result, &moved, error);
  call.n_calls = 0;
  tl_block_writer_finish_async (writer, NULL, test_call_cb, &call);
  test_wait_for (call.n_calls > 0, "the end of the writing");
  g_assert_true (tl_block_writer_finish_finish (writer, call.result, NULL));
  g_clear_object (&call.result);
  g_assert_cmpuint (moved, ==, g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
  *text = moved > 0 ? g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)), moved) : g_strdup ("");
  return good;
}

static inline gboolean
test_store (TlFtpClient  *client,
            const char   *path,
            guint64       offset,
            const char   *text,
            GError      **error)
{
  g_autoptr (GBytes) bytes = test_bytes (path);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  g_autoptr (TlBlockReader) reader = tl_block_reader_new (stream);
  TEST_CALL (tl_ftp_client_store_async (client, bytes, offset, reader, NULL, NULL, NULL, test_call_cb, &call));
  g_autoptr (GAsyncResult) result = call.result;

  return tl_ftp_client_move_finish (client, result, NULL, error);
}

static inline TlFtpReply *
test_raw (TlFtpClient  *client,
          const char   *command,
          GError      **error)
{
  g_autoptr (GBytes) bytes = test_bytes (command);
  TEST_CALL (tl_ftp_client_raw_async (client, bytes, NULL, test_call_cb, &call));
  g_autoptr (GAsyncResult) result = call.result;

  return tl_ftp_client_raw_finish (client, result, error);
}
