/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list below a title that folds it away. */
#include "tl-quick-group.h"

#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlQuickGroup
{
  GtkWidget   parent_instance;

  GtkToggleButton *button;
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

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-quick-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TlQuickGroup, button);
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
