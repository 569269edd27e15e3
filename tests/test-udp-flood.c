/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UDP sessions over loopback when more comes than is read: all that came is there, and what was dropped is counted. */

#include "tl-udp-test.h"

#include "tl-udp-reader.h"

/* How much of the flood has been read. */
static gint flood_read;

/* It is never far ahead of its reader, however busy the machine is: the buffer is as large as the system lets it be. */
static gpointer
flood_thread (gpointer data)
{
  const guint16 port = GPOINTER_TO_UINT (data);
  int fd = plain_socket (NULL);
  char payload[64] = "flood";

  for (guint i = 0; i < 20000; ++i)
    {
      memcpy (payload + 8, &i, sizeof i);
      plain_send (fd, port, payload, sizeof payload);
      while ((gint) i - g_atomic_int_get (&flood_read) > 100)
        g_usleep (100);
    }
  close (fd);
  return NULL;
}

static guint64
follow_flood (TlSession *session)
{
  const guint64 come = RX (session) + tl_session_get_counters (session)->kernel_drops;

  g_atomic_int_set (&flood_read, (gint) come);
  return come;
}

/* What the kernel delivered is all there, in order; with the default buffer it delivers all of this. */
static void
test_flood (void)
{
  TlSession *session = opened ("127.0.0.1");
  GThread *thread = g_thread_new ("flood", flood_thread, GUINT_TO_POINTER (tl_net_test_port (session)));
  guint64 drops;

  test_wait (follow_flood (session) >= 20000);
  g_thread_join (thread);
  drops = tl_session_get_counters (session)->kernel_drops;
  g_assert_cmpuint (drops, ==, 0);
  g_assert_cmpuint (RX (session), ==, 20000);
  tl_message_log_flush (tl_session_get_log (session));
  for (guint i = 0; i < 20000; i += 1999)
    {
      g_autoptr (GBytes) bytes = tl_net_test_dup_payload (session, TL_MESSAGE_RECEIVED, i);

      g_assert_cmpuint (g_bytes_get_size (bytes), ==, 64);
      g_assert_cmpmem ((const char *) g_bytes_get_data (bytes, NULL) + 8, sizeof i, &i, sizeof i);
    }
  finish (session);
}

/* Nobody reads while many come into a small buffer: received and dropped together are all that was sent. */
static void
test_drops (void)
{
  enum { N = 2000 };
  TlSession *session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  g_autoptr (TlSocketOptions) effective = NULL;
  int fd = plain_socket (NULL);
  char payload[512] = { 0, };
  guint buffer;

  g_object_set (tl_session_get_options (session), "receive-buffer", 4096, NULL);
  tl_session_open (session);
  effective = tl_session_read_options (session, NULL);
  g_object_get (effective, "receive-buffer", &buffer, NULL);
  g_assert_cmpuint (buffer, <, 65536);
  for (guint i = 0; i < N; ++i)
    plain_send (fd, tl_net_test_port (session), payload, sizeof payload);
  test_wait (RX (session) + tl_session_get_counters (session)->kernel_drops == N);
  g_assert_cmpuint (RX (session), >, 0);
  g_assert_cmpuint (tl_session_get_counters (session)->kernel_drops, >, 0);
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_WARNING, "dropped"), ==, 1);

  /* A datagram later carries the same count again: it must not be counted twice. */
  plain_send (fd, tl_net_test_port (session), payload, sizeof payload);
  test_wait (RX (session) + tl_session_get_counters (session)->kernel_drops == N + 1);
  close (fd);
  finish (session);
}

/* The kernel's word for it, which comes with a datagram: what was dropped before it was queued. */
static void
test_drops_told_by_datagram (void)
{
  enum { N = 500 };
  const int on = 1;
  const int small = 4096;
  const struct iovec *payloads;
  const TlUdpAddress *addresses;
  TlUdpReader *reader;
  guint received = 0;
  char payload[512] = { 0, };
  guint16 port;
  int from = plain_socket (NULL);
  int to = plain_socket (&port);
  int n;

  g_assert_cmpint (setsockopt (to, SOL_SOCKET, SO_RCVBUF, &small, sizeof small), ==, 0);
  g_assert_cmpint (setsockopt (to, SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on), ==, 0);
  reader = tl_udp_reader_new (to);
  for (guint i = 0; i < N; ++i)
    plain_send (from, port, payload, sizeof payload);
  while ((n = tl_udp_reader_read (reader, &payloads, &addresses)) > 0)
    received += n;
  /* Those that were queued first know of no drop. */
  g_assert_cmpuint (received, <, N);
  g_assert_cmpuint (tl_udp_reader_take_drops (reader, FALSE), ==, 0);
  plain_send (from, port, "last", 4);
  g_assert_cmpint (tl_udp_reader_read (reader, &payloads, &addresses), ==, 1);
  g_assert_cmpmem (payloads[0].iov_base, payloads[0].iov_len, "last", 4);
  g_assert_cmpuint (tl_udp_reader_take_drops (reader, FALSE), ==, N - received);
  g_assert_cmpuint (tl_udp_reader_take_drops (reader, TRUE), ==, 0);
  tl_udp_reader_free (reader);
  close (from);
  close (to);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/udp-session/flood", test_flood);
  g_test_add_func ("/udp-session/drops", test_drops);
  g_test_add_func ("/udp-session/drops/told-by-datagram", test_drops_told_by_datagram);
  return g_test_run ();
}
