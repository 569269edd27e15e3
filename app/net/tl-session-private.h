/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For the subclasses of TlSession and TlPeer in this room only. */

#include "tl-session-words.h"

G_BEGIN_DECLS

/* The priority of sources that read and write: that of GTK's redrawing. Above it a flood would keep the window from being drawn, below it a window
 * that draws without pause would keep the sockets from being read. */
#define TL_PRIORITY_SOCKET (G_PRIORITY_HIGH_IDLE + 20)
/* What one wake-up reads before it yields. */
#define TL_BUDGET_US 8000
/* The same while datagrams come faster than they are read: enough to empty a full receive buffer, and to leave a frame of 34 ms time to be drawn. */
#define TL_BUDGET_BEHIND_US 20000
#define TL_BUDGET_BYTES (4 * 1024 * 1024)

/* Changes the state, notifies, and writes the line into the log. @error: (nullable) the sentence for "error". */
void     tl_session_set_state      (TlSession      *self,
                                    TlSessionState  state,
                                    const char     *error);
/* What the next tl_session_set_state() comes from; each change of the state forgets what was told for the one before. */
void     tl_session_set_outcome    (TlSession      *self,
                                    TlOutcome       outcome);
/* Fails because of a socket call: the state, with the sentence for @errsv; when the port is taken, a line with the name of the program that has it
 * follows as soon as that is known. @is_udp: which of the system's tables that is. */
void     tl_session_fail_call      (TlSession      *self,
                                    const char     *call,
                                    int             errsv,
                                    const TlEndpoint *endpoint,
                                    gboolean        is_udp);
void     tl_session_set_local_endpoint (TlSession  *self,
                                    const char     *text);
/* Bytes came from a peer: log, counters, framing, auto-reply. @time: µs since 1970. */
void     tl_session_received       (TlSession      *self,
                                    TlPeer         *peer,
                                    gint64          time,
                                    const guint8   *data,
                                    gsize           length);
/* The same for several messages of one peer that came together. */
void     tl_session_received_many  (TlSession      *self,
                                    TlPeer         *peer,
                                    gint64          time,
                                    const struct iovec *payloads,
                                    guint           n);
/* Whether what comes may be answered by itself. */
gboolean tl_session_is_answering   (TlSession      *self);
/* Nothing more comes from the peer: what had begun as a message is one as it stands. */
void     tl_session_stream_ended   (TlSession      *self,
                                    TlPeer         *peer);
/* Whether an automatic answer to the peer waits for its delay. */
gboolean tl_session_has_waiting_reply (TlSession   *self,
                                    TlPeer         *peer);
/* The kernel took a whole message: log, counters. */
void     tl_session_sent           (TlSession      *self,
                                    TlPeer         *peer,
                                    gint64          time,
                                    const guint8   *data,
                                    gsize           length);
void     tl_session_add_kernel_drops (TlSession    *self,
                                    guint64         count);
void     tl_session_add_held_reply (TlSession      *self);
/* Sets on @socket what the options ask for; each call is traced, each refusal is a warning in the log. @peer may be NULL. */
void     tl_session_apply_options  (TlSession      *self,
                                    TlPeer         *peer,
                                    GSocket        *socket);
/* The same for the one property that has changed; nothing when there is no socket. */
void     tl_session_apply_option   (TlSession      *self,
                                    TlPeer         *peer,
                                    const char     *property);
/* What tl_session_dup_title() makes has changed. */
void     tl_session_notify_title   (TlSession      *self);
/* From here on, until it is removed, the session sees to the ticks of the peer and counts its "queued" in. */
void     tl_session_add_peer       (TlSession      *self,
                                    TlPeer         *peer);
void     tl_session_remove_peer    (TlSession      *self,
                                    TlPeer         *peer);
gboolean tl_session_has_peer       (TlSession      *self,
                                    TlPeer         *peer);
/* (transfer full): all peers now; for walks during which the list may change. */
GPtrArray *tl_session_snapshot_peers (TlSession    *self);
/* Emits "drained". */
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

/* Appends what every link can carry, `reply` and `framing`, to the query of a link: "k=v&k=v". */
void     tl_session_append_link_query (TlSession   *self,
                                    GString        *query);
/* One `key=value`, percent-encoded, with the `&` before it that is needed. */
void     tl_link_append_query      (GString        *query,
                                    const char     *key,
                                    const char     *value);

/* Gives the peer its number in @log, once, which it keeps as long as it lives. The endpoint is set before. */
void     tl_peer_init_log          (TlPeer         *self,
                                    TlMessageLog   *log);
void     tl_peer_set_endpoint      (TlPeer         *self,
                                    TlEndpoint     *endpoint);
void     tl_peer_set_state         (TlPeer         *self,
                                    TlPeerState     state,
                                    const char     *note);
void     tl_peer_count             (TlPeer         *self,
                                    gboolean        received,
                                    guint           messages,
                                    gsize           bytes);
void     tl_peer_set_queued        (TlPeer         *self,
                                    guint64         queued);
/* Notifies what changed since the last time. */
void     tl_peer_tick              (TlPeer         *self);
/* By how much "queued" has changed since the last time that this was asked. */
gint64   tl_peer_take_queued_change (TlPeer        *self);
/* @watch is called when something changes for the first time since a tick. Without one every change is notified at once. The session sets it. */
typedef void (*TlPeerWatchFunc)    (TlPeer         *self,
                                    gpointer        data);
void     tl_peer_set_watch         (TlPeer         *self,
                                    TlPeerWatchFunc watch,
                                    gpointer        data);

/* "The connection was refused: … (connect: Connection refused)", for an errno of a socket call. @call: "bind", "connect", …; @endpoint: (nullable).
 * (transfer full), translated, with the original reason in parentheses. */
char    *tl_socket_error_sentence  (const char     *call,
                                    int             errsv,
                                    const TlEndpoint *endpoint);
/* The errno that a GError of GIO's socket calls stands for, or 0. */
int      tl_socket_error_to_errno  (const GError   *error);

G_END_DECLS
