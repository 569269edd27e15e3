/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits to be sent over TCP: the mark, slow readers, what was never sent, floods both ways. */

#include "tl-tcp-channel.h"
#include "tl-tcp-server-test.h"

/* Queues until it is refused. Returns the bytes taken. */
static gsize
fill_queue (TlSession *server,
            TlPeer    *peer)
{
  static const char piece[64 * 1024];
  g_autoptr (GError) error = NULL;
  gsize taken = 0;

  while (test_send (server, peer, piece, sizeof piece, &error))
    {
      taken += sizeof piece;
      g_assert_cmpuint (tl_peer_get_queued (peer), <=, TL_TCP_HIGH_WATER);
    }
  g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_QUEUE_FULL);
  g_assert_cmpuint (tl_peer_get_queued (peer), >, TL_TCP_HIGH_WATER - sizeof piece);
  return taken;
}

/* It may send again only when most of what waited is gone. */
static void
drained_cb (TlSession *server,
            TlPeer    *peer,
            guint     *count)
{
  g_assert_cmpuint (tl_peer_get_queued (peer), <=, TL_TCP_LOW_WATER);
  ++*count;
}

static void
test_slow_reader (void)
{
  int fd;
  TlSession *server = open_pair (&fd);
  TlPeer *peer = test_peer (server, 0);
  g_auto (RawInput) input = { 0 };
  g_autoptr (GBytes) huge = g_bytes_new_take (g_malloc0 (TL_TCP_HIGH_WATER + 1), TL_TCP_HIGH_WATER + 1);
  g_autoptr (GError) error = NULL;
  guint drained = 0;
  gsize taken;

  g_signal_connect (server, "drained", G_CALLBACK (drained_cb), &drained);
  g_assert_false (tl_session_send (server, peer, huge, &error));
  g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_TOO_LARGE);
  taken = fill_queue (server, peer);
  g_assert_cmpuint (drained, ==, 0);
  g_assert_cmpuint (test_n_rows (server, TL_MESSAGE_SENT), <, taken / (64 * 1024));
  test_wait (raw_read (fd, &input) == taken);
  test_wait (drained == 1);
  test_wait (tl_peer_get_queued (peer) == 0);
  g_assert_cmpuint (test_n_rows (server, TL_MESSAGE_SENT), ==, taken / (64 * 1024));
  g_assert_cmpuint (tl_session_get_counters (server)->tx_bytes, ==, taken);
  close (fd);
  close_server (server);
}

/* An end in order is not cut short while what waits still goes out, however long that takes; only then the other side has its 5 seconds. */
static void
test_orderly_end_of_slow_reader (void)
{
  int fd;
  TlSession *server = open_pair (&fd);
  g_autoptr (TlPeer) peer = g_object_ref (test_peer (server, 0));
  const gint64 start = g_get_monotonic_time ();
  gsize taken = fill_queue (server, peer);
  gsize got = 0;
  g_autoptr (GError) error = NULL;
  g_autofree char *buffer = g_malloc (2 * 1024 * 1024);

  g_assert_true (tl_session_disconnect (server, peer, TL_DISCONNECT_GRACEFUL, &error));
  for (guint second = 1; got < taken; second++)
    {
      gsize share = second < 7 ? 1024 * 1024 : taken;
      gssize n;

      test_wait (g_get_monotonic_time () - start >= MIN (second, 7) * G_USEC_PER_SEC);
      g_assert_false (test_has_line (server, TL_MESSAGE_WARNING, "not sent"));
      while (share > 0 && (n = recv (fd, buffer, MIN (share, 2 * 1024 * 1024), 0)) > 0)
        {
          got += (gsize) n;
          share -= MIN (share, (gsize) n);
        }
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpuint (got, ==, taken);
  g_assert_cmpint (tl_peer_get_state (peer), ==, TL_PEER_CLOSING);
  close (fd);
  test_wait (tl_peer_get_state (peer) == TL_PEER_CLOSED);
  close_server (server);
}

/* What waited and was not sent is told; what went out of the message that was cut is logged. */
static void
test_unsent (void)
{
  int fd;
  TlSession *server = open_pair (&fd);
  g_autoptr (TlPeer) peer = g_object_ref (test_peer (server, 0));
  gsize taken = fill_queue (server, peer);
  gsize waiting = tl_peer_get_queued (peer);
  g_autofree char *count = g_strdup_printf ("%" G_GSIZE_FORMAT " bytes that waited", waiting);
  g_autoptr (GError) error = NULL;

  g_assert_true (tl_session_disconnect (server, peer, TL_DISCONNECT_RESET, &error));
  g_assert_cmpuint (tl_peer_get_queued (peer), ==, 0);
  g_assert_true (test_has_line (server, TL_MESSAGE_WARNING, count));
  g_assert_cmpuint (tl_session_get_counters (server)->tx_bytes, ==, taken - waiting);
  close (fd);
  close_server (server);
}

/* What came before a reset is read although a write had noticed the reset first. */
static void
test_write_notices_reset (void)
{
  int fd;
  TlSession *server = open_pair (&fd);
  g_autoptr (TlPeer) peer = g_object_ref (test_peer (server, 0));
  g_autoptr (GError) error = NULL;

  raw_send (fd, "before the end", 14);
  raw_reset (fd);
  g_assert_false (test_send (server, peer, "too late", -1, &error));
  g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_FAILED);
  test_wait (test_n_peers (server) == 0);
  g_assert_cmpint (tl_peer_get_state (peer), ==, TL_PEER_RESET);
  g_assert_true (test_has_line (server, TL_MESSAGE_WARNING, "8 bytes that waited were not sent"));
  close_server (server);
}

/* Let go of while a client is connected and bytes wait. */
static void
test_drop (void)
{
  int fd;
  TlSession *server = open_pair (&fd);
  g_auto (RawInput) input = { 0 };

  fill_queue (server, test_peer (server, 0));
  g_assert_finalize_object (server);
  test_wait (raw_read_to_end (fd, &input));
  close (fd);
}

static void
test_flood_with_echo (void)
{
  static char piece[32 * 1024];
  int fd;
  TlSession *server = open_pair (&fd);
  g_auto (RawInput) input = { 0 };
  gsize sent = 0;

  memset (piece, 'f', sizeof piece);
  g_object_set (tl_session_get_auto_reply (server), "mode", TL_REPLY_ECHO, NULL);
  while (sent < 16 * 1024 * 1024)
    {
      gssize n = send (fd, piece, sizeof piece, MSG_NOSIGNAL);

      if (n > 0)
        sent += (gsize) n;
      else
        g_assert_cmpint (errno, ==, EAGAIN);
      raw_read (fd, &input);
      g_main_context_iteration (NULL, FALSE);
    }
  shutdown (fd, SHUT_WR);
  test_wait (raw_read_to_end (fd, &input));
  g_assert_true (input.eof);
  g_assert_cmpuint (tl_session_get_counters (server)->rx_bytes, ==, sent);
  g_assert_cmpuint (tl_session_get_counters (server)->tx_bytes, ==, input.data->len);
  g_assert_cmpuint (input.data->len, >, 0);
  if (tl_session_get_counters (server)->replies_held == 0)
    g_assert_cmpuint (input.data->len, ==, sent);
  g_assert_cmpint (tl_session_get_state (server), ==, TL_SESSION_OPEN);
  close (fd);
  close_server (server);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp-queue/slow-reader", test_slow_reader);
  g_test_add_func ("/tcp-queue/orderly-end-of-slow-reader", test_orderly_end_of_slow_reader);
  g_test_add_func ("/tcp-queue/unsent", test_unsent);
  g_test_add_func ("/tcp-queue/write-notices-reset", test_write_notices_reset);
  g_test_add_func ("/tcp-queue/drop", test_drop);
  g_test_add_func ("/tcp-queue/flood-with-echo", test_flood_with_echo);
  return g_test_run ();
}
