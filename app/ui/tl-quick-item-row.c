/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the panel of quick sends. */
#include "tl-quick-item-row.h"

#include "tl-widget.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GObject     *item;
  TlQuickFace *face;      /* NULL: not filled */
  GtkWidget   *menu;      /* made when it is used first */
  gboolean     equipped;  /* with what the pointer needs */
} TlQuickItemRowPrivate;

enum {
  SIGNAL_EDIT,
  SIGNAL_REMOVE,
  SIGNAL_PROBLEM,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TlQuickItemRow, tl_quick_item_row, GTK_TYPE_LIST_BOX_ROW)

static TlQuickItemRowPrivate *
get (gpointer self)
{
  return tl_quick_item_row_get_instance_private (self);
}

static void
signal_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_signal_emit (widget, signals[g_str_equal (name, "row.edit") ? SIGNAL_EDIT : SIGNAL_REMOVE], 0);
}

static void
duplicate_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  TL_QUICK_ITEM_ROW_GET_CLASS (widget)->duplicate (TL_QUICK_ITEM_ROW (widget));
}

/* The list makes a new row for what was moved; the focus goes along, so that the same key moves it on. */
static void
focus_moved (GtkWidget *list,
             GObject   *item)
{
  GtkListBoxRow *row;

  for (int i = 0; GTK_IS_LIST_BOX (list) && (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i)); i++)
    if (get (row)->item == item)
      gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autoptr (TlQuickItemRow) self = g_object_ref (TL_QUICK_ITEM_ROW (widget));
  TlQuickItemRowClass *class = TL_QUICK_ITEM_ROW_GET_CLASS (self);
  GtkWidget *list = gtk_widget_get_parent (widget);
  const gboolean up = g_str_equal (name, "row.up");
  guint place, count;

  class->locate (self, &place, &count);
  if (up ? place == 0 : place + 1 >= count)
    return;

  class->take (self, get (self)->item, up ? place - 1 : place + 2);
  focus_moved (list, get (self)->item);
}

static void
popup_menu (TlQuickItemRow *self,
            double          x,
            double          y)
{
  tl_quick_item_row_set_filled (self, TRUE);
  tl_widget_popup_menu_at (GTK_WIDGET (self), &get (self)->menu, tl_quick_face_get_menu (get (self)->face), x, y);
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TlQuickItemRow *self = TL_QUICK_ITEM_ROW (widget);
  GtkWidget *button;
  double x, y;

  tl_quick_item_row_set_filled (self, TRUE);
  button = tl_quick_face_get_menu_button (get (self)->face);
  gtk_widget_translate_coordinates (button, widget, 0, gtk_widget_get_height (button), &x, &y);
  popup_menu (self, x, y);
}

static void
right_pressed_cb (TlQuickItemRow *self,
                  int             n_press,
                  double          x,
                  double          y)
{
  popup_menu (self, x, y);
}

static GdkContentProvider *
drag_prepare_cb (TlQuickItemRow *self)
{
  return gdk_content_provider_new_typed (G_OBJECT_TYPE (get (self)->item), get (self)->item);
}

static void
drag_begin_cb (TlQuickItemRow *self,
               GdkDrag        *drag,
               GtkDragSource  *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static gboolean
is_below (TlQuickItemRow *self,
          double          y)
{
  return y > gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
}

/* A line where it would come. */
static void
mark_drop (TlQuickItemRow *self,
           const char     *class)
{
  const char *const marks[] = { "tl-drop-above", "tl-drop-below" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_strcmp0 (class, marks[i]) == 0)
      gtk_widget_add_css_class (GTK_WIDGET (self), marks[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self), marks[i]);
}

static GdkDragAction
motion_cb (TlQuickItemRow *self,
           double          x,
           double          y)
{
  mark_drop (self, is_below (self, y) ? "tl-drop-below" : "tl-drop-above");
  return GDK_ACTION_MOVE;
}

static void
leave_cb (TlQuickItemRow *self)
{
  mark_drop (self, NULL);
}

static gboolean
drop_cb (TlQuickItemRow *self,
         const GValue   *value,
         double          x,
         double          y)
{
  GObject *dropped = g_value_get_object (value);
  guint place, count;

  mark_drop (self, NULL);
  if (!dropped || dropped == get (self)->item)
    return FALSE;

  TL_QUICK_ITEM_ROW_GET_CLASS (self)->locate (self, &place, &count);
  return TL_QUICK_ITEM_ROW_GET_CLASS (self)->take (self, dropped, place + is_below (self, y));
}

static void
equip (TlQuickItemRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_OBJECT_TYPE (get (self)->item), GDK_ACTION_MOVE);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (right_pressed_cb), self);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_swapped (source, "prepare", G_CALLBACK (drag_prepare_cb), self);
  g_signal_connect_swapped (source, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (target, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  get (self)->equipped = TRUE;
}

static void
tl_quick_item_row_dispose (GObject *object)
{
  TlQuickItemRowPrivate *priv = get (object);

  g_clear_pointer (&priv->menu, gtk_widget_unparent);
  g_clear_object (&priv->item);

  G_OBJECT_CLASS (tl_quick_item_row_parent_class)->dispose (object);
}

static void
tl_quick_item_row_class_init (TlQuickItemRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const GType type = TL_TYPE_QUICK_ITEM_ROW;

  G_OBJECT_CLASS (class)->dispose = tl_quick_item_row_dispose;
  signals[SIGNAL_EDIT] = g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PROBLEM] = g_signal_new ("problem", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "row.edit", NULL, signal_action);
  gtk_widget_class_install_action (widget_class, "row.duplicate", NULL, duplicate_action);
  gtk_widget_class_install_action (widget_class, "row.up", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "row.down", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "row.delete", NULL, signal_action);
  gtk_widget_class_install_action (widget_class, "row.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "row.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "row.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "row.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "row.down", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "row.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "row.edit", NULL);
}

static void
tl_quick_item_row_init (TlQuickItemRow *self)
{
}

void
tl_quick_item_row_set_item (TlQuickItemRow *self,
                            GObject        *item)
{
  g_return_if_fail (TL_IS_QUICK_ITEM_ROW (self));
  g_return_if_fail (get (self)->item == NULL);

  get (self)->item = g_object_ref (item);
}

gpointer
tl_quick_item_row_get_item (TlQuickItemRow *self)
{
  g_return_val_if_fail (TL_IS_QUICK_ITEM_ROW (self), NULL);

  return get (self)->item;
}

void
tl_quick_item_row_show (TlQuickItemRow    *self,
                        const TlQuickLook *look)
{
  g_autofree char *label = NULL;

  g_return_if_fail (TL_IS_QUICK_ITEM_ROW (self));

  if (look->shortcut > 0)
    {
      g_autofree char *shortcut = g_strdup_printf (_("Ctrl+%u"), look->shortcut);

      label = g_strdup_printf ("%s, %s, %s", look->title, look->detail, shortcut);
    }
  else
    {
      label = g_strdup_printf ("%s, %s", look->title, look->detail);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (get (self)->face)
    tl_quick_face_show (get (self)->face, look);
}

void
tl_quick_item_row_complain (TlQuickItemRow *self,
                            const char     *sentence)
{
  g_return_if_fail (TL_IS_QUICK_ITEM_ROW (self));

  g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, sentence);
}

static gboolean
is_in_use (TlQuickItemRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return (focus && (focus == GTK_WIDGET (self) || gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
         || (get (self)->menu && gtk_widget_get_visible (get (self)->menu));
}

void
tl_quick_item_row_set_filled (TlQuickItemRow *self,
                              gboolean        filled)
{
  TlQuickItemRowPrivate *priv = get (self);
  TlQuickItemRowClass *class = TL_QUICK_ITEM_ROW_GET_CLASS (self);

  g_return_if_fail (TL_IS_QUICK_ITEM_ROW (self));

  if (filled == (priv->face != NULL) || (!filled && is_in_use (self)))
    return;
  if (!filled)
    {
      /* One of several lines keeps its height; that of the others is in the style sheet. */
      gtk_widget_set_size_request (GTK_WIDGET (self), -1, gtk_widget_get_height (GTK_WIDGET (self)));
      priv->face = NULL;
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), NULL);
      return;
    }

  priv->face = TL_QUICK_FACE (tl_quick_face_new (class->act, _(class->more)));
  if (!priv->equipped)
    equip (self);
  class->show (self);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (priv->face));
  gtk_widget_set_size_request (GTK_WIDGET (self), -1, -1);
}

gboolean
tl_quick_item_row_is_filled (TlQuickItemRow *self)
{
  g_return_val_if_fail (TL_IS_QUICK_ITEM_ROW (self), FALSE);

  return get (self)->face != NULL;
}
