/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of peers: words, style classes, which acts make sense. No widget in here, so that each has a test. */

#include "tl-peer-words.h"

#include "tl-tcp-channel.h"

#include <glib/gi18n-lib.h>

char *
tl_all_peers_label (guint n_peers)
{
  return g_strdup_printf (ngettext ("All peers (%u)", "All peers (%u)", n_peers), n_peers);
}

char *
tl_selected_peers_label (guint n_selected,
                         guint n_peers)
{
  return g_strdup_printf (ngettext ("%u of %u peers selected", "%u of %u peers selected", n_peers), n_selected, n_peers);
}

const char *
tl_peer_state_css_class (TlPeerState state)
{
  switch (state)
    {
    case TL_PEER_ACTIVE:             return "success";
    case TL_PEER_HALF_CLOSED_REMOTE:
    case TL_PEER_HALF_CLOSED_LOCAL:
    case TL_PEER_CLOSING:            return "warning";
    case TL_PEER_UNREACHABLE:
    case TL_PEER_RESET:              return "error";
    case TL_PEER_KNOWN:              return "accent";
    case TL_PEER_CLOSED:
    default:                         return "dim-label";
    }
}

const char *
tl_peer_word (TlPeer *peer)
{
  TlPeerState state = tl_peer_get_state (peer);

  if (state == TL_PEER_ACTIVE && !TL_IS_TCP_CHANNEL (peer))
    return _("heard from");
  return tl_peer_state_get_label (state);
}

gboolean
tl_peer_state_is_alive (TlPeerState state)
{
  return state != TL_PEER_CLOSED && state != TL_PEER_RESET;
}

gboolean
tl_peer_can_disconnect (TlKind           kind,
                        TlPeerState      state,
                        TlDisconnectKind how)
{
  if (kind == TL_KIND_UDP || !tl_peer_state_is_alive (state))
    return FALSE;
  /* What ends already can only be ended at once. */
  if (state == TL_PEER_CLOSING)
    return how == TL_DISCONNECT_RESET;
  return how != TL_DISCONNECT_HALF_CLOSE || state != TL_PEER_HALF_CLOSED_LOCAL;
}

/* "33 B": a row has no room for "33 bytes". */
static char *
short_size (guint64 bytes)
{
  return bytes < 1000 ? g_strdup_printf (_("%u B"), (guint) bytes) : g_format_size (bytes);
}

char *
tl_received_label (guint64 messages,
                   guint64 bytes)
{
  g_autofree char *size = short_size (bytes);

  return g_strdup_printf (_("Received %'lu · %s"), (gulong) messages, size);
}

char *
tl_sent_label (guint64 messages,
               guint64 bytes)
{
  g_autofree char *size = short_size (bytes);

  return g_strdup_printf (_("Sent %'lu · %s"), (gulong) messages, size);
}

const char *
tl_no_peers_hint (TlKind kind)
{
  switch (kind)
    {
    case TL_KIND_SERVER: return _("Nobody has connected yet. Clients that connect stand here.");
    case TL_KIND_CLIENT: return _("Not connected. The other end stands here once it is.");
    case TL_KIND_UDP:
    default:             return _("Nobody yet. Who writes to you stands here; or add an address below.");
    }
}

char *
tl_peers_header (guint    n_selected,
                 guint    n_peers,
                 gboolean orphaned)
{
  if (n_selected > 0)
    return tl_selected_peers_label (n_selected, n_peers);
  if (orphaned)
    return g_strdup (_("Nobody selected: choose"));
  return tl_all_peers_label (n_peers);
}

char *
tl_target_label (TlKind     kind,
                 GPtrArray *targets,
                 guint      n_peers)
{
  if (targets == NULL)
    {
      if (kind == TL_KIND_CLIENT || n_peers == 0)
        return NULL;
      return g_strdup_printf (ngettext ("To the only peer", "To all %u peers", n_peers), n_peers);
    }
  if (targets->len == 0)
    return g_strdup (_("To nobody: the peer has left. Choose one, or all"));
  if (targets->len == 1)
    return g_strdup_printf (_("To %s"), tl_peer_get_name (g_ptr_array_index (targets, 0)));
  return g_strdup_printf (ngettext ("To %u peer", "To %u peers", targets->len), targets->len);
}
