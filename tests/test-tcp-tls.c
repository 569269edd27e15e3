/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The TCP client over TLS, with a server whose certificate nobody has signed. */

#include "tl-tcp-client.h"
#include "tl-tcp-channel.h"
#include "tl-tcp-test.h"
#include "tl-tls.h"

/* The leak checker of GCC 12 falls over the thread-local storage of modules that were loaded late, as those of TLS are. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "intercept_tls_get_addr=0";
}

typedef struct {
  GSocketService  *service;
  GTlsCertificate *certificate;
  GIOStream       *stream;      /* of the last client, when it agreed */
  guint16          port;
  gboolean         failed;
  GByteArray      *received;
  gboolean         eof;
} TlsServer;

static guint8 read_buffer[64 * 1024];

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  TlsServer *server = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (n <= 0)
    {
      server->eof = n == 0;
      server->failed = n < 0;
      return;
    }
  g_byte_array_append (server->received, read_buffer, (guint) n);
  g_input_stream_read_async (G_INPUT_STREAM (source), read_buffer, sizeof read_buffer, G_PRIORITY_DEFAULT, NULL, read_cb, server);
}

static void
handshake_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  TlsServer *server = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error))
    {
      server->failed = TRUE;
      g_object_unref (source);
      return;
    }
  g_clear_object (&server->stream);
  server->stream = G_IO_STREAM (source);
  g_input_stream_read_async (g_io_stream_get_input_stream (server->stream), read_buffer, sizeof read_buffer, G_PRIORITY_DEFAULT, NULL,
                             read_cb, server);
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  TlsServer *server = user_data;
  g_autoptr (GError) error = NULL;
  GIOStream *stream = g_tls_server_connection_new (G_IO_STREAM (connection), server->certificate, &error);

  g_assert_no_error (error);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (stream), G_PRIORITY_DEFAULT, NULL, handshake_cb, server);
  return TRUE;
}

static void
server_start (TlsServer *server)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "data", "tls-self-signed.pem", NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  *server = (TlsServer) { .service = g_socket_service_new (), .received = g_byte_array_new () };
  server->certificate = g_tls_certificate_new_from_file (file, &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (server->service), address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                                NULL, &bound, &error));
  g_assert_no_error (error);
  server->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (server->service, "incoming", G_CALLBACK (incoming_cb), server);
  g_socket_service_start (server->service);
}

static void
server_stop (TlsServer *server)
{
  g_socket_service_stop (server->service);
  g_socket_listener_close (G_SOCKET_LISTENER (server->service));
  g_clear_object (&server->service);
  g_clear_object (&server->certificate);
  g_clear_object (&server->stream);
  g_clear_pointer (&server->received, g_byte_array_unref);
}

static TlSession *
new_client (TlsServer *server,
            TlTlsMode  mode)
{
  TlSession *client = TL_SESSION (tl_tcp_client_new ("127.0.0.1", server->port));

  /* Whether it is trusted is looked at, not how long a busy machine takes for it. */
  g_object_set (client, "tls", mode, "timeout", 600, NULL);
  return client;
}

static void
test_verify_refuses (void)
{
  TlsServer server;
  TlSession *client;
  g_autofree char *fingerprint = NULL;

  server_start (&server);
  client = new_client (&server, TL_TLS_VERIFY);
  fingerprint = tl_tls_fingerprint (server.certificate);
  tl_session_open (client);
  test_wait (tl_session_get_state (client) == TL_SESSION_FAILED);
  g_assert_nonnull (strstr (tl_session_get_error (client), "not signed by an authority"));
  test_wait (server.failed);
  g_assert_true (test_has_line (client, TL_MESSAGE_EVENT, fingerprint));
  g_assert_true (test_has_line (client, TL_MESSAGE_CALL, "close("));
  g_assert_finalize_object (client);
  server_stop (&server);
}

static void
test_accept (void)
{
  static const guint8 bytes[] = { 0, 1, 0xe4, 0xbd, 0xa0, 0xff };
  TlsServer server;
  TlSession *client;
  TlPeer *peer;
  g_autofree char *expected = NULL;
  g_autofree char *fingerprint = NULL;
  g_autofree char *description = NULL;
  g_autoptr (GBytes) row = NULL;
  g_autoptr (GError) error = NULL;

  server_start (&server);
  client = new_client (&server, TL_TLS_ACCEPT);
  expected = tl_tls_fingerprint (server.certificate);
  g_assert_cmpuint (strlen (expected), ==, 32 * 3 - 1);
  tl_session_open (client);
  test_wait (tl_session_get_state (client) == TL_SESSION_OPEN);
  g_object_get (client, "tls-fingerprint", &fingerprint, "tls-description", &description, NULL);
  g_assert_cmpstr (fingerprint, ==, expected);
  g_assert_true (g_str_has_prefix (description, "TLS 1."));
  g_assert_true (test_has_line (client, TL_MESSAGE_WARNING, "cannot be relied on"));
  g_assert_true (test_has_line (client, TL_MESSAGE_EVENT, description));

  peer = test_peer (client, 0);
  g_assert_true (test_send (client, peer, (const char *) bytes, sizeof bytes, &error));
  g_assert_no_error (error);
  test_wait (server.received->len == sizeof bytes);
  g_assert_cmpmem (server.received->data, server.received->len, bytes, sizeof bytes);
  g_output_stream_write_all (g_io_stream_get_output_stream (server.stream), bytes, sizeof bytes, NULL, NULL, &error);
  g_assert_no_error (error);
  test_wait (test_n_rows (client, TL_MESSAGE_RECEIVED) == 1);
  row = test_row (client, TL_MESSAGE_RECEIVED, 0);
  g_assert_cmpmem (g_bytes_get_data (row, NULL), g_bytes_get_size (row), bytes, sizeof bytes);

  /* Our end is an end of TLS too. */
  tl_session_close (client);
  test_wait (server.eof);
  g_io_stream_close (server.stream, NULL, NULL);
  test_wait (tl_session_get_state (client) == TL_SESSION_CLOSED);
  g_assert_finalize_object (client);
  server_stop (&server);
}

/* More than one record, more than the system takes at once. */
static void
test_much (void)
{
  TlsServer server;
  TlSession *client;
  gsize size = 6 * 1024 * 1024;
  guint8 *data = g_malloc (size);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 7 + (i >> 8));
  bytes = g_bytes_new_take (data, size);
  server_start (&server);
  client = new_client (&server, TL_TLS_ACCEPT);
  tl_session_open (client);
  test_wait (tl_session_get_state (client) == TL_SESSION_OPEN);
  g_assert_true (tl_session_send (client, test_peer (client, 0), bytes, &error));
  g_assert_no_error (error);
  tl_session_close (client);
  test_wait (server.eof);
  g_assert_cmpmem (server.received->data, server.received->len, data, size);
  g_assert_cmpuint (test_n_rows (client, TL_MESSAGE_SENT), ==, 1);
  g_io_stream_close (server.stream, NULL, NULL);
  test_wait (tl_session_get_state (client) == TL_SESSION_CLOSED);
  g_assert_finalize_object (client);
  server_stop (&server);
}

static void
test_not_tls (void)
{
  guint16 port;
  int fd;
  int listener = raw_listen (0, 8, &port);
  TlSession *client = TL_SESSION (tl_tcp_client_new ("127.0.0.1", port));

  g_object_set (client, "tls", TL_TLS_VERIFY, "timeout", 600, NULL);
  tl_session_open (client);
  test_wait (raw_accept (listener, &fd));
  raw_send (fd, "220 this is something else entirely\r\n", 37);
  test_wait (tl_session_get_state (client) == TL_SESSION_FAILED);
  g_assert_nonnull (strstr (tl_session_get_error (client), "TLS"));
  close (fd);
  close (listener);
  g_assert_finalize_object (client);
}

/* A server that says nothing during the handshake, and a person who does not wait. */
static void
test_cancel_handshake (void)
{
  guint16 port;
  int fd;
  int listener = raw_listen (0, 8, &port);
  TlSession *client = TL_SESSION (tl_tcp_client_new ("127.0.0.1", port));
  g_auto (RawInput) input = { 0 };

  g_object_set (client, "tls", TL_TLS_VERIFY, "timeout", 600, NULL);
  tl_session_open (client);
  test_wait (raw_accept (listener, &fd));
  test_wait (raw_read (fd, &input) > 0);
  g_assert_cmpint (tl_session_get_state (client), ==, TL_SESSION_OPENING);
  tl_session_close (client);
  g_assert_cmpint (tl_session_get_state (client), ==, TL_SESSION_CLOSED);
  test_wait (raw_read_to_end (fd, &input));
  test_wait (G_OBJECT (client)->ref_count == 1);
  close (fd);
  close (listener);
  g_assert_finalize_object (client);
}

/* A server that accepts and says nothing. The sentence is not that of a server that was never reached. */
static void
test_handshake_timeout (void)
{
  guint16 port;
  int fd;
  int listener = raw_listen (0, 8, &port);
  TlSession *client = TL_SESSION (tl_tcp_client_new ("127.0.0.1", port));
  g_autofree char *connected = g_strdup_printf ("127.0.0.1:%u is connected, but did not answer the TLS handshake in time.", port);
  g_auto (RawInput) input = { 0 };

  /* Of which connecting takes some milliseconds. The handshake may not even have been begun, where the machine is busy: that is the same to the user. */
  g_object_set (client, "tls", TL_TLS_VERIFY, "timeout", 2, NULL);
  tl_session_open (client);
  test_wait (raw_accept (listener, &fd));
  test_wait (tl_session_get_state (client) == TL_SESSION_FAILED);
  g_assert_true (g_str_has_prefix (tl_session_get_error (client), connected));
  g_assert_nonnull (strstr (tl_session_get_error (client), g_strerror (ETIMEDOUT)));
  g_assert_null (strstr (tl_session_get_error (client), "firewall"));
  g_assert_true (test_has_line (client, TL_MESSAGE_CALL, "close("));
  test_wait (raw_read_to_end (fd, &input));
  test_wait (G_OBJECT (client)->ref_count == 1);
  close (fd);
  close (listener);
  g_assert_finalize_object (client);
}

static void
test_sentences (void)
{
  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *one = tl_tls_flags_sentence (1u << i);

      g_assert_true (g_str_has_suffix (one, "."));
      for (guint k = 0; k < i; k++)
        {
          g_autofree char *other = tl_tls_flags_sentence (1u << k);

          g_assert_cmpstr (one, !=, other);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_print ("1..0 # SKIP no TLS here: install glib-networking\n");
      return 0;
    }
  g_test_add_func ("/tcp-tls/verify-refuses", test_verify_refuses);
  g_test_add_func ("/tcp-tls/accept", test_accept);
  g_test_add_func ("/tcp-tls/much", test_much);
  g_test_add_func ("/tcp-tls/not-tls", test_not_tls);
  g_test_add_func ("/tcp-tls/cancel-handshake", test_cancel_handshake);
  g_test_add_func ("/tcp-tls/handshake-timeout", test_handshake_timeout);
  g_test_add_func ("/tcp-tls/sentences", test_sentences);
  return g_test_run ();
}
