/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packets that were captured: their links, their fragments, their streams. */
#include "tl-packet-read.h"

#include "tl-fragments.h"
#include "tl-hex.h"
#include "tl-segment-order.h"

#include <pcap/dlt.h>
#include <string.h>

/* A datagram "hello" from 10.0.0.1:1000 to 10.0.0.2:2000, or the same in IPv6. (transfer full) */
static GByteArray *
make_datagram (gboolean is_ipv6)
{
  GByteArray *packet = g_byte_array_new ();
  TlPacketEnd from, to;

  g_assert_true (tl_packet_end_parse (is_ipv6 ? "[fd00::1]:1000" : "10.0.0.1:1000", &from));
  g_assert_true (tl_packet_end_parse (is_ipv6 ? "[fd00::2]:2000" : "10.0.0.2:2000", &to));
  tl_packet_build_udp (packet, &from, &to, 1, (const guint8 *) "hello", 5);
  return packet;
}

static void
assert_hello (int         link_type,
              const char *header,
              gboolean    is_ipv6,
              const char *trailer)
{
  g_autoptr (GByteArray) ip = make_datagram (is_ipv6);
  g_autoptr (GBytes) before = tl_hex_parse (header, NULL, NULL);
  g_autoptr (GBytes) after = tl_hex_parse (trailer, NULL, NULL);
  g_autoptr (GByteArray) packet = g_byte_array_new ();
  g_autofree char *from = NULL, *to = NULL;
  TlPacketRead read;

  if (*header != '\0')
    g_byte_array_append (packet, g_bytes_get_data (before, NULL), (guint) g_bytes_get_size (before));
  g_byte_array_append (packet, ip->data, ip->len);
  if (*trailer != '\0')
    g_byte_array_append (packet, g_bytes_get_data (after, NULL), (guint) g_bytes_get_size (after));
  g_assert_true (tl_packet_read_knows (link_type));
  g_assert_cmpint (tl_packet_read (link_type, packet->data, packet->len, packet->len, &read), ==, TL_PACKET_READ);
  g_assert_false (read.is_tcp);
  g_assert_cmpmem (read.data, read.length, "hello", 5);
  from = tl_packet_end_print (&read.from);
  to = tl_packet_end_print (&read.to);
  g_assert_cmpstr (from, ==, is_ipv6 ? "[fd00::1]:1000" : "10.0.0.1:1000");
  g_assert_cmpstr (to, ==, is_ipv6 ? "[fd00::2]:2000" : "10.0.0.2:2000");
  /* Cut anywhere it is told as such, and nothing beyond the cut is read. */
  for (guint i = 0; i < packet->len - strlen (trailer) / 2; i++)
    {
      g_autofree guint8 *cut = g_memdup2 (packet->data, i);

      g_assert_cmpint (tl_packet_read (link_type, cut, i, packet->len, &read), ==, TL_PACKET_SNAPPED);
      if (i > 0)
        g_assert_cmpint (tl_packet_read (link_type, cut, i, i, &read), ==, TL_PACKET_BAD);
    }
}

static void
test_links (void)
{
  assert_hello (DLT_RAW, "", FALSE, "");
  assert_hello (DLT_RAW, "", TRUE, "");
  assert_hello (DLT_IPV4, "", FALSE, "");
  assert_hello (DLT_IPV6, "", TRUE, "");
  /* Ethernet pads short frames. */
  assert_hello (DLT_EN10MB, "010203040506 0a0b0c0d0e0f 0800", FALSE, "000000000000");
  assert_hello (DLT_EN10MB, "010203040506 0a0b0c0d0e0f 86dd", TRUE, "");
  assert_hello (DLT_EN10MB, "010203040506 0a0b0c0d0e0f 8100 0064 0800", FALSE, "");
  assert_hello (DLT_EN10MB, "010203040506 0a0b0c0d0e0f 88a8 0001 8100 0064 86dd", TRUE, "");
  assert_hello (DLT_LINUX_SLL, "0000 0304 0006 000000000000 0000 0800", FALSE, "");
  assert_hello (DLT_LINUX_SLL2, "86dd 0000 00000001 0304 00 06 0000000000000000", TRUE, "");
  assert_hello (DLT_NULL, "02000000", FALSE, "");
  assert_hello (DLT_LOOP, "00000002", FALSE, "");
}

static void
test_other (void)
{
  static const struct {
    int             link_type;
    const char     *packet;
    TlPacketVerdict verdict;
  } cases[] = {
    /* ARP; ICMP; a length below that of the header; a UDP length that is too large; a TCP header that is too long */
    { DLT_EN10MB, "010203040506 0a0b0c0d0e0f 0806 0001080006040001", TL_PACKET_OTHER },
    { DLT_RAW, "4500001c 00000000 40010000 0a000001 0a000002 0800000000000000", TL_PACKET_OTHER },
    { DLT_RAW, "45000013 00000000 40110000 0a000001 0a000002 0800000000000000", TL_PACKET_BAD },
    { DLT_RAW, "4500001c 00000000 40110000 0a000001 0a000002 0001000200090000", TL_PACKET_BAD },
    { DLT_RAW, "45000028 00000000 40060000 0a000001 0a000002 00010002 00000000 00000000 f0000000 00000000", TL_PACKET_BAD },
    { DLT_RAW, "f0", TL_PACKET_OTHER },
    { DLT_IEEE802_11, "00", TL_PACKET_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) packet = tl_hex_parse (cases[i].packet, NULL, NULL);
      gsize length;
      const guint8 *data = g_bytes_get_data (packet, &length);
      TlPacketRead read;

      g_assert_cmpint (tl_packet_read (cases[i].link_type, data, length, length, &read), ==, cases[i].verdict);
    }
  g_assert_false (tl_packet_read_knows (DLT_IEEE802_11));
}

/* IPv6: hop-by-hop options and destination options before the datagram. */
static void
test_extensions (void)
{
  g_autoptr (GBytes) packet = tl_hex_parse ("60000000 001d 00 40 fd000000000000000000000000000001 fd000000000000000000000000000002"
                                            "3c00010400000000 1100010400000000 03e807d0 000d 0000 68656c6c6f", NULL, NULL);
  gsize length;
  const guint8 *data = g_bytes_get_data (packet, &length);
  TlPacketRead read;

  g_assert_cmpint (tl_packet_read (DLT_RAW, data, length, length, &read), ==, TL_PACKET_READ);
  g_assert_cmpmem (read.data, read.length, "hello", 5);
}

static TlPacketRead
make_fragment (guint32       id,
               guint32       offset,
               gboolean      more,
               const guint8 *data,
               gsize         length)
{
  return (TlPacketRead) { .id = id, .offset = offset, .more = more, .data = data, .length = length, .protocol = 17 };
}

/* In any order, twice, overlapping; two at a time; one that never gets whole. */
static void
test_fragments (void)
{
  g_autoptr (TlFragments) fragments = tl_fragments_new ();
  guint8 data[40];
  g_autoptr (GByteArray) whole = NULL, other = NULL;
  TlPacketRead pieces[] = {
    make_fragment (7, 32, FALSE, data + 32, 5),
    make_fragment (8, 0, TRUE, data, 8),
    make_fragment (7, 0, TRUE, data, 16),
    make_fragment (7, 0, TRUE, data, 16),
    make_fragment (7, 8, TRUE, data + 8, 16),
    make_fragment (9, 8, TRUE, data, 7),       /* no whole unit */
    make_fragment (9, 65528, FALSE, data, 16), /* beyond what there can be */
  };
  TlPacketRead last = make_fragment (7, 24, TRUE, data + 24, 8), rest = make_fragment (8, 8, FALSE, data + 8, 3);

  for (guint i = 0; i < sizeof data; i++)
    data[i] = (guint8) i;
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    g_assert_null (tl_fragments_add (fragments, &pieces[i]));
  whole = tl_fragments_add (fragments, &last);
  g_assert_nonnull (whole);
  g_assert_cmpmem (whole->data, whole->len, data, 37);
  g_assert_cmpuint (tl_fragments_get_n_incomplete (fragments), ==, 1);
  other = tl_fragments_add (fragments, &rest);
  g_assert_cmpmem (other->data, other->len, data, 11);
  g_assert_cmpuint (tl_fragments_get_n_incomplete (fragments), ==, 0);

  for (guint i = 0; i < 1000; i++)
    {
      TlPacketRead piece = make_fragment (100 + i, 0, TRUE, data, 8);

      g_assert_null (tl_fragments_add (fragments, &piece));
    }
  g_assert_cmpuint (tl_fragments_get_n_incomplete (fragments), ==, 1000);
}

static void
append_cb (gint64        time,
           const guint8 *data,
           gsize         length,
           gboolean      push,
           gpointer      user_data)
{
  g_string_append_len (user_data, (const char *) data, (gssize) length);
  g_string_append_c (user_data, push ? '|' : '.');
}

static void
test_order (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  TlSegmentCounts counts = { 0 };
  TlSegmentOrder *order = tl_segment_order_new (append_cb, out, &counts);
  const guint32 first = 0xfffffffe;   /* the numbers go over their end */

#define ADD(offset, text, push) tl_segment_order_add (order, 1, first + 1 + (offset), (const guint8 *) text, strlen (text), push)
  tl_segment_order_begin (order, first);
  ADD (0, "ab", FALSE);
  ADD (0, "ab", FALSE);            /* again */
  ADD (1, "bcd", TRUE);            /* again in part */
  ADD (6, "gh", FALSE);            /* too early */
  ADD (6, "gh", FALSE);
  ADD (8, "ij", TRUE);
  g_assert_cmpstr (out->str, ==, "ab.cd|");
  ADD (4, "ef", FALSE);
  g_assert_cmpstr (out->str, ==, "ab.cd|ef.gh.ij|");
  g_assert_cmpuint (counts.n_repeated, ==, 3);
  g_assert_cmpuint (counts.n_reordered, ==, 2);
  g_assert_cmpuint (counts.n_missing_bytes, ==, 0);
  ADD (15, "pq", TRUE);            /* five bytes before it never come */
  tl_segment_order_end (order);
  g_assert_cmpstr (out->str, ==, "ab.cd|ef.gh.ij|pq|");
  g_assert_cmpuint (counts.n_missing_bytes, ==, 5);
#undef ADD
  /* Connected anew with other numbers. */
  tl_segment_order_begin (order, 5000);
  tl_segment_order_add (order, 1, 5001, (const guint8 *) "new", 3, TRUE);
  g_assert_true (g_str_has_suffix (out->str, "|new|"));
  g_assert_cmpuint (counts.n_missing_bytes, ==, 5);

  /* What waits is bounded: at some time it is not waited for any more. */
  tl_segment_order_begin (order, 0);
  for (guint i = 1; i < 3000; i++)
    tl_segment_order_add (order, 1, 1 + i * 10, (const guint8 *) "0123456789", 10, FALSE);
  g_assert_cmpuint (tl_segment_order_get_waiting (order), <=, 10240);
  g_assert_cmpuint (counts.n_missing_bytes, ==, 15);
  tl_segment_order_free (order);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/packet-read/links", test_links);
  g_test_add_func ("/packet-read/other", test_other);
  g_test_add_func ("/packet-read/extensions", test_extensions);
  g_test_add_func ("/packet-read/fragments", test_fragments);
  g_test_add_func ("/packet-read/order", test_order);

  return g_test_run ();
}
