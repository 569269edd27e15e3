/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions that are recorded to a file: who ends it, and the addresses in it. */
#include "tl-session-recording.h"

#include "tl-tcp-client.h"
#include "tl-tcp-server.h"
#include "tl-test-folder.h"
#include "tl-tshark-test.h"
#include "tl-udp-test.h"

static const TlRecordingOptions capture = { TL_EXPORT_CAPTURE, TL_CHARSET_UTF_8, FALSE, 0, 0 };

static guint16
port_of (TlSession *session)
{
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_parse (tl_session_get_last_local_endpoint (session), NULL);

  return tl_endpoint_get_port (endpoint);
}

static void
send_text (TlSession  *session,
           const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (tl_session_send_to (session, NULL, bytes, &error), ==, 1);
  g_assert_no_error (error);
}

/* A server on all addresses: each client's packets go to the address that it has connected to. Begun before it listens. */
static void
test_server (void)
{
  TlSession *server = TL_SESSION (tl_tcp_server_new ("0.0.0.0", 0));
  TlSession *client;
  g_autoptr (TlEndpoint) endpoint = NULL;
  TlSessionRecording *session_recording = tl_session_recording_new (server);
  g_autofree char *path = g_build_filename (test_folder, "server.pcap", NULL);
  g_autofree char *ends = NULL, *expected = NULL;
  gboolean can_start, can_stop;
  guint16 port, client_port;

  tl_session_recording_start (session_recording, path, &capture);
  g_object_get (session_recording, "can-start", &can_start, "can-stop", &can_stop, NULL);
  g_assert_true (!can_start && can_stop);
  tl_session_open (server);
  test_wait_for (tl_session_get_state (server) == TL_SESSION_OPEN, "the server");
  port = port_of (server);
  client = TL_SESSION (tl_tcp_client_new ("127.0.0.3", port));
  tl_session_open (client);
  test_wait_for (tl_session_get_state (client) == TL_SESSION_OPEN, "the connection");
  client_port = port_of (client);
  send_text (client, "to the server");
  test_wait_for (tl_session_get_counters (server)->rx_messages > 0, "the bytes");
  send_text (server, "back");
  test_wait_for (tl_session_get_counters (client)->rx_messages > 0, "the answer");

  tl_session_close (client);
  test_wait_for (!tl_session_is_active (client), "the client to close");
  g_assert_nonnull (tl_session_recording_get_recording (session_recording));
  tl_session_close (server);
  test_wait_for (tl_session_recording_get_recording (session_recording) == NULL, "the recording to end with the session");
  g_object_get (session_recording, "can-start", &can_start, "can-stop", &can_stop, NULL);
  g_assert_true (can_start && !can_stop);

  assert_clean (path);
  ends = run_tshark (path, "-T", "fields", "-E", "separator=/s", "-e", "ip.src", "-e", "tcp.srcport", "-e", "ip.dst", "-e", "tcp.dstport", "-Y", "tcp.len > 0", NULL);
  expected = g_strdup_printf ("127.0.0.1 %u 127.0.0.3 %u\n127.0.0.3 %u 127.0.0.1 %u\n", client_port, port, port, client_port);
  g_assert_cmpstr (ends, ==, expected);

  g_object_unref (client);
  g_assert_finalize_object (session_recording);
  g_assert_finalize_object (server);
}

/* Stopped by the user, and begun again; the session goes away with the second. */
static void
test_twice (void)
{
  TlSession *session = opened ("127.0.0.1");
  TlSession *other = opened ("127.0.0.1");
  TlSessionRecording *session_recording = tl_session_recording_new (session);
  g_autofree char *first = g_build_filename (test_folder, "first.pcap", NULL);
  g_autofree char *second = g_build_filename (test_folder, "second.pcap", NULL);
  g_autofree char *payload = NULL, *again = NULL;

  peer_at (session, "127.0.0.1", port_of (other));
  tl_session_recording_start (session_recording, first, &capture);
  /* One at a time. */
  tl_session_recording_start (session_recording, second, &capture);
  send_text (session, "one");
  tl_session_recording_stop (session_recording);
  send_text (session, "nobody hears");
  test_wait_for (tl_session_recording_get_recording (session_recording) == NULL, "the first recording to end");
  g_assert_false (g_file_test (second, G_FILE_TEST_EXISTS));
  tl_session_recording_start (session_recording, second, &capture);
  send_text (session, "two");
  g_object_unref (session);
  test_wait_for (tl_session_recording_get_recording (session_recording) == NULL, "the second recording to end with its session");

  payload = run_tshark (first, "-T", "fields", "-e", "udp.payload", "-Y", "udp.port != 9", NULL);
  g_assert_cmpstr (payload, ==, "6f6e65\n");
  again = run_tshark (second, "-T", "fields", "-e", "udp.payload", "-Y", "udp.port != 9", NULL);
  g_assert_cmpstr (again, ==, "74776f\n");
  g_assert_finalize_object (session_recording);
  g_object_unref (other);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_folder_make ();

  g_test_add_func ("/session-recording/server", test_server);
  g_test_add_func ("/session-recording/twice", test_twice);

  status = g_test_run ();
  test_folder_remove ();
  return status;
}
