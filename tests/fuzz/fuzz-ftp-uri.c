/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FTP addresses: a refusal points into the text; what is taken can be sent, and comes back from its print. */
#include "fuzz.h"

#include <string.h>

#include "tl-ftp-uri.h"

static void
check_part (GBytes *part)
{
  gsize length;
  const char *data = g_bytes_get_data (part, &length);

  if (length == 0)
    return;
  g_assert_null (memchr (data, '\r', length));
  g_assert_null (memchr (data, '\n', length));
  g_assert_null (memchr (data, '\0', length));
}

static void
check_right (const TlFtpUri *uri)
{
  g_autofree char *printed = tl_ftp_uri_to_string (uri, TRUE);
  g_autofree char *without = tl_ftp_uri_to_string (uri, FALSE);
  g_autofree char *host = tl_ftp_uri_dup_host_text (uri);
  g_autoptr (GError) error = NULL;
  g_autoptr (TlFtpUri) again = tl_ftp_uri_parse (printed, &error);
  g_autoptr (TlFtpUri) bare = tl_ftp_uri_parse (without, NULL);
  g_autoptr (TlFtpUri) named = tl_ftp_uri_new_from_parts (host, "", "", NULL);

  check_part (uri->dir);
  check_part (uri->file);
  g_assert_true (g_str_is_ascii (printed));
  g_assert_true (uri->user == NULL || (*uri->user != '\0' && g_utf8_validate (uri->user, -1, NULL)));
  g_assert_true (uri->password == NULL || g_utf8_validate (uri->password, -1, NULL));
  g_assert_true (g_bytes_get_size (uri->file) == 0 || memchr (g_bytes_get_data (uri->file, NULL), '/', g_bytes_get_size (uri->file)) == NULL);

  g_assert_no_error (error);
  g_assert_cmpint (again->security, ==, uri->security);
  g_assert_cmpstr (again->host, ==, uri->host);
  g_assert_cmpuint (again->port, ==, uri->port);
  g_assert_cmpstr (again->user, ==, uri->user);
  g_assert_cmpstr (again->password, ==, uri->password);
  g_assert_true (g_bytes_equal (again->dir, uri->dir));
  g_assert_true (g_bytes_equal (again->file, uri->file));
  g_assert_cmpint (again->type, ==, uri->type);

  g_assert_nonnull (bare);
  g_assert_null (bare->password);
  g_assert_nonnull (named);
  g_assert_cmpstr (named->host, ==, uri->host);
  g_assert_cmpuint (named->port, ==, uri->port);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GError) error = NULL;
  int start, end;
  g_autoptr (TlFtpUri) uri = tl_ftp_uri_parse_at (text, &start, &end, &error);

  if (uri != NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpint (start, ==, -1);
      check_right (uri);
      return 0;
    }
  g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_NAME);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpint (start, >=, 0);
  g_assert_cmpint (end, >=, start);
  g_assert_cmpint (end, <=, g_utf8_strlen (valid, -1));
  return 0;
}
