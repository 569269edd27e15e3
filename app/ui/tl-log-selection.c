/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A selection of any number of rows of a lazy list, that keeps positions and no items. */

#include "tl-log-selection.h"

struct _TlLogSelection
{
  GObject parent_instance;

  GListModel *model;
  GtkBitset  *selected;
};

static GType
tl_log_selection_get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (TL_LOG_SELECTION (list)->model);
}

static guint
tl_log_selection_get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (TL_LOG_SELECTION (list)->model);
}

static gpointer
tl_log_selection_get_item (GListModel *list,
                           guint       position)
{
  return g_list_model_get_item (TL_LOG_SELECTION (list)->model, position);
}

static void
tl_log_selection_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_log_selection_get_item_type;
  iface->get_n_items = tl_log_selection_get_n_items;
  iface->get_item = tl_log_selection_get_item;
}

static gboolean
tl_log_selection_is_selected (GtkSelectionModel *model,
                              guint              position)
{
  return gtk_bitset_contains (TL_LOG_SELECTION (model)->selected, position);
}

static GtkBitset *
tl_log_selection_get_selection_in_range (GtkSelectionModel *model,
                                         guint              position,
                                         guint              n_items)
{
  GtkBitset *result = gtk_bitset_copy (TL_LOG_SELECTION (model)->selected);

  if (n_items < G_MAXUINT - position)
    {
      g_autoptr (GtkBitset) range = gtk_bitset_new_range (position, n_items);

      gtk_bitset_intersect (result, range);
    }
  return result;
}

static gboolean
tl_log_selection_set_selection (GtkSelectionModel *model,
                                GtkBitset         *selected,
                                GtkBitset         *mask)
{
  TlLogSelection *self = TL_LOG_SELECTION (model);
  g_autoptr (GtkBitset) wanted = gtk_bitset_copy (selected);
  g_autoptr (GtkBitset) changed = gtk_bitset_copy (self->selected);
  guint n_items = g_list_model_get_n_items (self->model);

  gtk_bitset_intersect (wanted, mask);
  if (gtk_bitset_get_maximum (wanted) >= n_items)
    gtk_bitset_remove_range_closed (wanted, n_items, G_MAXUINT);
  gtk_bitset_subtract (self->selected, mask);
  gtk_bitset_union (self->selected, wanted);

  gtk_bitset_difference (changed, self->selected);
  if (!gtk_bitset_is_empty (changed))
    {
      guint first = gtk_bitset_get_minimum (changed);

      gtk_selection_model_selection_changed (model, first, gtk_bitset_get_maximum (changed) - first + 1);
    }
  return TRUE;
}

static void
tl_log_selection_selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = tl_log_selection_is_selected;
  iface->get_selection_in_range = tl_log_selection_get_selection_in_range;
  iface->set_selection = tl_log_selection_set_selection;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TlLogSelection, tl_log_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, tl_log_selection_list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                      tl_log_selection_selection_model_init))

static void
items_changed_cb (TlLogSelection *self,
                  guint           position,
                  guint           removed,
                  guint           added,
                  GListModel     *model)
{
  /* As many as there were: the same rows, read from disk or grown. */
  if (removed != added)
    gtk_bitset_splice (self->selected, position, removed, added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
tl_log_selection_dispose (GObject *object)
{
  TlLogSelection *self = TL_LOG_SELECTION (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->selected, gtk_bitset_unref);
  G_OBJECT_CLASS (tl_log_selection_parent_class)->dispose (object);
}

static void
tl_log_selection_class_init (TlLogSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_log_selection_dispose;
}

static void
tl_log_selection_init (TlLogSelection *self)
{
  self->selected = gtk_bitset_new_empty ();
}

/* @model: (transfer none) */
TlLogSelection *
tl_log_selection_new (GListModel *model)
{
  TlLogSelection *self = g_object_new (TL_TYPE_LOG_SELECTION, NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
