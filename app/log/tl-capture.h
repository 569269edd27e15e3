/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message.h"

G_BEGIN_DECLS

/**
 * TlCaptureAbout:
 *
 * What the headers of a capture file need to know.
 */
typedef struct {
  gboolean    is_tcp;
  gboolean    we_listen;   /* TCP: the peers have connected to us */
  const char *local;       /* "1.2.3.4:80", "[::1]:80"; NULL: unknown. The unspecified address is replaced by what fits the peer */
  GHashTable *locals;      /* (nullable): peer name → our address and port towards it, where that is known better */
} TlCaptureAbout;

/**
 * TlCapture:
 *
 * A pcap file (libpcap; link type RAW) of what was said: for each message the packets that carry it, with the right addresses, ports, lengths,
 * checksums and running sequence numbers (RFC 791, 8200, 768, 9293), at the times of the messages. The headers are rebuilt, not what was on the
 * wire, which a first packet says, a datagram to the discard port of the loopback address. TCP: each stream begins with a handshake, is cut into segments that fit an Ethernet, acknowledged,
 * and ends with FIN. Rows that are not data are left out. Of more than 65,536 peers those that were silent for the longest time are ended and forgotten.
 */
typedef struct _TlCapture TlCapture;

/* What is added is appended to @out, which must outlive it, by tl_capture_flush() at the latest. Its first 24 bytes, which are there after the first
 * flush, stand at the beginning of every pcap file. */
TlCapture *tl_capture_new        (GString              *out,
                                  const TlCaptureAbout *about);
void       tl_capture_flush      (TlCapture            *self);
/* What follows stands in another file: it says what it is there too. The streams go on. */
void       tl_capture_begin_file (TlCapture            *self);
/* Our address, from here on: towards @peer, or (NULL) where nothing better is known. */
void       tl_capture_set_local  (TlCapture            *self,
                                  const char           *peer,
                                  const char           *local);
/* @peer: the name of info->peer. @data: info->length bytes. */
void       tl_capture_add        (TlCapture            *self,
                                  const TlMessageInfo  *info,
                                  const char           *peer,
                                  const guint8         *data);
/* Ends all streams, and flushes. */
void       tl_capture_end        (TlCapture            *self);
void       tl_capture_free       (TlCapture            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlCapture, tl_capture_free)

G_END_DECLS
