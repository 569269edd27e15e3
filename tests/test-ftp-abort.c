/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfers that are cancelled while they run: ABOR, and whatever servers make of it. */

#include "tl-ftp-kinds.h"

/* A transfer that goes on and on is aborted; however many replies the server has for it, the next act gets its own. */
typedef struct {
  const char *name;
  Kind        kind;
  const char *verb;
  const char *answer;
  const char *abor;
} Abort;

static const Abort aborts[] = {
  { "426-226", FETCH, "RETR", "150 file\r\n{open}", "426 broken\r\n226 aborted\r\n" },
  { "226-225", FETCH, "RETR", "150 file\r\n{open}", "226 all sent\r\n225 nothing to abort\r\n" },
  { "225-226", FETCH, "RETR", "150 file\r\n{open}", "225 ok\r\n226 aborted\r\n" },
  { "226", FETCH, "RETR", "150 file\r\n{open}", "226 aborted\r\n" },
  { "225", FETCH, "RETR", "150 file\r\n{open}", "225 aborted\r\n" },
  { "three", FETCH, "RETR", "150 file\r\n{open}", "426 broken\r\n226 aborted\r\n225 ok\r\n" },
  { "unknown", FETCH, "RETR", "150 file\r\n{open}", "426 broken\r\n502 what is ABOR\r\n" },
  { "pouring", FETCH, "RETR", "150 file\r\n{pour}426 broken\r\n", "226 aborted\r\n" },
  { "store", STORE, "STOR", "150 go\r\n{accept}", "426 broken\r\n226 aborted\r\n" },
  { "list", LIST, "LIST", "150 list\r\n{open}", "426 broken\r\n226 aborted\r\n" },
};

static void
test_aborting (gconstpointer data)
{
  const Abort *what = data;
  TestFtp *ftp = new_server (what->kind, FALSE);
  TlFtpClient *client = new_client (ftp, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  TestCall call = { 0 };

  test_ftp_answer (ftp, what->verb, what->answer);
  test_ftp_answer (ftp, what->verb, test_ftp_usual (what->verb));
  test_ftp_answer (ftp, "ABOR", what->abor);
  start (client, what->kind, cancellable, &call);
  test_wait (test_ftp_count (ftp, what->verb) > 0 && tl_ftp_client_get_state (client) == TL_FTP_TRANSFERRING);
  g_cancellable_cancel (cancellable);
  test_wait (call.n_calls > 0);
  g_assert_false (finish (client, what->kind, call.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&call.result);
  works (ftp, client, what->kind);
  g_assert_cmpuint (test_ftp_n_clients (ftp), ==, 1);
  g_assert_cmpuint (test_ftp_count (ftp, "ABOR"), ==, 1);
  g_assert_finalize_object (client);
  test_ftp_free (ftp);
}

/* Some servers look at the control connection during a transfer only when they are interrupted: Telnet IP, and Synch as urgent data, in front of a second ABOR. */
static void
test_interrupting (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  TestCall call = { 0 };

  test_ftp_answer (fixture->ftp, "RETR", "150 file\r\n{open}");
  test_ftp_answer (fixture->ftp, "ABOR", "");
  /* The last byte of Synch, DM, is out of band. */
  test_ftp_answer (fixture->ftp, "\377\364\377ABOR", "426 broken\r\n226 aborted\r\n");
  start (fixture->client, FETCH, cancellable, &call);
  test_wait (test_ftp_count (fixture->ftp, "RETR") > 0 && tl_ftp_client_get_state (fixture->client) == TL_FTP_TRANSFERRING);
  g_cancellable_cancel (cancellable);
  test_wait (call.n_calls > 0);
  g_clear_object (&call.result);
  g_assert_true (test_stat (fixture->client, "/f", NULL, NULL, NULL));
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "\377\364\377ABOR"), ==, 1);
  g_assert_cmpuint (test_ftp_n_clients (fixture->ftp), ==, 1);
}

/* It answers to nothing at all: the connection is given up, and the next act opens one. */
static void
test_deaf (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  TestCall call = { 0 };

  test_ftp_answer (fixture->ftp, "RETR", "150 file\r\n{open}{hang}");
  start (fixture->client, FETCH, cancellable, &call);
  test_wait (test_ftp_count (fixture->ftp, "RETR") > 0 && tl_ftp_client_get_state (fixture->client) == TL_FTP_TRANSFERRING);
  g_cancellable_cancel (cancellable);
  test_wait (call.n_calls > 0);
  g_clear_object (&call.result);
  g_assert_true (test_stat (fixture->client, "/f", NULL, NULL, NULL));
  g_assert_cmpuint (test_ftp_n_clients (fixture->ftp), ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (aborts); i++)
    {
      g_autofree char *path = g_strconcat ("/ftp-abort/", aborts[i].name, NULL);

      g_test_add_data_func (path, &aborts[i], test_aborting);
    }
  ADD ("/ftp-abort/interrupt", test_interrupting);
  ADD ("/ftp-abort/deaf", test_deaf);
  return g_test_run ();
}
