/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a log as its view gets them: used again, and made and given up a few at a time. */

#include "tl-log-rows-private.h"

#include "tl-turn.h"

/* About once a frame: a column view measures all its cells when one has come or gone. */
#define STEP_MS 16
/* Spare rows are kept for so long: who types a filter makes rows go and come. */
#define KEEP_MS 2000

G_DEFINE_FINAL_TYPE_WITH_CODE (TlLogRows, tl_log_rows, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, tl_log_rows_list_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, tl_log_rows_selection_init))

static void
tell (TlLogRows *self,
      guint      row,
      guint      removed,
      guint      added)
{
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), row, removed, added);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const TlLogMadeRow *x = a, *y = b;

  return (x->row > y->row) - (x->row < y->row);
}

/* Of the spare rows, or those that are about to be: in order, each once. */
static GArray *
list_made (TlLogRows *self,
           guint      row,
           guint      n)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (TlLogMadeRow));

  guint n_rows = 0;

  self->view->list_made (self->data, row, n, rows);
  g_array_sort (rows, compare);
  for (guint i = 0; i < rows->len; i++)
    {
      const TlLogMadeRow made = g_array_index (rows, TlLogMadeRow, i);

      if (n_rows == 0 || g_array_index (rows, TlLogMadeRow, n_rows - 1).row != made.row)
        g_array_index (rows, TlLogMadeRow, n_rows++) = made;
    }
  g_array_set_size (rows, n_rows);
  return rows;
}

/* Of the spare ones, @from and what follows. */
static void
drop (TlLogRows *self,
      guint      from,
      guint      n)
{
  self->n_spare -= n;
  tell (self, tl_log_rows_get_spare_row (self) + from, n, 0);
}

/* Those without widgets cost nothing. */
static void
drop_unmade (TlLogRows *self)
{
  g_autoptr (GArray) made = list_made (self, tl_log_rows_get_spare_row (self), self->n_spare);
  guint first, n;

  if (made->len == 0)
    {
      drop (self, 0, self->n_spare);
      return;
    }
  first = g_array_index (made, TlLogMadeRow, 0).row - tl_log_rows_get_spare_row (self);
  n = g_array_index (made, TlLogMadeRow, made->len - 1).row - tl_log_rows_get_spare_row (self) + 1;
  drop (self, n, self->n_spare - n);
  drop (self, 0, first);
}

/* Whether the view is where there are only spare rows: it has widgets for two rows more on either side. */
static gboolean
is_away (TlLogRows *self,
         guint      n_made_spare)
{
  g_autoptr (GArray) made = list_made (self, 0, tl_log_rows_count (self));

  return made->len - n_made_spare <= 4;
}

/* The view follows its end or, if rows have become @spare just now or it is still at those, leaves them for @wanted, and takes their widgets along. */
static void
settle (TlLogRows *self,
        gboolean   spare,
        guint      wanted)
{
  g_autoptr (GArray) made = NULL;

  if (self->n_spare == 0)
    return;
  made = list_made (self, tl_log_rows_get_spare_row (self), self->n_spare);
  if (made->len > TL_LOG_ROWS_SLICE && self->end > self->first)
    {
      wanted = tl_log_rows_get_row (self, CLAMP (wanted, self->first, self->end - 1));
      self->view->move_to (self->data, spare || is_away (self, made->len) ? wanted : GTK_INVALID_LIST_POSITION,
                           tl_log_rows_get_row (self, self->end - 1));
    }
  drop_unmade (self);
  if (self->n_spare > 0)
    self->view->hide_spare (self->data);
}

/* Whether a view that has these rows has made all of its widgets. */
static gboolean
has_enough (TlLogRows *self)
{
  return tl_log_rows_count (self) + TL_LOG_ROWS_SLICE >= TL_LOG_ROWS_MADE;
}

static gboolean
has_all (TlLogRows *self)
{
  return self->first == 0 && self->end == self->n_items;
}

/* @n rows more at the front, behind the spare ones if those are there. */
static void
grow_front (TlLogRows *self,
            guint      n)
{
  const gboolean at_gap = self->gap == self->first;

  self->first -= n;
  if (at_gap)
    self->gap = self->first;
  tell (self, at_gap ? self->n_spare : 0, 0, n);
}

static void
grow_end (TlLogRows *self,
          guint      n)
{
  self->end += n;
  tell (self, tl_log_rows_count (self) - n, 0, n);
}

static void
complete (TlLogRows *self)
{
  grow_end (self, self->n_items - self->end);
  grow_front (self, self->first);
  settle (self, FALSE, self->gap);
}

static gboolean
has_item (GArray  *rows,
          guint    n,
          gpointer item)
{
  for (guint i = 0; i < n; i++)
    if (g_array_index (rows, TlLogMadeRow, i).item == item)
      return TRUE;
  return FALSE;
}

/* No two with the same item, which has come and gone more than once: GTK takes it for a mistake. */
static void
drop_some (TlLogRows *self)
{
  g_autoptr (GArray) made = list_made (self, tl_log_rows_get_spare_row (self), self->n_spare);
  guint n = 0;

  while (n < MIN (made->len, TL_LOG_ROWS_SLICE) && !has_item (made, n, g_array_index (made, TlLogMadeRow, n).item))
    n++;
  drop (self, 0, n < made->len ? g_array_index (made, TlLogMadeRow, n).row - tl_log_rows_get_spare_row (self) : self->n_spare);
  /* The widgets of one that goes may have been taken for one that comes. */
  self->view->hide_spare (self->data);
}

static void work_cb (gpointer data);

static void
go_on (TlLogRows *self)
{
  const gboolean keep = has_all (self) && !self->dropping && self->view->may_keep (self->data);

  if (has_all (self) && self->n_spare == 0)
    {
      g_clear_handle_id (&self->work_id, g_source_remove);
      return;
    }
  if (self->work_id != 0 && (!self->keeping || keep))
    return;
  g_clear_handle_id (&self->work_id, g_source_remove);
  self->keeping = keep;
  self->work_id = tl_turn_add (keep ? KEEP_MS : STEP_MS, work_cb, self);
}

/* The newest are waited for where the end is followed. */
static gboolean
is_front_next (TlLogRows *self)
{
  return self->first > 0 && (self->end == self->n_items || !self->view->is_following (self->data));
}

static void
work_cb (gpointer data)
{
  TlLogRows *self = data;

  self->work_id = 0;
  if (!has_all (self) && has_enough (self))
    complete (self);
  else if (is_front_next (self))
    grow_front (self, MIN (TL_LOG_ROWS_SLICE, self->first));
  else if (self->end < self->n_items)
    grow_end (self, MIN (TL_LOG_ROWS_SLICE, self->n_items - self->end));
  else
    {
      drop_some (self);
      self->dropping = TRUE;
    }
  go_on (self);
}

/* As many rows in the place of others: the same ones, read or grown. */
static void
replace (TlLogRows *self,
         guint      from,
         guint      to)
{
  const guint middle = CLAMP (self->gap, from, to);

  tell (self, from - self->first, middle - from, middle - from);
  tell (self, tl_log_rows_get_row (self, middle), to - middle, to - middle);
}

/* Whether the rows from @from to before @to, which give way to @added, are to become spare; only beside those that are. Where the view has as little as one row among those
 * that go it would ask for each of the others to look for it. */
static gboolean
may_be_spare (TlLogRows *self,
              guint      from,
              guint      to,
              guint      added)
{
  g_autoptr (GArray) made = NULL;

  if (self->n_spare > 0 && (self->gap < from || self->gap > to))
    return FALSE;
  if (self->n_spare > 0 && self->gap > from && self->gap < to)
    return TRUE;
  if (to - from <= TL_LOG_ROWS_SLICE && added <= TL_LOG_ROWS_SLICE)
    return FALSE;
  made = list_made (self, tl_log_rows_get_row (self, from), to - from);
  return made->len > (added > TL_LOG_ROWS_SLICE ? 0 : TL_LOG_ROWS_SLICE);
}

typedef enum {
  HIDDEN_BEFORE,
  SHOWN,
  HIDDEN_BEHIND,
} Place;

/* Where rows come that are to be at @position. */
static Place
find_place (TlLogRows *self,
            guint      position,
            guint      added)
{
  const gboolean too_many = added > TL_LOG_ROWS_SLICE && !has_enough (self);

  if (position < self->first || (position == self->first && (self->first > 0 || (too_many && self->end > self->first))))
    return HIDDEN_BEFORE;
  if (position > self->end || (position == self->end && (self->end < self->n_items || too_many)))
    return HIDDEN_BEHIND;
  return SHOWN;
}

/* @from to before @to: those of the rows that go that are there. @hidden: how many of them are before the first that is there. */
static gboolean
change (TlLogRows *self,
        guint      position,
        guint      removed,
        guint      added,
        guint      hidden,
        guint      from,
        guint      to)
{
  const gboolean spare = may_be_spare (self, from, to, added), before_gap = !spare && from < self->gap;
  const guint row = tl_log_rows_get_row (self, from), gone = to - from;
  guint n_shown;
  Place place;

  self->n_items -= removed;
  self->first -= hidden;
  self->gap -= hidden + (before_gap ? gone : 0);
  self->end -= hidden + gone;
  if (spare)
    {
      self->gap = from - hidden;
      self->n_spare += gone;
    }
  place = find_place (self, position, added);
  n_shown = place == SHOWN ? added : 0;
  self->n_items += added;
  self->first += place == HIDDEN_BEFORE ? added : 0;
  self->gap += place == HIDDEN_BEFORE || (place == SHOWN && before_gap) ? added : 0;
  self->end += place != HIDDEN_BEHIND ? added : 0;
  if (!spare)
    tell (self, row, gone, n_shown);
  else if (n_shown > 0)
    tell (self, tl_log_rows_get_row (self, position), 0, n_shown);
  return spare;
}

/* The newest rows, when there was none. */
static void
begin (TlLogRows *self)
{
  self->first = self->gap = self->end = self->n_items;
  grow_front (self, has_enough (self) ? self->n_items : MIN (TL_LOG_ROWS_SLICE, self->n_items));
}

static void
items_changed_cb (TlLogRows *self,
                  guint      position,
                  guint      removed,
                  guint      added)
{
  const guint from = CLAMP (position, self->first, self->end), to = CLAMP (position + removed, self->first, self->end);
  const guint hidden = MIN (position + removed, self->first) - MIN (position, self->first);
  gboolean spare;

  if (removed == added)
    {
      replace (self, from, to);
      return;
    }
  spare = change (self, position, removed, added, hidden, from, to);
  if (spare)
    self->dropping = FALSE;
  if (self->first == self->end && self->n_items > 0)
    begin (self);
  settle (self, spare, position + added / 2);
  go_on (self);
}

static void
selection_changed_cb (TlLogRows *self,
                      guint      position,
                      guint      n_items)
{
  const guint from = CLAMP (position, self->first, self->end), to = CLAMP (position + n_items, self->first, self->end);

  if (from < to)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), tl_log_rows_get_row (self, from), tl_log_rows_get_row (self, to - 1) - tl_log_rows_get_row (self, from) + 1);
}

static void
leave_model (TlLogRows *self)
{
  if (self->model)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
}

static void
tl_log_rows_dispose (GObject *object)
{
  TlLogRows *self = TL_LOG_ROWS (object);

  g_clear_handle_id (&self->work_id, g_source_remove);
  leave_model (self);
  self->n_items = self->first = self->gap = self->end = self->n_spare = 0;
  G_OBJECT_CLASS (tl_log_rows_parent_class)->dispose (object);
}

static void
tl_log_rows_class_init (TlLogRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_log_rows_dispose;
}

static void
tl_log_rows_init (TlLogRows *self)
{
}

TlLogRows *
tl_log_rows_new (const TlLogRowsView *view,
                 gpointer             data)
{
  TlLogRows *self = g_object_new (TL_TYPE_LOG_ROWS, NULL);

  self->view = view;
  self->data = data;
  return self;
}

void
tl_log_rows_set_model (TlLogRows         *self,
                       GtkSelectionModel *model)
{
  g_return_if_fail (TL_IS_LOG_ROWS (self));

  if (self->model == model)
    return;
  leave_model (self);
  if (self->n_items > 0)
    items_changed_cb (self, 0, self->n_items, 0);
  if (!model)
    return;
  self->model = g_object_ref (model);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb), self);
  g_signal_connect_swapped (model, "selection-changed", G_CALLBACK (selection_changed_cb), self);
  if (g_list_model_get_n_items (G_LIST_MODEL (model)) > 0)
    items_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (model)));
}

guint
tl_log_rows_to_view (TlLogRows *self,
                     guint      position)
{
  g_return_val_if_fail (TL_IS_LOG_ROWS (self), GTK_INVALID_LIST_POSITION);

  if (self->n_items == 0)
    return GTK_INVALID_LIST_POSITION;
  position = MIN (position, self->n_items - 1);
  return position >= self->first && position < self->end ? tl_log_rows_get_row (self, position) : GTK_INVALID_LIST_POSITION;
}

guint
tl_log_rows_get_n_coming (TlLogRows *self)
{
  g_return_val_if_fail (TL_IS_LOG_ROWS (self), 0);
  return self->n_items - self->end;
}

void
tl_log_rows_drop_spare (TlLogRows *self)
{
  g_return_if_fail (TL_IS_LOG_ROWS (self));

  while (self->n_spare > 0)
    drop_some (self);
}
