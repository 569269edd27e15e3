/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data connections, and servers that mean no good with them. */

#include "tl-ftp-calls.h"

#include <sys/socket.h>

#define UNIX_LIST "-rw-r--r-- 1 a b 5 Jan 2 2020 file\r\n"

typedef struct {
  TestFtp     *ftp;
  TlFtpClient *client;
  GError      *error;
  char        *text;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->ftp = test_ftp_new ();
  fixture->client = test_ftp_client (fixture->ftp);
  g_object_set (fixture->client, "timeout", 2u, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_error (&fixture->error);
  g_clear_pointer (&fixture->text, g_free);
  g_assert_finalize_object (fixture->client);
  test_ftp_free (fixture->ftp);
}

/* One answer that is odd; what becomes of a download of "hello". */
typedef struct {
  const char *name;
  const char *verb;
  const char *answer;
  int         code;        /* -1: it goes well */
  const char *text;        /* what came */
} Download;

static const Download downloads[] = {
  { "125", "RETR", "125 open\r\n{data}226 done\r\n", -1, "hello" },
  { "no-preliminary", "RETR", "{data}226 done\r\n", -1, "hello" },
  { "226-first", "RETR", "150 file\r\n226 done\r\n{data}", -1, "hello" },
  { "226-alone-first", "RETR", "226 done\r\n{data}", -1, "hello" },
  { "150-last", "RETR", "{data}150 file\r\n226 done\r\n", -1, "hello" },
  { "250", "RETR", "150 file\r\n{data}250 done\r\n", -1, "hello" },
  { "226-twice", "RETR", "150 file\r\n{data}226 done\r\n226 done\r\n", -1, "hello" },
  { "no-226", "RETR", "150 file\r\n{data}", TL_FTP_ERROR_TIMED_OUT, "hello" },
  { "stall", "RETR", "150 file\r\n{open}", TL_FTP_ERROR_TIMED_OUT, "hello" },
  { "silent-data", "RETR", "150 file\r\n{accept}", TL_FTP_ERROR_TIMED_OUT, "" },
  { "end-of-control", "RETR", "150 file\r\n{data}{end}", TL_FTP_ERROR_CLOSED, "hello" },
  { "421-meanwhile", "RETR", "150 file\r\n{open}421 going down\r\n{hang}", TL_FTP_ERROR_CLOSED, NULL },
  { "426", "RETR", "150 file\r\n{half}426 broken\r\n", TL_FTP_ERROR_DATA, NULL },
  { "reset-and-226", "RETR", "150 file\r\n{half}226 done\r\n", TL_FTP_ERROR_DATA, NULL },
  { "550", "RETR", "550 No such file\r\n", TL_FTP_ERROR_NOT_FOUND, "" },
  { "451-after-data", "RETR", "150 file\r\n{data}451 disk error\r\n", TL_FTP_ERROR_FAILED, "hello" },
  { "short", "RETR", "150 file (9000 bytes)\r\n{data}226 done\r\n", TL_FTP_ERROR_DATA, "hello" },
  { "size-known", "RETR", "150 file (5 bytes)\r\n{data}226 done\r\n", -1, "hello" },
  { "epsv-refused", "EPSV", "500 no\r\n", -1, "hello" },
  { "epsv-garbage", "EPSV", "229 go (|||99999|)\r\n", -1, "hello" },
  { "epsv-delimiters", "EPSV", "229 go (!!!{epsv}!)\r\n", -1, "hello" },
  { "epsv-port-closed", "EPSV", "229 go (|||1|)\r\n", -1, "hello" },
  { "type-refused", "TYPE", "504 no\r\n", TL_FTP_ERROR_UNSUPPORTED, "" },
};

static void
test_download (Fixture       *fixture,
               gconstpointer  data)
{
  const Download *download = data;
  gint64 size;

  test_ftp_answer (fixture->ftp, download->verb, download->answer);
  test_fetch (fixture->client, "/f", 0, &fixture->text, &fixture->error);
  if (download->code < 0)
    g_assert_no_error (fixture->error);
  else
    g_assert_error (fixture->error, TL_FTP_ERROR, download->code);
  if (download->text != NULL)
    g_assert_cmpstr (fixture->text, ==, download->text);
  /* Whatever it was: the next one is served, with its own reply. */
  test_ftp_answer (fixture->ftp, "SIZE", "213 77\r\n");
  if (strcmp (download->verb, "TYPE") == 0)
    return;
  g_clear_error (&fixture->error);
  test_stat (fixture->client, "/f", &size, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (size, ==, 77);
}

/* Both ways are tried once, and what works is remembered. */
static void
test_fall_back (Fixture       *fixture,
                gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, "EPSV", "522 no\r\n");
  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (test_fetch (fixture->client, "/f", 0, &fixture->text, NULL));
      g_clear_pointer (&fixture->text, g_free);
    }
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "EPSV"), ==, 1);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "PASV"), ==, 3);
}

/* Where EPSV is not listed, PASV is first. */
static void
test_pasv_first (Fixture       *fixture,
                 gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, "FEAT", "211-x\r\n SIZE\r\n211 End\r\n");
  test_ftp_answer (fixture->ftp, "PASV", "227 go {pasv}\r\n");
  g_assert_true (test_fetch (fixture->client, "/f", 0, &fixture->text, NULL));
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "EPSV"), ==, 0);
}

static void
test_no_way (Fixture       *fixture,
             gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, "EPSV", "500 no\r\n");
  test_ftp_answer (fixture->ftp, "PASV", "500 no\r\n");
  g_assert_false (test_fetch (fixture->client, "/f", 0, &fixture->text, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_DATA);
  g_assert_cmpint (tl_ftp_error_get_code (fixture->error), ==, 500);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "EPRT"), ==, 0);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "RETR"), ==, 0);
}

/* A server must not send us elsewhere: 192.0.2.1 is no computer of anybody's. */
static void
test_foreign_address (Fixture       *fixture,
                      gconstpointer  data)
{
  guint16 port;
  int listener = test_ftp_listen (&port);
  g_autofree char *answer = g_strdup_printf ("227 go (192,0,2,1,%u,%u)\r\n", port >> 8, port & 0xffu);
  int fd;

  test_ftp_answer (fixture->ftp, "EPSV", "500 no\r\n");
  test_ftp_answer (fixture->ftp, "PASV", answer);
  test_ftp_answer (fixture->ftp, "RETR", "150 file\r\n226 done\r\n");
  /* It comes to us, although it was sent there. */
  fd = -1;
  {
    g_autoptr (GBytes) path = test_bytes ("/f");
    g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
    g_autoptr (TlBlockWriter) writer = tl_block_writer_new (stream, -1);
    TestCall call = { 0 };

    tl_ftp_client_fetch_async (fixture->client, path, 0, writer, NULL, NULL, NULL, test_call_cb, &call);
    test_wait (test_ftp_count (fixture->ftp, "RETR") > 0 || call.n_calls > 0);
    fd = accept (listener, NULL, NULL);
    g_assert_cmpint (fd, >=, 0);
    close (fd);
    test_wait (call.n_calls > 0);
    g_assert_true (tl_ftp_client_move_finish (fixture->client, call.result, NULL, NULL));
    g_clear_object (&call.result);
  }
  close (listener);
  g_assert_true (test_log_has (fixture->client, TL_MESSAGE_EVENT, "192.0.2.1"));
}

static void
set_active (Fixture *fixture)
{
  g_object_set (tl_ftp_client_get_site (fixture->client), "active-mode", TRUE, NULL);
  test_ftp_answer (fixture->ftp, "EPSV", "500 no\r\n");
  test_ftp_answer (fixture->ftp, "PASV", "500 no\r\n");
}

static void
test_active (Fixture       *fixture,
             gconstpointer  data)
{
  const gboolean port = data != NULL;

  set_active (fixture);
  test_ftp_answer (fixture->ftp, port ? "EPRT" : "NONE", "500 no\r\n");
  test_ftp_answer (fixture->ftp, "RETR", "150 file\r\n{port}{data}226 done\r\n");
  g_assert_true (test_fetch (fixture->client, "/f", 0, &fixture->text, &fixture->error));
  g_assert_cmpstr (fixture->text, ==, "hello");
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "PORT 127,0,0,1,"), ==, port ? 1 : 0);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "EPRT |1|127.0.0.1|"), ==, 1);
}

/* The server says that all is done and never came: an empty folder of some servers. */
static void
test_active_empty (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (TlFtpListing) listing = NULL;

  set_active (fixture);
  test_ftp_answer (fixture->ftp, "LIST", "226 nothing\r\n");
  listing = test_list (fixture->client, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, 0);
}

typedef struct {
  const char *name;
  const char *answer;
  guint       n;
} Empty;

static const Empty empties[] = {
  { "empty-data", "150 list\r\n{data}226 done\r\n", 0 },
  { "226-none", "226 done\r\n{shut}", 0 },
  { "450", "450 No files found\r\n", 0 },
  { "550", "550 No files found\r\n", 0 },
};

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  const Empty *empty = data;
  g_autoptr (TlFtpListing) listing = NULL;

  test_ftp_content (fixture->ftp, "");
  test_ftp_answer (fixture->ftp, "LIST", empty->answer);
  listing = test_list (fixture->client, "/d", &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, 0);
}

static void
test_list_refused (Fixture       *fixture,
                   gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, "LIST", "550 Permission denied\r\n");
  g_assert_null (test_list (fixture->client, NULL, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_DENIED);
  g_clear_error (&fixture->error);
  test_ftp_answer (fixture->ftp, "CWD", "550 No such directory\r\n");
  g_assert_null (test_list (fixture->client, "/nowhere", &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_NOT_FOUND);
}

/* ProFTPD says so for a TLS session that it does not know, and the second time all is well. */
static void
test_425_once (Fixture       *fixture,
               gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, "RETR", "150 file\r\n425 Unable to build data connection\r\n");
  test_ftp_answer (fixture->ftp, "RETR", "150 file\r\n{data}226 done\r\n");
  g_assert_true (test_fetch (fixture->client, "/f", 0, &fixture->text, &fixture->error));
  g_assert_cmpstr (fixture->text, ==, "hello");
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "RETR"), ==, 2);
}

static void
test_425_always (Fixture       *fixture,
                 gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, "RETR", "425 no\r\n");
  g_assert_false (test_fetch (fixture->client, "/f", 0, &fixture->text, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_DATA);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "RETR"), ==, 3);
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

/* LIST's clock is eight hours ahead of MDTM's. */
static void
test_zone (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (TlFtpListing) listing = NULL;
  TlFtpListingItem item;

  test_ftp_content (fixture->ftp, "01-02-20  11:04AM                    5 file\r\n");
  listing = test_list (fixture->client, NULL, &fixture->error);
  g_assert_no_error (fixture->error);
  tl_ftp_listing_get_entry (listing, 0, &item);
  g_assert_cmpint (item.time, ==, 1577934240);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (downloads); i++)
    {
      g_autofree char *path = g_strconcat ("/ftp-data/download/", downloads[i].name, NULL);

      g_test_add (path, Fixture, &downloads[i], set_up, test_download, tear_down);
    }
  ADD ("/ftp-data/fall-back", test_fall_back);
  ADD ("/ftp-data/pasv-first", test_pasv_first);
  ADD ("/ftp-data/no-way", test_no_way);
  ADD ("/ftp-data/foreign-address", test_foreign_address);
  g_test_add ("/ftp-data/active/eprt", Fixture, NULL, set_up, test_active, tear_down);
  g_test_add ("/ftp-data/active/port", Fixture, "port", set_up, test_active, tear_down);
  ADD ("/ftp-data/active/empty", test_active_empty);
  for (guint i = 0; i < G_N_ELEMENTS (empties); i++)
    {
      g_autofree char *path = g_strconcat ("/ftp-data/empty/", empties[i].name, NULL);

      g_test_add (path, Fixture, &empties[i], set_up, test_empty, tear_down);
    }
  ADD ("/ftp-data/list-refused", test_list_refused);
  ADD ("/ftp-data/425-once", test_425_once);
  ADD ("/ftp-data/425-always", test_425_always);
  ADD ("/ftp-data/offset", test_offset);
  ADD ("/ftp-data/offset-refused", test_offset_refused);
  ADD ("/ftp-data/upload", test_upload);
  ADD ("/ftp-data/upload-short", test_upload_short);
  ADD ("/ftp-data/upload-no-space", test_upload_no_space);
  ADD ("/ftp-data/upload-append", test_upload_append);
  ADD ("/ftp-data/full-disk", test_full_disk);
  ADD ("/ftp-data/large", test_large);
  ADD ("/ftp-data/zone", test_zone);
  return g_test_run ();
}
