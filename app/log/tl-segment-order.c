/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Segments into a stream. */

#include "tl-segment-order.h"

/* Of one direction. */
#define MAX_WAITING 1024
#define MAX_WAITING_BYTES (4 * 1024 * 1024)
/* What lies farther ahead is of another connection, whose beginning was not captured. */
#define MAX_AHEAD (64 * 1024 * 1024)

typedef struct {
  gint64   time;
  guint32  sequence;
  gboolean push;
  GBytes  *bytes;
} Segment;

struct _TlSegmentOrder
{
  TlSegmentFunc    func;
  gpointer         user_data;
  TlSegmentCounts *counts;
  gboolean         begun;
  guint32          next;       /* number of the byte that comes next */
  GQueue           waiting;    /* of Segment, by their numbers */
  gsize            n_bytes;
};

static void
segment_free (gpointer data)
{
  Segment *segment = data;

  g_bytes_unref (segment->bytes);
  g_free (segment);
}

TlSegmentOrder *
tl_segment_order_new (TlSegmentFunc    func,
                      gpointer         user_data,
                      TlSegmentCounts *counts)
{
  TlSegmentOrder *self = g_new0 (TlSegmentOrder, 1);

  self->func = func;
  self->user_data = user_data;
  self->counts = counts;
  g_queue_init (&self->waiting);
  return self;
}

void
tl_segment_order_free (TlSegmentOrder *self)
{
  g_queue_clear_full (&self->waiting, segment_free);
  g_free (self);
}

/* How far @sequence is ahead of what comes next. */
static gint32
get_ahead (TlSegmentOrder *self,
           guint32         sequence)
{
  return (gint32) (sequence - self->next);
}

/* Gives what is new of a segment that begins at the next byte or before it. */
static void
give (TlSegmentOrder *self,
      gint64          time,
      guint32         sequence,
      const guint8   *data,
      gsize           length,
      gboolean        push)
{
  const gsize known = (gsize) -(gint64) get_ahead (self, sequence);

  if (known > 0)
    self->counts->n_repeated++;
  if (known >= length)
    return;
  self->next = sequence + (guint32) length;
  self->func (time, data + known, length - known, push, self->user_data);
}

/* Gives what waits and has its turn now. @time: of the segment that made it so. */
static void
give_waiting (TlSegmentOrder *self,
              gint64          time)
{
  Segment *segment;

  while ((segment = g_queue_peek_head (&self->waiting)) != NULL && get_ahead (self, segment->sequence) <= 0)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (segment->bytes, &length);

      g_queue_pop_head (&self->waiting);
      self->n_bytes -= length;
      give (self, MAX (time, segment->time), segment->sequence, data, length, segment->push);
      segment_free (segment);
    }
}

static void
pass_over_gap (TlSegmentOrder *self)
{
  Segment *segment = g_queue_peek_head (&self->waiting);

  self->counts->n_missing_bytes += (guint32) get_ahead (self, segment->sequence);
  self->next = segment->sequence;
  give_waiting (self, segment->time);
}

static void
keep (TlSegmentOrder *self,
      gint64          time,
      guint32         sequence,
      const guint8   *data,
      gsize           length,
      gboolean        push)
{
  GList *after = self->waiting.tail;
  Segment *segment;

  while (after != NULL && get_ahead (self, ((Segment *) after->data)->sequence) > get_ahead (self, sequence))
    after = after->prev;
  if (after != NULL && ((Segment *) after->data)->sequence == sequence && g_bytes_get_size (((Segment *) after->data)->bytes) >= length)
    {
      self->counts->n_repeated++;
      return;
    }
  segment = g_new0 (Segment, 1);
  segment->time = time;
  segment->sequence = sequence;
  segment->push = push;
  segment->bytes = g_bytes_new (data, length);
  if (after != NULL)
    g_queue_insert_after (&self->waiting, after, segment);
  else
    g_queue_push_head (&self->waiting, segment);
  self->n_bytes += length;
  self->counts->n_reordered++;
  while (self->waiting.length > MAX_WAITING || self->n_bytes > MAX_WAITING_BYTES)
    pass_over_gap (self);
}

void
tl_segment_order_begin (TlSegmentOrder *self,
                        guint32         sequence)
{
  /* The same one, sent again. */
  if (self->begun && self->next == sequence + 1)
    return;
  tl_segment_order_end (self);
  self->begun = TRUE;
  self->next = sequence + 1;
}

void
tl_segment_order_add (TlSegmentOrder *self,
                      gint64          time,
                      guint32         sequence,
                      const guint8   *data,
                      gsize           length,
                      gboolean        push)
{
  if (length == 0)
    return;
  if (!self->begun || get_ahead (self, sequence) > MAX_AHEAD || get_ahead (self, sequence) < -MAX_AHEAD)
    {
      /* The capture began in the middle of the connection. */
      tl_segment_order_end (self);
      self->begun = TRUE;
      self->next = sequence;
    }
  if (get_ahead (self, sequence) > 0)
    {
      keep (self, time, sequence, data, length, push);
      return;
    }
  give (self, time, sequence, data, length, push);
  give_waiting (self, time);
}

void
tl_segment_order_end (TlSegmentOrder *self)
{
  while (self->waiting.length > 0)
    pass_over_gap (self);
}

gsize
tl_segment_order_get_waiting (TlSegmentOrder *self)
{
  return self->n_bytes;
}
