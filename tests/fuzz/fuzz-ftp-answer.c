/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What replies say: a value in its range or an error, and what we print ourselves comes back. */
#include "fuzz.h"

#include <string.h>

#include "tl-ftp-answer.h"
#include "tl-ftp-error.h"

static void
check_ports (const TlFtpReply *reply)
{
  g_autoptr (GError) pasv_error = NULL;
  g_autoptr (GError) epsv_error = NULL;
  guint8 address[4];
  guint16 port = 0;

  if (tl_ftp_answer_pasv (reply, &port, address, &pasv_error))
    g_assert_cmpuint (port, >, 0);
  else
    g_assert_error (pasv_error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);

  port = 0;
  if (tl_ftp_answer_epsv (reply, &port, &epsv_error))
    g_assert_cmpuint (port, >, 0);
  else
    g_assert_error (epsv_error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);
}

static void
check_path (const TlFtpReply *reply)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) path = tl_ftp_answer_path (reply, &error);
  const char *data;
  gsize length;

  if (path == NULL)
    {
      g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);
      return;
    }
  data = g_bytes_get_data (path, &length);
  g_assert_cmpuint (length, >, 0);
  g_assert_null (memchr (data, '\r', length));
  g_assert_null (memchr (data, '\n', length));
  g_assert_null (memchr (data, '\0', length));
}

static void
check_numbers (const TlFtpReply *reply)
{
  g_autoptr (GError) size_error = NULL;
  g_autoptr (GError) time_error = NULL;
  gint64 size = tl_ftp_answer_size (reply, &size_error);
  gint64 time = 0;

  g_assert_cmpint (size, >=, -1);
  g_assert_true ((size < 0) == (size_error != NULL));
  if (tl_ftp_answer_mdtm (reply, &time, &time_error))
    {
      g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

      g_assert_nonnull (date);
    }
  else
    {
      g_assert_error (time_error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);
    }
  g_assert_cmpint (tl_ftp_answer_transfer_size (reply), >=, -1);
}

static TlFtpReply *
parse (const char *prefix,
       const void *data,
       gsize       size,
       const char *suffix)
{
  g_autoptr (TlFtpReplyParser) parser = tl_ftp_reply_parser_new ();

  tl_ftp_reply_parser_feed (parser, (const guint8 *) prefix, strlen (prefix), NULL);
  tl_ftp_reply_parser_feed (parser, data, size, NULL);
  tl_ftp_reply_parser_feed (parser, (const guint8 *) suffix, strlen (suffix), NULL);
  return tl_ftp_reply_parser_pop (parser);
}

/* A path as RFC 959 has servers print it. */
static void
check_path_round_trip (const guint8 *data,
                       gsize         size)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (TlFtpReply) reply = NULL;
  g_autoptr (GBytes) path = NULL;

  if (size == 0 || size > 4096 || memchr (data, '\r', size) != NULL || memchr (data, '\n', size) != NULL || memchr (data, '\0', size) != NULL)
    return;

  for (gsize i = 0; i < size; i++)
    {
      g_string_append_c (text, (char) data[i]);
      if (data[i] == '"' || data[i] == 255)
        g_string_append_c (text, (char) data[i]);
    }
  reply = parse ("257 \"", text->str, text->len, "\" is the current directory\r\n");
  path = tl_ftp_answer_path (reply, NULL);
  g_assert_nonnull (path);
  g_assert_cmpmem (g_bytes_get_data (path, NULL), g_bytes_get_size (path), data, size);
}

static void
check_features (const TlFtpReply *reply)
{
  g_autoptr (TlFtpFeatures) features = tl_ftp_features_new_from_reply (reply);
  const char *parameters = tl_ftp_features_get_parameters (features, "MLST");

  g_assert_true (parameters == NULL || g_utf8_validate (parameters, -1, NULL));
  g_assert_true (tl_ftp_features_has (features, "mlst") == (parameters != NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const char * const prefixes[] = { "", "227 ", "211-x\r\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      g_autoptr (TlFtpReply) reply = parse (prefixes[i], data, size, i == 2 ? "\r\n211 End\r\n" : "\r\n");

      if (reply == NULL)
        continue;
      check_ports (reply);
      check_path (reply);
      check_numbers (reply);
      check_features (reply);
    }
  check_path_round_trip (data, size);
  return 0;
}
