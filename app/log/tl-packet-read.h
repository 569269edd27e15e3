/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-packet.h"

G_BEGIN_DECLS

typedef enum {
  TL_PACKET_READ,         /* a UDP datagram or a TCP segment */
  TL_PACKET_FRAGMENT,     /* a part of one */
  TL_PACKET_OTHER,        /* something else, well formed as far as it was looked at */
  TL_PACKET_SNAPPED,      /* only its beginning is there */
  TL_PACKET_BAD,          /* its lengths contradict each other */
} TlPacketVerdict;

/**
 * TlPacketRead:
 *
 * A packet that was captured, with pointers into it. Of a fragment @data is what it carries of the IP payload, at @offset of it, and the ports are 0.
 */
typedef struct {
  gboolean      is_tcp;
  TlPacketEnd   from;
  TlPacketEnd   to;
  TlPacketFlags flags;
  guint32       sequence;
  const guint8 *data;
  gsize         length;
  guint32       id;         /* of a fragment */
  guint32       offset;
  gboolean      more;
  guint8        protocol;
} TlPacketRead;

/* Whether packets of this link type (libpcap's DLT_…) can be read at all. */
gboolean        tl_packet_read_knows     (int               link_type);
/* Ethernet with VLAN tags, Linux "cooked" (v1, v2), loopback and raw IP; IPv4 and IPv6 (RFC 791, 8200), UDP (RFC 768), TCP (RFC 9293). @on_wire: how long the
 * packet was; @captured: how much of it is in @packet. Checksums are not looked at: a capture on the machine that sends has them unfinished. */
TlPacketVerdict tl_packet_read           (int               link_type,
                                          const guint8     *packet,
                                          gsize             captured,
                                          gsize             on_wire,
                                          TlPacketRead     *out);
/* The same for what fragments were put together to: @out has the ends and the protocol, and gets the rest. */
TlPacketVerdict tl_packet_read_transport (const guint8     *data,
                                          gsize             length,
                                          TlPacketRead     *out);
/* "1.2.3.4:80" or "[::1]:80". (transfer full) */
char           *tl_packet_end_print      (const TlPacketEnd *end);

G_END_DECLS
