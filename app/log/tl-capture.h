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
 * and ends with FIN. Rows that are not data are left out. Blocks: for a thread; used by one at a time.
 */
typedef struct _TlCapture TlCapture;

/* Makes the file, or empties it; only the user can read it. G_FILE_ERROR or G_IO_ERROR_FAILED, with the system's words. */
TlCapture *tl_capture_new       (const char            *path,
                                 const TlCaptureAbout  *about,
                                 GError               **error);
/* The same into memory: what is added is appended to @out, which must outlive it, by tl_capture_flush() at the latest. */
TlCapture *tl_capture_new_string (GString              *out,
                                  const TlCaptureAbout *about);
void       tl_capture_flush      (TlCapture            *self);
/* @peer: the name of info->peer. @data: info->length bytes. */
gboolean   tl_capture_add       (TlCapture             *self,
                                 const TlMessageInfo   *info,
                                 const char            *peer,
                                 const guint8          *data,
                                 GError               **error);
/* Bytes in the file so far. */
guint64    tl_capture_get_size  (TlCapture             *self);
/* Goes on in another file: the streams do not begin anew. */
gboolean   tl_capture_rotate    (TlCapture             *self,
                                 const char            *path,
                                 GError               **error);
/* Ends all streams, writes all, and frees. False: it is not whole. */
gboolean   tl_capture_close     (TlCapture             *self,
                                 GError               **error);
/* Frees without ending anything; the file stays as it is. */
void       tl_capture_free      (TlCapture             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlCapture, tl_capture_free)

G_END_DECLS
