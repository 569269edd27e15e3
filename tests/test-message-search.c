/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlMessageSearch: finding bytes in rows, stepping, and going on finding. */

#include "tl-message-log.h"
#include "tl-message-filter.h"
#include "tl-message-search.h"

#include "tl-hex.h"
#include "tl-log-test.h"

#include <string.h>

typedef struct {
  TlMessageLog *log;
  TlMessageSearch *search;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer unused)
{
  fixture->log = tl_message_log_new ();
  fixture->search = tl_message_search_new (TL_MESSAGE_SOURCE (fixture->log));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer unused)
{
  g_assert_finalize_object (fixture->search);
  g_assert_finalize_object (fixture->log);
}

static void
append (Fixture    *fixture,
        const void *data,
        gsize       length)
{
  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 1, 0, data, length);
  tl_message_log_flush (fixture->log);
}

/* (transfer full) (nullable): @data as hex where case counts, as text where it does not. */
static TlPattern *
pattern_for (const void *data,
             gsize       length,
             gboolean    fold)
{
  g_autofree char *text = fold ? g_strndup (data, length) : tl_hex_format (data, length, " ");

  return length > 0 ? tl_pattern_new (fold ? TL_PATTERN_TEXT : TL_PATTERN_HEX, text, TL_CHARSET_UTF_8, fold, NULL) : NULL;
}

static void
search (Fixture    *fixture,
        const void *data,
        gsize       length,
        gboolean    fold)
{
  g_autoptr (TlPattern) pattern = pattern_for (data, length, fold);

  tl_message_search_set_pattern (fixture->search, pattern);
  test_wait (!tl_message_search_get_busy (fixture->search));
}

static void
assert_step (Fixture *fixture,
             gboolean forward,
             guint    expected_position,
             guint    expected_current)
{
  guint position;

  g_assert_true (tl_message_search_step (fixture->search, forward, &position));
  g_assert_cmpuint (position, ==, expected_position);
  g_assert_cmpuint (tl_message_search_get_current (fixture->search), ==, expected_current);
}

static void
test_needles (Fixture      *fixture,
              gconstpointer unused)
{
  static const struct {
    const char *needle;
    gsize length;
    gboolean fold;
    guint rows;  /* bits */
  } cases[] = {
    { "hello", 5, TRUE, 0x3 },
    { "hello", 5, FALSE, 0x1 },
    { "HELLO", 5, FALSE, 0x2 },
    { "heLLo", 5, TRUE, 0x3 },
    { "\0\xff", 2, FALSE, 0x8 },
    { "\0", 1, FALSE, 0x18 },
    { "通", 3, TRUE, 0x4 },
    /* Letters are folded, also Ä and ä; @ is not `. */
    { "\xc3\xa4", 2, TRUE, 0x4 },
    { "@", 1, TRUE, 0x20 },
    { "`", 1, TRUE, 0x40 },
    { "hello world and more than any row has", 37, TRUE, 0x0 },
    { "x", 1, TRUE, 0x0 },
  };

  append (fixture, "say hello", 9);
  append (fixture, "HELLO", 5);
  append (fixture, "通路 \xc3\x84", 9);
  append (fixture, "a\0\xff" "b", 4);
  append (fixture, "\0", 1);
  append (fixture, "[@]", 3);
  append (fixture, "{`}", 3);
  append (fixture, "", 0);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      search (fixture, cases[i].needle, cases[i].length, cases[i].fold);
      for (guint row = 0; row < 8; row++)
        g_assert_cmpint (tl_message_search_matches_id (fixture->search, row + 1), ==, (cases[i].rows >> row) & 1);
      g_assert_false (tl_message_search_matches_id (fixture->search, 0));
      g_assert_false (tl_message_search_matches_id (fixture->search, 9));
      g_assert_cmpint (tl_message_search_get_n_matches (fixture->search), ==, __builtin_popcount (cases[i].rows));
    }
}

static void
test_no_needle (Fixture      *fixture,
                gconstpointer unused)
{
  guint position = 77;

  append (fixture, "x", 1);
  g_assert_false (tl_message_search_step (fixture->search, TRUE, &position));
  search (fixture, "x", 1, FALSE);
  assert_step (fixture, TRUE, 0, 1);
  search (fixture, "", 0, FALSE);
  g_assert_false (tl_message_search_step (fixture->search, TRUE, &position));
  g_assert_cmpuint (tl_message_search_get_n_matches (fixture->search), ==, 0);
  g_assert_cmpuint (tl_message_search_get_current (fixture->search), ==, 0);
  tl_message_search_set_pattern (fixture->search, NULL);
  append (fixture, "x", 1);
  g_assert_cmpuint (tl_message_search_get_n_matches (fixture->search), ==, 0);
  g_assert_false (tl_message_search_matches_id (fixture->search, 1));
  g_assert_cmpuint (position, ==, 77);
}

static void
test_steps_wrap (Fixture      *fixture,
                 gconstpointer unused)
{
  for (guint i = 0; i < 10; i++)
    append (fixture, i % 4 == 1 ? "yes" : "no", i % 4 == 1 ? 3 : 2);
  search (fixture, "YES", 3, TRUE);

  assert_step (fixture, TRUE, 1, 1);
  assert_step (fixture, TRUE, 5, 2);
  assert_step (fixture, TRUE, 9, 3);
  assert_step (fixture, TRUE, 1, 1);
  assert_step (fixture, FALSE, 9, 3);
  assert_step (fixture, FALSE, 5, 2);

  /* The same needle again keeps the place; another one begins anew. */
  search (fixture, "yes", 3, TRUE);
  assert_step (fixture, FALSE, 1, 1);
  search (fixture, "no", 2, TRUE);
  assert_step (fixture, FALSE, 8, 7);
}

static void
test_rows_come_and_go (Fixture      *fixture,
                       gconstpointer unused)
{
  guint position;

  g_object_set (fixture->log, "max-messages", 100, NULL);
  search (fixture, "x", 1, FALSE);
  g_assert_false (tl_message_search_step (fixture->search, TRUE, &position));
  for (guint i = 0; i < 100; i++)
    append (fixture, i % 2 == 0 ? "x" : "y", 1);
  g_assert_cmpuint (tl_message_search_get_n_matches (fixture->search), ==, 50);

  for (guint i = 0; i < 40; i++)
    assert_step (fixture, TRUE, 2 * i, i + 1);

  /* 11 rows go, six of them matches. The current one stays, then it goes too. */
  append (fixture, "x", 1);
  g_assert_cmpuint (tl_message_search_get_n_matches (fixture->search), ==, 45);
  g_assert_cmpuint (tl_message_search_get_current (fixture->search), ==, 34);
  assert_step (fixture, TRUE, 69, 35);
  for (guint i = 0; i < 100; i++)
    append (fixture, "x", 1);
  g_assert_cmpuint (tl_message_search_get_current (fixture->search), ==, 0);
  assert_step (fixture, TRUE, 0, 1);

  tl_message_log_clear (fixture->log);
  g_assert_cmpuint (tl_message_search_get_n_matches (fixture->search), ==, 0);
  append (fixture, "x", 1);
  assert_step (fixture, FALSE, 0, 1);
}

/* A needle over two rows is not found: a match lies within one. */
static void
test_split_needle (Fixture      *fixture,
                   gconstpointer unused)
{
  append (fixture, "hel", 3);
  append (fixture, "lo", 2);
  search (fixture, "hello", 5, TRUE);
  g_assert_cmpuint (tl_message_search_get_n_matches (fixture->search), ==, 0);
  append (fixture, "hello", 5);
  g_assert_cmpuint (tl_message_search_get_n_matches (fixture->search), ==, 1);
}

static void
test_slices (Fixture      *fixture,
             gconstpointer unused)
{
  g_autofree char *payload = g_malloc (1000);
  g_autoptr (TlPattern) pattern = pattern_for ("NEEDLE", 6, TRUE);

  memset (payload, 'n', 1000);
  for (guint i = 0; i < 60000; i++)
    {
      memcpy (payload + 900, i % 1000 == 999 ? "needle" : "nneedl", 6);
      tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 1, 0, payload, 1000);
    }
  tl_message_log_flush (fixture->log);

  tl_message_search_set_pattern (fixture->search, pattern);
  g_assert_true (tl_message_search_get_busy (fixture->search));
  append (fixture, "needle", 6);
  g_assert_cmpuint (tl_message_search_get_n_matches (fixture->search), <, 61);
  test_wait (!tl_message_search_get_busy (fixture->search));
  g_assert_cmpuint (tl_message_search_get_n_matches (fixture->search), ==, 61);
  assert_step (fixture, FALSE, 60000, 61);
  assert_step (fixture, TRUE, 999, 1);
}

static void
test_through_filter (Fixture      *fixture,
                     gconstpointer unused)
{
  g_autoptr (TlMessageFilter) filter = tl_message_filter_new (TL_MESSAGE_SOURCE (fixture->log));
  g_autoptr (TlMessageSearch) search_in_filter = tl_message_search_new (TL_MESSAGE_SOURCE (filter));
  g_autoptr (TlPattern) pattern = pattern_for ("x", 1, FALSE);
  TlMessageCriteria criteria = TL_MESSAGE_CRITERIA_INIT;
  guint position;

  tl_message_search_set_pattern (search_in_filter, pattern);
  tl_message_log_append (fixture->log, TL_MESSAGE_EVENT, 1, 0, "x", 1);
  append (fixture, "x", 1);
  g_assert_cmpuint (tl_message_search_get_n_matches (search_in_filter), ==, 2);
  criteria.kinds = 1u << TL_MESSAGE_RECEIVED;
  tl_message_filter_set_criteria (filter, &criteria);
  g_assert_cmpuint (tl_message_search_get_n_matches (search_in_filter), ==, 1);
  g_assert_true (tl_message_search_matches_id (search_in_filter, 2));
  g_assert_false (tl_message_search_matches_id (search_in_filter, 1));
  g_assert_true (tl_message_search_step (search_in_filter, TRUE, &position));
  g_assert_cmpuint (position, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/message-search/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("needles", test_needles);
  ADD ("no-needle", test_no_needle);
  ADD ("steps-wrap", test_steps_wrap);
  ADD ("rows-come-and-go", test_rows_come_and_go);
  ADD ("split-needle", test_split_needle);
  ADD ("slices", test_slices);
  ADD ("through-filter", test_through_filter);
#undef ADD

  return g_test_run ();
}
