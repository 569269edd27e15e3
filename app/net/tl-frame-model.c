/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlFrameModel: the rows of a log with what was received cut into frames. */
#include "tl-frame-model.h"

#include "tl-frame-bytes.h"
#include "tl-live-messages.h"
#include "tl-message-log.h"

#define SLICE_US 4000
/* Looking whether a gap has passed makes the log tell of its rows: no more often than it would by itself. */
#define MIN_GAP_WAIT_US 62500
#define ROWS_A_LOOK_AT_THE_CLOCK 32

struct _TlFrameModel
{
  GObject          parent_instance;

  TlMessageSource *source;
  TlFraming       *framing;
  TlFrameIndex    *index;      /* NULL: passes the source through */
  GArray          *pending;    /* TlFrame: the rows at the end, as they were told of */
  TlLiveMessages  *live;
  guint64          next_id;    /* where the next index begins */
  guint            n_items;
  guint            slice_id;
  guint            gap_id;
};

enum {
  PROP_0,
  PROP_SOURCE,
  PROP_FRAMING,
  PROP_N_ITEMS,
  PROP_PENDING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static guint
count_source (TlFrameModel *self)
{
  return self->source != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->source)) : 0;
}

static void
tell_of_change (TlFrameModel *self,
                guint         position,
                guint         removed,
                guint         added)
{
  self->n_items = self->n_items - removed + added;
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (removed != added)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static gboolean gap_cb (gpointer user_data);

/* @end: when the gap after the last bytes of a stream will have passed; 0: none is awaited. */
static void
await_gap (TlFrameModel *self,
           gint64        end)
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
publish (TlFrameModel *self,
         guint         n_known)
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
    tl_live_messages_continue (self->live, TL_MESSAGE_SOURCE (self), n_known + n_same);
}

static void
add_row (TlFrameModel *self,
         guint         position)
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
  g_autoptr (TlFrameModel) self = g_object_ref (user_data);
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
work (TlFrameModel *self)
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

static gboolean
slice_cb (gpointer user_data)
{
  g_autoptr (TlFrameModel) self = g_object_ref (user_data);
  guint id = self->slice_id;

  if (!work (self))
    return G_SOURCE_CONTINUE;

  /* Unless a handler began anew. */
  if (self->slice_id == id)
    {
      self->slice_id = 0;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
    }
  return G_SOURCE_REMOVE;
}

/* Below drawing, above what waits until nothing else is to do: a flood must not hold it up for ever. */
static void
work_on (TlFrameModel *self)
{
  if (self->slice_id != 0 || work (self))
    return;

  if (self->slice_id == 0 && self->index != NULL)
    {
      self->slice_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 30, slice_cb, self, NULL);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
    }
}

static void
drop_index (TlFrameModel *self)
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
begin (TlFrameModel *self)
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
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
}

static void
trim (TlFrameModel *self,
      guint         n_rows)
{
  guint n_gone = tl_frame_index_trim (self->index, n_rows);

  tell_of_change (self, 0, n_gone, 0);
  /* Frames that wait for their end may have lost all that was there of them. */
  if (self->index != NULL)
    publish (self, tl_frame_index_get_n_frames (self->index));
}

static void
source_changed_cb (TlFrameModel *self,
                   guint         position,
                   guint         removed,
                   guint         added)
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

/* Where in the model the rows that have not ended begin. */
static guint
count_complete (TlFrameModel *self)
{
  return self->n_items - self->pending->len;
}

static gboolean
find_frame (TlFrameModel *self,
            guint         position,
            TlFrame      *frame)
{
  guint n_complete = count_complete (self);

  if (position >= self->n_items)
    return FALSE;

  if (position < n_complete)
    tl_frame_index_get (self->index, position, frame);
  else
    *frame = g_array_index (self->pending, TlFrame, position - n_complete);

  return TRUE;
}

static gboolean
tl_frame_model_peek (TlMessageSource *source,
                     guint            position,
                     TlMessageInfo   *info)
{
  TlFrameModel *self = TL_FRAME_MODEL (source);
  TlFrame frame;

  if (self->index == NULL)
    return self->source != NULL && tl_message_source_peek (self->source, position, info);
  if (!find_frame (self, position, &frame))
    return FALSE;

  tl_frame_peek (&frame, self->index, self->source, info);
  return TRUE;
}

static GBytes *
tl_frame_model_dup_bytes (TlMessageSource *source,
                          guint            position)
{
  TlFrameModel *self = TL_FRAME_MODEL (source);
  TlFrame frame;

  if (self->index == NULL)
    return self->source != NULL ? tl_message_source_dup_bytes (self->source, position) : NULL;
  if (!find_frame (self, position, &frame))
    return NULL;

  return tl_frame_dup_bytes (&frame, self->index, self->source);
}

static const char *
tl_frame_model_peer_name (TlMessageSource *source,
                          guint32          peer)
{
  TlFrameModel *self = TL_FRAME_MODEL (source);

  return self->source != NULL ? tl_message_source_peer_name (self->source, peer) : NULL;
}

static gboolean
tl_frame_model_find_id (TlMessageSource *source,
                        guint64          id,
                        guint           *position)
{
  TlFrameModel *self = TL_FRAME_MODEL (source);
  guint64 first_id;
  guint n_complete;

  if (self->index == NULL)
    return self->source != NULL && tl_message_source_find_id (self->source, id, position);

  first_id = tl_frame_index_get_first_id (self->index);
  n_complete = count_complete (self);
  if (id < first_id + n_complete)
    {
      *position = id > first_id ? (guint) (id - first_id) : 0;
      return TRUE;
    }

  for (guint i = 0; i < self->pending->len; i++)
    {
      if (g_array_index (self->pending, TlFrame, i).id >= id)
        {
          *position = n_complete + i;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
tl_frame_model_previous (TlMessageSource *source,
                         guint            position,
                         guint           *previous)
{
  TlFrameModel *self = TL_FRAME_MODEL (source);
  TlMessageSourceInterface *row_by_row = g_type_default_interface_peek (TL_TYPE_MESSAGE_SOURCE);

  if (self->index == NULL)
    return self->source != NULL && tl_message_source_previous (self->source, position, previous);

  return row_by_row->previous (source, position, previous);
}

static void
tl_frame_model_source_init (TlMessageSourceInterface *iface)
{
  iface->peek = tl_frame_model_peek;
  iface->dup_bytes = tl_frame_model_dup_bytes;
  iface->peer_name = tl_frame_model_peer_name;
  iface->find_id = tl_frame_model_find_id;
  iface->previous = tl_frame_model_previous;
}

static GType
tl_frame_model_get_item_type (GListModel *model)
{
  return TL_TYPE_MESSAGE;
}

static guint
tl_frame_model_get_n_items (GListModel *model)
{
  return TL_FRAME_MODEL (model)->n_items;
}

static gpointer
tl_frame_model_get_item (GListModel *model,
                         guint       position)
{
  TlFrameModel *self = TL_FRAME_MODEL (model);

  if (self->index == NULL)
    return self->source != NULL ? g_list_model_get_item (G_LIST_MODEL (self->source), position) : NULL;

  return tl_live_messages_get (self->live, TL_MESSAGE_SOURCE (self), position);
}

static void
tl_frame_model_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_frame_model_get_item_type;
  iface->get_n_items = tl_frame_model_get_n_items;
  iface->get_item = tl_frame_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TlFrameModel, tl_frame_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, tl_frame_model_list_model_init)
                               G_IMPLEMENT_INTERFACE (TL_TYPE_MESSAGE_SOURCE, tl_frame_model_source_init))

static void
tl_frame_model_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TlFrameModel *self = TL_FRAME_MODEL (object);

  switch (property_id)
    {
    case PROP_SOURCE:
      g_value_set_object (value, self->source);
      break;
    case PROP_FRAMING:
      g_value_set_boxed (value, self->framing);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->n_items);
      break;
    case PROP_PENDING:
      g_value_set_boolean (value, self->slice_id != 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_frame_model_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  TlFrameModel *self = TL_FRAME_MODEL (object);

  switch (property_id)
    {
    case PROP_SOURCE:
      self->source = g_value_dup_object (value);
      self->n_items = count_source (self);
      if (self->source != NULL)
        g_signal_connect_object (self->source, "items-changed", G_CALLBACK (source_changed_cb), self, G_CONNECT_SWAPPED);
      break;
    case PROP_FRAMING:
      tl_frame_model_set_framing (self, g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_frame_model_finalize (GObject *object)
{
  TlFrameModel *self = TL_FRAME_MODEL (object);

  g_clear_handle_id (&self->slice_id, g_source_remove);
  g_clear_handle_id (&self->gap_id, g_source_remove);
  tl_live_messages_free (self->live);
  g_clear_pointer (&self->index, tl_frame_index_free);
  g_clear_pointer (&self->pending, g_array_unref);
  tl_framing_free (self->framing);
  g_clear_object (&self->source);

  G_OBJECT_CLASS (tl_frame_model_parent_class)->finalize (object);
}

static void
tl_frame_model_class_init (TlFrameModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_frame_model_get_property;
  object_class->set_property = tl_frame_model_set_property;
  object_class->finalize = tl_frame_model_finalize;

  properties[PROP_SOURCE] = g_param_spec_object ("source", NULL, NULL, TL_TYPE_MESSAGE_SOURCE,
                                                 flags | G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_FRAMING] = g_param_spec_boxed ("framing", NULL, NULL, TL_TYPE_FRAMING, flags | G_PARAM_READWRITE);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags | G_PARAM_READABLE);
  properties[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, FALSE, flags | G_PARAM_READABLE);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_frame_model_init (TlFrameModel *self)
{
  self->framing = tl_framing_new (TL_FRAMING_NONE);
  self->pending = g_array_new (FALSE, FALSE, sizeof (TlFrame));
  self->live = tl_live_messages_new ();
  self->next_id = 1;
}

TlFrameModel *
tl_frame_model_new (TlMessageSource *source)
{
  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (source), NULL);

  return g_object_new (TL_TYPE_FRAME_MODEL, "source", source, NULL);
}

void
tl_frame_model_set_framing (TlFrameModel    *self,
                            const TlFraming *framing)
{
  g_autoptr (TlFraming) copy = NULL;

  g_return_if_fail (TL_IS_FRAME_MODEL (self));

  copy = framing != NULL ? tl_framing_copy (framing) : tl_framing_new (TL_FRAMING_NONE);
  if (tl_framing_equal (self->framing, copy))
    return;

  tl_framing_free (self->framing);
  self->framing = g_steal_pointer (&copy);
  begin (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRAMING]);
}
