/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cuts a stream into frames as it comes. */
#include "tl-frame-cutter.h"

struct _TlFrameCutter
{
  TlFramer                  *framer;
  const TlFrameCutterEvents *events;
  gpointer                   owner;       /* NULL once it is stopped */
  TlFrameRoom               *room;
  GByteArray                *partial;
  gint64                     gap;         /* µs; 0: frames end by what they are */
  gint64                     last;        /* µs, monotonic: when the partial frame grew */
  gint64                     last_time;   /* µs since 1970 */
  guint                      source;
};

static void
clear (gpointer data)
{
  TlFrameCutter *self = data;

  tl_framer_free (self->framer);
  g_byte_array_unref (self->partial);
}

static void
cutter_unref (TlFrameCutter *self)
{
  g_rc_box_release_full (self, clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFrameCutter, cutter_unref)

/* The partial frame is whole. */
static void
end_partial (TlFrameCutter *self,
             gint64         time)
{
  g_autoptr (GByteArray) frame = g_steal_pointer (&self->partial);

  self->partial = g_byte_array_new ();
  self->room->held -= frame->len;
  self->events->frame (self->owner, time, frame->data, frame->len);
}

static gboolean
gap_cb (gpointer data)
{
  g_autoptr (TlFrameCutter) self = g_rc_box_acquire ((TlFrameCutter *) data);
  const gint64 left = self->last + self->gap - g_get_monotonic_time ();

  self->source = 0;
  if (self->partial->len > 0 && left > 0)
    self->source = g_timeout_add ((guint) ((left + 999) / 1000), gap_cb, self);
  else
    tl_frame_cutter_end (self);

  return G_SOURCE_REMOVE;
}

static void
keep_partial (TlFrameCutter *self,
              gint64         time,
              const guint8  *data,
              gsize          length)
{
  if (self->room->held + length > self->room->max)
    {
      self->room->held -= self->partial->len;
      g_byte_array_set_size (self->partial, 0);
      tl_framer_reset (self->framer);
      self->events->given_up (self->owner);
      return;
    }

  g_byte_array_append (self->partial, data, (guint) length);
  self->room->held += length;
  self->last = g_get_monotonic_time ();
  self->last_time = time;
  if (self->gap > 0 && self->source == 0)
    self->source = g_timeout_add ((guint) (self->gap / 1000), gap_cb, self);
}

TlFrameCutter *
tl_frame_cutter_new (const TlFraming           *framing,
                     const TlFrameCutterEvents *events,
                     gpointer                   owner,
                     TlFrameRoom               *room)
{
  TlFrameCutter *self = g_rc_box_new0 (TlFrameCutter);

  self->framer = tl_framer_new (framing);
  self->events = events;
  self->owner = owner;
  self->room = room;
  self->partial = g_byte_array_new ();
  self->gap = framing->kind == TL_FRAMING_IDLE_GAP ? framing->gap_ms * G_GINT64_CONSTANT (1000) : 0;

  return self;
}

void
tl_frame_cutter_stop (TlFrameCutter *self)
{
  self->room->held -= self->partial->len;
  g_byte_array_set_size (self->partial, 0);
  self->owner = NULL;
  g_clear_handle_id (&self->source, g_source_remove);
  cutter_unref (self);
}

void
tl_frame_cutter_feed (TlFrameCutter *self,
                      gint64         time,
                      const guint8  *data,
                      gsize          length)
{
  g_autoptr (TlFrameCutter) kept = g_rc_box_acquire (self);

  if (self->partial->len > 0 && tl_framer_gap_passed (self->framer, time))
    tl_frame_cutter_end (self);

  while (length > 0 && self->owner)
    {
      gboolean complete = FALSE;
      const gsize n = tl_framer_feed (self->framer, data, length, time, &complete);

      if (complete && self->partial->len == 0)
        {
          self->events->frame (self->owner, time, data, n);
        }
      else
        {
          keep_partial (self, time, data, n);
          if (complete && self->owner && self->partial->len > 0)
            end_partial (self, time);
        }
      data += n;
      length -= n;
    }
}

void
tl_frame_cutter_end (TlFrameCutter *self)
{
  g_autoptr (TlFrameCutter) kept = g_rc_box_acquire (self);

  if (self->partial->len == 0)
    return;

  tl_framer_reset (self->framer);
  end_partial (self, self->last_time);
}
