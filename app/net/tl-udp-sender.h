/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-udp-peer.h"

G_BEGIN_DECLS

/* What waits while the system takes no more; a datagram beyond it is refused. */
#define TL_UDP_QUEUE_DATAGRAMS 256
#define TL_UDP_QUEUE_BYTES (4 * 1024 * 1024)

/**
 * TlUdpSender:
 *
 * Sends datagrams over one socket; what the system does not take at once waits in a small queue.
 */
typedef struct _TlUdpSender TlUdpSender;

/* Is called when the socket tells of an earlier datagram in place of taking this one. */
typedef void (*TlUdpErrorFunc) (gpointer data);

/* @session is not referenced: it owns this. */
TlUdpSender *tl_udp_sender_new    (TlSession      *session,
                                   GSocket        *socket,
                                   gboolean        dual_stack,
                                   TlUdpErrorFunc  earlier_error,
                                   gpointer        data);
/* Drops what waits. */
void         tl_udp_sender_free   (TlUdpSender    *self);
gboolean     tl_udp_sender_send   (TlUdpSender    *self,
                                   TlUdpPeer      *peer,
                                   GBytes         *bytes,
                                   GError        **error);
/* Drops what waits for one peer. */
void         tl_udp_sender_forget (TlUdpSender    *self,
                                   TlUdpPeer      *peer);
/* Datagrams that wait. */
guint        tl_udp_sender_get_n_waiting (TlUdpSender *self);

G_END_DECLS
