/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* For TlCapture: one end of a packet. */
typedef struct {
  gboolean is_ipv6;
  guint8   ip[16];   /* the first four for IPv4 */
  guint16  port;
} TlPacketEnd;

/* From "1.2.3.4:80" or "[fe80::1%eth0]:80". False: it is neither. */
gboolean tl_packet_end_parse          (const char        *text,
                                       TlPacketEnd       *end);
gboolean tl_packet_end_is_loopback    (const TlPacketEnd *end);
gboolean tl_packet_end_is_unspecified (const TlPacketEnd *end);

typedef enum {
  TL_PACKET_FIN = 0x01,
  TL_PACKET_SYN = 0x02,
  TL_PACKET_PSH = 0x08,
  TL_PACKET_ACK = 0x10,
} TlPacketFlags;

/* @packet becomes one IP packet with a UDP datagram (RFC 768). Both ends are of one family; at most 65507 (IPv4) or 65527 (IPv6) bytes. @id: IPv4's. */
void     tl_packet_build_udp          (GByteArray        *packet,
                                       const TlPacketEnd *from,
                                       const TlPacketEnd *to,
                                       guint16            id,
                                       const guint8      *data,
                                       gsize              length);
/* The same with a TCP segment (RFC 9293) without options; at most 65495 or 65515 bytes. */
void     tl_packet_build_tcp          (GByteArray        *packet,
                                       const TlPacketEnd *from,
                                       const TlPacketEnd *to,
                                       guint16            id,
                                       guint32            sequence,
                                       guint32            acknowledged,
                                       TlPacketFlags      flags,
                                       const guint8      *data,
                                       gsize              length);

G_END_DECLS
