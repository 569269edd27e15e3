/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages that are played again: when, how many at once, and what stops it. */

#include "tl-replay-limit.h"
#include "tl-replay-test.h"

/* With the time in the test's hands. */
static void
make (Fixture *fixture,
      double   speed,
      gint64   max_gap,
      guint    rounds)
{
  const TlReplayOptions options = { speed, max_gap, rounds };
  g_autoptr (GArray) picked = tl_replay_list_pick (fixture->list, fixture->flow, TL_REPLAY_SENT);

  fixture->replay = tl_replay_new (fixture->session, NULL, fixture->list, picked, &options);
  tl_replay_set_clock (fixture->replay, clock_cb, NULL);
}

/* At @time after the beginning so many have been sent. */
static void
assert_sent (Fixture *fixture,
             gint64   time,
             guint64  n)
{
  TlReplayProgress progress;

  the_time = 1000000000 + time;
  turn (fixture->replay);
  tl_replay_get_progress (fixture->replay, &progress);
  g_assert_cmpuint (progress.n_done, ==, n);
  g_assert_cmpuint (tl_session_get_counters (fixture->session)->tx_messages, ==, n);
}

/* To the microsecond, neither earlier nor later; what a late turn missed is sent in it, and what follows is in time again. */
static void
test_timing (Fixture       *fixture,
             gconstpointer  user_data)
{
  TlReplayProgress progress;

  add (fixture, 5000000, "a");
  add (fixture, 5100000, "b");
  add (fixture, 5100000, "c");
  add (fixture, 6000000, "d");
  add (fixture, 6500000, "e");
  make (fixture, 1, 0, 1);
  tl_replay_get_progress (fixture->replay, &progress);
  g_assert_cmpint (progress.time_left, ==, 1500000);
  tl_replay_start (fixture->replay);
  g_assert_cmpint (tl_replay_get_state (fixture->replay), ==, TL_REPLAY_RUNNING);
  assert_sent (fixture, 0, 1);
  assert_sent (fixture, 99999, 1);
  assert_sent (fixture, 100000, 3);
  assert_sent (fixture, 999999, 3);
  tl_replay_get_progress (fixture->replay, &progress);
  g_assert_cmpint (progress.time_left, ==, 500001);
  g_assert_cmpint (progress.max_drift, ==, 0);
  assert_sent (fixture, 1030000, 4);
  assert_sent (fixture, 1499999, 4);
  assert_sent (fixture, 1500000, 5);
  tl_replay_get_progress (fixture->replay, &progress);
  g_assert_cmpint (tl_replay_get_state (fixture->replay), ==, TL_REPLAY_DONE);
  g_assert_cmpint (progress.max_drift, ==, 30000);
  g_assert_cmpint (progress.mean_drift, ==, 6000);
  g_assert_cmpint (progress.time_left, ==, 0);
  g_assert_cmpuint (progress.n_bytes, ==, 5);
  g_assert_cmpfloat (progress.fraction, ==, 1);
}

/* Scaled, with long gaps cut and a clock that went back. */
static void
test_scaled (Fixture       *fixture,
             gconstpointer  user_data)
{
  add (fixture, 0, "a");
  add (fixture, 1000000, "b");
  add (fixture, 500000, "c");
  add (fixture, 3600000000, "d");
  make (fixture, 10, 2000000, 1);
  tl_replay_start (fixture->replay);
  assert_sent (fixture, 0, 1);
  assert_sent (fixture, 99999, 1);
  assert_sent (fixture, 100000, 3);
  assert_sent (fixture, 2099999, 3);
  assert_sent (fixture, 2100000, 4);
  g_assert_cmpint (tl_replay_get_state (fixture->replay), ==, TL_REPLAY_DONE);
}

static void
test_slower (Fixture       *fixture,
             gconstpointer  user_data)
{
  add (fixture, 0, "a");
  add (fixture, 1000, "b");
  make (fixture, 0.1, 0, 1);
  tl_replay_start (fixture->replay);
  assert_sent (fixture, 9999, 1);
  assert_sent (fixture, 10000, 2);
}

/* Two rounds: between them as long as between messages on average. Endless: it says so. */
static void
test_rounds (Fixture       *fixture,
             gconstpointer  user_data)
{
  TlReplayProgress progress;

  add (fixture, 0, "a");
  add (fixture, 1000, "b");
  add (fixture, 4000, "c");
  make (fixture, 1, 0, 2);
  tl_replay_start (fixture->replay);
  tl_replay_get_progress (fixture->replay, &progress);
  g_assert_cmpuint (progress.n_items, ==, 6);
  assert_sent (fixture, 4000, 3);
  tl_replay_get_progress (fixture->replay, &progress);
  g_assert_cmpuint (progress.round, ==, 2);
  g_assert_cmpint (progress.time_left, ==, 6000);
  assert_sent (fixture, 5999, 3);
  assert_sent (fixture, 6000, 4);
  assert_sent (fixture, 10000, 6);
  g_assert_cmpint (tl_replay_get_state (fixture->replay), ==, TL_REPLAY_DONE);

  g_assert_finalize_object (fixture->replay);
  make (fixture, 1, 0, 0);
  tl_session_clear_counters (fixture->session);
  the_time = 1000000000;
  tl_replay_start (fixture->replay);
  assert_sent (fixture, 60000, 31);
  tl_replay_get_progress (fixture->replay, &progress);
  g_assert_cmpuint (progress.n_items, ==, 0);
  g_assert_cmpuint (progress.round, ==, 11);
  g_assert_cmpint (progress.time_left, ==, -1);
  tl_replay_stop (fixture->replay);
}

/* A pause is no gap: after it all is later by its length. Stopped, it begins anew. */
static void
test_pause (Fixture       *fixture,
            gconstpointer  user_data)
{
  TlReplayProgress progress;

  add (fixture, 0, "a");
  add (fixture, 1000, "b");
  make (fixture, 1, 0, 1);
  tl_replay_start (fixture->replay);
  assert_sent (fixture, 400, 1);
  tl_replay_pause (fixture->replay);
  g_assert_cmpint (tl_replay_get_state (fixture->replay), ==, TL_REPLAY_PAUSED);
  assert_sent (fixture, 50000, 1);
  tl_replay_get_progress (fixture->replay, &progress);
  g_assert_cmpint (progress.time_left, ==, 600);
  tl_replay_start (fixture->replay);
  assert_sent (fixture, 50599, 1);
  assert_sent (fixture, 50600, 2);
  tl_replay_get_progress (fixture->replay, &progress);
  g_assert_cmpint (progress.max_drift, ==, 400);

  tl_replay_start (fixture->replay);
  the_time += 10;
  turn (fixture->replay);
  tl_replay_stop (fixture->replay);
  g_assert_cmpint (tl_replay_get_state (fixture->replay), ==, TL_REPLAY_READY);
  tl_replay_start (fixture->replay);
  tl_replay_get_progress (fixture->replay, &progress);
  g_assert_cmpuint (progress.n_done, ==, 0);
}

/* A session that closes stops it, with a sentence; opened again, it goes on where it stood. */
static void
test_closed (Fixture       *fixture,
             gconstpointer  user_data)
{
  TlReplayProgress progress;
  TlSession *session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));

  add (fixture, 0, "a");
  add (fixture, 1000, "b");
  g_object_unref (fixture->session);
  fixture->session = session;
  make (fixture, 1, 0, 1);
  tl_replay_start (fixture->replay);
  g_assert_cmpint (tl_replay_get_state (fixture->replay), ==, TL_REPLAY_FAILED);
  g_assert_nonnull (strstr (tl_replay_get_error (fixture->replay), "not open"));
  tl_session_open (session);
  tl_replay_start (fixture->replay);
  g_assert_cmpint (tl_replay_get_state (fixture->replay), ==, TL_REPLAY_FAILED);
  g_assert_nonnull (strstr (tl_replay_get_error (fixture->replay), "nobody to play to"));
  peer_at (session, "127.0.0.1", port_of (fixture->other));
  tl_replay_start (fixture->replay);
  g_assert_null (tl_replay_get_error (fixture->replay));
  assert_sent (fixture, 0, 1);
  tl_session_close (session);
  g_assert_cmpint (tl_replay_get_state (fixture->replay), ==, TL_REPLAY_FAILED);
  tl_replay_get_progress (fixture->replay, &progress);
  g_assert_cmpuint (progress.n_done, ==, 1);
  tl_session_open (session);
  tl_replay_start (fixture->replay);
  tl_replay_get_progress (fixture->replay, &progress);
  g_assert_cmpuint (progress.n_done, ==, 1);
  the_time += 1000;
  turn (fixture->replay);
  g_assert_cmpint (tl_replay_get_state (fixture->replay), ==, TL_REPLAY_DONE);
}

static void
add_large (Fixture *fixture,
           gint64   time,
           gsize    length)
{
  g_autofree guint8 *large = g_malloc0 (length);

  g_assert_true (tl_replay_list_add (fixture->list, fixture->flow, time, large, length));
}

/* What is no datagram stops it too, and says which it is; left out, it goes on, in time. */
static void
test_refused (Fixture       *fixture,
              gconstpointer  user_data)
{
  TlReplayProgress progress;

  add (fixture, 0, "a");
  add_large (fixture, 1000, 70000);
  add (fixture, 3000, "b");
  add_large (fixture, 3000, 65508);
  make (fixture, 1, 0, 1);
  tl_replay_start (fixture->replay);
  g_assert_false (tl_replay_can_skip (fixture->replay));
  assert_sent (fixture, 1000, 1);
  g_assert_cmpint (tl_replay_get_state (fixture->replay), ==, TL_REPLAY_FAILED);
  g_assert_nonnull (strstr (tl_replay_get_error (fixture->replay), "message 2 of 4"));
  g_assert_nonnull (strstr (tl_replay_get_error (fixture->replay), "70000 bytes"));
  g_assert_nonnull (strstr (tl_replay_get_error (fixture->replay), "65507"));
  g_assert_true (tl_replay_can_skip (fixture->replay));
  /* Asked to go on without leaving it out, it stands where it stood. */
  tl_replay_start (fixture->replay);
  turn (fixture->replay);
  g_assert_true (tl_replay_can_skip (fixture->replay));

  tl_replay_skip (fixture->replay);
  g_assert_cmpint (tl_replay_get_state (fixture->replay), ==, TL_REPLAY_RUNNING);
  g_assert_null (tl_replay_get_error (fixture->replay));
  assert_sent (fixture, 2999, 1);
  assert_sent (fixture, 3000, 2);
  tl_replay_skip (fixture->replay);
  g_assert_cmpint (tl_replay_get_state (fixture->replay), ==, TL_REPLAY_DONE);
  tl_replay_get_progress (fixture->replay, &progress);
  g_assert_cmpuint (progress.n_done, ==, 2);
  g_assert_cmpuint (progress.n_skipped, ==, 2);
  g_assert_cmpfloat (progress.fraction, ==, 1);
  g_assert_false (tl_replay_can_skip (fixture->replay));
}

/* Asked to before, it leaves such messages out by itself; where all are such, it ends, whatever the rounds. */
static void
test_skips (Fixture       *fixture,
            gconstpointer  user_data)
{
  const TlReplayOptions options = { .speed = 0, .rounds = 2, .skips = TRUE };
  const TlReplayOptions endless = { .speed = 0, .rounds = 0, .skips = TRUE };
  g_autoptr (GArray) picked = NULL;
  g_autoptr (GArray) large = g_array_new (FALSE, FALSE, sizeof (guint));
  TlReplayProgress progress;
  guint first;

  add (fixture, 0, "a");
  add_large (fixture, 0, 65507);
  add_large (fixture, 0, 65508);
  picked = tl_replay_list_pick (fixture->list, fixture->flow, TL_REPLAY_SENT);
  g_assert_cmpuint (tl_replay_limit_get (fixture->session, NULL), ==, 65507);
  g_assert_cmpuint (tl_replay_limit_count (fixture->list, picked, 65507, &first), ==, 1);
  g_assert_cmpuint (first, ==, 2);
  g_assert_cmpuint (tl_replay_limit_count (fixture->list, picked, 0, &first), ==, 0);
  fixture->replay = tl_replay_new (fixture->session, NULL, fixture->list, picked, &options);
  tl_replay_set_clock (fixture->replay, clock_cb, NULL);
  tl_replay_start (fixture->replay);
  turn (fixture->replay);
  g_assert_cmpint (tl_replay_get_state (fixture->replay), ==, TL_REPLAY_DONE);
  tl_replay_get_progress (fixture->replay, &progress);
  g_assert_cmpuint (progress.n_done, ==, 4);
  g_assert_cmpuint (progress.n_skipped, ==, 2);
  g_assert_finalize_object (g_steal_pointer (&fixture->replay));

  g_array_append_val (large, first);
  g_array_index (large, guint, 0) = 2;
  fixture->replay = tl_replay_new (fixture->session, NULL, fixture->list, large, &endless);
  tl_replay_set_clock (fixture->replay, clock_cb, NULL);
  tl_replay_start (fixture->replay);
  turn (fixture->replay);
  g_assert_cmpint (tl_replay_get_state (fixture->replay), ==, TL_REPLAY_DONE);
}

int
main (int    argc,
      char **argv)
{
  test_replay_init (&argc, &argv);
  ADD ("timing", test_timing);
  ADD ("scaled", test_scaled);
  ADD ("slower", test_slower);
  ADD ("rounds", test_rounds);
  ADD ("pause", test_pause);
  ADD ("closed", test_closed);
  ADD ("refused", test_refused);
  ADD ("skips", test_skips);
  return g_test_run ();
}
