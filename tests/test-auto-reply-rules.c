/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Automatic answers: what rules capture and send, links, storing, and the loop guard. */

#include "tl-auto-reply-test.h"

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

/* The expression gives up: counted, told once, and the next rule answers. */
static void
test_undecided (void)
{
  g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();
  g_autoptr (TlReplyRule) rule = NULL;
  g_autofree char *many = g_strnfill (60, 'x');

  add_rule (reply, TL_MATCH_CONTAINS, "q", "q");
  add_rule (reply, TL_MATCH_REGEX, "(x+x+)+[yz]", "first");
  g_object_set (reply, "mode", TL_REPLY_RULES, NULL);
  rule = g_list_model_get_item (G_LIST_MODEL (tl_auto_reply_get_rules (reply)), 1);
  assert_reply (reply, BYTES ("xxy"), BYTES ("first"));
  g_assert_cmpuint (tl_auto_reply_take_undecided (reply), ==, 0);
  g_assert_null (tl_auto_reply_try (reply, (const guint8 *) many, 60, &context));
  g_assert_cmpuint (tl_auto_reply_get_undecided (reply), ==, 2);
  g_assert_cmpuint (tl_reply_rule_get_n_undecided (rule), ==, 0);

  g_assert_null (tl_auto_reply_make (reply, (const guint8 *) many, 60, &context));
  g_assert_cmpuint (tl_auto_reply_take_undecided (reply), ==, 2);
  g_assert_null (tl_auto_reply_make (reply, (const guint8 *) many, 60, &context));
  g_assert_cmpuint (tl_auto_reply_take_undecided (reply), ==, 0);
  g_assert_cmpuint (tl_reply_rule_get_n_undecided (rule), ==, 2);

  add_rule (reply, TL_MATCH_ANY, "", "any");
  assert_reply (reply, many, 60, BYTES ("any"));
  g_assert_cmpuint (tl_auto_reply_take_undecided (reply), ==, 2);
  tl_reply_rule_reset_hits (rule);
  g_assert_cmpuint (tl_reply_rule_get_n_undecided (rule), ==, 0);
  assert_reply (reply, many, 60, BYTES ("any"));
  g_assert_cmpuint (tl_reply_rule_get_n_undecided (rule), ==, 1);
  /* Another expression has its own count. */
  g_object_set (rule, "pattern", "x{60}", NULL);
  g_assert_cmpuint (tl_reply_rule_get_n_undecided (rule), ==, 0);
  assert_reply (reply, many, 60, BYTES ("first"));
  g_assert_cmpuint (tl_auto_reply_get_undecided (reply), ==, 0);
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

  g_test_add_func ("/auto-reply/links", test_links);
  g_test_add_func ("/auto-reply/link-words", test_link_words);
  g_test_add_func ("/auto-reply/captures", test_captures);
  g_test_add_func ("/auto-reply/undecided", test_undecided);
  g_test_add_func ("/auto-reply/rule-payload", test_rule_payload);
  g_test_add_func ("/auto-reply/migrate", test_migrate);
  g_test_add_func ("/auto-reply/serialize", test_serialize);
  g_test_add_func ("/auto-reply/notify", test_notify);
  g_test_add_func ("/auto-reply/finalize", test_finalize);
  g_test_add_func ("/loop-guard/flood", test_loop_guard);
  g_test_add_func ("/loop-guard/quiet", test_loop_guard_quiet);

  return g_test_run ();
}
