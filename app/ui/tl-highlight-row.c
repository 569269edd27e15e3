/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One highlight rule in the list of rules. */

#include "tl-highlight-row.h"

#include "tl-choice-binding.h"
#include "tl-widget.h"
#include "tl-wrap-layout.h"

#include <glib/gi18n-lib.h>

struct _TlHighlightRow
{
  GtkListBoxRow    parent_instance;

  GtkSwitch       *enabled;
  GtkDropDown     *kind;
  GtkEntry        *text;
  GtkDropDown     *direction;
  GtkDropDown     *color;
  GtkToggleButton *match_case;
  GtkToggleButton *bold;
  GtkWidget       *up;
  GtkWidget       *down;
  GtkLabel        *error;

  GListStore      *rules;
  TlHighlightRule *rule;
};

G_DEFINE_FINAL_TYPE (TlHighlightRow, tl_highlight_row, GTK_TYPE_LIST_BOX_ROW)

static const struct {
  const char *css_class;
  const char *name;
} colors[TL_N_HIGHLIGHT_COLORS] = {
  [TL_HIGHLIGHT_RED] = { "tl-hl-red", NC_ ("color", "Red") },
  [TL_HIGHLIGHT_ORANGE] = { "tl-hl-orange", NC_ ("color", "Orange") },
  [TL_HIGHLIGHT_YELLOW] = { "tl-hl-yellow", NC_ ("color", "Yellow") },
  [TL_HIGHLIGHT_GREEN] = { "tl-hl-green", NC_ ("color", "Green") },
  [TL_HIGHLIGHT_BLUE] = { "tl-hl-blue", NC_ ("color", "Blue") },
  [TL_HIGHLIGHT_PURPLE] = { "tl-hl-purple", NC_ ("color", "Purple") },
  [TL_HIGHLIGHT_BROWN] = { "tl-hl-brown", NC_ ("color", "Brown") },
  [TL_HIGHLIGHT_GREY] = { "tl-hl-grey", NC_ ("color", "Grey") },
};

const char *
tl_highlight_css_class (TlHighlightColor color)
{
  return colors[color].css_class;
}

const char *
tl_highlight_color_name (TlHighlightColor color)
{
  return g_dpgettext2 (NULL, "color", colors[color].name);
}

static void
error_changed_cb (TlHighlightRow *self)
{
  g_autofree char *error = NULL;

  g_object_get (self->rule, "error", &error, NULL);
  gtk_label_set_text (self->error, error != NULL ? error : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), error != NULL);
  if (error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->text), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->text), "error");
}

static void
kind_changed_cb (TlHighlightRow *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->match_case), gtk_drop_down_get_selected (self->kind) != TL_PATTERN_HEX);
}

static void
rules_changed_cb (TlHighlightRow *self)
{
  guint position;

  if (!g_list_store_find (self->rules, self->rule, &position))
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "highlight.up", position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "highlight.down", position + 1 < g_list_model_get_n_items (G_LIST_MODEL (self->rules)));
}

/* The list makes a new row for the moved rule: the focus goes along, so that a key pressed again moves it on. */
static void
focus_moved (GtkWidget *list,
             guint      position,
             gboolean   up)
{
  GtkListBoxRow *row = GTK_IS_LIST_BOX (list) ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) position) : NULL;
  GtkWidget *button, *other;

  if (row == NULL || !TL_IS_HIGHLIGHT_ROW (row))
    return;
  button = up ? TL_HIGHLIGHT_ROW (row)->up : TL_HIGHLIGHT_ROW (row)->down;
  other = up ? TL_HIGHLIGHT_ROW (row)->down : TL_HIGHLIGHT_ROW (row)->up;
  gtk_widget_grab_focus (gtk_widget_get_sensitive (button) ? button : other);
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autoptr (TlHighlightRow) self = g_object_ref (TL_HIGHLIGHT_ROW (widget));
  GtkWidget *list = gtk_widget_get_parent (widget);
  const gboolean up = g_str_equal (name, "highlight.up");
  guint position, target;

  if (!g_list_store_find (self->rules, self->rule, &position))
    return;
  target = up ? position - 1 : position + 1;
  if (target >= g_list_model_get_n_items (G_LIST_MODEL (self->rules)))
    return;
  g_list_store_remove (self->rules, position);
  g_list_store_insert (self->rules, target, self->rule);
  focus_moved (list, target, up);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_autoptr (TlHighlightRow) self = g_object_ref (TL_HIGHLIGHT_ROW (widget));
  guint position;

  if (g_list_store_find (self->rules, self->rule, &position))
    g_list_store_remove (self->rules, position);
}

/* A patch of the colour, as rows have it, and its name. */
static void
setup_color_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *patch = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (patch, "tl-swatch");
  gtk_widget_set_valign (patch, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), patch);
  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_list_item_set_child (item, box);
}

static void
bind_color_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  GtkWidget *patch = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  const char *classes[] = { "tl-swatch", tl_highlight_css_class (gtk_list_item_get_position (item)), NULL };

  gtk_widget_set_css_classes (patch, classes);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (patch)), tl_highlight_color_name (gtk_list_item_get_position (item)));
}

static void
fill_colors (TlHighlightRow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  for (guint i = 0; i < TL_N_HIGHLIGHT_COLORS; i++)
    gtk_string_list_append (names, tl_highlight_color_name (i));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_color_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_color_cb), NULL);
  gtk_drop_down_set_factory (self->color, factory);
  gtk_drop_down_set_model (self->color, G_LIST_MODEL (names));
}

static void
tl_highlight_row_dispose (GObject *object)
{
  TlHighlightRow *self = TL_HIGHLIGHT_ROW (object);

  if (self->rules != NULL)
    g_signal_handlers_disconnect_by_data (self->rules, self);
  if (self->rule != NULL)
    g_signal_handlers_disconnect_by_data (self->rule, self);
  g_clear_object (&self->rules);
  g_clear_object (&self->rule);

  G_OBJECT_CLASS (tl_highlight_row_parent_class)->dispose (object);
}

static void
tl_highlight_row_class_init (TlHighlightRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TL_TYPE_WRAP_BOX);
  G_OBJECT_CLASS (klass)->dispose = tl_highlight_row_dispose;

  gtk_widget_class_install_action (widget_class, "highlight.up", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "highlight.down", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "highlight.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "highlight.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "highlight.down", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-highlight-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TlHighlightRow, enabled);
  gtk_widget_class_bind_template_child (widget_class, TlHighlightRow, kind);
  gtk_widget_class_bind_template_child (widget_class, TlHighlightRow, text);
  gtk_widget_class_bind_template_child (widget_class, TlHighlightRow, direction);
  gtk_widget_class_bind_template_child (widget_class, TlHighlightRow, color);
  gtk_widget_class_bind_template_child (widget_class, TlHighlightRow, match_case);
  gtk_widget_class_bind_template_child (widget_class, TlHighlightRow, bold);
  gtk_widget_class_bind_template_child (widget_class, TlHighlightRow, up);
  gtk_widget_class_bind_template_child (widget_class, TlHighlightRow, down);
  gtk_widget_class_bind_template_child (widget_class, TlHighlightRow, error);
}

static void
tl_highlight_row_init (TlHighlightRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_colors (self);
  tl_widget_name_drop_downs (GTK_WIDGET (self));
}

GtkWidget *
tl_highlight_row_new (GListStore      *rules,
                      TlHighlightRule *rule)
{
  TlHighlightRow *self = g_object_new (TL_TYPE_HIGHLIGHT_ROW, NULL);
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;
  const struct { const char *property; GtkDropDown *drop; } drops[] = {
    { "kind", self->kind }, { "direction", self->direction }, { "color", self->color },
  };

  self->rules = g_object_ref (rules);
  self->rule = g_object_ref (rule);
  for (guint i = 0; i < G_N_ELEMENTS (drops); i++)
    tl_choice_bind (G_OBJECT (rule), drops[i].property, GTK_WIDGET (drops[i].drop));
  g_object_bind_property (rule, "enabled", self->enabled, "active", both);
  g_object_bind_property (rule, "text", self->text, "text", both);
  g_object_bind_property (rule, "match-case", self->match_case, "active", both);
  g_object_bind_property (rule, "bold", self->bold, "active", both);
  g_signal_connect_swapped (self->kind, "notify::selected", G_CALLBACK (kind_changed_cb), self);
  g_signal_connect_swapped (rule, "notify::error", G_CALLBACK (error_changed_cb), self);
  g_signal_connect_swapped (rules, "items-changed", G_CALLBACK (rules_changed_cb), self);
  kind_changed_cb (self);
  error_changed_cb (self);
  rules_changed_cb (self);
  return GTK_WIDGET (self);
}
