/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlReplayLoad: a capture file as messages. */

#include "tl-replay-list.h"

#include <stdio.h>

G_BEGIN_DECLS

/**
 * TlCaptureReader:
 *
 * Packets into messages: each UDP datagram is one, and each TCP segment, or several in which what was sent at once was cut. Fragments are put together, TCP streams in order.
 * Bounded. In any thread.
 */
typedef struct _TlCaptureReader TlCaptureReader;

TlCaptureReader *tl_capture_reader_new  (TlReplayList     *list,
                                         int               link_type);
/* One packet; @time in µs since 1970. */
void             tl_capture_reader_add  (TlCaptureReader  *self,
                                         gint64            time,
                                         const guint8     *packet,
                                         gsize             captured,
                                         gsize             on_wire);
/* Nothing more comes; frees. */
void             tl_capture_reader_end  (TlCaptureReader  *self);
/* A whole pcap or pcapng file, through libpcap. What could be read of a damaged one is in the list, and counted. G_IO_ERROR_INVALID_DATA: it cannot be read at all;
 * G_IO_ERROR_NOT_SUPPORTED: its link type; G_IO_ERROR_CANCELLED. @stream: (transfer full). */
gboolean         tl_capture_reader_run  (TlReplayList     *list,
                                         FILE             *stream,
                                         guint64           size,
                                         GCancellable     *cancellable,
                                         GError          **error);

G_END_DECLS
