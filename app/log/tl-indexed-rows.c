/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a source by an index: what the filter and the collapse model share. */

#include "tl-indexed-rows.h"

typedef struct {
  TlMessageSource *source;
  TlRowIndex *index;    /* NULL while all rows are there */
  guint n_items;        /* as was last told */
  gboolean waiting;
  gboolean pending;
} TlIndexedRowsPrivate;

enum {
  PROP_0,
  PROP_PENDING,
  PROP_N_ITEMS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void tl_indexed_rows_source_init (TlMessageSourceInterface *iface);
static void tl_indexed_rows_list_model_init (GListModelInterface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (TlIndexedRows, tl_indexed_rows, G_TYPE_OBJECT,
                                  G_ADD_PRIVATE (TlIndexedRows)
                                  G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, tl_indexed_rows_list_model_init)
                                  G_IMPLEMENT_INTERFACE (TL_TYPE_MESSAGE_SOURCE, tl_indexed_rows_source_init))

static TlIndexedRowsPrivate *
get_private (gpointer self)
{
  return tl_indexed_rows_get_instance_private (self);
}

gboolean
tl_indexed_rows_to_source (TlIndexedRows *self,
                           guint          position,
                           guint         *source_position)
{
  TlIndexedRowsPrivate *priv = get_private (self);

  if (position >= priv->n_items)
    return FALSE;
  *source_position = priv->index != NULL ? tl_row_index_get_position (priv->index, position) : position;
  return TRUE;
}

static gboolean
tl_indexed_rows_peek (TlMessageSource *source,
                      guint            position,
                      TlMessageInfo   *info)
{
  return tl_indexed_rows_to_source (TL_INDEXED_ROWS (source), position, &position) &&
         tl_message_source_peek (get_private (source)->source, position, info);
}

static GBytes *
tl_indexed_rows_dup_bytes (TlMessageSource *source,
                           guint            position)
{
  return tl_indexed_rows_to_source (TL_INDEXED_ROWS (source), position, &position)
           ? tl_message_source_dup_bytes (get_private (source)->source, position)
           : NULL;
}

static const char *
tl_indexed_rows_peer_name (TlMessageSource *source,
                           guint32          peer)
{
  TlIndexedRowsPrivate *priv = get_private (source);

  return priv->source != NULL ? tl_message_source_peer_name (priv->source, peer) : NULL;
}

static gboolean
tl_indexed_rows_find_id (TlMessageSource *source,
                         guint64          id,
                         guint           *position)
{
  TlIndexedRows *self = TL_INDEXED_ROWS (source);
  TlIndexedRowsPrivate *priv = get_private (self);
  guint found;

  return priv->source != NULL && tl_message_source_find_id (priv->source, id, &found) && TL_INDEXED_ROWS_GET_CLASS (self)->find (self, found, position);
}

/* FALSE also where the row before is none of ours: what a row reads as is the source's to know, see origin. */
static gboolean
tl_indexed_rows_previous (TlMessageSource *source,
                          guint            position,
                          guint           *previous)
{
  TlIndexedRows *self = TL_INDEXED_ROWS (source);
  guint found;

  return tl_indexed_rows_to_source (self, position, &position) && tl_message_source_previous (get_private (self)->source, position, &found) &&
         TL_INDEXED_ROWS_GET_CLASS (self)->find_exactly (self, found, previous);
}

static gboolean
tl_indexed_rows_is_ready (TlMessageSource *source,
                          guint            position)
{
  return !tl_indexed_rows_to_source (TL_INDEXED_ROWS (source), position, &position) ||
         tl_message_source_is_ready (get_private (source)->source, position);
}

static guint64
tl_indexed_rows_get_id (TlMessageSource *source,
                        guint            position)
{
  return tl_indexed_rows_to_source (TL_INDEXED_ROWS (source), position, &position) ? tl_message_source_get_id (get_private (source)->source, position)
                                                                                   : 0;
}

static TlMessageSource *
tl_indexed_rows_origin (TlMessageSource *source,
                        guint           *position)
{
  return tl_indexed_rows_to_source (TL_INDEXED_ROWS (source), *position, position) ? get_private (source)->source : NULL;
}

static void
tl_indexed_rows_source_init (TlMessageSourceInterface *iface)
{
  iface->peek = tl_indexed_rows_peek;
  iface->dup_bytes = tl_indexed_rows_dup_bytes;
  iface->peer_name = tl_indexed_rows_peer_name;
  iface->find_id = tl_indexed_rows_find_id;
  iface->previous = tl_indexed_rows_previous;
  iface->is_ready = tl_indexed_rows_is_ready;
  iface->get_id = tl_indexed_rows_get_id;
  iface->origin = tl_indexed_rows_origin;
}

static GType
tl_indexed_rows_get_item_type (GListModel *model)
{
  return TL_TYPE_MESSAGE;
}

static guint
tl_indexed_rows_count (GListModel *model)
{
  return get_private (model)->n_items;
}

static gpointer
tl_indexed_rows_get_item (GListModel *model,
                          guint       position)
{
  return tl_indexed_rows_to_source (TL_INDEXED_ROWS (model), position, &position)
           ? g_list_model_get_item (G_LIST_MODEL (get_private (model)->source), position)
           : NULL;
}

static void
tl_indexed_rows_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_indexed_rows_get_item_type;
  iface->get_n_items = tl_indexed_rows_count;
  iface->get_item = tl_indexed_rows_get_item;
}

static gboolean
is_pending (TlIndexedRows *self)
{
  TlIndexedRowsPrivate *priv = get_private (self);

  return priv->waiting || (priv->index != NULL && tl_row_index_is_pending (priv->index));
}

static void
tell_pending (TlIndexedRows *self)
{
  TlIndexedRowsPrivate *priv = get_private (self);
  const gboolean pending = is_pending (self);

  if (priv->pending == pending)
    return;
  priv->pending = pending;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
}

void
tl_indexed_rows_tell (TlIndexedRows *self,
                      guint          position,
                      guint          removed,
                      guint          added)
{
  g_autoptr (TlIndexedRows) alive = g_object_ref (self);

  get_private (self)->n_items += added - removed;
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (removed != added)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
  tell_pending (self);
}

void
tl_indexed_rows_replace (TlIndexedRows *self,
                         guint          n_items)
{
  TlIndexedRowsPrivate *priv = get_private (self);

  /* In two steps: as many rows in their place would be taken for the same ones, replaced. */
  if (n_items == priv->n_items)
    tl_indexed_rows_tell (self, 0, n_items, 0);
  tl_indexed_rows_tell (self, 0, priv->n_items, n_items);
}

static void
ready_cb (TlIndexedRows *self)
{
  if (TL_INDEXED_ROWS_GET_CLASS (self)->source_ready != NULL)
    TL_INDEXED_ROWS_GET_CLASS (self)->source_ready (self);
  tl_message_source_tell_ready (TL_MESSAGE_SOURCE (self));
}

void
tl_indexed_rows_set_source (TlIndexedRows   *self,
                            TlMessageSource *source)
{
  TlIndexedRowsPrivate *priv = get_private (self);

  tl_indexed_rows_set_index (self, NULL);
  if (priv->source != NULL)
    g_signal_handlers_disconnect_by_func (priv->source, ready_cb, self);
  g_set_object (&priv->source, source);
  if (source != NULL)
    g_signal_connect_swapped (source, "ready", G_CALLBACK (ready_cb), self);
}

TlMessageSource *
tl_indexed_rows_get_source (TlIndexedRows *self)
{
  return get_private (self)->source;
}

void
tl_indexed_rows_set_index (TlIndexedRows *self,
                           TlRowIndex    *index)
{
  TlIndexedRowsPrivate *priv = get_private (self);

  g_clear_pointer (&priv->index, tl_row_index_free);
  priv->index = index;
}

TlRowIndex *
tl_indexed_rows_get_index (TlIndexedRows *self)
{
  return get_private (self)->index;
}

guint
tl_indexed_rows_get_n_items (TlIndexedRows *self)
{
  return get_private (self)->n_items;
}

gboolean
tl_indexed_rows_get_pending (TlIndexedRows *self)
{
  /* Also while rows are told of, before their number and this are. */
  return is_pending (self);
}

void
tl_indexed_rows_set_waiting (TlIndexedRows *self,
                             gboolean       waiting)
{
  get_private (self)->waiting = waiting;
}

static void
tl_indexed_rows_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_PENDING:
      g_value_set_boolean (value, get_private (object)->pending);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, get_private (object)->n_items);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_indexed_rows_dispose (GObject *object)
{
  tl_indexed_rows_set_source (TL_INDEXED_ROWS (object), NULL);
  get_private (object)->n_items = 0;
  G_OBJECT_CLASS (tl_indexed_rows_parent_class)->dispose (object);
}

static void
tl_indexed_rows_class_init (TlIndexedRowsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_READABLE;

  object_class->get_property = tl_indexed_rows_get_property;
  object_class->dispose = tl_indexed_rows_dispose;

  properties[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, FALSE, flags);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_indexed_rows_init (TlIndexedRows *self)
{
}
