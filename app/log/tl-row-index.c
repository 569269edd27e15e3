/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows of a source fulfil a condition, kept in step with the source without holding up a frame. */

#include "tl-row-index.h"

#define SLICE_US 4000
/* Behind drawing (GDK_PRIORITY_REDRAW), which has its turn in every frame. */
#define SLICE_PRIORITY (G_PRIORITY_HIGH_IDLE + 30)
/* So many rows that are replaced are looked at at once: more than a source reads from disk in one piece. */
#define MAX_AT_ONCE 8192

struct _TlRowIndex
{
  TlMessageSource *source;
  TlRowPredicate predicate;
  TlRowIndexFunc changed;
  gpointer user_data;

  /* Positions plus `base`, in guint arithmetic: what leaves the front of the source costs no walk over the rest. */
  GArray *rows;
  guint base;
  guint scanned;            /* rows of the source, from the front, that have been looked at */
  guint slice_id;
  gboolean waiting;         /* for the source to read the next row */
  gboolean looks_back;      /* at the row before as well */
};

#define ROW(self, n) (g_array_index ((self)->rows, guint, (n)) - (self)->base)

/* Whether all that the predicate looks at is at hand. */
static gboolean
is_ready (TlRowIndex *self,
          guint       position)
{
  return tl_message_source_is_ready (self->source, position) &&
         (!self->looks_back || position == 0 || tl_message_source_is_ready (self->source, position - 1));
}

static void
scan (TlRowIndex *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->source));
  gint64 deadline = g_get_monotonic_time () + SLICE_US;

  for (guint n = 1; self->scanned < n_items; n++)
    {
      guint row = self->base + self->scanned;

      self->waiting = !is_ready (self, self->scanned);
      if (self->waiting)
        break;
      if (self->predicate (self->source, self->scanned, self->user_data))
        g_array_append_val (self->rows, row);
      self->scanned++;
      if (n % 8 == 0 && g_get_monotonic_time () > deadline)
        break;
    }
}

static gboolean slice_cb (gpointer user_data);

static void
scan_on (TlRowIndex *self)
{
  scan (self);
  if (!self->waiting && self->scanned < g_list_model_get_n_items (G_LIST_MODEL (self->source)))
    self->slice_id = g_idle_add_full (SLICE_PRIORITY, slice_cb, self, NULL);
}

static gboolean
slice_cb (gpointer user_data)
{
  TlRowIndex *self = user_data;
  guint n_rows = self->rows->len;

  self->slice_id = 0;
  scan_on (self);
  if (self->rows->len > n_rows || !tl_row_index_is_pending (self))
    self->changed (self, n_rows, 0, self->rows->len - n_rows, self->user_data);

  return G_SOURCE_REMOVE;
}

/* In a slice of its own: the source is in the middle of telling of rows. */
static void
ready_cb (TlRowIndex *self)
{
  if (!self->waiting)
    return;
  self->waiting = FALSE;
  self->slice_id = g_idle_add_full (SLICE_PRIORITY, slice_cb, self, NULL);
}

/* Looks at what has not been looked at, now or, if there is a lot of it, in the next slices. */
static void
scan_tail (TlRowIndex *self)
{
  if (!tl_row_index_is_pending (self))
    scan_on (self);
}

/* The end of what has been looked at was replaced, or something was added behind it. */
static void
change_end (TlRowIndex *self,
            guint       position)
{
  gboolean was_pending = tl_row_index_is_pending (self);
  guint first = tl_row_index_find (self, position);
  guint removed = self->rows->len - first;

  g_array_set_size (self->rows, first);
  self->scanned = position;
  scan_tail (self);
  if (removed > 0 || self->rows->len > first || was_pending != tl_row_index_is_pending (self))
    self->changed (self, first, removed, self->rows->len - first, self->user_data);
}

/* A row that was replaced. One that is not at hand is what it was: a source that reads from disk tells of rows as replaced when they have come, and only
 * how they are shown has changed. */
static gboolean
row_passes (TlRowIndex *self,
            guint       position,
            gboolean    passed)
{
  return is_ready (self, position) ? self->predicate (self->source, position, self->user_data) : passed;
}

static void
change_middle (TlRowIndex *self,
               guint       position,
               guint       removed,
               guint       added)
{
  guint first = tl_row_index_find (self, position);
  guint n_removed = tl_row_index_find (self, position + removed) - first;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint));
  guint next = 0;

  for (guint i = position; i < position + added; i++)
    {
      guint row = self->base + i;
      gboolean passed = removed == added && next < n_removed && ROW (self, first + next) == i;

      next += passed;
      if (row_passes (self, i, passed))
        g_array_append_val (rows, row);
    }

  if (n_removed > 0)
    g_array_remove_range (self->rows, first, n_removed);
  if (position == 0 && added == 0)
    self->base += removed;
  else if (added != removed)
    for (guint i = first; i < self->rows->len; i++)
      g_array_index (self->rows, guint, i) += added - removed;
  self->scanned += added - removed;

  if (rows->len > 0)
    g_array_insert_vals (self->rows, first, rows->data, rows->len);

  if (n_removed > 0 || rows->len > 0)
    self->changed (self, first, n_removed, rows->len, self->user_data);
}

static void
items_changed_cb (GListModel *source,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  TlRowIndex *self = user_data;

  if (position > self->scanned || (position == self->scanned && tl_row_index_is_pending (self)))
    return;
  if (removed == added && added <= MAX_AT_ONCE && position + removed <= self->scanned)
    change_middle (self, position, removed, added);
  else if (position + removed >= self->scanned)
    change_end (self, position);
  else
    change_middle (self, position, removed, added);
  if (self->looks_back && position + added < self->scanned)
    change_middle (self, position + added, 1, 1);
}

static TlRowIndex *
new_index (TlMessageSource *source,
           TlRowPredicate   predicate,
           gboolean         looks_back,
           TlRowIndexFunc   changed,
           gpointer         user_data)
{
  TlRowIndex *self = g_new0 (TlRowIndex, 1);

  self->looks_back = looks_back;
  self->source = g_object_ref (source);
  self->predicate = predicate;
  self->changed = changed;
  self->user_data = user_data;
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  g_signal_connect (source, "items-changed", G_CALLBACK (items_changed_cb), self);
  g_signal_connect_swapped (source, "ready", G_CALLBACK (ready_cb), self);
  scan_tail (self);

  return self;
}

TlRowIndex *
tl_row_index_new (TlMessageSource *source,
                  TlRowPredicate   predicate,
                  TlRowIndexFunc   changed,
                  gpointer         user_data)
{
  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (source), NULL);
  return new_index (source, predicate, FALSE, changed, user_data);
}

TlRowIndex *
tl_row_index_new_looking_back (TlMessageSource *source,
                               TlRowPredicate   predicate,
                               TlRowIndexFunc   changed,
                               gpointer         user_data)
{
  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (source), NULL);
  return new_index (source, predicate, TRUE, changed, user_data);
}

void
tl_row_index_free (TlRowIndex *self)
{
  if (self == NULL)
    return;

  g_clear_handle_id (&self->slice_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->source, self);
  g_object_unref (self->source);
  g_array_unref (self->rows);
  g_free (self);
}

guint
tl_row_index_get_n_rows (TlRowIndex *self)
{
  return self->rows->len;
}

gboolean
tl_row_index_is_pending (TlRowIndex *self)
{
  return self->slice_id != 0 || self->waiting;
}

guint
tl_row_index_get_n_seen (TlRowIndex *self)
{
  return self->scanned;
}

void
tl_row_index_reconsider (TlRowIndex *self,
                         guint       position,
                         guint       n)
{
  n = position < self->scanned ? MIN (n, self->scanned - position) : 0;
  if (n > 0)
    change_middle (self, position, n, n);
}

void
tl_row_index_drop_first (TlRowIndex *self,
                         guint       n)
{
  g_return_if_fail (n <= self->rows->len);

  g_array_remove_range (self->rows, 0, n);
  self->changed (self, 0, n, 0, self->user_data);
}

guint
tl_row_index_get_position (TlRowIndex *self,
                           guint       n)
{
  g_return_val_if_fail (n < self->rows->len, G_MAXUINT);
  return ROW (self, n);
}

guint
tl_row_index_find (TlRowIndex *self,
                   guint       position)
{
  guint low = 0;
  guint high = self->rows->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (ROW (self, middle) < position)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}
