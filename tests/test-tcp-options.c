/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is set at a TCP server, and what its clients get of it. */

#include "tl-tcp-server-test.h"

/* At :: for both, or for IPv6 alone. */
static void
test_dual_stack (void)
{
  TlSession *server = TL_SESSION (tl_tcp_server_new ("::", 0));
  g_autofree char *name = NULL;
  guint16 port;
  int fd, listener, accepted;

  tl_session_open (server);
  if (tl_session_get_state (server) == TL_SESSION_FAILED)
    {
      g_object_unref (server);
      g_test_skip ("no IPv6 here");
      return;
    }
  port = start_server (server);
  fd = raw_connect (port);
  test_wait (test_n_peers (server) == 1);
  name = g_strdup_printf ("127.0.0.1:%u", raw_local_port (fd));
  g_assert_cmpstr (tl_peer_get_name (test_peer (server, 0)), ==, name);
  close (fd);
  tl_session_close (server);
  test_wait (!tl_session_is_active (server));

  /* Beside somebody who has the IPv4 port of that number. */
  listener = raw_listen (0, 8, &port);
  g_object_set (server, "dual-stack", FALSE, "local-port", (guint) port, NULL);
  g_assert_cmpuint (start_server (server), ==, port);
  fd = raw_connect (port);
  test_wait (raw_accept (listener, &accepted));
  g_assert_cmpuint (test_n_peers (server), ==, 0);
  close (accepted);
  close (fd);
  close (listener);
  close_server (server);
}

/* The options are for the connections; what each has in effect is asked of the system. */
static void
test_client_options (void)
{
  guint16 port;
  TlSession *server = TL_SESSION (tl_tcp_server_new ("127.0.0.1", 0));
  TlSocketOptions *options = tl_session_get_options (server);
  g_autoptr (TlSocketOptions) effective = NULL;
  gboolean no_delay = FALSE, keep_alive = FALSE;
  guint idle = 0, ttl = 0;
  int linger = -1;
  int fds[2];

  g_object_set (options, "no-delay", TRUE, "keep-alive", TRUE, "keep-alive-idle", 61, "ttl", 33, "linger", 5, NULL);
  port = start_server (server);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = raw_connect (port);
  test_wait (test_n_peers (server) == 2);
  effective = tl_session_read_options (server, test_peer (server, 0));
  g_assert_nonnull (effective);
  g_object_get (effective, "no-delay", &no_delay, "keep-alive", &keep_alive, "keep-alive-idle", &idle, "ttl", &ttl, "linger", &linger, NULL);
  g_assert_true (no_delay);
  g_assert_true (keep_alive);
  g_assert_cmpuint (idle, ==, 61);
  g_assert_cmpuint (ttl, ==, 33);
  g_assert_cmpint (linger, ==, 5);

  /* Changed while they are connected: for every one of them. */
  g_object_set (options, "ttl", 44, "no-delay", FALSE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      g_autoptr (TlSocketOptions) changed = tl_session_read_options (server, test_peer (server, i));

      g_object_get (changed, "no-delay", &no_delay, "ttl", &ttl, NULL);
      g_assert_false (no_delay);
      g_assert_cmpuint (ttl, ==, 44);
    }

  /* Of one that has ended there is nothing to tell. */
  {
    g_autoptr (TlPeer) gone = g_object_ref (test_peer (server, 0));

    raw_reset (fds[0]);
    raw_reset (fds[1]);
    test_wait (test_n_peers (server) == 0 || tl_peer_get_state (gone) == TL_PEER_RESET);
    g_assert_null (tl_session_read_options (server, gone));
    g_assert_null (tl_session_dup_tcp_info (server, gone));
  }
  close_server (server);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp-options/dual-stack", test_dual_stack);
  g_test_add_func ("/tcp-options/clients", test_client_options);
  return g_test_run ();
}
