/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages that are played again to who takes them slowly: full queues, streams, the real clock. */

#include "tl-replay-test.h"

#include "tl-tcp-client.h"
#include "tl-tcp-server.h"

#include "tl-fake-session.h"

/* One of two does not read: the other gets each message once, over a pause too. One that leaves is left out, and told of at the end. */
static void
test_full (void)
{
  g_autoptr (TlFakeSession) session = fake_session_new (2);
  g_autoptr (TlReplayList) list = tl_replay_list_new ();
  const guint flow = tl_replay_list_add_flow (list, TL_REPLAY_SENT, FALSE, NULL, "");
  const TlReplayOptions options = { 0, 0, 1 };
  g_autoptr (TlPeer) slow = g_list_model_get_item (tl_session_get_peers (TL_SESSION (session)), 0);
  g_autoptr (GArray) picked = NULL;
  TlReplayProgress progress;
  TlReplay *replay;

  tl_session_open (TL_SESSION (session));
  for (guint i = 0; i < 3; i++)
    tl_replay_list_add (list, flow, i, (const guint8 *) "abc" + i, 1);
  picked = tl_replay_list_pick (list, flow, TL_REPLAY_SENT);
  replay = tl_replay_new (TL_SESSION (session), NULL, list, picked, &options);
  tl_replay_set_clock (replay, clock_cb, NULL);
  session->refusals = G_MAXUINT;
  session->refuses = slow;
  session->code = TL_SESSION_ERROR_QUEUE_FULL;
  tl_replay_start (replay);
  turn (replay);
  turn (replay);
  g_assert_cmpint (tl_replay_get_state (replay), ==, TL_REPLAY_RUNNING);
  g_assert_cmpuint (session->sent->len, ==, 1);
  tl_replay_pause (replay);
  tl_replay_start (replay);
  turn (replay);
  g_assert_cmpuint (session->sent->len, ==, 1);
  session->refusals = 0;
  tl_replay_pause (replay);
  turn (replay);
  g_assert_cmpuint (session->sent->len, ==, 1);
  tl_replay_start (replay);
  session->refusals = 1;
  session->code = TL_SESSION_ERROR_FAILED;
  turn (replay);
  g_assert_cmpint (tl_replay_get_state (replay), ==, TL_REPLAY_DONE);
  /* "a" to the other; it failed for the slow one, who gets no more; "b" and "c" to the other. */
  g_assert_cmpuint (session->sent->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpmem (g_bytes_get_data (session->sent->pdata[i], NULL), 1, "abc" + i, 1);
  g_assert_cmpstr (tl_replay_get_error (replay), ==, "refused");
  tl_replay_get_progress (replay, &progress);
  g_assert_cmpuint (progress.n_done, ==, 3);
  g_assert_finalize_object (replay);
}

/* The log's payloads of that kind, one after the other. (transfer full) */
static GByteArray *
collect (TlSession    *session,
         TlMessageKind kind)
{
  TlMessageSource *source = TL_MESSAGE_SOURCE (tl_session_get_log (session));
  GByteArray *all = g_byte_array_new ();
  TlMessageInfo info;

  tl_message_log_flush (tl_session_get_log (session));
  for (guint i = 0; tl_message_source_peek (source, i, &info); i++)
    {
      g_autoptr (GBytes) bytes = NULL;

      if (info.kind != kind)
        continue;
      bytes = tl_message_source_dup_bytes (source, i);
      g_byte_array_append (all, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
    }
  return all;
}

typedef struct {
  guint   n_turns;
  guint   n_progress;
  gint64  last;
  gint64  longest;
} Pulse;

static gboolean
pulse_cb (gpointer user_data)
{
  Pulse *pulse = user_data;
  const gint64 now = g_get_monotonic_time ();

  pulse->longest = MAX (pulse->longest, pulse->last != 0 ? now - pulse->last : 0);
  pulse->last = now;
  pulse->n_turns++;
  return G_SOURCE_CONTINUE;
}

static void
progress_cb (Pulse *pulse)
{
  pulse->n_progress++;
}

/* As fast as possible over a connection whose queue fills: bytes and order are the same, and the main loop has its turns. */
static void
test_stream (void)
{
  TlSession *server = TL_SESSION (tl_tcp_server_new ("127.0.0.1", 0));
  TlSession *client;
  g_autoptr (TlReplayList) list = tl_replay_list_new ();
  const guint flow = tl_replay_list_add_flow (list, TL_REPLAY_CAPTURED, TRUE, "a", "b");
  const TlReplayOptions options = { 0, 0, 1 };
  g_autoptr (GArray) picked = NULL;
  g_autoptr (GByteArray) expected = g_byte_array_new (), received = NULL;
  g_autofree guint8 *data = g_malloc (60000);
  Pulse pulse = { 0 };
  guint source;
  TlReplay *replay;

  g_object_set (tl_session_get_log (server), "max-bytes", G_GUINT64_CONSTANT (256) * 1024 * 1024, NULL);
  tl_session_open (server);
  client = TL_SESSION (tl_tcp_client_new ("127.0.0.1", port_of (server)));
  tl_session_open (client);
  test_wait_for (tl_session_get_state (client) == TL_SESSION_OPEN, "the connection");
  for (guint i = 0; i < 2000; i++)
    {
      const gsize length = i % 17 == 0 ? 0 : (i * 977) % 60000;

      for (gsize j = 0; j < length; j++)
        data[j] = (guint8) (j * 31 + i);
      g_assert_true (tl_replay_list_add (list, flow, i, data, length));
      g_byte_array_append (expected, data, (guint) length);
    }
  g_assert_cmpuint (expected->len, >, 50 * 1024 * 1024);
  picked = tl_replay_list_pick (list, flow, TL_REPLAY_CAPTURED);
  replay = tl_replay_new (client, NULL, list, picked, &options);
  source = g_timeout_add (1, pulse_cb, &pulse);
  g_signal_connect_swapped (replay, "progress", G_CALLBACK (progress_cb), &pulse);
  tl_replay_start (replay);
  test_wait_for (tl_replay_get_state (replay) != TL_REPLAY_RUNNING, "the replay to end");
  g_assert_cmpstr (tl_replay_get_error (replay), ==, NULL);
  g_assert_cmpint (tl_replay_get_state (replay), ==, TL_REPLAY_DONE);
  test_wait_for (tl_session_get_counters (server)->rx_bytes == expected->len, "all bytes to come");
  g_source_remove (source);
  received = collect (server, TL_MESSAGE_RECEIVED);
  g_assert_cmpmem (received->data, received->len, expected->data, expected->len);
  g_test_message ("%u turns of the main loop, the longest wait %d ms", pulse.n_turns, (int) (pulse.longest / 1000));
  g_assert_cmpuint (pulse.n_turns, >, 10);
  g_assert_cmpuint (pulse.n_progress, >, 0);

  g_assert_finalize_object (replay);
  tl_session_close (client);
  test_wait_for (!tl_session_is_active (client), "the client to close");
  tl_session_close (server);
  test_wait_for (!tl_session_is_active (server), "the server to close");
  g_object_unref (client);
  g_object_unref (server);
}

/* In real time: datagrams with their gaps come in order, not before their time. */
static void
test_real_time (Fixture       *fixture,
                gconstpointer  user_data)
{
  const TlReplayOptions options = { 1, 0, 1 };
  g_autoptr (GArray) picked = NULL;
  g_autoptr (GByteArray) received = NULL;
  TlReplayProgress progress;
  gint64 begun;

  for (guint i = 0; i < 20; i++)
    {
      const char text[] = { (char) ('a' + i), '\0' };

      add (fixture, i * 5000, text);
    }
  picked = tl_replay_list_pick (fixture->list, fixture->flow, TL_REPLAY_SENT);
  fixture->replay = tl_replay_new (fixture->session, NULL, fixture->list, picked, &options);
  begun = g_get_monotonic_time ();
  tl_replay_start (fixture->replay);
  test_wait_for (tl_replay_get_state (fixture->replay) == TL_REPLAY_DONE, "the replay to end");
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, 19 * 5000);
  test_wait_for (tl_session_get_counters (fixture->other)->rx_messages == 20, "the datagrams");
  received = collect (fixture->other, TL_MESSAGE_RECEIVED);
  g_assert_cmpmem (received->data, received->len, "abcdefghijklmnopqrst", 20);
  tl_replay_get_progress (fixture->replay, &progress);
  g_test_message ("drift: mean %d µs, max %d µs", (int) progress.mean_drift, (int) progress.max_drift);
  g_assert_cmpint (progress.mean_drift, <=, progress.max_drift);
}

int
main (int    argc,
      char **argv)
{
  test_replay_init (&argc, &argv);
  ADD ("real-time", test_real_time);
  g_test_add_func ("/replay/full", test_full);
  g_test_add_func ("/replay/stream", test_stream);
  return g_test_run ();
}
