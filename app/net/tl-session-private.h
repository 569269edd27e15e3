/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For the subclasses of TlSession and TlPeer in this room only. */

#include "tl-session.h"

G_BEGIN_DECLS

/* Changes the state, notifies, and writes the line into the log. @error: (nullable) the sentence for "error". */
void     tl_session_set_state      (TlSession      *self,
                                    TlSessionState  state,
                                    const char     *error);
void     tl_session_set_local_endpoint (TlSession  *self,
                                    const char     *text);
/* Bytes came from a peer: log, counters, framing, auto-reply. @time: µs since 1970. */
void     tl_session_received       (TlSession      *self,
                                    TlPeer         *peer,
                                    gint64          time,
                                    const guint8   *data,
                                    gsize           length);
/* The kernel took a whole message: log, counters. */
void     tl_session_sent           (TlSession      *self,
                                    TlPeer         *peer,
                                    gint64          time,
                                    const guint8   *data,
                                    gsize           length);
void     tl_session_add_kernel_drops (TlSession    *self,
                                    guint64         count);
void     tl_session_add_peer       (TlSession      *self,
                                    TlPeer         *peer);
void     tl_session_remove_peer    (TlSession      *self,
                                    TlPeer         *peer);
void     tl_session_peer_drained   (TlSession      *self,
                                    TlPeer         *peer);
/* Something that "tick" tells of has changed. */
void     tl_session_touch          (TlSession      *self);
/* A line TL_MESSAGE_CALL: `bind(7, 0.0.0.0:7855) = 0` or `bind(…) = -1 EADDRINUSE (Address already in use)`.
 * @peer may be NULL; @errsv 0: @result is printed. */
void     tl_session_trace          (TlSession      *self,
                                    TlPeer         *peer,
                                    int             result,
                                    int             errsv,
                                    const char     *format,
                                    ...) G_GNUC_PRINTF (5, 6);

void     tl_peer_init_log          (TlPeer         *self,
                                    TlMessageLog   *log);
void     tl_peer_set_endpoint      (TlPeer         *self,
                                    TlEndpoint     *endpoint);
void     tl_peer_set_state         (TlPeer         *self,
                                    TlPeerState     state,
                                    const char     *note);
void     tl_peer_count             (TlPeer         *self,
                                    gboolean        received,
                                    gsize           bytes);
void     tl_peer_set_queued        (TlPeer         *self,
                                    guint64         queued);
/* Notifies what changed since the last time. */
void     tl_peer_tick              (TlPeer         *self);

/* "The port is taken by “nginx” (process 812): bind: Address already in use", for an errno of a socket call. @call: "bind", "connect", …;
 * (transfer full), translated, with the original reason in parentheses. */
char    *tl_socket_error_sentence  (const char     *call,
                                    int             errsv,
                                    const TlEndpoint *endpoint);

G_END_DECLS
