/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_UDP_SESSION (tl_udp_session_get_type ())
G_DECLARE_FINAL_TYPE (TlUdpSession, tl_udp_session, TL, UDP_SESSION, TlSession)

#define TL_UDP_MAX_PAYLOAD_IPV4 65507
#define TL_UDP_MAX_PAYLOAD_IPV6 65527
#define TL_UDP_MAX_PEERS 10000
#define TL_UDP_RECEIVE_BUFFER (4 * 1024 * 1024)

/**
 * TlUdpSession:
 *
 * Datagrams over one socket with any number of peers. Writable properties while closed: "local-host" (string; "" is 0.0.0.0), "local-port" (uint, 0: the
 * system picks). Read-only: "groups" (GListModel of TlMulticastGroup rows, see below).
 *
 * A local host of `::` takes IPv4 too. Rows of peers stay when it closes; tl_session_disconnect(), of whatever kind, removes one.
 * Without a wish for another one in the options, the receive buffer is TL_UDP_RECEIVE_BUFFER, as far as the system allows.
 */
TlUdpSession *tl_udp_session_new       (const char     *local_host,
                                        guint16         local_port);
/* Adds a peer that was typed, or finds it. A host name (TL_SESSION_ERROR_ADDRESS here) is resolved first, off the main loop: use the _async form.
 * (transfer none) */
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
