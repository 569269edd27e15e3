/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages as the packets that would carry them, in a pcap file. */

#include "tl-capture.h"

#include "tl-packet.h"

#include <pcap/pcap.h>
#include <string.h>

#define SNAP_LENGTH 262144
/* What fits an Ethernet frame. */
#define SEGMENT_IPV4 1460
#define SEGMENT_IPV6 1440
/* Of a server that runs for weeks the peers that were silent for the longest time are forgotten. */
#define MAX_STREAMS 65536

/* One peer's conversation. [0]: what it sends, [1]: what we send. */
typedef struct {
  GList       link;       /* in the queue of all; its data is this */
  char       *peer;
  TlPacketEnd ends[2];
  guint32     next[2];    /* sequence numbers */
  guint64     offset[2];  /* in the log's stream: where the next bytes begin */
  guint       n_begun;    /* how often */
  gboolean    begun;
} Stream;

struct _TlCapture
{
  pcap_t         *pcap;
  pcap_dumper_t  *dumper;
  gboolean        is_tcp;
  gboolean        we_listen;
  gboolean        has_local;
  TlPacketEnd     local;
  GHashTable     *locals;
  GHashTable     *streams;   /* peer name → Stream */
  GQueue          order;     /* of them, who spoke last stands last */
  guint           n_forgotten;
  GByteArray     *packet;
  guint16         id;
  gint64          time;      /* of the last message */
  gboolean        noted;     /* what the file is stands in it */
};

static void
stream_free (gpointer data)
{
  Stream *stream = data;

  g_free (stream->peer);
  g_free (stream);
}

static void
dump (TlCapture *self,
      gint64     time)
{
  struct pcap_pkthdr header = {
    .ts = { .tv_sec = time / G_USEC_PER_SEC, .tv_usec = time % G_USEC_PER_SEC },
    .caplen = self->packet->len,
    .len = self->packet->len,
  };

  pcap_dump ((guchar *) self->dumper, &header, self->packet->data);
}

/* Says in the file what it is. */
static void
dump_note (TlCapture *self,
           gint64     time)
{
  static const char note[] = "Tonglu: rebuilt from messages; the headers are not those that were on the wire.";
  TlPacketEnd end;

  tl_packet_end_parse ("127.0.0.1:9", &end);
  tl_packet_build_udp (self->packet, &end, &end, self->id++, (const guint8 *) note, sizeof note - 1);
  dump (self, time);
}

/* Our end towards a peer. */
static TlPacketEnd
choose_local (TlCapture         *self,
              const char        *peer,
              const TlPacketEnd *theirs)
{
  const char *known = self->locals != NULL ? g_hash_table_lookup (self->locals, peer) : NULL;
  TlPacketEnd ours = { .is_ipv6 = theirs->is_ipv6 };

  if (known != NULL && tl_packet_end_parse (known, &ours) && ours.is_ipv6 == theirs->is_ipv6)
    return ours;
  ours = (TlPacketEnd) { .is_ipv6 = theirs->is_ipv6, .port = self->local.port };
  if (self->has_local && self->local.is_ipv6 == theirs->is_ipv6 && !tl_packet_end_is_unspecified (&self->local))
    return self->local;
  if (tl_packet_end_is_loopback (theirs))
    memcpy (ours.ip, theirs->ip, sizeof ours.ip);
  return ours;
}

/* One segment; @side sends it. SYN and FIN take a number, as bytes do. */
static void
dump_segment (TlCapture     *self,
              Stream        *stream,
              guint          side,
              TlPacketFlags  flags,
              const guint8  *data,
              gsize          length,
              gint64         time)
{
  const guint32 acknowledged = flags & TL_PACKET_ACK ? stream->next[1 - side] : 0;

  tl_packet_build_tcp (self->packet, &stream->ends[side], &stream->ends[1 - side], self->id++, stream->next[side], acknowledged, flags, data, length);
  dump (self, time);
  stream->next[side] += (guint32) length + (flags & (TL_PACKET_SYN | TL_PACKET_FIN) ? 1 : 0);
}

static void
begin_stream (TlCapture *self,
              Stream    *stream,
              gint64     time)
{
  const guint client = self->we_listen ? 0 : 1;

  stream->begun = TRUE;
  /* Other numbers each time: the same ones would be the old connection's, sent again. */
  stream->next[0] = stream->next[1] = stream->n_begun++ * 0x40000001u;
  dump_segment (self, stream, client, TL_PACKET_SYN, NULL, 0, time);
  dump_segment (self, stream, 1 - client, TL_PACKET_SYN | TL_PACKET_ACK, NULL, 0, time);
  dump_segment (self, stream, client, TL_PACKET_ACK, NULL, 0, time);
}

static void
end_stream (TlCapture *self,
            Stream    *stream,
            gint64     time)
{
  stream->begun = FALSE;
  for (guint side = 0; side < 2; side++)
    {
      dump_segment (self, stream, side, TL_PACKET_FIN | TL_PACKET_ACK, NULL, 0, time);
      dump_segment (self, stream, 1 - side, TL_PACKET_ACK, NULL, 0, time);
    }
}

static void
forget_stream (TlCapture *self,
               Stream    *stream)
{
  if (stream->begun)
    end_stream (self, stream, self->time);
  g_queue_unlink (&self->order, &stream->link);
  g_hash_table_remove (self->streams, stream->peer);
  self->n_forgotten++;
}

static Stream *
get_stream (TlCapture  *self,
            const char *peer)
{
  Stream *stream = g_hash_table_lookup (self->streams, peer);

  if (stream != NULL)
    {
      g_queue_unlink (&self->order, &stream->link);
      g_queue_push_tail_link (&self->order, &stream->link);
      return stream;
    }
  if (g_hash_table_size (self->streams) >= MAX_STREAMS)
    forget_stream (self, g_queue_peek_head (&self->order));
  stream = g_new0 (Stream, 1);
  stream->link.data = stream;
  stream->peer = g_strdup (peer);
  stream->n_begun = self->n_forgotten;
  /* Of a name that is no address nothing is known but that. */
  tl_packet_end_parse (peer, &stream->ends[0]);
  stream->ends[1] = choose_local (self, peer, &stream->ends[0]);
  g_queue_push_tail_link (&self->order, &stream->link);
  g_hash_table_insert (self->streams, stream->peer, stream);
  return stream;
}

static void
add_stream_bytes (TlCapture           *self,
                  Stream              *stream,
                  const TlMessageInfo *info,
                  const guint8        *data)
{
  const guint side = info->kind == TL_MESSAGE_SENT ? 1 : 0;
  const gsize most = stream->ends[0].is_ipv6 ? SEGMENT_IPV6 : SEGMENT_IPV4;

  /* The same peer connected anew: its offsets begin anew. */
  if (stream->begun && info->offset < stream->offset[side])
    end_stream (self, stream, self->time);
  if (!stream->begun)
    {
      begin_stream (self, stream, info->time);
      stream->offset[0] = stream->offset[1] = 0;
    }
  stream->offset[side] = info->offset + info->length;
  for (gsize done = 0; done < info->length;)
    {
      const gsize n = MIN (most, info->length - done);
      const gboolean last = done + n == info->length;

      dump_segment (self, stream, side, TL_PACKET_ACK | (last ? TL_PACKET_PSH : 0), data + done, n, info->time);
      done += n;
      if (last)
        dump_segment (self, stream, 1 - side, TL_PACKET_ACK, NULL, 0, info->time);
    }
}

static ssize_t
append_cb (void       *cookie,
           const char *data,
           size_t      length)
{
  g_string_append_len (cookie, data, (gssize) length);
  return (ssize_t) length;
}

TlCapture *
tl_capture_new (GString              *out,
                const TlCaptureAbout *about)
{
  TlCapture *self = g_new0 (TlCapture, 1);
  const cookie_io_functions_t functions = { .write = append_cb };

  self->is_tcp = about->is_tcp;
  self->we_listen = about->we_listen;
  self->has_local = about->local != NULL && tl_packet_end_parse (about->local, &self->local);
  self->locals = about->locals != NULL ? g_hash_table_ref (about->locals) : NULL;
  self->streams = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, stream_free);
  self->packet = g_byte_array_new ();
  self->pcap = pcap_open_dead (DLT_RAW, SNAP_LENGTH);
  self->dumper = pcap_dump_fopen (self->pcap, fopencookie (out, "wb", functions));
  /* Neither can fail for lack of anything but memory. */
  if (self->dumper == NULL)
    g_error ("libpcap: %s", pcap_geterr (self->pcap));
  return self;
}

void
tl_capture_flush (TlCapture *self)
{
  pcap_dump_flush (self->dumper);
}

void
tl_capture_begin_file (TlCapture *self)
{
  self->noted = FALSE;
}

void
tl_capture_set_local (TlCapture  *self,
                      const char *peer,
                      const char *local)
{
  TlPacketEnd end;
  Stream *stream;

  if (!tl_packet_end_parse (local, &end))
    return;
  if (peer == NULL)
    {
      self->local = end;
      self->has_local = TRUE;
      return;
    }
  stream = get_stream (self, peer);
  if (end.is_ipv6 != stream->ends[0].is_ipv6 || (memcmp (end.ip, stream->ends[1].ip, sizeof end.ip) == 0 && end.port == stream->ends[1].port))
    return;
  if (stream->begun)
    end_stream (self, stream, self->time);
  stream->ends[1] = end;
}

void
tl_capture_add (TlCapture           *self,
                const TlMessageInfo *info,
                const char          *peer,
                const guint8        *data)
{
  Stream *stream;

  if (!TL_MESSAGE_KIND_IS_DATA (info->kind))
    return;
  if (!self->noted)
    dump_note (self, info->time);
  self->noted = TRUE;
  stream = get_stream (self, peer != NULL ? peer : "");
  if (self->is_tcp)
    add_stream_bytes (self, stream, info, data);
  else
    {
      const guint side = info->kind == TL_MESSAGE_SENT ? 1 : 0;

      tl_packet_build_udp (self->packet, &stream->ends[side], &stream->ends[1 - side], self->id++, data,
                           MIN (info->length, stream->ends[0].is_ipv6 ? 65527 : 65507));
      dump (self, info->time);
    }
  self->time = info->time;
}

void
tl_capture_end (TlCapture *self)
{
  for (GList *i = self->order.head; i != NULL; i = i->next)
    if (((Stream *) i->data)->begun)
      end_stream (self, i->data, self->time);
  pcap_dump_flush (self->dumper);
}

void
tl_capture_free (TlCapture *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->dumper, pcap_dump_close);
  g_clear_pointer (&self->pcap, pcap_close);
  g_clear_pointer (&self->streams, g_hash_table_unref);
  g_clear_pointer (&self->locals, g_hash_table_unref);
  g_clear_pointer (&self->packet, g_byte_array_unref);
  g_free (self);
}
