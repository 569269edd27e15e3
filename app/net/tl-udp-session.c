/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Datagrams over one socket with any number of peers. */

#include "tl-udp-session-internal.h"

#include "tl-set-string.h"

#include <glib/gi18n-lib.h>

enum {
  PROP_LOCAL_HOST = 1,
  PROP_LOCAL_PORT,
  PROP_GROUPS,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlUdpSession, tl_udp_session, TL_TYPE_SESSION)

static void
resolved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (TlUdpSession) self = data;
  g_autoptr (GError) error = NULL;
  g_autolist (GInetAddress) addresses = tl_udp_resolve_finish (result, &error);
  g_autoptr (GSocketAddress) address = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (addresses == NULL)
    {
      tl_session_set_state (TL_SESSION (self), TL_SESSION_FAILED, error->message);
      return;
    }
  address = g_inet_socket_address_new (addresses->data, self->local_port);
  tl_udp_session_open_at (self, address);
}

static void
tl_udp_session_open_vfunc (TlSession *session)
{
  TlUdpSession *self = TL_UDP_SESSION (session);
  g_autoptr (TlEndpoint) endpoint = tl_udp_session_dup_wanted_endpoint (self);
  g_autoptr (GSocketAddress) address = tl_endpoint_to_address (endpoint);

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  tl_session_set_state (session, TL_SESSION_OPENING, NULL);
  if (tl_session_get_state (session) != TL_SESSION_OPENING)
    return;
  if (address)
    tl_udp_session_open_at (self, address);
  else
    tl_udp_resolve_async (session, tl_endpoint_get_host (endpoint), G_SOCKET_FAMILY_INVALID, self->cancellable, resolved_cb, g_object_ref (self));
}

static void
tl_udp_session_close_vfunc (TlSession *session)
{
  TlUdpSession *self = TL_UDP_SESSION (session);

  tl_session_set_state (session, TL_SESSION_CLOSING, NULL);
  g_cancellable_cancel (self->cancellable);
  tl_udp_session_shut (self);
  tl_session_set_local_endpoint (session, NULL);
  tl_session_set_state (session, TL_SESSION_CLOSED, NULL);
}

static gboolean
tl_udp_session_send_vfunc (TlSession *session,
                           TlPeer    *peer,
                           GBytes    *bytes,
                           GError   **error)
{
  TlUdpSession *self = TL_UDP_SESSION (session);

  /* What was unreachable a moment ago may be there now: the answer to this datagram decides. */
  if (tl_peer_get_state (peer) == TL_PEER_UNREACHABLE)
    tl_peer_set_state (peer, tl_peer_get_rx_messages (peer) > 0 ? TL_PEER_ACTIVE : TL_PEER_KNOWN, NULL);
  tl_udp_peers_touch (self->peers, TL_UDP_PEER (peer));
  return tl_udp_sender_send (self->sender, TL_UDP_PEER (peer), bytes, error);
}

static gboolean
tl_udp_session_disconnect_vfunc (TlSession        *session,
                                 TlPeer           *peer,
                                 TlDisconnectKind  kind,
                                 GError          **error)
{
  tl_udp_session_remove_peer (TL_UDP_SESSION (session), peer);
  return TRUE;
}

/* (transfer full) (nullable): the first peer that a person typed. */
static TlPeer *
dup_typed_peer (TlUdpSession *self)
{
  GListModel *peers = tl_session_get_peers (TL_SESSION (self));

  for (guint i = 0; i < g_list_model_get_n_items (peers); ++i)
    {
      g_autoptr (TlPeer) peer = g_list_model_get_item (peers, i);

      if (tl_udp_peer_get_typed (TL_UDP_PEER (peer)))
        return g_steal_pointer (&peer);
    }
  return NULL;
}

static char *
tl_udp_session_dup_link_vfunc (TlSession *session)
{
  TlUdpSession *self = TL_UDP_SESSION (session);
  g_autoptr (TlEndpoint) local = tl_udp_session_dup_wanted_endpoint (self);
  g_autoptr (TlPeer) peer = dup_typed_peer (self);
  g_autoptr (GString) query = g_string_new (NULL);

  if (peer == NULL || self->local_port != 0 || self->local_host[0])
    tl_link_append_query (query, "local", tl_endpoint_get_text (local));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->groups)); ++i)
    {
      g_autoptr (TlMulticastGroup) group = g_list_model_get_item (G_LIST_MODEL (self->groups), i);
      g_autofree char *text = tl_multicast_group_dup_link (group);

      tl_link_append_query (query, "group", text);
    }
  tl_session_append_link_query (session, query);
  return g_strdup_printf ("udp://%s%s%s", peer ? tl_peer_get_name (peer) : "", query->len ? "?" : "", query->str);
}

static char *
tl_udp_session_dup_title_vfunc (TlSession *session)
{
  g_autoptr (TlEndpoint) wanted = tl_udp_session_dup_wanted_endpoint (TL_UDP_SESSION (session));
  const char *local = tl_session_get_local_endpoint (session);

  return g_strdup_printf (_("UDP %s"), local ? local : tl_endpoint_get_text (wanted));
}

static GSocket *
tl_udp_session_get_socket_vfunc (TlSession *session,
                                 TlPeer    *peer)
{
  return TL_UDP_SESSION (session)->socket;
}

static void
tl_udp_session_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TlUdpSession *self = TL_UDP_SESSION (object);

  switch (id)
    {
    case PROP_LOCAL_HOST:
      g_value_set_string (value, self->local_host);
      break;
    case PROP_LOCAL_PORT:
      g_value_set_uint (value, self->local_port);
      break;
    case PROP_GROUPS:
      g_value_set_object (value, self->groups);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_local_host (TlUdpSession *self,
                const char   *host)
{
  if (!tl_set_string (&self->local_host, host != NULL ? host : ""))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOCAL_HOST]);
  tl_session_notify_title (TL_SESSION (self));
}

static void
set_local_port (TlUdpSession *self,
                guint         port)
{
  if (self->local_port == port)
    return;
  self->local_port = port;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOCAL_PORT]);
  tl_session_notify_title (TL_SESSION (self));
}

static void
tl_udp_session_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  TlUdpSession *self = TL_UDP_SESSION (object);

  switch (id)
    {
    case PROP_LOCAL_HOST:
      set_local_host (self, g_value_get_string (value));
      break;
    case PROP_LOCAL_PORT:
      set_local_port (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_udp_session_dispose (GObject *object)
{
  TlUdpSession *self = TL_UDP_SESSION (object);

  g_cancellable_cancel (self->cancellable);
  tl_udp_session_shut (self);
  G_OBJECT_CLASS (tl_udp_session_parent_class)->dispose (object);
}

static void
tl_udp_session_finalize (GObject *object)
{
  TlUdpSession *self = TL_UDP_SESSION (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->groups);
  g_clear_pointer (&self->peers, tl_udp_peers_free);
  g_free (self->local_host);
  G_OBJECT_CLASS (tl_udp_session_parent_class)->finalize (object);
}

static void
tl_udp_session_class_init (TlUdpSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  TlSessionClass *session_class = TL_SESSION_CLASS (klass);
  const GParamFlags writes = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_udp_session_get_property;
  object_class->set_property = tl_udp_session_set_property;
  object_class->dispose = tl_udp_session_dispose;
  object_class->finalize = tl_udp_session_finalize;
  session_class->open = tl_udp_session_open_vfunc;
  session_class->close = tl_udp_session_close_vfunc;
  session_class->send = tl_udp_session_send_vfunc;
  session_class->disconnect = tl_udp_session_disconnect_vfunc;
  session_class->dup_link = tl_udp_session_dup_link_vfunc;
  session_class->dup_title = tl_udp_session_dup_title_vfunc;
  session_class->get_socket = tl_udp_session_get_socket_vfunc;
  session_class->is_datagram = TRUE;

  props[PROP_LOCAL_HOST] = g_param_spec_string ("local-host", NULL, NULL, "", writes);
  props[PROP_LOCAL_PORT] = g_param_spec_uint ("local-port", NULL, NULL, 0, 65535, 0, writes);
  props[PROP_GROUPS] = g_param_spec_object ("groups", NULL, NULL, G_TYPE_LIST_MODEL,
                                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tl_udp_session_init (TlUdpSession *self)
{
  self->local_host = g_strdup ("");
  self->peers = tl_udp_peers_new ();
  self->groups = g_list_store_new (TL_TYPE_MULTICAST_GROUP);
}

TlUdpSession *
tl_udp_session_new (const char *local_host,
                    guint16     local_port)
{
  return g_object_new (TL_TYPE_UDP_SESSION, "local-host", local_host, "local-port", (guint) local_port, NULL);
}

GListModel *
tl_udp_session_get_groups (TlUdpSession *self)
{
  g_return_val_if_fail (TL_IS_UDP_SESSION (self), NULL);
  return G_LIST_MODEL (self->groups);
}

gboolean
tl_udp_session_join (TlUdpSession *self,
                     const char   *address,
                     guint         interface,
                     GError      **error)
{
  g_autoptr (TlMulticastGroup) group = NULL;

  g_return_val_if_fail (TL_IS_UDP_SESSION (self), FALSE);
  group = tl_multicast_group_new (address, interface, error);
  if (group == NULL)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->groups)); ++i)
    {
      g_autoptr (TlMulticastGroup) other = g_list_model_get_item (G_LIST_MODEL (self->groups), i);

      if (!tl_multicast_group_equal (group, other))
        continue;
      /* Asked for again: another attempt, where the last one failed. */
      if (self->socket && !tl_multicast_group_is_joined (other))
        return tl_multicast_group_join (other, TL_SESSION (self), self->socket, error);
      return TRUE;
    }
  g_list_store_append (self->groups, group);
  return self->socket == NULL || tl_multicast_group_join (group, TL_SESSION (self), self->socket, error);
}

void
tl_udp_session_leave (TlUdpSession     *self,
                      TlMulticastGroup *group)
{
  guint position;

  g_return_if_fail (TL_IS_UDP_SESSION (self));
  if (!g_list_store_find (self->groups, group, &position))
    return;
  if (self->socket)
    tl_multicast_group_leave (group, TL_SESSION (self), self->socket);
  g_list_store_remove (self->groups, position);
}
