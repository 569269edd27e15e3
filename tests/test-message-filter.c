/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlMessageFilter: what passes, and in step with what its source does. */

#include "tl-message-filter-test.h"

static void
test_combinations (Fixture      *fixture,
                   gconstpointer unused)
{
  static const guint kinds[] = { TL_MESSAGE_FILTER_ALL_KINDS, KIND (RECEIVED), KIND (SENT) | KIND (ERROR), 0 };
  static const char *const peers[] = { NULL, "a", "b" };

  append (fixture, 1000);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (peers); j++)
      {
        set_kinds_and_peer (fixture, kinds[i], peers[j]);
        assert_filtered (fixture);
        append (fixture, 37);
        assert_filtered (fixture);
      }

  set_kinds_and_peer (fixture, TL_MESSAGE_FILTER_ALL_KINDS, "nobody");
  g_assert_cmpuint (fixture->mirror.n_items, ==, 0);
}

static void
test_follows_trims (Fixture      *fixture,
                    gconstpointer unused)
{
  g_object_set (fixture->log, "max-messages", 500, NULL);
  for (guint round = 0; round < 4; round++)
    {
      set_kinds_and_peer (fixture, round < 2 ? KIND (RECEIVED) | KIND (CALL) : TL_MESSAGE_FILTER_ALL_KINDS, round % 2 == 0 ? "b" : NULL);
      for (guint i = 0; i < 30; i++)
        {
          append (fixture, 60);
          assert_filtered (fixture);
        }
    }
  g_assert_cmpuint (tl_message_log_get_trimmed (fixture->log), >, 6000);

  tl_message_log_clear (fixture->log);
  assert_filtered (fixture);
  append (fixture, 20);
  assert_filtered (fixture);
}

/* While many rows are looked at, the source goes on. */
static void
test_slices (Fixture      *fixture,
             gconstpointer unused)
{
  gint64 begin;

  g_object_set (fixture->log, "max-messages", 1600000, NULL);
  append (fixture, 1500000);
  begin = test_get_used ();
  set_kinds_and_peer (fixture, KIND (SENT), NULL);
  g_assert_cmpint (test_get_used () - begin, <, 500000);
  g_assert_true (tl_message_filter_get_pending (fixture->filter));
  g_assert_cmpuint (fixture->mirror.n_items, <, 250000);

  append (fixture, 150000);
  g_assert_cmpuint (tl_message_log_get_trimmed (fixture->log), >, 150000);
  append (fixture, 10);
  assert_filtered (fixture);
  g_assert_false (tl_message_filter_get_pending (fixture->filter));
}

static void
test_signals (Fixture      *fixture,
              gconstpointer unused)
{
  append (fixture, 600);
  g_assert_cmpuint (fixture->mirror.n_signals, ==, 1);
  set_kinds_and_peer (fixture, KIND (RECEIVED), NULL);
  g_assert_cmpuint (fixture->mirror.n_signals, ==, 2);
  append (fixture, 600);
  g_assert_cmpuint (fixture->mirror.n_signals, ==, 3);
  set_kinds_and_peer (fixture, KIND (RECEIVED), NULL);
  g_assert_cmpuint (fixture->mirror.n_signals, ==, 3);
}

static void
test_streams (Fixture      *fixture,
              gconstpointer unused)
{
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autoptr (TlMessage) message = NULL;
  guint position;

  set_kinds_and_peer (fixture, TL_MESSAGE_FILTER_ALL_KINDS, "a");
  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 1, fixture->b, "\xe9", 1);
  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 1, fixture->a, "\xe9\x80", 2);
  tl_message_log_flush (fixture->log);
  message = g_list_model_get_item (G_LIST_MODEL (fixture->filter), 0);
  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 1, fixture->b, "\xe9", 1);
  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 1, fixture->a, "\x9a", 1);
  tl_message_log_flush (fixture->log);

  g_assert_true (tl_message_get_continued (message));
  g_assert_true (tl_message_source_previous (fixture->source, 1, &position));
  g_assert_cmpuint (position, ==, 0);
  g_assert_false (tl_message_source_previous (fixture->source, 0, &position));
  one = tl_message_source_decode (fixture->source, 0, TL_CHARSET_UTF_8, FALSE, 0);
  two = tl_message_source_decode (fixture->source, 1, TL_CHARSET_UTF_8, FALSE, 0);
  g_assert_cmpstr (one, ==, "");
  g_assert_cmpstr (two, ==, "通");
}

/* With its beginning filtered out, a character that was split over two rows is whole all the same. */
static void
test_split_character (Fixture      *fixture,
                      gconstpointer unused)
{
  TlMessageCriteria criteria = TL_MESSAGE_CRITERIA_INIT;
  g_autofree char *text = NULL;

  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 1, fixture->a, "\xe9\x80", 2);
  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, 1, fixture->a, "\x9a!!", 3);
  tl_message_log_flush (fixture->log);
  criteria.min_length = 3;
  tl_message_filter_set_criteria (fixture->filter, &criteria);
  g_assert_cmpuint (fixture->mirror.n_items, ==, 1);
  text = tl_message_source_decode (fixture->source, 0, TL_CHARSET_UTF_8, FALSE, 0);
  g_assert_cmpstr (text, ==, "通!!");
}

/* Calls that do not pass are counted, as long as they are there. */
static void
test_calls (Fixture      *fixture,
            gconstpointer unused)
{
  TlMessageCriteria criteria = TL_MESSAGE_CRITERIA_INIT;

  criteria.kinds = TL_MESSAGE_FILTER_ALL_KINDS & ~(1u << TL_MESSAGE_CALL);
  tl_message_log_append (fixture->log, TL_MESSAGE_CALL, 0, 0, "socket", 6);
  tl_message_log_append (fixture->log, TL_MESSAGE_EVENT, 0, 0, "open", 4);
  tl_message_log_flush (fixture->log);
  tl_message_filter_set_criteria (fixture->filter, &criteria);
  tl_message_log_append (fixture->log, TL_MESSAGE_CALL, 0, 0, "bind", 4);
  tl_message_log_flush (fixture->log);
  g_assert_cmpuint (fixture->mirror.n_items, ==, 1);
  g_assert_cmpuint (tl_message_filter_get_n_calls (fixture->filter), ==, 2);
  /* The ring lets go of the oldest. */
  g_object_set (fixture->log, "max-messages", 100, NULL);
  for (guint i = 0; i < 2000; i++)
    tl_message_log_append (fixture->log, i % 2 == 0 ? TL_MESSAGE_CALL : TL_MESSAGE_SENT, 0, 0, "x", 1);
  tl_message_log_flush (fixture->log);
  g_assert_cmpuint (tl_message_filter_get_n_calls (fixture->filter), ==, g_list_model_get_n_items (G_LIST_MODEL (fixture->log)) / 2);
  tl_message_log_clear (fixture->log);
  g_assert_cmpuint (tl_message_filter_get_n_calls (fixture->filter), ==, 0);
}

static void
choose_criteria (TlMessageCriteria *criteria)
{
  static const char *const needles[] = { "1", "a[0-4]", "3", "7" };
  const int needle = g_test_rand_int_range (0, 8);

  tl_message_criteria_clear (criteria);
  if (g_test_rand_bit ())
    criteria->kinds = (guint) g_test_rand_int_range (0, TL_MESSAGE_FILTER_ALL_KINDS + 1);
  if (g_test_rand_bit ())
    criteria->peer = g_strdup (g_test_rand_bit () ? "a" : "b");
  if (g_test_rand_bit ())
    criteria->min_length = (guint32) g_test_rand_int_range (0, 5);
  if (g_test_rand_bit ())
    criteria->max_length = criteria->min_length + (guint32) g_test_rand_int_range (0, 3);
  if (g_test_rand_bit ())
    criteria->time = (TlTimeRange) { TL_TIME_SPAN, g_test_rand_int_range (0, 4000), g_test_rand_int_range (4000, 9000) };
  if (needle < (int) G_N_ELEMENTS (needles))
    criteria->pattern = tl_pattern_new (needle == 1 ? TL_PATTERN_REGEX : TL_PATTERN_TEXT, needles[needle], TL_CHARSET_UTF_8, TRUE, NULL);
  criteria->inverted = g_test_rand_bit ();
}

/* What passes by the plain meaning of the words. */
static gboolean
passes_plainly (Fixture                 *fixture,
                const TlMessageCriteria *criteria,
                guint                    position)
{
  g_autoptr (TlMessage) message = g_list_model_get_item (G_LIST_MODEL (fixture->log), position);
  g_autofree char *text = g_strndup (g_bytes_get_data (tl_message_get_bytes (message), NULL), tl_message_get_length (message));
  const gboolean bounded = criteria->min_length > 0 || criteria->max_length < G_MAXUINT32;
  const guint length = tl_message_get_length (message);

  if ((criteria->kinds >> tl_message_get_kind (message) & 1) == 0 || (criteria->peer != NULL && g_strcmp0 (criteria->peer, tl_message_get_peer (message)) != 0))
    return FALSE;
  if (bounded && (tl_message_get_kind (message) > TL_MESSAGE_SENT || length < criteria->min_length || length > criteria->max_length))
    return FALSE;
  if (criteria->time.kind == TL_TIME_SPAN && (tl_message_get_time (message) < criteria->time.from || tl_message_get_time (message) >= criteria->time.to))
    return FALSE;
  return criteria->pattern == NULL ||
         g_regex_match_simple (tl_pattern_get_text (criteria->pattern), text, G_REGEX_CASELESS, 0) != criteria->inverted;
}

/* Random rows, drops of the ring and criteria, against a plain look at all rows. */
static void
test_random (Fixture      *fixture,
             gconstpointer unused)
{
  g_auto (TlMessageCriteria) criteria = TL_MESSAGE_CRITERIA_INIT;
  guint n_rows = 0;

  g_object_set (fixture->log, "max-messages", 400, NULL);
  for (guint round = 0; round < 400; round++)
    {
      guint n = 0;

      for (int i = g_test_rand_int_range (0, 60); i > 0; i--)
        {
          g_autofree char *text = g_strdup_printf ("A%d", g_test_rand_int_range (0, 1000));
          const guint32 peers[] = { 0, fixture->a, fixture->b };

          tl_message_log_append (fixture->log, (TlMessageKind) g_test_rand_int_range (0, TL_N_MESSAGE_KINDS), ++n_rows,
                                 peers[g_test_rand_int_range (0, 3)], text, strlen (text));
        }
      tl_message_log_flush (fixture->log);
      if (round % 3 == 0)
        choose_criteria (&criteria);
      tl_message_filter_set_criteria (fixture->filter, &criteria);
      test_wait (!tl_message_filter_get_pending (fixture->filter));
      g_assert_cmpuint (tl_message_filter_get_n_seen (fixture->filter), ==, g_list_model_get_n_items (G_LIST_MODEL (fixture->log)));
      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->log)); i++)
        if (passes_plainly (fixture, &criteria, i))
          g_assert_cmpuint (tl_message_source_get_id (fixture->source, n++), ==, tl_message_source_get_id (TL_MESSAGE_SOURCE (fixture->log), i));
      g_assert_cmpuint (fixture->mirror.n_items, ==, n);
    }
}

static void
test_source (Fixture      *fixture,
             gconstpointer unused)
{
  g_autoptr (TlMessageLog) other = tl_message_log_new ();

  append (fixture, 60);
  tl_message_filter_set_source (fixture->filter, NULL);
  g_assert_cmpuint (fixture->mirror.n_items, ==, 0);
  g_assert_null (tl_message_source_peer_name (fixture->source, 1));
  set_kinds_and_peer (fixture, KIND (RECEIVED), NULL);

  tl_message_log_append (other, TL_MESSAGE_RECEIVED, 1, 0, "x", 1);
  tl_message_log_flush (other);
  tl_message_filter_set_source (fixture->filter, TL_MESSAGE_SOURCE (other));
  g_assert_cmpuint (fixture->mirror.n_items, ==, 1);
  append (fixture, 60);
  g_assert_cmpuint (fixture->mirror.n_items, ==, 1);
  tl_message_filter_set_source (fixture->filter, TL_MESSAGE_SOURCE (fixture->log));
  assert_filtered (fixture);
}

typedef struct {
  Fixture *fixture;
  guint n;
} Again;

static void
again_cb (Again *again)
{
  if (again->n++ == 0)
    set_kinds_and_peer (again->fixture, KIND (SENT), NULL);
}

static void
test_asked_again_meanwhile (Fixture      *fixture,
                            gconstpointer unused)
{
  Again again = { fixture, 0 };

  append (fixture, TL_N_MESSAGE_KINDS * 1000);
  set_kinds_and_peer (fixture, KIND (RECEIVED), NULL);
  assert_filtered (fixture);
  g_signal_connect_data (fixture->filter, "items-changed", G_CALLBACK (again_cb), &again, NULL, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  set_kinds_and_peer (fixture, TL_MESSAGE_FILTER_ALL_KINDS, NULL);
  assert_filtered (fixture);
  g_assert_cmpuint (again.n, >, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->filter)), ==, 1000);
  assert_filtered (fixture);
  g_signal_handlers_disconnect_by_data (fixture->filter, &again);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("combinations", test_combinations);
  ADD ("follows-trims", test_follows_trims);
  ADD ("slices", test_slices);
  ADD ("signals", test_signals);
  ADD ("streams", test_streams);
  ADD ("split-character", test_split_character);
  ADD ("calls", test_calls);
  ADD ("random", test_random);
  ADD ("source", test_source);
  ADD ("asked-again-meanwhile", test_asked_again_meanwhile);
  return g_test_run ();
}
