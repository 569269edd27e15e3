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
  const char *peer = tl_message_filter_get_peer (fixture->filter);

  return (tl_message_filter_get_kinds (fixture->filter) & (1u << info->kind)) != 0 &&
         (peer == NULL || info->peer == (strcmp (peer, "a") == 0 ? fixture->a : fixture->b));
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
        tl_message_filter_set_kinds (fixture->filter, kinds[i]);
        tl_message_filter_set_peer (fixture->filter, peers[j]);
        assert_filtered (fixture);
        append (fixture, 37);
        assert_filtered (fixture);
      }

  tl_message_filter_set_peer (fixture->filter, "nobody");
  g_assert_cmpuint (fixture->mirror.n_items, ==, 0);
}

static void
test_follows_trims (Fixture      *fixture,
                    gconstpointer unused)
{
  g_object_set (fixture->log, "max-messages", 500, NULL);
  for (guint round = 0; round < 4; round++)
    {
      tl_message_filter_set_kinds (fixture->filter, round < 2 ? KIND (RECEIVED) | KIND (CALL) : TL_MESSAGE_FILTER_ALL_KINDS);
      tl_message_filter_set_peer (fixture->filter, round % 2 == 0 ? "b" : NULL);
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
  begin = g_get_monotonic_time ();
  tl_message_filter_set_kinds (fixture->filter, KIND (SENT));
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 500000);
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
  tl_message_filter_set_kinds (fixture->filter, KIND (RECEIVED));
  g_assert_cmpuint (fixture->mirror.n_signals, ==, 2);
  append (fixture, 600);
  g_assert_cmpuint (fixture->mirror.n_signals, ==, 3);
  tl_message_filter_set_kinds (fixture->filter, KIND (RECEIVED));
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

  tl_message_filter_set_peer (fixture->filter, "a");
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

static void
test_source (Fixture      *fixture,
             gconstpointer unused)
{
  g_autoptr (TlMessageLog) other = tl_message_log_new ();

  append (fixture, 60);
  tl_message_filter_set_source (fixture->filter, NULL);
  g_assert_cmpuint (fixture->mirror.n_items, ==, 0);
  g_assert_null (tl_message_source_peer_name (fixture->source, 1));
  tl_message_filter_set_kinds (fixture->filter, KIND (RECEIVED));

  tl_message_log_append (other, TL_MESSAGE_RECEIVED, 1, 0, "x", 1);
  tl_message_log_flush (other);
  tl_message_filter_set_source (fixture->filter, TL_MESSAGE_SOURCE (other));
  g_assert_cmpuint (fixture->mirror.n_items, ==, 1);
  append (fixture, 60);
  g_assert_cmpuint (fixture->mirror.n_items, ==, 1);
  tl_message_filter_set_source (fixture->filter, TL_MESSAGE_SOURCE (fixture->log));
  assert_filtered (fixture);
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
  ADD ("source", test_source);
#undef ADD

  return g_test_run ();
}
