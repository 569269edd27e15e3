/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows of a source fulfil a condition, kept in step with the source without holding up a frame. */

#include "tl-row-index.h"

#include "tl-turn.h"

#define SLICE_US 4000
/* So many rows that are replaced are looked at at once: more than a source reads from disk in one piece. */
#define MAX_AT_ONCE 8192
/* More rows that come in at the front are looked at in slices. */
#define MAX_AT_FRONT 64
/* What is found towards the front moves all rows of a list, and is told of no more often. */
#define TELL_US (50 * G_TIME_SPAN_MILLISECOND)

/* Rows of the source from @from to before @to have been looked at, and told of; then those behind them are, and then those before them, backwards. */
struct _TlRowIndex
{
  TlMessageSource *source;
  TlRowPredicate predicate;
  TlRowIndexFunc changed;
  gpointer user_data;

  /* Positions plus `base`, in guint arithmetic: what leaves the front of the source costs no walk over the rest. */
  GArray *rows;
  GArray *found;            /* the same of rows before @from, the last first: not told of yet */
  guint base;
  guint from;
  guint to;
  guint looked;             /* rows before @from that have been looked at begin here */
  gint64 told;              /* when */
  guint slice_id;
  gboolean newest_first;
  gboolean waiting;         /* for the source to read the next row */
  gboolean looks_back;      /* at the row before as well */
};

#define ROW(self, n) (g_array_index ((self)->rows, guint, (n)) - (self)->base)

static guint
count_source (TlRowIndex *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->source));
}

/* Whether all that the predicate looks at is at hand. */
static gboolean
is_ready (TlRowIndex *self,
          guint       position)
{
  return tl_message_source_is_ready (self->source, position) &&
         (!self->looks_back || position == 0 || tl_message_source_is_ready (self->source, position - 1));
}

/* Looks at a row, which becomes one of @rows. FALSE: it has to be read first. */
static gboolean
look (TlRowIndex *self,
      guint       position,
      GArray     *rows)
{
  guint row = self->base + position;

  self->waiting = !is_ready (self, position);
  if (!self->waiting && self->predicate (self->source, position, self->user_data))
    g_array_append_val (rows, row);
  return !self->waiting;
}

static void
scan (TlRowIndex *self)
{
  const guint n_items = count_source (self);
  const gint64 deadline = g_get_monotonic_time () + SLICE_US;

  for (guint n = 1; self->to < n_items && look (self, self->to, self->rows); n++)
    {
      self->to++;
      if (n % 8 == 0 && g_get_monotonic_time () > deadline)
        return;
    }
  if (self->waiting)
    return;
  for (guint n = 1; self->looked > 0 && look (self, self->looked - 1, self->found); n++)
    {
      self->looked--;
      if (n % 8 == 0 && g_get_monotonic_time () > deadline)
        return;
    }
}

/* What was found before the other rows becomes part of them. Returns how many. */
static guint
take_found (TlRowIndex *self)
{
  const guint n = self->found->len;
  guint *rows = (guint *) (gpointer) self->found->data;

  for (guint i = 0; i < n / 2; i++)
    {
      const guint row = rows[i];

      rows[i] = rows[n - 1 - i];
      rows[n - 1 - i] = row;
    }
  if (n > 0)
    g_array_insert_vals (self->rows, 0, rows, n);
  g_array_set_size (self->found, 0);
  self->from = self->looked;
  self->told = g_get_monotonic_time ();
  return n;
}

static void slice_cb (gpointer user_data);

static void
go_on (TlRowIndex *self)
{
  if (self->slice_id == 0 && !self->waiting && (self->to < count_source (self) || self->from > 0))
    self->slice_id = tl_turn_add (0, slice_cb, self);
}

static void
scan_on (TlRowIndex *self)
{
  scan (self);
  if (self->looked == 0 || g_get_monotonic_time () - self->told >= TELL_US)
    take_found (self);
  go_on (self);
}

/* Tells of one change only, after which the index may have been freed. */
static void
slice_cb (gpointer user_data)
{
  TlRowIndex *self = user_data;
  const guint n_rows = self->rows->len;
  guint n_found = 0;

  self->slice_id = 0;
  scan (self);
  if (self->rows->len == n_rows && (self->looked == 0 || g_get_monotonic_time () - self->told >= TELL_US))
    n_found = take_found (self);
  go_on (self);
  if (self->rows->len > n_rows || !tl_row_index_is_pending (self))
    self->changed (self, n_found > 0 ? 0 : n_rows, 0, self->rows->len - n_rows, self->user_data);
}

/* In a slice of its own: the source is in the middle of telling of rows. */
static void
ready_cb (TlRowIndex *self)
{
  if (!self->waiting)
    return;
  self->waiting = FALSE;
  self->slice_id = tl_turn_add (0, slice_cb, self);
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
  if (position <= self->from)
    {
      self->from = self->looked = self->newest_first ? count_source (self) : position;
      self->to = self->from;
      self->told = 0;
      g_array_set_size (self->found, 0);
    }
  else
    {
      self->to = position;
    }
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

/* Of rows that have been looked at, and from the row @first on. */
static void
move_rows (TlRowIndex *self,
           guint       first,
           guint       by)
{
  self->to += by;
  if (first == 0)
    {
      self->base -= by;
      for (guint i = 0; i < self->found->len && by != 0; i++)
        g_array_index (self->found, guint, i) -= by;
      return;
    }
  for (guint i = first; i < self->rows->len && by != 0; i++)
    g_array_index (self->rows, guint, i) += by;
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
      guint row = i;
      gboolean passed = removed == added && next < n_removed && ROW (self, first + next) == i;

      next += passed;
      if (row_passes (self, i, passed))
        g_array_append_val (rows, row);
    }

  if (n_removed > 0)
    g_array_remove_range (self->rows, first, n_removed);
  move_rows (self, first, added - removed);
  for (guint i = 0; i < rows->len; i++)
    g_array_index (rows, guint, i) += self->base;
  if (rows->len > 0)
    g_array_insert_vals (self->rows, first, rows->data, rows->len);

  if (n_removed > 0 || rows->len > 0)
    self->changed (self, first, n_removed, rows->len, self->user_data);
}

/* Some of the rows before those that were told of have changed, and maybe the first of these. */
static void
change_front (TlRowIndex *self,
              guint       position,
              guint       removed,
              guint       added)
{
  const gboolean was_pending = tl_row_index_is_pending (self);
  const guint n_removed = tl_row_index_find (self, position + removed);

  if (n_removed > 0)
    g_array_remove_range (self->rows, 0, n_removed);
  if (position + removed <= self->looked)
    {
      self->looked += added - removed;
    }
  else
    {
      /* What was found behind it stays. */
      while (self->found->len > 0 && g_array_index (self->found, guint, self->found->len - 1) - self->base < position + removed)
        g_array_set_size (self->found, self->found->len - 1);
      self->looked = position + added;
    }
  self->from = position + added + (self->from > position + removed ? self->from - position - removed : 0);
  self->to += added - removed;
  self->base -= added - removed;
  go_on (self);
  if (n_removed > 0 || was_pending != tl_row_index_is_pending (self))
    self->changed (self, 0, n_removed, 0, self->user_data);
}

static void
change (TlRowIndex *self,
        guint       position,
        guint       removed,
        guint       added)
{
  const guint end = position + removed;

  if (removed == added && added <= MAX_AT_ONCE && position >= self->from && end <= self->to)
    change_middle (self, position, removed, added);
  else if (end >= self->to && removed > 0)
    change_end (self, position);
  else if (position < self->from || (position == self->from && removed == 0 && (self->from > 0 || added > MAX_AT_FRONT) && self->to > 0))
    change_front (self, position, removed, added);
  else if (end >= self->to)
    change_end (self, position);
  else
    change_middle (self, position, removed, added);
}

static void
items_changed_cb (GListModel *source,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  TlRowIndex *self = user_data;
  const guint n_before = count_source (self) - added + removed;

  if (position >= self->to && (self->to < n_before || tl_row_index_is_pending (self)))
    {
      /* The rows before may have to be read first, these not. */
      if (self->waiting)
        ready_cb (self);
      return;
    }
  change (self, position, removed, added);
  if (self->looks_back && position + added >= self->from && position + added < self->to)
    change_middle (self, position + added, 1, 1);
}

static TlRowIndex *
new_index (TlMessageSource *source,
           TlRowPredicate   predicate,
           gboolean         newest_first,
           gboolean         looks_back,
           TlRowIndexFunc   changed,
           gpointer         user_data)
{
  TlRowIndex *self = g_new0 (TlRowIndex, 1);

  self->newest_first = newest_first;
  self->looks_back = looks_back;
  self->source = g_object_ref (source);
  self->predicate = predicate;
  self->changed = changed;
  self->user_data = user_data;
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  self->found = g_array_new (FALSE, FALSE, sizeof (guint));
  self->from = self->to = self->looked = newest_first ? count_source (self) : 0;
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
  return new_index (source, predicate, FALSE, FALSE, changed, user_data);
}

TlRowIndex *
tl_row_index_new_newest_first (TlMessageSource *source,
                               TlRowPredicate   predicate,
                               TlRowIndexFunc   changed,
                               gpointer         user_data)
{
  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (source), NULL);
  return new_index (source, predicate, TRUE, FALSE, changed, user_data);
}

TlRowIndex *
tl_row_index_new_looking_back (TlMessageSource *source,
                               TlRowPredicate   predicate,
                               TlRowIndexFunc   changed,
                               gpointer         user_data)
{
  g_return_val_if_fail (TL_IS_MESSAGE_SOURCE (source), NULL);
  return new_index (source, predicate, FALSE, TRUE, changed, user_data);
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
  g_array_unref (self->found);
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
  return self->to - self->looked;
}

guint
tl_row_index_get_end (TlRowIndex *self)
{
  return self->to;
}

void
tl_row_index_reconsider (TlRowIndex *self,
                         guint       position,
                         guint       n)
{
  const guint first = CLAMP (position, self->from, self->to), end = CLAMP (position + n, self->from, self->to);

  if (end > first)
    change_middle (self, first, end - first, end - first);
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
