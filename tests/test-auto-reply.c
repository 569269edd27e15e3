/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Automatic answers: modes, templates byte for byte, which rule matches. */

#include "tl-auto-reply-test.h"
#include "tl-test-wait.h"

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
  start = test_get_used ();
  assert_reply (reply, message, 5000, NULL, 0);
  g_assert_cmpint (test_get_used () - start, <, 5 * G_USEC_PER_SEC);
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

  return g_test_run ();
}
