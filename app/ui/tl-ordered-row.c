/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row that edits one item of an ordered list. */
#include "tl-ordered-row.h"

typedef struct {
  GListStore *items;
  GObject    *item;
} TlOrderedRowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TlOrderedRow, tl_ordered_row, GTK_TYPE_LIST_BOX_ROW)

static TlOrderedRowPrivate *
get (gpointer self)
{
  return tl_ordered_row_get_instance_private (self);
}

static void
items_changed_cb (TlOrderedRow *self)
{
  guint position;

  if (!g_list_store_find (get (self)->items, get (self)->item, &position))
    return;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.up", position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.down", position + 1 < g_list_model_get_n_items (G_LIST_MODEL (get (self)->items)));
}

/* (nullable): the button below @widget that does @action and can do it now. */
static GtkWidget *
find_button (GtkWidget  *widget,
             const char *action)
{
  GtkWidget *found = NULL;

  if (GTK_IS_ACTIONABLE (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0 && gtk_widget_get_sensitive (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_button (child, action);

  return found;
}

/* The list makes a new row for what was moved: the focus goes along, so that a key pressed again moves it on. */
static void
focus_moved (GtkWidget  *list,
             guint       position,
             const char *action)
{
  GtkListBoxRow *row = GTK_IS_LIST_BOX (list) ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) position) : NULL;
  GtkWidget *button = row ? find_button (GTK_WIDGET (row), action) : NULL;

  if (row && !button)
    button = find_button (GTK_WIDGET (row), g_str_equal (action, "row.up") ? "row.down" : "row.up");
  if (button)
    gtk_widget_grab_focus (button);
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autoptr (TlOrderedRow) self = g_object_ref (TL_ORDERED_ROW (widget));
  g_autoptr (GListStore) items = g_object_ref (get (self)->items);
  GtkWidget *list = gtk_widget_get_parent (widget);
  const gboolean up = g_str_equal (name, "row.up");
  guint position;

  if (!g_list_store_find (items, get (self)->item, &position))
    return;
  if (up ? position == 0 : position + 1 >= g_list_model_get_n_items (G_LIST_MODEL (items)))
    return;

  tl_ordered_row_move_item (items, get (self)->item, up ? position - 1 : position + 2);
  focus_moved (list, up ? position - 1 : position + 1, name);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_autoptr (TlOrderedRow) self = g_object_ref (TL_ORDERED_ROW (widget));
  guint position;

  if (g_list_store_find (get (self)->items, get (self)->item, &position))
    g_list_store_remove (get (self)->items, position);
}

static void
tl_ordered_row_dispose (GObject *object)
{
  TlOrderedRowPrivate *priv = get (object);

  if (priv->items)
    g_signal_handlers_disconnect_by_data (priv->items, object);
  if (priv->item)
    g_signal_handlers_disconnect_by_data (priv->item, object);
  g_clear_object (&priv->items);
  g_clear_object (&priv->item);

  G_OBJECT_CLASS (tl_ordered_row_parent_class)->dispose (object);
}

static void
tl_ordered_row_class_init (TlOrderedRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tl_ordered_row_dispose;
  gtk_widget_class_install_action (widget_class, "row.up", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "row.down", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "row.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "row.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "row.down", NULL);
}

static void
tl_ordered_row_init (TlOrderedRow *self)
{
}

void
tl_ordered_row_set_item (TlOrderedRow *self,
                         GListStore   *items,
                         GObject      *item)
{
  g_return_if_fail (TL_IS_ORDERED_ROW (self));
  g_return_if_fail (get (self)->items == NULL);

  get (self)->items = g_object_ref (items);
  get (self)->item = g_object_ref (item);
  g_signal_connect_swapped (items, "items-changed", G_CALLBACK (items_changed_cb), self);
  items_changed_cb (self);
}

gboolean
tl_ordered_row_move_item (GListStore *items,
                          gpointer    item,
                          guint       place)
{
  g_autoptr (GObject) kept = NULL;
  guint position;

  if (!g_list_store_find (items, item, &position))
    return FALSE;

  /* Its own place is one of those before it. */
  if (place > position)
    place--;
  place = MIN (place, g_list_model_get_n_items (G_LIST_MODEL (items)) - 1);
  if (place == position)
    return TRUE;

  kept = g_object_ref (item);
  g_list_store_remove (items, position);
  g_list_store_insert (items, place, kept);

  return TRUE;
}
