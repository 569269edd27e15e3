/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a client makes of a server's replies: the acts, connections that go and come. */

#include "tl-ftp-client-private.h"
#include "tl-ftp-fixture.h"

#define UNIX_LIST "total 4\r\n-rw-r--r-- 1 a b 5 Jan 2 2020 file\r\ndrwxr-xr-x 2 a b 4096 Jan 2 2020 dir\r\n"

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

/* A long transfer leaves the control connection silent: TCP keeps it alive, and finds out when the other end has gone. */
static void
test_keep_alive (Fixture       *fixture,
                 gconstpointer  data)
{
  g_assert_true (test_connect (fixture->client, NULL));
  g_assert_true (g_socket_get_keepalive (g_socket_connection_get_socket (tl_ftp_control_get_connection (fixture->client->control))));
}

/* Of type A, SIZE tells what a text would have; the type is set first, and once. */
static void
test_type_before_size (Fixture       *fixture,
                       gconstpointer  data)
{
  g_assert_true (test_stat (fixture->client, "/f", NULL, NULL, NULL));
  g_assert_true (test_stat (fixture->client, "/f", NULL, NULL, NULL));
  g_mutex_lock (&fixture->ftp->mutex);
  for (guint i = 1; i < fixture->ftp->commands->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (fixture->ftp->commands, i), "SIZE"))
      {
        g_assert_cmpstr (g_ptr_array_index (fixture->ftp->commands, i - 1), ==, "TYPE I");
        break;
      }
  g_mutex_unlock (&fixture->ftp->mutex);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "TYPE I"), ==, 1);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "SIZE"), ==, 2);
}

static gboolean
count_cb (gpointer user_data)
{
  (*(guint *) user_data)++;
  return G_SOURCE_CONTINUE;
}

/* While a file moves nothing is said on the control connection: some servers take it for the end of the transfer. */
static void
test_not_idle (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GBytes) path = test_bytes ("/f");
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (TlBlockWriter) writer = tl_block_writer_new (output, -1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  TestCall call = { 0 };
  guint seconds = 0;
  guint id;

  g_object_set (fixture->client, "idle-interval", 1u, NULL);
  test_ftp_answer (fixture->ftp, "RETR", "150 file\r\n{open}");
  tl_ftp_client_fetch_async (fixture->client, path, 0, writer, NULL, NULL, cancellable, test_call_cb, &call);
  test_wait (tl_ftp_client_get_state (fixture->client) == TL_FTP_TRANSFERRING);
  id = g_timeout_add_seconds (1, count_cb, &seconds);
  test_wait (seconds == 3);
  g_source_remove (id);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "NOOP"), ==, 0);
  g_assert_cmpuint (call.n_calls, ==, 0);
  g_cancellable_cancel (cancellable);
  test_wait (call.n_calls > 0);
  g_clear_object (&call.result);
  g_assert_true (test_stat (fixture->client, "/f", NULL, NULL, NULL));
  test_wait (test_ftp_count (fixture->ftp, "NOOP") > 0);
}

/* The NOOP meets a connection that is gone: that is no failure of anything, and the next act opens it in the same folder. */
static void
test_idle_end (Fixture       *fixture,
               gconstpointer  data)
{
  g_object_set (fixture->client, "idle-interval", 1u, NULL);
  test_ftp_answer (fixture->ftp, "NOOP", data);
  test_ftp_answer (fixture->ftp, "NOOP", "200 ok\r\n");
  test_ftp_answer (fixture->ftp, "PWD", "257 \"/home\"\r\n");
  test_ftp_answer (fixture->ftp, "PWD", "257 \"/x\"\r\n");
  test_ftp_answer (fixture->ftp, "PWD", "257 \"/home\"\r\n");
  test_ftp_answer (fixture->ftp, "PWD", "257 \"/x\"\r\n");
  g_assert_true (test_path_act (fixture->client, tl_ftp_client_change_directory_async, "/x", NULL));
  test_wait (tl_ftp_client_get_state (fixture->client) == TL_FTP_CLOSED);
  /* Also what must not be done twice: it has not been sent yet. */
  g_assert_true (test_path_act (fixture->client, tl_ftp_client_remove_file_async, "f", NULL));
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "DELE /x/f"), ==, 1);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "CWD /x"), ==, 2);
  g_assert_cmpuint (test_ftp_n_clients (fixture->ftp), ==, 2);
}

typedef struct {
  const char *name;
  const char *verb;
  guint       n;        /* how often it is sent when the connection ends in it */
} Lost;

static const Lost losts[] = {
  { "mkd", "MKD", 1 }, { "rmd", "RMD", 1 }, { "dele", "DELE", 1 }, { "rnfr", "RNFR", 1 }, { "rnto", "RNTO", 1 }, { "cwd", "CWD", 2 },
  { "site", "SITE", 2 },
};

static gboolean
do_lost (Fixture    *fixture,
         const Lost *lost)
{
  g_autoptr (GBytes) path = test_bytes ("/f");
  TestCall call = { 0 };
  gboolean good;

  if (lost->verb[0] == 'R' && lost->verb[1] == 'N')
    tl_ftp_client_rename_async (fixture->client, path, path, NULL, test_call_cb, &call);
  else if (g_str_equal (lost->verb, "SITE"))
    tl_ftp_client_chmod_async (fixture->client, path, 0644, NULL, test_call_cb, &call);
  else if (g_str_equal (lost->verb, "MKD"))
    tl_ftp_client_make_directory_async (fixture->client, path, NULL, test_call_cb, &call);
  else if (g_str_equal (lost->verb, "RMD"))
    tl_ftp_client_remove_directory_async (fixture->client, path, NULL, test_call_cb, &call);
  else if (g_str_equal (lost->verb, "DELE"))
    tl_ftp_client_remove_file_async (fixture->client, path, NULL, test_call_cb, &call);
  else
    tl_ftp_client_change_directory_async (fixture->client, path, NULL, test_call_cb, &call);
  test_wait (call.n_calls > 0);
  g_assert_cmpuint (call.n_calls, ==, 1);
  good = tl_ftp_client_act_finish (fixture->client, call.result, &fixture->error);
  g_clear_object (&call.result);
  return good;
}

/* The connection ends after the command was sent: it may have been carried out. What does no harm twice is done once more. */
static void
test_lost (Fixture       *fixture,
           gconstpointer  data)
{
  const Lost *lost = data;

  test_ftp_answer (fixture->ftp, lost->verb, "{end}");
  test_ftp_answer (fixture->ftp, lost->verb, test_ftp_usual (lost->verb));
  g_assert_cmpint (do_lost (fixture, lost), ==, lost->n > 1);
  if (lost->n == 1)
    g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_CLOSED);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, lost->verb), ==, lost->n);
}

/* A 421 says that it was not: each is done once more, and only once. */
static void
test_lost_421 (Fixture       *fixture,
               gconstpointer  data)
{
  const Lost *lost = data;

  test_ftp_answer (fixture->ftp, lost->verb, "421 idle\r\n{end}");
  test_ftp_answer (fixture->ftp, lost->verb, test_ftp_usual (lost->verb));
  g_assert_true (do_lost (fixture, lost));
  g_assert_cmpuint (test_ftp_count (fixture->ftp, lost->verb), ==, 2);
  test_ftp_answer_only (fixture->ftp, lost->verb, "421 idle\r\n{end}");
  g_assert_false (do_lost (fixture, lost));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_CLOSED);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, lost->verb), ==, 4);
}

/* The commands that set a time, in their order; what is no yes, or a yes that was none, leads to the next one. */
typedef struct {
  const char *name;
  const char *feat;
  const char *answers[4][2];  /* verb, answer */
  int         code;           /* -1: it goes well */
  const char *sent;           /* this must have been sent */
} Time;

#define FEAT_MFMT "211-x\r\n MFMT\r\n MDTM\r\n211 End\r\n"
#define FEAT_MDTM "211-x\r\n MDTM\r\n211 End\r\n"
#define FEAT_NONE "211-x\r\n SIZE\r\n211 End\r\n"

static const Time times[] = {
  { "mfmt", FEAT_MFMT, { { "MFMT", "213 Modify=20010909014640; /f\r\n" } }, -1, "MFMT 20010909014640 /f" },
  { "mfmt-denied", FEAT_MFMT, { { "MFMT", "550 Permission denied\r\n" } }, TL_FTP_ERROR_DENIED, "MFMT" },
  { "mfmt-unknown", FEAT_MFMT, { { "MFMT", "502 no\r\n" }, { "MDTM", "213 ok\r\n" }, { "MDTM", "213 20010909014640\r\n" } }, -1, "MDTM 20010909014640 /f" },
  { "mdtm", FEAT_MDTM, { { "MDTM", "253 ok\r\n" }, { "MDTM", "213 20010909014640\r\n" } }, -1, "MDTM /f" },
  { "mdtm-even-seconds", FEAT_MDTM, { { "MDTM", "253 ok\r\n" }, { "MDTM", "213 20010909014638\r\n" } }, -1, "MDTM /f" },
  { "mdtm-taken-for-a-question", FEAT_MDTM, { { "MDTM", "213 20240101000000\r\n" }, { "MDTM", "213 20240101000000\r\n" },
                                              { "MDTM", "213 20010909014640\r\n" } }, -1, "SITE UTIME 20010909014640 /f" },
  { "mdtm-no-such-name", FEAT_MDTM, { { "MDTM", "550 20010909014640 /f: No such file\r\n" }, { "MDTM", "213 20010909014640\r\n" } }, -1,
    "SITE UTIME 20010909014640 /f" },
  { "another-zone", FEAT_MDTM, { { "MDTM", "253 ok\r\n" }, { "MDTM", "213 20010908174640\r\n" } }, TL_FTP_ERROR_FAILED, "SITE UTIME" },
  { "utime-unread", FEAT_NONE, { { "SITE", "200 ok\r\n" } }, -1, "SITE UTIME 20010909014640 /f" },
  { "none", FEAT_NONE, { { "SITE", "500 no\r\n" } }, TL_FTP_ERROR_UNSUPPORTED, "SITE UTIME" },
};

static void
test_times (Fixture       *fixture,
            gconstpointer  data)
{
  const Time *time = data;
  g_autoptr (GBytes) path = test_bytes ("/f");
  TestCall call = { 0 };

  test_ftp_answer (fixture->ftp, "FEAT", time->feat);
  for (guint i = 0; i < G_N_ELEMENTS (time->answers) && time->answers[i][0] != NULL; i++)
    test_ftp_answer (fixture->ftp, time->answers[i][0], time->answers[i][1]);
  tl_ftp_client_set_time_async (fixture->client, path, 1000000000, NULL, test_call_cb, &call);
  test_wait (call.n_calls > 0);
  tl_ftp_client_act_finish (fixture->client, call.result, &fixture->error);
  g_clear_object (&call.result);
  if (time->code < 0)
    g_assert_no_error (fixture->error);
  else
    g_assert_error (fixture->error, TL_FTP_ERROR, time->code);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, time->sent), >=, 1);
}

/* What an unclosed quote, a doubled one, or control bytes make of the folder. */
typedef struct {
  const char *name;
  const char *answer;
  const char *path;
} Pwd;

static const Pwd pwds[] = {
  { "doubled", "257 \"/a \"\"b\"\"\" is it\r\n", "/a \"b\"" },
  { "unclosed", "257 \"/a b is current directory\r\n", "/a b" },
  { "text-before", "257 you are in \"/a\"\r\n", "/a" },
  { "control-bytes", "257 \"/a\001\033b\"\r\n", "/a\001\033b" },
  { "gbk", "257 \"/\327\312\301\317\"\r\n", "/\327\312\301\317" },
  { "no-quotes", "257 /a is current directory\r\n", "/a" },
  { "refused", "550 no\r\n", NULL },
};

static void
test_pwd (Fixture       *fixture,
          gconstpointer  data)
{
  const Pwd *pwd = data;
  GBytes *directory;

  test_ftp_answer (fixture->ftp, "PWD", pwd->answer);
  g_assert_true (test_connect (fixture->client, NULL));
  directory = tl_ftp_client_get_directory (fixture->client);
  if (pwd->path == NULL)
    {
      g_assert_null (directory);
      return;
    }
  g_assert_cmpmem (g_bytes_get_data (directory, NULL), g_bytes_get_size (directory), pwd->path, strlen (pwd->path));
  /* And those bytes go back. */
  g_assert_true (test_path_act (fixture->client, tl_ftp_client_remove_file_async, "f", NULL));
  {
    g_autofree char *command = g_strdup_printf ("DELE %s/f", pwd->path);

    g_assert_cmpuint (test_ftp_count (fixture->ftp, command), ==, 1);
  }
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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/ftp-client/acts", test_acts);
  ADD ("/ftp-client/stat-of-nothing", test_stat_of_nothing);
  ADD ("/ftp-client/bad-names", test_bad_names);
  ADD ("/ftp-client/raw", test_raw_commands);
  ADD ("/ftp-client/opened-anew", test_opened_anew);
  ADD ("/ftp-client/tried-once-more", test_tried_once_more);
  ADD ("/ftp-client/idle", test_idle);
  ADD ("/ftp-client/sibling", test_sibling);
  ADD ("/ftp-client/keep-alive", test_keep_alive);
  ADD ("/ftp-client/type-before-size", test_type_before_size);
  ADD ("/ftp-client/not-idle", test_not_idle);
  g_test_add ("/ftp-client/idle-end/421", Fixture, "421 idle\r\n{end}", set_up, test_idle_end, tear_down);
  g_test_add ("/ftp-client/idle-end/silent", Fixture, "{end}", set_up, test_idle_end, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (losts); i++)
    {
      g_autofree char *path = g_strconcat ("/ftp-client/lost/", losts[i].name, NULL);
      g_autofree char *path_421 = g_strconcat ("/ftp-client/lost-421/", losts[i].name, NULL);

      g_test_add (path, Fixture, &losts[i], set_up, test_lost, tear_down);
      g_test_add (path_421, Fixture, &losts[i], set_up, test_lost_421, tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *path = g_strconcat ("/ftp-client/set-time/", times[i].name, NULL);

      g_test_add (path, Fixture, &times[i], set_up, test_times, tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pwds); i++)
    {
      g_autofree char *path = g_strconcat ("/ftp-client/pwd/", pwds[i].name, NULL);

      g_test_add (path, Fixture, &pwds[i], set_up, test_pwd, tear_down);
    }
  return g_test_run ();
}
