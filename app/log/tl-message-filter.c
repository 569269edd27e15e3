/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a source that fulfil what is asked for. */

#include "tl-message-filter.h"

#include "tl-row-ids.h"

struct _TlMessageFilter
{
  TlIndexedRows parent_instance;

  TlMessageCriteria criteria;
  TlDayClock clock;
  gint64 earliest;      /* of the last minutes: the first µs that passes */
  TlRowIds calls;       /* those that do not pass */
  TlRowIds undecided;   /* those on which the pattern gave up */
  gboolean live;
  guint old_id;         /* once a second, while the last minutes of a live source are shown */
  gboolean asking;      /* for the last row of the source, which tells when they begin */
};

enum {
  PROP_0,
  PROP_SOURCE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlMessageFilter, tl_message_filter, TL_TYPE_INDEXED_ROWS)

static TlMessageSource *
get_source (TlMessageFilter *self)
{
  return tl_indexed_rows_get_source (TL_INDEXED_ROWS (self));
}

/* NULL while everything passes. */
static TlRowIndex *
get_index (TlMessageFilter *self)
{
  return tl_indexed_rows_get_index (TL_INDEXED_ROWS (self));
}

static gboolean
tl_message_filter_find (TlIndexedRows *rows,
                        guint          source_position,
                        guint         *position)
{
  TlRowIndex *index = tl_indexed_rows_get_index (rows);
  const guint found = index != NULL ? tl_row_index_find (index, source_position) : source_position;

  if (found >= tl_indexed_rows_get_n_items (rows))
    return FALSE;
  *position = found;
  return TRUE;
}

static gboolean
tl_message_filter_find_exactly (TlIndexedRows *rows,
                                guint          source_position,
                                guint         *position)
{
  TlRowIndex *index = tl_indexed_rows_get_index (rows);

  *position = index != NULL ? tl_row_index_find (index, source_position) : source_position;
  return index == NULL || tl_row_index_get_position (index, *position) == source_position;
}

static void
passed_through_cb (TlMessageFilter *self,
                   guint            position,
                   guint            removed,
                   guint            added)
{
  tl_indexed_rows_tell (TL_INDEXED_ROWS (self), position, removed, added);
}

static void
index_changed_cb (TlRowIndex *index,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  tl_indexed_rows_tell (user_data, position, removed, added);
}

/* Moves on to the newest row, by whole seconds: rows that have become too old go once a second, and not at each change, which would have all the rows of a list
 * made anew. FALSE: the newest row has to be read first. */
static gboolean
move_earliest (TlMessageFilter *self)
{
  TlMessageSource *source = get_source (self);
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (source));
  gint64 end = self->live ? g_get_real_time () : G_MININT64;
  TlMessageInfo info;

  if (n > 0 && !tl_message_source_is_ready (source, n - 1))
    return FALSE;
  if (n > 0 && tl_message_source_peek (source, n - 1, &info))
    end = MAX (end, info.time);
  /* Where somebody sets the clock back, what comes then is the newest all the same. */
  if (n == 0 || self->live)
    self->earliest = G_MININT64;
  if (end != G_MININT64)
    self->earliest = MAX (self->earliest, end / G_USEC_PER_SEC * G_USEC_PER_SEC - self->criteria.time.from);
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
  TlMessageSource *source = get_source (self);
  TlRowIndex *index = get_index (self);
  TlMessageInfo info;
  guint n = 0;

  if (index == NULL)
    return;
  while (n < tl_row_index_get_n_rows (index) && tl_message_source_is_ready (source, tl_row_index_get_position (index, n)) &&
         tl_message_source_peek (source, tl_row_index_get_position (index, n), &info) && info.time < self->earliest)
    n++;
  if (n > 0)
    tl_row_index_drop_first (index, n);
}

static gboolean
old_cb (gpointer user_data)
{
  newer_cb (user_data);
  drop_old_cb (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
passes (TlMessageSource *source,
        guint            position,
        gpointer         user_data)
{
  TlMessageFilter *self = user_data;
  gboolean gave_up;
  const gboolean passes = tl_message_criteria_match (&self->criteria, source, position, self->earliest, &self->clock, &gave_up);
  TlMessageInfo info;

  if (!passes && tl_message_source_peek (source, position, &info) && info.kind == TL_MESSAGE_CALL)
    tl_row_ids_add (&self->calls, source, info.id);
  else if (passes && !tl_row_ids_is_empty (&self->calls))
    tl_row_ids_remove (&self->calls, tl_message_source_get_id (source, position));
  if (gave_up)
    tl_row_ids_add (&self->undecided, source, tl_message_source_get_id (source, position));
  else if (!tl_row_ids_is_empty (&self->undecided))
    tl_row_ids_remove (&self->undecided, tl_message_source_get_id (source, position));
  return passes;
}

/* Before the index looks at those that are new: in a stream that grows, its last row has another id each time. */
static void
source_changed_cb (TlMessageFilter *self,
                   guint            position,
                   guint            removed,
                   guint            added)
{
  if (removed == 0)
    return;
  tl_row_ids_forget (&self->calls, get_source (self), position, added);
  tl_row_ids_forget (&self->undecided, get_source (self), position, added);
}

static void
disconnect_source (TlMessageFilter *self)
{
  TlMessageSource *source = get_source (self);

  tl_indexed_rows_set_index (TL_INDEXED_ROWS (self), NULL);
  tl_indexed_rows_set_waiting (TL_INDEXED_ROWS (self), FALSE);
  g_clear_handle_id (&self->old_id, g_source_remove);
  tl_row_ids_empty (&self->calls);
  tl_row_ids_empty (&self->undecided);
  self->asking = FALSE;
  if (source == NULL)
    return;
  g_signal_handlers_disconnect_by_func (source, passed_through_cb, self);
  g_signal_handlers_disconnect_by_func (source, source_changed_cb, self);
  g_signal_handlers_disconnect_by_func (source, newer_cb, self);
  g_signal_handlers_disconnect_by_func (source, drop_old_cb, self);
}

static void
look_through (TlMessageFilter *self)
{
  TlMessageSource *source = get_source (self);
  const gboolean moves = self->criteria.time.kind == TL_TIME_LAST;

  self->earliest = G_MININT64;
  self->asking = moves && !move_earliest (self);
  tl_indexed_rows_set_waiting (TL_INDEXED_ROWS (self), self->asking);
  if (self->asking)
    return;
  g_signal_connect_swapped (source, "items-changed", G_CALLBACK (source_changed_cb), self);
  if (moves)
    g_signal_connect_swapped (source, "items-changed", G_CALLBACK (newer_cb), self);
  tl_indexed_rows_set_index (TL_INDEXED_ROWS (self), tl_row_index_new_newest_first (source, passes, index_changed_cb, self));
  if (moves && self->live)
    self->old_id = g_timeout_add_seconds (1, old_cb, self);
  if (moves)
    g_signal_connect_data (source, "items-changed", G_CALLBACK (drop_old_cb), self, NULL, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
}

static void
refilter (TlMessageFilter *self)
{
  TlMessageSource *source = get_source (self);
  guint n_items = 0;

  disconnect_source (self);
  if (source != NULL && tl_message_criteria_pass_all (&self->criteria))
    {
      g_signal_connect_swapped (source, "items-changed", G_CALLBACK (passed_through_cb), self);
      n_items = g_list_model_get_n_items (G_LIST_MODEL (source));
    }
  else if (source != NULL)
    {
      look_through (self);
      n_items = get_index (self) != NULL ? tl_row_index_get_n_rows (get_index (self)) : 0;
    }
  tl_indexed_rows_replace (TL_INDEXED_ROWS (self), n_items);
}

static void
tl_message_filter_source_ready (TlIndexedRows *rows)
{
  if (TL_MESSAGE_FILTER (rows)->asking)
    refilter (TL_MESSAGE_FILTER (rows));
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
      g_value_set_object (value, get_source (self));
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
  disconnect_source (TL_MESSAGE_FILTER (object));

  G_OBJECT_CLASS (tl_message_filter_parent_class)->dispose (object);
}

static void
tl_message_filter_finalize (GObject *object)
{
  TlMessageFilter *self = TL_MESSAGE_FILTER (object);

  tl_message_criteria_clear (&self->criteria);
  tl_day_clock_clear (&self->clock);
  tl_row_ids_clear (&self->calls);
  tl_row_ids_clear (&self->undecided);
  G_OBJECT_CLASS (tl_message_filter_parent_class)->finalize (object);
}

static void
tl_message_filter_class_init (TlMessageFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  TlIndexedRowsClass *rows_class = TL_INDEXED_ROWS_CLASS (klass);

  object_class->get_property = tl_message_filter_get_property;
  object_class->set_property = tl_message_filter_set_property;
  object_class->dispose = tl_message_filter_dispose;
  object_class->finalize = tl_message_filter_finalize;
  rows_class->find = tl_message_filter_find;
  rows_class->find_exactly = tl_message_filter_find_exactly;
  rows_class->source_ready = tl_message_filter_source_ready;

  properties[PROP_SOURCE] = g_param_spec_object ("source", NULL, NULL, TL_TYPE_MESSAGE_SOURCE, G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_READWRITE);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_message_filter_init (TlMessageFilter *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  self->criteria = (TlMessageCriteria) TL_MESSAGE_CRITERIA_INIT;
  tl_row_ids_init (&self->calls);
  tl_row_ids_init (&self->undecided);
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

  if (get_source (self) == source)
    return;
  disconnect_source (self);
  tl_indexed_rows_set_source (TL_INDEXED_ROWS (self), source);
  refilter (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOURCE]);
}

void
tl_message_filter_set_live (TlMessageFilter *self,
                            gboolean         live)
{
  g_return_if_fail (TL_IS_MESSAGE_FILTER (self));

  if (self->live == !!live)
    return;
  self->live = !!live;
  if (self->criteria.time.kind == TL_TIME_LAST)
    refilter (self);
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
  return tl_indexed_rows_get_pending (TL_INDEXED_ROWS (self));
}

guint
tl_message_filter_get_n_calls (TlMessageFilter *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE_FILTER (self), 0);

  return tl_row_ids_count (&self->calls, get_source (self));
}

guint
tl_message_filter_get_n_undecided (TlMessageFilter *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE_FILTER (self), 0);

  return tl_row_ids_count (&self->undecided, get_source (self));
}

guint
tl_message_filter_get_n_seen (TlMessageFilter *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE_FILTER (self), 0);

  if (self->asking)
    return 0;
  return get_index (self) != NULL ? tl_row_index_get_n_seen (get_index (self)) : tl_indexed_rows_get_n_items (TL_INDEXED_ROWS (self));
}
