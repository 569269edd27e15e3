/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From packets to what was said. */

#include "tl-capture-reader.h"

#include "tl-fragments.h"
#include "tl-packet-read.h"
#include "tl-segment-order.h"

#include <glib/gi18n-lib.h>
#include <pcap/pcap.h>
#include <string.h>

/* How often it is looked whether all this is still wanted. */
#define PACKETS_A_LOOK 1024
/* What waits in all TCP streams together. */
#define MAX_WAITING_BYTES (64 * 1024 * 1024)

struct _TlCaptureReader
{
  TlReplayList    *list;
  int              link_type;
  TlFragments     *fragments;
  GHashTable      *streams;     /* "from to" → Stream */
  TlSegmentCounts  counts;
};

/* One direction of a TCP connection. */
typedef struct {
  TlCaptureReader *reader;
  TlSegmentOrder  *order;
  char            *from;
  char            *to;
  guint            flow;        /* G_MAXUINT: it has said nothing yet */
  gint64           time;        /* of what was given last */
  gboolean         open;        /* what follows at the same time is of the same message */
} Stream;

static void
stream_free (gpointer data)
{
  Stream *stream = data;

  tl_segment_order_free (stream->order);
  g_free (stream->from);
  g_free (stream->to);
  g_free (stream);
}

TlCaptureReader *
tl_capture_reader_new (TlReplayList *list,
                       int           link_type)
{
  TlCaptureReader *self = g_new0 (TlCaptureReader, 1);

  self->list = list;
  self->link_type = link_type;
  self->fragments = tl_fragments_new ();
  self->streams = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, stream_free);
  return self;
}

/* What one call sent was cut into segments, which our own captures, and cards that do the cutting, have at one time. */
static void
bytes_cb (gint64        time,
          const guint8 *data,
          gsize         length,
          gboolean      push,
          gpointer      user_data)
{
  Stream *stream = user_data;
  TlReplayList *list = stream->reader->list;

  if (stream->flow == G_MAXUINT)
    stream->flow = tl_replay_list_add_flow (list, TL_REPLAY_CAPTURED, TRUE, stream->from, stream->to);
  if (!stream->open || stream->time != time || !tl_replay_list_extend (list, stream->flow, data, length))
    tl_replay_list_add (list, stream->flow, time, data, length);
  stream->time = time;
  stream->open = !push;
}

static void
add_segment (TlCaptureReader    *self,
             gint64              time,
             const TlPacketRead *packet,
             const char         *from,
             const char         *to)
{
  g_autofree char *key = g_strconcat (from, " ", to, NULL);
  Stream *stream = g_hash_table_lookup (self->streams, key);

  if (stream == NULL)
    {
      if (packet->length == 0 && !(packet->flags & TL_PACKET_SYN))
        return;
      if (g_hash_table_size (self->streams) >= TL_REPLAY_MAX_FLOWS)
        {
          tl_replay_list_add (self->list, G_MAXUINT, time, packet->data, packet->length);
          return;
        }
      stream = g_new0 (Stream, 1);
      stream->reader = self;
      stream->order = tl_segment_order_new (bytes_cb, stream, &self->counts);
      stream->from = g_strdup (from);
      stream->to = g_strdup (to);
      stream->flow = G_MAXUINT;
      g_hash_table_insert (self->streams, g_steal_pointer (&key), stream);
    }
  if (packet->flags & TL_PACKET_SYN)
    tl_segment_order_begin (stream->order, packet->sequence);
  /* Data may come with a SYN (RFC 7413); it follows it in number. */
  tl_segment_order_add (stream->order, time, packet->sequence + (packet->flags & TL_PACKET_SYN ? 1 : 0), packet->data, packet->length,
                        (packet->flags & TL_PACKET_PSH) != 0);
}

/* What Tonglu's own captures say of themselves is no message. */
static gboolean
is_note (const TlPacketRead *packet)
{
  static const char note[] = "Tonglu: rebuilt from messages";

  return packet->from.port == 9 && packet->to.port == 9 && tl_packet_end_is_loopback (&packet->to) && packet->length >= sizeof note - 1 &&
         memcmp (packet->data, note, sizeof note - 1) == 0;
}

static void
add_read (TlCaptureReader    *self,
          gint64              time,
          const TlPacketRead *packet)
{
  g_autofree char *from = tl_packet_end_print (&packet->from);
  g_autofree char *to = tl_packet_end_print (&packet->to);

  if (packet->is_tcp)
    add_segment (self, time, packet, from, to);
  else if (!is_note (packet))
    tl_replay_list_add (self->list, tl_replay_list_add_flow (self->list, TL_REPLAY_CAPTURED, FALSE, from, to), time, packet->data, packet->length);
}

static void
take (TlCaptureReader *self,
      gint64           time,
      TlPacketVerdict  verdict,
      TlPacketRead    *packet)
{
  TlReplayCounts *counts = tl_replay_list_get_counts (self->list);
  g_autoptr (GByteArray) whole = NULL;

  switch (verdict)
    {
    case TL_PACKET_READ:
      add_read (self, time, packet);
      break;
    case TL_PACKET_FRAGMENT:
      whole = tl_fragments_add (self->fragments, packet);
      if (whole == NULL)
        break;
      verdict = tl_packet_read_transport (whole->data, whole->len, packet);
      if (verdict == TL_PACKET_READ)
        add_read (self, time, packet);
      else
        counts->n_bad++;
      break;
    case TL_PACKET_OTHER:
      counts->n_other++;
      break;
    case TL_PACKET_SNAPPED:
      counts->n_snapped++;
      break;
    case TL_PACKET_BAD:
    default:
      counts->n_bad++;
    }
}

/* Nobody waits for gaps to be filled when that would take too much memory. */
static void
bound_waiting (TlCaptureReader *self)
{
  GHashTableIter iter;
  gpointer stream;
  gsize waiting = 0;

  g_hash_table_iter_init (&iter, self->streams);
  while (g_hash_table_iter_next (&iter, NULL, &stream))
    waiting += tl_segment_order_get_waiting (((Stream *) stream)->order);
  if (waiting <= MAX_WAITING_BYTES)
    return;
  g_hash_table_iter_init (&iter, self->streams);
  while (g_hash_table_iter_next (&iter, NULL, &stream))
    tl_segment_order_end (((Stream *) stream)->order);
}

void
tl_capture_reader_add (TlCaptureReader *self,
                       gint64           time,
                       const guint8    *packet,
                       gsize            captured,
                       gsize            on_wire)
{
  TlPacketRead read;
  const TlPacketVerdict verdict = tl_packet_read (self->link_type, packet, captured, on_wire, &read);

  take (self, time, verdict, &read);
}

void
tl_capture_reader_end (TlCaptureReader *self)
{
  TlReplayCounts *counts = tl_replay_list_get_counts (self->list);
  GHashTableIter iter;
  gpointer stream;

  g_hash_table_iter_init (&iter, self->streams);
  while (g_hash_table_iter_next (&iter, NULL, &stream))
    tl_segment_order_end (((Stream *) stream)->order);
  counts->n_incomplete += tl_fragments_get_n_incomplete (self->fragments);
  counts->n_repeated += self->counts.n_repeated;
  counts->n_reordered += self->counts.n_reordered;
  counts->n_missing_bytes += self->counts.n_missing_bytes;
  g_hash_table_unref (self->streams);
  tl_fragments_free (self->fragments);
  g_free (self);
}

/* Whether it was read to its end. @read: bytes of whole packets. */
static gboolean
read_packets (TlCaptureReader *self,
              pcap_t          *pcap,
              GCancellable    *cancellable,
              guint64         *read)
{
  struct pcap_pkthdr *header;
  const guint8 *packet;
  int result;

  for (guint n = 0; (result = pcap_next_ex (pcap, &header, &packet)) == 1; n++)
    {
      *read = (guint64) MAX (ftell (pcap_file (pcap)), 1);
      tl_capture_reader_add (self, (gint64) header->ts.tv_sec * G_USEC_PER_SEC + header->ts.tv_usec, packet, header->caplen, header->len);
      if (n % PACKETS_A_LOOK != 0)
        continue;
      bound_waiting (self);
      if (g_cancellable_is_cancelled (cancellable))
        break;
    }
  return result != PCAP_ERROR;
}

gboolean
tl_capture_reader_run (TlReplayList  *list,
                       FILE          *stream,
                       guint64        size,
                       GCancellable  *cancellable,
                       GError       **error)
{
  char reason[PCAP_ERRBUF_SIZE] = "";
  pcap_t *pcap = pcap_fopen_offline (stream, reason);
  TlReplayCounts *counts = tl_replay_list_get_counts (list);
  TlCaptureReader *self;
  guint64 read = 1;
  int link_type;

  if (pcap == NULL)
    {
      fclose (stream);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("This capture file cannot be read. (%s)"), reason);
      return FALSE;
    }
  link_type = pcap_datalink (pcap);
  if (!tl_packet_read_knows (link_type))
    {
      const char *name = pcap_datalink_val_to_description_or_dlt (link_type);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("Captures of this kind of network cannot be read; those of Ethernet, Linux “any”, loopback and raw IP can. (%s)"),
                   name);
      pcap_close (pcap);
      return FALSE;
    }
  self = tl_capture_reader_new (list, link_type);
  if (!read_packets (self, pcap, cancellable, &read))
    {
      counts->read = read;
      counts->size = size;
    }
  tl_capture_reader_end (self);
  pcap_close (pcap);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
