/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-endpoint.h"
#include "tl-peer.h"

G_BEGIN_DECLS

/* Why nothing came of a try to connect to @endpoint: a translated sentence with the original reason in parentheses. (transfer full) */
char       *tl_tcp_connect_sentence (const GError     *error,
                                     const TlEndpoint *endpoint);
/* What ended a connection, from the error of a read or a write. (transfer full) */
char       *tl_tcp_ended_sentence   (const GError     *error);
TlPeerState tl_tcp_ended_state      (const GError     *error);
/* Of what waited when a connection ended. (transfer full) */
char       *tl_tcp_unsent_sentence  (guint64           bytes);
/* The errno of a connect as an error that tl_tcp_connect_sentence() gives back as tl_socket_error_sentence() does. */
GError     *tl_tcp_connect_error    (int               errsv,
                                     const TlEndpoint *endpoint);

G_END_DECLS
