/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Equal messages that follow one another, as one row. */

#include "tl-collapse-model.h"

#include "tl-row-index.h"

#include <string.h>

/* The oldest fold again when more rows are unfolded. */
#define MAX_UNFOLDED_ROWS 256

/* Ids that are shown one by one, both included. */
typedef struct {
  guint64 first;
  guint64 last;
} Unfolded;

struct _TlCollapseModel
{
  GObject parent_instance;

  TlMessageSource *source;
  TlRowIndex *index;    /* of the first rows; NULL while not active */
  guint n_items;        /* as was last told */
  guint last_count;     /* messages of the last row, as was last told */
  gboolean pending;
  GArray *unfolded;
};

enum {
  PROP_0,
  PROP_ACTIVE,
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

static gboolean
to_source (TlCollapseModel *self,
           guint            position,
           guint           *source_position)
{
  if (position >= self->n_items)
    return FALSE;
  *source_position = self->index != NULL ? tl_row_index_get_position (self->index, position) : position;
  return TRUE;
}

static gboolean
tl_collapse_model_peek (TlMessageSource *source,
                        guint            position,
                        TlMessageInfo   *info)
{
  TlCollapseModel *self = TL_COLLAPSE_MODEL (source);

  return to_source (self, position, &position) && tl_message_source_peek (self->source, position, info);
}

static GBytes *
tl_collapse_model_dup_bytes (TlMessageSource *source,
                             guint            position)
{
  TlCollapseModel *self = TL_COLLAPSE_MODEL (source);

  return to_source (self, position, &position) ? tl_message_source_dup_bytes (self->source, position) : NULL;
}

static const char *
tl_collapse_model_peer_name (TlMessageSource *source,
                             guint32          peer)
{
  return tl_message_source_peer_name (TL_COLLAPSE_MODEL (source)->source, peer);
}

static gboolean
tl_collapse_model_find_id (TlMessageSource *source,
                           guint64          id,
                           guint           *position)
{
  TlCollapseModel *self = TL_COLLAPSE_MODEL (source);
  guint found;

  return tl_message_source_find_id (self->source, id, &found) && tl_collapse_model_find (self, found, position);
}

/* What a row reads as is the source's to know, see origin. */
static gboolean
tl_collapse_model_previous (TlMessageSource *source,
                            guint            position,
                            guint           *previous)
{
  TlCollapseModel *self = TL_COLLAPSE_MODEL (source);

  return self->index == NULL && tl_message_source_previous (self->source, position, previous);
}

static gboolean
tl_collapse_model_is_ready (TlMessageSource *source,
                            guint            position)
{
  TlCollapseModel *self = TL_COLLAPSE_MODEL (source);

  return !to_source (self, position, &position) || tl_message_source_is_ready (self->source, position);
}

static guint64
tl_collapse_model_get_id (TlMessageSource *source,
                          guint            position)
{
  TlCollapseModel *self = TL_COLLAPSE_MODEL (source);

  return to_source (self, position, &position) ? tl_message_source_get_id (self->source, position) : 0;
}

static TlMessageSource *
tl_collapse_model_origin (TlMessageSource *source,
                          guint           *position)
{
  return to_source (TL_COLLAPSE_MODEL (source), *position, position) ? TL_COLLAPSE_MODEL (source)->source : NULL;
}

static void
tl_collapse_model_source_init (TlMessageSourceInterface *iface)
{
  iface->peek = tl_collapse_model_peek;
  iface->dup_bytes = tl_collapse_model_dup_bytes;
  iface->peer_name = tl_collapse_model_peer_name;
  iface->find_id = tl_collapse_model_find_id;
  iface->previous = tl_collapse_model_previous;
  iface->is_ready = tl_collapse_model_is_ready;
  iface->get_id = tl_collapse_model_get_id;
  iface->origin = tl_collapse_model_origin;
}

static GType
tl_collapse_model_get_item_type (GListModel *model)
{
  return TL_TYPE_MESSAGE;
}

static guint
tl_collapse_model_get_n_items (GListModel *model)
{
  return TL_COLLAPSE_MODEL (model)->n_items;
}

static gpointer
tl_collapse_model_get_item (GListModel *model,
                            guint       position)
{
  TlCollapseModel *self = TL_COLLAPSE_MODEL (model);

  return to_source (self, position, &position) ? g_list_model_get_item (G_LIST_MODEL (self->source), position) : NULL;
}

static void
tl_collapse_model_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_collapse_model_get_item_type;
  iface->get_n_items = tl_collapse_model_get_n_items;
  iface->get_item = tl_collapse_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TlCollapseModel, tl_collapse_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, tl_collapse_model_list_model_init)
                               G_IMPLEMENT_INTERFACE (TL_TYPE_MESSAGE_SOURCE, tl_collapse_model_source_init))

static void
tell (TlCollapseModel *self,
      guint            position,
      guint            removed,
      guint            added)
{
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

static guint
count_last (TlCollapseModel *self)
{
  guint first, n_rows;

  return self->n_items > 0 && tl_collapse_model_get_range (self, self->n_items - 1, &first, &n_rows) ? n_rows : 0;
}

/* The last row has become longer by what was appended. */
static void
update_last (TlCollapseModel *self)
{
  const guint count = count_last (self);

  if (count == self->last_count)
    return;
  self->last_count = count;
  if (count > 0)
    tell (self, self->n_items - 1, 1, 1);
}

static void
index_changed_cb (TlRowIndex *index,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  TlCollapseModel *self = user_data;
  const gboolean appended = removed == 0 && position == self->n_items;
  guint first, n_rows;

  tell (self, position, removed, added);
  /* The row before ends elsewhere now; behind the last one that is seldom so. */
  if (position > 0 && (removed > 0 || added > 0) && tl_collapse_model_get_range (self, position - 1, &first, &n_rows) &&
      (!appended || n_rows != self->last_count))
    tell (self, position - 1, 1, 1);
  if (added > 0 && position + added == self->n_items)
    self->last_count = count_last (self);
  else
    update_last (self);
}

static void
source_changed_cb (TlCollapseModel *self,
                   guint            position,
                   guint            removed,
                   guint            added)
{
  if (self->index == NULL)
    tell (self, position, removed, added);
}

/* Behind the index, which tells of new rows only. */
static void
source_grown_cb (TlCollapseModel *self)
{
  if (self->index != NULL)
    update_last (self);
}

static void
ready_cb (TlCollapseModel *self)
{
  g_signal_emit (self, signals[READY], 0);
}

static gboolean
is_unfolded (TlCollapseModel *self,
             guint64          id)
{
  for (guint i = 0; i < self->unfolded->len; i++)
    if (id >= g_array_index (self->unfolded, Unfolded, i).first && id <= g_array_index (self->unfolded, Unfolded, i).last)
      return TRUE;
  return FALSE;
}

/* Whether a row begins anew: it is not the same as the one before. */
static gboolean
is_first (TlMessageSource *source,
          guint            position,
          gpointer         user_data)
{
  TlCollapseModel *self = user_data;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) other = NULL;
  TlMessageInfo info, before;

  if (position == 0 || !tl_message_source_peek (source, position, &info) || !tl_message_source_peek (source, position - 1, &before) ||
      info.kind != before.kind || info.peer != before.peer || info.length != before.length || is_unfolded (self, info.id))
    return TRUE;
  bytes = tl_message_source_dup_bytes (source, position);
  other = tl_message_source_dup_bytes (source, position - 1);
  return bytes == NULL || other == NULL || !g_bytes_equal (bytes, other);
}

static void
tl_collapse_model_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  TlCollapseModel *self = TL_COLLAPSE_MODEL (object);

  switch (property_id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->index != NULL);
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
tl_collapse_model_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_ACTIVE:
      tl_collapse_model_set_active (TL_COLLAPSE_MODEL (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_collapse_model_dispose (GObject *object)
{
  TlCollapseModel *self = TL_COLLAPSE_MODEL (object);

  g_clear_pointer (&self->index, tl_row_index_free);
  if (self->source != NULL)
    g_signal_handlers_disconnect_by_data (self->source, self);
  self->n_items = 0;
  G_OBJECT_CLASS (tl_collapse_model_parent_class)->dispose (object);
}

static void
tl_collapse_model_finalize (GObject *object)
{
  TlCollapseModel *self = TL_COLLAPSE_MODEL (object);

  g_clear_object (&self->source);
  g_array_unref (self->unfolded);
  G_OBJECT_CLASS (tl_collapse_model_parent_class)->finalize (object);
}

static void
tl_collapse_model_class_init (TlCollapseModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_collapse_model_get_property;
  object_class->set_property = tl_collapse_model_set_property;
  object_class->dispose = tl_collapse_model_dispose;
  object_class->finalize = tl_collapse_model_finalize;

  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags | G_PARAM_READWRITE);
  properties[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, FALSE, flags | G_PARAM_READABLE);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_collapse_model_init (TlCollapseModel *self)
{
  self->unfolded = g_array_new (FALSE, FALSE, sizeof (Unfolded));
}

TlCollapseModel *
tl_collapse_model_new (TlMessageSource *source)
{
  TlCollapseModel *self;

  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (source), NULL);

  self = g_object_new (TL_TYPE_COLLAPSE_MODEL, NULL);
  self->source = g_object_ref (source);
  self->n_items = g_list_model_get_n_items (G_LIST_MODEL (source));
  g_signal_connect_swapped (source, "items-changed", G_CALLBACK (source_changed_cb), self);
  g_signal_connect_data (source, "items-changed", G_CALLBACK (source_grown_cb), self, NULL, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  if (g_signal_lookup ("ready", G_OBJECT_TYPE (source)) != 0)
    g_signal_connect_swapped (source, "ready", G_CALLBACK (ready_cb), self);
  return self;
}

void
tl_collapse_model_set_active (TlCollapseModel *self,
                              gboolean         active)
{
  guint n_items;

  g_return_if_fail (TL_IS_COLLAPSE_MODEL (self));

  if ((self->index != NULL) == !!active)
    return;
  g_clear_pointer (&self->index, tl_row_index_free);
  g_array_set_size (self->unfolded, 0);
  if (active)
    self->index = tl_row_index_new_looking_back (self->source, is_first, index_changed_cb, self);
  n_items = active ? tl_row_index_get_n_rows (self->index) : g_list_model_get_n_items (G_LIST_MODEL (self->source));

  /* In two steps: as many rows in their place would be taken for the same ones, replaced. */
  if (n_items == self->n_items)
    tell (self, 0, n_items, 0);
  tell (self, 0, self->n_items, n_items);
  self->last_count = count_last (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

gboolean
tl_collapse_model_get_active (TlCollapseModel *self)
{
  g_return_val_if_fail (TL_IS_COLLAPSE_MODEL (self), FALSE);
  return self->index != NULL;
}

gboolean
tl_collapse_model_get_range (TlCollapseModel *self,
                             guint            position,
                             guint           *first,
                             guint           *n_rows)
{
  g_return_val_if_fail (TL_IS_COLLAPSE_MODEL (self), FALSE);

  if (!to_source (self, position, first))
    return FALSE;
  *n_rows = 1;
  if (self->index != NULL)
    *n_rows = (position + 1 < tl_row_index_get_n_rows (self->index) ? tl_row_index_get_position (self->index, position + 1)
                                                                    : tl_row_index_get_n_seen (self->index)) - *first;
  return TRUE;
}

gboolean
tl_collapse_model_find (TlCollapseModel *self,
                        guint            source_position,
                        guint           *position)
{
  guint n;

  g_return_val_if_fail (TL_IS_COLLAPSE_MODEL (self), FALSE);

  if (self->index == NULL)
    {
      *position = source_position;
      return source_position < self->n_items;
    }
  if (source_position >= tl_row_index_get_n_seen (self->index))
    return FALSE;
  n = tl_row_index_find (self->index, source_position + 1);
  if (n == 0 || n > self->n_items)
    return FALSE;
  *position = n - 1;
  return TRUE;
}

void
tl_collapse_model_unfold (TlCollapseModel *self,
                          guint            position)
{
  Unfolded unfolded;
  guint first, n_rows;

  g_return_if_fail (TL_IS_COLLAPSE_MODEL (self));

  if (self->index == NULL || !tl_collapse_model_get_range (self, position, &first, &n_rows) || n_rows < 2)
    return;
  n_rows = MIN (n_rows, TL_COLLAPSE_MAX_UNFOLDED);
  unfolded.first = tl_message_source_get_id (self->source, first);
  unfolded.last = tl_message_source_get_id (self->source, first + n_rows - 1);
  if (self->unfolded->len == MAX_UNFOLDED_ROWS)
    g_array_remove_index (self->unfolded, 0);
  g_array_append_val (self->unfolded, unfolded);
  tl_row_index_reconsider (self->index, first, n_rows);
}
