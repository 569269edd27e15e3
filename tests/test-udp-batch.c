/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A UDP session takes what waits together: the order over all peers, whose each datagram is, and answers in between stay. */

#include "tl-udp-test.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#define N 200
#define N_SOCKETS 3

static int
new_socket (guint16 to)
{
  const struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK), .sin_port = htons (to) };
  const int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (connect (fd, (const struct sockaddr *) &address, sizeof address), ==, 0);
  return fd;
}

static char *
name_of (int fd)
{
  struct sockaddr_in address;
  socklen_t length = sizeof address;

  g_assert_cmpint (getsockname (fd, (struct sockaddr *) &address, &length), ==, 0);
  return g_strdup_printf ("127.0.0.1:%u", ntohs (address.sin_port));
}

/* Runs of different lengths, so that batches end within them. */
static guint
who_sends (guint i)
{
  return i < 90 ? i / 30 : i % 7 < 4 ? 0 : i % N_SOCKETS;
}

static void
test_runs (void)
{
  TlSession *session = opened ("127.0.0.1");
  TlMessageSource *source = TL_MESSAGE_SOURCE (tl_session_get_log (session));
  GListModel *peers = tl_session_get_peers (session);
  char *names[N_SOCKETS];
  int fds[N_SOCKETS];
  guint counts[N_SOCKETS] = { 0 }, sizes[N_SOCKETS] = { 0 }, seen = 0;
  TlMessageInfo info;

  for (guint i = 0; i < N_SOCKETS; i++)
    {
      fds[i] = new_socket (tl_net_test_port (session));
      names[i] = name_of (fds[i]);
    }
  for (guint i = 0; i < N; i++)
    {
      g_autofree char *text = g_strdup_printf ("datagram %u", i);

      g_assert_cmpint (send (fds[who_sends (i)], text, strlen (text), 0), ==, strlen (text));
      counts[who_sends (i)]++;
      sizes[who_sends (i)] += strlen (text);
    }
  test_wait (tl_session_get_counters (session)->rx_messages == N);
  tl_message_log_flush (tl_session_get_log (session));
  for (guint i = 0; tl_message_source_peek (source, i, &info); i++)
    {
      g_autofree char *text = g_strdup_printf ("datagram %u", seen);
      g_autoptr (GBytes) bytes = tl_message_source_dup_bytes (source, i);

      if (info.kind != TL_MESSAGE_RECEIVED)
        continue;
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text));
      g_assert_cmpstr (tl_message_source_peer_name (source, info.peer), ==, names[who_sends (seen)]);
      seen++;
    }
  g_assert_cmpuint (seen, ==, N);
  g_assert_cmpuint (tl_session_get_counters (session)->rx_bytes, ==, sizes[0] + sizes[1] + sizes[2]);
  g_assert_cmpuint (g_list_model_get_n_items (peers), ==, N_SOCKETS);
  for (guint i = 0; i < N_SOCKETS; i++)
    {
      g_autoptr (TlPeer) peer = g_list_model_get_item (peers, i);

      g_assert_cmpstr (tl_peer_get_name (peer), ==, names[i]);
      g_assert_cmpuint (tl_peer_get_rx_messages (peer), ==, counts[i]);
      g_assert_cmpuint (tl_peer_get_rx_bytes (peer), ==, sizes[i]);
      close (fds[i]);
      g_free (names[i]);
    }
  tl_session_close (session);
  g_assert_finalize_object (session);
}

/* Each answer stands behind what it answers, though all had come before. */
static void
test_answers_in_between (void)
{
  TlSession *session = opened ("127.0.0.1");
  TlMessageSource *source = TL_MESSAGE_SOURCE (tl_session_get_log (session));
  const int fd = new_socket (tl_net_test_port (session));
  TlMessageKind awaited = TL_MESSAGE_RECEIVED;
  guint seen = 0;
  TlMessageInfo info;

  g_object_set (tl_session_get_auto_reply (session), "mode", TL_REPLY_ECHO, NULL);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpint (send (fd, "again", 5, 0), ==, 5);
  test_wait (tl_session_get_counters (session)->tx_messages == 20);
  tl_message_log_flush (tl_session_get_log (session));
  for (guint i = 0; tl_message_source_peek (source, i, &info); i++)
    {
      if (!TL_MESSAGE_KIND_IS_DATA (info.kind))
        continue;
      g_assert_cmpint (info.kind, ==, awaited);
      awaited = awaited == TL_MESSAGE_RECEIVED ? TL_MESSAGE_SENT : TL_MESSAGE_RECEIVED;
      seen++;
    }
  g_assert_cmpuint (seen, ==, 40);
  close (fd);
  tl_session_close (session);
  g_assert_finalize_object (session);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/udp-batch/runs", test_runs);
  g_test_add_func ("/udp-batch/answers-in-between", test_answers_in_between);
  return g_test_run ();
}
