/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UDP sessions over loopback: bytes, limits, many peers, errors that come back. */

#include "tl-udp-test.h"

static void
send_bytes (TlSession  *session,
            TlPeer     *peer,
            const void *data,
            gsize       length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;

  tl_session_send (session, peer, bytes, &error);
  g_assert_no_error (error);
}

static gboolean
has_ipv6 (void)
{
  struct sockaddr_in6 address = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
  int fd = socket (AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  gboolean works = fd >= 0 && bind (fd, (struct sockaddr *) &address, sizeof address) == 0;

  if (fd >= 0)
    close (fd);
  return works;
}

static void
test_exchange (void)
{
  static const gsize sizes[] = { 0, 1, 5, 1472, 65507 };
  g_autofree guint8 *data = g_malloc (65507);
  TlSession *a = opened ("127.0.0.1");
  TlSession *b = opened ("127.0.0.1");
  TlPeer *to_b = peer_at (a, "127.0.0.1", tl_net_test_port (b));
  g_autoptr (TlPeer) from_a = NULL;

  for (guint i = 0; i < 65507; ++i)
    data[i] = i % 251;
  g_assert_cmpint (tl_peer_get_state (to_b), ==, TL_PEER_KNOWN);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); ++i)
    {
      g_autoptr (GBytes) got = NULL;

      send_bytes (a, to_b, data, sizes[i]);
      test_wait (RX (b) == i + 1);
      got = tl_net_test_dup_payload (b, TL_MESSAGE_RECEIVED, i);
      g_assert_nonnull (got);
      g_assert_cmpmem (g_bytes_get_data (got, NULL), g_bytes_get_size (got), data, sizes[i]);
    }
  from_a = g_list_model_get_item (tl_session_get_peers (b), 0);
  g_assert_cmpstr (tl_peer_get_name (from_a), ==, tl_session_get_local_endpoint (a));
  g_assert_cmpuint (tl_peer_get_rx_messages (from_a), ==, G_N_ELEMENTS (sizes));
  g_assert_cmpuint (tl_peer_get_rx_bytes (from_a), ==, 0 + 1 + 5 + 1472 + 65507);
  g_assert_cmpint (tl_peer_get_state (from_a), ==, TL_PEER_ACTIVE);

  send_bytes (b, from_a, "ni hao", 6);
  test_wait (RX (a) == 1);
  g_assert_cmpint (tl_peer_get_state (to_b), ==, TL_PEER_ACTIVE);
  g_assert_cmpuint (g_list_model_get_n_items (tl_session_get_peers (a)), ==, 1);
  g_assert_cmpuint (tl_session_get_counters (a)->tx_messages, ==, G_N_ELEMENTS (sizes));
  g_clear_object (&from_a);
  finish (a);
  finish (b);
}

static void
test_refusals (void)
{
  g_autofree guint8 *data = g_malloc0 (65508);
  g_autoptr (GBytes) large = g_bytes_new (data, 65508);
  g_autoptr (GBytes) small = g_bytes_new_static ("x", 1);
  g_autoptr (TlEndpoint) nowhere = tl_endpoint_new ("127.0.0.1", 0);
  g_autoptr (TlEndpoint) name = tl_endpoint_new ("example.invalid", 1);
  g_autoptr (GError) error = NULL;
  TlSession *session = opened ("127.0.0.1");
  TlPeer *peer = peer_at (session, "127.0.0.1", tl_net_test_port (session));
  TlPeer *v6 = peer_at (session, "::1", 9);

  g_assert_false (tl_session_send (session, peer, large, &error));
  g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "65508"));
  g_assert_nonnull (strstr (error->message, "65507"));
  g_assert_nonnull (strstr (error->message, "65527"));
  g_clear_error (&error);

  g_assert_false (tl_session_send (session, v6, small, &error));
  g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_ADDRESS);
  g_clear_error (&error);
  g_assert_null (tl_udp_session_add_peer (TL_UDP_SESSION (session), nowhere, &error));
  g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_ADDRESS);
  g_clear_error (&error);
  g_assert_null (tl_udp_session_add_peer (TL_UDP_SESSION (session), name, &error));
  g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_ADDRESS);
  g_clear_error (&error);
  g_assert_false (tl_session_send (session, NULL, small, &error));
  g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_NO_PEER);
  g_clear_error (&error);
  /* To all: one of the two takes it, and the refusal of the other is told. */
  g_assert_cmpuint (tl_session_send_to (session, NULL, small, &error), ==, 1);
  g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_ADDRESS);
  g_clear_error (&error);

  tl_session_close (session);
  g_assert_false (tl_session_send (session, peer, small, &error));
  g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_NOT_OPEN);
  g_assert_cmpuint (tl_session_get_counters (session)->tx_messages, ==, 1);
  g_assert_finalize_object (session);
}

static void
test_many_peers (void)
{
  enum { N = 300 };
  int fds[N];
  TlSession *session = opened ("127.0.0.1");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("all", 3);
  g_autoptr (GError) error = NULL;
  const guint16 port = tl_net_test_port (session);

  for (guint i = 0; i < N; ++i)
    {
      fds[i] = plain_socket (NULL);
      plain_send (fds[i], port, &i, sizeof i);
    }
  test_wait (RX (session) == N);
  g_assert_cmpuint (g_list_model_get_n_items (tl_session_get_peers (session)), ==, N);
  g_assert_cmpuint (tl_session_send_to (session, NULL, bytes, &error), ==, N);
  g_assert_no_error (error);
  for (guint i = 0; i < N; ++i)
    {
      char buffer[8];

      g_assert_cmpint (recv (fds[i], buffer, sizeof buffer, 0), ==, 3);
      close (fds[i]);
    }
  {
    g_autoptr (TlPeer) first = g_list_model_get_item (tl_session_get_peers (session), 0);

    g_assert_true (tl_session_disconnect (session, first, TL_DISCONNECT_GRACEFUL, &error));
    g_assert_cmpuint (g_list_model_get_n_items (tl_session_get_peers (session)), ==, N - 1);
    g_assert_false (tl_session_send (session, first, bytes, &error));
    g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_NO_PEER);
  }
  finish (session);
}

/* Peers are bounded: who was silent for longest leaves, and that is told once. */
static void
test_peer_bound (void)
{
  TlSession *session = TL_SESSION (tl_udp_session_new ("", 0));
  GListModel *peers = tl_session_get_peers (session);
  g_autoptr (TlPeer) last = NULL;

  for (guint i = 0; i < TL_UDP_MAX_PEERS + 10; ++i)
    {
      g_autofree char *host = g_strdup_printf ("10.0.%u.%u", i / 250, i % 250 + 1);

      peer_at (session, host, 7);
      if (i == 1)
        {
          /* Nobody leaves who is found again. */
          peer_at (session, "10.0.0.1", 7);
          g_assert_cmpuint (g_list_model_get_n_items (peers), ==, 2);
        }
    }
  g_assert_cmpuint (g_list_model_get_n_items (peers), ==, TL_UDP_MAX_PEERS);
  last = g_list_model_get_item (peers, TL_UDP_MAX_PEERS - 1);
  g_assert_cmpstr (tl_peer_get_name (last), ==, "10.0.40.10:7");
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_WARNING, "silent for longest"), ==, 1);
  g_clear_object (&last);
  g_assert_finalize_object (session);
}

typedef struct {
  const char *local;
  const char *remote;
} Ends;

static void
test_unreachable (gconstpointer data)
{
  const Ends *ends = data;
  const char *local = ends->local;
  TlSession *session;
  TlSession *other;
  TlPeer *peer;
  TlPeer *good;
  guint16 port;
  int fd = plain_socket (&port);

  close (fd);
  if (strchr (local, ':') && !has_ipv6 ())
    {
      g_test_skip ("no IPv6");
      return;
    }
  session = opened (local);
  other = opened (ends->remote);
  peer = peer_at (session, ends->remote, port);
  good = peer_at (session, ends->remote, tl_net_test_port (other));
  send_bytes (session, peer, "x", 1);
  /* The error of the first must not become that of the second. */
  send_bytes (session, good, "y", 1);
  test_wait (tl_peer_get_state (peer) == TL_PEER_UNREACHABLE && RX (other) == 1);
  g_assert_nonnull (strstr (tl_peer_get_note (peer), "port unreachable"));
  g_assert_cmpint (tl_peer_get_state (good), ==, TL_PEER_KNOWN);
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_WARNING, tl_peer_get_name (peer)), ==, 1);
  g_assert_cmpint (tl_session_get_state (session), ==, TL_SESSION_OPEN);
  /* And the session goes on. */
  send_bytes (session, good, "z", 1);
  test_wait (RX (other) == 2);
  finish (session);
  finish (other);
}

static void
test_in_use (void)
{
  guint16 port;
  int fd = plain_socket (&port);
  TlSession *session = TL_SESSION (tl_udp_session_new ("127.0.0.1", port));
  g_autofree char *text = g_strdup_printf ("127.0.0.1:%u", port);

  tl_session_open (session);
  g_assert_cmpint (tl_session_get_state (session), ==, TL_SESSION_FAILED);
  g_assert_nonnull (strstr (tl_session_get_error (session), "in use"));
  g_assert_nonnull (strstr (tl_session_get_error (session), text));
  g_assert_nonnull (strstr (tl_session_get_error (session), g_strerror (EADDRINUSE)));
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_CALL, "EADDRINUSE"), ==, 1);
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_ERROR, "in use"), ==, 1);
  /* The system tells who has it; here it is this program. */
  test_wait (tl_net_test_count_lines (session, TL_MESSAGE_WARNING, "this program") == 1);
  g_assert_nonnull (strstr (tl_session_get_error (session), "this program"));

  close (fd);
  tl_session_open (session);
  g_assert_cmpint (tl_session_get_state (session), ==, TL_SESSION_OPEN);
  g_assert_null (tl_session_get_error (session));
  finish (session);
}

static void
test_bad_local (void)
{
  TlSession *session = TL_SESSION (tl_udp_session_new ("203.0.113.77", 0));

  tl_session_open (session);
  g_assert_cmpint (tl_session_get_state (session), ==, TL_SESSION_FAILED);
  g_assert_nonnull (strstr (tl_session_get_error (session), "not an address of this computer"));
  g_assert_finalize_object (session);
}

static void
test_reopen (void)
{
  TlSession *session = opened ("127.0.0.1");
  TlSession *other = opened ("127.0.0.1");
  TlPeer *peer = peer_at (session, "127.0.0.1", tl_net_test_port (other));

  g_assert_cmpuint (tl_net_test_port (session), !=, 0);
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_EVENT, tl_session_get_local_endpoint (session)), ==, 1);
  for (guint i = 0; i < 3; ++i)
    {
      send_bytes (session, peer, "again", 5);
      test_wait (RX (other) == i + 1);
      tl_session_close (session);
      g_assert_null (tl_session_get_local_endpoint (session));
      tl_session_open (session);
      g_assert_cmpint (tl_session_get_state (session), ==, TL_SESSION_OPEN);
    }
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_CALL, "socket(AF_INET"), ==, 4);
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_CALL, "bind("), ==, 4);
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_CALL, "close("), ==, 3);
  finish (session);
  finish (other);
}

/* Dropped while open, with something to read and a peer in hand: nothing is left behind. */
static void
test_dropped_open (void)
{
  TlSession *session = opened ("127.0.0.1");
  g_autoptr (TlPeer) peer = g_object_ref (peer_at (session, "127.0.0.1", tl_net_test_port (session)));

  send_bytes (session, peer, "self", 4);
  g_assert_finalize_object (session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (tl_peer_get_tx_bytes (peer), ==, 4);
}

static void
test_ipv6 (void)
{
  static const char *const peers[] = { "127.0.0.1", "::1" };
  TlSession *dual;

  if (!has_ipv6 ())
    {
      g_test_skip ("no IPv6");
      return;
    }
  dual = opened ("::");
  for (guint i = 0; i < G_N_ELEMENTS (peers); ++i)
    {
      TlSession *other = opened (peers[i]);
      TlPeer *to_dual = peer_at (other, peers[i], tl_net_test_port (dual));
      g_autoptr (TlPeer) heard = NULL;

      send_bytes (other, to_dual, "hi", 2);
      test_wait (RX (dual) == i + 1);
      heard = g_list_model_get_item (tl_session_get_peers (dual), i);
      g_assert_cmpstr (tl_peer_get_name (heard), ==, tl_session_get_local_endpoint (other));
      send_bytes (dual, heard, "ho", 2);
      test_wait (RX (other) == 1);
      g_clear_object (&heard);
      finish (other);
    }
  finish (dual);
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
test_names (void)
{
  TlSession *session = opened ("127.0.0.1");
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_new ("localhost", 4000);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TlPeer) peer = NULL;

  tl_udp_session_add_peer_async (TL_UDP_SESSION (session), endpoint, NULL, added_cb, &result);
  test_wait (result != NULL);
  peer = tl_udp_session_add_peer_finish (TL_UDP_SESSION (session), result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tl_peer_get_name (peer), ==, "127.0.0.1:4000");
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_EVENT, "localhost"), ==, 1);
  g_clear_object (&result);

  tl_udp_session_add_peer_async (TL_UDP_SESSION (session), endpoint, cancellable, added_cb, &cancelled);
  g_cancellable_cancel (cancellable);
  test_wait (cancelled != NULL);
  g_assert_null (tl_udp_session_add_peer_finish (TL_UDP_SESSION (session), cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&cancelled);
  g_clear_object (&peer);
  finish (session);
}

static void
test_local_name (void)
{
  TlSession *session = TL_SESSION (tl_udp_session_new ("localhost", 0));

  tl_session_open (session);
  g_assert_cmpint (tl_session_get_state (session), ==, TL_SESSION_OPENING);
  test_wait (tl_session_get_state (session) != TL_SESSION_OPENING);
  g_assert_cmpint (tl_session_get_state (session), ==, TL_SESSION_OPEN);
  tl_session_close (session);
  tl_session_open (session);
  tl_session_close (session);
  g_assert_cmpint (tl_session_get_state (session), ==, TL_SESSION_CLOSED);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (tl_session_get_state (session), ==, TL_SESSION_CLOSED);
  /* The resolver lets go of its callback in its own time. */
  test_wait (G_OBJECT (session)->ref_count == 1);
  g_assert_finalize_object (session);
}

int
main (int    argc,
      char **argv)
{
  static const Ends ipv4 = { "127.0.0.1", "127.0.0.1" };
  static const Ends ipv6 = { "::1", "::1" };
  static const Ends dual_ipv4 = { "::", "127.0.0.1" };
  static const Ends dual_ipv6 = { "::", "::1" };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/udp-session/exchange", test_exchange);
  g_test_add_func ("/udp-session/refusals", test_refusals);
  g_test_add_func ("/udp-session/many-peers", test_many_peers);
  g_test_add_func ("/udp-session/peer-bound", test_peer_bound);
  g_test_add_data_func ("/udp-session/unreachable/ipv4", &ipv4, test_unreachable);
  g_test_add_data_func ("/udp-session/unreachable/ipv6", &ipv6, test_unreachable);
  g_test_add_data_func ("/udp-session/unreachable/dual-ipv4", &dual_ipv4, test_unreachable);
  g_test_add_data_func ("/udp-session/unreachable/dual-ipv6", &dual_ipv6, test_unreachable);
  g_test_add_func ("/udp-session/in-use", test_in_use);
  g_test_add_func ("/udp-session/bad-local", test_bad_local);
  g_test_add_func ("/udp-session/reopen", test_reopen);
  g_test_add_func ("/udp-session/dropped-open", test_dropped_open);
  g_test_add_func ("/udp-session/ipv6", test_ipv6);
  g_test_add_func ("/udp-session/names", test_names);
  g_test_add_func ("/udp-session/local-name", test_local_name);
  return g_test_run ();
}
