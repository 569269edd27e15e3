/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-ftp-server-command.h"
#include "tl-ftp-server-guard.h"
#include "tl-ftp-server-line.h"

#include <string.h>

static TlFtpLineVerdict
take (TlFtpServerLine *lines,
      const char      *bytes,
      gsize            length,
      GString         *line)
{
  gsize used, n;
  TlFtpLineVerdict verdict = tl_ftp_server_line_take (lines, (const guint8 *) bytes, length, &used);
  const guint8 *data = tl_ftp_server_line_get (lines, &n);

  g_string_truncate (line, 0);
  g_string_append_len (line, (const char *) data, (gssize) n);
  return verdict;
}

static void
test_lines (void)
{
  static const struct {
    const char       *bytes;
    gsize             length;
    TlFtpLineVerdict  verdict;
    const char       *line;
  } cases[] = {
    { "NOOP\r\n", 6, TL_FTP_LINE_GOOD, "NOOP" },
    { "NOOP\n", 5, TL_FTP_LINE_GOOD, "NOOP" },
    { "NOOP", 4, TL_FTP_LINE_NONE, "NOOP" },
    { "STOR a\0b\r\n", 10, TL_FTP_LINE_BAD, NULL },
    { "STOR a\rb\r\n", 10, TL_FTP_LINE_BAD, NULL },
    { "STOR a\r\0b\r\n", 11, TL_FTP_LINE_BAD, NULL },
    { "STOR \377\377.txt\r\n", 13, TL_FTP_LINE_GOOD, "STOR \377.txt" },
    { "STOR \377a\r\n", 9, TL_FTP_LINE_BAD, NULL },
    { "STOR a\377\n", 8, TL_FTP_LINE_BAD, NULL },
    { "\377\364\377\362ABOR\r\n", 10, TL_FTP_LINE_GOOD, "ABOR" },
    { "\377\373\001NOOP\r\n", 9, TL_FTP_LINE_GOOD, "NOOP" },
    { "\377\372\030\001\n\377\360NOOP\r\n", 13, TL_FTP_LINE_GOOD, "NOOP" },
  };
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TlFtpServerLine) lines = tl_ftp_server_line_new ();

      g_assert_cmpint (take (lines, cases[i].bytes, cases[i].length, line), ==, cases[i].verdict);
      if (cases[i].line != NULL)
        g_assert_cmpstr (line->str, ==, cases[i].line);
    }
  g_string_free (line, TRUE);
}

static void
test_bounds (void)
{
  g_autoptr (TlFtpServerLine) lines = tl_ftp_server_line_new ();
  g_autofree char *many = g_strnfill (TL_FTP_SERVER_LINE_FLOOD + 1, 'x');
  gsize used;

  g_assert_cmpint (tl_ftp_server_line_take (lines, (guint8 *) many, TL_FTP_SERVER_LINE_MAX + 1, &used), ==, TL_FTP_LINE_NONE);
  g_assert_cmpint (tl_ftp_server_line_take (lines, (const guint8 *) "\r\n", 2, &used), ==, TL_FTP_LINE_LONG);
  /* What follows is a line again. */
  g_assert_cmpint (tl_ftp_server_line_take (lines, (const guint8 *) "NOOP\r\nQUIT\r\n", 12, &used), ==, TL_FTP_LINE_GOOD);
  g_assert_cmpuint (used, ==, 6);
  g_assert_cmpint (tl_ftp_server_line_take (lines, (guint8 *) many, TL_FTP_SERVER_LINE_FLOOD + 1, &used), ==, TL_FTP_LINE_FLOOD);
}

static void
assert_path (const char *cwd,
             const char *path,
             const char *expected)
{
  g_autofree char *result = tl_ftp_request_resolve_path (cwd, (const guint8 *) path, strlen (path));

  g_assert_cmpstr (result, ==, expected);
}

static void
test_paths (void)
{
  g_autofree char *longest = g_strnfill (255, 'a');
  g_autofree char *longer = g_strnfill (256, 'a');

  assert_path ("", "", "");
  assert_path ("", "/", "");
  assert_path ("a/b", "", "a/b");
  assert_path ("a/b", ".", "a/b");
  assert_path ("a/b", "..", "a");
  assert_path ("a/b", "../..", "");
  assert_path ("a/b", "../../..", "");
  assert_path ("a/b", "../../../../etc/passwd", "etc/passwd");
  assert_path ("a/b", "/../../etc", "etc");
  assert_path ("a/b", "c/../../d", "a/d");
  assert_path ("a", "..//./../x//", "x");
  assert_path ("a", "...", "a/...");
  assert_path ("a", "..\\..\\x", "a/..\\..\\x");
  assert_path ("a", "%2e%2e/x", "a/%2e%2e/x");
  assert_path ("a", " x ", "a/ x ");
  assert_path ("", "目录/文件", "目录/文件");
  assert_path ("", longest, longest);
  assert_path ("", longer, NULL);
  g_assert_null (tl_ftp_request_resolve_path ("", (const guint8 *) "a\0b", 3));
  assert_path ("", "a\nb", NULL);
  assert_path ("", "a\rb", NULL);
}

static void
assert_port (gboolean    extended,
             const char *text,
             const char *host,
             guint16     port)
{
  g_autofree char *found = NULL;
  guint16 number = 0;
  int family;
  gboolean good;

  if (extended)
    good = tl_ftp_request_parse_eprt ((const guint8 *) text, strlen (text), &family, &found, &number);
  else
    good = tl_ftp_request_parse_port ((const guint8 *) text, strlen (text), &found, &number);
  g_assert_cmpint (good, ==, host != NULL);
  g_assert_cmpstr (good ? found : NULL, ==, host);
  if (good)
    g_assert_cmpuint (number, ==, port);
}

static void
test_ports (void)
{
  assert_port (FALSE, "127,0,0,1,8,73", "127.0.0.1", 2121);
  assert_port (FALSE, "256,0,0,1,8,73", NULL, 0);
  assert_port (FALSE, "127,0,0,1,8", NULL, 0);
  assert_port (FALSE, "127,0,0,1,8,73,", NULL, 0);
  assert_port (FALSE, "", NULL, 0);
  assert_port (TRUE, "|1|127.0.0.1|2121|", "127.0.0.1", 2121);
  assert_port (TRUE, "!2!::1!65535!", "::1", 65535);
  assert_port (TRUE, "|1|127.0.0.1|0|", NULL, 0);
  assert_port (TRUE, "|1|127.0.0.1|65536|", NULL, 0);
  assert_port (TRUE, "|1|127.0.0.1|", NULL, 0);
  assert_port (TRUE, "|||2121|", NULL, 0);
}

static void
test_times (void)
{
  gint64 seconds;

  g_assert_true (tl_ftp_request_parse_time ((const guint8 *) "20240229120000", 14, &seconds));
  g_assert_cmpint (seconds, ==, 1709208000);
  g_assert_true (tl_ftp_request_parse_time ((const guint8 *) "20240229120000.123", 18, &seconds));
  g_assert_false (tl_ftp_request_parse_time ((const guint8 *) "20260229120000", 14, &seconds));
  g_assert_false (tl_ftp_request_parse_time ((const guint8 *) "2024022912000", 13, &seconds));
  g_assert_false (tl_ftp_request_parse_time ((const guint8 *) "20241329120000", 14, &seconds));
}

static void
test_verbs (void)
{
  TlFtpRequest request;
  static const char line[] = "mlsd  a b ";

  tl_ftp_request_parse (&request, (const guint8 *) line, strlen (line));
  g_assert_cmpint (request.verb, ==, TL_FTP_VERB_MLSD);
  g_assert_cmpmem (request.argument, request.length, " a b ", 5);
  tl_ftp_request_parse (&request, (const guint8 *) "STORx", 5);
  g_assert_cmpint (request.verb, ==, TL_FTP_VERB_UNKNOWN);
}

static void
test_guard (void)
{
  TlFtpServerGuard *guard = tl_ftp_server_guard_new ();
  g_autoptr (GInetAddress) one = g_inet_address_new_from_string ("192.0.2.1");
  g_autoptr (GInetAddress) near = g_inet_address_new_from_string ("2001:db8::1");
  g_autoptr (GInetAddress) same = g_inet_address_new_from_string ("2001:db8::2");
  guint last = 0;

  g_assert_true (tl_ftp_server_guard_enter (guard, one, 2));
  g_assert_true (tl_ftp_server_guard_enter (guard, one, 2));
  g_assert_false (tl_ftp_server_guard_enter (guard, one, 2));
  tl_ftp_server_guard_leave (guard, one);
  g_assert_true (tl_ftp_server_guard_enter (guard, one, 2));
  g_assert_true (tl_ftp_server_guard_enter (guard, near, 1));
  g_assert_false (tl_ftp_server_guard_enter (guard, same, 1));
  for (guint i = 0; i < 6; i++)
    {
      const guint delay = tl_ftp_server_guard_fail (guard, one);

      g_assert_cmpuint (delay, >, last);
      last = delay;
    }
  for (guint i = 0; i < 100; i++)
    g_assert_cmpuint (tl_ftp_server_guard_fail (guard, one), <=, 16000);
  tl_ftp_server_guard_succeed (guard, one);
  g_assert_cmpuint (tl_ftp_server_guard_fail (guard, one), ==, 500);
  tl_ftp_server_guard_free (guard);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ftp/request/lines", test_lines);
  g_test_add_func ("/ftp/request/bounds", test_bounds);
  g_test_add_func ("/ftp/request/paths", test_paths);
  g_test_add_func ("/ftp/request/ports", test_ports);
  g_test_add_func ("/ftp/request/times", test_times);
  g_test_add_func ("/ftp/request/verbs", test_verbs);
  g_test_add_func ("/ftp/request/guard", test_guard);
  return g_test_run ();
}
