/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_UDP_SESSION (tl_udp_session_get_type ())
G_DECLARE_FINAL_TYPE (TlUdpSession, tl_udp_session, TL, UDP_SESSION, TlSession)

#define TL_UDP_MAX_PAYLOAD_IPV4 65507
#define TL_UDP_MAX_PAYLOAD_IPV6 65527
#define TL_UDP_MAX_PEERS 10000

/**
 * TlUdpSession:
 *
 * Datagrams over one socket with any number of peers. Writable properties while closed: "local-host" (string; "" is 0.0.0.0), "local-port" (uint, 0: the
 * system picks). Read-only: "groups" (GListModel of GtkStringObject-free TlMulticastGroup rows, see below).
 */
TlUdpSession *tl_udp_session_new       (const char     *local_host,
                                        guint16         local_port);
/* Adds a peer that was typed, or finds it. A host name is resolved first, off the main loop: use the _async form. */
TlPeer       *tl_udp_session_add_peer  (TlUdpSession   *self,
                                        TlEndpoint     *endpoint,
                                        GError        **error);
void          tl_udp_session_add_peer_async (TlUdpSession *self,
                                        TlEndpoint     *endpoint,
                                        GCancellable   *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer        user_data);
/* (transfer full) */
TlPeer       *tl_udp_session_add_peer_finish (TlUdpSession *self,
                                        GAsyncResult   *result,
                                        GError        **error);
void          tl_udp_session_remove_peer (TlUdpSession *self,
                                        TlPeer         *peer);

/* A joined group. Properties: "address", "interface" (uint index), "label", "joined" (boolean), "error" (string, nullable). */
#define TL_TYPE_MULTICAST_GROUP (tl_multicast_group_get_type ())
G_DECLARE_FINAL_TYPE (TlMulticastGroup, tl_multicast_group, TL, MULTICAST_GROUP, GObject)

/* Joins at once when open, else when it opens; stays in the list either way. @interface: index, 0: the system's choice. */
gboolean      tl_udp_session_join      (TlUdpSession   *self,
                                        const char     *address,
                                        guint           interface,
                                        GError        **error);
void          tl_udp_session_leave     (TlUdpSession   *self,
                                        TlMulticastGroup *group);
GListModel   *tl_udp_session_get_groups (TlUdpSession  *self);

G_END_DECLS
