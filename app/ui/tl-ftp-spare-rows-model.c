/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spare rows: what a view that asks is told. */

#include "tl-ftp-spare-rows-private.h"

#define SPARE_KEY "tl-ftp-spare"


/* Each time another: no two rows have the same item. */
static TlFtpEntry *
make_spare (TlFtpSpareRows *self)
{
  TlFtpEntry *entry = tl_ftp_entry_new (self->listing, 0, TL_FTP_CHARSET_AUTO);

  g_object_set_data (G_OBJECT (entry), SPARE_KEY, self);
  return entry;
}

static GType
tl_ftp_spare_rows_get_item_type (GListModel *list)
{
  return TL_TYPE_FTP_ENTRY;
}

/* Those of the model, and the one among them that goes. */
guint
tl_ftp_spare_rows_n_middle (TlFtpSpareRows *self)
{
  return self->end - self->first + (self->stay != GTK_INVALID_LIST_POSITION);
}

static guint
tl_ftp_spare_rows_get_n_items (GListModel *list)
{
  TlFtpSpareRows *self = TL_FTP_SPARE_ROWS (list);

  return self->head + tl_ftp_spare_rows_n_middle (self) + self->tail;
}

guint
tl_ftp_spare_rows_to_model (TlFtpSpareRows *self,
                            guint           row)
{
  guint position;

  g_return_val_if_fail (TL_IS_FTP_SPARE_ROWS (self), GTK_INVALID_LIST_POSITION);

  if (row < self->head || row - self->head >= tl_ftp_spare_rows_n_middle (self))
    return GTK_INVALID_LIST_POSITION;
  position = self->first + row - self->head;
  if (position == self->stay)
    return GTK_INVALID_LIST_POSITION;
  return self->stay != GTK_INVALID_LIST_POSITION && position > self->stay ? position - 1 : position;
}

static gpointer
tl_ftp_spare_rows_get_item (GListModel *list,
                            guint       row)
{
  TlFtpSpareRows *self = TL_FTP_SPARE_ROWS (list);
  guint position = tl_ftp_spare_rows_to_model (self, row);

  if (row >= tl_ftp_spare_rows_get_n_items (list))
    return NULL;
  if (position == GTK_INVALID_LIST_POSITION)
    return make_spare (self);
  return g_list_model_get_item (G_LIST_MODEL (self->model), position);
}

void
tl_ftp_spare_rows_list_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_ftp_spare_rows_get_item_type;
  iface->get_n_items = tl_ftp_spare_rows_get_n_items;
  iface->get_item = tl_ftp_spare_rows_get_item;
}

static gboolean
tl_ftp_spare_rows_is_selected (GtkSelectionModel *model,
                               guint              row)
{
  TlFtpSpareRows *self = TL_FTP_SPARE_ROWS (model);
  guint position = tl_ftp_spare_rows_to_model (self, row);

  return position != GTK_INVALID_LIST_POSITION && gtk_selection_model_is_selected (self->model, position);
}

/* In the middle of a change. */
static gboolean
is_changing (TlFtpSpareRows *self)
{
  return self->head > 0 || self->stay != GTK_INVALID_LIST_POSITION || !self->model;
}

static GtkBitset *
tl_ftp_spare_rows_get_selection_in_range (GtkSelectionModel *model,
                                          guint              row,
                                          guint              n_rows)
{
  TlFtpSpareRows *self = TL_FTP_SPARE_ROWS (model);
  GtkBitset *selected;

  /* Nobody asks then but a list that is told of the change, which is not over. */
  if (is_changing (self))
    return gtk_bitset_new_empty ();
  selected = gtk_selection_model_get_selection_in_range (self->model, self->first + row, MIN (n_rows, G_MAXUINT - self->first - row));
  gtk_bitset_shift_left (selected, self->first);
  return selected;
}

static gboolean
tl_ftp_spare_rows_set_selection (GtkSelectionModel *model,
                                 GtkBitset         *selected,
                                 GtkBitset         *mask)
{
  TlFtpSpareRows *self = TL_FTP_SPARE_ROWS (model);
  g_autoptr (GtkBitset) there = NULL;
  g_autoptr (GtkBitset) theirs = NULL;

  if (is_changing (self))
    return FALSE;
  there = gtk_bitset_copy (selected);
  theirs = gtk_bitset_copy (mask);
  gtk_bitset_shift_right (there, self->first);
  gtk_bitset_shift_right (theirs, self->first);
  return gtk_selection_model_set_selection (self->model, there, theirs);
}

/* Also those that are not in the view yet. */
static gboolean
tl_ftp_spare_rows_select_all (GtkSelectionModel *model)
{
  TlFtpSpareRows *self = TL_FTP_SPARE_ROWS (model);

  return self->model && gtk_selection_model_select_all (self->model);
}

static gboolean
tl_ftp_spare_rows_unselect_all (GtkSelectionModel *model)
{
  TlFtpSpareRows *self = TL_FTP_SPARE_ROWS (model);

  return self->model && gtk_selection_model_unselect_all (self->model);
}

void
tl_ftp_spare_rows_selection_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = tl_ftp_spare_rows_is_selected;
  iface->get_selection_in_range = tl_ftp_spare_rows_get_selection_in_range;
  iface->set_selection = tl_ftp_spare_rows_set_selection;
  iface->select_all = tl_ftp_spare_rows_select_all;
  iface->unselect_all = tl_ftp_spare_rows_unselect_all;
}

gboolean
tl_ftp_spare_rows_is_spare (TlFtpEntry *entry)
{
  return g_object_get_data (G_OBJECT (entry), SPARE_KEY) != NULL;
}
