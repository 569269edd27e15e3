/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Equal messages that follow one another, as one row. */

#include "tl-collapse-model.h"

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
  TlIndexedRows parent_instance;

  guint last_count;     /* messages of the last row, as was last told */
  GArray *unfolded;
};

enum {
  PROP_0,
  PROP_ACTIVE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlCollapseModel, tl_collapse_model, TL_TYPE_INDEXED_ROWS)

static TlMessageSource *
get_source (TlCollapseModel *self)
{
  return tl_indexed_rows_get_source (TL_INDEXED_ROWS (self));
}

/* Of the first rows; NULL while not active. */
static TlRowIndex *
get_index (TlCollapseModel *self)
{
  return tl_indexed_rows_get_index (TL_INDEXED_ROWS (self));
}

static void
tell (TlCollapseModel *self,
      guint            position,
      guint            removed,
      guint            added)
{
  tl_indexed_rows_tell (TL_INDEXED_ROWS (self), position, removed, added);
}

static guint
count_rows (TlCollapseModel *self)
{
  return tl_indexed_rows_get_n_items (TL_INDEXED_ROWS (self));
}

static gboolean
tl_collapse_model_find_row (TlIndexedRows *rows,
                            guint          source_position,
                            guint         *position)
{
  return tl_collapse_model_find (TL_COLLAPSE_MODEL (rows), source_position, position);
}

/* What a row reads as is the source's to know, see origin. */
static gboolean
tl_collapse_model_find_exactly (TlIndexedRows *rows,
                                guint          source_position,
                                guint         *position)
{
  *position = source_position;
  return tl_indexed_rows_get_index (rows) == NULL;
}

static guint
count_last (TlCollapseModel *self)
{
  guint first, n_rows;

  return count_rows (self) > 0 && tl_collapse_model_get_range (self, count_rows (self) - 1, &first, &n_rows) ? n_rows : 0;
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
    tell (self, count_rows (self) - 1, 1, 1);
}

static void
index_changed_cb (TlRowIndex *index,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  TlCollapseModel *self = user_data;
  const gboolean appended = removed == 0 && position == count_rows (self);
  guint first, n_rows;

  tell (self, position, removed, added);
  /* The row before ends elsewhere now; behind the last one that is seldom so. */
  if (position > 0 && (removed > 0 || added > 0) && tl_collapse_model_get_range (self, position - 1, &first, &n_rows) &&
      (!appended || n_rows != self->last_count))
    tell (self, position - 1, 1, 1);
  if (added > 0 && position + added == count_rows (self))
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
  if (get_index (self) == NULL)
    tell (self, position, removed, added);
}

/* Behind the index, which tells of new rows only. */
static void
source_grown_cb (TlCollapseModel *self)
{
  if (get_index (self) != NULL)
    update_last (self);
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
      g_value_set_boolean (value, get_index (self) != NULL);
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

  if (get_source (self) != NULL)
    {
      g_signal_handlers_disconnect_by_func (get_source (self), source_changed_cb, self);
      g_signal_handlers_disconnect_by_func (get_source (self), source_grown_cb, self);
    }
  G_OBJECT_CLASS (tl_collapse_model_parent_class)->dispose (object);
}

static void
tl_collapse_model_finalize (GObject *object)
{
  TlCollapseModel *self = TL_COLLAPSE_MODEL (object);

  g_array_unref (self->unfolded);
  G_OBJECT_CLASS (tl_collapse_model_parent_class)->finalize (object);
}

static void
tl_collapse_model_class_init (TlCollapseModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  TlIndexedRowsClass *rows_class = TL_INDEXED_ROWS_CLASS (klass);

  object_class->get_property = tl_collapse_model_get_property;
  object_class->set_property = tl_collapse_model_set_property;
  object_class->dispose = tl_collapse_model_dispose;
  object_class->finalize = tl_collapse_model_finalize;

  rows_class->find = tl_collapse_model_find_row;
  rows_class->find_exactly = tl_collapse_model_find_exactly;

  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_READWRITE);
  g_object_class_install_properties (object_class, N_PROPS, properties);
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
  tl_indexed_rows_set_source (TL_INDEXED_ROWS (self), source);
  tell (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (source)));
  g_signal_connect_swapped (source, "items-changed", G_CALLBACK (source_changed_cb), self);
  g_signal_connect_data (source, "items-changed", G_CALLBACK (source_grown_cb), self, NULL, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  return self;
}

void
tl_collapse_model_set_active (TlCollapseModel *self,
                              gboolean         active)
{
  TlIndexedRows *rows = TL_INDEXED_ROWS (self);

  g_return_if_fail (TL_IS_COLLAPSE_MODEL (self));

  if ((get_index (self) != NULL) == !!active)
    return;
  tl_indexed_rows_set_index (rows, NULL);
  g_array_set_size (self->unfolded, 0);
  if (active)
    tl_indexed_rows_set_index (rows, tl_row_index_new_looking_back (get_source (self), is_first, index_changed_cb, self));
  tl_indexed_rows_replace (rows, active ? tl_row_index_get_n_rows (get_index (self)) : g_list_model_get_n_items (G_LIST_MODEL (get_source (self))));
  self->last_count = count_last (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

gboolean
tl_collapse_model_get_active (TlCollapseModel *self)
{
  g_return_val_if_fail (TL_IS_COLLAPSE_MODEL (self), FALSE);
  return get_index (self) != NULL;
}

gboolean
tl_collapse_model_get_range (TlCollapseModel *self,
                             guint            position,
                             guint           *first,
                             guint           *n_rows)
{
  g_return_val_if_fail (TL_IS_COLLAPSE_MODEL (self), FALSE);

  if (!tl_indexed_rows_to_source (TL_INDEXED_ROWS (self), position, first))
    return FALSE;
  *n_rows = 1;
  if (get_index (self) != NULL)
    *n_rows = (position + 1 < tl_row_index_get_n_rows (get_index (self)) ? tl_row_index_get_position (get_index (self), position + 1)
                                                                    : tl_row_index_get_end (get_index (self))) - *first;
  return TRUE;
}

gboolean
tl_collapse_model_find (TlCollapseModel *self,
                        guint            source_position,
                        guint           *position)
{
  guint n;

  g_return_val_if_fail (TL_IS_COLLAPSE_MODEL (self), FALSE);

  if (get_index (self) == NULL)
    {
      *position = source_position;
      return source_position < count_rows (self);
    }
  if (source_position >= tl_row_index_get_end (get_index (self)))
    return FALSE;
  n = tl_row_index_find (get_index (self), source_position + 1);
  if (n == 0 || n > count_rows (self))
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

  if (get_index (self) == NULL || !tl_collapse_model_get_range (self, position, &first, &n_rows) || n_rows < 2)
    return;
  n_rows = MIN (n_rows, TL_COLLAPSE_MAX_UNFOLDED);
  unfolded.first = tl_message_source_get_id (get_source (self), first);
  unfolded.last = tl_message_source_get_id (get_source (self), first + n_rows - 1);
  if (self->unfolded->len == MAX_UNFOLDED_ROWS)
    g_array_remove_index (self->unfolded, 0);
  g_array_append_val (self->unfolded, unfolded);
  tl_row_index_reconsider (get_index (self), first, n_rows);
}
