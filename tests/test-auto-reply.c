/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Automatic answers: modes, templates byte for byte, rules, links, storing, and the loop guard. */
#include "tl-auto-reply.h"

#include <string.h>

#define BYTES(s) (s), sizeof (s) - 1

static const TlReplyContext context = {
  .peer = "1.2.3.4:80",
  .host = "1.2.3.4",
  .port = 80,
  .time = G_GINT64_CONSTANT (1767225599987654),
  .count = 7,
};

static void
assert_reply (TlAutoReply *reply,
              const char  *message,
              gsize        length,
              const char  *expected,
              gsize        n_expected)
{
  g_autoptr (GBytes) answer = tl_auto_reply_make (reply, (const guint8 *) message, length, &context);

  if (expected == NULL)
    {
      g_assert_null (answer);
      return;
    }

  g_assert_nonnull (answer);
  g_assert_cmpmem (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), expected, n_expected);
}

static char *
dup_error (gpointer object)
{
  char *error;

  g_object_get (object, "error", &error, NULL);
  return error;
}

static const struct {
  const char *text;
  TlCharset   charset;
  const char *message;
  gsize       length;
  const char *expected;
  gsize       n_expected;
} template_cases[] = {
  { "{text}", TL_CHARSET_UTF_8, BYTES ("a\0b\xff\r\n"), BYTES ("a\0b\xff\r\n") },
  { "<{text}>", TL_CHARSET_UTF_8, BYTES (""), BYTES ("<>") },
  { "{text}", TL_CHARSET_UTF_8, BYTES (""), BYTES ("") },
  { "Received msg: {text} from {peer}", TL_CHARSET_UTF_8, BYTES ("你好"), BYTES ("Received msg: 你好 from 1.2.3.4:80") },
  { "{hex}|{length}|{count}", TL_CHARSET_UTF_8, BYTES ("\0\xab"), BYTES ("00 AB|2|7") },
  { "{host} {port}", TL_CHARSET_UTF_8, BYTES ("x"), BYTES ("1.2.3.4 80") },
  { "{{{text}}} {{text}}", TL_CHARSET_UTF_8, BYTES ("x"), BYTES ("{x} {text}") },
  { "\\x00{text}\\r\\n\\0", TL_CHARSET_UTF_8, BYTES ("x"), BYTES ("\0x\r\n\0") },
  { "\\u{4F60}{text}\\u{597D}", TL_CHARSET_UTF_8, BYTES ("-"), BYTES ("你-好") },
  { "\\u{4F60}{text}好", TL_CHARSET_GBK, BYTES ("\xff"), BYTES ("\xc4\xe3\xff\xba\xc3") },
  { "a{length}", TL_CHARSET_UTF_16LE, BYTES ("x"), BYTES ("a\0" "1\0") },
  { "\\\\{text}\\\\", TL_CHARSET_UTF_8, BYTES ("x"), BYTES ("\\x\\") },
  { "fixed", TL_CHARSET_UTF_8, BYTES ("x"), BYTES ("fixed") },
  { "", TL_CHARSET_UTF_8, BYTES ("x"), NULL, 0 },
};

static void
test_templates (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (template_cases); i++)
    {
      g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();
      g_autofree char *error = NULL;

      g_test_message ("%s", template_cases[i].text);
      g_object_set (reply, "mode", TL_REPLY_TEMPLATE, "charset", template_cases[i].charset, "text", template_cases[i].text, NULL);
      error = dup_error (reply);
      g_assert_null (error);
      assert_reply (reply, template_cases[i].message, template_cases[i].length,
                    template_cases[i].expected, template_cases[i].n_expected);
    }
}

static void
test_time (void)
{
  g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (context.time / G_USEC_PER_SEC);
  g_autofree char *expected = g_date_time_format (time, "%Y-%m-%d %H:%M:%S.987");

  tl_auto_reply_set_from_link (reply, "{time}");
  assert_reply (reply, BYTES ("x"), expected, strlen (expected));
}

static const struct {
  const char *text;
  const char *part;
} bad_templates[] = {
  { "a {wrong}", "“{wrong}” at position 3 is not a field" },
  { "{", "“{” at position 1 is not closed" },
  { "你{text", "position 2 is not closed" },
  { "{}", "“{}”" },
  { "{ text }", "“{ text }”" },
  { "{TEXT}", "“{TEXT}”" },
  { "}", "“}” at position 1" },
  { "{text}}", "“}” at position 7" },
  { "{\"a\": 1}", "write {{" },
  { "ok \\q", "“\\q” at position 4" },
  { "{text}\\", "position 7" },
};

static void
test_bad_templates (void)
{
  g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (bad_templates); i++)
    {
      g_autofree char *error = NULL;
      g_autofree char *later = NULL;

      g_object_set (reply, "mode", TL_REPLY_TEMPLATE, "text", bad_templates[i].text, NULL);
      error = dup_error (reply);
      g_test_message ("%s: %s", bad_templates[i].text, error);
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error, bad_templates[i].part));
      assert_reply (reply, BYTES ("x"), NULL, 0);

      g_object_set (reply, "text", "good", NULL);
      later = dup_error (reply);
      g_assert_null (later);
      assert_reply (reply, BYTES ("x"), BYTES ("good"));
    }
}

static void
test_modes (void)
{
  g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();
  g_autofree char *error = NULL;

  g_assert_cmpint (tl_auto_reply_get_mode (reply), ==, TL_REPLY_OFF);
  assert_reply (reply, BYTES ("x"), NULL, 0);

  g_object_set (reply, "mode", TL_REPLY_ECHO, NULL);
  assert_reply (reply, BYTES ("a\0\xff"), BYTES ("a\0\xff"));
  assert_reply (reply, BYTES (""), BYTES (""));

  g_object_set (reply, "mode", TL_REPLY_TEXT, "text", "{text}\\x00", NULL);
  assert_reply (reply, BYTES ("x"), BYTES ("{text}\0"));
  g_object_set (reply, "text", "", NULL);
  assert_reply (reply, BYTES ("x"), NULL, 0);

  g_object_set (reply, "text", "你", "charset", TL_CHARSET_ISO_8859_1, NULL);
  error = dup_error (reply);
  g_assert_nonnull (strstr (error, "ISO-8859-1"));
  assert_reply (reply, BYTES ("x"), NULL, 0);

  g_object_set (reply, "delay", 1500, NULL);
  g_assert_cmpuint (tl_auto_reply_get_delay (reply), ==, 1500);
}

static void
test_maximum (void)
{
  g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();
  gsize length = TL_AUTO_REPLY_MAX / 3;
  g_autofree char *message = g_malloc0 (length);
  g_autoptr (GBytes) answer = NULL;

  tl_auto_reply_set_from_link (reply, "{text}{text}{text}");
  answer = tl_auto_reply_make (reply, (const guint8 *) message, length, &context);
  g_assert_cmpuint (g_bytes_get_size (answer), ==, 3 * length);

  tl_auto_reply_set_from_link (reply, "{text}{text}{text}{text}");
  assert_reply (reply, message, length, NULL, 0);
  tl_auto_reply_set_from_link (reply, "{hex}{hex}");
  assert_reply (reply, message, length, NULL, 0);
}

static const struct {
  TlMatchKind match;
  const char *pattern;
  TlCharset   charset;
  const char *message;
  gsize       length;
  gboolean    matches;
} match_cases[] = {
  { TL_MATCH_CONTAINS, "b\\0c", TL_CHARSET_UTF_8, BYTES ("ab\0cd"), TRUE },
  { TL_MATCH_CONTAINS, "bc", TL_CHARSET_UTF_8, BYTES ("ab\0cd"), FALSE },
  { TL_MATCH_CONTAINS, "你", TL_CHARSET_GBK, BYTES ("x\xc4\xe3"), TRUE },
  { TL_MATCH_CONTAINS, "你", TL_CHARSET_UTF_8, BYTES ("x\xc4\xe3"), FALSE },
  { TL_MATCH_CONTAINS, "A", TL_CHARSET_UTF_8, BYTES ("a"), FALSE },
  { TL_MATCH_EQUALS, "ping", TL_CHARSET_UTF_8, BYTES ("ping"), TRUE },
  { TL_MATCH_EQUALS, "ping", TL_CHARSET_UTF_8, BYTES ("ping\n"), FALSE },
  { TL_MATCH_EQUALS, "ping\\n", TL_CHARSET_UTF_8, BYTES ("ping\n"), TRUE },
  { TL_MATCH_EQUALS, "", TL_CHARSET_UTF_8, BYTES (""), TRUE },
  { TL_MATCH_EQUALS, "", TL_CHARSET_UTF_8, BYTES ("x"), FALSE },
  { TL_MATCH_STARTS_WITH, "AT+", TL_CHARSET_UTF_8, BYTES ("AT+GMR\r\n"), TRUE },
  { TL_MATCH_STARTS_WITH, "AT+", TL_CHARSET_UTF_8, BYTES ("xAT+"), FALSE },
  { TL_MATCH_STARTS_WITH, "AT+", TL_CHARSET_UTF_8, BYTES ("AT"), FALSE },
  { TL_MATCH_REGEX, "^p.ng\\s*$", TL_CHARSET_UTF_8, BYTES ("ping\r\n"), TRUE },
  { TL_MATCH_REGEX, "^p.ng$", TL_CHARSET_UTF_8, BYTES ("xping"), FALSE },
  { TL_MATCH_REGEX, "^你.$", TL_CHARSET_UTF_8, BYTES ("你好"), TRUE },
  { TL_MATCH_REGEX, "^你.$", TL_CHARSET_GBK, BYTES ("\xc4\xe3\xba\xc3"), TRUE },
  { TL_MATCH_REGEX, "^a.b$", TL_CHARSET_UTF_8, BYTES ("a\0b"), TRUE },
  { TL_MATCH_REGEX, "\\xff$", TL_CHARSET_UTF_8, BYTES ("a\xff"), TRUE },
  { TL_MATCH_REGEX, "^..$", TL_CHARSET_UTF_8, BYTES ("\xe4\xbd"), TRUE },
  { TL_MATCH_REGEX, "^a$", TL_CHARSET_UTF_16LE, BYTES ("a\0"), TRUE },
  { TL_MATCH_REGEX, "^$", TL_CHARSET_UTF_8, BYTES (""), TRUE },
  { TL_MATCH_REGEX, "(?i)PING", TL_CHARSET_UTF_8, BYTES ("ping"), TRUE },
  { TL_MATCH_HEX_PREFIX, "01 03", TL_CHARSET_UTF_8, BYTES ("\1\3\0"), TRUE },
  { TL_MATCH_HEX_PREFIX, "0x01,0x03", TL_CHARSET_UTF_8, BYTES ("\1\3"), TRUE },
  { TL_MATCH_HEX_PREFIX, "0103", TL_CHARSET_UTF_8, BYTES ("\1"), FALSE },
  { TL_MATCH_HEX_PREFIX, "0103", TL_CHARSET_UTF_8, BYTES ("\1\4\3"), FALSE },
  { TL_MATCH_ANY, "", TL_CHARSET_UTF_8, BYTES (""), TRUE },
  { TL_MATCH_ANY, "unused \\", TL_CHARSET_UTF_8, BYTES ("\0"), TRUE },
};

static void
test_matches (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (match_cases); i++)
    {
      g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();
      g_autoptr (TlReplyRule) rule = tl_reply_rule_new (match_cases[i].match, match_cases[i].pattern, "\\x01");
      g_autofree char *error = dup_error (rule);

      g_test_message ("case %" G_GSIZE_FORMAT ": %s", i, match_cases[i].pattern);
      g_assert_null (error);
      g_list_store_append (tl_auto_reply_get_rules (reply), rule);
      g_object_set (reply, "mode", TL_REPLY_RULES, "charset", match_cases[i].charset, NULL);
      assert_reply (reply, match_cases[i].message, match_cases[i].length, match_cases[i].matches ? "\1" : NULL, 1);
    }
}

static void
add_rule (TlAutoReply *reply,
          TlMatchKind  match,
          const char  *pattern,
          const char  *answer)
{
  g_autoptr (TlReplyRule) rule = tl_reply_rule_new (match, pattern, answer);

  g_list_store_append (tl_auto_reply_get_rules (reply), rule);
}

static void
test_first_match (void)
{
  g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();
  g_autoptr (TlReplyRule) first = NULL;

  add_rule (reply, TL_MATCH_EQUALS, "ping", "pong");
  add_rule (reply, TL_MATCH_CONTAINS, "p", "has p: {text}");
  add_rule (reply, TL_MATCH_EQUALS, "up", "never");
  assert_reply (reply, BYTES ("ping"), NULL, 0);
  g_object_set (reply, "mode", TL_REPLY_RULES, NULL);

  assert_reply (reply, BYTES ("ping"), BYTES ("pong"));
  assert_reply (reply, BYTES ("up"), BYTES ("has p: up"));
  assert_reply (reply, BYTES ("x"), NULL, 0);

  /* Changes of the list, and of a rule in it, count at once. */
  add_rule (reply, TL_MATCH_ANY, "", "else");
  assert_reply (reply, BYTES ("x"), BYTES ("else"));
  first = g_list_model_get_item (G_LIST_MODEL (tl_auto_reply_get_rules (reply)), 0);
  g_object_set (first, "reply", "PONG", NULL);
  assert_reply (reply, BYTES ("ping"), BYTES ("PONG"));
  g_list_store_remove (tl_auto_reply_get_rules (reply), 0);
  assert_reply (reply, BYTES ("ping"), BYTES ("has p: ping"));
  g_object_set (first, "reply", "{bad", NULL);
  assert_reply (reply, BYTES ("ping"), BYTES ("has p: ping"));
}

static const struct {
  TlMatchKind match;
  const char *pattern;
  const char *reply;
  const char *part;
} bad_rules[] = {
  { TL_MATCH_REGEX, "a(b", "x", "is not a regular expression" },
  { TL_MATCH_REGEX, "*", "x", "is not a regular expression" },
  { TL_MATCH_REGEX, "", "x", "empty" },
  { TL_MATCH_CONTAINS, "", "x", "empty" },
  { TL_MATCH_STARTS_WITH, "", "x", "empty" },
  { TL_MATCH_HEX_PREFIX, "", "x", "empty" },
  { TL_MATCH_HEX_PREFIX, "0", "x", "odd number" },
  { TL_MATCH_HEX_PREFIX, "0g", "x", "“g”" },
  { TL_MATCH_CONTAINS, "\\q", "x", "“\\q”" },
  { TL_MATCH_ANY, "", "{what}", "“{what}”" },
};

static void
test_bad_rules (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_rules); i++)
    {
      g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();
      g_autoptr (TlReplyRule) rule = tl_reply_rule_new (bad_rules[i].match, bad_rules[i].pattern, bad_rules[i].reply);
      g_autofree char *error = dup_error (rule);
      g_autofree char *list_error = NULL;

      g_assert_nonnull (error);
      g_test_message ("%s", error);
      g_assert_nonnull (strstr (error, bad_rules[i].part));

      add_rule (reply, TL_MATCH_EQUALS, "other", "other");
      g_list_store_append (tl_auto_reply_get_rules (reply), rule);
      add_rule (reply, TL_MATCH_ANY, "", "good");
      g_object_set (reply, "mode", TL_REPLY_RULES, NULL);
      list_error = dup_error (reply);
      g_assert_true (g_str_has_prefix (list_error, "Rule 2"));
      assert_reply (reply, BYTES ("abq{what}"), BYTES ("good"));

      g_clear_pointer (&error, g_free);
      g_clear_pointer (&list_error, g_free);
      g_object_set (rule, "match", TL_MATCH_EQUALS, "pattern", "mine", "reply", "fine", NULL);
      error = dup_error (rule);
      list_error = dup_error (reply);
      g_assert_null (error);
      g_assert_null (list_error);
      assert_reply (reply, BYTES ("mine"), BYTES ("fine"));
    }
}

/* Would take longer than the world stands if it were let. */
static void
test_regex_limit (void)
{
  g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();
  g_autofree char *message = g_strnfill (5000, 'a');
  gint64 start;

  add_rule (reply, TL_MATCH_REGEX, "^(a+)+b$", "x");
  g_object_set (reply, "mode", TL_REPLY_RULES, NULL);
  start = g_get_monotonic_time ();
  assert_reply (reply, message, 5000, NULL, 0);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

static const struct {
  const char *link;
  TlReplyMode mode;
  const char *text;
  const char *back;
} link_cases[] = {
  { "", TL_REPLY_OFF, "", NULL },
  { "@off", TL_REPLY_OFF, "", NULL },
  { "@echo", TL_REPLY_ECHO, "", "@echo" },
  { "@text:", TL_REPLY_TEXT, "", "@text:" },
  { "@text:{a}\\n", TL_REPLY_TEXT, "{a}\\n", "@text:{a}\\n" },
  { "hello", TL_REPLY_TEMPLATE, "hello", "hello" },
  { "{text}@echo", TL_REPLY_TEMPLATE, "{text}@echo", "{text}@echo" },
  { "@home", TL_REPLY_TEMPLATE, "@home", "@home" },
  { "@echoes", TL_REPLY_TEMPLATE, "@echoes", "@echoes" },
  { "收到 {text}", TL_REPLY_TEMPLATE, "收到 {text}", "收到 {text}" },
};

static void
test_links (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (link_cases); i++)
    {
      g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();
      g_autofree char *text = NULL;
      g_autofree char *back = NULL;

      tl_auto_reply_set_from_link (reply, link_cases[i].link);
      g_object_get (reply, "text", &text, NULL);
      back = tl_auto_reply_to_link (reply);
      g_assert_cmpint (tl_auto_reply_get_mode (reply), ==, link_cases[i].mode);
      g_assert_cmpstr (text, ==, link_cases[i].text);
      g_assert_cmpstr (back, ==, link_cases[i].back);
    }
}

static void
test_link_words (void)
{
  static const char * const words[] = { "@off", "@echo", "@text:x" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();
      g_autoptr (TlAutoReply) other = tl_auto_reply_new ();
      g_autofree char *link = NULL;

      g_object_set (reply, "mode", TL_REPLY_TEMPLATE, "text", words[i], NULL);
      link = tl_auto_reply_to_link (reply);
      tl_auto_reply_set_from_link (other, link);
      assert_reply (other, BYTES (""), words[i], strlen (words[i]));
    }
}

static guint64
get_hits (TlAutoReply *reply,
          guint        position)
{
  g_autoptr (TlReplyRule) rule = g_list_model_get_item (G_LIST_MODEL (tl_auto_reply_get_rules (reply)), position);

  return tl_reply_rule_get_hits (rule);
}

/* What groups caught, in the bytes of the message; counted, but not when it is only looked at. */
static void
test_captures (void)
{
  g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();
  g_autoptr (TlReplyRule) rule = NULL;
  const TlReplyContext trial = { .peer = "p", .host = "h", .port = 1, .time = 0, .count = 1 };

  add_rule (reply, TL_MATCH_REGEX, "^SET (?<what>\\w+)=(.*)$", "{what}:{2} {counter}");
  add_rule (reply, TL_MATCH_ANY, "", "{\"unknown\":1}");
  g_object_set (reply, "mode", TL_REPLY_RULES, NULL);
  assert_reply (reply, BYTES ("SET a=你"), BYTES ("a:你 1"));
  assert_reply (reply, BYTES ("SET b=\xff\xfe"), BYTES ("b:\xff\xfe 2"));
  g_assert_cmpuint (get_hits (reply, 0), ==, 2);
  g_bytes_unref (tl_auto_reply_try (reply, (const guint8 *) "SET a=1", 7, &trial));
  g_assert_cmpuint (get_hits (reply, 0), ==, 2);
  assert_reply (reply, BYTES ("GET"), BYTES ("{\"unknown\":1}"));
  g_assert_cmpuint (get_hits (reply, 1), ==, 1);

  rule = g_list_model_get_item (G_LIST_MODEL (tl_auto_reply_get_rules (reply)), 0);
  tl_reply_rule_reset_hits (rule);
  g_object_set (reply, "charset", TL_CHARSET_GBK, NULL);
  assert_reply (reply, BYTES ("SET a=\xc4\xe3"), BYTES ("a:\xc4\xe3 1"));

  /* Off: the next one that fits answers. */
  g_object_set (rule, "enabled", FALSE, NULL);
  assert_reply (reply, BYTES ("SET a=1"), BYTES ("{\"unknown\":1}"));
  g_object_set (rule, "enabled", TRUE, "reply", "{3}", NULL);
  {
    g_autofree char *error = NULL;

    g_object_get (rule, "error", &error, NULL);
    g_assert_nonnull (strstr (error, "fewer groups"));
  }
}

/* The answer of a rule has all that the composer has. */
static void
test_rule_payload (void)
{
  g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();
  g_autoptr (TlAutoReply) other = tl_auto_reply_new ();
  g_autoptr (TlReplyRule) rule = NULL;
  g_autoptr (GVariant) variant = NULL;
  const TlPayload hex = { TL_PAYLOAD_HEX, TL_CHARSET_UTF_8, TL_LINE_ENDING_NONE, TL_CHECKSUM_SUM8, TRUE };
  const TlPayload plain = { TL_PAYLOAD_TEXT, TL_CHARSET_UTF_8, TL_LINE_ENDING_CRLF };

  add_rule (reply, TL_MATCH_CONTAINS, "h", "01 02{length}");
  add_rule (reply, TL_MATCH_ANY, "", "\\n {text}");
  rule = g_list_model_get_item (G_LIST_MODEL (tl_auto_reply_get_rules (reply)), 0);
  g_object_set (rule, "payload", &hex, NULL);
  g_clear_object (&rule);
  rule = g_list_model_get_item (G_LIST_MODEL (tl_auto_reply_get_rules (reply)), 1);
  g_object_set (rule, "payload", &plain, "enabled", FALSE, NULL);
  g_object_set (reply, "mode", TL_REPLY_RULES, NULL);
  assert_reply (reply, BYTES ("h"), BYTES ("\x01\x02\0\0\0\x01\x04"));

  variant = tl_auto_reply_serialize (reply);
  tl_auto_reply_restore (other, variant);
  assert_reply (other, BYTES ("h"), BYTES ("\x01\x02\0\0\0\x01\x04"));
  g_clear_object (&rule);
  rule = g_list_model_get_item (G_LIST_MODEL (tl_auto_reply_get_rules (other)), 1);
  g_assert_false (tl_reply_rule_get_enabled (rule));
  g_object_set (rule, "enabled", TRUE, NULL);
  assert_reply (other, BYTES ("x"), BYTES ("\\n {text}\r\n"));
}

/* Rules that an earlier version kept: their answers were templates, with both braces doubled. */
static void
test_migrate (void)
{
  g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();
  g_autoptr (GVariant) old = g_variant_ref_sink (g_variant_new_parsed (
    "('rules', '', 'UTF-8', uint32 0, [('starts-with', 'a', '{{{text}}} \\\\u{41}}} {{}} }}'), ('any', '', '\\\\\\\\}}')])"));

  tl_auto_reply_restore (reply, old);
  g_assert_cmpint (tl_auto_reply_get_mode (reply), ==, TL_REPLY_RULES);
  assert_reply (reply, BYTES ("a"), BYTES ("{a} A} {} }"));
  assert_reply (reply, BYTES ("x"), BYTES ("\\}"));
}

static void
test_serialize (void)
{
  g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();
  g_autoptr (TlAutoReply) other = tl_auto_reply_new ();
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GVariant) again = NULL;
  g_autoptr (GVariant) wrong = g_variant_ref_sink (g_variant_new ("(ss)", "a", "b"));
  g_autoptr (GVariant) odd = g_variant_ref_sink (g_variant_new_parsed ("('later', 't', 'KOI8-R', uint32 99999999, [('so', 'p', 'r')])"));

  add_rule (reply, TL_MATCH_REGEX, "^a", "{text}");
  add_rule (reply, TL_MATCH_HEX_PREFIX, "0x00", "零\\0");
  g_object_set (reply, "mode", TL_REPLY_RULES, "text", "kept", "charset", TL_CHARSET_GBK, "delay", 250, NULL);
  variant = tl_auto_reply_serialize (reply);
  g_assert_false (g_variant_is_floating (variant));

  add_rule (other, TL_MATCH_ANY, "", "replaced");
  tl_auto_reply_restore (other, variant);
  again = tl_auto_reply_serialize (other);
  g_assert_cmpvariant (variant, again);
  assert_reply (other, BYTES ("\0"), BYTES ("\xc1\xe3\0"));
  assert_reply (other, BYTES ("abc"), BYTES ("abc"));

  tl_auto_reply_restore (other, wrong);
  assert_reply (other, BYTES ("abc"), BYTES ("abc"));
  tl_auto_reply_restore (other, odd);
  g_assert_cmpint (tl_auto_reply_get_mode (other), ==, TL_REPLY_OFF);
  g_assert_cmpuint (tl_auto_reply_get_delay (other), ==, TL_AUTO_REPLY_MAX_DELAY);
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
test_notify (void)
{
  g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();
  guint n_text = 0, n_error = 0;

  g_signal_connect_swapped (reply, "notify::text", G_CALLBACK (count_cb), &n_text);
  g_signal_connect_swapped (reply, "notify::error", G_CALLBACK (count_cb), &n_error);
  g_object_set (reply, "mode", TL_REPLY_TEMPLATE, "text", "{", NULL);
  g_object_set (reply, "text", "{", NULL);
  g_assert_cmpuint (n_text, ==, 1);
  g_assert_cmpuint (n_error, ==, 1);
  g_object_set (reply, "mode", TL_REPLY_ECHO, NULL);
  g_assert_cmpuint (n_error, ==, 2);
}

static void
test_finalize (void)
{
  TlAutoReply *reply = tl_auto_reply_new ();
  g_autoptr (TlReplyRule) rule = tl_reply_rule_new (TL_MATCH_ANY, "", "x");
  g_autoptr (GListStore) rules = g_object_ref (tl_auto_reply_get_rules (reply));

  g_list_store_append (rules, rule);
  g_assert_finalize_object (reply);
  /* Both may live longer than what listened to them. */
  g_object_set (rule, "reply", "y", NULL);
  g_list_store_remove_all (rules);
  g_assert_finalize_object (g_steal_pointer (&rules));
  g_assert_finalize_object (g_steal_pointer (&rule));
}

static void
test_loop_guard (void)
{
  TlLoopGuard guard;
  gint64 now = 1000000;
  gboolean just_tripped = TRUE;
  guint taken = 0, tripped = 0;

  tl_loop_guard_init (&guard);
  for (guint i = 0; i < TL_LOOP_GUARD_BURST; i++)
    {
      g_assert_true (tl_loop_guard_take (&guard, now, &just_tripped));
      g_assert_false (just_tripped);
    }
  g_assert_false (tl_loop_guard_take (&guard, now, &just_tripped));
  g_assert_true (just_tripped);
  g_assert_false (tl_loop_guard_take (&guard, now, &just_tripped));
  g_assert_false (just_tripped);

  /* A loop of ten answers a millisecond for two seconds: only the rate gets through, and it is told no more. */
  for (guint i = 0; i < 20000; i++)
    {
      now += 100;
      taken += tl_loop_guard_take (&guard, now, &just_tripped);
      tripped += just_tripped;
    }
  g_assert_cmpuint (taken, >=, 2 * TL_LOOP_GUARD_RATE - 1);
  g_assert_cmpuint (taken, <=, 2 * TL_LOOP_GUARD_RATE + 1);
  g_assert_cmpuint (tripped, ==, 0);

  /* After a pause it is a new matter. */
  now += 60 * G_USEC_PER_SEC;
  for (taken = 0; tl_loop_guard_take (&guard, now, &just_tripped); taken++)
    g_assert_false (just_tripped);
  g_assert_cmpuint (taken, ==, TL_LOOP_GUARD_BURST);
  g_assert_true (just_tripped);
  g_assert_false (tl_loop_guard_take (&guard, now - 5, &just_tripped));
}

/* A conversation at a human pace is never held up. */
static void
test_loop_guard_quiet (void)
{
  TlLoopGuard guard;
  gboolean just_tripped;

  tl_loop_guard_init (&guard);
  for (gint64 i = 1; i < 100000; i++)
    {
      g_assert_true (tl_loop_guard_take (&guard, i * G_USEC_PER_SEC / TL_LOOP_GUARD_RATE, &just_tripped));
      g_assert_false (just_tripped);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auto-reply/modes", test_modes);
  g_test_add_func ("/auto-reply/templates", test_templates);
  g_test_add_func ("/auto-reply/time", test_time);
  g_test_add_func ("/auto-reply/bad-templates", test_bad_templates);
  g_test_add_func ("/auto-reply/maximum", test_maximum);
  g_test_add_func ("/auto-reply/matches", test_matches);
  g_test_add_func ("/auto-reply/first-match", test_first_match);
  g_test_add_func ("/auto-reply/bad-rules", test_bad_rules);
  g_test_add_func ("/auto-reply/regex-limit", test_regex_limit);
  g_test_add_func ("/auto-reply/links", test_links);
  g_test_add_func ("/auto-reply/link-words", test_link_words);
  g_test_add_func ("/auto-reply/captures", test_captures);
  g_test_add_func ("/auto-reply/rule-payload", test_rule_payload);
  g_test_add_func ("/auto-reply/migrate", test_migrate);
  g_test_add_func ("/auto-reply/serialize", test_serialize);
  g_test_add_func ("/auto-reply/notify", test_notify);
  g_test_add_func ("/auto-reply/finalize", test_finalize);
  g_test_add_func ("/loop-guard/flood", test_loop_guard);
  g_test_add_func ("/loop-guard/quiet", test_loop_guard_quiet);

  return g_test_run ();
}
