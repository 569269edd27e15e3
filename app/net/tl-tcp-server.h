/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_TCP_SERVER (tl_tcp_server_get_type ())
G_DECLARE_FINAL_TYPE (TlTcpServer, tl_tcp_server, TL, TCP_SERVER, TlSession)

#define TL_TCP_SERVER_DEFAULT_MAX_CLIENTS 10000
#define TL_TCP_SERVER_KEPT_ENDED 100

/**
 * TlTcpServer:
 *
 * Listens and talks to all that come. Writable properties while closed: "local-host" (a name is looked up; "": all addresses), "local-port" (uint),
 * "dual-stack" (boolean: an IPv6 wildcard takes IPv4 too), "backlog" (uint). Writable at any time: "max-clients" (uint),
 * "keep-ended" (boolean: rows of clients that left stay, the newest 100), "close-on-eof" (boolean: a client that has sent its FIN gets its answers
 * and is closed; else the half-closed connection stays to be looked at). Read-only: "n-clients" (uint: connected now).
 */
TlTcpServer *tl_tcp_server_new (const char *local_host,
                                guint16     local_port);
guint        tl_tcp_server_get_n_clients (TlTcpServer *self);

G_END_DECLS
