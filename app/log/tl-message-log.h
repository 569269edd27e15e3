/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-log-sinks.h"
#include "tl-message-source.h"

#include <sys/uio.h>

G_BEGIN_DECLS

#define TL_TYPE_MESSAGE_LOG (tl_message_log_get_type ())
G_DECLARE_FINAL_TYPE (TlMessageLog, tl_message_log, TL, MESSAGE_LOG, GObject)

#define TL_MESSAGE_LOG_DEFAULT_BYTES (64 * 1024 * 1024)
#define TL_MESSAGE_LOG_DEFAULT_MESSAGES 500000

/**
 * TlMessageLog:
 *
 * A ring of messages: bytes in blocks, a compact index. It is a `GListModel` (and `TlMessageSource`) that tells of changes at most
 * 16 times a second, and less often when telling and drawing take long (tl_message_log_set_drawing_time()), however many messages were appended: once what the bounds pushed out, once what was appended. What was
 * appended since is not visible to list users before, so that "n-items" and the rows are the same from one `items-changed` to the next.
 * Only a flood that outruns the bounds by a tenth (and by 4 MiB or 4,096 messages) between two frames is told of at once.
 * The newest message stays even if it alone is larger than "max-bytes". To be used on the main loop's thread.
 *
 * Properties: "max-bytes" (uint64), "max-messages" (uint), "n-items" (uint),
 * "trimmed" (uint64, read-only: messages that the bounds pushed out; notified with the frame).
 * Signal "cleared".
 */
TlMessageLog *tl_message_log_new           (void);

/* A name for a peer, to be given to the appends; the same name gives the same number. Never 0. The number is held until
 * tl_message_log_release_peer() is called as often; after that, when no row has it any more, another name may get it. Bounded: when
 * 65,534 numbers are held or in rows, further names share one that is called "other peers". */
guint32       tl_message_log_add_peer      (TlMessageLog  *self,
                                            const char    *name);
void          tl_message_log_release_peer  (TlMessageLog  *self,
                                            guint32        peer);
/* The same peer connected anew: its next bytes do not complete a character of its last ones, and their offset is 0. A peer that had been
 * released and is added again begins anew by itself. */
void          tl_message_log_begin_stream  (TlMessageLog  *self,
                                            guint32        peer);
/* @time in µs since 1970, or 0 for now. At most 4 GiB. Returns the id of the row. */
guint64       tl_message_log_append        (TlMessageLog  *self,
                                            TlMessageKind  kind,
                                            gint64         time,
                                            guint32        peer,
                                            const void    *data,
                                            gsize          length);
/* The same for several that came together. */
guint64       tl_message_log_append_many   (TlMessageLog  *self,
                                            TlMessageKind  kind,
                                            gint64         time,
                                            guint32        peer,
                                            const struct iovec *payloads,
                                            guint          n);
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
/* Forgets all rows, also those not visible yet; peers, ids and stream offsets go on. */
void          tl_message_log_clear         (TlMessageLog  *self);
/* How long a view took to draw after it was told of changes, in µs: the log then tells of them less often (at least once a second), so that two
 * thirds of the time are left for all else. 0 begins anew. */
void          tl_message_log_set_drawing_time (TlMessageLog *self,
                                            gint64         microseconds);
/* How many milliseconds after an append the log tells of it: 62 to 1,000. */
guint         tl_message_log_get_interval  (TlMessageLog  *self);
/* Who is told of each message as it is appended. */
TlLogSinks   *tl_message_log_get_sinks     (TlMessageLog  *self);
guint64       tl_message_log_get_trimmed   (TlMessageLog  *self);
/* Bytes of memory held, payload included: for the tests of the bounds. */
gsize         tl_message_log_get_memory    (TlMessageLog  *self);

G_END_DECLS
