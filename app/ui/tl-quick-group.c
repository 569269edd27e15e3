/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list below a title that folds it away. */
#include "tl-quick-group.h"

#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlQuickGroup
{
  GtkWidget   parent_instance;

  GtkWidget       *head;
  GtkToggleButton *button;
  GtkWidget       *menu_button;
  GMenuModel      *group_menu;
  GtkWidget       *menu;        /* made when it is used first */
  GtkLabel        *title;
  GtkLabel        *count;
  GtkRevealer     *revealer;
  GtkListBox      *list;

  char            *name;
  GListModel      *items;
};

enum {
  PROP_0,
  PROP_EXPANDED,
  N_PROPS,
};

enum {
  SIGNAL_ACTIVATED,
  SIGNAL_RENAME,
  SIGNAL_SHIFT,
  SIGNAL_REMOVE,
  SIGNAL_DROPPED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlQuickGroup, tl_quick_group, GTK_TYPE_WIDGET)

static void
activated_cb (TlQuickGroup  *self,
              GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, row);
}

static void
toggled_cb (TlQuickGroup *self)
{
  const gboolean expanded = gtk_toggle_button_get_active (self->button);

  gtk_revealer_set_reveal_child (self->revealer, expanded);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED, expanded, -1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_EXPANDED]);
}

static void
count_cb (TlQuickGroup *self)
{
  const guint n = g_list_model_get_n_items (self->items);
  g_autofree char *count = g_strdup_printf ("%u", n);
  g_autofree char *label = g_strdup_printf (ngettext ("%s, %u item", "%s, %u items", n), gtk_label_get_label (self->title), n);

  gtk_label_set_label (self->count, count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static gboolean
has_verbs (TlQuickGroup *self)
{
  return gtk_widget_get_visible (self->menu_button);
}

static void
popup_menu (TlQuickGroup *self,
            double        x,
            double        y)
{
  tl_widget_popup_menu_at (GTK_WIDGET (self), &self->menu, self->group_menu, x, y);
}

static void
right_pressed_cb (TlQuickGroup *self,
                  int           n_press,
                  double        x,
                  double        y)
{
  popup_menu (self, x, y);
}

static void
verb_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TlQuickGroup *self = TL_QUICK_GROUP (widget);
  double x, y;

  if (!has_verbs (self))
    return;

  if (g_str_equal (name, "group.menu"))
    {
      gtk_widget_translate_coordinates (self->menu_button, widget, 0, gtk_widget_get_height (self->menu_button), &x, &y);
      popup_menu (self, x, y);
    }
  else if (g_str_equal (name, "group.rename"))
    g_signal_emit (self, signals[SIGNAL_RENAME], 0);
  else if (g_str_equal (name, "group.delete"))
    g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
  else
    g_signal_emit (self, signals[SIGNAL_SHIFT], 0, g_str_equal (name, "group.up"));
}

/* The keys of a row are for the row: those of the group are pressed on its title. */
static gboolean
key_cb (TlQuickGroup    *self,
        guint            keyval,
        guint            keycode,
        GdkModifierType  state)
{
  const struct { guint keyval; GdkModifierType state; const char *action; } keys[] = {
    { GDK_KEY_F2, 0, "group.rename" },
    { GDK_KEY_Delete, 0, "group.delete" },
    { GDK_KEY_Up, GDK_ALT_MASK, "group.up" },
    { GDK_KEY_Down, GDK_ALT_MASK, "group.down" },
    { GDK_KEY_Menu, 0, "group.menu" },
    { GDK_KEY_F10, GDK_SHIFT_MASK, "group.menu" },
  };

  state &= gtk_accelerator_get_default_mod_mask ();
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].keyval == keyval && keys[i].state == state)
      return gtk_widget_activate_action (GTK_WIDGET (self), keys[i].action, NULL);

  return FALSE;
}

static GdkContentProvider *
drag_prepare_cb (TlQuickGroup *self)
{
  return gdk_content_provider_new_typed (TL_TYPE_QUICK_GROUP, self);
}

static void
drag_begin_cb (TlQuickGroup  *self,
               GdkDrag       *drag,
               GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (self->head);

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static gboolean
drop_cb (TlQuickGroup *self,
         const GValue *value,
         double        x,
         double        y)
{
  GObject *dropped = g_value_get_object (value);

  if (!dropped || dropped == G_OBJECT (self))
    return FALSE;

  g_signal_emit (self, signals[SIGNAL_DROPPED], 0, dropped, y > gtk_widget_get_height (self->head) / 2.0);
  return TRUE;
}

static void
tl_quick_group_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_EXPANDED:
      g_value_set_boolean (value, gtk_toggle_button_get_active (TL_QUICK_GROUP (object)->button));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_quick_group_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_EXPANDED:
      gtk_toggle_button_set_active (TL_QUICK_GROUP (object)->button, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_quick_group_dispose (GObject *object)
{
  TlQuickGroup *self = TL_QUICK_GROUP (object);

  self->menu = NULL;
  tl_widget_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->items);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (tl_quick_group_parent_class)->dispose (object);
}

static void
tl_quick_group_class_init (TlQuickGroupClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = tl_quick_group_get_property;
  object_class->set_property = tl_quick_group_set_property;
  object_class->dispose = tl_quick_group_dispose;

  props[PROP_EXPANDED] = g_param_spec_boolean ("expanded", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", TL_TYPE_QUICK_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, GTK_TYPE_LIST_BOX_ROW);
  signals[SIGNAL_RENAME] = g_signal_new ("rename", TL_TYPE_QUICK_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SHIFT] = g_signal_new ("shift", TL_TYPE_QUICK_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", TL_TYPE_QUICK_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DROPPED] = g_signal_new ("dropped", TL_TYPE_QUICK_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_OBJECT, G_TYPE_BOOLEAN);

  gtk_widget_class_install_action (widget_class, "group.menu", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "group.rename", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "group.up", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "group.down", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "group.delete", NULL, verb_action);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-quick-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TlQuickGroup, head);
  gtk_widget_class_bind_template_child (widget_class, TlQuickGroup, button);
  gtk_widget_class_bind_template_child (widget_class, TlQuickGroup, menu_button);
  gtk_widget_class_bind_template_child (widget_class, TlQuickGroup, group_menu);
  gtk_widget_class_bind_template_child (widget_class, TlQuickGroup, title);
  gtk_widget_class_bind_template_child (widget_class, TlQuickGroup, count);
  gtk_widget_class_bind_template_child (widget_class, TlQuickGroup, revealer);
  gtk_widget_class_bind_template_child (widget_class, TlQuickGroup, list);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
tl_quick_group_init (TlQuickGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tl_quick_group_new (const char                 *name,
                    const char                 *title,
                    GListModel                 *items,
                    GtkListBoxCreateWidgetFunc  create,
                    gpointer                    user_data)
{
  TlQuickGroup *self = g_object_new (TL_TYPE_QUICK_GROUP, NULL);

  self->name = g_strdup (name);
  self->items = g_object_ref (items);
  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_bind_model (self->list, items, create, user_data, NULL);
  g_signal_connect_object (items, "items-changed", G_CALLBACK (count_cb), self, G_CONNECT_SWAPPED);
  count_cb (self);

  return GTK_WIDGET (self);
}

void
tl_quick_group_add_verbs (TlQuickGroup *self,
                          GType         type)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_MOVE);

  g_return_if_fail (TL_IS_QUICK_GROUP (self));

  gtk_widget_set_visible (self->menu_button, TRUE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (right_pressed_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_swapped (source, "prepare", G_CALLBACK (drag_prepare_cb), self);
  g_signal_connect_swapped (source, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  gtk_drop_target_set_gtypes (target, (GType[]) { type, TL_TYPE_QUICK_GROUP }, 2);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (self->head, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (self->head, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (self->head, GTK_EVENT_CONTROLLER (target));
  gtk_widget_add_controller (GTK_WIDGET (self->button), keys);
}

const char *
tl_quick_group_get_name (TlQuickGroup *self)
{
  g_return_val_if_fail (TL_IS_QUICK_GROUP (self), NULL);

  return self->name;
}

GtkListBox *
tl_quick_group_get_list (TlQuickGroup *self)
{
  g_return_val_if_fail (TL_IS_QUICK_GROUP (self), NULL);

  return self->list;
}

GListModel *
tl_quick_group_get_items (TlQuickGroup *self)
{
  g_return_val_if_fail (TL_IS_QUICK_GROUP (self), NULL);

  return self->items;
}
