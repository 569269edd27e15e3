/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replies: the same ones however the bytes were cut, within their bounds, and words and an error for each.
 * The first byte chooses where to cut. */
#include "fuzz.h"

#include <string.h>

#include "tl-ftp-error.h"
#include "tl-ftp-reply.h"
#include "tl-ftp-words.h"

static void
check_words (const TlFtpReply *reply)
{
  gsize length;
  const char *line = (const char *) tl_ftp_reply_get_line (reply, 0, &length);
  g_autofree char *first = g_strndup (line, length);
  g_autofree char *words = tl_ftp_words_for_reply (tl_ftp_reply_get_code (reply), first);
  g_autofree char *command = tl_ftp_words_for_command (first);

  g_assert_nonnull (words);
  g_assert_true (g_utf8_validate (words, -1, NULL));
  g_assert_true (command == NULL || g_utf8_validate (command, -1, NULL));
}

static void
describe (const TlFtpReply *reply,
          GString          *out)
{
  g_autofree char *text = tl_ftp_reply_dup_text (reply);
  g_autoptr (GError) error = tl_ftp_error_new_for_reply (reply);

  g_assert_cmpint (tl_ftp_reply_get_code (reply), >=, 100);
  g_assert_cmpint (tl_ftp_reply_get_code (reply), <=, 599);
  g_assert_cmpuint (tl_ftp_reply_get_n_lines (reply), >=, 1);
  g_assert_cmpuint (tl_ftp_reply_get_n_lines (reply), <=, TL_FTP_REPLY_MAX_LINES);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpint (tl_ftp_error_get_code (error), ==, tl_ftp_reply_get_code (reply));
  check_words (reply);

  g_string_append_printf (out, "%d\n", tl_ftp_reply_get_code (reply));
  for (guint i = 0; i < tl_ftp_reply_get_n_lines (reply); i++)
    {
      gsize length;
      const guint8 *line = tl_ftp_reply_get_line (reply, i, &length);

      g_assert_cmpuint (length, <=, TL_FTP_REPLY_MAX_LINE);
      g_assert_null (memchr (line, '\0', length));
      g_assert_null (memchr (line, '\n', length));
      g_string_append_len (out, (const char *) line, (gssize) length);
      g_string_append_c (out, '\n');
    }
}

static void
drain (TlFtpReplyParser *parser,
       GString          *out,
       GString          *lines)
{
  GBytes *line;
  TlFtpReply *reply;

  while ((line = tl_ftp_reply_parser_pop_line (parser)) != NULL)
    {
      g_string_append_len (lines, g_bytes_get_data (line, NULL), (gssize) g_bytes_get_size (line));
      g_string_append_c (lines, '\n');
      g_bytes_unref (line);
    }
  while ((reply = tl_ftp_reply_parser_pop (parser)) != NULL)
    {
      describe (reply, out);
      tl_ftp_reply_unref (reply);
    }
}

static char *
run (const guint8 *data,
     gsize         size,
     guint         step)
{
  g_autoptr (TlFtpReplyParser) parser = tl_ftp_reply_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) lines = g_string_new (NULL);
  GString *out = g_string_new (NULL);

  for (gsize done = 0; done < size && error == NULL;)
    {
      gsize n = step == 0 ? size : MIN (size - done, step % 7 + 1);

      step = step == 0 ? 0 : step * 5 + 3;
      g_assert_true (tl_ftp_reply_parser_feed (parser, data + done, n, &error) == (error == NULL));
      drain (parser, out, lines);
      done += n;
    }
  if (error == NULL)
    tl_ftp_reply_parser_finish (parser, &error);
  drain (parser, out, lines);
  if (error != NULL)
    g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);
  g_assert_cmpuint (lines->len, <=, 2 * size + 2);
  g_string_append (out, error != NULL ? error->message : "");
  g_string_append_len (out, lines->str, (gssize) lines->len);
  return g_string_free (out, FALSE);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *whole = NULL;
  g_autofree char *pieces = NULL;

  if (size < 1)
    return 0;
  /* As many as are never popped in between are an error in one feed alone. */
  if (size > TL_FTP_REPLY_MAX_WAITING * 3)
    return 0;

  whole = run (data + 1, size - 1, 0);
  pieces = run (data + 1, size - 1, data[0] | 1);
  g_assert_cmpstr (whole, ==, pieces);
  return 0;
}
