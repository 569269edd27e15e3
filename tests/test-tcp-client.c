/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The TCP client against raw listeners: how it gets there, how it ends, how it comes back. */

#include "tl-tcp-client.h"
#include "tl-tcp-test.h"
#include "tl-test-resolver.h"

static TlSession *
new_client (guint16 port)
{
  return TL_SESSION (tl_tcp_client_new ("127.0.0.1", port));
}

/* A client that is connected to @fd. */
static TlSession *
open_pair (int *listener,
           int *fd)
{
  guint16 port;
  TlSession *client;

  *listener = raw_listen (0, 8, &port);
  client = new_client (port);
  tl_session_open (client);
  test_wait (tl_session_get_state (client) == TL_SESSION_OPEN);
  test_wait (raw_accept (*listener, fd));
  return client;
}

static void
close_client (TlSession *client)
{
  tl_session_close (client);
  test_wait (!tl_session_is_active (client));
  g_assert_finalize_object (client);
}

static void
test_talk (void)
{
  int listener;
  int fd;
  TlSession *client = open_pair (&listener, &fd);
  TlPeer *peer = test_peer (client, 0);
  g_auto (RawInput) input = { 0 };
  g_autoptr (GBytes) row = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *info = tl_session_dup_tcp_info (client, peer);

  g_assert_cmpuint (test_n_peers (client), ==, 1);
  g_assert_nonnull (info);
  g_assert_nonnull (strstr (info, "ESTABLISHED"));
  g_assert_nonnull (tl_session_get_local_endpoint (client));
  g_assert_true (test_has_line (client, TL_MESSAGE_EVENT, "State: Not connected → Connecting"));
  g_assert_true (test_has_line (client, TL_MESSAGE_EVENT, "State: Connecting → Connected."));
  g_assert_true (test_has_line (client, TL_MESSAGE_EVENT, "Trying 127.0.0.1:"));
  g_assert_true (test_has_line (client, TL_MESSAGE_EVENT, "has answered"));
  g_assert_true (test_has_line (client, TL_MESSAGE_CALL, "connect("));
  g_assert_true (test_send (client, peer, "a\0\xff", 3, &error));
  g_assert_no_error (error);
  test_wait (raw_read (fd, &input) == 3);
  g_assert_cmpmem (input.data->data, input.data->len, "a\0\xff", 3);
  raw_send (fd, "\0back", 5);
  test_wait (test_n_rows (client, TL_MESSAGE_RECEIVED) == 1);
  row = test_row (client, TL_MESSAGE_RECEIVED, 0);
  g_assert_cmpmem (g_bytes_get_data (row, NULL), g_bytes_get_size (row), "\0back", 5);

  /* The other side closes: that is no failure. */
  close (fd);
  test_wait (tl_session_get_state (client) == TL_SESSION_CLOSED);
  g_assert_null (tl_session_get_error (client));
  g_assert_true (test_has_line (client, TL_MESSAGE_EVENT, "The other side closed the connection."));
  g_assert_cmpint (tl_peer_get_state (peer), ==, TL_PEER_CLOSED);
  g_assert_cmpstr (tl_session_get_state_label (client), ==, "Closed by the peer");
  g_assert_true (test_has_line (client, TL_MESSAGE_EVENT, "State: Connected → Closed by the peer"));
  close (listener);
  g_assert_finalize_object (client);
}

static void
test_refused (void)
{
  TlSession *client = new_client (raw_free_port ());

  tl_session_open (client);
  test_wait (tl_session_get_state (client) == TL_SESSION_FAILED);
  g_assert_nonnull (strstr (tl_session_get_error (client), g_strerror (ECONNREFUSED)));
  g_assert_true (test_has_line (client, TL_MESSAGE_CALL, "ECONNREFUSED"));
  g_assert_cmpstr (tl_session_get_state_label (client), ==, "Refused");
  g_assert_false (test_send (client, NULL, "x", 1, NULL));
  g_assert_finalize_object (client);
}

static void
test_name_not_found (void)
{
  TlSession *client = TL_SESSION (tl_tcp_client_new ("nowhere.example", 80));

  tl_session_open (client);
  test_wait (tl_session_get_state (client) == TL_SESSION_FAILED);
  g_assert_nonnull (strstr (tl_session_get_error (client), "nowhere.example"));
  g_assert_nonnull (strstr (tl_session_get_error (client), "No computer has the name"));
  g_assert_finalize_object (client);
}

/* Nobody listens at ::1; 127.0.0.1 is tried then, and wins. */
static void
test_two_addresses (void)
{
  guint16 port;
  int listener = raw_listen (0, 8, &port);
  TlSession *client = TL_SESSION (tl_tcp_client_new ("two.example", port));

  tl_session_open (client);
  test_wait (tl_session_get_state (client) == TL_SESSION_OPEN);
  g_assert_cmpuint (test_n_lines (client, TL_MESSAGE_EVENT, "Trying"), ==, 2);
  g_assert_true (test_has_line (client, TL_MESSAGE_EVENT, "Trying [::1]:"));
  g_assert_true (test_has_line (client, TL_MESSAGE_EVENT, "No connection to [::1]:"));
  g_assert_true (g_str_has_prefix (tl_peer_get_name (test_peer (client, 0)), "127.0.0.1:"));
  close (listener);
  tl_session_close (client);
  test_wait (!tl_session_is_active (client) || tl_session_get_state (client) == TL_SESSION_CLOSING);
  close_client (client);
}

/* A listener whose queue is full: the system does not answer those who come. */
static int
listen_full (guint16 *port,
             int      fill[4])
{
  int listener = raw_listen (0, 0, port);
  struct sockaddr_in address = raw_address (*port);

  for (guint i = 0; i < 4; i++)
    {
      fill[i] = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
      connect (fill[i], (struct sockaddr *) &address, sizeof address);
    }
  return listener;
}

static void
close_full (int listener,
            int fill[4])
{
  for (guint i = 0; i < 4; i++)
    close (fill[i]);
  close (listener);
}

static void
test_timeout (void)
{
  int fill[4];
  guint16 port;
  int listener = listen_full (&port, fill);
  TlSession *client = new_client (port);

  g_object_set (client, "timeout", 1, NULL);
  tl_session_open (client);
  test_wait (tl_session_get_state (client) == TL_SESSION_FAILED);
  g_assert_nonnull (strstr (tl_session_get_error (client), "within 1 second."));
  g_assert_nonnull (strstr (tl_session_get_error (client), g_strerror (ETIMEDOUT)));
  g_assert_true (test_has_line (client, TL_MESSAGE_CALL, "close("));
  g_assert_cmpstr (tl_session_get_state_label (client), ==, "Timed out");
  close_full (listener, fill);
  g_assert_finalize_object (client);
}

static void
test_cancel (void)
{
  int fill[4];
  guint16 port;
  int listener = listen_full (&port, fill);
  TlSession *client = new_client (port);

  tl_session_open (client);
  test_wait (test_has_line (client, TL_MESSAGE_CALL, "EINPROGRESS"));
  g_assert_cmpint (tl_session_get_state (client), ==, TL_SESSION_OPENING);
  tl_session_close (client);
  g_assert_cmpint (tl_session_get_state (client), ==, TL_SESSION_CLOSED);
  g_assert_null (tl_session_get_error (client));
  test_wait (test_has_line (client, TL_MESSAGE_CALL, "close("));

  /* Open again at once: the first try must not meddle. */
  tl_session_open (client);
  tl_session_close (client);
  tl_session_open (client);
  test_wait (test_n_lines (client, TL_MESSAGE_CALL, "EINPROGRESS") == 2);
  tl_session_close (client);
  close_full (listener, fill);
  test_wait (G_OBJECT (client)->ref_count == 1);
  g_assert_finalize_object (client);
}

static void
test_cancel_lookup (void)
{
  TlSession *client = TL_SESSION (tl_tcp_client_new ("silent.example", 80));

  tl_session_open (client);
  g_assert_cmpint (tl_session_get_state (client), ==, TL_SESSION_OPENING);
  g_main_context_iteration (NULL, FALSE);
  tl_session_close (client);
  g_assert_cmpint (tl_session_get_state (client), ==, TL_SESSION_CLOSED);
  test_wait (G_OBJECT (client)->ref_count == 1);
  g_assert_finalize_object (client);
}

static void
test_reset_by_peer (void)
{
  int listener;
  int fd;
  TlSession *client = open_pair (&listener, &fd);

  raw_reset (fd);
  test_wait (tl_session_get_state (client) == TL_SESSION_FAILED);
  g_assert_nonnull (strstr (tl_session_get_error (client), "reset the connection"));
  g_assert_cmpint (tl_peer_get_state (test_peer (client, 0)), ==, TL_PEER_RESET);
  g_assert_cmpstr (tl_session_get_state_label (client), ==, "Reset by the peer");
  close (listener);
  g_assert_finalize_object (client);
}

/* Both sides end, one after the other, each way round. */
static void
test_half_close (void)
{
  int listener;
  int fd;
  TlSession *client = open_pair (&listener, &fd);
  TlPeer *peer = test_peer (client, 0);
  g_auto (RawInput) input = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (tl_session_disconnect (client, peer, TL_DISCONNECT_HALF_CLOSE, &error));
  g_assert_no_error (error);
  test_wait (raw_read_to_end (fd, &input));
  g_assert_true (input.eof);
  g_assert_cmpint (tl_session_get_state (client), ==, TL_SESSION_OPEN);
  g_assert_cmpint (tl_peer_get_state (peer), ==, TL_PEER_HALF_CLOSED_LOCAL);
  raw_send (fd, "an answer", 9);
  test_wait (tl_peer_get_rx_bytes (peer) == 9);
  close (fd);
  test_wait (tl_session_get_state (client) == TL_SESSION_CLOSED);
  close (listener);
  g_assert_finalize_object (client);
}

static void
test_half_closed_by_peer (void)
{
  int listener;
  int fd;
  TlSession *client = open_pair (&listener, &fd);
  TlPeer *peer = test_peer (client, 0);
  g_auto (RawInput) input = { 0 };

  g_object_set (client, "close-on-eof", FALSE, NULL);
  shutdown (fd, SHUT_WR);
  test_wait (tl_peer_get_state (peer) == TL_PEER_HALF_CLOSED_REMOTE);
  test_wait (g_str_equal (tl_session_get_state_label (client), "Half-closed by the peer"));
  g_assert_cmpint (tl_session_get_state (client), ==, TL_SESSION_OPEN);
  g_assert_true (test_send (client, peer, "more", 4, NULL));
  test_wait (raw_read (fd, &input) == 4);
  tl_session_close (client);
  g_assert_cmpint (tl_session_get_state (client), ==, TL_SESSION_CLOSED);
  g_assert_cmpstr (tl_session_get_state_label (client), ==, "Disconnected");
  test_wait (raw_read_to_end (fd, &input));
  close (fd);
  close (listener);
  g_assert_finalize_object (client);
}

/* What our own end looks like from there. */
static void
test_disconnect (void)
{
  static const TlDisconnectKind kinds[] = { TL_DISCONNECT_GRACEFUL, TL_DISCONNECT_RESET };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      int listener;
      int fd;
      TlSession *client = open_pair (&listener, &fd);
      g_auto (RawInput) input = { 0 };
      g_autoptr (GError) error = NULL;

      /* An end that we wished is no reason to come back. */
      g_object_set (client, "reconnect", TRUE, NULL);
      g_assert_true (tl_session_disconnect (client, test_peer (client, 0), kinds[i], &error));
      g_assert_no_error (error);
      test_wait (raw_read_to_end (fd, &input));
      g_assert_cmpint (input.errsv, ==, kinds[i] == TL_DISCONNECT_RESET ? ECONNRESET : 0);
      close (fd);
      test_wait (tl_session_get_state (client) == TL_SESSION_CLOSED);
      close (listener);
      g_assert_finalize_object (client);
    }
}

static void
test_local_port (void)
{
  guint16 port;
  guint16 local = raw_free_port ();
  int listener = raw_listen (0, 8, &port);

  /* Twice: the port can be used again at once. */
  for (guint i = 0; i < 2; i++)
    {
      TlSession *client = new_client (port);
      struct sockaddr_in address;
      socklen_t length = sizeof address;
      int fd = -1;

      g_object_set (client, "local-host", "127.0.0.1", "local-port", (guint) local, NULL);
      tl_session_open (client);
      test_wait ((fd = accept4 (listener, (struct sockaddr *) &address, &length, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0);
      g_assert_cmpuint (ntohs (address.sin_port), ==, local);
      test_wait (tl_session_get_state (client) == TL_SESSION_OPEN);
      tl_session_close (client);
      close (fd);
      close_client (client);
    }
  close (listener);
}

static void
test_local_address_wrong (void)
{
  static const char *const hosts[] = { "192.0.2.1", "a.name", "::1" };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      guint16 port;
      int listener = raw_listen (0, 8, &port);
      TlSession *client = new_client (port);

      g_object_set (client, "local-host", hosts[i], NULL);
      tl_session_open (client);
      test_wait (tl_session_get_state (client) == TL_SESSION_FAILED);
      g_assert_nonnull (tl_session_get_error (client));
      close (listener);
      g_assert_finalize_object (client);
    }
}

static void
test_reconnect (void)
{
  guint16 port = raw_free_port ();
  guint16 bound;
  TlSession *client = new_client (port);
  gint64 retry_at = 0;
  int listener;
  int fd;

  g_object_set (client, "reconnect", TRUE, NULL);
  tl_session_open (client);
  test_wait (tl_session_get_state (client) == TL_SESSION_RECONNECTING);
  g_assert_nonnull (strstr (tl_session_get_error (client), g_strerror (ECONNREFUSED)));
  g_object_get (client, "retry-at", &retry_at, NULL);
  g_assert_cmpint (retry_at, >, g_get_monotonic_time ());
  g_assert_true (test_has_line (client, TL_MESSAGE_EVENT, "again in 1 second."));

  /* The listener comes later. */
  listener = raw_listen (port, 8, &bound);
  test_wait (tl_session_get_state (client) == TL_SESSION_OPEN);
  g_assert_null (tl_session_get_error (client));
  test_wait (raw_accept (listener, &fd));
  g_assert_cmpuint (test_n_peers (client), ==, 1);

  /* It goes too soon: the delay goes on growing. */
  close (fd);
  test_wait (tl_session_get_state (client) == TL_SESSION_RECONNECTING);
  g_assert_true (test_has_line (client, TL_MESSAGE_EVENT, "again in 2 seconds."));
  tl_session_close (client);
  g_assert_cmpint (tl_session_get_state (client), ==, TL_SESSION_CLOSED);
  g_object_get (client, "retry-at", &retry_at, NULL);
  g_assert_cmpint (retry_at, ==, 0);
  close (listener);
  g_assert_finalize_object (client);
}

/* Coming back does not help against what was asked for wrongly. */
static void
test_local_address_wrong_for_good (void)
{
  static const char *const hosts[] = { "192.0.2.1", "a.name", "::1" };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      guint16 port;
      int listener = raw_listen (0, 8, &port);
      TlSession *client = new_client (port);

      g_object_set (client, "local-host", hosts[i], "reconnect", TRUE, NULL);
      tl_session_open (client);
      test_wait (tl_session_get_state (client) != TL_SESSION_OPENING);
      g_assert_cmpint (tl_session_get_state (client), ==, TL_SESSION_FAILED);
      close (listener);
      g_assert_finalize_object (client);
    }
}

/* The second try says what came of it too. */
static void
test_each_try_is_told (void)
{
  TlSession *client = new_client (raw_free_port ());
  g_autofree char *sentence = NULL;

  g_object_set (client, "reconnect", TRUE, NULL);
  tl_session_open (client);
  test_wait (tl_session_get_state (client) == TL_SESSION_RECONNECTING);
  sentence = g_strdup (tl_session_get_error (client));
  g_assert_false (test_has_line (client, TL_MESSAGE_WARNING, sentence));
  test_wait (test_has_line (client, TL_MESSAGE_WARNING, sentence));
  g_assert_finalize_object (client);
}

/* Let go of in each state. */
static void
test_drop (void)
{
  int listener;
  int fd;
  TlSession *client = open_pair (&listener, &fd);
  g_auto (RawInput) input = { 0 };

  g_assert_finalize_object (client);
  test_wait (raw_read_to_end (fd, &input));
  close (fd);
  close (listener);

  client = new_client (raw_free_port ());
  g_object_set (client, "reconnect", TRUE, NULL);
  tl_session_open (client);
  test_wait (tl_session_get_state (client) == TL_SESSION_RECONNECTING);
  test_wait (G_OBJECT (client)->ref_count == 1);
  g_assert_finalize_object (client);
}

static void
test_link (void)
{
  TlSession *client = TL_SESSION (tl_tcp_client_new ("::1", 80));
  g_autofree char *plain = tl_session_dup_link (client);
  g_autofree char *full = NULL;

  g_assert_cmpstr (plain, ==, "tcp://[::1]:80");
  g_object_set (client, "tls", TL_TLS_ACCEPT, "reconnect", TRUE, "timeout", 3, "local-port", 4000, NULL);
  full = tl_session_dup_link (client);
  g_assert_cmpstr (full, ==, "tcp://[::1]:80?local=0.0.0.0:4000&tls=accept&reconnect=1&timeout=3");
  g_assert_finalize_object (client);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  test_resolver_install ();
  g_test_add_func ("/tcp-client/talk", test_talk);
  g_test_add_func ("/tcp-client/refused", test_refused);
  g_test_add_func ("/tcp-client/name-not-found", test_name_not_found);
  g_test_add_func ("/tcp-client/two-addresses", test_two_addresses);
  g_test_add_func ("/tcp-client/timeout", test_timeout);
  g_test_add_func ("/tcp-client/cancel", test_cancel);
  g_test_add_func ("/tcp-client/cancel-lookup", test_cancel_lookup);
  g_test_add_func ("/tcp-client/reset-by-peer", test_reset_by_peer);
  g_test_add_func ("/tcp-client/half-close", test_half_close);
  g_test_add_func ("/tcp-client/half-closed-by-peer", test_half_closed_by_peer);
  g_test_add_func ("/tcp-client/disconnect", test_disconnect);
  g_test_add_func ("/tcp-client/local-port", test_local_port);
  g_test_add_func ("/tcp-client/local-address-wrong", test_local_address_wrong);
  g_test_add_func ("/tcp-client/local-address-wrong-for-good", test_local_address_wrong_for_good);
  g_test_add_func ("/tcp-client/reconnect", test_reconnect);
  g_test_add_func ("/tcp-client/each-try-is-told", test_each_try_is_told);
  g_test_add_func ("/tcp-client/drop", test_drop);
  g_test_add_func ("/tcp-client/link", test_link);
  return g_test_run ();
}
