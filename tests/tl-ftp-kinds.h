/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Each operation of a client, to be done with in the same way: begun, ended, and proved to have left the connection in order. */

#include "tl-ftp-answerer.h"
#include "tl-ftp-fixture.h"

typedef enum {
  CONNECT,
  LIST,
  LIST_PLAIN,   /* LIST -a is not obeyed, and MDTM tells the zone */
  CHANGE,
  MAKE,
  REMOVE_FILE,
  REMOVE_DIRECTORY,
  RENAME,
  CHMOD,
  SET_TIME,
  STAT,
  FETCH,
  FETCH_REST,
  STORE,
  STORE_REST,
  APPEND,
  RAW,
  N_KINDS,
} Kind;

static const char *const kind_names[N_KINDS] = {
  "connect", "list", "list-plain", "change", "make", "remove-file", "remove-directory", "rename", "chmod", "set-time", "stat", "fetch", "fetch-rest", "store",
  "store-rest", "append", "raw",
};

#define LIST_ALL "drwxr-xr-x 2 a b 4096 Jan 2 2020 .\r\n-rw-r--r-- 1 a b 5 Jan 2 2020 file\r\n"
#define LIST_DOS "01-02-20  11:04AM                    5 file\r\n"
#define NO_REST "211-x\r\n EPSV\r\n SIZE\r\n211 End\r\n"
/* The size that each file has here. */
#define LENGTH 5

static inline TestFtp *
new_server (Kind     kind,
            gboolean tls)
{
  TestFtp *ftp = tls ? test_ftp_new_tls () : test_ftp_new ();

  test_ftp_content (ftp, kind == LIST ? LIST_ALL : kind == LIST_PLAIN ? LIST_DOS : "hello");
  if (kind == APPEND)
    test_ftp_answer (ftp, "FEAT", NO_REST);
  if (kind == APPEND)
    test_ftp_answer (ftp, "SIZE", "213 2\r\n");
  /* What was set is read back. */
  if (kind == SET_TIME)
    test_ftp_answer (ftp, "MDTM", "213 20010909014640\r\n");
  return ftp;
}

static inline TlFtpClient *
new_client (TestFtp *ftp,
            gboolean tls)
{
  g_autoptr (TestAnswerer) answerer = test_answerer_new (NULL, NULL);
  TlFtpClient *client = test_ftp_client (ftp);

  if (tls)
    g_object_set (tl_ftp_client_get_site (client), "security", TL_FTP_SECURITY_EXPLICIT, NULL);
  g_object_set (client, "asker", answerer, NULL);
  return client;
}

static inline void
start_file (TlFtpClient  *client,
            Kind          kind,
            GBytes       *path,
            GCancellable *cancellable,
            TestCall     *call)
{
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_data ("hello", LENGTH, NULL);
  g_autoptr (TlBlockWriter) writer = NULL;
  g_autoptr (TlBlockReader) reader = NULL;

  if (kind == FETCH || kind == FETCH_REST)
    {
      writer = tl_block_writer_new (output, -1);
      tl_ftp_client_fetch_async (client, path, kind == FETCH ? 0 : 2, writer, NULL, NULL, cancellable, test_call_cb, call);
      return;
    }
  if (kind != STORE)
    g_input_stream_skip (input, 2, NULL, NULL);
  reader = tl_block_reader_new (input);
  tl_ftp_client_store_async (client, path, kind == STORE ? 0 : 2, reader, NULL, NULL, cancellable, test_call_cb, call);
}

static inline void
start (TlFtpClient  *client,
       Kind          kind,
       GCancellable *cancellable,
       TestCall     *call)
{
  g_autoptr (GBytes) path = test_bytes ("/d");
  g_autoptr (GBytes) raw = test_bytes ("CWD /d");

  switch (kind)
    {
    case CONNECT:
      tl_ftp_client_connect_async (client, cancellable, test_call_cb, call);
      break;
    case LIST:
    case LIST_PLAIN:
      tl_ftp_client_list_async (client, path, cancellable, test_call_cb, call);
      break;
    case CHANGE:
      tl_ftp_client_change_directory_async (client, path, cancellable, test_call_cb, call);
      break;
    case MAKE:
      tl_ftp_client_make_directory_async (client, path, cancellable, test_call_cb, call);
      break;
    case REMOVE_FILE:
      tl_ftp_client_remove_file_async (client, path, cancellable, test_call_cb, call);
      break;
    case REMOVE_DIRECTORY:
      tl_ftp_client_remove_directory_async (client, path, cancellable, test_call_cb, call);
      break;
    case RENAME:
      tl_ftp_client_rename_async (client, path, path, cancellable, test_call_cb, call);
      break;
    case CHMOD:
      tl_ftp_client_chmod_async (client, path, 0644, cancellable, test_call_cb, call);
      break;
    case SET_TIME:
      tl_ftp_client_set_time_async (client, path, 1000000000, cancellable, test_call_cb, call);
      break;
    case STAT:
      tl_ftp_client_stat_async (client, path, cancellable, test_call_cb, call);
      break;
    case FETCH:
    case FETCH_REST:
    case STORE:
    case STORE_REST:
    case APPEND:
      start_file (client, kind, path, cancellable, call);
      break;
    case RAW:
      tl_ftp_client_raw_async (client, raw, cancellable, test_call_cb, call);
      break;
    case N_KINDS:
    default:
      g_assert_not_reached ();
    }
}

/* Takes the result as the operation does. */
static inline gboolean
finish (TlFtpClient   *client,
        Kind           kind,
        GAsyncResult  *result,
        GError       **error)
{
  g_autoptr (TlFtpListing) listing = NULL;
  g_autoptr (TlFtpReply) reply = NULL;

  switch (kind)
    {
    case CONNECT:
      return tl_ftp_client_connect_finish (client, result, error);
    case LIST:
    case LIST_PLAIN:
      listing = tl_ftp_client_list_finish (client, result, error);
      g_assert_true (listing == NULL || tl_ftp_listing_get_n_entries (listing) == 1);
      return listing != NULL;
    case STAT:
      return tl_ftp_client_stat_finish (client, result, NULL, NULL, error);
    case FETCH:
    case FETCH_REST:
    case STORE:
    case STORE_REST:
    case APPEND:
      return tl_ftp_client_move_finish (client, result, NULL, error);
    case RAW:
      reply = tl_ftp_client_raw_finish (client, result, error);
      return reply != NULL;
    case CHANGE:
    case MAKE:
    case REMOVE_FILE:
    case REMOVE_DIRECTORY:
    case RENAME:
    case CHMOD:
    case SET_TIME:
    case N_KINDS:
    default:
      return tl_ftp_client_act_finish (client, result, error);
    }
}

/* Its own replies, and not those that were left behind. */
static inline void
works (TestFtp     *ftp,
       TlFtpClient *client,
       Kind         kind)
{
  g_autoptr (GError) error = NULL;
  TestCall call = { 0 };
  gint64 size;

  test_ftp_answer_only (ftp, "SIZE", "213 77\r\n");
  test_stat (client, "/f", &size, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (size, ==, 77);

  /* The same once more, to its end. */
  test_ftp_answer_only (ftp, "SIZE", kind == APPEND ? "213 2\r\n" : "213 5\r\n");
  test_ftp_answer (ftp, "SIZE", "213 5\r\n");
  start (client, kind, NULL, &call);
  test_wait (call.n_calls > 0);
  finish (client, kind, call.result, &error);
  g_assert_no_error (error);
  g_clear_object (&call.result);
}
