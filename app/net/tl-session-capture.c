/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session as the headers of a capture file. */

#include "tl-session-capture.h"

#include "tl-tcp-server.h"

char *
tl_session_dup_local_towards (TlSession *session,
                              TlPeer    *peer)
{
  const TlSessionClass *klass = TL_SESSION_GET_CLASS (session);
  GSocket *socket = klass->is_datagram || klass->get_socket == NULL ? NULL : klass->get_socket (session, peer);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (TlEndpoint) endpoint = NULL;

  if (socket == NULL || g_socket_is_closed (socket))
    return NULL;
  address = g_socket_get_local_address (socket, NULL);
  endpoint = address != NULL ? tl_endpoint_from_address (address) : NULL;
  return endpoint != NULL ? g_strdup (tl_endpoint_get_text (endpoint)) : NULL;
}

void
tl_session_describe_capture (TlSession      *session,
                             TlCaptureAbout *about)
{
  GListModel *peers;
  guint n;

  g_return_if_fail (TL_IS_SESSION (session));

  *about = (TlCaptureAbout) {
    .is_tcp = !TL_SESSION_GET_CLASS (session)->is_datagram,
    .we_listen = TL_IS_TCP_SERVER (session),
    .local = tl_session_get_last_local_endpoint (session),
    .locals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
  };
  if (!about->is_tcp)
    return;
  peers = tl_session_get_peers (session);
  n = g_list_model_get_n_items (peers);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TlPeer) peer = g_list_model_get_item (peers, i);
      char *local = tl_session_dup_local_towards (session, peer);

      if (local != NULL)
        g_hash_table_insert (about->locals, g_strdup (tl_peer_get_name (peer)), local);
    }
}
