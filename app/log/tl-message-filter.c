/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a source that fulfil what is asked for. */

#include "tl-message-filter.h"

#include "tl-row-index.h"

struct _TlMessageFilter
{
  GObject parent_instance;

  TlMessageSource *source;
  TlRowIndex *index;    /* NULL while everything passes */
  guint n_items;        /* as was last told */
  gboolean pending;
  TlMessageCriteria criteria;
  TlDayClock clock;
  gint64 earliest;      /* of the last minutes: the first µs that passes */
  gboolean asking;      /* for the last row of the source, which tells when they begin */
};

enum {
  PROP_0,
  PROP_SOURCE,
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

/* FALSE also where the row before does not pass: what a row reads as is the source's to know, see origin. */
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

static TlMessageSource *
tl_message_filter_origin (TlMessageSource *source,
                          guint           *position)
{
  return to_source (TL_MESSAGE_FILTER (source), *position, position) ? TL_MESSAGE_FILTER (source)->source : NULL;
}

static void
tl_message_filter_source_init (TlMessageSourceInterface *iface)
{
  iface->origin = tl_message_filter_origin;
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
  gboolean pending = self->asking || (self->index != NULL && tl_row_index_is_pending (self->index));

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
passed_through_cb (TlMessageFilter *self,
                   guint            position,
                   guint            removed,
                   guint            added)
{
  tell (self, position, removed, added);
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

/* Moves on to the newest row, by whole seconds: rows that have become too old go once a second, and not at each change, which would have all the rows of a list
 * made anew. FALSE: the newest row has to be read first. */
static gboolean
move_earliest (TlMessageFilter *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->source));
  TlMessageInfo info;

  if (n == 0)
    {
      self->earliest = G_MININT64;
      return TRUE;
    }
  if (!tl_message_source_is_ready (self->source, n - 1))
    return FALSE;
  if (tl_message_source_peek (self->source, n - 1, &info))
    self->earliest = MAX (self->earliest, info.time / G_USEC_PER_SEC * G_USEC_PER_SEC - self->criteria.time.from);
  return TRUE;
}

/* Before the index looks at what has changed. */
static void
newer_cb (TlMessageFilter *self)
{
  move_earliest (self);
}

/* Behind it: times go up from row to row, but where somebody has set the clock. */
static void
drop_old_cb (TlMessageFilter *self)
{
  TlMessageInfo info;
  guint n = 0;

  if (self->index == NULL)
    return;
  while (n < tl_row_index_get_n_rows (self->index) &&
         tl_message_source_is_ready (self->source, tl_row_index_get_position (self->index, n)) &&
         tl_message_source_peek (self->source, tl_row_index_get_position (self->index, n), &info) && info.time < self->earliest)
    n++;
  if (n > 0)
    tl_row_index_drop_first (self->index, n);
}

static gboolean
passes (TlMessageSource *source,
        guint            position,
        gpointer         user_data)
{
  TlMessageFilter *self = user_data;

  return tl_message_criteria_match (&self->criteria, source, position, self->earliest, &self->clock);
}

static void
disconnect_source (TlMessageFilter *self)
{
  g_clear_pointer (&self->index, tl_row_index_free);
  self->asking = FALSE;
  if (self->source == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->source, passed_through_cb, self);
  g_signal_handlers_disconnect_by_func (self->source, newer_cb, self);
  g_signal_handlers_disconnect_by_func (self->source, drop_old_cb, self);
}

static void
look_through (TlMessageFilter *self)
{
  const gboolean moves = self->criteria.time.kind == TL_TIME_LAST;

  self->earliest = G_MININT64;
  self->asking = moves && !move_earliest (self);
  if (self->asking)
    return;
  if (moves)
    g_signal_connect_swapped (self->source, "items-changed", G_CALLBACK (newer_cb), self);
  self->index = tl_row_index_new (self->source, passes, index_changed_cb, self);
  if (moves)
    g_signal_connect_data (self->source, "items-changed", G_CALLBACK (drop_old_cb), self, NULL, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
}

static void
refilter (TlMessageFilter *self)
{
  guint n_items = 0;

  disconnect_source (self);
  if (self->source != NULL && tl_message_criteria_pass_all (&self->criteria))
    {
      g_signal_connect_swapped (self->source, "items-changed", G_CALLBACK (passed_through_cb), self);
      n_items = g_list_model_get_n_items (G_LIST_MODEL (self->source));
    }
  else if (self->source != NULL)
    {
      look_through (self);
      n_items = self->index != NULL ? tl_row_index_get_n_rows (self->index) : 0;
    }

  /* In two steps: as many rows in their place would be taken for the same ones, replaced. */
  if (n_items == self->n_items)
    tell (self, 0, n_items, 0);
  tell (self, 0, self->n_items, n_items);
}

static void
ready_cb (TlMessageFilter *self)
{
  if (self->asking)
    refilter (self);
  g_signal_emit (self, signals[READY], 0);
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
  TlMessageFilter *self = TL_MESSAGE_FILTER (object);

  tl_message_criteria_clear (&self->criteria);
  tl_day_clock_clear (&self->clock);
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
  properties[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, FALSE, flags | G_PARAM_READABLE);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_message_filter_init (TlMessageFilter *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  self->criteria = (TlMessageCriteria) TL_MESSAGE_CRITERIA_INIT;
  tl_day_clock_init (&self->clock, zone);
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
tl_message_filter_set_criteria (TlMessageFilter         *self,
                                const TlMessageCriteria *criteria)
{
  g_return_if_fail (TL_IS_MESSAGE_FILTER (self));
  g_return_if_fail (criteria != NULL);

  if (tl_message_criteria_equal (&self->criteria, criteria))
    return;
  tl_message_criteria_copy (&self->criteria, criteria);
  refilter (self);
}

const TlMessageCriteria *
tl_message_filter_get_criteria (TlMessageFilter *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE_FILTER (self), NULL);
  return &self->criteria;
}

gboolean
tl_message_filter_get_pending (TlMessageFilter *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE_FILTER (self), FALSE);
  return self->pending;
}

guint
tl_message_filter_get_n_seen (TlMessageFilter *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE_FILTER (self), 0);

  if (self->asking)
    return 0;
  return self->index != NULL ? tl_row_index_get_n_seen (self->index) : self->n_items;
}
