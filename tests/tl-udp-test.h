/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of UDP sessions share: a session on a port that the system picked, and its peers. */
#pragma once

#include "tl-net-test.h"
#include "tl-udp-session.h"

#include <netinet/in.h>
#include <sys/socket.h>

static inline TlSession *
opened (const char *host)
{
  TlSession *session = TL_SESSION (tl_udp_session_new (host, 0));

  tl_session_open (session);
  g_assert_cmpint (tl_session_get_state (session), ==, TL_SESSION_OPEN);
  return session;
}

static inline TlPeer *
peer_at (TlSession  *session,
         const char *host,
         guint16     port)
{
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_new (host, port);
  g_autoptr (GError) error = NULL;
  TlPeer *peer = tl_udp_session_add_peer (TL_UDP_SESSION (session), endpoint, &error);

  g_assert_no_error (error);
  return peer;
}

static inline void
finish (TlSession *session)
{
  tl_session_close (session);
  g_assert_cmpint (tl_session_get_state (session), ==, TL_SESSION_CLOSED);
  g_assert_finalize_object (session);
}

/* A plain socket of the test's own, bound to loopback. */
static inline int
plain_socket (guint16 *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *) &address, &length), ==, 0);
  if (port)
    *port = ntohs (address.sin_port);
  return fd;
}

static inline void
plain_send (int         fd,
            guint16     port,
            const void *data,
            gsize       length)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK), .sin_port = htons (port) };

  g_assert_cmpint (sendto (fd, data, length, 0, (struct sockaddr *) &address, sizeof address), ==, length);
}

#define RX(session) (tl_session_get_counters (session)->rx_messages)
