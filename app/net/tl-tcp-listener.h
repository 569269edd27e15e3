/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

/* @socket: (transfer none) connected; closed by the callee when it is not wanted. */
typedef void (*TlTcpAcceptedFunc) (gpointer    owner,
                                   GSocket    *socket,
                                   TlEndpoint *remote);

/**
 * TlTcpListener:
 *
 * A listening socket that survives what goes wrong with those who come. For this room only.
 */
typedef struct _TlTcpListener TlTcpListener;

typedef struct {
  gboolean dual_stack;
  int      backlog;
} TlTcpListenerOptions;

/* Binds and listens; clients are told to @accepted from the main loop until it is freed. NULL: the session has failed. (transfer full) (nullable) */
TlTcpListener *tl_tcp_listener_open      (TlSession                  *session,
                                          GSocketAddress             *address,
                                          const TlTcpListenerOptions *options,
                                          TlTcpAcceptedFunc           accepted);
/* Stops listening, with a line in the log. */
void           tl_tcp_listener_free      (TlTcpListener              *self);
GSocket       *tl_tcp_listener_get_socket (TlTcpListener             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTcpListener, tl_tcp_listener_free)

G_END_DECLS
