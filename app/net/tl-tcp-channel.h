/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_TCP_CHANNEL (tl_tcp_channel_get_type ())
G_DECLARE_FINAL_TYPE (TlTcpChannel, tl_tcp_channel, TL, TCP_CHANNEL, TlPeer)

#define TL_TCP_HIGH_WATER (8 * 1024 * 1024)
#define TL_TCP_LOW_WATER (1024 * 1024)
/* How long an orderly end waits for the other side, in seconds. */
#define TL_TCP_CLOSE_LIMIT 5

/**
 * TlTcpChannel:
 *
 * One connected stream (通路): reads within a budget, writes through a bounded queue. It is a TlPeer: the client has one, the server one for each
 * peer. Works on any GIOStream whose streams are pollable, a GSocketConnection or a GTlsConnection over one.
 *
 * Signal "ended" (TlPeerState, nullable string: sentence, when it did not end in order): no more bytes either way; emitted once. The state is
 * TL_PEER_CLOSED or TL_PEER_RESET.
 */
TlTcpChannel *tl_tcp_channel_new        (TlSession        *session,
                                         GIOStream        *stream,
                                         GSocket          *socket,
                                         TlEndpoint       *endpoint);
/* Begins to read. */
void          tl_tcp_channel_start      (TlTcpChannel     *self);
/* Whether the end is ours too when the other side has ended its own and all answers are out; else the half-closed connection stays. */
void          tl_tcp_channel_set_close_on_eof (TlTcpChannel *self,
                                         gboolean          close_on_eof);
/* Queued whole, or refused whole: TL_SESSION_ERROR. */
gboolean      tl_tcp_channel_send       (TlTcpChannel     *self,
                                         GBytes           *bytes,
                                         GError          **error);
/* TL_SESSION_ERROR_NOT_OPEN when it has ended already. */
gboolean      tl_tcp_channel_disconnect (TlTcpChannel     *self,
                                         TlDisconnectKind  kind,
                                         GError          **error);
/* Ends an orderly end that takes too long. */
void          tl_tcp_channel_close_now  (TlTcpChannel     *self);
gboolean      tl_tcp_channel_has_ended  (TlTcpChannel     *self);
GSocket      *tl_tcp_channel_get_socket (TlTcpChannel     *self);

G_END_DECLS
