/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the list of peers does with the selected ones. */

#include "tl-peer-acts.h"

#include "tl-udp-session.h"

TlPeerActs
tl_peer_acts_possible (TlKind     kind,
                       GPtrArray *peers)
{
  TlPeerActs acts = { 0 };

  for (guint i = 0; i < peers->len; i++)
    {
      TlPeerState state = tl_peer_get_state (g_ptr_array_index (peers, i));

      acts.send |= tl_peer_state_is_alive (state);
      acts.disconnect |= tl_peer_can_disconnect (kind, state, TL_DISCONNECT_GRACEFUL);
      acts.half_close |= tl_peer_can_disconnect (kind, state, TL_DISCONNECT_HALF_CLOSE);
      acts.reset |= tl_peer_can_disconnect (kind, state, TL_DISCONNECT_RESET);
    }
  acts.details = kind != TL_KIND_UDP && peers->len == 1;
  acts.remove = kind == TL_KIND_UDP && peers->len > 0;
  return acts;
}

char *
tl_peer_acts_disconnect (TlSession        *session,
                         GPtrArray        *peers,
                         TlDisconnectKind  how)
{
  g_autofree char *sentence = NULL;
  TlKind kind = tl_kind_of_session (session);

  for (guint i = 0; i < peers->len; i++)
    {
      TlPeer *peer = g_ptr_array_index (peers, i);
      g_autoptr (GError) error = NULL;

      if (!tl_peer_can_disconnect (kind, tl_peer_get_state (peer), how))
        continue;
      if (!tl_session_disconnect (session, peer, how, &error) && sentence == NULL && error != NULL)
        sentence = g_strdup (error->message);
    }
  return g_steal_pointer (&sentence);
}

void
tl_peer_acts_remove (TlSession *session,
                     GPtrArray *peers)
{
  g_return_if_fail (TL_IS_UDP_SESSION (session));

  for (guint i = 0; i < peers->len; i++)
    tl_udp_session_remove_peer (TL_UDP_SESSION (session), g_ptr_array_index (peers, i));
}

char *
tl_peer_acts_addresses (GPtrArray *peers)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < peers->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, tl_peer_get_name (g_ptr_array_index (peers, i)));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
