/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tl_message_source_decode(): rows read as they stand in their stream. */

#include "tl-message-log.h"
#include "tl-log-test.h"

#include <string.h>

typedef struct {
  TlMessageLog *log;
  TlMessageSource *source;
  guint32 a;
  guint32 b;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer unused)
{
  fixture->log = tl_message_log_new ();
  fixture->source = TL_MESSAGE_SOURCE (fixture->log);
  fixture->a = tl_message_log_add_peer (fixture->log, "a");
  fixture->b = tl_message_log_add_peer (fixture->log, "b");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer unused)
{
  g_assert_finalize_object (fixture->log);
}

static void
receive (Fixture    *fixture,
         guint32     peer,
         const void *data,
         gsize       length)
{
  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 1, peer, data, length);
}

static void
assert_text (Fixture    *fixture,
             guint       position,
             TlCharset   charset,
             const char *expected)
{
  g_autofree char *text = tl_message_source_decode (fixture->source, position, charset, FALSE, 0);

  g_assert_cmpstr (text, ==, expected);
}

/* "通路" cut at every place, while another peer says the same cut elsewhere. */
static void
test_split (Fixture      *fixture,
            gconstpointer unused)
{
  static const TlCharset charsets[] = {
    TL_CHARSET_UTF_8, TL_CHARSET_GB18030, TL_CHARSET_GBK, TL_CHARSET_BIG5, TL_CHARSET_SHIFT_JIS,
    TL_CHARSET_UTF_16LE, TL_CHARSET_UTF_16BE,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      const char *text = charsets[i] == TL_CHARSET_GB18030 ? "通路😀" : "通路";
      g_autoptr (GBytes) encoded = tl_charset_encode (charsets[i], text, -1, NULL);
      gsize length;
      const guint8 *data = g_bytes_get_data (encoded, &length);

      for (gsize cut = 1; cut < length; cut++)
        {
          g_autofree char *one = NULL;
          g_autofree char *two = NULL;
          g_autofree char *other = NULL;
          g_autofree char *whole = NULL;

          tl_message_log_clear (fixture->log);
          tl_message_log_begin_stream (fixture->log, fixture->a);
          tl_message_log_begin_stream (fixture->log, fixture->b);
          receive (fixture, fixture->a, data, cut);
          receive (fixture, fixture->b, data, length - cut);
          tl_message_log_append_text (fixture->log, TL_MESSAGE_EVENT, fixture->a, "between");
          tl_message_log_append (fixture->log, TL_MESSAGE_SENT, 1, fixture->a, "\xff", 1);
          receive (fixture, fixture->a, data + cut, length - cut);
          receive (fixture, fixture->b, data + length - cut, cut);
          tl_message_log_flush (fixture->log);

          one = tl_message_source_decode (fixture->source, 0, charsets[i], FALSE, 0);
          two = tl_message_source_decode (fixture->source, 4, charsets[i], FALSE, 0);
          whole = g_strconcat (one, two, NULL);
          g_assert_cmpstr (whole, ==, text);
          other = tl_message_source_decode (fixture->source, 5, charsets[i], FALSE, 0);
          g_assert_true (g_str_has_suffix (text, other));
          assert_text (fixture, 2, charsets[i], "between");
        }
    }
}

static void
test_single_bytes (Fixture      *fixture,
                   gconstpointer unused)
{
  static const TlCharset charsets[] = { TL_CHARSET_UTF_8, TL_CHARSET_GB18030, TL_CHARSET_UTF_16BE, TL_CHARSET_EUC_KR };
  static const char *const texts[] = { "a通😀路b", "a通😀路b", "a通😀路b", "a통로b" };

  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      g_autoptr (GBytes) encoded = tl_charset_encode (charsets[i], texts[i], -1, NULL);
      g_autoptr (GString) joined = g_string_new (NULL);
      gsize length;
      const guint8 *data = g_bytes_get_data (encoded, &length);

      tl_message_log_clear (fixture->log);
      tl_message_log_begin_stream (fixture->log, fixture->a);
      for (gsize j = 0; j < length; j++)
        receive (fixture, fixture->a, data + j, 1);
      tl_message_log_flush (fixture->log);
      for (gsize j = 0; j < length; j++)
        {
          g_autofree char *text = tl_message_source_decode (fixture->source, j, charsets[i], FALSE, 0);

          g_string_append (joined, text);
        }
      g_assert_cmpstr (joined->str, ==, texts[i]);
    }
}

static void
test_dangling (Fixture      *fixture,
               gconstpointer unused)
{
  g_autoptr (TlMessage) message = NULL;

  receive (fixture, fixture->a, "x\xe9\x80", 3);
  tl_message_log_flush (fixture->log);
  message = g_list_model_get_item (G_LIST_MODEL (fixture->log), 0);

  /* Nothing follows: what is there is shown. */
  assert_text (fixture, 0, TL_CHARSET_UTF_8, "x\\xE9\\x80");
  g_assert_false (tl_message_get_continued (message));

  /* Appended but not visible yet: the row still stands. */
  receive (fixture, fixture->a, "\x9ay", 2);
  assert_text (fixture, 0, TL_CHARSET_UTF_8, "x\\xE9\\x80");

  tl_message_log_flush (fixture->log);
  g_assert_true (tl_message_get_continued (message));
  assert_text (fixture, 0, TL_CHARSET_UTF_8, "x");
  assert_text (fixture, 1, TL_CHARSET_UTF_8, "通y");
}

/* Bytes that turn out to be no character are seen once, in the row that proved it. */
static void
test_broken_promise (Fixture      *fixture,
                     gconstpointer unused)
{
  receive (fixture, fixture->a, "x\xe9\x80", 3);
  receive (fixture, fixture->a, "y", 1);
  tl_message_log_flush (fixture->log);
  assert_text (fixture, 0, TL_CHARSET_UTF_8, "x");
  assert_text (fixture, 1, TL_CHARSET_UTF_8, "\\xE9\\x80y");
}

static void
test_datagrams (Fixture      *fixture,
                gconstpointer unused)
{
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  receive (fixture, fixture->a, "\xe9\x80", 2);
  receive (fixture, fixture->a, "\x9a", 1);
  tl_message_log_flush (fixture->log);
  one = tl_message_source_decode (fixture->source, 0, TL_CHARSET_UTF_8, TRUE, 0);
  two = tl_message_source_decode (fixture->source, 1, TL_CHARSET_UTF_8, TRUE, 0);
  g_assert_cmpstr (one, ==, "\\xE9\\x80");
  g_assert_cmpstr (two, ==, "\\x9A");
}

static void
test_max_bytes (Fixture      *fixture,
                gconstpointer unused)
{
  static const struct {
    gsize max_bytes;
    const char *text;
  } cases[] = { { 0, "a\xe9\x80\x9a" "b" }, { 1, "a" }, { 3, "a" }, { 4, "a\xe9\x80\x9a" }, { 5, "a\xe9\x80\x9a" "b" }, { 9, "a\xe9\x80\x9a" "b" } };
  g_autofree char *past = NULL;

  receive (fixture, fixture->a, "a\xe9\x80\x9a" "b", 5);
  tl_message_log_flush (fixture->log);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gboolean is_datagram = FALSE; is_datagram <= TRUE; is_datagram++)
      {
        g_autofree char *text =
          tl_message_source_decode (fixture->source, 0, TL_CHARSET_UTF_8, is_datagram, cases[i].max_bytes);

        g_assert_cmpstr (text, ==, cases[i].text);
      }

  past = tl_message_source_decode (fixture->source, 1, TL_CHARSET_UTF_8, FALSE, 0);
  g_assert_cmpstr (past, ==, "");
}

/* When what came before has been trimmed, the offset still tells where UTF-16 units begin. */
static void
test_parity_after_trimming (Fixture      *fixture,
                            gconstpointer unused)
{
  g_object_set (fixture->log, "max-messages", 1, NULL);
  receive (fixture, fixture->a, "\x90\x1a\x8d", 3);
  receive (fixture, fixture->a, "\xef\x90\x1a", 3);
  tl_message_log_flush (fixture->log);
  assert_text (fixture, 0, TL_CHARSET_UTF_16BE, "\\xEF通");

  /* A new connection of the same peer begins at an even place. */
  tl_message_log_begin_stream (fixture->log, fixture->a);
  receive (fixture, fixture->a, "\x90\x1a", 2);
  tl_message_log_flush (fixture->log);
  assert_text (fixture, 0, TL_CHARSET_UTF_16BE, "通");
}

/* Without an ASCII byte to start from, a long text is looked at from the beginning of its stream. */
static void
test_long_double_byte (Fixture      *fixture,
                       gconstpointer unused)
{
  g_autoptr (GBytes) encoded = tl_charset_encode (TL_CHARSET_GBK, "通", -1, NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint position = 0;

  for (guint i = 0; i < 20000; i++)
    g_byte_array_append (bytes, g_bytes_get_data (encoded, NULL), 2);
  for (guint at = 0; at < 39999; at += 333, position++)
    receive (fixture, fixture->a, bytes->data + at, MIN (333, bytes->len - at));
  tl_message_log_flush (fixture->log);

  for (guint i = 0; i < position - 1; i++)
    {
      g_autofree char *text = tl_message_source_decode (fixture->source, i, TL_CHARSET_GBK, FALSE, 0);

      g_assert_cmpint (g_utf8_strlen (text, -1), ==, i % 2 == 0 ? 166 : 167);
      g_assert_true (g_str_has_prefix (text, "通通"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/message-source/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("split", test_split);
  ADD ("single-bytes", test_single_bytes);
  ADD ("dangling", test_dangling);
  ADD ("broken-promise", test_broken_promise);
  ADD ("datagrams", test_datagrams);
  ADD ("max-bytes", test_max_bytes);
  ADD ("parity-after-trimming", test_parity_after_trimming);
  ADD ("long-double-byte", test_long_double_byte);
#undef ADD

  return g_test_run ();
}
