/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlFrameIndex: which bytes of which rows make which frame. */
#include "tl-frame-index.h"

/* A frame that has ended; its id is its place. */
typedef struct {
  guint64 serial;
  guint32 stop;
  guint32 length;
  guint32 span;
} Record;

/* An array that loses its head cheaply. */
typedef struct {
  GArray *array;
  guint   head;
} Tail;

typedef struct {
  TlFramer *framer;
  guint64   next_offset;
  guint64   last_serial;
  gboolean  has_row;
  TlFrame   pending;      /* length 0: none */
  GList     link;         /* in the queue of those that are pending */
} Stream;

struct _TlFrameIndex
{
  TlFraming  *framing;
  GHashTable *streams;        /* number of the peer → Stream */
  GQueue      pending;        /* Stream, in the order in which they grew */
  Tail        frames;         /* Record */
  Tail        backs;          /* guint32 a row: how far back the stream's last row is; 0: none */
  guint64     base;
  guint64     first_id;
  guint64     next_pending_id;
};

static void
tail_init (Tail *tail,
           guint element_size)
{
  tail->array = g_array_new (FALSE, FALSE, element_size);
  tail->head = 0;
}

static guint
tail_length (Tail *tail)
{
  return tail->array->len - tail->head;
}

static void
tail_drop (Tail *tail,
           guint n)
{
  tail->head += n;
  if (tail->head > 1024 && tail->head > tail->array->len / 2)
    {
      g_array_remove_range (tail->array, 0, tail->head);
      tail->head = 0;
    }
}

#define tail_index(tail, type, i) g_array_index ((tail)->array, type, (tail)->head + (i))

static void
stream_free (gpointer data)
{
  Stream *stream = data;

  tl_framer_free (stream->framer);
  g_free (stream);
}

TlFrameIndex *
tl_frame_index_new (const TlFraming *framing,
                    guint64          first_id)
{
  TlFrameIndex *self = g_new0 (TlFrameIndex, 1);

  self->framing = tl_framing_copy (framing);
  self->streams = g_hash_table_new_full (NULL, NULL, NULL, stream_free);
  g_queue_init (&self->pending);
  tail_init (&self->frames, sizeof (Record));
  tail_init (&self->backs, sizeof (guint32));
  self->first_id = first_id;
  self->next_pending_id = TL_FRAME_PENDING_ID;

  return self;
}

void
tl_frame_index_free (TlFrameIndex *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->streams);
  g_array_unref (self->frames.array);
  g_array_unref (self->backs.array);
  tl_framing_free (self->framing);
  g_free (self);
}

static Stream *
get_stream (TlFrameIndex *self,
            guint32       peer)
{
  Stream *stream = g_hash_table_lookup (self->streams, GUINT_TO_POINTER (peer));

  if (stream == NULL)
    {
      stream = g_new0 (Stream, 1);
      stream->framer = tl_framer_new (self->framing);
      stream->link.data = stream;
      g_hash_table_insert (self->streams, GUINT_TO_POINTER (peer), stream);
    }

  return stream;
}

static void
add_frame (TlFrameIndex *self,
           guint64       serial,
           guint32       stop,
           guint32       length,
           guint32       span)
{
  Record record = { serial, stop, length, span };

  g_array_append_val (self->frames.array, record);
}

static void
end_pending (TlFrameIndex *self,
             Stream       *stream)
{
  const TlFrame *pending = &stream->pending;

  if (pending->length == 0)
    return;

  /* When its rows are gone there is nothing to show. */
  if (pending->serial >= self->base)
    add_frame (self, pending->serial, pending->stop, pending->length, pending->span);
  g_queue_unlink (&self->pending, &stream->link);
  stream->pending.length = 0;
}

static void
grow_pending (TlFrameIndex *self,
              Stream       *stream,
              guint64       serial,
              guint32       stop,
              guint32       length)
{
  TlFrame *pending = &stream->pending;

  if (length == 0)
    return;

  if (pending->length == 0)
    pending->span = 0;
  else
    {
      pending->span += (guint32) (serial - pending->serial);
      g_queue_unlink (&self->pending, &stream->link);
    }

  pending->serial = serial;
  pending->stop = stop;
  pending->length += length;
  pending->id = self->next_pending_id++;
  g_queue_push_tail_link (&self->pending, &stream->link);
}

static void
add_received (TlFrameIndex        *self,
              Stream              *stream,
              guint64              serial,
              const TlMessageInfo *info,
              const guint8        *data)
{
  guint32 done = 0;

  while (done < info->length)
    {
      gboolean complete = FALSE;
      gsize used = tl_framer_feed (stream->framer, data + done, info->length - done, info->time, &complete);

      done += (guint32) used;
      grow_pending (self, stream, serial, done, (guint32) used);
      if (complete)
        end_pending (self, stream);
    }
}

/* In the order in which they grew: after the first that has not waited long enough, none has. */
gint64
tl_frame_index_end_idle (TlFrameIndex *self,
                         gint64        time)
{
  Stream *stream;

  if (self->framing->kind != TL_FRAMING_IDLE_GAP)
    return 0;

  while ((stream = g_queue_peek_head (&self->pending)) != NULL && tl_framer_gap_passed (stream->framer, time))
    {
      end_pending (self, stream);
      tl_framer_reset (stream->framer);
    }
  return stream != NULL ? tl_framer_get_gap_end (stream->framer) : 0;
}

void
tl_frame_index_add_row (TlFrameIndex        *self,
                        const TlMessageInfo *info,
                        const guint8        *data)
{
  guint64 serial = self->base + tail_length (&self->backs);
  guint32 back = 0;
  Stream *stream;

  tl_frame_index_end_idle (self, info->time);

  if (info->kind != TL_MESSAGE_RECEIVED)
    {
      g_array_append_val (self->backs.array, back);
      add_frame (self, serial, info->length, info->length, 0);
      return;
    }

  stream = get_stream (self, info->peer);
  if (!stream->has_row || info->offset != stream->next_offset)
    {
      /* The peer connected anew, or rows are missing. */
      end_pending (self, stream);
      tl_framer_reset (stream->framer);
    }
  else if (stream->last_serial >= self->base)
    {
      back = (guint32) (serial - stream->last_serial);
    }

  g_array_append_val (self->backs.array, back);
  stream->has_row = TRUE;
  stream->last_serial = serial;
  stream->next_offset = info->offset + info->length;

  if (info->length == 0)
    add_frame (self, serial, 0, 0, 0);
  else
    add_received (self, stream, serial, info, data);
}

guint
tl_frame_index_trim (TlFrameIndex *self,
                     guint         n_rows)
{
  guint n_frames = tail_length (&self->frames);
  guint n_gone = 0;

  self->base += n_rows;
  tail_drop (&self->backs, MIN (n_rows, tail_length (&self->backs)));

  while (n_gone < n_frames && tail_index (&self->frames, Record, n_gone).serial < self->base)
    n_gone++;

  tail_drop (&self->frames, n_gone);
  self->first_id += n_gone;
  return n_gone;
}

guint64
tl_frame_index_get_base (TlFrameIndex *self)
{
  return self->base;
}

guint
tl_frame_index_get_n_rows (TlFrameIndex *self)
{
  return tail_length (&self->backs);
}

guint
tl_frame_index_get_n_frames (TlFrameIndex *self)
{
  return tail_length (&self->frames);
}

guint64
tl_frame_index_get_first_id (TlFrameIndex *self)
{
  return self->first_id;
}

void
tl_frame_index_get (TlFrameIndex *self,
                    guint         index,
                    TlFrame      *frame)
{
  const Record *record = &tail_index (&self->frames, Record, index);

  frame->serial = record->serial;
  frame->id = self->first_id + index;
  frame->stop = record->stop;
  frame->length = record->length;
  frame->span = record->span;
}

GArray *
tl_frame_index_dup_pending (TlFrameIndex *self)
{
  GArray *frames = g_array_sized_new (FALSE, FALSE, sizeof (TlFrame), self->pending.length);

  for (GList *l = self->pending.head; l != NULL; l = l->next)
    {
      const Stream *stream = l->data;

      if (stream->pending.serial >= self->base)
        g_array_append_val (frames, stream->pending);
    }

  return frames;
}

gboolean
tl_frame_index_previous_row (TlFrameIndex *self,
                             guint64       serial,
                             guint64      *previous)
{
  guint32 back;

  if (serial < self->base || serial - self->base >= tail_length (&self->backs))
    return FALSE;

  back = tail_index (&self->backs, guint32, serial - self->base);
  if (back == 0 || back > serial - self->base)
    return FALSE;

  *previous = serial - back;
  return TRUE;
}
