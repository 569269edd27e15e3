/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A selection of any number of rows of a lazy list, that keeps positions and no items. */

#include "tl-lazy-selection.h"

typedef struct
{
  GListModel *model;
  GtkBitset  *selected;
} TlLazySelectionPrivate;

enum {
  PROP_0,
  PROP_MODEL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void tl_lazy_selection_list_model_init      (GListModelInterface        *iface);
static void tl_lazy_selection_selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_TYPE_WITH_CODE (TlLazySelection, tl_lazy_selection, G_TYPE_OBJECT,
                         G_ADD_PRIVATE (TlLazySelection)
                         G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, tl_lazy_selection_list_model_init)
                         G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, tl_lazy_selection_selection_model_init))

static TlLazySelectionPrivate *
get_private (gpointer self)
{
  return tl_lazy_selection_get_instance_private (TL_LAZY_SELECTION (self));
}

static GType
tl_lazy_selection_get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (get_private (list)->model);
}

static guint
tl_lazy_selection_get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (get_private (list)->model);
}

static gpointer
tl_lazy_selection_get_item (GListModel *list,
                           guint       position)
{
  return g_list_model_get_item (get_private (list)->model, position);
}

static void
tl_lazy_selection_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_lazy_selection_get_item_type;
  iface->get_n_items = tl_lazy_selection_get_n_items;
  iface->get_item = tl_lazy_selection_get_item;
}

static gboolean
tl_lazy_selection_is_selected (GtkSelectionModel *model,
                              guint              position)
{
  return gtk_bitset_contains (get_private (model)->selected, position);
}

static GtkBitset *
tl_lazy_selection_get_selection_in_range (GtkSelectionModel *model,
                                         guint              position,
                                         guint              n_items)
{
  GtkBitset *result = gtk_bitset_copy (get_private (model)->selected);

  if (n_items < G_MAXUINT - position)
    {
      g_autoptr (GtkBitset) range = gtk_bitset_new_range (position, n_items);

      gtk_bitset_intersect (result, range);
    }
  return result;
}

static gboolean
tl_lazy_selection_set_selection (GtkSelectionModel *model,
                                GtkBitset         *selected,
                                GtkBitset         *mask)
{
  TlLazySelectionClass *klass = TL_LAZY_SELECTION_GET_CLASS (model);
  TlLazySelectionPrivate *priv = get_private (model);
  g_autoptr (GtkBitset) wanted = gtk_bitset_copy (selected);
  g_autoptr (GtkBitset) changed = gtk_bitset_copy (priv->selected);
  guint n_items = g_list_model_get_n_items (priv->model);

  gtk_bitset_intersect (wanted, mask);
  if (gtk_bitset_get_maximum (wanted) >= n_items)
    gtk_bitset_remove_range_closed (wanted, n_items, G_MAXUINT);
  gtk_bitset_subtract (priv->selected, mask);
  gtk_bitset_union (priv->selected, wanted);

  gtk_bitset_difference (changed, priv->selected);
  if (!gtk_bitset_is_empty (changed))
    {
      guint first = gtk_bitset_get_minimum (changed);

      if (klass->changed)
        klass->changed (TL_LAZY_SELECTION (model), changed);
      gtk_selection_model_selection_changed (model, first, gtk_bitset_get_maximum (changed) - first + 1);
    }
  return TRUE;
}

static void
tl_lazy_selection_selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = tl_lazy_selection_is_selected;
  iface->get_selection_in_range = tl_lazy_selection_get_selection_in_range;
  iface->set_selection = tl_lazy_selection_set_selection;
}

static void
splice (TlLazySelection *self,
        guint            position,
        guint            removed,
        guint            added)
{
  /* As many as there were: the same rows, read from disk or grown. */
  if (removed != added)
    gtk_bitset_splice (get_private (self)->selected, position, removed, added);
}

static void
items_changed_cb (TlLazySelection *self,
                  guint            position,
                  guint            removed,
                  guint            added)
{
  TL_LAZY_SELECTION_GET_CLASS (self)->items_changed (self, position, removed, added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
tl_lazy_selection_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  TlLazySelectionPrivate *priv = get_private (object);

  switch (id)
    {
    case PROP_MODEL:
      priv->model = g_value_dup_object (value);
      g_signal_connect_object (priv->model, "items-changed", G_CALLBACK (items_changed_cb), object, G_CONNECT_SWAPPED);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_lazy_selection_finalize (GObject *object)
{
  TlLazySelectionPrivate *priv = get_private (object);

  g_clear_object (&priv->model);
  gtk_bitset_unref (priv->selected);
  G_OBJECT_CLASS (tl_lazy_selection_parent_class)->finalize (object);
}

static void
tl_lazy_selection_class_init (TlLazySelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->set_property = tl_lazy_selection_set_property;
  G_OBJECT_CLASS (klass)->finalize = tl_lazy_selection_finalize;
  klass->items_changed = splice;
  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, G_TYPE_LIST_MODEL,
                                                G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
tl_lazy_selection_init (TlLazySelection *self)
{
  get_private (self)->selected = gtk_bitset_new_empty ();
}

GtkSelectionModel *
tl_lazy_selection_new (GListModel *model)
{
  return g_object_new (TL_TYPE_LAZY_SELECTION, "model", model, NULL);
}

GtkBitset *
tl_lazy_selection_get_selected (TlLazySelection *self)
{
  g_return_val_if_fail (TL_IS_LAZY_SELECTION (self), NULL);
  return get_private (self)->selected;
}
