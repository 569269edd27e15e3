/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each operation of a client, cancelled at each step of its dialogue: it is told once, and the connection is in no doubt afterwards. */

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

static const char *const kinds[N_KINDS] = {
  "connect", "list", "list-plain", "change", "make", "remove-file", "remove-directory", "rename", "chmod", "set-time", "stat", "fetch", "fetch-rest", "store",
  "store-rest", "append", "raw",
};

#define LIST_ALL "drwxr-xr-x 2 a b 4096 Jan 2 2020 .\r\n-rw-r--r-- 1 a b 5 Jan 2 2020 file\r\n"
#define LIST_DOS "01-02-20  11:04AM                    5 file\r\n"
#define NO_REST "211-x\r\n EPSV\r\n SIZE\r\n211 End\r\n"
/* The size that each file has here. */
#define LENGTH 5

static TestFtp *
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

static TlFtpClient *
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

static void
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

static void
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
static gboolean
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
static void
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
      g_autofree char *path = g_strconcat ("/ftp-cancel/each-step/", kinds[kind], NULL);

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
  for (guint i = 0; i < G_N_ELEMENTS (aborts); i++)
    {
      g_autofree char *path = g_strconcat ("/ftp-cancel/abort/", aborts[i].name, NULL);

      g_test_add_data_func (path, &aborts[i], test_aborting);
    }
  ADD ("/ftp-cancel/interrupt", test_interrupting);
  ADD ("/ftp-cancel/deaf", test_deaf);
  for (int n = 0; n < 40; n += 3)
    {
      g_autofree char *path = g_strdup_printf ("/ftp-cancel/close/%d", n);

      g_test_add (path, Fixture, GINT_TO_POINTER (n), set_up, test_closing, tear_down);
    }
  return g_test_run ();
}
