/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server and a client of this computer, connected: for a first look without another program. */

#include "tl-try-it.h"

#include "tl-endpoint.h"
#include "tl-tcp-client.h"
#include "tl-tcp-server.h"
#include "tl-udp-session.h"

#define ANSWER "Received msg: {text} from {peer}"

/* The port is known only when the first is open. */
static void
first_state_cb (TlSession *first,
                GParamSpec *pspec,
                TlSession *second)
{
  g_autoptr (TlEndpoint) endpoint = NULL;
  const char *text = tl_session_get_local_endpoint (first);

  if (tl_session_get_state (first) != TL_SESSION_OPEN || tl_session_is_active (second) || !text)
    return;

  endpoint = tl_endpoint_parse (text, NULL);
  if (!endpoint)
    return;

  if (TL_IS_UDP_SESSION (second))
    {
      g_autoptr (TlPeer) peer = NULL;

      tl_session_open (second);
      peer = g_object_ref (tl_udp_session_add_peer (TL_UDP_SESSION (second), endpoint, NULL));
    }
  else
    {
      g_object_set (second,
                    "remote-host", tl_endpoint_get_host (endpoint),
                    "remote-port", (guint) tl_endpoint_get_port (endpoint),
                    NULL);
      tl_session_open (second);
    }
}

void
tl_try_it_new (gboolean udp,
               TlSession **first,
               TlSession **second)
{
  if (udp)
    {
      *first = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
      *second = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
    }
  else
    {
      *first = TL_SESSION (tl_tcp_server_new ("127.0.0.1", 0));
      *second = TL_SESSION (tl_tcp_client_new ("127.0.0.1", 0));
    }

  tl_auto_reply_set_from_link (tl_session_get_auto_reply (*first), ANSWER);
  g_signal_connect_object (*first, "notify::state", G_CALLBACK (first_state_cb), *second, 0);
}
