/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

/* The socket calls of TCP, each with its line in the log. For this room only. What fails returns its errno, 0 is success: the sentence and the
 * way on depend on the exact number, which GError does not keep. */

/* (transfer full) (nullable): non-blocking; NULL with *@errsv. */
GSocket *tl_tcp_call_socket   (TlSession       *session,
                               GSocketFamily    family,
                               int             *errsv);
int      tl_tcp_call_bind     (TlSession       *session,
                               GSocket         *socket,
                               GSocketAddress  *address);
int      tl_tcp_call_listen   (TlSession       *session,
                               GSocket         *socket,
                               int              backlog);
/* (transfer full) (nullable): the next client with its *@remote address; NULL with *@errsv. EAGAIN has no line in the log. */
GSocket *tl_tcp_call_accept   (TlSession       *session,
                               GSocket         *listener,
                               TlEndpoint     **remote,
                               int             *errsv);
/* EINPROGRESS: to be followed by tl_tcp_call_connected() when the socket is writable. */
int      tl_tcp_call_connect  (TlSession       *session,
                               GSocket         *socket,
                               GSocketAddress  *address);
int      tl_tcp_call_connected (TlSession      *session,
                               GSocket         *socket,
                               GSocketAddress  *address);
int      tl_tcp_call_shutdown (TlSession       *session,
                               TlPeer          *peer,
                               GSocket         *socket);
/* @reset: the other end gets a RST. Never waits, whatever SO_LINGER was set to. */
void     tl_tcp_call_close    (TlSession       *session,
                               TlPeer          *peer,
                               GSocket         *socket,
                               gboolean         reset);
/* The address that the socket is bound to. (transfer full) (nullable) */
TlEndpoint *tl_tcp_call_local (GSocket         *socket);

G_END_DECLS
