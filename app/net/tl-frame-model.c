/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlFrameModel: the rows of a log with what was received cut into frames. */
#include "tl-frame-model.h"

#include "tl-frame-builder.h"
#include "tl-frame-bytes.h"
#include "tl-live-messages.h"

struct _TlFrameModel
{
  GObject          parent_instance;

  TlMessageSource *source;
  TlFrameBuilder  *builder;
  TlLiveMessages  *live;
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

/* The complete frames; NULL: the rows of the source are passed through. */
static TlFrameIndex *
get_index (TlFrameModel *self)
{
  return tl_frame_builder_get_index (self->builder);
}

/* Where in the model the rows that have not ended begin. */
static guint
count_complete (TlFrameModel *self)
{
  return tl_frame_builder_get_n_items (self->builder) - tl_frame_builder_get_open_frames (self->builder)->len;
}

static gboolean
find_frame (TlFrameModel *self,
            guint         position,
            TlFrame      *frame)
{
  guint n_complete = count_complete (self);

  if (position >= tl_frame_builder_get_n_items (self->builder))
    return FALSE;

  if (position < n_complete)
    tl_frame_index_get (get_index (self), position, frame);
  else
    *frame = g_array_index (tl_frame_builder_get_open_frames (self->builder), TlFrame, position - n_complete);

  return TRUE;
}

static gboolean
tl_frame_model_peek (TlMessageSource *source,
                     guint            position,
                     TlMessageInfo   *info)
{
  TlFrameModel *self = TL_FRAME_MODEL (source);
  TlFrame frame;

  if (get_index (self) == NULL)
    return self->source != NULL && tl_message_source_peek (self->source, position, info);
  if (!find_frame (self, position, &frame))
    return FALSE;

  tl_frame_peek (&frame, get_index (self), self->source, info);
  return TRUE;
}

static GBytes *
tl_frame_model_dup_bytes (TlMessageSource *source,
                          guint            position)
{
  TlFrameModel *self = TL_FRAME_MODEL (source);
  TlFrame frame;

  if (get_index (self) == NULL)
    return self->source != NULL ? tl_message_source_dup_bytes (self->source, position) : NULL;
  if (!find_frame (self, position, &frame))
    return NULL;

  return tl_frame_dup_bytes (&frame, get_index (self), self->source);
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
  const GArray *open;

  if (get_index (self) == NULL)
    return self->source != NULL && tl_message_source_find_id (self->source, id, position);

  first_id = tl_frame_index_get_first_id (get_index (self));
  n_complete = count_complete (self);
  if (id < first_id + n_complete)
    {
      *position = id > first_id ? (guint) (id - first_id) : 0;
      return TRUE;
    }

  open = tl_frame_builder_get_open_frames (self->builder);
  for (guint i = 0; i < open->len; i++)
    {
      if (g_array_index (open, TlFrame, i).id >= id)
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

  if (get_index (self) == NULL)
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
  return tl_frame_builder_get_n_items (TL_FRAME_MODEL (model)->builder);
}

static gpointer
tl_frame_model_get_item (GListModel *model,
                         guint       position)
{
  TlFrameModel *self = TL_FRAME_MODEL (model);

  if (get_index (self) == NULL)
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
builder_changed (gpointer owner,
                 guint    position,
                 guint    removed,
                 guint    added)
{
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (owner), position, removed, added);
  if (removed != added)
    g_object_notify_by_pspec (owner, properties[PROP_N_ITEMS]);
}

static void
builder_continued (gpointer owner,
                   guint    position)
{
  tl_live_messages_continue (TL_FRAME_MODEL (owner)->live, TL_MESSAGE_SOURCE (owner), position);
}

static void
builder_pending (gpointer owner)
{
  g_object_notify_by_pspec (owner, properties[PROP_PENDING]);
}

static const TlFrameBuilderEvents builder_events = {
  .changed = builder_changed,
  .continued = builder_continued,
  .pending = builder_pending,
};

static void
source_changed_cb (TlFrameModel *self,
                   guint         position,
                   guint         removed,
                   guint         added)
{
  tl_frame_builder_source_changed (self->builder, position, removed, added);
}

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
      g_value_set_boxed (value, tl_frame_builder_get_framing (self->builder));
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, tl_frame_builder_get_n_items (self->builder));
      break;
    case PROP_PENDING:
      g_value_set_boolean (value, tl_frame_builder_is_pending (self->builder));
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
      self->builder = tl_frame_builder_new (self->source, &builder_events, G_OBJECT (self));
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

  tl_live_messages_free (self->live);
  tl_frame_builder_free (self->builder);
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
  self->live = tl_live_messages_new ();
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
  if (tl_framing_equal (tl_frame_builder_get_framing (self->builder), copy))
    return;

  tl_frame_builder_take_framing (self->builder, g_steal_pointer (&copy));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRAMING]);
}
