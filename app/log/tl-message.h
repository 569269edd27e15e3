/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_TYPE_MESSAGE_KIND (tl_message_kind_get_type ())

/**
 * TlMessageKind:
 * @TL_MESSAGE_RECEIVED: bytes that came in
 * @TL_MESSAGE_SENT: bytes that the kernel took
 * @TL_MESSAGE_EVENT: a sentence: a change of state, a peer that came or left
 * @TL_MESSAGE_WARNING: a sentence: something to look at, the session goes on
 * @TL_MESSAGE_ERROR: a sentence: something failed
 * @TL_MESSAGE_CALL: a socket call with its arguments and result, as `strace` would write it
 *
 * The payload of all but the first two is UTF-8 text made by us.
 */
typedef enum {
  TL_MESSAGE_RECEIVED,
  TL_MESSAGE_SENT,
  TL_MESSAGE_EVENT,
  TL_MESSAGE_WARNING,
  TL_MESSAGE_ERROR,
  TL_MESSAGE_CALL,
} TlMessageKind;

#define TL_N_MESSAGE_KINDS (TL_MESSAGE_CALL + 1)
#define TL_MESSAGE_KIND_IS_DATA(kind) ((kind) <= TL_MESSAGE_SENT)

GType tl_message_kind_get_type (void);

/**
 * TlMessageInfo:
 * @id: counts up by one from row to row of a source, for as long as the source lives
 * @time: µs since 1970 (UTC), taken when the bytes were read or written
 * @kind: what it is
 * @peer: which peer, as tl_message_log_add_peer() numbered it; 0 for none
 * @length: bytes of payload
 * @offset: where in the stream of its peer and direction it begins, in bytes
 *
 * A row without its payload: cheap to get, no allocation.
 */
typedef struct {
  guint64       id;
  gint64        time;
  guint64       offset;
  guint32       peer;
  guint32       length;
  TlMessageKind kind;
} TlMessageInfo;

#define TL_TYPE_MESSAGE (tl_message_get_type ())
G_DECLARE_FINAL_TYPE (TlMessage, tl_message, TL, MESSAGE, GObject)

/* One row as an object, made only for rows that are looked at. Properties, all read-only:
 * "time" (int64), "kind", "peer" (string, may be NULL), "length" (uint), and "continued" (boolean): notified once, when the next row
 * of the same peer and direction has become visible. Whoever shows the row's text decodes it anew then: a character that was
 * unfinished at its end has moved to that next row (tl_message_source_decode()). The list itself does not change for it,
 * so that a selection stays. */
TlMessage     *tl_message_new       (const TlMessageInfo *info,
                                     const char          *peer,
                                     GBytes              *bytes);
const TlMessageInfo *tl_message_get_info (TlMessage *self);
guint64        tl_message_get_id    (TlMessage *self);
gint64         tl_message_get_time  (TlMessage *self);
TlMessageKind  tl_message_get_kind  (TlMessage *self);
const char    *tl_message_get_peer  (TlMessage *self);
guint          tl_message_get_length (TlMessage *self);
/* (transfer none): the payload, never NULL. */
GBytes        *tl_message_get_bytes (TlMessage *self);
gboolean       tl_message_get_continued (TlMessage *self);
/* For the sources, which make the objects. */
void           tl_message_set_continued (TlMessage *self);

G_END_DECLS
