/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a client makes of a server's replies: the acts, connections that go and come. */

#include "tl-ftp-fixture.h"

#define UNIX_LIST "total 4\r\n-rw-r--r-- 1 a b 5 Jan 2 2020 file\r\ndrwxr-xr-x 2 a b 4096 Jan 2 2020 dir\r\n"
#define UNIX_LIST_ALL "drwxr-xr-x 2 a b 4096 Jan 2 2020 .\r\n" UNIX_LIST "-rw-r--r-- 1 a b 5 Jan 2 2020 .hidden\r\n"

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
  ADD ("/ftp-client/list", test_lists);
  ADD ("/ftp-client/list-without-all", test_list_without_all);
  ADD ("/ftp-client/sibling", test_sibling);
  return g_test_run ();
}
