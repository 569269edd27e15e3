/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-tcp-session.h"

G_BEGIN_DECLS

#define TL_TYPE_TCP_SERVER (tl_tcp_server_get_type ())
G_DECLARE_FINAL_TYPE (TlTcpServer, tl_tcp_server, TL, TCP_SERVER, TlTcpSession)

#define TL_TCP_SERVER_DEFAULT_MAX_CLIENTS 10000
#define TL_TCP_SERVER_KEPT_ENDED 100

/**
 * TlTcpServer:
 *
 * Listens and talks to all that come. A name as "local-host" is looked up. Writable properties while closed: "dual-stack" (boolean: an IPv6 wildcard takes
 * IPv4 too), "backlog" (uint). Writable at any time: "max-clients" (uint), "keep-ended" (boolean: rows of clients that left stay, the newest 100).
 * Read-only: "n-clients" (uint: connected now).
 */
TlTcpServer *tl_tcp_server_new (const char *local_host,
                                guint16     local_port);
guint        tl_tcp_server_get_n_clients (TlTcpServer *self);

G_END_DECLS
