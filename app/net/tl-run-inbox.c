/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came and was not looked for yet: datagrams and frames one by one, of a stream that is not framed all bytes of a peer together. */
#include "tl-run-inbox.h"

#include "tl-frame-cutter.h"

/* So long a turn looks through what came. */
#define LOOK_US 8000

typedef struct {
  guint32          peer;
  GByteArray      *bytes;
  const TlPattern *absent;    /* this is not in it; only to be compared */
} Received;

typedef struct {
  TlRunInbox    *inbox;
  guint32        peer;
  TlFrameCutter *cutter;
} Stream;

struct _TlRunInbox
{
  TlSession   *session;
  gsize        max_bytes;
  GSourceFunc  func;
  gpointer     user_data;
  guint        sink;
  gulong       framing_handler;
  GQueue       queue;
  gsize        n_bytes;
  gboolean     overflow;
  gboolean     gave_up;
  GHashTable  *streams;    /* (nullable): peer → Stream; without framing, and of datagrams, there are none */
  TlFrameRoom  room;
};

static void
received_free (gpointer data)
{
  Received *received = data;

  g_byte_array_unref (received->bytes);
  g_free (received);
}

static Received *
find_stream (TlRunInbox *self,
             guint32     peer)
{
  for (GList *l = self->queue.head; l; l = l->next)
    if (((Received *) l->data)->peer == peer)
      return l->data;

  return NULL;
}

static void
drop_oldest (TlRunInbox *self)
{
  Received *oldest = g_queue_peek_head (&self->queue);

  self->overflow = TRUE;
  /* Of a stream that is alone its beginning: what it ends with has just come. */
  if (self->queue.length == 1 && oldest->bytes->len > 1)
    {
      const guint half = oldest->bytes->len / 2;

      g_byte_array_remove_range (oldest->bytes, 0, half);
      self->n_bytes -= half;
      return;
    }

  g_queue_pop_head (&self->queue);
  self->n_bytes -= oldest->bytes->len;
  received_free (oldest);
}

/* Each message stands alone: what matches takes all of it. */
static gboolean
is_whole (TlRunInbox *self)
{
  return self->streams || TL_SESSION_GET_CLASS (self->session)->is_datagram;
}

static void
receive (TlRunInbox   *self,
         guint32       peer,
         const guint8 *data,
         gsize         length)
{
  Received *received = is_whole (self) ? NULL : find_stream (self, peer);

  if (received == NULL)
    {
      received = g_new0 (Received, 1);
      received->peer = peer;
      received->bytes = g_byte_array_new ();
      g_queue_push_tail (&self->queue, received);
    }
  if (length > 0)
    g_byte_array_append (received->bytes, data, (guint) length);
  received->absent = NULL;
  self->n_bytes += length;
  while (!g_queue_is_empty (&self->queue) && (self->n_bytes > self->max_bytes || self->queue.length > self->max_bytes / 64))
    drop_oldest (self);
  self->func (self->user_data);
}

static void
frame_cb (gpointer      owner,
          gint64        time,
          const guint8 *data,
          gsize         length)
{
  const Stream *stream = owner;

  receive (stream->inbox, stream->peer, data, length);
}

static void
given_up_cb (gpointer owner)
{
  ((const Stream *) owner)->inbox->overflow = TRUE;
}

static const TlFrameCutterEvents cutter_events = { frame_cb, given_up_cb };

static void
stream_free (gpointer data)
{
  Stream *stream = data;

  tl_frame_cutter_stop (stream->cutter);
  g_free (stream);
}

static Stream *
stream_of (TlRunInbox *self,
           guint32     peer)
{
  Stream *stream = g_hash_table_lookup (self->streams, GUINT_TO_POINTER (peer));

  if (stream)
    return stream;

  stream = g_new0 (Stream, 1);
  stream->inbox = self;
  stream->peer = peer;
  stream->cutter = tl_frame_cutter_new (tl_session_get_framing (self->session), &cutter_events, stream, &self->room);
  g_hash_table_insert (self->streams, GUINT_TO_POINTER (peer), stream);

  return stream;
}

static void
sink_cb (const TlMessageInfo *info,
         const char          *peer,
         const guint8        *data,
         gpointer             user_data)
{
  TlRunInbox *self = user_data;

  if (info->kind != TL_MESSAGE_RECEIVED)
    return;

  if (self->streams)
    tl_frame_cutter_feed (stream_of (self, info->peer)->cutter, info->time, data, info->length);
  else
    receive (self, info->peer, data, info->length);
}

static void
end_streams (TlRunInbox *self)
{
  GHashTableIter iter;
  Stream *stream;

  if (!self->streams)
    return;

  g_hash_table_iter_init (&iter, self->streams);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &stream))
    tl_frame_cutter_end (stream->cutter);
}

/* What had begun under the framing before is whole as it stands. */
static void
framing_cb (TlRunInbox *self)
{
  const gboolean is_framed = !TL_SESSION_GET_CLASS (self->session)->is_datagram && tl_session_get_framing (self->session)->kind != TL_FRAMING_NONE;

  end_streams (self);
  g_clear_pointer (&self->streams, g_hash_table_unref);
  if (is_framed)
    self->streams = g_hash_table_new_full (NULL, NULL, NULL, stream_free);
}

TlRunInbox *
tl_run_inbox_new (TlSession   *session,
                  gsize        max_bytes,
                  GSourceFunc  func,
                  gpointer     user_data)
{
  TlRunInbox *self = g_new0 (TlRunInbox, 1);

  self->session = g_object_ref (session);
  self->max_bytes = max_bytes;
  self->func = func;
  self->user_data = user_data;
  self->room.max = max_bytes;
  g_queue_init (&self->queue);
  framing_cb (self);
  self->framing_handler = g_signal_connect_swapped (session, "notify::framing", G_CALLBACK (framing_cb), self);
  self->sink = tl_log_sinks_add (tl_message_log_get_sinks (tl_session_get_log (session)), sink_cb, self);

  return self;
}

void
tl_run_inbox_free (TlRunInbox *self)
{
  tl_log_sinks_remove (tl_message_log_get_sinks (tl_session_get_log (self->session)), self->sink);
  g_clear_signal_handler (&self->framing_handler, self->session);
  g_clear_pointer (&self->streams, g_hash_table_unref);
  tl_run_inbox_clear (self);
  g_object_unref (self->session);
  g_free (self);
}

void
tl_run_inbox_clear (TlRunInbox *self)
{
  g_queue_clear_full (&self->queue, received_free);
  self->n_bytes = 0;
}

gsize
tl_run_inbox_get_size (TlRunInbox *self)
{
  return self->n_bytes;
}

gboolean
tl_run_inbox_take_overflow (TlRunInbox *self)
{
  const gboolean overflow = self->overflow;

  self->overflow = FALSE;

  return overflow;
}

gboolean
tl_run_inbox_take_gave_up (TlRunInbox *self)
{
  const gboolean gave_up = self->gave_up;

  self->gave_up = FALSE;

  return gave_up;
}

static gboolean
is_of (GPtrArray *peers,
       guint32    peer)
{
  for (guint i = 0; peers && i < peers->len; i++)
    if (tl_peer_get_log_id (peers->pdata[i]) == peer)
      return TRUE;

  return peers == NULL;
}

/* What stands behind it may be the beginning of the next answer. */
static gsize
find_end (TlPattern  *pattern,
          GByteArray *bytes)
{
  gsize none = 0, good = bytes->len;

  while (good - none > 1)
    {
      const gsize middle = none + (good - none) / 2;

      if (tl_pattern_matches (pattern, bytes->data, middle))
        good = middle;
      else
        none = middle;
    }

  return good;
}

/* Remembers what it is not in: an expression that gives up would take milliseconds for it each time. */
static gboolean
look_at (TlRunInbox *self,
         Received   *received,
         TlPattern  *pattern)
{
  const TlPatternVerdict verdict = tl_pattern_judge (pattern, received->bytes->data, received->bytes->len);

  self->gave_up |= verdict == TL_PATTERN_GAVE_UP;
  if (verdict != TL_PATTERN_PRESENT)
    received->absent = pattern;

  return verdict == TL_PATTERN_PRESENT;
}

static GBytes *
take_out (TlRunInbox *self,
          GList      *link,
          TlPattern  *pattern)
{
  Received *received = link->data;
  const gsize length = is_whole (self) ? received->bytes->len : find_end (pattern, received->bytes);
  GBytes *found = g_bytes_new (received->bytes->data, length);

  self->n_bytes -= length;
  if (length < received->bytes->len)
    {
      g_byte_array_remove_range (received->bytes, 0, (guint) length);
      received->absent = NULL;
    }
  else
    {
      g_queue_delete_link (&self->queue, link);
      received_free (received);
    }

  return found;
}

GBytes *
tl_run_inbox_find (TlRunInbox *self,
                   TlPattern  *pattern,
                   GPtrArray  *peers,
                   guint32    *peer,
                   gboolean   *more)
{
  const gint64 begin = g_get_monotonic_time ();

  *more = FALSE;
  for (GList *l = self->queue.head; l; l = l->next)
    {
      Received *received = l->data;

      if (received->absent == pattern || !is_of (peers, received->peer))
        continue;
      if (g_get_monotonic_time () - begin > LOOK_US)
        {
          *more = TRUE;
          return NULL;
        }
      if (look_at (self, received, pattern))
        {
          *peer = received->peer;
          return take_out (self, l, pattern);
        }
    }

  return NULL;
}
