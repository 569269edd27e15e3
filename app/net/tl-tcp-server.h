/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_TCP_SERVER (tl_tcp_server_get_type ())
G_DECLARE_FINAL_TYPE (TlTcpServer, tl_tcp_server, TL, TCP_SERVER, TlSession)

#define TL_TCP_SERVER_DEFAULT_MAX_CLIENTS 10000

/**
 * TlTcpServer:
 *
 * Listens and talks to all that come. Writable properties while closed: "local-host", "local-port" (uint), "dual-stack" (boolean: an IPv6 wildcard takes IPv4 too),
 * "backlog" (uint), "max-clients" (uint); "keep-ended" (boolean: rows of clients that left stay, the newest 100).
 */
TlTcpServer *tl_tcp_server_new (const char *local_host,
                                guint16     local_port);

G_END_DECLS
