/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who a UDP session talks with: peers that were typed, by address or by name, and peers that were heard. */

#include "tl-udp-session-internal.h"

#include <glib/gi18n-lib.h>

TlUdpPeer *
tl_udp_session_ensure_peer (TlUdpSession       *self,
                            const TlUdpAddress *address,
                            gboolean            typed)
{
  TlSession *session = TL_SESSION (self);
  TlUdpPeer *known = tl_udp_peers_lookup (self->peers, address);
  g_autoptr (TlUdpPeer) peer = NULL;

  if (known)
    {
      if (typed)
        tl_udp_peer_set_typed (known);
      return known;
    }
  if (tl_udp_peers_get_n (self->peers) >= TL_UDP_MAX_PEERS)
    {
      tl_udp_session_remove_peer (self, TL_PEER (tl_udp_peers_get_oldest (self->peers)));
      if (!self->eviction_told)
        tl_message_log_append_printf (tl_session_get_log (session), TL_MESSAGE_WARNING, 0,
                                      _("There are more than %d peers: those that were silent for longest leave the list. Their messages stay."),
                                      TL_UDP_MAX_PEERS);
      self->eviction_told = TRUE;
    }
  peer = tl_udp_peer_new (address, typed);
  tl_peer_init_log (TL_PEER (peer), tl_session_get_log (session));
  tl_udp_peers_add (self->peers, peer);
  tl_session_add_peer (session, TL_PEER (peer));
  return peer;
}

TlPeer *
tl_udp_session_add_peer (TlUdpSession *self,
                         TlEndpoint   *endpoint,
                         GError      **error)
{
  g_autoptr (GSocketAddress) address = NULL;
  TlUdpAddress native;

  g_return_val_if_fail (TL_IS_UDP_SESSION (self), NULL);
  g_return_val_if_fail (endpoint != NULL, NULL);
  address = tl_endpoint_to_address (endpoint);
  if (address == NULL || !tl_udp_address_from_socket_address (&native, address))
    {
      g_set_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_ADDRESS, _("%s is not an address. Type one of IPv4 or IPv6."), tl_endpoint_get_host (endpoint));
      return NULL;
    }
  if (native.port == 0)
    {
      g_set_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_ADDRESS,
                   _("Nothing can be sent to port 0 (%s). Type the port of the peer."), tl_endpoint_get_text (endpoint));
      return NULL;
    }
  return TL_PEER (tl_udp_session_ensure_peer (self, &native, TRUE));
}

void
tl_udp_session_remove_peer (TlUdpSession *self,
                            TlPeer       *peer)
{
  g_autoptr (TlPeer) kept = NULL;

  g_return_if_fail (TL_IS_UDP_SESSION (self));
  g_return_if_fail (TL_IS_UDP_PEER (peer));
  kept = g_object_ref (peer);
  if (self->sender)
    tl_udp_sender_forget (self->sender, TL_UDP_PEER (peer));
  tl_udp_peers_remove (self->peers, TL_UDP_PEER (peer));
  tl_session_remove_peer (TL_SESSION (self), peer);
}

static void
log_addresses (TlSession  *session,
               const char *host,
               GList      *addresses)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (GList *i = addresses; i; i = i->next)
    {
      g_autofree char *address = g_inet_address_to_string (i->data);

      g_string_append_printf (text, "%s%s", i == addresses ? "" : ", ", address);
    }
  tl_message_log_append_printf (tl_session_get_log (session), TL_MESSAGE_EVENT, 0, _("The name %s stands for: %s"), host, text->str);
}

static void
free_addresses (gpointer addresses)
{
  g_resolver_free_addresses (addresses);
}

static void
lookup_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  GList *addresses = g_resolver_lookup_by_name_with_flags_finish (G_RESOLVER (source), result, &error);
  const char *host = g_task_get_task_data (task);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (addresses == NULL)
    {
      g_task_return_new_error (task, TL_SESSION_ERROR, TL_SESSION_ERROR_ADDRESS,
                               _("The name %s was not found. Check how it is written, and the network connection. (%s)"), host,
                               error ? error->message : "");
      return;
    }
  log_addresses (g_task_get_source_object (task), host, addresses);
  g_task_return_pointer (task, addresses, free_addresses);
}

void
tl_udp_resolve_async (TlSession          *session,
                      const char         *host,
                      GSocketFamily       family,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  GTask *task = g_task_new (session, cancellable, callback, user_data);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  GResolverNameLookupFlags flags = G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT;

  if (family == G_SOCKET_FAMILY_IPV4)
    flags = G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY;
  else if (family == G_SOCKET_FAMILY_IPV6)
    flags = G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY;
  g_task_set_source_tag (task, tl_udp_resolve_async);
  g_task_set_task_data (task, g_strdup (host), g_free);
  g_resolver_lookup_by_name_with_flags_async (resolver, host, flags, cancellable, lookup_cb, task);
}

GList *
tl_udp_resolve_finish (GAsyncResult *result,
                       GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tl_udp_resolve_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
peer_resolved_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autolist (GInetAddress) addresses = tl_udp_resolve_finish (result, &error);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (TlEndpoint) endpoint = NULL;
  TlPeer *peer;

  if (addresses == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  address = g_inet_socket_address_new (addresses->data, tl_endpoint_get_port (g_task_get_task_data (task)));
  endpoint = tl_endpoint_from_address (address);
  peer = tl_udp_session_add_peer (TL_UDP_SESSION (source), endpoint, &error);
  if (peer)
    g_task_return_pointer (task, g_object_ref (peer), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Which addresses the session can send to. */
static GSocketFamily
reachable_family (TlUdpSession *self)
{
  g_autoptr (TlEndpoint) wanted = tl_udp_session_dup_wanted_endpoint (self);
  g_autoptr (GSocketAddress) address = NULL;

  if (self->socket)
    address = g_socket_get_local_address (self->socket, NULL);
  if (address == NULL)
    address = tl_endpoint_to_address (wanted);
  if (address == NULL)
    return G_SOCKET_FAMILY_INVALID;
  if (g_socket_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
      g_inet_address_get_is_any (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))))
    return G_SOCKET_FAMILY_INVALID;
  return g_socket_address_get_family (address);
}

void
tl_udp_session_add_peer_async (TlUdpSession       *self,
                               TlEndpoint         *endpoint,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;
  TlPeer *peer;

  g_return_if_fail (TL_IS_UDP_SESSION (self));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_udp_session_add_peer_async);
  g_task_set_task_data (task, tl_endpoint_ref (endpoint), (GDestroyNotify) tl_endpoint_unref);
  address = tl_endpoint_to_address (endpoint);
  if (address == NULL)
    {
      tl_udp_resolve_async (TL_SESSION (self), tl_endpoint_get_host (endpoint), reachable_family (self), cancellable,
                            peer_resolved_cb, g_steal_pointer (&task));
      return;
    }
  peer = tl_udp_session_add_peer (self, endpoint, &error);
  if (peer)
    g_task_return_pointer (task, g_object_ref (peer), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

TlPeer *
tl_udp_session_add_peer_finish (TlUdpSession *self,
                                GAsyncResult *result,
                                GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
