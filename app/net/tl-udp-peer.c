/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The peers of a UDP session: found by address for each datagram, so without an allocation, and kept in the order of their last sign of life. */

#include "tl-udp-peer.h"

#include "tl-interface.h"

#include <gio/gnetworking.h>
#include <string.h>

struct _TlUdpPeer
{
  TlPeer parent_instance;

  TlUdpAddress address;
  GList        link;
  gint64       told_at;
  gboolean     typed;
  gboolean     broadcast_known;
  gboolean     is_broadcast;
};

struct _TlUdpPeers
{
  GHashTable *by_address;   /* &peer->address → TlUdpPeer */
  GQueue      by_time;      /* the oldest first */
};

G_DEFINE_FINAL_TYPE (TlUdpPeer, tl_udp_peer, TL_TYPE_PEER)

static guint
address_hash (gconstpointer data)
{
  const TlUdpAddress *self = data;
  const guint8 *bytes = self->address.s6_addr;
  guint hash = 2166136261u ^ self->port ^ (self->scope << 16);

  for (guint i = 0; i < sizeof self->address; ++i)
    hash = (hash ^ bytes[i]) * 16777619u;
  return hash ^ (self->port * 2654435761u);
}

static gboolean
address_equal (gconstpointer a,
               gconstpointer b)
{
  return memcmp (a, b, sizeof (TlUdpAddress)) == 0;
}

static void
tl_udp_peer_class_init (TlUdpPeerClass *klass)
{
}

static void
tl_udp_peer_init (TlUdpPeer *self)
{
  self->link.data = self;
}

TlUdpPeer *
tl_udp_peer_new (const TlUdpAddress *address,
                 gboolean            typed)
{
  TlUdpPeer *self = g_object_new (TL_TYPE_UDP_PEER, NULL);
  g_autoptr (TlEndpoint) endpoint = tl_udp_address_to_endpoint (address);

  self->address = *address;
  self->typed = typed;
  tl_peer_set_endpoint (TL_PEER (self), endpoint);
  return self;
}

const TlUdpAddress *
tl_udp_peer_get_address (TlUdpPeer *self)
{
  return &self->address;
}

gboolean
tl_udp_peer_get_typed (TlUdpPeer *self)
{
  return self->typed;
}

void
tl_udp_peer_set_typed (TlUdpPeer *self)
{
  self->typed = TRUE;
}

gboolean
tl_udp_peer_is_broadcast (TlUdpPeer *self)
{
  if (!self->broadcast_known)
    {
      self->broadcast_known = TRUE;
      /* Nobody writes from a broadcast address: who was heard needs no look at the interfaces. */
      if (tl_udp_address_is_ipv4 (&self->address) && tl_peer_get_rx_messages (TL_PEER (self)) == 0)
        {
          g_autoptr (GInetAddress) address = g_inet_address_new_from_bytes (self->address.address.s6_addr + 12, G_SOCKET_FAMILY_IPV4);

          self->is_broadcast = tl_interface_is_broadcast (address);
        }
    }
  return self->is_broadcast;
}

gboolean
tl_udp_peer_may_tell (TlUdpPeer *self)
{
  const gint64 now = g_get_monotonic_time ();

  if (self->told_at != 0 && now - self->told_at < G_USEC_PER_SEC)
    return FALSE;
  self->told_at = now;
  return TRUE;
}

gboolean
tl_udp_address_from_native (TlUdpAddress *self,
                            const void   *native,
                            gsize         length)
{
  const struct sockaddr *generic = native;

  memset (self, 0, sizeof *self);
  if (length >= sizeof (struct sockaddr_in) && generic->sa_family == AF_INET)
    {
      const struct sockaddr_in *v4 = native;

      self->address.s6_addr[10] = 0xff;
      self->address.s6_addr[11] = 0xff;
      memcpy (self->address.s6_addr + 12, &v4->sin_addr, 4);
      self->port = ntohs (v4->sin_port);
      return TRUE;
    }
  if (length >= sizeof (struct sockaddr_in6) && generic->sa_family == AF_INET6)
    {
      const struct sockaddr_in6 *v6 = native;

      self->address = v6->sin6_addr;
      self->scope = v6->sin6_scope_id;
      self->port = ntohs (v6->sin6_port);
      return TRUE;
    }
  return FALSE;
}

gboolean
tl_udp_address_from_socket_address (TlUdpAddress   *self,
                                    GSocketAddress *address)
{
  struct sockaddr_storage native;
  const gssize length = g_socket_address_get_native_size (address);

  return length > 0 && length <= (gssize) sizeof native && g_socket_address_to_native (address, &native, sizeof native, NULL) &&
         tl_udp_address_from_native (self, &native, length);
}

gboolean
tl_udp_address_is_ipv4 (const TlUdpAddress *self)
{
  return IN6_IS_ADDR_V4MAPPED (&self->address);
}

socklen_t
tl_udp_address_to_native (const TlUdpAddress      *self,
                          GSocketFamily            family,
                          struct sockaddr_storage *native)
{
  struct sockaddr_in *v4 = (struct sockaddr_in *) native;
  struct sockaddr_in6 *v6 = (struct sockaddr_in6 *) native;

  memset (native, 0, sizeof *native);
  if (family == G_SOCKET_FAMILY_IPV6)
    {
      v6->sin6_family = AF_INET6;
      v6->sin6_addr = self->address;
      v6->sin6_scope_id = self->scope;
      v6->sin6_port = htons (self->port);
      return sizeof *v6;
    }
  if (!tl_udp_address_is_ipv4 (self))
    return 0;
  v4->sin_family = AF_INET;
  memcpy (&v4->sin_addr, self->address.s6_addr + 12, 4);
  v4->sin_port = htons (self->port);
  return sizeof *v4;
}

TlEndpoint *
tl_udp_address_to_endpoint (const TlUdpAddress *self)
{
  struct sockaddr_storage native;
  const socklen_t length = tl_udp_address_to_native (self, tl_udp_address_is_ipv4 (self) ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6, &native);
  g_autoptr (GSocketAddress) address = g_socket_address_new_from_native (&native, length);

  return tl_endpoint_from_address (address);
}

TlUdpPeers *
tl_udp_peers_new (void)
{
  TlUdpPeers *self = g_new0 (TlUdpPeers, 1);

  self->by_address = g_hash_table_new_full (address_hash, address_equal, NULL, g_object_unref);
  g_queue_init (&self->by_time);
  return self;
}

void
tl_udp_peers_free (TlUdpPeers *self)
{
  g_hash_table_unref (self->by_address);
  g_free (self);
}

TlUdpPeer *
tl_udp_peers_lookup (TlUdpPeers         *self,
                     const TlUdpAddress *address)
{
  return g_hash_table_lookup (self->by_address, address);
}

void
tl_udp_peers_add (TlUdpPeers *self,
                  TlUdpPeer  *peer)
{
  g_hash_table_insert (self->by_address, &peer->address, g_object_ref (peer));
  g_queue_push_tail_link (&self->by_time, &peer->link);
}

void
tl_udp_peers_remove (TlUdpPeers *self,
                     TlUdpPeer  *peer)
{
  if (tl_udp_peers_lookup (self, &peer->address) != peer)
    return;
  g_queue_unlink (&self->by_time, &peer->link);
  g_hash_table_remove (self->by_address, &peer->address);
}

void
tl_udp_peers_touch (TlUdpPeers *self,
                    TlUdpPeer  *peer)
{
  if (self->by_time.tail == &peer->link)
    return;
  g_queue_unlink (&self->by_time, &peer->link);
  g_queue_push_tail_link (&self->by_time, &peer->link);
}

guint
tl_udp_peers_get_n (TlUdpPeers *self)
{
  return self->by_time.length;
}

TlUdpPeer *
tl_udp_peers_get_oldest (TlUdpPeers *self)
{
  return g_queue_peek_head (&self->by_time);
}
