/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"
#include "tl-tcp-channel.h"

G_BEGIN_DECLS

#define TL_TYPE_TCP_SESSION (tl_tcp_session_get_type ())
G_DECLARE_DERIVABLE_TYPE (TlTcpSession, tl_tcp_session, TL, TCP_SESSION, TlSession)

/**
 * TlTcpSession:
 *
 * What a TCP server and a TCP client share: each of their peers is a TlTcpChannel, and they have the properties "local-host" (never NULL; "": any address),
 * "local-port" (uint, 0: any), both writable while closed, and "close-on-eof" (boolean, writable at any time: when the other side has sent its FIN, what waits
 * is sent and the connection closed; else it stays half-closed).
 */
struct _TlTcpSessionClass
{
  TlSessionClass parent_class;
};

const char   *tl_tcp_session_get_local_host (TlTcpSession *self);
guint16       tl_tcp_session_get_local_port (TlTcpSession *self);
/* (transfer full): both of them, with 0.0.0.0 for any address. */
TlEndpoint   *tl_tcp_session_dup_local      (TlTcpSession *self);
/* What the system has bound @socket to is the session's local endpoint from now on. */
void          tl_tcp_session_set_bound      (TlTcpSession *self,
                                             GSocket      *socket);
/* (transfer full): a channel that ends as "close-on-eof" says; it is not among the peers yet. */
TlTcpChannel *tl_tcp_session_new_channel    (TlTcpSession *self,
                                             GIOStream    *stream,
                                             GSocket      *socket,
                                             TlEndpoint   *remote);
/* Whether a property has that value already: there is nothing to set, and nothing to notify. */
gboolean      tl_tcp_session_has_value      (TlTcpSession *self,
                                             GParamSpec   *pspec,
                                             const GValue *value);

G_END_DECLS
