/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what was on the wire to UDP and TCP payloads. Pure: bytes that contradict themselves are a verdict. */

#include "tl-packet-read.h"

#include <pcap/dlt.h>
#include <string.h>

#define ETHERTYPE_IPV4 0x0800
#define ETHERTYPE_IPV6 0x86dd
#define ETHERTYPE_VLAN 0x8100
#define ETHERTYPE_QINQ 0x88a8
#define ETHERTYPE_OLD_QINQ 0x9100
/* More tags than that are no network. */
#define MAX_TAGS 8
#define MAX_EXTENSIONS 16

#define PROTOCOL_TCP 6
#define PROTOCOL_UDP 17

/* What is left to be read. @wire: how long it would be if all of it were there. */
typedef struct {
  const guint8 *data;
  gsize         left;
  gsize         wire;
} Reader;

static guint16
get16 (const guint8 *from)
{
  return (guint16) (from[0] << 8 | from[1]);
}

static guint32
get32 (const guint8 *from)
{
  return (guint32) get16 (from) << 16 | get16 (from + 2);
}

/* Whether so many bytes are there. */
static gboolean
has (const Reader *reader,
     gsize         length)
{
  return reader->left >= length;
}

/* What it is when they are not. */
static TlPacketVerdict
lacks (const Reader *reader,
       gsize         length)
{
  return reader->wire >= length ? TL_PACKET_SNAPPED : TL_PACKET_BAD;
}

static void
skip (Reader *reader,
      gsize   length)
{
  reader->data += length;
  reader->left -= length;
  reader->wire -= MIN (reader->wire, length);
}

gboolean
tl_packet_read_knows (int link_type)
{
  switch (link_type)
    {
    case DLT_EN10MB:
    case DLT_RAW:
    case DLT_IPV4:
    case DLT_IPV6:
    case DLT_NULL:
    case DLT_LOOP:
    case DLT_LINUX_SLL:
    case DLT_LINUX_SLL2:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Goes past the tags of VLANs. */
static TlPacketVerdict
read_ethertype (Reader  *reader,
                guint16  type,
                guint16 *inner)
{
  for (guint i = 0; i < MAX_TAGS && (type == ETHERTYPE_VLAN || type == ETHERTYPE_QINQ || type == ETHERTYPE_OLD_QINQ); i++)
    {
      if (!has (reader, 4))
        return lacks (reader, 4);
      type = get16 (reader->data + 2);
      skip (reader, 4);
    }
  *inner = type;
  return type == ETHERTYPE_IPV4 || type == ETHERTYPE_IPV6 ? TL_PACKET_READ : TL_PACKET_OTHER;
}

/* Goes to where IP begins. */
static TlPacketVerdict
read_link (int     link_type,
           Reader *reader)
{
  static const struct {
    int   link_type;
    guint length;      /* of the header */
    int   type_at;     /* where its ethertype is; -1: it has none */
  } links[] = {
    { DLT_EN10MB, 14, 12 },
    { DLT_LINUX_SLL, 16, 14 },
    { DLT_LINUX_SLL2, 20, 0 },
    { DLT_NULL, 4, -1 },
    { DLT_LOOP, 4, -1 },
    { DLT_RAW, 0, -1 },
    { DLT_IPV4, 0, -1 },
    { DLT_IPV6, 0, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    if (links[i].link_type == link_type)
      {
        guint16 type;

        if (!has (reader, links[i].length))
          return lacks (reader, links[i].length);
        type = links[i].type_at >= 0 ? get16 (reader->data + links[i].type_at) : 0;
        skip (reader, links[i].length);
        return links[i].type_at >= 0 ? read_ethertype (reader, type, &type) : TL_PACKET_READ;
      }
  return TL_PACKET_OTHER;
}

TlPacketVerdict
tl_packet_read_transport (const guint8 *data,
                          gsize         length,
                          TlPacketRead *out)
{
  gsize header = 8;

  out->is_tcp = out->protocol == PROTOCOL_TCP;
  if (out->is_tcp)
    {
      if (length < 20)
        return TL_PACKET_BAD;
      header = (gsize) (data[12] >> 4) * 4;
      if (header < 20 || header > length)
        return TL_PACKET_BAD;
      out->sequence = get32 (data + 4);
      out->flags = data[13];
    }
  else if (out->protocol != PROTOCOL_UDP)
    return TL_PACKET_OTHER;
  /* RFC 768: the length counts its header. 0 is that of a jumbogram (RFC 2675), or of a datagram that the card was to cut. */
  else if (length < header || get16 (data + 4) > length || (get16 (data + 4) < header && get16 (data + 4) != 0))
    return TL_PACKET_BAD;
  else if (get16 (data + 4) != 0)
    length = get16 (data + 4);
  out->from.port = get16 (data);
  out->to.port = get16 (data + 2);
  out->data = data + header;
  out->length = length - header;
  return TL_PACKET_READ;
}

/* What IP carries: all of @length bytes must be there. */
static TlPacketVerdict
read_payload (const Reader *reader,
              gsize         length,
              gboolean      is_fragment,
              TlPacketRead *out)
{
  if (out->protocol != PROTOCOL_TCP && out->protocol != PROTOCOL_UDP)
    return TL_PACKET_OTHER;
  if (!has (reader, length))
    return lacks (reader, length);
  if (!is_fragment)
    return tl_packet_read_transport (reader->data, length, out);
  out->data = reader->data;
  out->length = length;
  return TL_PACKET_FRAGMENT;
}

static TlPacketVerdict
read_ipv4 (Reader       *reader,
           TlPacketRead *out)
{
  gsize header, total;
  guint16 fragment;

  if (!has (reader, 20))
    return lacks (reader, 20);
  header = (gsize) (reader->data[0] & 15) * 4;
  total = get16 (reader->data + 2);
  /* The card is to cut it into packets: the system left the length for it to fill in. */
  if (total == 0)
    total = reader->wire;
  if (header < 20 || total < header)
    return TL_PACKET_BAD;
  if (!has (reader, header))
    return lacks (reader, header);
  fragment = get16 (reader->data + 6);
  out->id = get16 (reader->data + 4);
  out->offset = (guint32) (fragment & 0x1fff) * 8;
  out->more = (fragment & 0x2000) != 0;
  out->protocol = reader->data[9];
  memcpy (out->from.ip, reader->data + 12, 4);
  memcpy (out->to.ip, reader->data + 16, 4);
  skip (reader, header);
  return read_payload (reader, total - header, out->offset > 0 || out->more, out);
}

/* The extension headers before the payload, RFC 8200 section 4. @length: what follows the first header, and is left of it. */
static TlPacketVerdict
read_extensions (Reader       *reader,
                 gsize        *length,
                 gboolean     *is_fragment,
                 TlPacketRead *out)
{
  for (guint i = 0; i < MAX_EXTENSIONS; i++)
    {
      gsize size;

      if (out->protocol != 0 && out->protocol != 43 && out->protocol != 44 && out->protocol != 60)
        return TL_PACKET_READ;
      if (!has (reader, 8))
        return lacks (reader, 8);
      size = out->protocol == 44 ? 8 : ((gsize) reader->data[1] + 1) * 8;
      if (size > *length)
        return TL_PACKET_BAD;
      if (!has (reader, size))
        return lacks (reader, size);
      if (out->protocol == 44)
        {
          const guint16 fragment = get16 (reader->data + 2);

          out->id = get32 (reader->data + 4);
          out->offset = fragment & 0xfff8;
          out->more = (fragment & 1) != 0;
          *is_fragment = out->offset > 0 || out->more;
        }
      out->protocol = reader->data[0];
      skip (reader, size);
      *length -= size;
      /* What follows in the later ones is payload. */
      if (out->offset > 0)
        return TL_PACKET_READ;
    }
  return TL_PACKET_BAD;
}

static TlPacketVerdict
read_ipv6 (Reader       *reader,
           TlPacketRead *out)
{
  gboolean is_fragment = FALSE;
  TlPacketVerdict verdict;
  gsize length;

  if (!has (reader, 40))
    return lacks (reader, 40);
  length = get16 (reader->data + 4);
  if (length == 0)
    length = reader->wire - 40;
  out->protocol = reader->data[6];
  out->from.is_ipv6 = out->to.is_ipv6 = TRUE;
  memcpy (out->from.ip, reader->data + 8, 16);
  memcpy (out->to.ip, reader->data + 24, 16);
  skip (reader, 40);
  verdict = read_extensions (reader, &length, &is_fragment, out);
  return verdict == TL_PACKET_READ ? read_payload (reader, length, is_fragment, out) : verdict;
}

TlPacketVerdict
tl_packet_read (int           link_type,
                const guint8 *packet,
                gsize         captured,
                gsize         on_wire,
                TlPacketRead *out)
{
  Reader reader = { packet, captured, MAX (on_wire, captured) };
  TlPacketVerdict verdict = read_link (link_type, &reader);

  *out = (TlPacketRead) { 0 };
  if (verdict != TL_PACKET_READ)
    return verdict;
  if (!has (&reader, 1))
    return lacks (&reader, 1);
  switch (reader.data[0] >> 4)
    {
    case 4:
      return read_ipv4 (&reader, out);
    case 6:
      return read_ipv6 (&reader, out);
    default:
      return TL_PACKET_OTHER;
    }
}

char *
tl_packet_end_print (const TlPacketEnd *end)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_bytes (end->ip, end->is_ipv6 ? G_SOCKET_FAMILY_IPV6 : G_SOCKET_FAMILY_IPV4);
  g_autofree char *text = g_inet_address_to_string (address);

  return g_strdup_printf (end->is_ipv6 ? "[%s]:%u" : "%s:%u", text, end->port);
}
