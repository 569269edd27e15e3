/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What views ask of a session: to open, to close, to send, and what it is. */

#include "tl-session-internal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

TlSessionState
tl_session_get_state (TlSession *self)
{
  g_return_val_if_fail (TL_IS_SESSION (self), TL_SESSION_CLOSED);
  return tl_session_priv (self)->state;
}

TlMessageLog *
tl_session_get_log (TlSession *self)
{
  g_return_val_if_fail (TL_IS_SESSION (self), NULL);
  return tl_session_priv (self)->log;
}

GListModel *
tl_session_get_peers (TlSession *self)
{
  g_return_val_if_fail (TL_IS_SESSION (self), NULL);
  return G_LIST_MODEL (tl_session_priv (self)->peers);
}

TlAutoReply *
tl_session_get_auto_reply (TlSession *self)
{
  g_return_val_if_fail (TL_IS_SESSION (self), NULL);
  return tl_session_priv (self)->auto_reply;
}

TlSocketOptions *
tl_session_get_options (TlSession *self)
{
  g_return_val_if_fail (TL_IS_SESSION (self), NULL);
  return tl_session_priv (self)->options;
}

const TlFraming *
tl_session_get_framing (TlSession *self)
{
  g_return_val_if_fail (TL_IS_SESSION (self), NULL);
  return tl_session_priv (self)->framing;
}

const char *
tl_session_get_error (TlSession *self)
{
  g_return_val_if_fail (TL_IS_SESSION (self), NULL);
  return tl_session_priv (self)->error;
}

const char *
tl_session_get_local_endpoint (TlSession *self)
{
  g_return_val_if_fail (TL_IS_SESSION (self), NULL);
  return tl_session_priv (self)->local_endpoint;
}

const char *
tl_session_get_last_local_endpoint (TlSession *self)
{
  g_return_val_if_fail (TL_IS_SESSION (self), NULL);
  return tl_session_priv (self)->last_local_endpoint;
}

char *
tl_session_dup_title (TlSession *self)
{
  TlSessionClass *klass;

  g_return_val_if_fail (TL_IS_SESSION (self), NULL);
  klass = TL_SESSION_GET_CLASS (self);
  return klass->dup_title ? klass->dup_title (self) : g_strdup ("");
}

char *
tl_session_dup_link (TlSession *self)
{
  TlSessionClass *klass;

  g_return_val_if_fail (TL_IS_SESSION (self), NULL);
  klass = TL_SESSION_GET_CLASS (self);
  return klass->dup_link ? klass->dup_link (self) : NULL;
}

void
tl_link_append_query (GString    *query,
                      const char *key,
                      const char *value)
{
  if (query->len > 0)
    g_string_append_c (query, '&');
  g_string_append (query, key);
  g_string_append_c (query, '=');
  /* A colon and the brackets of IPv6 are what people read there, and no link reader trips over them. */
  g_string_append_uri_escaped (query, value, ":[]@/,", FALSE);
}

void
tl_session_append_link_query (TlSession *self,
                              GString   *query)
{
  TlSessionPrivate *priv = tl_session_priv (self);
  g_autofree char *reply = tl_auto_reply_to_link (priv->auto_reply);
  g_autofree char *framing = NULL;

  if (reply)
    tl_link_append_query (query, "reply", reply);
  if (priv->framing->kind == TL_FRAMING_NONE)
    return;
  framing = tl_framing_to_string (priv->framing);
  tl_link_append_query (query, "framing", framing);
}

const TlSessionCounters *
tl_session_get_counters (TlSession *self)
{
  g_return_val_if_fail (TL_IS_SESSION (self), NULL);
  return &tl_session_priv (self)->counters;
}

void
tl_session_clear_counters (TlSession *self)
{
  TlSessionPrivate *priv;

  g_return_if_fail (TL_IS_SESSION (self));
  priv = tl_session_priv (self);
  memset (&priv->counters, 0, sizeof priv->counters);
  memset (&priv->rates, 0, sizeof priv->rates);
  tl_session_touch (self);
}

void
tl_session_get_rates (TlSession *self,
                      double    *rx_bytes,
                      double    *tx_bytes,
                      double    *rx_messages,
                      double    *tx_messages)
{
  g_return_if_fail (TL_IS_SESSION (self));
  tl_session_rates_get (&tl_session_priv (self)->rates, g_get_monotonic_time (), rx_bytes, tx_bytes, rx_messages, tx_messages);
}

const guint64 *
tl_session_get_rate_samples (TlSession *self)
{
  TlSessionPrivate *priv;

  g_return_val_if_fail (TL_IS_SESSION (self), NULL);
  priv = tl_session_priv (self);
  tl_session_rates_advance (&priv->rates, g_get_monotonic_time ());
  return priv->rates.samples;
}

void
tl_session_open (TlSession *self)
{
  g_autoptr (TlSession) kept = NULL;

  g_return_if_fail (TL_IS_SESSION (self));
  if (tl_session_is_active (self))
    return;
  kept = g_object_ref (self);
  TL_SESSION_GET_CLASS (self)->open (self);
}

void
tl_session_close (TlSession *self)
{
  g_autoptr (TlSession) kept = NULL;

  g_return_if_fail (TL_IS_SESSION (self));
  if (!tl_session_is_active (self))
    return;
  kept = g_object_ref (self);
  TL_SESSION_GET_CLASS (self)->close (self);
}

gboolean
tl_session_is_active (TlSession *self)
{
  TlSessionState state = tl_session_get_state (self);

  return state != TL_SESSION_CLOSED && state != TL_SESSION_FAILED;
}

gboolean
tl_session_send (TlSession *self,
                 TlPeer    *peer,
                 GBytes    *bytes,
                 GError   **error)
{
  g_return_val_if_fail (TL_IS_SESSION (self), FALSE);
  g_return_val_if_fail (peer == NULL || TL_IS_PEER (peer), FALSE);

  if (tl_session_get_state (self) != TL_SESSION_OPEN)
    {
      g_set_error_literal (error, TL_SESSION_ERROR, TL_SESSION_ERROR_NOT_OPEN, _("The session is not open. Open it first, then send."));
      return FALSE;
    }
  if (peer == NULL || !tl_session_has_peer (self, peer))
    {
      g_set_error_literal (error, TL_SESSION_ERROR, TL_SESSION_ERROR_NO_PEER,
                           _("There is nobody to send to. Choose a peer from the list or type an address."));
      return FALSE;
    }
  return TL_SESSION_GET_CLASS (self)->send (self, peer, bytes, error);
}

/* Whether bytes for the peer can still go out. */
static gboolean
takes_bytes (TlPeer *peer)
{
  switch (tl_peer_get_state (peer))
    {
    case TL_PEER_KNOWN:
    case TL_PEER_ACTIVE:
    case TL_PEER_UNREACHABLE:
    case TL_PEER_HALF_CLOSED_REMOTE:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Who is sent to may leave while others are. */
static GPtrArray *
copy_peers (GPtrArray *peers)
{
  GPtrArray *copy = g_ptr_array_new_full (peers->len, g_object_unref);

  for (guint i = 0; i < peers->len; ++i)
    g_ptr_array_add (copy, g_object_ref (peers->pdata[i]));
  return copy;
}

guint
tl_session_send_to (TlSession *self,
                    GPtrArray *peers,
                    GBytes    *bytes,
                    GError   **error)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) first = NULL;
  guint asked = 0;
  guint taken = 0;

  g_return_val_if_fail (TL_IS_SESSION (self), 0);
  g_return_val_if_fail (error == NULL || *error == NULL, 0);

  all = peers ? copy_peers (peers) : tl_session_snapshot_peers (self);
  for (guint i = 0; i < all->len; ++i)
    {
      if (peers == NULL && !takes_bytes (all->pdata[i]))
        continue;
      ++asked;
      if (tl_session_send (self, all->pdata[i], bytes, first ? NULL : &first))
        ++taken;
    }
  if (asked == 0)
    tl_session_send (self, NULL, bytes, &first);
  if (first)
    g_propagate_error (error, g_steal_pointer (&first));
  return taken;
}

gboolean
tl_session_disconnect (TlSession        *self,
                       TlPeer           *peer,
                       TlDisconnectKind  kind,
                       GError          **error)
{
  g_autoptr (TlPeer) kept = NULL;

  g_return_val_if_fail (TL_IS_SESSION (self), FALSE);
  g_return_val_if_fail (TL_IS_PEER (peer), FALSE);
  if (!tl_session_has_peer (self, peer))
    {
      g_set_error_literal (error, TL_SESSION_ERROR, TL_SESSION_ERROR_NO_PEER, _("This peer has already left."));
      return FALSE;
    }
  kept = g_object_ref (peer);
  return TL_SESSION_GET_CLASS (self)->disconnect (self, peer, kind, error);
}

static GSocket *
get_socket (TlSession *self,
            TlPeer    *peer)
{
  TlSessionClass *klass = TL_SESSION_GET_CLASS (self);
  GSocket *socket = klass->get_socket ? klass->get_socket (self, peer) : NULL;

  return socket && !g_socket_is_closed (socket) ? socket : NULL;
}

TlSocketOptions *
tl_session_read_options (TlSession *self,
                         TlPeer    *peer)
{
  GSocket *socket;

  g_return_val_if_fail (TL_IS_SESSION (self), NULL);
  socket = get_socket (self, peer);
  return socket ? tl_socket_options_read (socket) : NULL;
}

char *
tl_session_dup_tcp_info (TlSession *self,
                         TlPeer    *peer)
{
  GSocket *socket;

  g_return_val_if_fail (TL_IS_SESSION (self), NULL);
  socket = get_socket (self, peer);
  return socket ? tl_tcp_info_describe (socket) : NULL;
}

void
tl_session_peer_drained (TlSession *self,
                         TlPeer    *peer)
{
  g_signal_emit_by_name (self, "drained", peer);
}
