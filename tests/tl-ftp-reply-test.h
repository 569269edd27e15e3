/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the tests of the FTP codecs: replies of text. */
#pragma once

#include "tl-ftp-reply.h"

#include <string.h>

/* The one reply that @text, with or without its last line end, is. */
static inline TlFtpReply *
make_reply_of_bytes (const char *text,
                     gsize       length)
{
  g_autoptr (TlFtpReplyParser) parser = tl_ftp_reply_parser_new ();
  g_autoptr (GError) error = NULL;
  TlFtpReply *reply;

  tl_ftp_reply_parser_feed (parser, (const guint8 *) text, length, &error);
  g_assert_no_error (error);
  tl_ftp_reply_parser_finish (parser, &error);
  g_assert_no_error (error);
  reply = tl_ftp_reply_parser_pop (parser);
  g_assert_nonnull (reply);
  g_assert_true (tl_ftp_reply_parser_is_empty (parser));
  return reply;
}

static inline TlFtpReply *
make_reply (const char *text)
{
  return make_reply_of_bytes (text, strlen (text));
}

/* Literals with bytes that are not UTF-8. */
#define assert_bytes(bytes, literal) \
  g_assert_cmpmem (g_bytes_get_data ((bytes), NULL), g_bytes_get_size (bytes), (literal), sizeof (literal) - 1)

static inline GBytes *
make_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}
