/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sending again and again: how often, until when, and what a refusal does. */

#include "tl-timed-send.h"

#include "tl-fake-session.h"

typedef struct {
  TlFakeSession *session;
  TlTimedSend   *timer;
  guint          n_stopped;
} Fixture;

static void
stopped_cb (TlTimedSend *timer,
            Fixture     *f)
{
  g_assert_true (timer == f->timer);
  f->n_stopped++;
}

static void
set_up (Fixture   *f,
        GPtrArray *peers,
        guint      interval,
        gint64     count)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a\0b", 3);
  g_autoptr (TlPayloadMaker) maker = tl_payload_maker_new_for_bytes (bytes);

  f->timer = tl_timed_send_new (TL_SESSION (f->session), peers, maker, "a·b", interval, count);
  g_signal_connect (f->timer, "stopped", G_CALLBACK (stopped_cb), f);
  f->n_stopped = 0;
}

static void
tear_down (Fixture *f)
{
  g_assert_finalize_object (f->timer);
  g_assert_finalize_object (f->session);
}

static guint64
get_sent (Fixture *f)
{
  guint64 sent;

  g_object_get (f->timer, "sent", &sent, NULL);
  return sent;
}

static gboolean
is_running (Fixture *f)
{
  gboolean running;

  g_object_get (f->timer, "running", &running, NULL);
  return running;
}

static void
test_count (void)
{
  Fixture f = { fake_session_new (2) };
  g_autofree char *label = NULL;
  g_autofree char *note = NULL;
  guint interval;
  gint64 remaining;
  double measured;

  set_up (&f, NULL, 1, 5);
  g_assert_false (is_running (&f));
  tl_timed_send_start (f.timer);
  g_assert_true (is_running (&f));
  test_wait (f.n_stopped > 0);

  g_object_get (f.timer, "label", &label, "note", &note, "interval", &interval, "remaining", &remaining, "measured", &measured, NULL);
  g_assert_cmpuint (get_sent (&f), ==, 5);
  g_assert_cmpuint (f.session->sent->len, ==, 10);
  g_assert_cmpuint (g_bytes_get_size (f.session->sent->pdata[9]), ==, 3);
  g_assert_false (is_running (&f));
  g_assert_cmpuint (f.n_stopped, ==, 1);
  g_assert_cmpint (remaining, ==, 0);
  g_assert_cmpuint (interval, ==, 1);
  g_assert_cmpfloat (measured, >, 0);
  g_assert_cmpstr (label, ==, "a·b");
  g_assert_null (note);

  /* There is nothing left of it. */
  tl_timed_send_start (f.timer);
  g_assert_false (is_running (&f));
  tear_down (&f);
}

static void
test_endless (void)
{
  Fixture f = { fake_session_new (1) };
  gint64 remaining;

  set_up (&f, NULL, 1, -1);
  tl_timed_send_start (f.timer);
  tl_timed_send_start (f.timer);
  test_wait (f.session->sent->len >= 70);
  tl_timed_send_stop (f.timer);
  tl_timed_send_stop (f.timer);
  g_object_get (f.timer, "remaining", &remaining, NULL);
  g_assert_cmpint (remaining, ==, -1);
  g_assert_cmpuint (f.n_stopped, ==, 1);
  g_assert_cmpuint (get_sent (&f), ==, f.session->sent->len);

  tl_timed_send_start (f.timer);
  test_wait (f.session->sent->len >= 72);
  tear_down (&f);
}

/* The schedule holds though each tick is late: sends begin at multiples of the interval. */
static void
test_schedule (void)
{
  Fixture f = { fake_session_new (1) };
  gint64 started;

  set_up (&f, NULL, 10, 4);
  started = g_get_monotonic_time ();
  tl_timed_send_start (f.timer);
  test_wait (f.session->sent->len == 1);
  /* Holds the main loop up, as a long drawing would. */
  g_usleep (25 * 1000);
  test_wait (f.n_stopped > 0);

  /* At 0, at once after the 25 ms that were missed, and then at 30 and 40 or later: what was missed is not made up for. */
  g_assert_cmpint (g_get_monotonic_time () - started, >=, 40 * 1000);
  g_assert_cmpuint (f.session->sent->len, ==, 4);
  tear_down (&f);
}

static void
test_refusals (void)
{
  Fixture f = { fake_session_new (1) };
  g_autofree char *note = NULL;
  gint64 remaining;

  f.session->refusals = 3;
  f.session->code = TL_SESSION_ERROR_QUEUE_FULL;
  set_up (&f, NULL, 1, 2);
  tl_timed_send_start (f.timer);
  test_wait (f.n_stopped > 0);

  g_object_get (f.timer, "note", &note, "remaining", &remaining, NULL);
  g_assert_cmpstr (note, ==, "refused");
  g_assert_cmpint (remaining, ==, 0);
  g_assert_cmpuint (f.session->n_refused, ==, 3);
  g_assert_cmpuint (get_sent (&f), ==, 2);
  tear_down (&f);
}

static void
test_session_closes (void)
{
  Fixture f = { fake_session_new (1) };
  g_autofree char *note = NULL;

  set_up (&f, NULL, 1, -1);
  tl_timed_send_start (f.timer);
  test_wait (f.session->sent->len >= 2);
  tl_session_close (TL_SESSION (f.session));
  g_assert_false (is_running (&f));
  g_assert_cmpuint (f.n_stopped, ==, 1);

  /* Started on a closed session it says why it ends. */
  tl_timed_send_start (f.timer);
  test_wait (f.n_stopped == 2);
  g_object_get (f.timer, "note", &note, NULL);
  g_assert_nonnull (note);
  tear_down (&f);
}

static void
test_peers_leave (void)
{
  Fixture f = { fake_session_new (2) };
  g_autoptr (GPtrArray) peers = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (peers, g_list_model_get_item (tl_session_get_peers (TL_SESSION (f.session)), 1));
  set_up (&f, peers, 1, -1);
  tl_timed_send_start (f.timer);
  test_wait (f.session->sent->len >= 2);
  tl_session_remove_peer (TL_SESSION (f.session), peers->pdata[0]);
  test_wait (f.n_stopped > 0);
  g_assert_false (is_running (&f));
  g_assert_cmpuint (get_sent (&f), ==, f.session->sent->len);
  tear_down (&f);
}

static void
count_notify_cb (GObject    *object,
                 GParamSpec *pspec,
                 guint      *n)
{
  *n += 1;
}

/* A thousand sends a second are not a thousand redraws. */
static void
test_notifies (void)
{
  Fixture f = { fake_session_new (1) };
  guint n = 0;
  gint64 started = g_get_monotonic_time ();
  double seconds;

  set_up (&f, NULL, 1, 100);
  g_signal_connect (f.timer, "notify::sent", G_CALLBACK (count_notify_cb), &n);
  tl_timed_send_start (f.timer);
  test_wait (f.n_stopped > 0);
  seconds = (g_get_monotonic_time () - started) / (double) G_USEC_PER_SEC;
  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpfloat (n, <=, seconds * 10 + 2);
  tear_down (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/timed-send/count", test_count);
  g_test_add_func ("/timed-send/endless", test_endless);
  g_test_add_func ("/timed-send/schedule", test_schedule);
  g_test_add_func ("/timed-send/refusals", test_refusals);
  g_test_add_func ("/timed-send/session-closes", test_session_closes);
  g_test_add_func ("/timed-send/peers-leave", test_peers_leave);
  g_test_add_func ("/timed-send/notifies", test_notifies);
  return g_test_run ();
}
