/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The TCP server against raw peers: bytes, the ways to end, limits. */

#include "tl-tcp-channel.h"
#include "tl-tcp-server-test.h"

static void
test_listen (void)
{
  guint16 port;
  TlSession *server = open_server (&port);
  g_autofree char *bound = g_strdup_printf ("127.0.0.1:%u", port);
  g_autofree char *title = tl_session_dup_title (server);

  g_assert_cmpstr (tl_session_get_local_endpoint (server), ==, bound);
  g_assert_nonnull (strstr (title, bound));
  g_assert_true (test_has_line (server, TL_MESSAGE_CALL, "socket(AF_INET, SOCK_STREAM"));
  g_assert_true (test_has_line (server, TL_MESSAGE_CALL, "bind("));
  g_assert_cmpuint (test_n_lines (server, TL_MESSAGE_CALL, "SO_REUSEADDR, 1) = 0"), ==, 1);
  g_assert_true (test_has_line (server, TL_MESSAGE_CALL, "listen("));
  g_assert_true (test_has_line (server, TL_MESSAGE_EVENT, "State: Starting to listen → Listening."));
  g_assert_false (test_has_line (server, TL_MESSAGE_CALL, "close("));
  tl_session_close (server);
  g_assert_cmpint (tl_session_get_state (server), ==, TL_SESSION_CLOSED);
  g_assert_true (test_has_line (server, TL_MESSAGE_CALL, "close("));

  /* And again. */
  tl_session_open (server);
  g_assert_cmpint (tl_session_get_state (server), ==, TL_SESSION_OPEN);
  close_server (server);
}

static void
test_port_taken (void)
{
  guint16 port;
  TlSession *first = open_server (&port);
  TlSession *second = TL_SESSION (tl_tcp_server_new ("127.0.0.1", port));

  tl_session_open (second);
  g_assert_cmpint (tl_session_get_state (second), ==, TL_SESSION_FAILED);
  g_assert_nonnull (strstr (tl_session_get_error (second), g_strerror (EADDRINUSE)));
  g_assert_true (test_has_line (second, TL_MESSAGE_CALL, "EADDRINUSE"));
  g_assert_finalize_object (second);
  close_server (first);
}

static void
test_name (void)
{
  TlSession *server = TL_SESSION (tl_tcp_server_new ("localhost", 0));

  tl_session_open (server);
  test_wait (tl_session_get_state (server) != TL_SESSION_OPENING);
  g_assert_cmpint (tl_session_get_state (server), ==, TL_SESSION_OPEN);
  close_server (server);
}

/* A character in two segments: two rows, byte for byte; NUL is a byte like others. */
static void
test_bytes (void)
{
  static const char *const pieces[] = { "\xe4\xbd", "\xa0\xe5\xa5\xbd", "a\0b\0", "\xff\xfe" };
  static const gsize lengths[] = { 2, 4, 4, 2 };
  int fd;
  TlSession *server = open_pair (&fd);
  TlPeer *peer = test_peer (server, 0);

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GBytes) row = NULL;

      raw_send (fd, pieces[i], lengths[i]);
      test_wait (test_n_rows (server, TL_MESSAGE_RECEIVED) == i + 1);
      row = test_row (server, TL_MESSAGE_RECEIVED, i);
      g_assert_cmpmem (g_bytes_get_data (row, NULL), g_bytes_get_size (row), pieces[i], lengths[i]);
    }
  g_assert_cmpuint (tl_session_get_counters (server)->rx_bytes, ==, 12);
  g_assert_cmpuint (tl_peer_get_rx_bytes (peer), ==, 12);
  g_assert_cmpuint (tl_peer_get_rx_messages (peer), ==, 4);
  close (fd);
  test_wait (test_n_peers (server) == 0);
  close_server (server);
}

static void
test_send_to (void)
{
  guint16 port;
  TlSession *server = open_server (&port);
  int fds[3];
  g_autoptr (GBytes) all = g_bytes_new_static ("all", 3);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    {
      fds[i] = raw_connect (port);
      test_wait (test_n_peers (server) == i + 1);
    }
  g_assert_true (test_send (server, test_peer (server, 1), "x\0y", 3, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (tl_session_send_to (server, NULL, all, &error), ==, 3);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_auto (RawInput) input = { 0 };

      test_wait (raw_read (fds[i], &input) >= (i == 1 ? 6 : 3));
      if (i == 1)
        g_assert_cmpmem (input.data->data, input.data->len, "x\0yall", 6);
      else
        g_assert_cmpmem (input.data->data, input.data->len, "all", 3);
    }
  g_assert_cmpuint (test_n_rows (server, TL_MESSAGE_SENT), ==, 4);
  g_assert_false (test_send (server, test_peer (server, 0), "", 0, &error));
  g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_FAILED);
  for (guint i = 0; i < 3; i++)
    close (fds[i]);
  close_server (server);
}

static void
test_reset_by_peer (void)
{
  int fd;
  TlSession *server = open_pair (&fd);
  TlPeer *peer = test_peer (server, 0);

  g_object_set (server, "keep-ended", TRUE, NULL);
  raw_send (fd, "last words", 10);
  raw_reset (fd);
  test_wait (tl_peer_get_state (peer) == TL_PEER_RESET);
  g_assert_nonnull (tl_peer_get_note (peer));
  g_assert_true (test_has_line (server, TL_MESSAGE_WARNING, "reset the connection"));
  g_assert_cmpuint (test_n_peers (server), ==, 1);
  g_assert_cmpuint (tl_tcp_server_get_n_clients (TL_TCP_SERVER (server)), ==, 0);
  g_assert_cmpint (tl_session_get_state (server), ==, TL_SESSION_OPEN);
  close_server (server);
}

/* The other side ends its side, and still gets what we send. */
static void
test_half_closed_by_peer (void)
{
  int fd;
  TlSession *server = open_pair (&fd);
  g_autoptr (TlPeer) peer = g_object_ref (test_peer (server, 0));
  g_auto (RawInput) input = { 0 };
  g_autoptr (GError) error = NULL;

  g_object_set (server, "close-on-eof", FALSE, NULL);
  raw_send (fd, "bye", 3);
  shutdown (fd, SHUT_WR);
  test_wait (tl_peer_get_state (peer) == TL_PEER_HALF_CLOSED_REMOTE);
  g_assert_true (test_has_line (server, TL_MESSAGE_EVENT, "half-closed from there"));
  g_assert_true (test_send (server, peer, "still here", -1, &error));
  g_assert_no_error (error);
  test_wait (raw_read (fd, &input) == 10);
  g_assert_false (input.eof);
  g_assert_true (tl_session_disconnect (server, peer, TL_DISCONNECT_GRACEFUL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (tl_peer_get_state (peer), ==, TL_PEER_CLOSED);
  test_wait (raw_read_to_end (fd, &input));
  g_assert_true (input.eof);
  close (fd);
  close_server (server);
}

/* A half-closed connection that is reset afterwards is not taken for alive. */
static void
test_reset_after_half_close (void)
{
  int fd;
  TlSession *server = open_pair (&fd);
  g_autoptr (TlPeer) peer = g_object_ref (test_peer (server, 0));

  g_object_set (server, "close-on-eof", FALSE, NULL);
  shutdown (fd, SHUT_WR);
  test_wait (tl_peer_get_state (peer) == TL_PEER_HALF_CLOSED_REMOTE);
  raw_reset (fd);
  test_wait (tl_peer_get_state (peer) == TL_PEER_RESET);
  close_server (server);
}

/* "send, then shut down" as `nc -N` does it: the answer comes, late ones too, then the end. */
static void
test_answers_before_close (gconstpointer data)
{
  guint delay = GPOINTER_TO_UINT (data);
  int fd;
  TlSession *server = open_pair (&fd);
  g_auto (RawInput) input = { 0 };

  g_object_set (tl_session_get_auto_reply (server), "mode", TL_REPLY_ECHO, "delay", delay, NULL);
  raw_send (fd, "echo me", 7);
  shutdown (fd, SHUT_WR);
  test_wait (raw_read_to_end (fd, &input));
  g_assert_true (input.eof);
  g_assert_cmpmem (input.data->data, input.data->len, "echo me", 7);
  test_wait (test_n_peers (server) == 0);
  g_assert_true (test_has_line (server, TL_MESSAGE_EVENT, "The other side closed the connection."));
  close (fd);
  close_server (server);
}

/* What had not ended its line is answered when nothing more can come. */
static void
test_unfinished_line (void)
{
  int fd;
  TlSession *server = open_pair (&fd);
  g_autoptr (TlFraming) lines = tl_framing_new (TL_FRAMING_LINES);
  g_auto (RawInput) input = { 0 };

  tl_session_set_framing (server, lines);
  g_object_set (tl_session_get_auto_reply (server), "mode", TL_REPLY_ECHO, NULL);
  raw_send (fd, "one\ntwo", 7);
  shutdown (fd, SHUT_WR);
  test_wait (raw_read_to_end (fd, &input));
  g_assert_cmpmem (input.data->data, input.data->len, "one\ntwo", 7);
  g_assert_cmpuint (test_n_rows (server, TL_MESSAGE_SENT), ==, 2);
  close (fd);
  close_server (server);
}

/* Three acts, as the other side sees them. */
static void
test_disconnect (void)
{
  guint16 port;
  TlSession *server = open_server (&port);

  for (TlDisconnectKind kind = TL_DISCONNECT_GRACEFUL; kind <= TL_DISCONNECT_RESET; kind++)
    {
      int fd = raw_connect (port);
      g_auto (RawInput) input = { 0 };
      g_autoptr (TlPeer) peer = NULL;
      g_autoptr (GError) error = NULL;

      test_wait (test_n_peers (server) == 1);
      peer = g_object_ref (test_peer (server, 0));
      g_assert_true (test_send (server, peer, "hello", 5, &error));
      g_assert_true (tl_session_disconnect (server, peer, kind, &error));
      g_assert_no_error (error);
      test_wait (raw_read_to_end (fd, &input));
      if (kind == TL_DISCONNECT_RESET)
        g_assert_cmpint (input.errsv, ==, ECONNRESET);
      else
        {
          g_assert_true (input.eof);
          g_assert_cmpuint (input.data->len, ==, 5);
          g_assert_cmpint (tl_peer_get_state (peer), ==,
                           kind == TL_DISCONNECT_GRACEFUL ? TL_PEER_CLOSING : TL_PEER_HALF_CLOSED_LOCAL);
          g_assert_false (test_send (server, peer, "no more", -1, &error));
          g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_NOT_OPEN);
          raw_send (fd, "I may", 5);
          test_wait (tl_peer_get_rx_bytes (peer) == 5);
        }
      close (fd);
      test_wait (test_n_peers (server) == 0);
      g_assert_cmpint (tl_peer_get_state (peer), ==, kind == TL_DISCONNECT_RESET ? TL_PEER_RESET : TL_PEER_CLOSED);
    }
  /* A disconnect in order is not told as a half-close. */
  g_assert_cmpuint (test_n_lines (server, TL_MESSAGE_EVENT, "half-closed from here"), ==, 1);
  g_assert_cmpuint (test_n_lines (server, TL_MESSAGE_EVENT, "the other side has 5 seconds"), ==, 1);
  g_assert_cmpuint (test_n_lines (server, TL_MESSAGE_CALL, "shutdown("), ==, 2);
  g_assert_cmpuint (test_n_lines (server, TL_MESSAGE_CALL, "SO_LINGER"), ==, 1);
  close_server (server);
}

static void
test_max_clients (void)
{
  guint16 port;
  TlSession *server = open_server (&port);
  int fds[5];
  guint n_away = 0;

  g_object_set (server, "max-clients", 2, NULL);
  for (guint i = 0; i < 5; i++)
    fds[i] = raw_connect (port);
  for (guint i = 0; i < 5; i++)
    {
      g_auto (RawInput) input = { 0 };

      if (i >= 2)
        {
          test_wait (raw_read_to_end (fds[i], &input));
          n_away++;
        }
    }
  g_assert_cmpuint (n_away, ==, 3);
  g_assert_cmpuint (test_n_peers (server), ==, 2);
  /* One line at once, one more for the rest: not one for each. */
  g_assert_cmpuint (test_n_lines (server, TL_MESSAGE_WARNING, "turned away"), ==, 1);
  test_wait (test_has_line (server, TL_MESSAGE_WARNING, "2 clients were turned away"));
  close (fds[0]);
  test_wait (test_n_peers (server) == 1);
  close (fds[2]);
  fds[2] = raw_connect (port);
  test_wait (test_n_peers (server) == 2);
  for (guint i = 1; i < 5; i++)
    close (fds[i]);
  close_server (server);
}

static void
test_keep_ended (void)
{
  guint16 port;
  TlSession *server = open_server (&port);

  g_object_set (server, "keep-ended", TRUE, NULL);
  for (guint i = 0; i < TL_TCP_SERVER_KEPT_ENDED + 10; i++)
    {
      int fd = raw_connect (port);

      test_wait (tl_tcp_server_get_n_clients (TL_TCP_SERVER (server)) == 1);
      close (fd);
      test_wait (tl_tcp_server_get_n_clients (TL_TCP_SERVER (server)) == 0);
    }
  g_assert_cmpuint (test_n_peers (server), ==, TL_TCP_SERVER_KEPT_ENDED);
  g_object_set (server, "keep-ended", FALSE, NULL);
  g_assert_cmpuint (test_n_peers (server), ==, 0);
  close_server (server);
}

/* A client that does not end its side holds nobody up for ever. */
static void
test_close_twice (void)
{
  int fd;
  TlSession *server = open_pair (&fd);
  g_auto (RawInput) input = { 0 };

  tl_session_close (server);
  g_assert_cmpint (tl_session_get_state (server), ==, TL_SESSION_CLOSING);
  test_wait (raw_read_to_end (fd, &input));
  g_assert_true (input.eof);
  tl_session_close (server);
  g_assert_cmpint (tl_session_get_state (server), ==, TL_SESSION_CLOSED);
  close (fd);
  g_assert_finalize_object (server);
}

/* A client that comes back from the same port while its old row is kept: its bytes do not go on where the old ones ended. */
static void
test_same_port (void)
{
  guint16 port;
  guint16 client_port = raw_free_port ();
  TlSession *server = open_server (&port);
  TlMessageSource *source = TL_MESSAGE_SOURCE (tl_session_get_log (server));
  guint n_rows = 0;
  TlMessageInfo info;

  g_object_set (server, "keep-ended", TRUE, NULL);
  for (guint i = 0; i < 2; i++)
    {
      struct sockaddr_in from = raw_address (client_port);
      struct sockaddr_in to = raw_address (port);
      int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

      g_assert_cmpint (bind (fd, (struct sockaddr *) &from, sizeof from), ==, 0);
      g_assert_cmpint (connect (fd, (struct sockaddr *) &to, sizeof to), ==, 0);
      raw_send (fd, "\xe4\xbd", 2);
      test_wait (test_n_rows (server, TL_MESSAGE_RECEIVED) == i + 1);
      raw_reset (fd);
      test_wait (tl_tcp_server_get_n_clients (TL_TCP_SERVER (server)) == 0);
    }
  g_assert_cmpuint (test_n_peers (server), ==, 2);
  for (guint i = 0; tl_message_source_peek (source, i, &info); i++)
    {
      if (info.kind != TL_MESSAGE_RECEIVED)
        continue;
      g_assert_cmpuint (info.offset, ==, 0);
      n_rows++;
    }
  g_assert_cmpuint (n_rows, ==, 2);
  close_server (server);
}

/* The limit is a part of the promise: about five seconds, no less than four. */
static void
test_close_limit (void)
{
  int fd;
  TlSession *server = open_pair (&fd);
  gint64 begin = g_get_monotonic_time ();

  tl_session_close (server);
  test_wait (tl_session_get_state (server) == TL_SESSION_CLOSED);
  g_assert_cmpint (g_get_monotonic_time () - begin, >, (TL_TCP_CLOSE_LIMIT - 1) * G_TIME_SPAN_SECOND);
  g_assert_true (test_has_line (server, TL_MESSAGE_WARNING, "did not end the connection in time"));
  close (fd);
  g_assert_finalize_object (server);
}

static void
test_link (void)
{
  TlSession *server = TL_SESSION (tl_tcp_server_new ("0.0.0.0", 8899));
  g_autofree char *link = tl_session_dup_link (server);
  g_autofree char *echo = NULL;

  g_assert_cmpstr (link, ==, "tcp-listen://0.0.0.0:8899");
  g_object_set (tl_session_get_auto_reply (server), "mode", TL_REPLY_ECHO, NULL);
  echo = tl_session_dup_link (server);
  g_assert_cmpstr (echo, ==, "tcp-listen://0.0.0.0:8899?reply=@echo");
  g_assert_finalize_object (server);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp-server/listen", test_listen);
  g_test_add_func ("/tcp-server/port-taken", test_port_taken);
  g_test_add_func ("/tcp-server/name", test_name);
  g_test_add_func ("/tcp-server/bytes", test_bytes);
  g_test_add_func ("/tcp-server/send-to", test_send_to);
  g_test_add_func ("/tcp-server/reset-by-peer", test_reset_by_peer);
  g_test_add_func ("/tcp-server/half-closed-by-peer", test_half_closed_by_peer);
  g_test_add_func ("/tcp-server/reset-after-half-close", test_reset_after_half_close);
  g_test_add_data_func ("/tcp-server/answers-before-close/at-once", GUINT_TO_POINTER (0), test_answers_before_close);
  g_test_add_data_func ("/tcp-server/answers-before-close/late", GUINT_TO_POINTER (150), test_answers_before_close);
  g_test_add_func ("/tcp-server/unfinished-line", test_unfinished_line);
  g_test_add_func ("/tcp-server/disconnect", test_disconnect);
  g_test_add_func ("/tcp-server/max-clients", test_max_clients);
  g_test_add_func ("/tcp-server/keep-ended", test_keep_ended);
  g_test_add_func ("/tcp-server/same-port", test_same_port);
  g_test_add_func ("/tcp-server/close-twice", test_close_twice);
  g_test_add_func ("/tcp-server/close-limit", test_close_limit);
  g_test_add_func ("/tcp-server/link", test_link);
  return g_test_run ();
}
