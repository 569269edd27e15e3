/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many small files with their commands in advance, and the way back for servers that do not stand it. */

#include "tl-ftp-burst-test.h"

static void
assert_off (Fixture *fixture)
{
  g_assert_cmpint (tl_ftp_pipeline_get (tl_ftp_client_get_site (fixture->client)), ==, TL_FTP_PIPELINE_OFF);
  g_assert_false (tl_ftp_client_can_burst (fixture->client));
  /* One by one it goes on. */
  test_ftp_answer_only (fixture->ftp, "EPSV", test_ftp_usual ("EPSV"));
  test_ftp_answer_only (fixture->ftp, "RETR", test_ftp_usual ("RETR"));
  assert_fetches (fixture->client, "/last");
}

static void
test_plain (Fixture       *fixture,
            gconstpointer  data)
{
  Files files = { .n = 9 };

  prepare (fixture);
  g_assert_true (burst (fixture, &files, NULL));
  assert_fates (&files, "wwwwwwwww");
  g_assert_cmpint (tl_ftp_pipeline_get (tl_ftp_client_get_site (fixture->client)), ==, TL_FTP_PIPELINE_WORKS);
  g_assert_cmpuint (test_ftp_n_clients (fixture->ftp), ==, 1);
  /* Nothing but what each of them needs. */
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "EPSV"), ==, 10);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "RETR"), ==, 10);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "SIZE") + test_ftp_count (fixture->ftp, "MDTM"), ==, 0);
  assert_fetches (fixture->client, "/last");
}

/* The server answers nothing before it has all four commands of two files. */
static void
test_ahead (Fixture       *fixture,
            gconstpointer  data)
{
  Files files = { .n = 2 };

  prepare (fixture);
  test_ftp_answer (fixture->ftp, "EPSV", "");
  test_ftp_answer (fixture->ftp, "RETR", "");
  test_ftp_answer (fixture->ftp, "RETR", TWO);
  g_assert_true (burst (fixture, &files, NULL));
  assert_fates (&files, "ww");
}

/* What cannot be read is told, and does not stop the others. */
static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  Files files = { .n = 4 };

  prepare (fixture);
  test_ftp_answer (fixture->ftp, "RETR", test_ftp_usual ("RETR"));
  test_ftp_answer (fixture->ftp, "RETR", "550 no such file\r\n");
  test_ftp_answer (fixture->ftp, "RETR", test_ftp_usual ("RETR"));
  g_assert_true (burst (fixture, &files, NULL));
  assert_fates (&files, "wrww");
  g_assert_cmpuint (test_ftp_n_clients (fixture->ftp), ==, 1);
}

/* Nor does one whose name no command can hold: the connection stays what it is. */
static void
test_too_long (Fixture       *fixture,
               gconstpointer  data)
{
  Files files = { .n = 5, .too_long = 2 };

  prepare (fixture);
  g_assert_true (burst (fixture, &files, NULL));
  assert_fates (&files, "wwrww");
  g_assert_cmpuint (test_ftp_n_clients (fixture->ftp), ==, 1);
}

/* The second is empty, and the server says so before anybody has fetched nothing: it is over all the same. */
static void
test_answered_early (Fixture       *fixture,
                     gconstpointer  data)
{
  Files files = { .n = 2 };

  prepare (fixture);
  test_ftp_answer (fixture->ftp, "EPSV", "");
  test_ftp_answer (fixture->ftp, "RETR", "");
  test_ftp_answer (fixture->ftp, "RETR", "229 go (|||{epsv}|)\r\n150 file\r\n{data}226 done\r\n229 go (|||{epsv}|)\r\n150 file\r\n226 done\r\n{data}");
  g_assert_true (burst (fixture, &files, NULL));
  assert_fates (&files, "ww");
}

/* Neither more nor less than was told. */
static void
test_size (Fixture       *fixture,
           gconstpointer  data)
{
  Files files = { .n = 3, .size = strlen (TEXT) - 1 };
  Files more = { .n = 3, .size = strlen (TEXT) + 1 };

  prepare (fixture);
  g_assert_true (burst (fixture, &files, NULL));
  assert_fates (&files, "aaa");
  g_assert_true (burst (fixture, &more, NULL));
  assert_fates (&more, "aaa");
  g_assert_cmpuint (test_ftp_n_clients (fixture->ftp), ==, 1);
}

/* Servers that do not take it; nothing of what they send after that is believed. */
typedef struct {
  const char *name;
  const char *epsv[3];
  const char *retr[2];
  const char *fates;
  gboolean    silent;
} Server;

static const Server servers[] = {
  /* It says no to a port while a file is moving. */
  { "busy", { "229 go (|||{epsv}|)\r\n", "450 data transfer in progress\r\n" }, { "150 file\r\n{data}226 done\r\n", "425 no connection\r\n" }, "?b" },
  /* It answers the next command first, and has one port for all. */
  { "eager", { "229 go (|||{epsv}|)\r\n" }, { "229 go (|||{epsv}|)\r\n150 file\r\n{data}226 done\r\n" }, "bb" },
  { "eager-begun", { "229 go (|||{epsv}|)\r\n" }, { "150 file\r\n229 go (|||{epsv}|)\r\n{data}226 done\r\n" }, "bb" },
  /* It hangs up. */
  { "hangs-up", { "{end}" }, { "{end}" }, "bb" },
  /* It throws away what comes before it has answered: it says nothing more. */
  { "forgets", { "229 go (|||{epsv}|)\r\n", "" }, { "150 file\r\n{data}226 done\r\n", "" }, "?b", TRUE },
  { "forgets-all", { "229 go (|||{epsv}|)\r\n", "" }, { "", "" }, "bb", TRUE },
};

static void
test_way_back (Fixture       *fixture,
               gconstpointer  data)
{
  const Server *server = data;
  Files files = { .n = 2 };

  prepare (fixture);
  if (server->silent)
    g_object_set (fixture->client, "timeout", 1, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (server->epsv) && server->epsv[i] != NULL; i++)
    test_ftp_answer (fixture->ftp, "EPSV", server->epsv[i]);
  for (guint i = 0; i < G_N_ELEMENTS (server->retr) && server->retr[i] != NULL; i++)
    test_ftp_answer (fixture->ftp, "RETR", server->retr[i]);
  g_assert_false (burst (fixture, &files, NULL));
  g_assert_true (fixture->error->domain == TL_FTP_ERROR);
  assert_fates (&files, server->fates);
  g_object_set (fixture->client, "timeout", 30, NULL);
  assert_off (fixture);
  g_assert_cmpuint (test_ftp_n_clients (fixture->ftp), ==, 2);
}

/* A server that loses what comes while it sends a file gets the commands of several files at once, and no more before the last of them is there. */
static void
test_between (Fixture       *fixture,
              gconstpointer  data)
{
  TlFtpSite *site = tl_ftp_client_get_site (fixture->client);
  Files lost = { .n = 3 };
  Files files = { .n = 6, .together = 4 };
  Files again = { .n = 2 };

  prepare (fixture);
  test_ftp_answer (fixture->ftp, "EPSV", test_ftp_usual ("EPSV"));
  test_ftp_answer (fixture->ftp, "EPSV", test_ftp_usual ("EPSV"));
  test_ftp_answer (fixture->ftp, "EPSV", "");
  test_ftp_answer (fixture->ftp, "RETR", test_ftp_usual ("RETR"));
  test_ftp_answer (fixture->ftp, "RETR", data);
  test_ftp_answer (fixture->ftp, "RETR", "");
  g_assert_false (burst (fixture, &lost, NULL));
  assert_fates (&lost, "wbb");
  g_assert_cmpint (tl_ftp_pipeline_get (site), ==, TL_FTP_PIPELINE_BETWEEN);

  /* It answers nothing before it has the commands of four files, and those of the others before it has answered all. */
  test_ftp_answer_only (fixture->ftp, "EPSV", test_ftp_usual ("EPSV"));
  test_ftp_answer_only (fixture->ftp, "RETR", test_ftp_usual ("RETR"));
  assert_fetches (fixture->client, "/next");
  test_ftp_answer_only (fixture->ftp, "EPSV", "");
  test_ftp_answer_only (fixture->ftp, "RETR", "");
  test_ftp_answer (fixture->ftp, "RETR", "");
  test_ftp_answer (fixture->ftp, "RETR", "");
  test_ftp_answer (fixture->ftp, "RETR", FOUR);
  test_ftp_answer (fixture->ftp, "RETR", "");
  test_ftp_answer (fixture->ftp, "RETR", TWO);
  g_clear_error (&fixture->error);
  g_assert_true (burst (fixture, &files, NULL));
  assert_fates (&files, "wwwwww");
  g_assert_cmpint (tl_ftp_pipeline_get (site), ==, TL_FTP_PIPELINE_BETWEEN);

  /* One that loses also those gets none any more. */
  test_ftp_answer_only (fixture->ftp, "EPSV", test_ftp_usual ("EPSV"));
  test_ftp_answer_only (fixture->ftp, "RETR", data);
  g_assert_false (burst (fixture, &again, NULL));
  assert_fates (&again, "bb");
  assert_off (fixture);
}

/* It said nothing, but may only have been slow: after a while it is tried once more, and not again when that was the same. */
static void
test_slow (Fixture       *fixture,
           gconstpointer  data)
{
  TlFtpSite *site = tl_ftp_client_get_site (fixture->client);
  Files silent = { .n = 2 };
  Files files = { .n = 2 };

  tl_ftp_pipeline_set_pause (0);
  prepare (fixture);
  test_ftp_answer (fixture->ftp, "EPSV", test_ftp_usual ("EPSV"));
  test_ftp_answer (fixture->ftp, "EPSV", "");
  test_ftp_answer_only (fixture->ftp, "RETR", "");
  g_object_set (fixture->client, "timeout", 1, NULL);
  g_assert_false (burst (fixture, &silent, NULL));
  g_object_set (fixture->client, "timeout", 30, NULL);
  g_assert_cmpint (tl_ftp_pipeline_get (site), ==, TL_FTP_PIPELINE_UNTRIED);
  test_ftp_answer_only (fixture->ftp, "EPSV", test_ftp_usual ("EPSV"));
  test_ftp_answer_only (fixture->ftp, "RETR", test_ftp_usual ("RETR"));
  assert_fetches (fixture->client, "/again");
  g_assert_true (tl_ftp_client_can_burst (fixture->client));
  g_assert_true (burst (fixture, &files, NULL));
  assert_fates (&files, "ww");
  g_assert_cmpint (tl_ftp_pipeline_get (site), ==, TL_FTP_PIPELINE_WORKS);

  tl_ftp_pipeline_doubt (site);
  g_assert_cmpint (tl_ftp_pipeline_get (site), ==, TL_FTP_PIPELINE_OFF);
  tl_ftp_pipeline_set (site, TL_FTP_PIPELINE_WORKS);
  g_assert_cmpint (tl_ftp_pipeline_get (site), ==, TL_FTP_PIPELINE_OFF);
  tl_ftp_pipeline_set_pause (G_TIME_SPAN_HOUR);
  tl_ftp_pipeline_forget ();
  tl_ftp_pipeline_doubt (site);
  g_assert_cmpint (tl_ftp_pipeline_get (site), ==, TL_FTP_PIPELINE_OFF);
}

/* A server that names ports at which nobody is: nothing is sent in advance before it is there again. */
static void
test_no_way (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *epsv = NULL;
  g_autofree char *pasv = NULL;
  g_autofree char *text = NULL;
  guint16 port;
  int fd = test_ftp_listen (&port);

  prepare (fixture);
  close (fd);
  epsv = g_strdup_printf ("229 go (|||%u|)\r\n", port);
  pasv = g_strdup_printf ("227 go (127,0,0,1,%u,%u)\r\n", port >> 8, port & 0xffu);
  test_ftp_answer_only (fixture->ftp, "EPSV", epsv);
  test_ftp_answer_only (fixture->ftp, "PASV", pasv);
  g_assert_false (test_fetch (fixture->client, "/none", 0, &text, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_DATA);
  g_assert_false (tl_ftp_client_can_burst (fixture->client));
  test_ftp_answer_only (fixture->ftp, "EPSV", test_ftp_usual ("EPSV"));
  assert_fetches (fixture->client, "/there");
  g_assert_true (tl_ftp_client_can_burst (fixture->client));
}

/* What was sent ahead is not waited for. */
static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  Files files = { .n = 5 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  prepare (fixture);
  test_ftp_answer (fixture->ftp, "RETR", "150 file\r\n{open}{hang}");
  files.size = strlen (TEXT);
  tl_ftp_client_burst_async (fixture->client, &events, &files, cancellable, test_call_cb, &files.call);
  test_wait (test_ftp_count (fixture->ftp, "RETR") == 2);
  g_cancellable_cancel (cancellable);
  test_wait (files.call.n_calls > 0);
  g_assert_false (tl_ftp_client_burst_finish (fixture->client, files.call.result, &fixture->error));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&files.call.result);
  assert_fates (&files, "bb");
  /* That is no fault of the server's. */
  g_assert_cmpint (tl_ftp_pipeline_get (tl_ftp_client_get_site (fixture->client)), ==, TL_FTP_PIPELINE_UNTRIED);
  test_ftp_answer_only (fixture->ftp, "RETR", test_ftp_usual ("RETR"));
  assert_fetches (fixture->client, "/last");
}

static void
test_closed (Fixture       *fixture,
             gconstpointer  data)
{
  Files files = { .n = 5, .size = strlen (TEXT) };

  prepare (fixture);
  test_ftp_answer (fixture->ftp, "RETR", "150 file\r\n{open}{hang}");
  tl_ftp_client_burst_async (fixture->client, &events, &files, NULL, test_call_cb, &files.call);
  test_wait (test_ftp_count (fixture->ftp, "RETR") == 2);
  tl_ftp_client_close (fixture->client);
  test_wait (files.call.n_calls > 0);
  g_clear_object (&files.call.result);
  assert_fates (&files, "bb");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/ftp-burst/plain", test_plain);
  ADD ("/ftp-burst/ahead", test_ahead);
  ADD ("/ftp-burst/refused", test_refused);
  ADD ("/ftp-burst/too-long", test_too_long);
  ADD ("/ftp-burst/answered-early", test_answered_early);
  ADD ("/ftp-burst/size", test_size);
  g_test_add ("/ftp-burst/between/pure-ftpd", Fixture, "150 file\r\n{data}500 Unknown command\r\n226 done\r\n", set_up, test_between, tear_down);
  g_test_add ("/ftp-burst/between/proftpd", Fixture, "150 file\r\n{data}450 EPSV: data transfer in progress\r\n226 done\r\n", set_up, test_between, tear_down);
  g_test_add ("/ftp-burst/between/proftpd-pasv", Fixture, "150 file\r\n{data}450 PASV: data transfer in progress\r\n226 done\r\n", set_up, test_between, tear_down);
  ADD ("/ftp-burst/slow", test_slow);
  ADD ("/ftp-burst/no-way", test_no_way);
  ADD ("/ftp-burst/cancelled", test_cancelled);
  ADD ("/ftp-burst/closed", test_closed);
  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autofree char *path = g_strconcat ("/ftp-burst/way-back/", servers[i].name, NULL);

      g_test_add (path, Fixture, &servers[i], set_up, test_way_back, tear_down);
    }
  return g_test_run ();
}
