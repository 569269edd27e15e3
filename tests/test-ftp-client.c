/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a client makes of a server's replies: logging in, the acts, cancelling at each step, connections that go and come. */

#include "tl-ftp-calls.h"

#define UNIX_LIST "total 4\r\n-rw-r--r-- 1 a b 5 Jan 2 2020 file\r\ndrwxr-xr-x 2 a b 4096 Jan 2 2020 dir\r\n"
#define UNIX_LIST_ALL "drwxr-xr-x 2 a b 4096 Jan 2 2020 .\r\n" UNIX_LIST "-rw-r--r-- 1 a b 5 Jan 2 2020 .hidden\r\n"

typedef struct {
  TestFtp     *ftp;
  TlFtpClient *client;
  GError      *error;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->ftp = test_ftp_new ();
  fixture->client = test_ftp_client (fixture->ftp);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_error (&fixture->error);
  g_assert_finalize_object (fixture->client);
  test_ftp_free (fixture->ftp);
}

static void
test_connecting (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *welcome = NULL;
  g_autofree char *syst = NULL;
  GBytes *directory;

  test_ftp_answer (fixture->ftp, "GREETING", "120 soon\r\n220-hello\r\n 230 no code\r\n220 there\r\n");
  test_ftp_answer (fixture->ftp, "PWD", "257 \"/a \"\"b\"\"\" is it\r\n");
  g_assert_cmpint (tl_ftp_client_get_state (fixture->client), ==, TL_FTP_CLOSED);
  g_assert_true (test_connect (fixture->client, &fixture->error));
  g_assert_no_error (fixture->error);
  g_assert_cmpint (tl_ftp_client_get_state (fixture->client), ==, TL_FTP_READY);
  directory = tl_ftp_client_get_directory (fixture->client);
  g_assert_cmpmem (g_bytes_get_data (directory, NULL), g_bytes_get_size (directory), "/a \"b\"", 6);
  g_object_get (fixture->client, "welcome", &welcome, "syst", &syst, NULL);
  g_assert_nonnull (strstr (welcome, "there"));
  g_assert_cmpstr (syst, ==, "UNIX Type: L8");
  g_assert_true (tl_ftp_features_has (tl_ftp_client_get_features (fixture->client), "MDTM"));
  g_assert_false (tl_ftp_client_is_encrypted (fixture->client));
  /* A second time it is there already. */
  g_assert_true (test_connect (fixture->client, NULL));
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "USER"), ==, 1);
}

typedef struct {
  const char *name;
  const char *verb;
  const char *answer;
  int         code;        /* -1: it goes well */
  const char *verb2;
  const char *answer2;
} Login;

static const Login logins[] = {
  { "user-230", "USER", "230 in\r\n", -1 },
  { "greeting-lf", "GREETING", "220 only LF\n", -1 },
  { "greeting-iac", "GREETING", "\377\373\001220 telnet\r\n", -1 },
  { "feat-missing", "FEAT", "500 what\r\n", -1 },
  { "pwd-odd", "PWD", "257 \"/unclosed\r\n", -1 },
  { "syst-refused", "SYST", "502 no\r\n", -1 },
  { "too-many-greeting", "GREETING", "421 too many connections\r\n{end}", TL_FTP_ERROR_TOO_MANY },
  { "too-many-pass", "PASS", "530 Sorry, the maximum number of clients (1) is reached: too many users\r\n", TL_FTP_ERROR_TOO_MANY },
  { "wrong", "PASS", "530 Login incorrect.\r\n", TL_FTP_ERROR_LOGIN },
  { "account", "PASS", "332 account\r\n", TL_FTP_ERROR_LOGIN },
  { "no-ftp", "GREETING", "SSH-2.0-OpenSSH_9.2\r\n", TL_FTP_ERROR_PROTOCOL },
  { "nul", "GREETING", "220 a\r\n{end}", TL_FTP_ERROR_CLOSED },
  { "end-in-feat", "FEAT", "211-x\r\n{end}", TL_FTP_ERROR_CLOSED },
  { "endless-reply", "SYST", "215-a\r\n{flood}215-more and more\r\n", TL_FTP_ERROR_PROTOCOL },
  { "endless-preliminary", "SYST", "{flood}150 soon\r\n", TL_FTP_ERROR_PROTOCOL },
  { "421-in-the-middle", "SYST", "421 going down\r\n{end}", TL_FTP_ERROR_CLOSED },
};

static void
test_login (Fixture       *fixture,
            gconstpointer  data)
{
  const Login *login = data;

  test_ftp_answer (fixture->ftp, login->verb, login->answer);
  if (login->code < 0)
    {
      test_connect (fixture->client, &fixture->error);
      g_assert_no_error (fixture->error);
      return;
    }
  g_assert_false (test_connect (fixture->client, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, login->code);
  g_assert_cmpint (tl_ftp_client_get_state (fixture->client), ==, TL_FTP_FAILED);
}

static void
test_silence (Fixture       *fixture,
              gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, "SYST", "{hang}");
  g_object_set (fixture->client, "timeout", 1u, NULL);
  g_assert_false (test_connect (fixture->client, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_TIMED_OUT);
}

static void
test_password_is_masked (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (TlFtpSite) site = test_ftp_site (fixture->ftp);
  TlFtpClient *client;

  g_object_set (site, "account-kind", TL_FTP_ACCOUNT_REGISTERED, "user", "someone", NULL);
  client = tl_ftp_client_new (site);
  g_object_set (client, "password", "very-secret", NULL);
  g_assert_true (test_connect (client, &fixture->error));
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "PASS very-secret"), ==, 1);
  g_assert_true (test_log_has (client, TL_MESSAGE_SENT, "PASS ********"));
  /* Typed commands may carry one too. */
  {
    g_autoptr (TlFtpReply) reply = test_raw (client, "site pswd old-secret new-secret", &fixture->error);

    g_assert_no_error (fixture->error);
    g_assert_cmpuint (test_ftp_count (fixture->ftp, "SITE pswd old-secret new-secret"), ==, 1);
    g_assert_true (test_log_has (client, TL_MESSAGE_SENT, "SITE pswd ********"));
  }
  g_assert_false (test_log_has (client, TL_MESSAGE_SENT, "secret"));
  g_assert_finalize_object (client);
}

/* Encryption that was asked for is never given up. */
static void
test_never_in_clear (Fixture       *fixture,
                     gconstpointer  data)
{
  static const TlFtpSecurity securities[] = { TL_FTP_SECURITY_EXPLICIT, TL_FTP_SECURITY_AUTO };

  for (guint i = 0; i < G_N_ELEMENTS (securities); i++)
    {
      g_autoptr (TlFtpSite) site = test_ftp_site (fixture->ftp);
      TlFtpClient *client;

      g_object_set (site, "security", securities[i], "account-kind", TL_FTP_ACCOUNT_REGISTERED, "user", "someone", NULL);
      client = tl_ftp_client_new (site);
      g_object_set (client, "password", "secret", NULL);
      g_assert_false (test_connect (client, &fixture->error));
      g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_TLS);
      g_clear_error (&fixture->error);
      g_assert_finalize_object (client);
    }
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "AUTH TLS"), ==, 2);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "USER"), ==, 0);
}

/* Bytes in front of the handshake: somebody has put them in. */
static void
test_injected (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (TlFtpSite) site = test_ftp_site (fixture->ftp);
  TlFtpClient *client;

  test_ftp_answer (fixture->ftp, "AUTH", "234 go\r\n200 injected\r\n");
  g_object_set (site, "security", TL_FTP_SECURITY_EXPLICIT, NULL);
  client = tl_ftp_client_new (site);
  g_assert_false (test_connect (client, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "USER"), ==, 0);
  g_assert_finalize_object (client);
}

static void
test_acts (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GBytes) from = test_bytes ("a b");
  g_autoptr (GBytes) to = test_bytes ("/c");
  TestCall call = { 0 };
  gint64 size, time;

  test_ftp_answer (fixture->ftp, "PWD", "257 \"/home\"\r\n");
  test_ftp_answer (fixture->ftp, "PWD", "257 \"/home/x\"\r\n");
  test_ftp_answer (fixture->ftp, "DELE", "550 Permission denied.\r\n");
  g_assert_true (test_path_act (fixture->client, tl_ftp_client_make_directory_async, "new", NULL));
  g_assert_true (test_path_act (fixture->client, tl_ftp_client_remove_directory_async, "-odd", NULL));
  g_assert_false (test_path_act (fixture->client, tl_ftp_client_remove_file_async, "/f", &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_DENIED);
  g_assert_cmpint (tl_ftp_error_get_code (fixture->error), ==, 550);
  g_assert_true (test_path_act (fixture->client, tl_ftp_client_change_directory_async, "x", NULL));
  g_assert_cmpmem (g_bytes_get_data (tl_ftp_client_get_directory (fixture->client), NULL), 7, "/home/x", 7);
  tl_ftp_client_rename_async (fixture->client, from, to, NULL, test_call_cb, &call);
  tl_ftp_client_chmod_async (fixture->client, from, 0750, NULL, test_call_cb, &call);
  tl_ftp_client_chmod_async (fixture->client, from, 04755, NULL, test_call_cb, &call);
  tl_ftp_client_set_time_async (fixture->client, from, 1000000000, NULL, test_call_cb, &call);
  test_wait (call.n_calls == 4);
  g_clear_object (&call.result);
  g_assert_true (test_stat (fixture->client, "f", &size, &time, NULL));
  g_assert_cmpint (size, ==, 5);
  g_assert_cmpint (time, ==, 1577934245);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "MKD /home/new"), ==, 1);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "RMD /home/-odd"), ==, 1);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "RNFR /home/x/a b"), ==, 1);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "RNTO /c"), ==, 1);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "SITE CHMOD 750 /home/x/a b"), ==, 1);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "SITE CHMOD 4755 /home/x/a b"), ==, 1);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "MDTM 20010909014640 /home/x/a b"), ==, 1);
}

static void
test_stat_of_nothing (Fixture       *fixture,
                      gconstpointer  data)
{
  gint64 size, time;

  test_ftp_answer (fixture->ftp, "SIZE", "550 No such file\r\n");
  test_ftp_answer (fixture->ftp, "SIZE", "213 -5\r\n");
  test_ftp_answer (fixture->ftp, "MDTM", "550 No such file\r\n");
  test_ftp_answer (fixture->ftp, "MDTM", "213 20200102030405.123\r\n");
  g_assert_false (test_stat (fixture->client, "/f", &size, &time, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_NOT_FOUND);
  g_assert_true (test_stat (fixture->client, "/f", &size, &time, NULL));
  g_assert_cmpint (size, ==, -1);
  g_assert_cmpint (time, ==, 1577934245);
}

static void
test_bad_names (Fixture       *fixture,
                gconstpointer  data)
{
  static const char *const names[] = { "a\r\nDELE b", "a\nb", "a\rb" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_false (test_path_act (fixture->client, tl_ftp_client_make_directory_async, names[i], &fixture->error));
      g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_NAME);
      g_clear_error (&fixture->error);
    }
  g_assert_null (test_raw (fixture->client, "NOOP\r\nDELE b", &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_NAME);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "MKD"), ==, 0);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "DELE"), ==, 0);
}

static void
test_raw_commands (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (TlFtpReply) reply = test_raw (fixture->client, "HELP me", NULL);

  g_assert_cmpint (tl_ftp_reply_get_code (reply), ==, 502);
  g_assert_null (test_raw (fixture->client, "retr x", &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_UNSUPPORTED);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "HELP me"), ==, 1);
}

/* The server has gone while nothing was asked: the next act goes back to the same folder. */
static void
test_opened_anew (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (TlFtpListing) listing = NULL;

  test_ftp_answer (fixture->ftp, "PWD", "257 \"/home\"\r\n");
  test_ftp_answer (fixture->ftp, "PWD", "257 \"/x\"\r\n");
  test_ftp_answer (fixture->ftp, "PWD", "257 \"/home\"\r\n");
  test_ftp_answer (fixture->ftp, "PWD", "257 \"/x\"\r\n");
  test_ftp_answer (fixture->ftp, "NOOP", "421 idle\r\n{end}");
  g_assert_true (test_path_act (fixture->client, tl_ftp_client_change_directory_async, "/x", NULL));
  g_assert_null (test_raw (fixture->client, "NOOP", &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_CLOSED);
  g_assert_cmpint (tl_ftp_client_get_state (fixture->client), ==, TL_FTP_CLOSED);
  test_ftp_content (fixture->ftp, UNIX_LIST);
  listing = test_list (fixture->client, NULL, NULL);
  g_assert_nonnull (listing);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, 2);
  /* The NOOP was tried twice. Once to go there, once more where the new connection began elsewhere. */
  g_assert_cmpuint (test_ftp_n_clients (fixture->ftp), ==, 3);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "CWD /x"), ==, 2);
}

/* It ends in the middle of an act: what does no harm is tried once more, the rest is not. */
static void
test_tried_once_more (Fixture       *fixture,
                      gconstpointer  data)
{
  gint64 size;

  test_ftp_answer (fixture->ftp, "SIZE", "{end}");
  test_ftp_answer (fixture->ftp, "SIZE", "213 7\r\n");
  test_ftp_answer (fixture->ftp, "DELE", "{end}");
  g_assert_true (test_stat (fixture->client, "/f", &size, NULL, NULL));
  g_assert_cmpint (size, ==, 7);
  g_assert_cmpuint (test_ftp_n_clients (fixture->ftp), ==, 2);
  g_assert_false (test_path_act (fixture->client, tl_ftp_client_remove_file_async, "/f", &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_CLOSED);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "DELE"), ==, 1);
}

static void
test_idle (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_set (fixture->client, "idle-interval", 1u, NULL);
  g_assert_true (test_connect (fixture->client, NULL));
  test_wait (test_ftp_count (fixture->ftp, "NOOP") > 0);
  g_assert_true (test_stat (fixture->client, "/f", NULL, NULL, NULL));
}

static void
test_lists (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (TlFtpListing) first = NULL;
  g_autoptr (TlFtpListing) second = NULL;

  test_ftp_content (fixture->ftp, UNIX_LIST_ALL);
  first = test_list (fixture->client, "/ a", NULL);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (first), ==, 3);
  second = test_list (fixture->client, "/ a", NULL);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "CWD / a"), ==, 1);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "LIST -a"), ==, 2);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "LIST"), ==, 2);
}

/* "-a" is taken for a name: LIST alone is what this server understands, and that is remembered. */
static void
test_list_without_all (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (TlFtpListing) first = NULL;
  g_autoptr (TlFtpListing) second = NULL;

  test_ftp_content (fixture->ftp, UNIX_LIST);
  test_ftp_answer (fixture->ftp, "LIST", "550 -a: No such file\r\n");
  test_ftp_answer (fixture->ftp, "LIST", "150 list\r\n{data}226 done\r\n");
  first = test_list (fixture->client, NULL, NULL);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (first), ==, 2);
  second = test_list (fixture->client, NULL, NULL);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (second), ==, 2);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "LIST"), ==, 3);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "LIST -a"), ==, 1);
}

typedef enum {
  CONNECT,
  LIST,
  CHANGE,
  RENAME,
  STAT,
  FETCH,
  STORE,
  RAW,
  N_KINDS,
} Kind;

static void
start (TlFtpClient  *client,
       Kind          kind,
       GCancellable *cancellable,
       TestCall     *call)
{
  g_autoptr (GBytes) path = test_bytes ("/d");
  g_autoptr (GBytes) raw = test_bytes ("CWD /d");
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_data ("hello", 5, NULL);
  g_autoptr (TlBlockWriter) writer = NULL;
  g_autoptr (TlBlockReader) reader = NULL;

  switch (kind)
    {
    case CONNECT:
      tl_ftp_client_connect_async (client, cancellable, test_call_cb, call);
      break;
    case LIST:
      tl_ftp_client_list_async (client, path, cancellable, test_call_cb, call);
      break;
    case CHANGE:
      tl_ftp_client_change_directory_async (client, path, cancellable, test_call_cb, call);
      break;
    case RENAME:
      tl_ftp_client_rename_async (client, path, path, cancellable, test_call_cb, call);
      break;
    case STAT:
      tl_ftp_client_stat_async (client, path, cancellable, test_call_cb, call);
      break;
    case FETCH:
      writer = tl_block_writer_new (output, -1);
      tl_ftp_client_fetch_async (client, path, 2, writer, NULL, NULL, cancellable, test_call_cb, call);
      break;
    case STORE:
      reader = tl_block_reader_new (input);
      tl_ftp_client_store_async (client, path, 0, reader, NULL, NULL, cancellable, test_call_cb, call);
      break;
    case RAW:
      tl_ftp_client_raw_async (client, raw, cancellable, test_call_cb, call);
      break;
    case N_KINDS:
    default:
      g_assert_not_reached ();
    }
}

/* Cancels the operation while it waits for the answer to the @n-th command. False when it was over before. */
static gboolean
cancel_after (Kind  kind,
              guint n)
{
  TestFtp *ftp = test_ftp_new ();
  TlFtpClient *client = test_ftp_client (ftp);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  TestCall call = { 0 };
  gboolean over;
  g_autoptr (GError) error = NULL;

  test_ftp_hold (ftp, n);
  start (client, kind, cancellable, &call);
  test_wait (call.n_calls > 0 || test_ftp_count (ftp, "") >= n);
  over = call.n_calls > 0;
  g_cancellable_cancel (cancellable);
  test_ftp_hold (ftp, G_MAXUINT);
  test_wait (call.n_calls > 0);
  g_clear_object (&call.result);
  /* Whatever it left behind: the next one gets its own replies. */
  test_ftp_answer (ftp, "SIZE", "213 77\r\n");
  if (!over)
    {
      gint64 size;

      test_stat (client, "/f", &size, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (size, ==, 77);
    }
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

  while (cancel_after (kind, n))
    n++;
  /* Logging in alone takes five. */
  g_assert_cmpuint (n, >, 5);
}

static void
test_cancelled_before (void)
{
  for (Kind kind = CONNECT; kind < N_KINDS; kind++)
    {
      TestFtp *ftp = test_ftp_new ();
      TlFtpClient *client = test_ftp_client (ftp);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      TestCall call = { 0 };

      g_cancellable_cancel (cancellable);
      start (client, kind, cancellable, &call);
      test_wait (call.n_calls > 0);
      g_clear_object (&call.result);
      g_assert_cmpuint (test_ftp_n_clients (ftp), ==, 0);
      g_assert_finalize_object (client);
      test_ftp_free (ftp);
    }
}

/* A transfer that goes on and on is aborted; however many replies the server has for it, the next act gets its own. */
static void
test_aborting (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GBytes) path = test_bytes ("/f");
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (TlBlockWriter) writer = tl_block_writer_new (output, -1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  TestCall call = { 0 };
  gint64 size;

  test_ftp_answer (fixture->ftp, "RETR", "150 file\r\n{open}");
  test_ftp_answer (fixture->ftp, "ABOR", data);
  test_ftp_answer (fixture->ftp, "SIZE", "213 77\r\n");
  tl_ftp_client_fetch_async (fixture->client, path, 0, writer, NULL, NULL, cancellable, test_call_cb, &call);
  test_wait (test_ftp_count (fixture->ftp, "RETR") > 0 && tl_ftp_client_get_state (fixture->client) == TL_FTP_TRANSFERRING);
  g_cancellable_cancel (cancellable);
  test_wait (call.n_calls > 0);
  g_assert_false (tl_ftp_client_move_finish (fixture->client, call.result, NULL, &fixture->error));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&call.result);
  g_assert_true (test_stat (fixture->client, "/f", &size, NULL, NULL));
  g_assert_cmpint (size, ==, 77);
  g_assert_cmpuint (test_ftp_n_clients (fixture->ftp), ==, 1);
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
}

static void
test_sibling (Fixture       *fixture,
              gconstpointer  data)
{
  TlFtpClient *sibling;
  gint64 size;

  g_assert_true (test_connect (fixture->client, NULL));
  sibling = tl_ftp_client_new_sibling (fixture->client);
  g_assert_true (tl_ftp_client_get_log (sibling) == tl_ftp_client_get_log (fixture->client));
  g_assert_true (test_stat (sibling, "/f", &size, NULL, NULL));
  g_assert_cmpint (size, ==, 5);
  g_assert_cmpuint (test_ftp_n_clients (fixture->ftp), ==, 2);
  g_assert_finalize_object (sibling);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  static const char *const kinds[N_KINDS] = { "connect", "list", "change", "rename", "stat", "fetch", "store", "raw" };

  g_test_init (&argc, &argv, NULL);
  ADD ("/ftp-client/connect", test_connecting);
  for (guint i = 0; i < G_N_ELEMENTS (logins); i++)
    {
      g_autofree char *path = g_strconcat ("/ftp-client/login/", logins[i].name, NULL);

      g_test_add (path, Fixture, &logins[i], set_up, test_login, tear_down);
    }
  ADD ("/ftp-client/silence", test_silence);
  ADD ("/ftp-client/password-is-masked", test_password_is_masked);
  ADD ("/ftp-client/never-in-clear", test_never_in_clear);
  ADD ("/ftp-client/injected", test_injected);
  ADD ("/ftp-client/acts", test_acts);
  ADD ("/ftp-client/stat-of-nothing", test_stat_of_nothing);
  ADD ("/ftp-client/bad-names", test_bad_names);
  ADD ("/ftp-client/raw", test_raw_commands);
  ADD ("/ftp-client/opened-anew", test_opened_anew);
  ADD ("/ftp-client/tried-once-more", test_tried_once_more);
  ADD ("/ftp-client/idle", test_idle);
  ADD ("/ftp-client/list", test_lists);
  ADD ("/ftp-client/list-without-all", test_list_without_all);
  for (Kind kind = CONNECT; kind < N_KINDS; kind++)
    {
      g_autofree char *path = g_strconcat ("/ftp-client/cancel/", kinds[kind], NULL);

      g_test_add_data_func (path, GINT_TO_POINTER (kind), test_cancelling);
    }
  g_test_add_func ("/ftp-client/cancelled-before", test_cancelled_before);
  g_test_add ("/ftp-client/abort/426-226", Fixture, "426 broken\r\n226 aborted\r\n", set_up, test_aborting, tear_down);
  g_test_add ("/ftp-client/abort/226-225", Fixture, "226 all sent\r\n225 nothing to abort\r\n", set_up, test_aborting, tear_down);
  g_test_add ("/ftp-client/abort/226", Fixture, "226 aborted\r\n", set_up, test_aborting, tear_down);
  g_test_add ("/ftp-client/abort/three", Fixture, "426 broken\r\n226 aborted\r\n225 ok\r\n", set_up, test_aborting, tear_down);
  g_test_add ("/ftp-client/abort/unknown", Fixture, "426 broken\r\n502 what is ABOR\r\n", set_up, test_aborting, tear_down);
  for (int n = 0; n < 16; n += 3)
    {
      g_autofree char *path = g_strdup_printf ("/ftp-client/close/%d", n);

      g_test_add (path, Fixture, GINT_TO_POINTER (n), set_up, test_closing, tear_down);
    }
  ADD ("/ftp-client/sibling", test_sibling);
  return g_test_run ();
}
