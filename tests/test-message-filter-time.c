/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlMessageFilter: what is of the last minutes, while time goes on. */

#include "tl-message-filter-test.h"

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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("last-minutes", test_last_minutes);
  ADD ("last-minutes-live", test_last_minutes_live);
  return g_test_run ();
}
