/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packets of a capture, up to the messages: the first byte chooses the link type, each packet has its captured length and its length in two bytes each before it. */
#include "fuzz.h"

#include <pcap/dlt.h>

#include "tl-capture-reader.h"
#include "tl-packet-read.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const int links[] = { DLT_RAW, DLT_EN10MB, DLT_LINUX_SLL, DLT_LINUX_SLL2, DLT_NULL, DLT_LOOP, DLT_IPV4, DLT_IPV6 };
  g_autoptr (TlReplayList) list = NULL;
  TlCaptureReader *reader;
  int link_type;
  guint64 total = 0;
  gint64 time = 0;

  if (size == 0)
    return 0;
  link_type = links[data[0] % G_N_ELEMENTS (links)];
  list = tl_replay_list_new ();
  reader = tl_capture_reader_new (list, link_type);
  for (size_t at = 1; at + 4 <= size; time += data[at - 1] % 3)
    {
      const size_t captured = MIN ((size_t) data[at] << 8 | data[at + 1], size - at - 4);
      const size_t on_wire = (size_t) data[at + 2] << 8 | data[at + 3];
      g_autofree guint8 *packet = g_memdup2 (data + at + 4, captured);
      TlPacketRead read;

      if (tl_packet_read (link_type, packet, captured, on_wire, &read) <= TL_PACKET_FRAGMENT)
        {
          g_assert_true (read.data >= packet && read.data + read.length <= packet + captured);
          g_assert_cmpuint (read.length, <=, captured);
        }
      tl_capture_reader_add (reader, time, packet, captured, on_wire);
      at += 4 + captured;
    }
  tl_capture_reader_end (reader);

  for (guint i = 0; i < tl_replay_list_get_n_items (list); i++)
    total += tl_replay_list_get_item (list, i)->length;
  /* Fragments that overlap may say a byte twice, but none more often than it came. */
  g_assert_cmpuint (total, <=, size);
  g_assert_cmpuint (tl_replay_list_get_n_flows (list), <=, tl_replay_list_get_n_items (list));

  return 0;
}
