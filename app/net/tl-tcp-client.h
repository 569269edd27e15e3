/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-tcp-session.h"
#include "tl-tls.h"

G_BEGIN_DECLS

#define TL_TYPE_TCP_CLIENT (tl_tcp_client_get_type ())
G_DECLARE_FINAL_TYPE (TlTcpClient, tl_tcp_client, TL, TCP_CLIENT, TlTcpSession)

/**
 * TlTcpClient:
 *
 * Connects to one host and port. Writable properties while closed: "remote-host", "remote-port" (uint),
 * "timeout" (uint, s, 1–600, default 10; for connecting and TLS together), "tls" (TlTlsMode). Writable at any time: "reconnect" (boolean; delays grow
 * 1, 2, 4 … 30 s).
 * Read-only: "tls-fingerprint" (string, nullable: SHA-256), "tls-description" (string, nullable), "retry-at" (int64: monotonic µs of the next try, 0: none).
 * The connection is the one row of "peers"; it stays there after its end until the next one.
 */
TlTcpClient *tl_tcp_client_new (const char *remote_host,
                                guint16     remote_port);

G_END_DECLS
