/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Errors: the kind that a reply means, its code, a whole sentence, the server's words. */

#include "tl-ftp-reply-test.h"
#include "tl-ftp-types.h"

static const struct {
  const char *reply;
  TlFtpError  kind;
  gboolean    transient;
} cases[] = {
  { "332 Need account for login.", TL_FTP_ERROR_LOGIN, FALSE },
  { "421 Timeout.", TL_FTP_ERROR_CLOSED, TRUE },
  { "421 There are too many connected users, please try later.", TL_FTP_ERROR_TOO_MANY, TRUE },
  { "421 10 users (the maximum) are already logged in, sorry", TL_FTP_ERROR_TOO_MANY, TRUE },
  { "421 Too many connections from this IP", TL_FTP_ERROR_TOO_MANY, TRUE },
  { "425 Unable to build data connection: Operation not permitted", TL_FTP_ERROR_DATA, TRUE },
  { "426 Failure writing network stream.", TL_FTP_ERROR_DATA, TRUE },
  { "431 Need some unavailable resource", TL_FTP_ERROR_TLS, TRUE },
  { "450 /x: No such file or directory", TL_FTP_ERROR_NOT_FOUND, TRUE },
  { "450 busy", TL_FTP_ERROR_FAILED, TRUE },
  { "451 local error", TL_FTP_ERROR_FAILED, TRUE },
  { "452 full", TL_FTP_ERROR_NO_SPACE, TRUE },
  { "500 Unknown command.", TL_FTP_ERROR_UNSUPPORTED, FALSE },
  { "501 Option not understood.", TL_FTP_ERROR_UNSUPPORTED, FALSE },
  { "502 Command not implemented", TL_FTP_ERROR_UNSUPPORTED, FALSE },
  { "503 Bad sequence", TL_FTP_ERROR_FAILED, FALSE },
  { "504 Unknown option", TL_FTP_ERROR_UNSUPPORTED, FALSE },
  { "522 SSL connection failed; session reuse required: see require_ssl_reuse", TL_FTP_ERROR_TLS, FALSE },
  { "522 Network protocol not supported, use (1)", TL_FTP_ERROR_UNSUPPORTED, FALSE },
  { "530 Login incorrect.", TL_FTP_ERROR_LOGIN, FALSE },
  { "530 Sorry, the maximum number of clients (2) for this user are already connected.", TL_FTP_ERROR_TOO_MANY, TRUE },
  { "532 Need account for storing files.", TL_FTP_ERROR_DENIED, FALSE },
  { "534 Policy requires SSL", TL_FTP_ERROR_TLS, FALSE },
  { "550 /x: No such file or directory", TL_FTP_ERROR_NOT_FOUND, FALSE },
  { "550 The system cannot find the file specified. ", TL_FTP_ERROR_NOT_FOUND, FALSE },
  { "550 No files found.", TL_FTP_ERROR_NOT_FOUND, FALSE },
  { "550 CWD failed. \"/x\": directory not found.", TL_FTP_ERROR_NOT_FOUND, FALSE },
  { "550 文件不存在", TL_FTP_ERROR_NOT_FOUND, FALSE },
  { "550 \xce\xc4\xbc\xfe\xb2\xbb\xb4\xe6\xd4\xda", TL_FTP_ERROR_NOT_FOUND, FALSE }, /* the same in GBK */
  { "550 Permission denied.", TL_FTP_ERROR_DENIED, FALSE },
  { "550 Access is denied. ", TL_FTP_ERROR_DENIED, FALSE },
  { "550 x: Operation not permitted", TL_FTP_ERROR_DENIED, FALSE },
  { "550 x: File exists", TL_FTP_ERROR_EXISTS, FALSE },
  { "550 Cannot create a file when that file already exists. ", TL_FTP_ERROR_EXISTS, FALSE },
  { "550 x: Disk quota exceeded", TL_FTP_ERROR_NO_SPACE, FALSE },
  { "550 not found.txt: Permission denied", TL_FTP_ERROR_DENIED, FALSE }, /* a name is no reason */
  { "550 x: not found, or permission denied", TL_FTP_ERROR_DENIED, FALSE },
  { "550 Failed to open file.", TL_FTP_ERROR_FAILED, FALSE },
  { "552 full", TL_FTP_ERROR_NO_SPACE, FALSE },
  { "553 Could not create file.", TL_FTP_ERROR_DENIED, FALSE },
  { "553 x: No such file or directory", TL_FTP_ERROR_NOT_FOUND, FALSE },
  { "220 hello", TL_FTP_ERROR_PROTOCOL, FALSE },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TlFtpReply) reply = make_reply (cases[i].reply);
      g_autoptr (GError) error = tl_ftp_error_new_for_reply (reply);
      g_autoptr (GError) copy = g_error_copy (error);
      g_autofree char *code = g_strdup_printf ("(%.3s ", cases[i].reply);

      g_test_message ("case %zu", i);
      g_assert_error (error, TL_FTP_ERROR, (int) cases[i].kind);
      g_assert_cmpint (tl_ftp_error_get_code (error), ==, atoi (cases[i].reply));
      g_assert_cmpint (tl_ftp_error_get_code (copy), ==, atoi (cases[i].reply));
      g_assert_cmpint (tl_ftp_error_is_transient (error), ==, cases[i].transient);
      g_assert_nonnull (strstr (error->message, code));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_true (g_ascii_isupper (error->message[0]));
    }
}

static void
test_words (void)
{
  g_autofree char *long_line = g_strnfill (5000, 'x');
  g_autofree char *long_text = g_strdup_printf ("550 %s", long_line);
  g_autoptr (TlFtpReply) lines = make_reply ("550-First\r\n550-Second\r\n550 Third");
  g_autoptr (TlFtpReply) big = make_reply (long_text);
  g_autoptr (TlFtpReply) bare = make_reply ("550");
  g_autoptr (GError) error = tl_ftp_error_new_with_reply (TL_FTP_ERROR_CHANGED, "It has changed.", lines);
  g_autoptr (GError) bounded = tl_ftp_error_new_for_reply (big);
  g_autoptr (GError) short_one = tl_ftp_error_new_for_reply (bare);
  g_autoptr (TlFtpReply) name = make_reply ("553 This file name cannot be used");
  g_autoptr (TlFtpReply) right = make_reply ("553 Can't open that file: Permission denied");
  g_autoptr (GError) of_name = tl_ftp_error_new_for_reply (name);
  g_autoptr (GError) of_right = tl_ftp_error_new_for_reply (right);

  g_assert_nonnull (strstr (of_name->message, "does not accept this name"));
  g_assert_nonnull (strstr (of_right->message, "does not permit this"));
  g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_CHANGED);
  g_assert_cmpstr (error->message, ==, "It has changed. (550 First Second Third)");
  g_assert_cmpuint (strlen (bounded->message), <, 500);
  g_assert_true (g_str_has_suffix (bounded->message, "x…)"));
  g_assert_true (g_str_has_suffix (short_one->message, "(550)"));
}

/* Nothing is said of files or of what the server supports: the user wanted to be let in. */
static void
test_login (void)
{
  static const struct {
    const char *reply;
    TlFtpError  kind;
    const char *message;
  } replies[] = {
    { "500 OOPS: vsftpd: refusing to run with writable root inside chroot()", TL_FTP_ERROR_FAILED,
      "The server does not let you in. Its words tell why; whoever runs it may help. (500 OOPS: vsftpd: refusing to run with writable root inside chroot())" },
    { "550 No such directory", TL_FTP_ERROR_FAILED, "The server does not let you in. Its words tell why; whoever runs it may help. (550 No such directory)" },
    { "451 busy", TL_FTP_ERROR_FAILED, "The server does not let you in at the moment. Try again later. (451 busy)" },
    { "421 busy", TL_FTP_ERROR_CLOSED, "The server has ended the connection. It is made anew with the next action. (421 busy)" },
    { "530 no", TL_FTP_ERROR_LOGIN, "The server does not accept this login. Check user and password. (530 no)" },
    { "530 too many users", TL_FTP_ERROR_TOO_MANY,
      "The server takes no more connections at the moment. Try again later, or with fewer transfers at once. (530 too many users)" },
    { "534 no", TL_FTP_ERROR_TLS, "The server and this program could not agree on encryption. (534 no)" },
    { "332 account", TL_FTP_ERROR_LOGIN, "The server wants an account besides user and password. (332 account)" },
    { "350 more", TL_FTP_ERROR_PROTOCOL, "The server gave an answer that does not fit here. (350 more)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr (TlFtpReply) reply = make_reply (replies[i].reply);
      g_autoptr (GError) error = tl_ftp_error_new_for_login (reply);

      g_assert_error (error, TL_FTP_ERROR, (int) replies[i].kind);
      g_assert_cmpstr (error->message, ==, replies[i].message);
    }
}

static void
test_without_reply (void)
{
  g_autoptr (GError) data = g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_DATA, "x");
  g_autoptr (GError) login = g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_LOGIN, "x");
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");

  g_assert_cmpint (tl_ftp_error_get_code (data), ==, 0);
  g_assert_cmpint (tl_ftp_error_get_code (other), ==, 0);
  g_assert_cmpint (tl_ftp_error_get_code (NULL), ==, 0);
  g_assert_true (tl_ftp_error_is_transient (data));
  g_assert_false (tl_ftp_error_is_transient (login));
  g_assert_false (tl_ftp_error_is_transient (other));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ftp-error/table", test_table);
  g_test_add_func ("/ftp-error/words", test_words);
  g_test_add_func ("/ftp-error/login", test_login);
  g_test_add_func ("/ftp-error/without-reply", test_without_reply);

  return g_test_run ();
}
