/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The highlight rules: a list to be changed. */

#include "tl-highlight-window.h"

#include "tl-highlight-row.h"
#include "tl-widget.h"

struct _TlHighlightWindow
{
  AdwWindow         parent_instance;

  GtkListBox       *list;
  GtkStack         *stack;

  TlHighlightRules *rules;
};

G_DEFINE_FINAL_TYPE (TlHighlightWindow, tl_highlight_window, ADW_TYPE_WINDOW)

static GtkWidget *
make_row_cb (gpointer item,
             gpointer user_data)
{
  return tl_highlight_row_new (user_data, item);
}

static void
items_changed_cb (TlHighlightWindow *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (tl_highlight_rules_get_list (self->rules)));

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "rules" : "none");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "highlights.add", n < TL_HIGHLIGHT_MAX_RULES);
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  TlHighlightWindow *self = TL_HIGHLIGHT_WINDOW (widget);
  GListStore *list = tl_highlight_rules_get_list (self->rules);
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  g_autoptr (TlHighlightRule) rule = tl_highlight_rule_new ();
  GtkListBoxRow *row;

  /* Each another colour than the one before. */
  g_object_set (rule, "color", n % TL_N_HIGHLIGHT_COLORS, NULL);
  g_list_store_append (list, rule);
  row = gtk_list_box_get_row_at_index (self->list, (int) n);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (row), TL_TYPE_HIGHLIGHT_ROW, "text")));
}

static void
tl_highlight_window_dispose (GObject *object)
{
  TlHighlightWindow *self = TL_HIGHLIGHT_WINDOW (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  if (self->rules != NULL)
    g_signal_handlers_disconnect_by_data (tl_highlight_rules_get_list (self->rules), self);
  g_clear_object (&self->rules);

  G_OBJECT_CLASS (tl_highlight_window_parent_class)->dispose (object);
}

static void
tl_highlight_window_class_init (TlHighlightWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_highlight_window_dispose;
  gtk_widget_class_install_action (widget_class, "highlights.add", NULL, add_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-highlight-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TlHighlightWindow, list);
  gtk_widget_class_bind_template_child (widget_class, TlHighlightWindow, stack);
}

static void
tl_highlight_window_init (TlHighlightWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tl_highlight_window_new (TlHighlightRules *rules,
                         GtkWindow        *parent)
{
  TlHighlightWindow *self;
  GListStore *list;

  g_return_val_if_fail (TL_IS_HIGHLIGHT_RULES (rules), NULL);

  self = g_object_new (TL_TYPE_HIGHLIGHT_WINDOW, "transient-for", parent, NULL);
  tl_widget_fit_window (GTK_WINDOW (self));
  self->rules = g_object_ref (rules);
  list = tl_highlight_rules_get_list (rules);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (list), make_row_cb, list, NULL);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  items_changed_cb (self);
  return GTK_WIDGET (self);
}
