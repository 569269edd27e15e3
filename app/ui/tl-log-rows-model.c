/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a log: what a view that asks is told. */

#include "tl-log-rows-private.h"

#include "tl-message.h"

guint
tl_log_rows_count (TlLogRows *self)
{
  return self->end - self->first + self->n_spare;
}

guint
tl_log_rows_get_row (TlLogRows *self,
                     guint      position)
{
  return position - self->first + (position >= self->gap ? self->n_spare : 0);
}

guint
tl_log_rows_get_spare_row (TlLogRows *self)
{
  return self->gap - self->first;
}

guint
tl_log_rows_to_model (TlLogRows *self,
                      guint      row)
{
  const guint before = tl_log_rows_get_spare_row (self);

  if (row >= tl_log_rows_count (self) || (row >= before && row - before < self->n_spare))
    return GTK_INVALID_LIST_POSITION;
  return self->first + row - (row >= before ? self->n_spare : 0);
}

static GType
tl_log_rows_get_item_type (GListModel *list)
{
  return TL_TYPE_MESSAGE;
}

static guint
tl_log_rows_get_n_items (GListModel *list)
{
  return tl_log_rows_count (TL_LOG_ROWS (list));
}

static gpointer
tl_log_rows_get_item (GListModel *list,
                      guint       row)
{
  TlLogRows *self = TL_LOG_ROWS (list);
  const guint position = tl_log_rows_to_model (self, row);
  const TlMessageInfo info = { .kind = TL_MESSAGE_EVENT };
  g_autoptr (GBytes) nothing = NULL;

  if (row >= tl_log_rows_count (self))
    return NULL;
  if (position != GTK_INVALID_LIST_POSITION)
    return g_list_model_get_item (G_LIST_MODEL (self->model), position);
  /* Each time another: no two rows have the same item. */
  nothing = g_bytes_new (NULL, 0);
  return tl_message_new (&info, NULL, nothing);
}

void
tl_log_rows_list_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_log_rows_get_item_type;
  iface->get_n_items = tl_log_rows_get_n_items;
  iface->get_item = tl_log_rows_get_item;
}

static gboolean
tl_log_rows_is_selected (GtkSelectionModel *model,
                         guint              row)
{
  TlLogRows *self = TL_LOG_ROWS (model);
  const guint position = tl_log_rows_to_model (self, row);

  return position != GTK_INVALID_LIST_POSITION && gtk_selection_model_is_selected (self->model, position);
}

static GtkBitset *
tl_log_rows_get_selection_in_range (GtkSelectionModel *model,
                                    guint              row,
                                    guint              n_rows)
{
  TlLogRows *self = TL_LOG_ROWS (model);
  g_autoptr (GtkBitset) range = gtk_bitset_new_range (row, MIN (n_rows, G_MAXUINT - row));
  GtkBitset *selected;

  if (self->first == self->end)
    return gtk_bitset_new_empty ();
  selected = gtk_selection_model_get_selection_in_range (self->model, self->first, self->end - self->first);
  gtk_bitset_shift_left (selected, self->first);
  gtk_bitset_splice (selected, tl_log_rows_get_spare_row (self), 0, self->n_spare);
  gtk_bitset_intersect (selected, range);
  return selected;
}

static GtkBitset *
to_model (TlLogRows *self,
          GtkBitset *rows)
{
  GtkBitset *positions = gtk_bitset_copy (rows);

  gtk_bitset_splice (positions, tl_log_rows_get_spare_row (self), self->n_spare, 0);
  gtk_bitset_shift_right (positions, self->first);
  return positions;
}

static gboolean
tl_log_rows_set_selection (GtkSelectionModel *model,
                           GtkBitset         *selected,
                           GtkBitset         *mask)
{
  TlLogRows *self = TL_LOG_ROWS (model);
  const guint n_rows = tl_log_rows_count (self);
  g_autoptr (GtkBitset) theirs = NULL;
  g_autoptr (GtkBitset) their_mask = NULL;

  if (!self->model)
    return FALSE;
  theirs = to_model (self, selected);
  /* All of them are also those that are not there yet. */
  if (n_rows > 0 && gtk_bitset_get_size_in_range (mask, 0, n_rows - 1) == n_rows)
    their_mask = gtk_bitset_new_range (0, self->n_items);
  else
    their_mask = to_model (self, mask);
  return gtk_selection_model_set_selection (self->model, theirs, their_mask);
}

static gboolean
tl_log_rows_select_all (GtkSelectionModel *model)
{
  TlLogRows *self = TL_LOG_ROWS (model);

  return self->model && gtk_selection_model_select_all (self->model);
}

static gboolean
tl_log_rows_unselect_all (GtkSelectionModel *model)
{
  TlLogRows *self = TL_LOG_ROWS (model);

  return self->model && gtk_selection_model_unselect_all (self->model);
}

void
tl_log_rows_selection_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = tl_log_rows_is_selected;
  iface->get_selection_in_range = tl_log_rows_get_selection_in_range;
  iface->set_selection = tl_log_rows_set_selection;
  iface->select_all = tl_log_rows_select_all;
  iface->unselect_all = tl_log_rows_unselect_all;
}
