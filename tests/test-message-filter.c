/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlMessageFilter: what passes, and in step with what its source does. */

#include "tl-message-filter.h"
#include "tl-message-log.h"
#include "tl-log-test.h"

#include <string.h>

#define KIND(kind) (1u << TL_MESSAGE_##kind)

typedef struct {
  TlMessageLog *log;
  TlMessageFilter *filter;
  TlMessageSource *source;
  guint32 a;
  guint32 b;
  guint next;
  TlMirror mirror;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer unused)
{
  fixture->log = tl_message_log_new ();
  fixture->filter = tl_message_filter_new (TL_MESSAGE_SOURCE (fixture->log));
  fixture->source = TL_MESSAGE_SOURCE (fixture->filter);
  fixture->a = tl_message_log_add_peer (fixture->log, "a");
  fixture->b = tl_message_log_add_peer (fixture->log, "b");
  tl_mirror_init (&fixture->mirror, G_LIST_MODEL (fixture->filter));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer unused)
{
  tl_mirror_clear (&fixture->mirror);
  g_assert_finalize_object (fixture->filter);
  g_assert_finalize_object (fixture->log);
}

static void
set_kinds_and_peer (Fixture    *fixture,
                    guint       kinds,
                    const char *peer)
{
  TlMessageCriteria criteria = TL_MESSAGE_CRITERIA_INIT;

  criteria.kinds = kinds;
  criteria.peer = (char *) peer;
  tl_message_filter_set_criteria (fixture->filter, &criteria);
}

/* Kinds and peers in turn, so that every combination is there. */
static void
append (Fixture *fixture,
        guint    n)
{
  for (guint i = 0; i < n; i++, fixture->next++)
    tl_message_log_append (fixture->log, fixture->next % TL_N_MESSAGE_KINDS, 1,
                           fixture->next / TL_N_MESSAGE_KINDS % 2 == 0 ? fixture->a : fixture->b, &fixture->next, 4);
  tl_message_log_flush (fixture->log);
}

static gboolean
should_pass (Fixture       *fixture,
             TlMessageInfo *info)
{
  const TlMessageCriteria *criteria = tl_message_filter_get_criteria (fixture->filter);

  return (criteria->kinds & (1u << info->kind)) != 0 &&
         (criteria->peer == NULL || info->peer == (strcmp (criteria->peer, "a") == 0 ? fixture->a : fixture->b));
}

/* Compares the filter with what it should be, row by row. */
static void
assert_filtered (Fixture *fixture)
{
  TlMessageInfo info, filtered;
  guint n = 0;

  test_wait (!tl_message_filter_get_pending (fixture->filter));
  for (guint i = 0; tl_message_source_peek (TL_MESSAGE_SOURCE (fixture->log), i, &info); i++)
    {
      g_autoptr (GBytes) bytes = NULL;
      guint position;

      if (!should_pass (fixture, &info))
        continue;
      g_assert_true (tl_message_source_peek (fixture->source, n, &filtered));
      g_assert_cmpuint (filtered.id, ==, info.id);
      bytes = tl_message_source_dup_bytes (fixture->source, n);
      g_assert_cmpuint (*(guint *) g_bytes_get_data (bytes, NULL), ==, info.id - 1);
      g_assert_true (tl_message_source_find_id (fixture->source, info.id, &position));
      g_assert_cmpuint (position, ==, n);
      n++;
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->filter)), ==, n);
  g_assert_cmpuint (fixture->mirror.n_items, ==, n);
  g_assert_false (tl_message_source_peek (fixture->source, n, &filtered));
  g_assert_null (tl_message_source_dup_bytes (fixture->source, n));
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->filter), n));
}

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

static guint
count_since (Fixture *fixture,
             gint64   earliest)
{
  TlMessageInfo info;
  guint n = 0;

  for (guint i = 0; tl_message_source_peek (TL_MESSAGE_SOURCE (fixture->log), i, &info); i++)
    n += info.time >= earliest;
  return n;
}

/* The last minute goes on with what is appended, by whole seconds, and is not troubled by what the ring drops. */
static void
test_last_minutes (Fixture      *fixture,
                   gconstpointer unused)
{
  const gint64 second = G_USEC_PER_SEC, start = 1000 * second;
  TlMessageCriteria criteria = TL_MESSAGE_CRITERIA_INIT;
  guint told;

  for (guint i = 0; i < 300; i++)
    tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, start + i * second / 2, 0, &i, 4);
  tl_message_log_flush (fixture->log);
  criteria.time = (TlTimeRange) { TL_TIME_LAST, 60 * second, G_MAXINT64 };
  tl_message_filter_set_criteria (fixture->filter, &criteria);
  g_assert_cmpuint (fixture->mirror.n_items, ==, count_since (fixture, start + 149 * second - 60 * second));

  /* Half a second later nothing is too old, a whole one later two are. */
  told = fixture->mirror.n_removed;
  tl_message_log_append (fixture->log, TL_MESSAGE_EVENT, start + 149 * second + 900000, 0, "e", 1);
  tl_message_log_flush (fixture->log);
  g_assert_cmpuint (fixture->mirror.n_removed, ==, told);
  tl_message_log_append (fixture->log, TL_MESSAGE_SENT, start + 150 * second, 0, "e", 1);
  tl_message_log_flush (fixture->log);
  g_assert_cmpuint (fixture->mirror.n_removed, ==, told + 2);
  g_assert_cmpuint (fixture->mirror.n_items, ==, count_since (fixture, start + 90 * second));

  /* All of them, and then none. */
  g_object_set (fixture->log, "max-messages", 100, NULL);
  for (guint i = 302; i < 1000; i++)
    {
      tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, start + i * second / 2, 0, &i, 4);
      if (i % 7 == 0)
        tl_message_log_flush (fixture->log);
    }
  tl_message_log_flush (fixture->log);
  g_assert_cmpuint (fixture->mirror.n_items, ==, count_since (fixture, start + 499 * second - 60 * second));
  tl_message_log_clear (fixture->log);
  g_assert_cmpuint (fixture->mirror.n_items, ==, 0);
  /* The clock was set back meanwhile. */
  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, start, 0, "x", 1);
  tl_message_log_flush (fixture->log);
  g_assert_cmpuint (fixture->mirror.n_items, ==, 1);
}

/* Of a live log it ends now: what is older is not there at first, and goes when its time has come, with nothing that comes. */
static void
test_last_minutes_live (Fixture      *fixture,
                        gconstpointer unused)
{
  const gint64 second = G_USEC_PER_SEC, now = g_get_real_time ();
  TlMessageCriteria criteria = TL_MESSAGE_CRITERIA_INIT;

  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, now - 600 * second, 0, "old", 3);
  tl_message_log_flush (fixture->log);
  criteria.time = (TlTimeRange) { TL_TIME_LAST, 60 * second, G_MAXINT64 };
  tl_message_filter_set_criteria (fixture->filter, &criteria);
  g_assert_cmpuint (fixture->mirror.n_items, ==, 1);
  tl_message_filter_set_live (fixture->filter, TRUE);
  g_assert_cmpuint (fixture->mirror.n_items, ==, 0);

  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, now - 58 * second, 0, "going", 5);
  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, now + 600 * second, 0, "staying", 7);
  tl_message_log_append (fixture->log, TL_MESSAGE_RECEIVED, now - 20 * second, 0, "behind", 6);
  tl_message_log_flush (fixture->log);
  g_assert_cmpuint (fixture->mirror.n_items, ==, 3);
  test_wait_for (fixture->mirror.n_items == 2, "the first to become too old");
  tl_message_filter_set_live (fixture->filter, FALSE);
  g_assert_cmpuint (fixture->mirror.n_items, ==, 3);
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

#define ADD(path, func) g_test_add ("/message-filter/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("combinations", test_combinations);
  ADD ("follows-trims", test_follows_trims);
  ADD ("slices", test_slices);
  ADD ("signals", test_signals);
  ADD ("streams", test_streams);
  ADD ("split-character", test_split_character);
  ADD ("calls", test_calls);
  ADD ("last-minutes", test_last_minutes);
  ADD ("last-minutes-live", test_last_minutes_live);
  ADD ("random", test_random);
  ADD ("source", test_source);
  ADD ("asked-again-meanwhile", test_asked_again_meanwhile);
#undef ADD

  return g_test_run ();
}
