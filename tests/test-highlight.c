/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlHighlightRules: which message gets which colour, and how rules are kept. */

#include "tl-highlight-rules.h"
#include "tl-message-log.h"
#include "tl-test-wait.h"

#include <string.h>

typedef struct {
  TlHighlightRules *rules;
  TlMessageLog *log;
  guint n_changed;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changed++;
}

static void
set_up (Fixture      *fixture,
        gconstpointer unused)
{
  fixture->rules = tl_highlight_rules_new ();
  fixture->log = tl_message_log_new ();
  g_signal_connect_swapped (fixture->rules, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer unused)
{
  g_assert_finalize_object (fixture->rules);
  g_assert_finalize_object (fixture->log);
}

static TlHighlightRule *
add (Fixture         *fixture,
     TlPatternKind    kind,
     const char      *text,
     TlHighlightColor color)
{
  g_autoptr (TlHighlightRule) rule = tl_highlight_rule_new ();

  g_object_set (rule, "kind", kind, "text", text, "color", color, NULL);
  g_list_store_append (tl_highlight_rules_get_list (fixture->rules), rule);
  return rule;
}

/* The colour of a message as a number, -1 for none. */
static int
color_of (Fixture      *fixture,
          TlMessageKind kind,
          const void   *data,
          gssize        length)
{
  TlHighlightRule *rule;

  tl_message_log_append (fixture->log, kind, 1, 0, data, length < 0 ? strlen (data) : (gsize) length);
  tl_message_log_flush (fixture->log);
  rule = tl_highlight_rules_match (fixture->rules, TL_MESSAGE_SOURCE (fixture->log), g_list_model_get_n_items (G_LIST_MODEL (fixture->log)) - 1, TL_CHARSET_UTF_8);
  return rule != NULL ? (int) tl_highlight_rule_get_color (rule) : -1;
}

static void
test_order (Fixture      *fixture,
            gconstpointer unused)
{
  TlHighlightRule *error, *hex;

  g_assert_cmpint (color_of (fixture, TL_MESSAGE_RECEIVED, "error", -1), ==, -1);
  error = add (fixture, TL_PATTERN_TEXT, "error", TL_HIGHLIGHT_RED);
  hex = add (fixture, TL_PATTERN_HEX, "65 ?? 72", TL_HIGHLIGHT_BLUE);
  add (fixture, TL_PATTERN_REGEX, "^\\d+$", TL_HIGHLIGHT_GREEN);
  add (fixture, TL_PATTERN_TEXT, "", TL_HIGHLIGHT_GREY);
  g_assert_cmpuint (fixture->n_changed, ==, 4);

  g_assert_cmpint (color_of (fixture, TL_MESSAGE_RECEIVED, "an ERROR", -1), ==, TL_HIGHLIGHT_RED);
  g_assert_cmpint (color_of (fixture, TL_MESSAGE_SENT, "a eXr", -1), ==, TL_HIGHLIGHT_BLUE);
  g_assert_cmpint (color_of (fixture, TL_MESSAGE_RECEIVED, "123", -1), ==, TL_HIGHLIGHT_GREEN);
  g_assert_cmpint (color_of (fixture, TL_MESSAGE_RECEIVED, "123x", -1), ==, -1);
  g_assert_cmpint (color_of (fixture, TL_MESSAGE_RECEIVED, "", 0), ==, -1);
  /* Lines of state have their own colours. */
  g_assert_cmpint (color_of (fixture, TL_MESSAGE_ERROR, "an error", -1), ==, -1);

  g_object_set (error, "direction", TL_HIGHLIGHT_SENT, NULL);
  g_assert_cmpint (color_of (fixture, TL_MESSAGE_RECEIVED, "an error", -1), ==, TL_HIGHLIGHT_BLUE);
  g_assert_cmpint (color_of (fixture, TL_MESSAGE_SENT, "an error", -1), ==, TL_HIGHLIGHT_RED);
  g_object_set (error, "enabled", FALSE, NULL);
  g_assert_cmpint (color_of (fixture, TL_MESSAGE_SENT, "an error", -1), ==, TL_HIGHLIGHT_BLUE);
  g_object_set (error, "enabled", TRUE, "direction", TL_HIGHLIGHT_BOTH, "match-case", TRUE, NULL);
  g_assert_cmpint (color_of (fixture, TL_MESSAGE_SENT, "an Error", -1), ==, -1);
  g_object_set (hex, "color", TL_HIGHLIGHT_BROWN, "bold", TRUE, NULL);
  g_assert_cmpint (color_of (fixture, TL_MESSAGE_SENT, "e-r", -1), ==, TL_HIGHLIGHT_BROWN);
  g_assert_cmpuint (fixture->n_changed, ==, 11);
}

static void
test_kept (Fixture      *fixture,
           gconstpointer unused)
{
  g_autoptr (TlHighlightRules) other = tl_highlight_rules_new ();
  g_autoptr (GVariant) empty = tl_highlight_rules_serialize (fixture->rules);
  g_autoptr (GVariant) kept = NULL;
  g_autoptr (GVariant) again = NULL;
  g_autoptr (GVariant) strange = NULL;
  g_autoptr (GVariant) wrong = NULL;

  g_object_set (add (fixture, TL_PATTERN_REGEX, "(“‘\n)", TL_HIGHLIGHT_GREY), "enabled", FALSE, "bold", TRUE, "direction", TL_HIGHLIGHT_SENT, NULL);
  g_object_set (add (fixture, TL_PATTERN_HEX, "0D", TL_HIGHLIGHT_ORANGE), "match-case", TRUE, NULL);
  kept = tl_highlight_rules_serialize (fixture->rules);
  tl_highlight_rules_restore (other, kept);
  again = tl_highlight_rules_serialize (other);
  g_assert_true (g_variant_equal (kept, again));
  g_assert_false (g_variant_equal (kept, empty));

  /* Of another version: what is known stays. */
  strange = g_variant_ref_sink (g_variant_new_parsed ("[(true, 'text', 'a', false, 'both', 'red', false), (true, 'sound', 'a', false, 'both', 'red', false),"
                                                      " (true, 'text', 'a', false, 'both', 'pink', false)]"));
  tl_highlight_rules_restore (other, strange);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tl_highlight_rules_get_list (other))), ==, 1);
  wrong = g_variant_ref_sink (g_variant_new_string ("x"));
  tl_highlight_rules_restore (other, wrong);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tl_highlight_rules_get_list (other))), ==, 1);
}

static void
test_error (Fixture      *fixture,
            gconstpointer unused)
{
  TlHighlightRule *rule = add (fixture, TL_PATTERN_REGEX, "(", TL_HIGHLIGHT_RED);
  g_autofree char *error = NULL;
  g_autofree char *none = NULL;

  g_object_get (rule, "error", &error, NULL);
  g_assert_true (g_str_has_prefix (error, "This is no regular expression."));
  g_assert_cmpint (color_of (fixture, TL_MESSAGE_SENT, "(", -1), ==, -1);
  g_object_set (rule, "kind", TL_PATTERN_TEXT, NULL);
  g_object_get (rule, "error", &none, NULL);
  g_assert_null (none);
  g_assert_cmpint (color_of (fixture, TL_MESSAGE_SENT, "(", -1), ==, TL_HIGHLIGHT_RED);
}

/* Only the beginning of a large message is looked at, and an expression that tries for years does not hold up who shows rows. */
static void
test_bounds (Fixture      *fixture,
             gconstpointer unused)
{
  TlHighlightRule *rule = add (fixture, TL_PATTERN_TEXT, "end", TL_HIGHLIGHT_RED);
  g_autofree char *large = g_strnfill (100000, 'a');
  g_autofree char *error = NULL;
  g_autofree char *none = NULL;
  gint64 begin;

  memcpy (large + TL_HIGHLIGHT_BYTES - 3, "end", 3);
  g_assert_cmpint (color_of (fixture, TL_MESSAGE_SENT, large, 100000), ==, TL_HIGHLIGHT_RED);
  memcpy (large + TL_HIGHLIGHT_BYTES - 3, "aend", 4);
  g_assert_cmpint (color_of (fixture, TL_MESSAGE_SENT, large, 100000), ==, -1);

  g_object_set (rule, "kind", TL_PATTERN_REGEX, "text", "(a+)+$", NULL);
  large[TL_HIGHLIGHT_BYTES - 1] = 'b';
  begin = test_get_used ();
  /* First it gives up in a message, and says so; in the end it has taken too long. */
  for (guint i = 0; i < 20000 && (error == NULL || !g_str_has_prefix (error, "This takes too long")); i++)
    {
      g_clear_pointer (&error, g_free);
      g_assert_cmpint (color_of (fixture, TL_MESSAGE_SENT, large, TL_HIGHLIGHT_BYTES), ==, -1);
      g_object_get (rule, "error", &error, NULL);
    }
  g_assert_true (g_str_has_prefix (error, "This takes too long"));
  g_test_message ("set aside after %" G_GINT64_FORMAT " ms", (test_get_used () - begin) / 1000);
  begin = test_get_used ();
  for (guint i = 0; i < 1000; i++)
    tl_highlight_rules_match (fixture->rules, TL_MESSAGE_SOURCE (fixture->log), 2, TL_CHARSET_UTF_8);
  g_assert_cmpint (test_get_used () - begin, <, G_USEC_PER_SEC / 2);
  g_object_set (rule, "text", "a", NULL);
  g_object_get (rule, "error", &none, NULL);
  g_assert_null (none);
  g_assert_cmpint (color_of (fixture, TL_MESSAGE_SENT, "a", 1), ==, TL_HIGHLIGHT_RED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/highlight/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("order", test_order);
  ADD ("kept", test_kept);
  ADD ("error", test_error);
  ADD ("bounds", test_bounds);
#undef ADD

  return g_test_run ();
}
