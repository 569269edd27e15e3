/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Replies: what a server sends, in whatever pieces it comes; and what ends the patience with it. */

#include "tl-ftp-reply-test.h"
#include "tl-ftp-error.h"
#include "tl-test-wait.h"

typedef struct {
  const char *input;
  const char *replies; /* "code|line|line;code|line" */
} Case;

static const Case cases[] = {
  { "220 ready\r\n", "220|ready" },
  { "220 ready\n", "220|ready" },
  { "226\r\n", "226|" },
  { "226 \r\n", "226|" },
  { "220-Welcome\r\n220 ready\r\n", "220|Welcome|ready" },
  { "220-\r\n\r\n220 \r\n", "220|||" },
  /* Other codes, and its own without a blank, are text inside. */
  { "211-Features:\r\n MDTM\r\n 211 not the end\r\n220 neither\r\n2111 nor this\r\n211x\r\n211 End\r\n",
    "211|Features:| MDTM| 211 not the end|220 neither|2111 nor this|211x|End" },
  { "211-Features:\r\n211-MDTM\r\n211-SIZE\r\n211 End\r\n", "211|Features:|MDTM|SIZE|End" },
  { "230-a\r\n230-\r\n230-b\r\n230 c\r\n", "230|a||b|c" },
  /* A sloppy end. */
  { "230-a\r\n230\r\n331 x\r\n", "230|a|;331|x" },
  { "120 wait\r\n220 ready\r\n", "120|wait;220|ready" },
  { "426 aborted\r\n226 closed\r\n", "426|aborted;226|closed" },
  { "220\tready\r\n", "220|ready" },
  { "220.ready\r\n", "220|.ready" },
  { "\r\n \r\n220 ready\r\n\r\n\n331 go\r\n", "220|ready;331|go" },
  { "220 ready\r\r\n", "220|ready" },
  { "220 a\rb\r\n", "220|a\rb" },
  { "220-a\r\n\r\r\n220 b\r\n", "220|a||b" },
  { "199 x\r\n599 y\r\n", "199|x;599|y" },
};

static const struct {
  const char *input;
  gsize       length;
  const char *replies;
} telnet_cases[] = {
#define BYTES(literal) literal, sizeof (literal) - 1
  { BYTES ("\377\361220 ready\r\n"), "220|ready" },
  { BYTES ("22\377\373\0010 re\377\376\001ady\377\361\r\n"), "220|ready" },
  { BYTES ("220 \377\372\030\000ab\r\n\377\377\377\360ready\r\n"), "220|ready" },
  { BYTES ("220 a\377\377b\r\n"), "220|a\377b" },
  /* What no command follows is the letter. */
  { BYTES ("220 a\377b\r\n"), "220|a\377b" },
  { BYTES ("220 a\377\r\n"), "220|a\377" },
  { BYTES ("220 a\r\0b\r\0\r\n"), "220|a\rb" },
  { BYTES ("220 a\r\377\361\nb"), "220|a" },
#undef BYTES
};

static char *
describe (TlFtpReplyParser *parser)
{
  GString *out = g_string_new (NULL);
  TlFtpReply *reply;

  while ((reply = tl_ftp_reply_parser_pop (parser)) != NULL)
    {
      g_string_append_printf (out, "%s%d", out->len > 0 ? ";" : "", tl_ftp_reply_get_code (reply));
      for (guint i = 0; i < tl_ftp_reply_get_n_lines (reply); i++)
        {
          gsize length;
          const guint8 *line = tl_ftp_reply_get_line (reply, i, &length);

          g_string_append_c (out, '|');
          g_string_append_len (out, (const char *) line, (gssize) length);
        }
      g_assert_cmpint (tl_ftp_reply_get_class (reply), ==, tl_ftp_reply_get_code (reply) / 100);
      tl_ftp_reply_unref (reply);
    }
  return g_string_free (out, FALSE);
}

/* The same comes out however the bytes were cut. */
static void
check (const char *input,
       gsize       length,
       const char *expected)
{
  for (gsize step = 1; step <= length; step++)
    {
      g_autoptr (TlFtpReplyParser) parser = tl_ftp_reply_parser_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *replies = NULL;

      for (gsize done = 0; done < length; done += step)
        g_assert_true (tl_ftp_reply_parser_feed (parser, (const guint8 *) input + done, MIN (step, length - done), &error));
      g_assert_no_error (error);
      replies = describe (parser);
      g_assert_cmpstr (replies, ==, expected);
    }
}

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check (cases[i].input, strlen (cases[i].input), cases[i].replies);
}

static void
test_telnet (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (telnet_cases); i++)
    check (telnet_cases[i].input, telnet_cases[i].length, telnet_cases[i].replies);
}

static void
assert_refused (const guint8 *data,
                gsize         length,
                const char   *before)
{
  g_autoptr (TlFtpReplyParser) parser = tl_ftp_reply_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autofree char *replies = NULL;

  g_assert_false (tl_ftp_reply_parser_feed (parser, data, length, &error));
  g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);
  g_assert_cmpint (tl_ftp_error_get_code (error), ==, 0);

  /* Final; what was whole before it is still there. */
  g_assert_false (tl_ftp_reply_parser_feed (parser, (const guint8 *) "220 x\r\n", 7, &again));
  g_assert_error (again, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);
  g_assert_false (tl_ftp_reply_parser_finish (parser, NULL));
  replies = describe (parser);
  g_assert_cmpstr (replies, ==, before);
}

static void
test_no_ftp (void)
{
  static const char * const inputs[] = {
    "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 400 Bad Request\r\n", "22 x\r\n", "2200 x\r\n", "099 x\r\n", "600 x\r\n", " 220 x\r\n", "22a x\r\n", "+OK\r\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    assert_refused ((const guint8 *) inputs[i], strlen (inputs[i]), "");
  assert_refused ((const guint8 *) "220 a\0b\r\n", 9, "");
  assert_refused ((const guint8 *) "220 a\r\n\0", 8, "220|a");
}

static void
test_long_line (void)
{
  g_autoptr (TlFtpReplyParser) parser = tl_ftp_reply_parser_new ();
  g_autofree guint8 *line = g_malloc (TL_FTP_REPLY_MAX_LINE + 10);
  g_autoptr (GBytes) shown = NULL;
  g_autoptr (TlFtpReply) reply = NULL;
  gsize length;

  memset (line, 'x', TL_FTP_REPLY_MAX_LINE + 10);
  memcpy (line, "220 ", 4);
  line[TL_FTP_REPLY_MAX_LINE - 1] = '\n';
  g_assert_true (tl_ftp_reply_parser_feed (parser, line, TL_FTP_REPLY_MAX_LINE, NULL));
  reply = tl_ftp_reply_parser_pop (parser);
  tl_ftp_reply_get_line (reply, 0, &length);
  g_assert_cmpuint (length, ==, TL_FTP_REPLY_MAX_LINE - 5);

  line[TL_FTP_REPLY_MAX_LINE - 1] = 'x';
  assert_refused (line, TL_FTP_REPLY_MAX_LINE + 1, "");

  /* Telnet is not a way around the bound. */
  memset (line, 255, TL_FTP_REPLY_MAX_LINE + 10);
  line[1] = 250;
  assert_refused (line, TL_FTP_REPLY_MAX_LINE + 1, "");

  /* What came of it is in the transcript. */
  memset (line, 'y', TL_FTP_REPLY_MAX_LINE + 10);
  g_assert_false (tl_ftp_reply_parser_feed (parser, line, TL_FTP_REPLY_MAX_LINE + 1, NULL));
  g_bytes_unref (tl_ftp_reply_parser_pop_line (parser));
  shown = tl_ftp_reply_parser_pop_line (parser);
  g_assert_cmpuint (g_bytes_get_size (shown), ==, TL_FTP_REPLY_MAX_LINE);
}

static void
test_endless_reply (void)
{
  g_autoptr (GString) reply = g_string_new ("220-a\r\n");
  g_autoptr (TlFtpReplyParser) parser = tl_ftp_reply_parser_new ();
  g_autoptr (TlFtpReply) whole = NULL;
  g_autofree char *big = g_strnfill (60000, 'z');

  for (guint i = 2; i < TL_FTP_REPLY_MAX_LINES; i++)
    g_string_append (reply, "b\r\n");
  g_string_append (reply, "220 c\r\n");
  g_assert_true (tl_ftp_reply_parser_feed (parser, (const guint8 *) reply->str, reply->len, NULL));
  whole = tl_ftp_reply_parser_pop (parser);
  g_assert_cmpuint (tl_ftp_reply_get_n_lines (whole), ==, TL_FTP_REPLY_MAX_LINES);

  g_string_insert (reply, 7, "b\r\n");
  assert_refused ((const guint8 *) reply->str, reply->len, "");

  g_string_assign (reply, "220-a\r\n");
  while (reply->len < TL_FTP_REPLY_MAX_SIZE + 70000)
    g_string_append_printf (reply, "%s\n", big);
  assert_refused ((const guint8 *) reply->str, reply->len, "");
}

static void
test_flood (void)
{
  g_autoptr (TlFtpReplyParser) parser = tl_ftp_reply_parser_new ();
  g_autoptr (GError) error = NULL;
  guint n = 0;

  for (guint i = 0; i < TL_FTP_REPLY_MAX_WAITING; i++)
    g_assert_true (tl_ftp_reply_parser_feed (parser, (const guint8 *) "200\n", 4, NULL));
  g_assert_false (tl_ftp_reply_parser_feed (parser, (const guint8 *) "200\n", 4, &error));
  g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);
  for (TlFtpReply *reply; (reply = tl_ftp_reply_parser_pop (parser)) != NULL; n++)
    tl_ftp_reply_unref (reply);
  g_assert_cmpuint (n, ==, TL_FTP_REPLY_MAX_WAITING);
}

static void
test_blank_flood (void)
{
  g_autofree char *blanks = g_strnfill (200, '\n');

  assert_refused ((const guint8 *) blanks, 200, "");
}

static void
test_empty (void)
{
  static const char * const begun[] = { "2", "220", "220 x", "220 x\r", "220-x\r\n", "\377", "\377\373", " ", "220 x\r\n331" };

  for (gsize i = 0; i < G_N_ELEMENTS (begun); i++)
    {
      g_autoptr (TlFtpReplyParser) parser = tl_ftp_reply_parser_new ();
      g_autoptr (TlFtpReply) reply = NULL;

      g_assert_true (tl_ftp_reply_parser_is_empty (parser));
      tl_ftp_reply_parser_feed (parser, (const guint8 *) begun[i], strlen (begun[i]), NULL);
      reply = tl_ftp_reply_parser_pop (parser);
      g_assert_false (tl_ftp_reply_parser_is_empty (parser));
    }

  /* Injected behind the answer to AUTH TLS. */
  {
    g_autoptr (TlFtpReplyParser) parser = tl_ftp_reply_parser_new ();
    const char *text = "234 go\r\n230 logged in\r\n";

    tl_ftp_reply_parser_feed (parser, (const guint8 *) text, strlen (text), NULL);
    tl_ftp_reply_unref (tl_ftp_reply_parser_pop (parser));
    g_assert_false (tl_ftp_reply_parser_is_empty (parser));
    tl_ftp_reply_unref (tl_ftp_reply_parser_pop (parser));
    g_assert_true (tl_ftp_reply_parser_is_empty (parser));
  }
}

static void
test_finish (void)
{
  g_autoptr (TlFtpReplyParser) parser = tl_ftp_reply_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *replies = NULL;

  tl_ftp_reply_parser_feed (parser, (const guint8 *) "226 ok\r\n221 bye\r", 16, NULL);
  g_assert_true (tl_ftp_reply_parser_finish (parser, &error));
  g_assert_no_error (error);
  g_assert_true (tl_ftp_reply_parser_finish (parser, &error));
  replies = describe (parser);
  g_assert_cmpstr (replies, ==, "226|ok;221|bye");
}

static void
test_transcript (void)
{
  static const char input[] = "220-a\r\n\r\n\3772b\377\361\n220 c\r\nx";
  static const char * const lines[] = { "220-a", "", "\3772b", "220 c" };
  g_autoptr (TlFtpReplyParser) parser = tl_ftp_reply_parser_new ();
  g_autoptr (GBytes) none = NULL;

  tl_ftp_reply_parser_feed (parser, (const guint8 *) input, sizeof input - 1, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GBytes) line = tl_ftp_reply_parser_pop_line (parser);

      g_assert_nonnull (line);
      g_assert_cmpmem (g_bytes_get_data (line, NULL), g_bytes_get_size (line), lines[i], strlen (lines[i]));
    }
  none = tl_ftp_reply_parser_pop_line (parser);
  g_assert_null (none);
}

static void
test_text (void)
{
  static const struct { const char *input, *text; } texts[] = {
    { "220 ready", "ready" },
    { "220-a\r\n\r\n220 b", "a\n\nb" },
    { "250 目录已切换", "目录已切换" },
    /* 目录不存在 in GBK, as servers on Chinese Windows say it */
    { "550 \xc4\xbf\xc2\xbc\xb2\xbb\xb4\xe6\xd4\xda", "目录不存在" },
    { "220 a\033[31mb", "a␛[31mb" },
    { "220 a\342\200\256b", "a<U+202E>b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (TlFtpReply) reply = make_reply (texts[i].input);
      g_autofree char *text = tl_ftp_reply_dup_text (reply);

      g_assert_cmpstr (text, ==, texts[i].text);
    }
}

/* Twice the bytes are no more than about twice the work: byte by byte, a long line and many lines. */
static void
test_linear (void)
{
  gint64 took[2];

  for (guint round = 0; round < 2; round++)
    {
      gsize length = round == 0 ? 500000 : 4000000;
      g_autofree guint8 *data = g_malloc (length);
      gint64 start;
      g_autoptr (TlFtpReplyParser) parser = tl_ftp_reply_parser_new ();

      for (gsize i = 0; i < length; i++)
        data[i] = i % 1000 == 999 ? '\n' : 'x';
      memcpy (data, "220-", 4);
      start = test_get_used ();
      for (gsize i = 0; i < length; i++)
        g_assert_true (tl_ftp_reply_parser_feed (parser, data + i, 1, NULL));
      took[round] = test_get_used () - start;
    }
  g_test_message ("0.5 MB: %" G_GINT64_FORMAT " µs, 4 MB: %" G_GINT64_FORMAT " µs", took[0], took[1]);
  g_assert_cmpint (took[1], <, took[0] * 8 * 4 + 200000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ftp-reply/table", test_table);
  g_test_add_func ("/ftp-reply/telnet", test_telnet);
  g_test_add_func ("/ftp-reply/no-ftp", test_no_ftp);
  g_test_add_func ("/ftp-reply/long-line", test_long_line);
  g_test_add_func ("/ftp-reply/endless-reply", test_endless_reply);
  g_test_add_func ("/ftp-reply/flood", test_flood);
  g_test_add_func ("/ftp-reply/blank-flood", test_blank_flood);
  g_test_add_func ("/ftp-reply/empty", test_empty);
  g_test_add_func ("/ftp-reply/finish", test_finish);
  g_test_add_func ("/ftp-reply/transcript", test_transcript);
  g_test_add_func ("/ftp-reply/text", test_text);
  g_test_add_func ("/ftp-reply/linear", test_linear);

  return g_test_run ();
}
