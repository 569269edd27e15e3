/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the greeting to a server that waits for commands, in clear: what servers say on the way. */

#include "tl-ftp-answerer.h"
#include "tl-ftp-fixture.h"

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
  { "greeting-gbk", "GREETING", "220-\273\266\323\255\r\n220 \273\266\323\255\r\n", -1 },
  { "greeting-cr-nul", "GREETING", "220 a\r{nul}b\r\n", -1 },
  { "pwd-odd", "PWD", "257 \"/unclosed\r\n", -1 },
  { "pwd-text-before", "PWD", "257 you are in \"/\"\r\n", -1 },
  { "pwd-control-bytes", "PWD", "257 \"/a\001\033b\"\r\n", -1 },
  { "pwd-refused", "PWD", "550 no\r\n", -1 },
  { "auth-not-asked", "AUTH", "421 never\r\n", -1 },
  { "syst-refused", "SYST", "502 no\r\n", -1 },
  { "too-many-greeting", "GREETING", "421 too many connections\r\n{end}", TL_FTP_ERROR_TOO_MANY },
  { "too-many-pass", "PASS", "530 Sorry, the maximum number of clients (1) is reached: too many users\r\n", TL_FTP_ERROR_TOO_MANY },
  { "wrong", "PASS", "530 Login incorrect.\r\n", TL_FTP_ERROR_LOGIN },
  { "oops-greeting", "GREETING", "500 OOPS: vsftpd: not for you\r\n{end}", TL_FTP_ERROR_FAILED },
  { "oops", "PASS", "500 OOPS: vsftpd: refusing to run with writable root inside chroot()\r\n{end}", TL_FTP_ERROR_FAILED },
  { "user-unsupported", "USER", "504 not this one\r\n", TL_FTP_ERROR_FAILED },
  { "home-missing", "PASS", "550 no such directory\r\n", TL_FTP_ERROR_FAILED },
  { "account", "PASS", "332 account\r\n", TL_FTP_ERROR_LOGIN },
  { "no-ftp", "GREETING", "SSH-2.0-OpenSSH_9.2\r\n", TL_FTP_ERROR_PROTOCOL },
  { "nul", "GREETING", "220 a{nul}b\r\n", TL_FTP_ERROR_PROTOCOL },
  { "end-after-greeting", "GREETING", "220 a\r\n{end}", TL_FTP_ERROR_CLOSED },
  { "endless-line", "SYST", "215 {flood}more and more ", TL_FTP_ERROR_PROTOCOL },
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

/* A visitor without a name has no user and no password to check. */
static void
test_no_anonymous (Fixture       *fixture,
                   gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, data, "530 no\r\n");
  g_assert_false (test_connect (fixture->client, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_LOGIN);
  g_assert_cmpstr (fixture->error->message, ==, "The server takes no anonymous users. Log in with an account that you have there. (530 no)");
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

/* Each command of the login may be the one that is too much. */
static void
test_421_anywhere (void)
{
  static const char *const verbs[] = { "GREETING", "FEAT", "USER", "PASS", "SYST", "PWD" };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      Fixture fixture = { 0 };

      set_up (&fixture, NULL);
      test_ftp_answer (fixture.ftp, verbs[i], "421 Too many connections from this address.\r\n{end}");
      g_assert_false (test_connect (fixture.client, &fixture.error));
      g_assert_error (fixture.error, TL_FTP_ERROR, TL_FTP_ERROR_TOO_MANY);
      g_assert_cmpuint (test_ftp_n_clients (fixture.ftp), ==, 1);
      tear_down (&fixture, NULL);
    }
}

/* Logged in already: neither a user is named nor a password sent. */
static void
test_greeted_with_230 (Fixture       *fixture,
                       gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, "GREETING", "230 you are in\r\n");
  g_object_set (tl_ftp_client_get_site (fixture->client), "security", TL_FTP_SECURITY_AUTO, "account-kind", TL_FTP_ACCOUNT_REGISTERED, "user", "a", NULL);
  g_assert_true (test_connect (fixture->client, &fixture->error));
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "USER"), ==, 0);
  g_assert_true (tl_ftp_features_has (tl_ftp_client_get_features (fixture->client), "MDTM"));
}

/* Before the login it may be refused, or tell less; after it, it is asked again. */
static void
test_feat_twice (Fixture       *fixture,
                 gconstpointer  data)
{
  const char *early = data;

  test_ftp_answer (fixture->ftp, "FEAT", early);
  test_ftp_answer (fixture->ftp, "FEAT", "211-Features\r\n211-MDTM\r\n211-rest stream\r\n211 End\r\n");
  g_assert_true (test_connect (fixture->client, &fixture->error));
  g_assert_true (tl_ftp_features_has (tl_ftp_client_get_features (fixture->client), "MDTM"));
  g_assert_true (tl_ftp_features_has (tl_ftp_client_get_features (fixture->client), "REST"));
  g_assert_false (tl_ftp_features_has (tl_ftp_client_get_features (fixture->client), "EPSV"));
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "FEAT"), ==, 2);
}

/* What was told before the login stays when there is no answer after it. */
static void
test_feat_early_only (Fixture       *fixture,
                      gconstpointer  data)
{
  test_ftp_answer (fixture->ftp, "FEAT", test_ftp_usual ("FEAT"));
  test_ftp_answer (fixture->ftp, "FEAT", "500 not now\r\n");
  g_assert_true (test_connect (fixture->client, &fixture->error));
  g_assert_true (tl_ftp_features_has (tl_ftp_client_get_features (fixture->client), "MDTM"));
}

static guint
find_command (TestFtp    *ftp,
              const char *command)
{
  guint found = G_MAXUINT;

  g_mutex_lock (&ftp->mutex);
  for (guint i = 0; i < ftp->commands->len && found == G_MAXUINT; i++)
    if (g_str_equal (g_ptr_array_index (ftp->commands, i), command))
      found = i;
  g_mutex_unlock (&ftp->mutex);
  return found;
}

/* Some servers want to know who asks before they turn it on; others refuse what they list. */
static void
test_utf8 (Fixture       *fixture,
           gconstpointer  data)
{
  const gboolean listed = data != NULL;
  const char *refusal = data;

  test_ftp_answer (fixture->ftp, "FEAT", listed ? "211-x\r\n UTF8\r\n CLNT\r\n211 End\r\n" : "211-x\r\n SIZE\r\n211 End\r\n");
  if (listed)
    {
      test_ftp_answer (fixture->ftp, "OPTS", refusal);
      test_ftp_answer (fixture->ftp, "CLNT", refusal);
    }
  g_assert_true (test_connect (fixture->client, &fixture->error));
  if (listed)
    g_assert_cmpuint (find_command (fixture->ftp, "CLNT Tonglu") + 1, ==, find_command (fixture->ftp, "OPTS UTF8 ON"));
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "OPTS UTF8 ON"), ==, listed ? 1 : 0);
}

static void
set_account (Fixture      *fixture,
             TlFtpSecurity security,
             TestAnswerer *answerer)
{
  g_object_set (tl_ftp_client_get_site (fixture->client), "security", security, "account-kind", TL_FTP_ACCOUNT_GUEST, NULL);
  g_object_set (fixture->client, "asker", answerer, NULL);
}

/* 332 comes after USER or after PASS; after the account a password may be wanted yet. */
static void
test_account (Fixture       *fixture,
              gconstpointer  data)
{
  static const char *const scripts[][3] = {
    { "332 account\r\n", "503 no\r\n", "230 in\r\n" },
    { "332 account\r\n", "230 in\r\n", "331 and now the password\r\n" },
    { "331 password\r\n", "332 account\r\n", "230 in\r\n" },
  };
  const char *const *script = scripts[GPOINTER_TO_INT (data)];
  g_autoptr (TestAnswerer) answerer = test_answerer_new ("a", "b");

  answerer->account = g_strdup ("the account");
  set_account (fixture, TL_FTP_SECURITY_NONE, answerer);
  test_ftp_answer (fixture->ftp, "USER", script[0]);
  test_ftp_answer (fixture->ftp, "PASS", script[1]);
  test_ftp_answer (fixture->ftp, "ACCT", script[2]);
  g_assert_true (test_connect (fixture->client, &fixture->error));
  g_assert_cmpstr (answerer->asked->str, ==, "password,account");
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "ACCT the account"), ==, 1);
  g_assert_true (test_log_has (fixture->client, TL_MESSAGE_SENT, "ACCT ********"));
  g_assert_false (test_log_has (fixture->client, TL_MESSAGE_SENT, "the account"));
}

/* Neither the user nor the password was wrong then, and the sentence does not say so. */
static void
test_account_refused (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (TestAnswerer) answerer = test_answerer_new ("a", "b");

  answerer->account = g_strdup ("the account");
  set_account (fixture, TL_FTP_SECURITY_NONE, answerer);
  test_ftp_answer (fixture->ftp, "PASS", "332 account\r\n");
  test_ftp_answer (fixture->ftp, "ACCT", "530 Wrong one.\r\n");
  g_assert_false (test_connect (fixture->client, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_LOGIN);
  g_assert_nonnull (strstr (fixture->error->message, "(ACCT)"));
  g_assert_nonnull (strstr (fixture->error->message, "530 Wrong one."));
}

static void
test_asked_again (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (TestAnswerer) answerer = test_answerer_new ("a", "wrong");

  set_account (fixture, TL_FTP_SECURITY_NONE, answerer);
  test_ftp_answer (fixture->ftp, "PASS", "530 Login incorrect.\r\n");
  g_assert_false (test_connect (fixture->client, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_LOGIN);
  g_assert_cmpstr (answerer->asked->str, ==, "password,password,password");
  g_assert_null (strstr (fixture->error->message, "wrong"));
}

/* User and password are names too: in the character set that was chosen for the server. */
static void
test_charset (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (TestAnswerer) answerer = test_answerer_new ("\345\274\240", "\345\257\206");
  const TlFtpCharset charset = GPOINTER_TO_INT (data);
  const gboolean utf8 = charset == TL_FTP_CHARSET_AUTO || charset == TL_CHARSET_UTF_8;

  set_account (fixture, TL_FTP_SECURITY_NONE, answerer);
  g_object_set (fixture->client, "charset", charset, NULL);
  g_assert_true (test_connect (fixture->client, &fixture->error));
  g_assert_cmpuint (test_ftp_count (fixture->ftp, utf8 ? "USER \345\274\240" : "USER \325\305"), ==, 1);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, utf8 ? "PASS \345\257\206" : "PASS \303\334"), ==, 1);
}

static void
test_charset_lacks (Fixture       *fixture,
                    gconstpointer  data)
{
  const gboolean user = data != NULL;
  g_autoptr (TestAnswerer) answerer = test_answerer_new (user ? "\345\274\240" : "a", "\345\257\206");

  set_account (fixture, TL_FTP_SECURITY_NONE, answerer);
  g_object_set (fixture->client, "charset", TL_CHARSET_ISO_8859_1, NULL);
  g_assert_false (test_connect (fixture->client, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_NAME);
  g_assert_null (strstr (fixture->error->message, "\345\257\206"));
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "USER"), ==, user ? 0 : 1);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "PASS"), ==, 0);
}

static void
test_line_break_in_login (Fixture       *fixture,
                          gconstpointer  data)
{
  const gboolean user = data != NULL;
  g_autoptr (TestAnswerer) answerer = test_answerer_new (user ? "a\r\nDELE x" : "a", "b\nDELE x");

  set_account (fixture, TL_FTP_SECURITY_NONE, answerer);
  g_assert_false (test_connect (fixture->client, &fixture->error));
  g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_NAME);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "DELE"), ==, 0);
}

/* Going on in clear is never silent: it is asked where a password is at stake, and stands in the transcript. */
static void
test_clear (Fixture       *fixture,
            gconstpointer  data)
{
  const gboolean refuses = data != NULL;
  g_autoptr (TestAnswerer) answerer = test_answerer_new ("a", "b");

  answerer->refuses = refuses;
  set_account (fixture, TL_FTP_SECURITY_AUTO, answerer);
  g_assert_cmpint (test_connect (fixture->client, &fixture->error), ==, !refuses);
  g_assert_cmpuint (test_ftp_count (fixture->ftp, "USER"), ==, refuses ? 0 : 1);
  if (refuses)
    {
      g_assert_error (fixture->error, TL_FTP_ERROR, TL_FTP_ERROR_DECLINED);
      g_assert_cmpstr (answerer->asked->str, ==, "clear");
      return;
    }
  g_assert_cmpstr (answerer->asked->str, ==, "clear,password");
  g_assert_false (tl_ftp_client_is_encrypted (fixture->client));
  g_assert_true (test_log_has (fixture->client, TL_MESSAGE_WARNING, "clear text"));
}

static void
test_clear_anonymous (Fixture       *fixture,
                      gconstpointer  data)
{
  g_object_set (tl_ftp_client_get_site (fixture->client), "security", TL_FTP_SECURITY_AUTO, NULL);
  g_assert_true (test_connect (fixture->client, &fixture->error));
  g_assert_true (test_log_has (fixture->client, TL_MESSAGE_WARNING, "clear text"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/ftp-login/connect", test_connecting);
  for (guint i = 0; i < G_N_ELEMENTS (logins); i++)
    {
      g_autofree char *path = g_strconcat ("/ftp-login/reply/", logins[i].name, NULL);

      g_test_add (path, Fixture, &logins[i], set_up, test_login, tear_down);
    }
  g_test_add_func ("/ftp-login/421-anywhere", test_421_anywhere);
  ADD ("/ftp-login/greeted-with-230", test_greeted_with_230);
  g_test_add ("/ftp-login/feat/refused-before", Fixture, "530 log in first\r\n", set_up, test_feat_twice, tear_down);
  g_test_add ("/ftp-login/feat/less-before", Fixture, "211-x\r\n EPSV\r\n211 End\r\n", set_up, test_feat_twice, tear_down);
  ADD ("/ftp-login/feat/before-only", test_feat_early_only);
  ADD ("/ftp-login/utf8/not-listed", test_utf8);
  g_test_add ("/ftp-login/utf8/on", Fixture, "200 ok\r\n", set_up, test_utf8, tear_down);
  g_test_add ("/ftp-login/utf8/refused", Fixture, "504 no\r\n", set_up, test_utf8, tear_down);
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *path = g_strdup_printf ("/ftp-login/account/%d", i);

      g_test_add (path, Fixture, GINT_TO_POINTER (i), set_up, test_account, tear_down);
    }
  ADD ("/ftp-login/account-refused", test_account_refused);
  ADD ("/ftp-login/asked-again", test_asked_again);
  g_test_add ("/ftp-login/charset/auto", Fixture, GINT_TO_POINTER (TL_FTP_CHARSET_AUTO), set_up, test_charset, tear_down);
  g_test_add ("/ftp-login/charset/utf-8", Fixture, GINT_TO_POINTER (TL_CHARSET_UTF_8), set_up, test_charset, tear_down);
  g_test_add ("/ftp-login/charset/gb18030", Fixture, GINT_TO_POINTER (TL_CHARSET_GB18030), set_up, test_charset, tear_down);
  g_test_add ("/ftp-login/charset/lacks-user", Fixture, "user", set_up, test_charset_lacks, tear_down);
  g_test_add ("/ftp-login/charset/lacks-password", Fixture, NULL, set_up, test_charset_lacks, tear_down);
  g_test_add ("/ftp-login/line-break/user", Fixture, "user", set_up, test_line_break_in_login, tear_down);
  g_test_add ("/ftp-login/line-break/password", Fixture, NULL, set_up, test_line_break_in_login, tear_down);
  ADD ("/ftp-login/silence", test_silence);
  ADD ("/ftp-login/password-is-masked", test_password_is_masked);
  ADD ("/ftp-login/never-in-clear", test_never_in_clear);
  g_test_add ("/ftp-login/clear/asked", Fixture, NULL, set_up, test_clear, tear_down);
  g_test_add ("/ftp-login/clear/refused", Fixture, "no", set_up, test_clear, tear_down);
  ADD ("/ftp-login/clear/anonymous", test_clear_anonymous);
  g_test_add ("/ftp-login/no-anonymous/user", Fixture, "USER", set_up, test_no_anonymous, tear_down);
  g_test_add ("/ftp-login/no-anonymous/password", Fixture, "PASS", set_up, test_no_anonymous, tear_down);
  return g_test_run ();
}
