/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of UDP sessions share: a session on a port that the system picked, and its peers. */
#pragma once

#include "tl-net-test.h"
#include "tl-udp-session.h"

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
