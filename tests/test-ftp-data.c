/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data connections, and servers that mean no good with them. */

#include "tl-ftp-fixture.h"

#include <sys/socket.h>

static void
set_up_hasty (Fixture       *fixture,
              gconstpointer  data)
{
  set_up (fixture, data);
  g_object_set (fixture->client, "timeout", 2u, NULL);
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
  { "226-first-no-data", "RETR", "150 file\r\n226 done\r\n", TL_FTP_ERROR_TIMED_OUT, "" },
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

/* PASV: what is no address is none; what servers answer instead of it is taken. */
typedef struct {
  const char *name;
  const char *answer;
  gboolean    good;
} Pasv;

static const Pasv pasvs[] = {
  { "over-255", "227 go (127,0,0,256,4,1)\r\n", FALSE },
  { "port-over-255", "227 go (127,0,0,1,300,1)\r\n", FALSE },
  { "port-0", "227 go (127,0,0,1,0,0)\r\n", FALSE },
  { "five", "227 go (127,0,0,1,4)\r\n", FALSE },
  { "229", "229 go (|||{epsv}|)\r\n", TRUE },
  { "no-parentheses", "227 go {pasv}\r\n", TRUE },
};

static void
test_pasv (Fixture       *fixture,
           gconstpointer  data)
{
  const Pasv *pasv = data;

  test_ftp_answer (fixture->ftp, "EPSV", "500 no\r\n");
  test_ftp_answer (fixture->ftp, "PASV", pasv->answer);
  g_assert_cmpint (test_fetch (fixture->client, "/f", 0, &fixture->text, &fixture->error), ==, pasv->good);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "RETR"), ==, pasv->good ? 1 : 0);
  if (!pasv->good)
    g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_DATA);
}

static void
set_up_ipv6 (Fixture       *fixture,
             gconstpointer  data)
{
  fixture->ftp = test_ftp_new_ipv6 ();
  fixture->client = fixture->ftp != NULL ? test_ftp_client (fixture->ftp) : NULL;
}

static void
tear_down_ipv6 (Fixture       *fixture,
                gconstpointer  data)
{
  if (fixture->ftp != NULL)
    tear_down (fixture, data);
}

static void
test_ipv6 (Fixture       *fixture,
           gconstpointer  data)
{
  const gboolean active = data != NULL;

  if (fixture->ftp == NULL)
    {
      g_test_skip ("There is no IPv6 here.");
      return;
    }
  /* Asked for whether it is listed or not: PASV could not say where. */
  test_ftp_answer (fixture->ftp, "FEAT", "211-x\r\n SIZE\r\n211 End\r\n");
  if (active)
    {
      g_object_set (tl_ftp_client_get_site (fixture->client), "active-mode", TRUE, NULL);
      test_ftp_answer (fixture->ftp, "EPSV", "500 no\r\n");
      test_ftp_answer (fixture->ftp, "PASV", "500 no\r\n");
      test_ftp_answer (fixture->ftp, "RETR", "150 file\r\n{port}{data}226 done\r\n");
      test_ftp_answer (fixture->ftp, "STOR", "150 go\r\n{port}{take}226 done\r\n");
    }
  g_assert_true (test_fetch (fixture->client, "/f", 0, &fixture->text, &fixture->error));
  g_assert_cmpstr (fixture->text, ==, "hello");
  g_assert_true (test_store (fixture->client, "/f", 0, "hello", &fixture->error));
  g_assert_cmpmem (fixture->ftp->stored->data, fixture->ftp->stored->len, "hello", 5);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "EPRT |2|::1|"), ==, active ? 2 : 0);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "EPSV"), ==, active ? 1 : 2);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "PORT"), ==, 0);
}

/* Somebody who has found the port is turned away, and the server is served all the same. */
static void
test_stranger (Fixture       *fixture,
               gconstpointer  data)
{
  set_active (fixture);
  test_ftp_answer (fixture->ftp, "RETR", "150 file\r\n{stranger}{stranger}{port}{data}226 done\r\n");
  g_assert_true (test_fetch (fixture->client, "/f", 0, &fixture->text, &fixture->error));
  g_assert_cmpstr (fixture->text, ==, "hello");
  g_assert_cmpuint (test_ftp_n_turned_away (fixture->ftp), ==, 2);
  g_assert_true (test_log_has (fixture->client, TL_MESSAGE_WARNING, "turned away"));
}

/* The server says that it has to go, in the middle of the file: what came is kept, and is not brought twice. */
static void
test_421_meanwhile (Fixture       *fixture,
                    gconstpointer  data)
{
  const gboolean first = data != NULL;

  /* Before a byte has come, a new connection may bring it. */
  test_ftp_answer (fixture->ftp, "RETR", first ? "421 going down\r\n{end}" : "150 file\r\n{open}421 going down\r\n{hang}");
  test_ftp_answer (fixture->ftp, "RETR", test_ftp_usual ("RETR"));
  g_assert_cmpint (test_fetch (fixture->client, "/f", 0, &fixture->text, &fixture->error), ==, first);
  if (!first)
    g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_CLOSED);
  g_assert_cmpstr (fixture->text, ==, "hello");
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "RETR"), ==, first ? 2 : 1);
}

#define ADD_HASTY(path, func) g_test_add (path, Fixture, NULL, set_up_hasty, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (downloads); i++)
    {
      g_autofree char *path = g_strconcat ("/ftp-data/download/", downloads[i].name, NULL);

      g_test_add (path, Fixture, &downloads[i], set_up_hasty, test_download, tear_down);
    }
  ADD_HASTY ("/ftp-data/fall-back", test_fall_back);
  ADD_HASTY ("/ftp-data/pasv-first", test_pasv_first);
  ADD_HASTY ("/ftp-data/no-way", test_no_way);
  ADD_HASTY ("/ftp-data/foreign-address", test_foreign_address);
  g_test_add ("/ftp-data/active/eprt", Fixture, NULL, set_up_hasty, test_active, tear_down);
  g_test_add ("/ftp-data/active/port", Fixture, "port", set_up_hasty, test_active, tear_down);
  ADD_HASTY ("/ftp-data/active/stranger", test_stranger);
  g_test_add ("/ftp-data/ipv6/passive", Fixture, NULL, set_up_ipv6, test_ipv6, tear_down_ipv6);
  g_test_add ("/ftp-data/ipv6/active", Fixture, "active", set_up_ipv6, test_ipv6, tear_down_ipv6);
  for (guint i = 0; i < G_N_ELEMENTS (pasvs); i++)
    {
      g_autofree char *path = g_strconcat ("/ftp-data/pasv/", pasvs[i].name, NULL);

      g_test_add (path, Fixture, &pasvs[i], set_up_hasty, test_pasv, tear_down);
    }
  g_test_add ("/ftp-data/421-meanwhile", Fixture, NULL, set_up_hasty, test_421_meanwhile, tear_down);
  g_test_add ("/ftp-data/421-first", Fixture, "first", set_up_hasty, test_421_meanwhile, tear_down);
  ADD_HASTY ("/ftp-data/425-once", test_425_once);
  ADD_HASTY ("/ftp-data/425-always", test_425_always);
  return g_test_run ();
}
