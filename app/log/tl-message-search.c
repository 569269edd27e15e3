/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds a pattern in all rows of a source, and goes on finding. */

#include "tl-message-search.h"

#include "tl-row-ids.h"
#include "tl-row-index.h"

#define NOTIFY_MS 100

struct _TlMessageSearch
{
  GObject parent_instance;

  TlMessageSource *source;
  TlRowIndex *index;     /* NULL while nothing is searched for */
  TlPattern *pattern;
  guint n_matches;       /* as was last told */
  guint current;
  guint64 start;         /* the id of a row that is to be the current one; 0: none */
  gboolean busy;
  TlRowIds undecided;
  guint told_id;         /* how many those are will be told */
};

enum {
  PROP_0,
  PROP_N_MATCHES,
  PROP_CURRENT,
  PROP_BUSY,
  PROP_N_UNDECIDED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlMessageSearch, tl_message_search, G_TYPE_OBJECT)

static gboolean
tell_undecided_cb (gpointer user_data)
{
  TlMessageSearch *self = user_data;

  self->told_id = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNDECIDED]);
  return G_SOURCE_REMOVE;
}

/* Not now: rows are being looked at, or are about to go. */
static void
undecided_changed (TlMessageSearch *self)
{
  if (self->told_id == 0)
    self->told_id = g_timeout_add (NOTIFY_MS, tell_undecided_cb, self);
}

static gboolean
row_matches (TlMessageSource *source,
             guint            position,
             gpointer         user_data)
{
  TlMessageSearch *self = user_data;
  g_autoptr (GBytes) bytes = NULL;
  TlPatternVerdict verdict = TL_PATTERN_ABSENT;
  TlMessageInfo info;
  gboolean changed;

  if (!tl_message_source_peek (source, position, &info))
    return FALSE;
  if (info.length >= tl_pattern_get_min_length (self->pattern))
    bytes = tl_message_source_dup_bytes (source, position);
  if (bytes != NULL)
    verdict = tl_pattern_judge (self->pattern, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (verdict == TL_PATTERN_GAVE_UP)
    changed = tl_row_ids_add (&self->undecided, source, info.id);
  else
    changed = !tl_row_ids_is_empty (&self->undecided) && tl_row_ids_remove (&self->undecided, info.id);
  if (changed)
    undecided_changed (self);
  return verdict == TL_PATTERN_PRESENT;
}

static void
source_changed_cb (TlMessageSearch *self,
                   guint            position,
                   guint            removed,
                   guint            added)
{
  if (removed > 0 && tl_row_ids_forget (&self->undecided, self->source, position, added))
    undecided_changed (self);
}

static void
set_current (TlMessageSearch *self,
             guint            current)
{
  if (self->current == current)
    return;
  self->current = current;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

/* Where the current match stands after a change; one that was replaced in place stays the current one. */
static guint
move_current (guint current,
              guint position,
              guint removed,
              guint added)
{
  if (current <= position)
    return current;
  if (current > position + removed)
    return current + added - removed;
  return current <= position + added ? current : 0;
}

static void
look_for_start (TlMessageSearch *self)
{
  guint position, n;

  if (self->start == 0 || self->index == NULL || !tl_message_source_find_id (self->source, self->start, &position))
    return;
  n = tl_row_index_find (self->index, position);
  if (n == tl_row_index_get_n_rows (self->index) || tl_row_index_get_position (self->index, n) != position)
    return;
  self->start = 0;
  set_current (self, n + 1);
}

static void
index_changed_cb (TlRowIndex *index,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  g_autoptr (TlMessageSearch) self = g_object_ref (TL_MESSAGE_SEARCH (user_data));
  gboolean busy = tl_row_index_is_pending (index);

  g_object_freeze_notify (G_OBJECT (self));
  set_current (self, move_current (self->current, position, removed, added));
  self->n_matches += added - removed;
  look_for_start (self);
  if (removed > 0 || added > 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_MATCHES]);
  if (self->busy != busy)
    {
      self->busy = busy;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
tl_message_search_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  TlMessageSearch *self = TL_MESSAGE_SEARCH (object);

  switch (property_id)
    {
    case PROP_N_MATCHES:
      g_value_set_uint (value, self->n_matches);
      break;
    case PROP_CURRENT:
      g_value_set_uint (value, self->current);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_N_UNDECIDED:
      g_value_set_uint (value, tl_message_search_get_n_undecided (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_message_search_dispose (GObject *object)
{
  TlMessageSearch *self = TL_MESSAGE_SEARCH (object);

  g_clear_handle_id (&self->told_id, g_source_remove);
  g_clear_pointer (&self->index, tl_row_index_free);
  g_clear_object (&self->source);

  G_OBJECT_CLASS (tl_message_search_parent_class)->dispose (object);
}

static void
tl_message_search_finalize (GObject *object)
{
  TlMessageSearch *self = TL_MESSAGE_SEARCH (object);

  g_clear_pointer (&self->pattern, tl_pattern_unref);
  tl_row_ids_clear (&self->undecided);

  G_OBJECT_CLASS (tl_message_search_parent_class)->finalize (object);
}

static void
tl_message_search_class_init (TlMessageSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_message_search_get_property;
  object_class->dispose = tl_message_search_dispose;
  object_class->finalize = tl_message_search_finalize;

  properties[PROP_N_MATCHES] = g_param_spec_uint ("n-matches", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_CURRENT] = g_param_spec_uint ("current", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_N_UNDECIDED] = g_param_spec_uint ("n-undecided", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_message_search_init (TlMessageSearch *self)
{
  tl_row_ids_init (&self->undecided);
}

TlMessageSearch *
tl_message_search_new (TlMessageSource *source)
{
  TlMessageSearch *self;

  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (source), NULL);

  self = g_object_new (TL_TYPE_MESSAGE_SEARCH, NULL);
  self->source = g_object_ref (source);
  g_signal_connect_object (source, "items-changed", G_CALLBACK (source_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

void
tl_message_search_set_pattern (TlMessageSearch *self,
                               TlPattern       *pattern)
{
  gboolean busy;

  g_return_if_fail (TL_IS_MESSAGE_SEARCH (self));

  if (tl_pattern_equal (self->pattern, pattern))
    return;

  self->start = 0;
  g_clear_pointer (&self->index, tl_row_index_free);
  g_clear_pointer (&self->pattern, tl_pattern_unref);
  if (!tl_row_ids_is_empty (&self->undecided))
    undecided_changed (self);
  tl_row_ids_empty (&self->undecided);
  if (pattern != NULL)
    {
      self->pattern = tl_pattern_ref (pattern);
      self->index = tl_row_index_new (self->source, row_matches, index_changed_cb, self);
    }

  g_object_freeze_notify (G_OBJECT (self));
  busy = self->index != NULL && tl_row_index_is_pending (self->index);
  self->n_matches = self->index != NULL ? tl_row_index_get_n_rows (self->index) : 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_MATCHES]);
  set_current (self, 0);
  if (self->busy != busy)
    {
      self->busy = busy;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
tl_message_search_set_start (TlMessageSearch *self,
                             guint64          id)
{
  g_return_if_fail (TL_IS_MESSAGE_SEARCH (self));

  self->start = id;
  look_for_start (self);
}

gboolean
tl_message_search_step (TlMessageSearch *self,
                        gboolean         forward,
                        guint           *position)
{
  guint current;

  g_return_val_if_fail (TL_IS_MESSAGE_SEARCH (self), FALSE);
  g_return_val_if_fail (position != NULL, FALSE);

  if (self->n_matches == 0)
    return FALSE;

  if (forward)
    current = self->current < self->n_matches ? self->current + 1 : 1;
  else
    current = self->current > 1 ? self->current - 1 : self->n_matches;
  self->start = 0;
  *position = tl_row_index_get_position (self->index, current - 1);
  set_current (self, current);

  return TRUE;
}

guint
tl_message_search_get_n_matches (TlMessageSearch *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE_SEARCH (self), 0);
  return self->n_matches;
}

guint
tl_message_search_get_current (TlMessageSearch *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE_SEARCH (self), 0);
  return self->current;
}

guint
tl_message_search_get_n_undecided (TlMessageSearch *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE_SEARCH (self), 0);
  return tl_row_ids_count (&self->undecided, self->source);
}

gboolean
tl_message_search_get_busy (TlMessageSearch *self)
{
  g_return_val_if_fail (TL_IS_MESSAGE_SEARCH (self), FALSE);
  return self->busy;
}

gboolean
tl_message_search_matches_id (TlMessageSearch *self,
                              guint64          id)
{
  TlMessageInfo info;
  guint position, n;

  g_return_val_if_fail (TL_IS_MESSAGE_SEARCH (self), FALSE);

  if (self->n_matches == 0 || !tl_message_source_find_id (self->source, id, &position) ||
      !tl_message_source_peek (self->source, position, &info) || info.id != id)
    return FALSE;

  n = tl_row_index_find (self->index, position);
  return n < tl_row_index_get_n_rows (self->index) && tl_row_index_get_position (self->index, n) == position;
}
