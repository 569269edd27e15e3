/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Servers that repeat what they were told: no password comes back into the transcript, an error, a question or the welcome. */

#include "tl-ftp-calls.h"
#include "tl-ftp-command.h"
#include "tl-ftp-sent-secrets.h"

#define PASSWORD "hunter2-Zug"

typedef struct {
  TestFtp     *ftp;
  TlFtpClient *client;
  GError      *error;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (TlFtpSite) site = NULL;

  self->ftp = test_ftp_new ();
  site = test_ftp_site (self->ftp);
  g_object_set (site, "account-kind", TL_FTP_ACCOUNT_REGISTERED, "user", "ann", NULL);
  self->client = tl_ftp_client_new (site);
  g_object_set (self->client, "password", data ? data : PASSWORD, NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_error (&self->error);
  g_assert_finalize_object (self->client);
  test_ftp_free (self->ftp);
}

static gboolean
log_has (Fixture    *self,
         const char *part)
{
  for (TlMessageKind kind = 0; kind < TL_N_MESSAGE_KINDS; kind++)
    if (test_log_has (self->client, kind, part))
      return TRUE;
  return FALSE;
}

/* The refusal of the login, over two lines: transcript and error have the mask, of the same width whatever the password. */
static void
test_refusal (Fixture       *self,
              gconstpointer  data)
{
  test_ftp_answer (self->ftp, "PASS", "530-'PASS " PASSWORD "'\r\n530 ann/" PASSWORD ": not known\r\n");
  g_assert_false (test_connect (self->client, &self->error));
  g_assert_error (self->error, TL_FTP_ERROR, TL_FTP_ERROR_LOGIN);
  g_assert_cmpuint (test_ftp_count (self->ftp, "PASS " PASSWORD), ==, 1);
  g_assert_null (strstr (self->error->message, PASSWORD));
  g_assert_nonnull (strstr (self->error->message, "530 'PASS ********' ann/********: not known"));
  g_assert_false (log_has (self, PASSWORD));
  g_assert_true (test_log_has (self->client, TL_MESSAGE_RECEIVED, "530-'PASS ********'"));
  g_assert_true (test_log_has (self->client, TL_MESSAGE_RECEIVED, "530 ann/********: not known"));
}

/* The connection ends with it. */
static void
test_end (Fixture       *self,
          gconstpointer  data)
{
  test_ftp_answer (self->ftp, "PASS", "421 " PASSWORD "? Not today.\r\n{end}");
  g_assert_false (test_connect (self->client, &self->error));
  g_assert_null (strstr (self->error->message, PASSWORD));
  g_assert_false (log_has (self, PASSWORD));
  g_assert_true (test_log_has (self->client, TL_MESSAGE_RECEIVED, "421 ********? Not today."));
}

/* The welcome, and every later line, the one of an error too. */
static void
test_later (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *welcome = NULL;

  test_ftp_answer (self->ftp, "PASS", "230-your password is " PASSWORD "\r\n230 welcome\r\n");
  test_ftp_answer (self->ftp, "NOOP", "200 still " PASSWORD "\r\n");
  test_ftp_answer (self->ftp, "DELE", "550 " PASSWORD " may not do this: permission denied\r\n");
  g_assert_true (test_connect (self->client, &self->error));
  g_object_get (self->client, "welcome", &welcome, NULL);
  g_assert_nonnull (strstr (welcome, "your password is ********"));
  g_assert_false (test_path_act (self->client, tl_ftp_client_remove_file_async, "/a", &self->error));
  g_assert_null (strstr (self->error->message, PASSWORD));
  g_assert_nonnull (strstr (self->error->message, "550 ******** may not do this"));
  tl_ftp_reply_unref (test_raw (self->client, "NOOP", NULL));
  g_assert_true (test_log_has (self->client, TL_MESSAGE_RECEIVED, "200 still ********"));
  g_assert_false (log_has (self, PASSWORD));
}

/* A short one is hidden in the answer to it. Elsewhere it may be a word: a path in a reply that is read stays what it is. */
static void
test_short (Fixture       *self,
            gconstpointer  data)
{
  GBytes *directory;

  test_ftp_answer (self->ftp, "PASS", "230 PASS test: fine\r\n");
  test_ftp_answer (self->ftp, "PWD", "257 \"/home/test\"\r\n");
  g_assert_true (test_connect (self->client, &self->error));
  g_assert_true (test_log_has (self->client, TL_MESSAGE_RECEIVED, "230 PASS ********: fine"));
  g_assert_true (test_log_has (self->client, TL_MESSAGE_RECEIVED, "257 \"/home/test\""));
  directory = tl_ftp_client_get_directory (self->client);
  g_assert_cmpmem (g_bytes_get_data (directory, NULL), g_bytes_get_size (directory), "/home/test", 10);
}

/* A path that holds a long one: masked where it is shown, whole where it is used. */
static void
test_path (Fixture       *self,
           gconstpointer  data)
{
  GBytes *directory;

  test_ftp_answer (self->ftp, "PWD", "257 \"/home/" PASSWORD "\"\r\n");
  g_assert_true (test_connect (self->client, &self->error));
  g_assert_true (test_log_has (self->client, TL_MESSAGE_RECEIVED, "257 \"/home/********\""));
  directory = tl_ftp_client_get_directory (self->client);
  g_assert_cmpmem (g_bytes_get_data (directory, NULL), g_bytes_get_size (directory), "/home/" PASSWORD, strlen ("/home/" PASSWORD));
}

/* Commands that a user types. */
static void
test_typed (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (TlFtpReply) reply = NULL;
  g_autofree char *text = NULL;

  test_ftp_answer (self->ftp, "SITE", "500 'site pswd old-one new-one'? new-one is too weak\r\n");
  g_assert_true (test_connect (self->client, &self->error));
  reply = test_raw (self->client, "site pswd old-one new-one", &self->error);
  g_assert_no_error (self->error);
  text = tl_ftp_reply_dup_text (reply);
  g_assert_cmpstr (text, ==, "'site pswd ********'? ******** is too weak");
  g_assert_false (log_has (self, "old-one"));
  g_assert_false (log_has (self, "new-one"));
}

static void
test_dup_secret (void)
{
  static const struct { const char *verb, *argument, *secret; } cases[] = {
    { "PASS", "hunter2", "hunter2" }, { "PASS", " a b ", "a b" }, { "ACCT", "x", "x" }, { "PASS", NULL, NULL }, { "USER", "ann", NULL },
    { "site  GPASS a b", NULL, "a b" }, { "SITE", "CHMOD 600 a", NULL }, { "PASSsecret", NULL, "secret" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) argument = cases[i].argument ? test_bytes (cases[i].argument) : NULL;
      g_autofree char *secret = tl_ftp_command_dup_secret (cases[i].verb, argument);

      g_assert_cmpstr (secret, ==, cases[i].secret);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test, password) g_test_add ("/ftp-sent-secrets/" name, Fixture, password, set_up, test, tear_down)
  ADD ("refusal", test_refusal, NULL);
  ADD ("end", test_end, NULL);
  ADD ("later", test_later, NULL);
  ADD ("short", test_short, "test");
  ADD ("path", test_path, NULL);
  ADD ("typed", test_typed, NULL);
  g_test_add_func ("/ftp-sent-secrets/dup-secret", test_dup_secret);

  return g_test_run ();
}
