/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each operation of a client, cancelled at each step of its dialogue: it is told once, and the connection is in no doubt afterwards. */

#include "tl-ftp-kinds.h"

/* Cancels the operation while it waits for the answer to the @n-th command. False when it was over before. */
static gboolean
cancel_after (Kind     kind,
              gboolean tls,
              guint    n)
{
  TestFtp *ftp = new_server (kind, tls);
  TlFtpClient *client = new_client (ftp, tls);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  TestCall call = { 0 };
  gboolean over;

  test_ftp_hold (ftp, n);
  start (client, kind, cancellable, &call);
  test_wait (call.n_calls > 0 || test_ftp_count (ftp, "") >= n);
  over = call.n_calls > 0;
  g_cancellable_cancel (cancellable);
  test_ftp_hold (ftp, G_MAXUINT);
  test_wait (call.n_calls > 0);
  if (!over)
    {
      g_assert_false (finish (client, kind, call.result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  g_clear_object (&call.result);
  if (!over)
    works (ftp, client, kind);
  g_assert_cmpuint (call.n_calls, ==, 1);
  tl_ftp_client_close (client);
  g_assert_finalize_object (client);
  test_ftp_free (ftp);
  return !over;
}

static void
test_cancelling (gconstpointer data)
{
  const Kind kind = (Kind) GPOINTER_TO_INT (data);
  guint n = 1;

  while (cancel_after (kind, FALSE, n))
    n++;
  /* Logging in alone takes six. */
  g_assert_cmpuint (n, >, kind == CONNECT ? 6 : 7);
}

static void
test_cancelling_tls (gconstpointer data)
{
  const Kind kind = (Kind) GPOINTER_TO_INT (data);
  guint n = 1;

  while (cancel_after (kind, TRUE, n))
    n++;
  g_assert_cmpuint (n, >, 9);
}

static void
test_cancelled_before (void)
{
  for (Kind kind = CONNECT; kind < N_KINDS; kind++)
    {
      TestFtp *ftp = new_server (kind, FALSE);
      TlFtpClient *client = test_ftp_client (ftp);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      TestCall call = { 0 };

      g_cancellable_cancel (cancellable);
      start (client, kind, cancellable, &call);
      test_wait (call.n_calls > 0);
      g_clear_object (&call.result);
      g_assert_cmpuint (call.n_calls, ==, 1);
      g_assert_cmpuint (test_ftp_n_clients (ftp), ==, 0);
      g_assert_finalize_object (client);
      test_ftp_free (ftp);
    }
}

/* Those that wait behind another one can be cancelled as well, and that one goes on. */
static void
test_cancelled_in_queue (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  TestCall first = { 0 };
  TestCall others = { 0 };

  g_assert_true (test_connect (fixture->client, NULL));
  test_ftp_hold (fixture->ftp, test_ftp_count (fixture->ftp, "") + 1);
  start (fixture->client, STAT, NULL, &first);
  for (Kind kind = CONNECT; kind < N_KINDS; kind++)
    start (fixture->client, kind, cancellable, &others);
  g_cancellable_cancel (cancellable);
  test_wait (others.n_calls == N_KINDS);
  g_assert_cmpuint (first.n_calls, ==, 0);
  test_ftp_hold (fixture->ftp, G_MAXUINT);
  test_wait (first.n_calls > 0);
  g_assert_true (finish (fixture->client, STAT, first.result, NULL));
  g_clear_object (&first.result);
  g_clear_object (&others.result);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "CWD"), ==, 0);
}

/* Before the first command: the server says nothing, or does not get on with the handshake; or a user is asked. */
static void
cancel_when_state (Fixture    *fixture,
                   TlFtpState  state)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  TestCall call = { 0 };

  tl_ftp_client_connect_async (fixture->client, cancellable, test_call_cb, &call);
  test_wait (test_ftp_n_clients (fixture->ftp) > 0 && tl_ftp_client_get_state (fixture->client) == state);
  g_cancellable_cancel (cancellable);
  test_wait (call.n_calls > 0);
  g_assert_false (tl_ftp_client_connect_finish (fixture->client, call.result, &fixture->error));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&call.result);
  g_assert_cmpint (tl_ftp_client_get_state (fixture->client), ==, TL_FTP_CLOSED);
  test_ftp_answer (fixture->ftp, "GREETING", "220 ready\r\n");
  g_object_set (tl_ftp_client_get_site (fixture->client), "security", TL_FTP_SECURITY_NONE, NULL);
  g_assert_true (test_stat (fixture->client, "/f", NULL, NULL, NULL));
  g_assert_cmpuint (call.n_calls, ==, 1);
}

static void
test_cancelled_greeting (Fixture       *fixture,
                         gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, "GREETING", "{hang}");
  test_ftp_answer (fixture->ftp, "GREETING", "220 ready\r\n");
  cancel_when_state (fixture, TL_FTP_CONNECTING);
}

static void
test_cancelled_handshake (Fixture       *fixture,
                          gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, "AUTH", "234 go\r\n{hang}");
  g_object_set (tl_ftp_client_get_site (fixture->client), "security", TL_FTP_SECURITY_EXPLICIT, NULL);
  cancel_when_state (fixture, TL_FTP_SECURING);
}

static void
test_cancelled_question (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (TestAnswerer) answerer = test_answerer_new ("a", "b");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  TestCall call = { 0 };

  answerer->is_slow = TRUE;
  g_object_set (tl_ftp_client_get_site (fixture->client), "account-kind", TL_FTP_ACCOUNT_GUEST, NULL);
  g_object_set (fixture->client, "asker", answerer, NULL);
  tl_ftp_client_connect_async (fixture->client, cancellable, test_call_cb, &call);
  test_wait (answerer->asked->len > 0);
  g_cancellable_cancel (cancellable);
  test_wait (call.n_calls > 0);
  g_assert_false (tl_ftp_client_connect_finish (fixture->client, call.result, &fixture->error));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&call.result);
  answerer->is_slow = FALSE;
  g_assert_true (test_stat (fixture->client, "/f", NULL, NULL, NULL));
}

/* A server that keeps the place of a REST until a transfer: it is taken back. */
static void
test_rest_taken_back (Fixture       *fixture,
                      gconstpointer  data)
{
  const char *refusal = data;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  TestCall call = { 0 };

  g_assert_true (test_connect (fixture->client, NULL));
  /* TYPE, EPSV, REST. */
  test_ftp_hold (fixture->ftp, test_ftp_count (fixture->ftp, "") + 3);
  start (fixture->client, FETCH_REST, cancellable, &call);
  test_wait (test_ftp_count (fixture->ftp, "REST 2") > 0);
  g_cancellable_cancel (cancellable);
  test_wait (call.n_calls > 0);
  g_clear_object (&call.result);
  test_ftp_hold (fixture->ftp, G_MAXUINT);
  if (refusal != NULL)
    {
      g_assert_true (test_stat (fixture->client, "/f", NULL, NULL, NULL));
      test_ftp_answer (fixture->ftp, "REST", refusal);
    }
  g_assert_true (test_fetch (fixture->client, "/f", 0, &fixture->text, &fixture->error));
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "REST 0"), ==, 1);
  g_assert_cmpuint (test_ftp_n_clients (fixture->ftp), ==, refusal != NULL ? 2 : 1);
  g_clear_pointer (&fixture->text, g_free);
  /* Once is enough. */
  g_assert_true (test_fetch (fixture->client, "/f", 0, &fixture->text, &fixture->error));
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "REST 0"), ==, 1);
}

static void
test_closing (Fixture       *fixture,
              gconstpointer  data)
{
  TestCall call = { 0 };

  for (Kind kind = CONNECT; kind < N_KINDS; kind++)
    start (fixture->client, kind, NULL, &call);
  test_wait (test_ftp_count (fixture->ftp, "") >= (guint) GPOINTER_TO_INT (data));
  tl_ftp_client_close (fixture->client);
  test_wait (call.n_calls == N_KINDS);
  g_clear_object (&call.result);
  g_assert_cmpint (tl_ftp_client_get_state (fixture->client), ==, TL_FTP_CLOSED);
  g_assert_true (test_stat (fixture->client, "/f", NULL, NULL, NULL));
  g_assert_cmpuint (call.n_calls, ==, N_KINDS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (Kind kind = CONNECT; kind < N_KINDS; kind++)
    {
      g_autofree char *path = g_strconcat ("/ftp-cancel/each-step/", kind_names[kind], NULL);

      g_test_add_data_func (path, GINT_TO_POINTER (kind), test_cancelling);
    }
  g_test_add_data_func ("/ftp-cancel/each-step/tls/connect", GINT_TO_POINTER (CONNECT), test_cancelling_tls);
  g_test_add_data_func ("/ftp-cancel/each-step/tls/list", GINT_TO_POINTER (LIST), test_cancelling_tls);
  g_test_add_data_func ("/ftp-cancel/each-step/tls/fetch", GINT_TO_POINTER (FETCH_REST), test_cancelling_tls);
  g_test_add_data_func ("/ftp-cancel/each-step/tls/store", GINT_TO_POINTER (STORE), test_cancelling_tls);
  g_test_add_func ("/ftp-cancel/before", test_cancelled_before);
  ADD ("/ftp-cancel/in-queue", test_cancelled_in_queue);
  ADD ("/ftp-cancel/greeting", test_cancelled_greeting);
  ADD ("/ftp-cancel/handshake", test_cancelled_handshake);
  ADD ("/ftp-cancel/question", test_cancelled_question);
  g_test_add ("/ftp-cancel/rest-taken-back", Fixture, NULL, set_up, test_rest_taken_back, tear_down);
  g_test_add ("/ftp-cancel/rest-not-taken-back", Fixture, "501 no zero\r\n", set_up, test_rest_taken_back, tear_down);
  for (int n = 0; n < 40; n += 3)
    {
      g_autofree char *path = g_strdup_printf ("/ftp-cancel/close/%d", n);

      g_test_add (path, Fixture, GINT_TO_POINTER (n), set_up, test_closing, tear_down);
    }
  return g_test_run ();
}
