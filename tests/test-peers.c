/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions against programs that know nothing of this project: course programs in plain Python, nc, ncat, socat. */

#include "tl-endpoint.h"
#include "tl-tcp-client.h"
#include "tl-tcp-server.h"
#include "tl-test-wait.h"
#include "tl-udp-session.h"

#include <gio/gio.h>

#define HELLO "你好"

static guint16
get_port (TlSession *session)
{
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_parse (tl_session_get_local_endpoint (session), NULL);

  g_assert_nonnull (endpoint);

  return tl_endpoint_get_port (endpoint);
}

static void
open_session (TlSession *session)
{
  tl_session_open (session);
  test_wait_for (tl_session_get_state (session) == TL_SESSION_OPEN, "the session to open");
}

static void
close_session (TlSession *session)
{
  tl_session_close (session);
  test_wait_for (tl_session_get_state (session) == TL_SESSION_CLOSED, "the session to close");
}

static gboolean
has_received (TlSession *session,
              const char *text)
{
  TlMessageLog *log = tl_session_get_log (session);
  TlMessageInfo info;

  tl_message_log_flush (log);
  for (guint i = 0; tl_message_source_peek (TL_MESSAGE_SOURCE (log), i, &info); i++)
    {
      g_autoptr (GBytes) bytes = NULL;

      if (info.kind != TL_MESSAGE_RECEIVED || info.length != strlen (text))
        continue;
      bytes = tl_message_source_dup_bytes (TL_MESSAGE_SOURCE (log), i);
      if (memcmp (g_bytes_get_data (bytes, NULL), text, info.length) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
answer (TlSession *session)
{
  tl_auto_reply_set_from_link (tl_session_get_auto_reply (session), "Received msg: {text} from {peer}");
}

typedef struct {
  GSubprocess *process;
  GDataInputStream *out;
  GString *said;
  gboolean ended;
} Peer;

static void
line_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  Peer *peer = user_data;
  gsize length;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, &length, NULL);

  if (!line)
    {
      peer->ended = TRUE;
      return;
    }

  g_string_append (peer->said, line);
  g_string_append_c (peer->said, '\n');
  g_data_input_stream_read_line_async (peer->out, G_PRIORITY_DEFAULT, NULL, line_cb, peer);
}

/* @input: what the program reads, which stays open: some of them leave at its end, before the answer came. */
static void
peer_start (Peer *peer,
            const char *const *argv,
            const char *input,
            gboolean errors)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = NULL;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                        (errors ? G_SUBPROCESS_FLAGS_STDERR_MERGE : G_SUBPROCESS_FLAGS_STDERR_SILENCE));
  peer->process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  peer->said = g_string_new (NULL);
  peer->ended = FALSE;
  peer->out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (peer->process));
  if (input)
    {
      g_output_stream_write_all (g_subprocess_get_stdin_pipe (peer->process), input, strlen (input), NULL, NULL, &error);
      g_output_stream_flush (g_subprocess_get_stdin_pipe (peer->process), NULL, NULL);
      g_assert_no_error (error);
    }
  g_data_input_stream_read_line_async (peer->out, G_PRIORITY_DEFAULT, NULL, line_cb, peer);
}

static void
peer_stop (Peer *peer)
{
  g_subprocess_force_exit (peer->process);
  test_wait_for (peer->ended, "the end of the peer");
  g_subprocess_wait (peer->process, NULL, NULL);
  g_clear_object (&peer->out);
  g_clear_object (&peer->process);
  g_string_free (peer->said, TRUE);
}

static void
peer_start_python (Peer *peer,
                   const char *name,
                   const char *host,
                   const char *port,
                   const char *text)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "peers", name, NULL);
  const char *argv[] = { "python3", path, host, port, text, NULL };

  peer_start (peer, argv, NULL, FALSE);
}

static gboolean
said (Peer *peer,
      const char *text)
{
  return strstr (peer->said->str, text) != NULL;
}

static void
test_udp_python_client (gconstpointer data)
{
  const char *host = data;
  g_autoptr (TlSession) session = TL_SESSION (tl_udp_session_new (host, 0));
  g_autofree char *port = NULL;
  Peer peer;

  answer (session);
  tl_session_open (session);
  test_wait (tl_session_get_state (session) == TL_SESSION_OPEN || tl_session_get_state (session) == TL_SESSION_FAILED);
  if (strchr (host, ':') && tl_session_get_state (session) == TL_SESSION_FAILED)
    {
      g_test_skip ("no IPv6 here");
      return;
    }
  port = g_strdup_printf ("%u", get_port (session));
  peer_start_python (&peer, "udp_client.py", host, port, HELLO);
  test_wait_for (said (&peer, "Received msg: " HELLO " from "), "the answer at the Python client");
  g_assert_true (has_received (session, HELLO));
  peer_stop (&peer);

  /* The server never stops: the next one is answered as well. */
  peer_start_python (&peer, "udp_client.py", host, port, "again");
  test_wait_for (said (&peer, "Received msg: again from "), "the second answer");
  peer_stop (&peer);
  close_session (session);
}

static void
test_udp_python_server (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  g_autoptr (TlEndpoint) endpoint = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (HELLO, strlen (HELLO));
  g_autoptr (GError) error = NULL;
  TlPeer *row;
  Peer peer;

  open_session (session);
  peer_start_python (&peer, "udp_server.py", "127.0.0.1", NULL, NULL);
  test_wait_for (said (&peer, "\n"), "the port of the Python server");
  endpoint = tl_endpoint_new ("127.0.0.1", atoi (peer.said->str));
  row = tl_udp_session_add_peer (TL_UDP_SESSION (session), endpoint, &error);
  g_assert_no_error (error);
  g_assert_true (tl_session_send (session, row, bytes, &error));
  g_assert_no_error (error);
  test_wait_for (has_received (session, "Received msg: " HELLO), "the answer of the Python server");
  test_wait_for (said (&peer, HELLO), "what the Python server got");
  peer_stop (&peer);
  close_session (session);
}

static void
test_tcp_python_client (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_tcp_server_new ("127.0.0.1", 0));
  g_autofree char *port = NULL;
  Peer peer;

  answer (session);
  open_session (session);
  port = g_strdup_printf ("%u", get_port (session));
  peer_start_python (&peer, "tcp_client.py", "127.0.0.1", port, HELLO);
  test_wait_for (said (&peer, "Received msg: " HELLO " from 127.0.0.1:"), "the answer at the Python client");
  g_assert_true (has_received (session, HELLO));
  peer_stop (&peer);
  close_session (session);
}

static void
test_tcp_python_server (void)
{
  g_autoptr (TlSession) session = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (HELLO, strlen (HELLO));
  g_autoptr (GError) error = NULL;
  Peer peer;

  peer_start_python (&peer, "tcp_server.py", "127.0.0.1", NULL, NULL);
  test_wait_for (said (&peer, "\n"), "the port of the Python server");
  session = TL_SESSION (tl_tcp_client_new ("127.0.0.1", atoi (peer.said->str)));
  open_session (session);
  g_assert_cmpuint (tl_session_send_to (session, NULL, bytes, &error), ==, 1);
  g_assert_no_error (error);
  test_wait_for (said (&peer, HELLO), "what the Python server got");
  test_wait_for (tl_session_get_counters (session)->rx_bytes > strlen ("Received msg: " HELLO " from "), "its answer");
  peer_stop (&peer);
  test_wait_for (tl_session_get_state (session) == TL_SESSION_CLOSED, "the end of the connection");
}

/* %s is the port. The tools leave by themselves or are stopped after the answer. */
static const struct {
  const char *name;
  gboolean udp;
  const char *argv[8];
} tools[] = {
  { "nc-udp", TRUE, { "nc", "-u", "127.0.0.1", "%s" } },
  { "nc-tcp", FALSE, { "nc", "127.0.0.1", "%s" } },
  { "ncat-udp", TRUE, { "ncat", "-u", "127.0.0.1", "%s" } },
  { "ncat-tcp", FALSE, { "ncat", "127.0.0.1", "%s" } },
  { "socat-udp", TRUE, { "socat", "-", "UDP4:127.0.0.1:%s" } },
  { "socat-tcp", FALSE, { "socat", "-", "TCP4:127.0.0.1:%s" } },
};

static void
test_tool_as_client (gconstpointer data)
{
  guint which = GPOINTER_TO_UINT (data);
  g_autoptr (TlSession) session = NULL;
  g_autofree char *found = g_find_program_in_path (tools[which].argv[0]);
  g_autofree char *port = NULL;
  g_auto (GStrv) argv = NULL;
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  Peer peer;

  if (!found)
    {
      g_test_skip ("not installed");
      return;
    }

  session = tools[which].udp ? TL_SESSION (tl_udp_session_new ("127.0.0.1", 0)) : TL_SESSION (tl_tcp_server_new ("127.0.0.1", 0));
  answer (session);
  open_session (session);
  port = g_strdup_printf ("%u", get_port (session));
  for (guint i = 0; tools[which].argv[i]; i++)
    {
      GString *word = g_string_new (tools[which].argv[i]);

      g_string_replace (word, "%s", port, 0);
      g_ptr_array_add (words, g_string_free (word, FALSE));
    }
  g_ptr_array_add (words, NULL);
  argv = (char **) g_ptr_array_steal (words, NULL);

  peer_start (&peer, (const char *const *) argv, HELLO "\n", FALSE);
  test_wait_for (said (&peer, "Received msg: " HELLO), "the answer at the tool");
  g_assert_true (has_received (session, HELLO "\n"));
  peer_stop (&peer);
  close_session (session);
}

static void
test_socat_as_server (void)
{
  static const char *const argv[] = { "socat", "-d", "-d", "TCP4-LISTEN:0,bind=127.0.0.1", "SYSTEM:cat", NULL };
  g_autofree char *found = g_find_program_in_path ("socat");
  g_autoptr (TlSession) session = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (HELLO "\0end", strlen (HELLO) + 4);
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) regex = g_regex_new ("listening on AF=2 127\\.0\\.0\\.1:(\\d+)", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *port = NULL;
  Peer peer;

  if (!found)
    {
      g_test_skip ("not installed");
      return;
    }

  peer_start (&peer, argv, NULL, TRUE);
  test_wait_for (g_regex_match (regex, peer.said->str, 0, NULL), "socat to listen");
  g_regex_match (regex, peer.said->str, 0, &match);
  port = g_match_info_fetch (match, 1);
  session = TL_SESSION (tl_tcp_client_new ("127.0.0.1", atoi (port)));
  open_session (session);
  g_assert_cmpuint (tl_session_send_to (session, NULL, bytes, &error), ==, 1);
  g_assert_no_error (error);
  test_wait_for (tl_session_get_counters (session)->rx_bytes == g_bytes_get_size (bytes), "all bytes back from socat");
  close_session (session);
  peer_stop (&peer);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/peers/udp/python-client/ipv4", "127.0.0.1", test_udp_python_client);
  g_test_add_data_func ("/peers/udp/python-client/ipv6", "::1", test_udp_python_client);
  g_test_add_func ("/peers/udp/python-server", test_udp_python_server);
  g_test_add_func ("/peers/tcp/python-client", test_tcp_python_client);
  g_test_add_func ("/peers/tcp/python-server", test_tcp_python_server);
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    {
      g_autofree char *path = g_strdup_printf ("/peers/tools/%s", tools[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_tool_as_client);
    }
  g_test_add_func ("/peers/tools/socat-server", test_socat_as_server);

  return g_test_run ();
}
