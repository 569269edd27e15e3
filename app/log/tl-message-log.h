/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message-source.h"

G_BEGIN_DECLS

#define TL_TYPE_MESSAGE_LOG (tl_message_log_get_type ())
G_DECLARE_FINAL_TYPE (TlMessageLog, tl_message_log, TL, MESSAGE_LOG, GObject)

#define TL_MESSAGE_LOG_DEFAULT_BYTES (64 * 1024 * 1024)
#define TL_MESSAGE_LOG_DEFAULT_MESSAGES 500000

/**
 * TlMessageLog:
 *
 * A ring of messages: bytes in blocks, a compact index. It is a `GListModel` (and `TlMessageSource`) whose
 * `items-changed` comes at most once a frame (16 times a second), however many messages were appended; what was appended since
 * is not visible to list users before.
 *
 * Properties: "max-bytes" (uint64), "max-messages" (uint), "n-items" (uint),
 * "trimmed" (uint64, read-only: messages that the bounds pushed out; notified with the frame).
 * Signal "cleared".
 */
TlMessageLog *tl_message_log_new           (void);

/* A name for a peer, to be given to the appends; the same name gives the same number. Never 0. Bounded: at 65,536 names
 * the number of an unused one is taken again. */
guint32       tl_message_log_add_peer      (TlMessageLog  *self,
                                            const char    *name);
/* @time in µs since 1970, or 0 for now. Returns the id of the row. */
guint64       tl_message_log_append        (TlMessageLog  *self,
                                            TlMessageKind  kind,
                                            gint64         time,
                                            guint32        peer,
                                            const void    *data,
                                            gsize          length);
/* A sentence, now. */
guint64       tl_message_log_append_text   (TlMessageLog  *self,
                                            TlMessageKind  kind,
                                            guint32        peer,
                                            const char    *text);
guint64       tl_message_log_append_printf (TlMessageLog  *self,
                                            TlMessageKind  kind,
                                            guint32        peer,
                                            const char    *format,
                                            ...) G_GNUC_PRINTF (4, 5);
/* Makes everything appended so far visible at once (tests; the end of a session). */
void          tl_message_log_flush         (TlMessageLog  *self);
void          tl_message_log_clear         (TlMessageLog  *self);
guint64       tl_message_log_get_trimmed   (TlMessageLog  *self);
/* All peers ever named, in the order of their numbers. (transfer none): a GListModel of GtkStringObject-like `TlLogPeer`
 * is not needed: the names, NULL-terminated. (transfer container) */
GPtrArray    *tl_message_log_dup_peers     (TlMessageLog  *self);
/* Bytes of memory held, payload included: for the tests of the bounds. */
gsize         tl_message_log_get_memory    (TlMessageLog  *self);

G_END_DECLS
