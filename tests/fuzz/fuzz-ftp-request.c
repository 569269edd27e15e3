/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What clients send to the FTP server: lines are bounded and whole however the bytes come in pieces, no path leads out, what is parsed is what was there. */
#include "fuzz.h"

#include <string.h>

#include "tl-ftp-server-command.h"
#include "tl-ftp-server-line.h"

static void
check_path (const TlFtpRequest *request)
{
  g_autofree char *path = tl_ftp_request_resolve_path ("a/b", request->argument, request->length);
  g_auto (GStrv) parts = NULL;

  if (path == NULL)
    return;
  g_assert_cmpuint (strlen (path), <=, 4095);
  g_assert_null (strpbrk (path, "\r\n"));
  parts = g_strsplit (path, "/", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_assert_cmpstr (parts[i], !=, "");
      g_assert_cmpstr (parts[i], !=, ".");
      g_assert_cmpstr (parts[i], !=, "..");
      g_assert_cmpuint (strlen (parts[i]), <=, 255);
    }
}

static void
check_line (const guint8 *line,
            gsize         length)
{
  TlFtpRequest request;
  g_autofree char *port_host = NULL;
  g_autofree char *eprt_host = NULL;
  guint16 port;
  gint64 number;
  int family;

  tl_ftp_request_parse (&request, line, length);
  g_assert_true (request.argument == NULL || (request.argument > line && request.argument + request.length == line + length));
  g_assert_cmpuint (request.length, <=, length);
  if (request.argument == NULL)
    return;
  check_path (&request);
  if (tl_ftp_request_parse_port (request.argument, request.length, &port_host, &port))
    g_assert_true (g_hostname_is_ip_address (port_host));
  if (tl_ftp_request_parse_eprt (request.argument, request.length, &family, &eprt_host, &port))
    g_assert_cmpuint (port, >, 0);
  if (tl_ftp_request_parse_number (request.argument, request.length, &number))
    g_assert_cmpint (number, >=, 0);
  tl_ftp_request_parse_time (request.argument, request.length, &number);
}

/* All verdicts and lines, one after the other. */
static GString *
take_all (const guint8 *data,
          gsize         size,
          gsize         piece,
          gboolean      check)
{
  g_autoptr (TlFtpServerLine) lines = tl_ftp_server_line_new ();
  GString *all = g_string_new (NULL);
  gsize at = 0;

  while (at < size)
    {
      gsize used, length;
      TlFtpLineVerdict verdict = tl_ftp_server_line_take (lines, data + at, MIN (piece, size - at), &used);
      const guint8 *line = tl_ftp_server_line_get (lines, &length);

      g_assert_cmpuint (used, >, 0);
      g_assert_cmpuint (length, <=, TL_FTP_SERVER_LINE_MAX);
      at += used;
      if (verdict == TL_FTP_LINE_NONE)
        continue;
      g_string_append_printf (all, "%d:%zu:", verdict, length);
      g_string_append_len (all, (const char *) line, (gssize) length);
      if (verdict == TL_FTP_LINE_FLOOD)
        break;
      if (verdict == TL_FTP_LINE_GOOD)
        {
          g_assert_true (length == 0 || memchr (line, '\0', length) == NULL);
          g_assert_true (length == 0 || memchr (line, '\n', length) == NULL);
          g_assert_true (length == 0 || memchr (line, '\r', length) == NULL);
          if (check)
            check_line (line, length);
        }
    }
  return all;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  GString *whole = take_all (data, size, G_MAXSIZE, TRUE);
  GString *bytes = take_all (data, size, 1, FALSE);

  g_assert_true (g_string_equal (whole, bytes));
  g_string_free (whole, TRUE);
  g_string_free (bytes, TRUE);
  return 0;
}
