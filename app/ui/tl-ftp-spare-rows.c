/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a list are used again, and made and given up a few at a time. */

#include "tl-ftp-spare-rows-private.h"

#include "tl-turn.h"

/* As many as a list view of GTK 4.8 has rows, and as a page of it shows. */
#define N_ROWS 206
#define N_FIRST 40
/* Made at a time: a few milliseconds. */
#define SLICE 8
/* A change of no more is told as it is. */
#define FEW 8
/* Servers that answer faster are not waited for long enough. */
#define DELAY_MS 40

enum {
  REPLACING,
  REPLACED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (TlFtpSpareRows, tl_ftp_spare_rows, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, tl_ftp_spare_rows_list_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, tl_ftp_spare_rows_selection_init))

static void
tell (TlFtpSpareRows *self,
      guint           row,
      guint           removed,
      guint           added)
{
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), row, removed, added);
}

/* Which rows the view makes around @position, which is @align of the page from the top; of those, the first @n. */
static void
set_goal (TlFtpSpareRows *self,
          guint           position,
          double          align,
          guint           n,
          guint          *first,
          guint          *end)
{
  guint before = (guint) (align * n);

  *first = position - MIN (position, before);
  *end = MIN (*first + n, self->n_items);
  *first = MIN (*first, *end - MIN (*end, n));
  *first -= *first % self->n_columns;
  *end = MAX (*end, position + 1);
}

static gboolean
has_all (TlFtpSpareRows *self)
{
  return self->first == 0 && self->end == self->n_items;
}

static void
complete (TlFtpSpareRows *self)
{
  guint n_before = self->first, n_after = self->n_items - self->end;

  self->end = self->n_items;
  tell (self, tl_ftp_spare_rows_n_middle (self) - n_after, 0, n_after);
  self->first = 0;
  tell (self, 0, 0, n_before);
}

static void
grow (TlFtpSpareRows *self)
{
  guint slice = SLICE * self->n_columns;
  guint n;

  if (self->end < MIN (self->goal_end, self->n_items))
    {
      n = MIN (slice, self->n_items - self->end);
      self->end += n;
      tell (self, tl_ftp_spare_rows_n_middle (self) - n, 0, n);
    }
  else if (self->first > self->goal_first)
    {
      n = MIN (slice, self->first);
      self->first -= n;
      tell (self, 0, 0, n);
    }
  else
    complete (self);
}

static void
drop (TlFtpSpareRows *self,
      guint           n)
{
  self->tail -= n;
  tell (self, tl_ftp_spare_rows_n_middle (self) + self->tail, n, 0);
}

static void go_on (TlFtpSpareRows *self);

static void
work_cb (gpointer data)
{
  TlFtpSpareRows *self = data;
  guint n_there = g_list_model_get_n_items (G_LIST_MODEL (self));

  self->work_id = 0;
  if (!has_all (self))
    grow (self);
  else if (self->making && n_there < self->n_rows)
    {
      guint n = MIN (SLICE, self->n_rows - n_there);

      self->tail += n;
      tell (self, n_there, 0, n);
    }
  else if (!self->expecting && self->tail > 0)
    drop (self, MIN (self->tail, SLICE * self->n_columns));
  else
    return;
  go_on (self);
}

/* After all that the user waits for. */
static void
go_on (TlFtpSpareRows *self)
{
  if (self->work_id == 0)
    self->work_id = tl_turn_add_last (work_cb, self);
}

/* Where in the model the row of @entry is now, or that which is as far down as it was. */
static guint
find_place (TlFtpSpareRows *self,
            TlFtpEntry     *entry,
            guint           was,
            guint           n_were)
{
  guint position = entry ? tl_ftp_directory_find (self->directory, tl_ftp_entry_get_raw_name (entry)) : 0;

  if (position == GTK_INVALID_LIST_POSITION)
    position = (guint) ((guint64) was * self->n_items / MAX (n_were, 1));
  return MIN (position, self->n_items - 1);
}

static gboolean
is_at (TlFtpSpareRows *self,
       TlFtpEntry     *entry,
       guint           position)
{
  g_autoptr (TlFtpEntry) there = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  return there == entry;
}

/* Rows for the items from @first to @end, around @position, which is where the row @row is that stays: its own if @kept, else it goes in the end. */
static void
replace_around (TlFtpSpareRows *self,
                guint           n_old,
                guint           row,
                guint           position,
                gboolean        kept,
                guint           first,
                guint           end)
{
  guint n_there = MIN (n_old, self->n_rows);
  guint n_tail = n_old - row - 1;
  guint n_spare = self->may_spare && end - first < n_there ? n_there - (end - first) : 0;

  self->head = row;
  self->tail = n_tail;
  self->first = position;
  self->end = position + kept;
  self->stay = kept ? GTK_INVALID_LIST_POSITION : position;

  /* What comes in here takes the rows of all that it pushes out of sight: those below first, then those above. */
  self->end = end;
  tell (self, row + 1, 0, end - position - kept);
  self->first = first;
  tell (self, row, 0, position - first);
  self->tail += n_spare;
  tell (self, row + tl_ftp_spare_rows_n_middle (self), 0, n_spare);

  self->tail -= n_tail;
  tell (self, row + tl_ftp_spare_rows_n_middle (self) + n_spare, n_tail, 0);
  self->head = 0;
  tell (self, 0, row, 0);
  if (!kept)
    {
      self->stay = GTK_INVALID_LIST_POSITION;
      tell (self, position - first, 1, 0);
    }
}

/* The rows become those of the model. @start: around this one; GTK_INVALID_LIST_POSITION: where the view is. */
static void
replace (TlFtpSpareRows *self,
         guint           start)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self));
  guint n_there = MIN (n_old, self->n_rows);
  guint was = self->first, n_were = self->n_items;
  guint row = 0, position, first, end;
  TlFtpEntry *entry = NULL;
  double align = 0;

  g_signal_emit (self, signals[REPLACING], 0);
  self->making = FALSE;
  g_clear_handle_id (&self->make_id, g_source_remove);
  self->n_items = self->model ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0;
  self->head = n_old;
  self->first = self->end = self->tail = 0;
  if (start == GTK_INVALID_LIST_POSITION && n_old > 0)
    entry = self->place (self->place_data, &row, &align);
  if (row >= n_old)
    row = 0;

  if (self->n_items == 0)
    {
      self->head = 0;
      self->tail = n_old;
    }
  else
    {
      position = start != GTK_INVALID_LIST_POSITION ? MIN (start, self->n_items - 1) : find_place (self, entry, was + row, n_were);
      set_goal (self, position, align, self->n_rows + SLICE * self->n_columns, &self->goal_first, &self->goal_end);
      if (n_there + SLICE * self->n_columns >= MIN (self->n_rows, self->n_items))
        first = 0, end = self->n_items;
      else
        set_goal (self, position, align, MAX (n_there, self->n_first), &first, &end);
      if (n_old > 0)
        replace_around (self, n_old, row, position, entry && is_at (self, entry, position), first, end);
      else
        {
          self->head = 0;
          self->first = first;
          self->end = end;
          tell (self, 0, 0, end - first);
        }
    }
  go_on (self);
  g_signal_emit (self, signals[REPLACED], 0);
}

static void
items_changed_cb (TlFtpSpareRows *self,
                  guint           position,
                  guint           removed,
                  guint           added)
{
  if (!has_all (self) || removed > FEW || added > FEW)
    {
      replace (self, GTK_INVALID_LIST_POSITION);
      return;
    }
  self->n_items += added - removed;
  self->end = self->n_items;
  tell (self, position, removed, added);
}

static void
selection_changed_cb (TlFtpSpareRows *self,
                      guint           position,
                      guint           n_items)
{
  guint from = MAX (position, self->first), to = MIN (position + n_items, self->end);

  if (from < to)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), from - self->first, to - from);
}

static void
delay_cb (gpointer data)
{
  TlFtpSpareRows *self = data;

  self->make_id = 0;
  self->making = TRUE;
  go_on (self);
}

static void
leave_model (TlFtpSpareRows *self)
{
  if (self->model)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  g_clear_object (&self->directory);
}

static void
tl_ftp_spare_rows_dispose (GObject *object)
{
  TlFtpSpareRows *self = TL_FTP_SPARE_ROWS (object);

  g_clear_handle_id (&self->make_id, g_source_remove);
  g_clear_handle_id (&self->work_id, g_source_remove);
  leave_model (self);
  self->first = self->end = self->n_items = 0;
  G_OBJECT_CLASS (tl_ftp_spare_rows_parent_class)->dispose (object);
}

static void
tl_ftp_spare_rows_finalize (GObject *object)
{
  TlFtpSpareRows *self = TL_FTP_SPARE_ROWS (object);

  tl_ftp_listing_unref (self->listing);
  G_OBJECT_CLASS (tl_ftp_spare_rows_parent_class)->finalize (object);
}

static void
tl_ftp_spare_rows_class_init (TlFtpSpareRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_ftp_spare_rows_dispose;
  G_OBJECT_CLASS (klass)->finalize = tl_ftp_spare_rows_finalize;

  signals[REPLACING] = g_signal_new ("replacing", TL_TYPE_FTP_SPARE_ROWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REPLACED] = g_signal_new ("replaced", TL_TYPE_FTP_SPARE_ROWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_ftp_spare_rows_init (TlFtpSpareRows *self)
{
  static const char line[] = "-rw-r--r-- 1 a a 0 Jan 1 2000 a\n";
  const TlFtpListingHints hints = { .now = 0 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (line, sizeof line - 1);

  self->listing = tl_ftp_listing_parse (bytes, &hints, NULL);
  self->stay = GTK_INVALID_LIST_POSITION;
  tl_ftp_spare_rows_set_size (self, N_ROWS, N_FIRST, 1);
}

TlFtpSpareRows *
tl_ftp_spare_rows_new (gboolean       spare,
                       TlFtpPlaceFunc place,
                       gpointer       data)
{
  TlFtpSpareRows *self = g_object_new (TL_TYPE_FTP_SPARE_ROWS, NULL);

  self->may_spare = spare;
  self->place = place;
  self->place_data = data;
  return self;
}

void
tl_ftp_spare_rows_set_size (TlFtpSpareRows *self,
                            guint           n_rows,
                            guint           n_first,
                            guint           n_columns)
{
  g_return_if_fail (TL_IS_FTP_SPARE_ROWS (self) && n_columns > 0);

  self->n_rows = n_rows;
  self->n_first = n_first;
  self->n_columns = n_columns;
}

void
tl_ftp_spare_rows_set_model (TlFtpSpareRows    *self,
                             GtkSelectionModel *model,
                             TlFtpDirectory    *directory,
                             guint              start)
{
  g_return_if_fail (TL_IS_FTP_SPARE_ROWS (self));

  if (self->model == model)
    return;
  leave_model (self);
  if (model)
    {
      self->model = g_object_ref (model);
      self->directory = g_object_ref (directory);
      g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb), self);
      g_signal_connect_swapped (model, "selection-changed", G_CALLBACK (selection_changed_cb), self);
    }
  replace (self, start);
}

void
tl_ftp_spare_rows_expect (TlFtpSpareRows *self,
                          gboolean        expecting)
{
  g_return_if_fail (TL_IS_FTP_SPARE_ROWS (self));

  if (expecting && !self->expecting && self->may_spare && self->make_id == 0)
    self->make_id = g_timeout_add_once (DELAY_MS, delay_cb, self);
  else if (!expecting)
    {
      g_clear_handle_id (&self->make_id, g_source_remove);
      self->making = FALSE;
      /* Not at once: the new items may be about to come. */
      go_on (self);
    }
  self->expecting = expecting;
}

guint
tl_ftp_spare_rows_to_view (TlFtpSpareRows *self,
                           guint           position)
{
  g_return_val_if_fail (TL_IS_FTP_SPARE_ROWS (self), GTK_INVALID_LIST_POSITION);

  if (position >= self->n_items)
    return GTK_INVALID_LIST_POSITION;
  if (position < self->first || position >= self->end)
    complete (self);
  return position - self->first;
}
