/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was one message on a stream, or in a capture of IPv6, may be too large for a datagram. */

#include "tl-replay-limit.h"

#include "tl-session-private.h"
#include "tl-udp-peer.h"
#include "tl-udp-session.h"

static gboolean
is_ipv6 (gpointer peer)
{
  return TL_IS_UDP_PEER (peer) && !tl_udp_address_is_ipv4 (tl_udp_peer_get_address (peer));
}

guint
tl_replay_limit_get (TlSession *session,
                     GPtrArray *peers)
{
  GListModel *all = tl_session_get_peers (session);
  const guint n = peers != NULL ? peers->len : g_list_model_get_n_items (all);

  g_return_val_if_fail (TL_IS_SESSION (session), 0);

  if (!TL_SESSION_GET_CLASS (session)->is_datagram)
    return 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) peer = peers != NULL ? g_object_ref (peers->pdata[i]) : g_list_model_get_item (all, i);

      if (!is_ipv6 (peer))
        return TL_UDP_MAX_PAYLOAD_IPV4;
    }
  return n > 0 ? TL_UDP_MAX_PAYLOAD_IPV6 : TL_UDP_MAX_PAYLOAD_IPV4;
}

guint
tl_replay_limit_count (TlReplayList *list,
                       GArray       *picked,
                       guint         limit,
                       guint        *first)
{
  guint n = 0;

  *first = 0;
  for (guint i = 0; limit > 0 && i < picked->len; i++)
    {
      if (tl_replay_list_get_item (list, g_array_index (picked, guint, i))->length <= limit)
        continue;
      if (n++ == 0)
        *first = i;
    }
  return n;
}
