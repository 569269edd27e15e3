/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

/* Connects to host and port of @remote: looks the name up, and tries one address after the other, a quarter of a second apart and as many as it takes
 * at a time (RFC 8305), from @local, where it is given. Each step has its line in the log of @session. Errors: G_RESOLVER_ERROR, G_IO_ERROR_CANCELLED,
 * TL_SESSION_ERROR with a sentence; see tl_tcp_connect_sentence(). */
void     tl_tcp_connect_async  (TlSession           *session,
                                TlEndpoint          *remote,
                                GSocketAddress      *local,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
/* (transfer full): the connected socket; *@address is the one that answered. */
GSocket *tl_tcp_connect_finish (GAsyncResult        *result,
                                TlEndpoint         **address,
                                GError             **error);

G_END_DECLS
