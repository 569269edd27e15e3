/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cuts the rows of a log into frames, in slices between which the main loop has its turn, and tells of what became of them. */
#include "tl-frame-builder.h"

#include "tl-message-log.h"
#include "tl-turn.h"

#define SLICE_US 4000
/* Looking whether a gap has passed makes the log tell of its rows: no more often than it would by itself. */
#define MIN_GAP_WAIT_US 62500
#define ROWS_A_LOOK_AT_THE_CLOCK 32

struct _TlFrameBuilder
{
  const TlFrameBuilderEvents *events;
  GObject                    *owner;      /* not referenced: it owns this */
  TlMessageSource            *source;
  TlFraming                  *framing;
  TlFrameIndex               *index;      /* NULL: passes the source through */
  GArray                     *pending;    /* TlFrame: the rows at the end, as they were told of */
  guint64                     next_id;    /* where the next index begins */
  guint                       n_items;
  guint                       slice_id;
  guint                       gap_id;
};

static guint
count_source (TlFrameBuilder *self)
{
  return self->source != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->source)) : 0;
}

static void
tell_of_change (TlFrameBuilder *self,
                guint           position,
                guint           removed,
                guint           added)
{
  self->n_items = self->n_items - removed + added;
  self->events->changed (self->owner, position, removed, added);
}

static gboolean gap_cb (gpointer user_data);

/* @end: when the gap after the last bytes of a stream will have passed; 0: none is awaited. */
static void
await_gap (TlFrameBuilder *self,
           gint64          end)
{
  gint64 wait;

  if (end == 0 || self->gap_id != 0)
    return;

  /* A clock that was set back must not make it wait for long. */
  wait = CLAMP (end - g_get_real_time (), MIN_GAP_WAIT_US, (gint64) self->framing->gap_ms * 1000 + MIN_GAP_WAIT_US);
  self->gap_id = g_timeout_add ((guint) ((wait + 999) / 1000), gap_cb, self);
}

/* Takes over what the index has now. @n_known: how many complete frames were told of. */
static void
publish (TlFrameBuilder *self,
         guint           n_known)
{
  g_autoptr (GArray) old = g_steal_pointer (&self->pending);
  guint n_frames = tl_frame_index_get_n_frames (self->index);
  guint n_same = 0;

  self->pending = tl_frame_index_dup_pending (self->index);
  if (n_frames == n_known)
    {
      guint n_both = MIN (old->len, self->pending->len);

      while (n_same < n_both &&
             g_array_index (old, TlFrame, n_same).id == g_array_index (self->pending, TlFrame, n_same).id)
        n_same++;
    }

  if (n_frames == n_known && n_same == old->len && n_same == self->pending->len)
    return;

  tell_of_change (self, n_known + n_same, old->len - n_same, n_frames - n_known + self->pending->len - n_same);
  /* Its handlers may have changed the framing. */
  if (self->index != NULL && self->n_items > n_known + n_same)
    self->events->continued (self->owner, n_known + n_same);
}

static void
add_row (TlFrameBuilder *self,
         guint           position)
{
  g_autoptr (GBytes) bytes = NULL;
  TlMessageInfo info = { .kind = TL_MESSAGE_EVENT };

  tl_message_source_peek (self->source, position, &info);

  if (info.kind == TL_MESSAGE_RECEIVED && info.length > 0)
    bytes = tl_message_source_dup_bytes (self->source, position);
  tl_frame_index_add_row (self->index, &info, bytes != NULL ? g_bytes_get_data (bytes, NULL) : NULL);
}

/* The gap may have passed, with nothing after it that would tell. */
static gboolean
gap_cb (gpointer user_data)
{
  TlFrameBuilder *self = user_data;
  g_autoptr (GObject) owner = g_object_ref (self->owner);
  guint n_known;
  gint64 next;

  self->gap_id = 0;
  /* What was received within the gap but is not to be seen yet belongs to the frame. */
  if (TL_IS_MESSAGE_LOG (self->source))
    tl_message_log_flush (TL_MESSAGE_LOG (self->source));
  if (self->index == NULL || self->slice_id != 0 || tl_frame_index_get_n_rows (self->index) < count_source (self))
    return G_SOURCE_REMOVE;

  n_known = tl_frame_index_get_n_frames (self->index);
  next = tl_frame_index_end_idle (self->index, g_get_real_time ());
  await_gap (self, next);
  publish (self, n_known);
  return G_SOURCE_REMOVE;
}

/* Works for one slice at most. Whether everything is done. */
static gboolean
work (TlFrameBuilder *self)
{
  gint64 deadline = g_get_monotonic_time () + SLICE_US;
  guint n_known = tl_frame_index_get_n_frames (self->index);
  guint position = tl_frame_index_get_n_rows (self->index);
  guint n_source = count_source (self);

  for (; position < n_source; position++)
    {
      add_row (self, position);
      if (position % ROWS_A_LOOK_AT_THE_CLOCK == 0 && g_get_monotonic_time () > deadline)
        break;
    }

  /* At 0 none ends: it only tells what is awaited. */
  if (position >= n_source)
    await_gap (self, tl_frame_index_end_idle (self->index, 0));
  publish (self, n_known);
  return self->index == NULL || tl_frame_index_get_n_rows (self->index) >= count_source (self);
}

static void
slice_cb (gpointer user_data)
{
  TlFrameBuilder *self = user_data;
  g_autoptr (GObject) owner = g_object_ref (self->owner);
  const guint id = self->slice_id;
  const gboolean done = work (self);

  /* Unless a handler began anew. */
  if (self->slice_id != id)
    return;
  self->slice_id = done ? 0 : tl_turn_add (0, slice_cb, self);
  if (done)
    self->events->pending (self->owner);
}

/* Below drawing, above what waits until nothing else is to do: a flood must not hold it up for ever. */
static void
work_on (TlFrameBuilder *self)
{
  if (self->slice_id != 0 || work (self))
    return;

  if (self->slice_id == 0 && self->index != NULL)
    {
      self->slice_id = tl_turn_add (0, slice_cb, self);
      self->events->pending (self->owner);
    }
}

static void
drop_index (TlFrameBuilder *self)
{
  if (self->index == NULL)
    return;

  /* An id is never used again, so that nobody takes a row of the next framing for one of this. */
  self->next_id = tl_frame_index_get_first_id (self->index) + tl_frame_index_get_n_frames (self->index);
  g_clear_pointer (&self->index, tl_frame_index_free);
  g_clear_handle_id (&self->gap_id, g_source_remove);
  g_array_set_size (self->pending, 0);
}

static void
begin (TlFrameBuilder *self)
{
  guint n_items = self->n_items;
  gboolean was_pending = self->slice_id != 0;

  drop_index (self);
  g_clear_handle_id (&self->slice_id, g_source_remove);

  if (self->framing->kind == TL_FRAMING_NONE)
    {
      tell_of_change (self, 0, n_items, count_source (self));
    }
  else
    {
      self->index = tl_frame_index_new (self->framing, self->next_id);
      tell_of_change (self, 0, n_items, 0);
      if (self->index != NULL)
        work_on (self);
    }

  if (was_pending && self->slice_id == 0)
    self->events->pending (self->owner);
}

static void
trim (TlFrameBuilder *self,
      guint           n_rows)
{
  guint n_gone = tl_frame_index_trim (self->index, n_rows);

  tell_of_change (self, 0, n_gone, 0);
  /* Frames that wait for their end may have lost all that was there of them. */
  if (self->index != NULL)
    publish (self, tl_frame_index_get_n_frames (self->index));
}

TlFrameBuilder *
tl_frame_builder_new (TlMessageSource            *source,
                      const TlFrameBuilderEvents *events,
                      GObject                    *owner)
{
  TlFrameBuilder *self = g_new0 (TlFrameBuilder, 1);

  self->events = events;
  self->owner = owner;
  self->source = source != NULL ? g_object_ref (source) : NULL;
  self->framing = tl_framing_new (TL_FRAMING_NONE);
  self->pending = g_array_new (FALSE, FALSE, sizeof (TlFrame));
  self->next_id = 1;
  self->n_items = count_source (self);
  return self;
}

void
tl_frame_builder_free (TlFrameBuilder *self)
{
  g_clear_handle_id (&self->slice_id, g_source_remove);
  g_clear_handle_id (&self->gap_id, g_source_remove);
  g_clear_pointer (&self->index, tl_frame_index_free);
  g_clear_pointer (&self->pending, g_array_unref);
  tl_framing_free (self->framing);
  g_clear_object (&self->source);
  g_free (self);
}

void
tl_frame_builder_source_changed (TlFrameBuilder *self,
                                 guint           position,
                                 guint           removed,
                                 guint           added)
{
  if (self->index == NULL)
    tell_of_change (self, position, removed, added);
  else if (position == 0 && added == 0)
    trim (self, removed);
  else if (removed == 0 && position + added == count_source (self))
    work_on (self);
  else
    begin (self);
}

void
tl_frame_builder_take_framing (TlFrameBuilder *self,
                               TlFraming      *framing)
{
  tl_framing_free (self->framing);
  self->framing = framing;
  begin (self);
}

const TlFraming *
tl_frame_builder_get_framing (TlFrameBuilder *self)
{
  return self->framing;
}

gboolean
tl_frame_builder_is_pending (TlFrameBuilder *self)
{
  return self->slice_id != 0;
}

guint
tl_frame_builder_get_n_items (TlFrameBuilder *self)
{
  return self->n_items;
}

TlFrameIndex *
tl_frame_builder_get_index (TlFrameBuilder *self)
{
  return self->index;
}

const GArray *
tl_frame_builder_get_open_frames (TlFrameBuilder *self)
{
  return self->pending;
}
