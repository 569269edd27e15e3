/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A TCP server to test with, on a port that the system picked. */

#include "tl-tcp-server.h"
#include "tl-tcp-test.h"

/* Opens it. Returns the port that the system picked. */
static inline guint16
start_server (TlSession *server)
{
  g_autoptr (TlEndpoint) endpoint = NULL;
  g_autoptr (GError) error = NULL;

  tl_session_open (server);
  g_assert_cmpint (tl_session_get_state (server), ==, TL_SESSION_OPEN);
  endpoint = tl_endpoint_parse (tl_session_get_local_endpoint (server), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tl_endpoint_get_port (endpoint), !=, 0);
  return tl_endpoint_get_port (endpoint);
}

static inline TlSession *
open_server (guint16 *port)
{
  TlSession *server = TL_SESSION (tl_tcp_server_new ("127.0.0.1", 0));

  *port = start_server (server);
  return server;
}

/* A server with one client. */
static inline TlSession *
open_pair (int *fd)
{
  guint16 port;
  TlSession *server = open_server (&port);

  *fd = raw_connect (port);
  test_wait (test_n_peers (server) == 1);
  return server;
}

static inline void
close_server (TlSession *server)
{
  tl_session_close (server);
  test_wait (!tl_session_is_active (server));
  g_assert_cmpint (tl_session_get_state (server), ==, TL_SESSION_CLOSED);
  g_assert_finalize_object (server);
}
