/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session-private.h"

#include <netinet/in.h>
#include <sys/socket.h>

G_BEGIN_DECLS

#define TL_TYPE_UDP_PEER (tl_udp_peer_get_type ())
G_DECLARE_FINAL_TYPE (TlUdpPeer, tl_udp_peer, TL, UDP_PEER, TlPeer)

/**
 * TlUdpAddress:
 *
 * Address and port as bytes that compare and hash; IPv4 in its IPv6-mapped form.
 */
typedef struct {
  struct in6_addr address;
  guint32         scope;
  guint32         port;    /* host order */
} TlUdpAddress;

TlUdpPeer      *tl_udp_peer_new          (const TlUdpAddress *address,
                                          gboolean            typed);
const TlUdpAddress *tl_udp_peer_get_address (TlUdpPeer      *self);
/* Whether a person typed it, which a link repeats. */
gboolean        tl_udp_peer_get_typed    (TlUdpPeer          *self);
void            tl_udp_peer_set_typed    (TlUdpPeer          *self);
/* Whether its address is a broadcast address of ours. Looked up once, by asking the interfaces. */
gboolean        tl_udp_peer_is_broadcast (TlUdpPeer          *self);
/* True at most once a second: for lines in the log that a peer can cause at will. */
gboolean        tl_udp_peer_may_tell     (TlUdpPeer          *self);

/* False when @native is neither IPv4 nor IPv6. */
gboolean        tl_udp_address_from_native (TlUdpAddress     *self,
                                          const void         *native,
                                          gsize               length);
gboolean        tl_udp_address_from_socket_address (TlUdpAddress *self,
                                          GSocketAddress     *address);
gboolean        tl_udp_address_is_ipv4   (const TlUdpAddress *self);
/* For a socket of that family. Returns the length, 0 when the address is not of it. */
socklen_t       tl_udp_address_to_native (const TlUdpAddress *self,
                                          GSocketFamily       family,
                                          struct sockaddr_storage *native);
TlEndpoint     *tl_udp_address_to_endpoint (const TlUdpAddress *self);

/**
 * TlUdpPeers:
 *
 * The peers of a session by address, and in the order in which they were heard.
 */
typedef struct _TlUdpPeers TlUdpPeers;

TlUdpPeers     *tl_udp_peers_new         (void);
void            tl_udp_peers_free        (TlUdpPeers         *self);
TlUdpPeer      *tl_udp_peers_lookup      (TlUdpPeers         *self,
                                          const TlUdpAddress *address);
void            tl_udp_peers_add         (TlUdpPeers         *self,
                                          TlUdpPeer          *peer);
void            tl_udp_peers_remove      (TlUdpPeers         *self,
                                          TlUdpPeer          *peer);
/* It was heard from, or spoken to, just now. */
void            tl_udp_peers_touch       (TlUdpPeers         *self,
                                          TlUdpPeer          *peer);
guint           tl_udp_peers_get_n       (TlUdpPeers         *self);
/* (transfer none) (nullable): who was silent for longest. */
TlUdpPeer      *tl_udp_peers_get_oldest  (TlUdpPeers         *self);

G_END_DECLS
