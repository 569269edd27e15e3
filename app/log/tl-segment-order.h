/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlCaptureReader: one direction of a TCP connection. */

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TlSegmentOrder:
 *
 * Gives the bytes of TCP segments in the order of their stream, each once (RFC 9293 section 3.4: numbers are compared modulo 2^32). What comes out of order waits, within
 * bounds; a gap that is not filled is counted and passed over.
 */
typedef struct _TlSegmentOrder TlSegmentOrder;

/* Bytes that come next. @push: it had the flag PSH. */
typedef void (*TlSegmentFunc) (gint64        time,
                               const guint8 *data,
                               gsize         length,
                               gboolean      push,
                               gpointer      user_data);

typedef struct {
  guint64 n_repeated;
  guint64 n_reordered;
  guint64 n_missing_bytes;
} TlSegmentCounts;

TlSegmentOrder *tl_segment_order_new   (TlSegmentFunc     func,
                                        gpointer          user_data,
                                        TlSegmentCounts  *counts);
void            tl_segment_order_free  (TlSegmentOrder   *self);
/* A connection begins; the first byte of it has the number after @sequence. */
void            tl_segment_order_begin (TlSegmentOrder   *self,
                                        guint32           sequence);
void            tl_segment_order_add   (TlSegmentOrder   *self,
                                        gint64            time,
                                        guint32           sequence,
                                        const guint8     *data,
                                        gsize             length,
                                        gboolean          push);
/* Nothing more comes: what waits is given, over its gaps. */
void            tl_segment_order_end   (TlSegmentOrder   *self);
/* The length of what waits, in bytes. */
gsize           tl_segment_order_get_waiting (TlSegmentOrder *self);

G_END_DECLS
