/* SPDX-License-Identifier: GPL-3.0-or-later */
/* List items that show what they show already are not shown anew, and those out of sight later. */

#include "tl-log-cells.h"

#include "tl-log-rows.h"
#include "tl-message.h"

/* A flood has a step each 62 ms: it is over, or slow, when there was none for so long. */
#define LATE_US (200 * G_TIME_SPAN_MILLISECOND)

typedef struct {
  TlLogCells  *cells;
  GtkListItem *item;
  TlMessage   *message;
  gulong       continued_id;
  guint        position;
  guint        count;
  gboolean     plain;
  gboolean     late;
} Cell;

struct _TlLogCells
{
  TlLogShowFunc show;
  gpointer      data;
  GHashTable   *cells;    /* of Cell, by its item */
  guint         n_rows;   /* not plain */
  gint64        last_late;
  guint         late_id;  /* 0: none is late */
};

static void
leave_message (Cell *cell)
{
  if (cell->continued_id != 0)
    g_signal_handler_disconnect (cell->message, cell->continued_id);
  cell->continued_id = 0;
  g_clear_object (&cell->message);
}

static void
cell_free (gpointer data)
{
  leave_message (data);
  g_free (data);
}

/* The end of a row reads otherwise once the next row of its stream is there. */
static void
continued_cb (Cell *cell)
{
  if (!cell->late)
    cell->cells->show (cell->item, cell->plain, cell->cells->data);
}

static void
show (TlLogCells *self,
      Cell       *cell)
{
  cell->late = FALSE;
  if (!cell->plain && cell->continued_id == 0 && !tl_message_get_continued (cell->message))
    cell->continued_id = g_signal_connect_swapped (cell->message, "notify::continued", G_CALLBACK (continued_cb), cell);
  self->show (cell->item, cell->plain, self->data);
}

static gboolean
late_cb (gpointer data)
{
  TlLogCells *self = data;
  const gint64 wait = self->last_late + LATE_US - g_get_monotonic_time ();

  if (wait > 0)
    self->late_id = g_timeout_add ((guint) (wait / 1000) + 1, late_cb, self);
  else
    tl_log_cells_show_late (self);
  return G_SOURCE_REMOVE;
}

static Cell *
add (TlLogCells  *self,
     GtkListItem *item,
     gboolean     plain)
{
  Cell *cell = g_new0 (Cell, 1);

  cell->cells = self;
  cell->item = item;
  cell->plain = plain;
  self->n_rows += !plain;
  g_hash_table_insert (self->cells, item, cell);
  return cell;
}

TlLogCells *
tl_log_cells_new (TlLogShowFunc func,
                  gpointer      data)
{
  TlLogCells *self = g_new0 (TlLogCells, 1);

  self->show = func;
  self->data = data;
  self->cells = g_hash_table_new_full (NULL, NULL, NULL, cell_free);
  return self;
}

void
tl_log_cells_free (TlLogCells *self)
{
  g_clear_handle_id (&self->late_id, g_source_remove);
  g_hash_table_unref (self->cells);
  g_free (self);
}

void
tl_log_cells_bind (TlLogCells  *self,
                   GtkListItem *item,
                   gboolean     plain,
                   guint        count,
                   gboolean     later)
{
  TlMessage *message = gtk_list_item_get_item (item);
  const guint position = gtk_list_item_get_position (item);
  Cell *cell = g_hash_table_lookup (self->cells, item);
  gboolean moved;

  if (cell == NULL)
    cell = add (self, item, plain);
  /* Bound again where it was, the row has changed: GTK has been told so. */
  moved = cell->message == message && cell->position != position && cell->count == count;
  cell->position = position;
  cell->count = count;
  if (moved && !cell->late)
    return;
  if (cell->message != message)
    {
      leave_message (cell);
      cell->message = g_object_ref (message);
    }
  if (!later)
    {
      show (self, cell);
      return;
    }
  cell->late = TRUE;
  self->last_late = g_get_monotonic_time ();
  if (self->late_id == 0)
    self->late_id = g_timeout_add (LATE_US / 1000, late_cb, self);
}

void
tl_log_cells_forget (TlLogCells  *self,
                     GtkListItem *item)
{
  Cell *cell = g_hash_table_lookup (self->cells, item);

  if (cell == NULL)
    return;
  self->n_rows -= !cell->plain;
  g_hash_table_remove (self->cells, item);
}

void
tl_log_cells_show_late (TlLogCells *self)
{
  GHashTableIter iter;
  gpointer cell;

  if (self->late_id == 0)
    return;
  g_source_remove (self->late_id);
  self->late_id = 0;
  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, NULL, &cell))
    if (((Cell *) cell)->late)
      show (self, cell);
}

guint
tl_log_cells_get_n (TlLogCells *self)
{
  return self->n_rows;
}

void
tl_log_cells_foreach (TlLogCells    *self,
                      TlLogCellFunc  func,
                      gpointer       data)
{
  GHashTableIter iter;
  gpointer item, cell;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &item, &cell))
    if (!((Cell *) cell)->plain)
      func (item, data);
}

void
tl_log_cells_list_made (TlLogCells *self,
                        guint       row,
                        guint       n,
                        GArray     *rows)
{
  GHashTableIter iter;
  gpointer item, cell;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &item, &cell))
    {
      const TlLogMadeRow made = { gtk_list_item_get_position (item), gtk_list_item_get_item (item) };

      if (!((Cell *) cell)->plain && made.row >= row && made.row - row < n)
        g_array_append_val (rows, made);
    }
}

GtkWidget *
tl_log_cells_find_row (GtkListItem *item)
{
  GtkWidget *widget = gtk_list_item_get_child (item);

  while (widget && !g_str_equal (gtk_widget_get_css_name (widget), "row"))
    widget = gtk_widget_get_parent (widget);
  return widget;
}
