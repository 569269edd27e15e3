/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_TCP_CHANNEL (tl_tcp_channel_get_type ())
G_DECLARE_FINAL_TYPE (TlTcpChannel, tl_tcp_channel, TL, TCP_CHANNEL, TlPeer)

#define TL_TCP_HIGH_WATER (8 * 1024 * 1024)
#define TL_TCP_LOW_WATER (1024 * 1024)

/**
 * TlTcpChannel:
 *
 * One connected stream (通路): reads within a budget, writes through a bounded queue. It is a TlPeer: the client has one, the server one for each
 * peer. Works on any GIOStream whose streams are pollable, a GSocketConnection or a GTlsConnection over one.
 *
 * Property: "stream". Signal "ended" (TlPeerState, nullable string: sentence): no more bytes either way; emitted once.
 */
TlTcpChannel *tl_tcp_channel_new        (TlSession        *session,
                                         GIOStream        *stream,
                                         GSocket          *socket,
                                         TlEndpoint       *endpoint);
/* Begins to read. */
void          tl_tcp_channel_start      (TlTcpChannel     *self);
gboolean      tl_tcp_channel_send       (TlTcpChannel     *self,
                                         GBytes           *bytes,
                                         GError          **error);
void          tl_tcp_channel_disconnect (TlTcpChannel     *self,
                                         TlDisconnectKind  kind);
GSocket      *tl_tcp_channel_get_socket (TlTcpChannel     *self);

G_END_DECLS
