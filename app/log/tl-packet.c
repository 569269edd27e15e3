/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IP packets, made by hand. Numbers are big-endian in them. */

#include "tl-packet.h"

#include <string.h>

#define HOP_LIMIT 64
#define PROTOCOL_TCP 6
#define PROTOCOL_UDP 17

gboolean
tl_packet_end_parse (const char  *text,
                     TlPacketEnd *end)
{
  const char *colon = strrchr (text, ':');
  g_autofree char *host = NULL;
  g_autoptr (GInetAddress) address = NULL;
  guint64 port;
  char *zone;

  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, 65535, &port, NULL))
    return FALSE;
  host = text[0] == '[' && colon > text + 1 && colon[-1] == ']' ? g_strndup (text + 1, (gsize) (colon - text - 2)) : g_strndup (text, (gsize) (colon - text));
  zone = strchr (host, '%');
  if (zone != NULL)
    *zone = '\0';
  address = g_inet_address_new_from_string (host);
  if (address == NULL)
    return FALSE;
  *end = (TlPacketEnd) { .is_ipv6 = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6, .port = (guint16) port };
  memcpy (end->ip, g_inet_address_to_bytes (address), g_inet_address_get_native_size (address));
  return TRUE;
}

gboolean
tl_packet_end_is_loopback (const TlPacketEnd *end)
{
  static const guint8 ipv6[16] = { [15] = 1 };

  return end->is_ipv6 ? memcmp (end->ip, ipv6, sizeof ipv6) == 0 : end->ip[0] == 127;
}

gboolean
tl_packet_end_is_unspecified (const TlPacketEnd *end)
{
  static const guint8 zero[16];

  return memcmp (end->ip, zero, end->is_ipv6 ? 16 : 4) == 0;
}

static void
put16 (guint8 *to,
       guint16 value)
{
  to[0] = (guint8) (value >> 8);
  to[1] = (guint8) value;
}

static void
put32 (guint8 *to,
       guint32 value)
{
  put16 (to, (guint16) (value >> 16));
  put16 (to + 2, (guint16) value);
}

/* The sum of 16-bit words (RFC 1071), not folded yet. */
static guint64
add_words (guint64       sum,
           const guint8 *data,
           gsize         length)
{
  for (gsize i = 0; i + 1 < length; i += 2)
    sum += (guint64) data[i] << 8 | data[i + 1];
  if (length % 2 != 0)
    sum += (guint64) data[length - 1] << 8;
  return sum;
}

static guint16
fold (guint64 sum)
{
  while (sum >> 16 != 0)
    sum = (sum & 0xffff) + (sum >> 16);
  return (guint16) ~sum;
}

/* The IP header, and room for @length bytes behind it; returns where they begin. */
static guint8 *
begin (GByteArray        *packet,
       const TlPacketEnd *from,
       const TlPacketEnd *to,
       guint16            id,
       guint8             protocol,
       gsize              length)
{
  const gsize header = from->is_ipv6 ? 40 : 20;
  guint8 *ip;

  g_byte_array_set_size (packet, (guint) (header + length));
  ip = packet->data;
  memset (ip, 0, header);
  if (from->is_ipv6)
    {
      ip[0] = 6 << 4;
      put16 (ip + 4, (guint16) length);
      ip[6] = protocol;
      ip[7] = HOP_LIMIT;
      memcpy (ip + 8, from->ip, 16);
      memcpy (ip + 24, to->ip, 16);
      return ip + header;
    }
  ip[0] = 4 << 4 | 5;
  put16 (ip + 2, (guint16) (header + length));
  put16 (ip + 4, id);
  ip[8] = HOP_LIMIT;
  ip[9] = protocol;
  memcpy (ip + 12, from->ip, 4);
  memcpy (ip + 16, to->ip, 4);
  put16 (ip + 10, fold (add_words (0, ip, header)));
  return ip + header;
}

/* Of the pseudo header, which is the same for UDP and TCP, and all behind it. */
static guint16
checksum (const TlPacketEnd *from,
          const TlPacketEnd *to,
          guint8             protocol,
          const guint8      *data,
          gsize              length)
{
  const gsize size = from->is_ipv6 ? 16 : 4;

  return fold (add_words (add_words (add_words (protocol + length, from->ip, size), to->ip, size), data, length));
}

void
tl_packet_build_udp (GByteArray        *packet,
                     const TlPacketEnd *from,
                     const TlPacketEnd *to,
                     guint16            id,
                     const guint8      *data,
                     gsize              length)
{
  guint8 *udp = begin (packet, from, to, id, PROTOCOL_UDP, 8 + length);
  guint16 sum;

  put16 (udp, from->port);
  put16 (udp + 2, to->port);
  put16 (udp + 4, (guint16) (8 + length));
  put16 (udp + 6, 0);
  if (length > 0)
    memcpy (udp + 8, data, length);
  sum = checksum (from, to, PROTOCOL_UDP, udp, 8 + length);
  /* 0 would say that there is none. */
  put16 (udp + 6, sum != 0 ? sum : 0xffff);
}

void
tl_packet_build_tcp (GByteArray        *packet,
                     const TlPacketEnd *from,
                     const TlPacketEnd *to,
                     guint16            id,
                     guint32            sequence,
                     guint32            acknowledged,
                     TlPacketFlags      flags,
                     const guint8      *data,
                     gsize              length)
{
  guint8 *tcp = begin (packet, from, to, id, PROTOCOL_TCP, 20 + length);

  put16 (tcp, from->port);
  put16 (tcp + 2, to->port);
  put32 (tcp + 4, sequence);
  put32 (tcp + 8, acknowledged);
  tcp[12] = 5 << 4;
  tcp[13] = (guint8) flags;
  put16 (tcp + 14, 65535);
  put32 (tcp + 16, 0);
  if (length > 0)
    memcpy (tcp + 20, data, length);
  put16 (tcp + 16, checksum (from, to, PROTOCOL_TCP, tcp, 20 + length));
}
