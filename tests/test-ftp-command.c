/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Command lines: nothing that would be two, every byte as it is, no secret shown. */

#include "tl-ftp-command.h"
#include "tl-ftp-error.h"
#include "tl-ftp-reply-test.h"

static void
test_build (void)
{
  static const struct { const char *verb, *argument, *sent, *shown; } cases[] = {
    { "NOOP", NULL, "NOOP\r\n", "NOOP" },
    { "CWD", "/a b", "CWD /a b\r\n", "CWD /a b" },
    { "CWD", "", "CWD \r\n", "CWD " },
    { "RETR", " a ", "RETR  a \r\n", "RETR  a " },
    { "RETR", "-a", "RETR -a\r\n", "RETR -a" },
    { "RETR", "\xc4\xbf\xff\xff.txt", "RETR \xc4\xbf\xff\xff\xff\xff.txt\r\n", "RETR \xc4\xbf\xff\xff.txt" },
    { "USER", "me", "USER me\r\n", "USER me" },
    { "PASS", "hunter2", "PASS hunter2\r\n", "PASS ********" },
    { "PASS", "", "PASS \r\n", "PASS ********" },
    { "ACCT", "a very long account indeed", "ACCT a very long account indeed\r\n", "ACCT ********" },
    { "PASV", NULL, "PASV\r\n", "PASV" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) argument = cases[i].argument != NULL ? make_bytes (cases[i].argument) : NULL;
      g_autoptr (GBytes) shown = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) sent = tl_ftp_command_build (cases[i].verb, argument, &shown, &error);

      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (sent, NULL), g_bytes_get_size (sent), cases[i].sent, strlen (cases[i].sent));
      g_assert_cmpmem (g_bytes_get_data (shown, NULL), g_bytes_get_size (shown), cases[i].shown, strlen (cases[i].shown));
    }
}

static void
test_raw (void)
{
  static const struct { const char *line, *sent, *shown; } cases[] = {
    { "SITE CHMOD 644 a", "SITE CHMOD 644 a\r\n", "SITE CHMOD 644 a" },
    { "  noop", "noop\r\n", "noop" },
    { "pass hunter2", "pass hunter2\r\n", "pass ********" },
    { "PASS\thunter2", "PASS\thunter2\r\n", "PASS ********" },
    { " \tPaSs  hunter2", "PaSs  hunter2\r\n", "PaSs ********" },
    { "PASShunter2", "PASShunter2\r\n", "PASS ********" },
    { "pass", "pass\r\n", "pass" },
    { "acct x", "acct x\r\n", "acct ********" },
    { "ADAT abc=", "ADAT abc=\r\n", "ADAT ********" },
    { "site  pswd old new", "site  pswd old new\r\n", "site  pswd ********" },
    { "SITE HELP", "SITE HELP\r\n", "SITE HELP" },
    { "SITE", "SITE\r\n", "SITE" },
    { "HELP PASS", "HELP PASS\r\n", "HELP PASS" },
    { "RETR PASS x", "RETR PASS x\r\n", "RETR PASS x" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) line = make_bytes (cases[i].line);
      g_autoptr (GBytes) shown = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) sent = tl_ftp_command_build_raw (line, &shown, &error);

      g_test_message ("%s", cases[i].line);
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (sent, NULL), g_bytes_get_size (sent), cases[i].sent, strlen (cases[i].sent));
      g_assert_cmpmem (g_bytes_get_data (shown, NULL), g_bytes_get_size (shown), cases[i].shown, strlen (cases[i].shown));
    }
}

static void
test_refused (void)
{
  static const struct { const char *line; gsize length; } lines[] = {
    { "RETR a\r\nDELE b", 14 }, { "RETR a\nDELE b", 13 }, { "RETR a\r", 7 }, { "RETR a\0b", 8 }, { "", 0 }, { "   ", 3 }, { "\xc4\xbf", 2 }, { "123", 3 },
    { "PASS hunter2\n", 13 },
  };
  g_autofree char *long_name = g_strnfill (TL_FTP_COMMAND_MAX, 'x');
  g_autoptr (GBytes) too_long = make_bytes (long_name);
  g_autoptr (GBytes) sent = NULL;
  g_autoptr (GError) long_error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GBytes) line = g_bytes_new (lines[i].line, lines[i].length);
      g_autoptr (GBytes) shown = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_null (tl_ftp_command_build_raw (line, &shown, &error));
      g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_NAME);
      g_assert_null (shown);
      g_assert_null (strstr (error->message, "hunter2"));
    }

  sent = tl_ftp_command_build ("RETR", too_long, NULL, &long_error);
  g_assert_null (sent);
  g_assert_error (long_error, TL_FTP_ERROR, TL_FTP_ERROR_NAME);
}

/* Lines that came from others, as they are shown. */
static void
test_mask (void)
{
  static const struct { const char *line, *shown; } cases[] = {
    { "PASS hunter2", "PASS ********" },
    { "\b\b\tpass hunter2", "\b\b\tpass ********" },
    { "RETR pass", "RETR pass" },
    { "\b", "\b" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) line = make_bytes (cases[i].line);
      g_autoptr (GBytes) shown = tl_ftp_command_mask (line);

      g_assert_cmpmem (g_bytes_get_data (shown, NULL), g_bytes_get_size (shown), cases[i].shown, strlen (cases[i].shown));
    }
}

static void
test_hide (void)
{
  static const struct { const char *line, *secret, *shown; } cases[] = {
    { "500 'PASS hunter2': not understood", "hunter2", "500 'PASS ********': not understood" },
    { "hunter2hunter2", "hunter2", "****************" },
    { "530 no", "hunter2", "530 no" },
    { "530 no", "", "530 no" },
    { "", "x", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) line = make_bytes (cases[i].line);
      g_autoptr (GBytes) shown = tl_ftp_command_hide (line, cases[i].secret);

      g_assert_cmpmem (g_bytes_get_data (shown, NULL), g_bytes_get_size (shown), cases[i].shown, strlen (cases[i].shown));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ftp-command/build", test_build);
  g_test_add_func ("/ftp-command/raw", test_raw);
  g_test_add_func ("/ftp-command/refused", test_refused);
  g_test_add_func ("/ftp-command/mask", test_mask);
  g_test_add_func ("/ftp-command/hide", test_hide);

  return g_test_run ();
}
