/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-udp-peer.h"

#include <sys/uio.h>

G_BEGIN_DECLS

#define TL_UDP_BATCH 64

/**
 * TlUdpReader:
 *
 * Reads datagrams in batches into buffers that it keeps, and keeps an eye on the kernel's count of those that it dropped.
 */
typedef struct _TlUdpReader TlUdpReader;

TlUdpReader *tl_udp_reader_new  (int                  fd);
void         tl_udp_reader_free (TlUdpReader         *self);
/* At most TL_UDP_BATCH; fewer: there are no more. -1: errno. What came and where from, in two arrays that are valid until the next read. */
int          tl_udp_reader_read (TlUdpReader         *self,
                                 const struct iovec **payloads,
                                 const TlUdpAddress **from);
/* How many the kernel has dropped since the last time that this was asked. @ask: do not wait for the next datagram to tell. */
guint32      tl_udp_reader_take_drops (TlUdpReader *self,
                                       gboolean     ask);
/* The next of the socket's error queue: whom it was sent to, and what came of it. False when there is none. */
gboolean     tl_udp_reader_read_error (TlUdpReader  *self,
                                       TlUdpAddress *to,
                                       int          *errsv);

G_END_DECLS
