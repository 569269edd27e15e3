/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a source that are of certain kinds and of a certain peer. */

#include "tl-message-filter.h"

#include "tl-row-index.h"
#include "tl-set-string.h"

struct _TlMessageFilter
{
  GObject parent_instance;

  TlMessageSource *source;
  TlRowIndex *index;    /* NULL while everything passes */
  gulong changed_id;    /* on the source, while everything passes */
  guint n_items;        /* as was last told */
  gboolean pending;
  guint kinds;
  char *peer;
};

enum {
  PROP_0,
  PROP_SOURCE,
  PROP_KINDS,
  PROP_PEER,
  PROP_PENDING,
  PROP_N_ITEMS,
  N_PROPS,
};

enum {
  READY,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* The position in the source of a row of ours. False past the end. */
static gboolean
to_source (TlMessageFilter *self,
           guint            position,
           guint           *source_position)
{
  if (position >= self->n_items)
    return FALSE;
  *source_position = self->index != NULL ? tl_row_index_get_position (self->index, position) : position;
  return TRUE;
}

static gboolean
tl_message_filter_peek (TlMessageSource *source,
                        guint            position,
                        TlMessageInfo   *info)
{
  TlMessageFilter *self = TL_MESSAGE_FILTER (source);

  return to_source (self, position, &position) && tl_message_source_peek (self->source, position, info);
}

static GBytes *
tl_message_filter_dup_bytes (TlMessageSource *source,
                             guint            position)
{
  TlMessageFilter *self = TL_MESSAGE_FILTER (source);

  return to_source (self, position, &position) ? tl_message_source_dup_bytes (self->source, position) : NULL;
}

static const char *
tl_message_filter_peer_name (TlMessageSource *source,
                             guint32          peer)
{
  TlMessageFilter *self = TL_MESSAGE_FILTER (source);

  return self->source != NULL ? tl_message_source_peer_name (self->source, peer) : NULL;
}

static gboolean
tl_message_filter_find_id (TlMessageSource *source,
                           guint64          id,
                           guint           *position)
{
  TlMessageFilter *self = TL_MESSAGE_FILTER (source);
  guint found;

  if (self->source == NULL || !tl_message_source_find_id (self->source, id, &found))
    return FALSE;
  if (self->index != NULL)
    found = tl_row_index_find (self->index, found);
  if (found >= self->n_items)
    return FALSE;
  *position = found;
  return TRUE;
}

/* The rows of a stream pass all or none, so that the one before a row that passes is here. */
static gboolean
tl_message_filter_previous (TlMessageSource *source,
                            guint            position,
                            guint           *previous)
{
  TlMessageFilter *self = TL_MESSAGE_FILTER (source);
  guint found;

  if (!to_source (self, position, &position) || !tl_message_source_previous (self->source, position, &found))
    return FALSE;
  if (self->index != NULL)
    {
      guint n = tl_row_index_find (self->index, found);

      if (tl_row_index_get_position (self->index, n) != found)
        return FALSE;
      found = n;
    }
  *previous = found;
  return TRUE;
}

static gboolean
tl_message_filter_is_ready (TlMessageSource *source,
                            guint            position)
{
  TlMessageFilter *self = TL_MESSAGE_FILTER (source);

  return !to_source (self, position, &position) || tl_message_source_is_ready (self->source, position);
}

static guint64
tl_message_filter_get_id (TlMessageSource *source,
                          guint            position)
{
  TlMessageFilter *self = TL_MESSAGE_FILTER (source);

  return to_source (self, position, &position) ? tl_message_source_get_id (self->source, position) : 0;
}

static void
tl_message_filter_source_init (TlMessageSourceInterface *iface)
{
  iface->peek = tl_message_filter_peek;
  iface->dup_bytes = tl_message_filter_dup_bytes;
  iface->peer_name = tl_message_filter_peer_name;
  iface->find_id = tl_message_filter_find_id;
  iface->previous = tl_message_filter_previous;
  iface->is_ready = tl_message_filter_is_ready;
  iface->get_id = tl_message_filter_get_id;
}

static GType
tl_message_filter_get_item_type (GListModel *model)
{
  return TL_TYPE_MESSAGE;
}

static guint
tl_message_filter_get_n_items (GListModel *model)
{
  return TL_MESSAGE_FILTER (model)->n_items;
}

static gpointer
tl_message_filter_get_item (GListModel *model,
                            guint       position)
{
  TlMessageFilter *self = TL_MESSAGE_FILTER (model);

  return to_source (self, position, &position) ? g_list_model_get_item (G_LIST_MODEL (self->source), position)
                                               : NULL;
}

static void
tl_message_filter_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_message_filter_get_item_type;
  iface->get_n_items = tl_message_filter_get_n_items;
  iface->get_item = tl_message_filter_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TlMessageFilter, tl_message_filter, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, tl_message_filter_list_model_init)
                               G_IMPLEMENT_INTERFACE (TL_TYPE_MESSAGE_SOURCE, tl_message_filter_source_init))

static void
tell (TlMessageFilter *self,
      guint            position,
      guint            removed,
      guint            added)
{
  g_autoptr (TlMessageFilter) alive = g_object_ref (self);
  gboolean pending = self->index != NULL && tl_row_index_is_pending (self->index);

  self->n_items += added - removed;
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (removed != added)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
  if (self->pending != pending)
    {
      self->pending = pending;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
    }
}

static void
source_changed_cb (GListModel *source,
                   guint       position,
                   guint       removed,
                   guint       added,
                   gpointer    user_data)
{
  tell (TL_MESSAGE_FILTER (user_data), position, removed, added);
}

static void
index_changed_cb (TlRowIndex *index,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  tell (TL_MESSAGE_FILTER (user_data), position, removed, added);
}

static void
ready_cb (TlMessageFilter *self)
{
  g_signal_emit (self, signals[READY], 0);
}

static gboolean
passes (TlMessageSource *source,
        guint            position,
        gpointer         user_data)
{
  TlMessageFilter *self = user_data;
  TlMessageInfo info;

  return tl_message_source_peek (source, position, &info) && (self->kinds & (1u << info.kind)) != 0 &&
         (self->peer == NULL || g_strcmp0 (self->peer, tl_message_source_peer_name (source, info.peer)) == 0);
}

static void
disconnect_source (TlMessageFilter *self)
{
  g_clear_pointer (&self->index, tl_row_index_free);
  if (self->changed_id != 0)
    g_clear_signal_handler (&self->changed_id, self->source);
}

static void
refilter (TlMessageFilter *self)
{
  guint n_items = 0;

  disconnect_source (self);
  if (self->source == NULL)
    {
      n_items = 0;
    }
  else if (self->kinds == TL_MESSAGE_FILTER_ALL_KINDS && self->peer == NULL)
    {
      self->changed_id = g_signal_connect (self->source, "items-changed", G_CALLBACK (source_changed_cb), self);
      n_items = g_list_model_get_n_items (G_LIST_MODEL (self->source));
    }
  else
    {
      self->index = tl_row_index_new (self->source, passes, index_changed_cb, self);
      n_items = tl_row_index_get_n_rows (self->index);
    }

  /* In two steps: as many rows in their place would be taken for the same ones, replaced. */
  if (n_items == self->n_items)
    tell (self, 0, n_items, 0);
  tell (self, 0, self->n_items, n_items);
}

static void
tl_message_filter_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  TlMessageFilter *self = TL_MESSAGE_FILTER (object);

  switch (property_id)
    {
    case PROP_SOURCE:
      g_value_set_object (value, self->source);
      break;
    case PROP_KINDS:
      g_value_set_uint (value, self->kinds);
      break;
    case PROP_PEER:
      g_value_set_string (value, self->peer);
      break;
    case PROP_PENDING:
      g_value_set_boolean (value, self->pending);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->n_items);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_message_filter_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  TlMessageFilter *self = TL_MESSAGE_FILTER (object);

  switch (property_id)
    {
    case PROP_SOURCE:
      tl_message_filter_set_source (self, g_value_get_object (value));
      break;
    case PROP_KINDS:
      tl_message_filter_set_kinds (self, g_value_get_uint (value));
      break;
    case PROP_PEER:
      tl_message_filter_set_peer (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_message_filter_dispose (GObject *object)
{
  TlMessageFilter *self = TL_MESSAGE_FILTER (object);

  disconnect_source (self);
  if (self->source != NULL)
    g_signal_handlers_disconnect_by_func (self->source, ready_cb, self);
  g_clear_object (&self->source);
  self->n_items = 0;

  G_OBJECT_CLASS (tl_message_filter_parent_class)->dispose (object);
}

static void
tl_message_filter_finalize (GObject *object)
{
  g_free (TL_MESSAGE_FILTER (object)->peer);
  G_OBJECT_CLASS (tl_message_filter_parent_class)->finalize (object);
}

static void
tl_message_filter_class_init (TlMessageFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_message_filter_get_property;
  object_class->set_property = tl_message_filter_set_property;
  object_class->dispose = tl_message_filter_dispose;
  object_class->finalize = tl_message_filter_finalize;

  properties[PROP_SOURCE] =
    g_param_spec_object ("source", NULL, NULL, TL_TYPE_MESSAGE_SOURCE, flags | G_PARAM_READWRITE);
  properties[PROP_KINDS] = g_param_spec_uint ("kinds", NULL, NULL, 0, TL_MESSAGE_FILTER_ALL_KINDS,
                                              TL_MESSAGE_FILTER_ALL_KINDS, flags | G_PARAM_READWRITE);
  properties[PROP_PEER] = g_param_spec_string ("peer", NULL, NULL, NULL, flags | G_PARAM_READWRITE);
  properties[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, FALSE, flags | G_PARAM_READABLE);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_message_filter_init (TlMessageFilter *self)
{
  self->kinds = TL_MESSAGE_FILTER_ALL_KINDS;
}

TlMessageFilter *
tl_message_filter_new (TlMessageSource *source)
{
  return g_object_new (TL_TYPE_MESSAGE_FILTER, "source", source, NULL);
}

void
tl_message_filter_set_source (TlMessageFilter *self,
                              TlMessageSource *source)
{
  g_return_if_fail (TL_IS_MESSAGE_FILTER (self));
  g_return_if_fail (source == NULL || TL_IS_MESSAGE_SOURCE (source));

  if (self->source == source)
    return;
  disconnect_source (self);
  if (self->source != NULL)
    g_signal_handlers_disconnect_by_func (self->source, ready_cb, self);
  g_set_object (&self->source, source);
  if (source != NULL && g_signal_lookup ("ready", G_OBJECT_TYPE (source)) != 0)
    g_signal_connect_swapped (source, "ready", G_CALLBACK (ready_cb), self);
  refilter (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOURCE]);
}

void
tl_message_filter_set_kinds (TlMessageFilter *self,
                             guint            kinds)
{
  g_return_if_fail (TL_IS_MESSAGE_FILTER (self));

  kinds &= TL_MESSAGE_FILTER_ALL_KINDS;
  if (self->kinds == kinds)
    return;
  self->kinds = kinds;
  refilter (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KINDS]);
}

guint
tl_message_filter_get_kinds (TlMessageFilter *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE_FILTER (self), 0);
  return self->kinds;
}

void
tl_message_filter_set_peer (TlMessageFilter *self,
                            const char      *name)
{
  g_return_if_fail (TL_IS_MESSAGE_FILTER (self));

  if (!tl_set_string (&self->peer, name))
    return;
  refilter (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PEER]);
}

const char *
tl_message_filter_get_peer (TlMessageFilter *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE_FILTER (self), NULL);
  return self->peer;
}

gboolean
tl_message_filter_get_pending (TlMessageFilter *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE_FILTER (self), FALSE);
  return self->pending;
}
