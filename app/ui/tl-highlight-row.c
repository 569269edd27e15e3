/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One highlight rule in the list of rules. */

#include "tl-highlight-row.h"

#include "tl-choice-binding.h"
#include "tl-widget.h"
#include "tl-wrap-layout.h"

#include <glib/gi18n-lib.h>

struct _TlHighlightRow
{
  TlOrderedRow    parent_instance;

  GtkSwitch       *enabled;
  GtkDropDown     *kind;
  GtkEntry        *text;
  GtkDropDown     *direction;
  GtkDropDown     *color;
  GtkToggleButton *match_case;
  GtkToggleButton *bold;
  GtkLabel        *error;

  TlHighlightRule *rule;
};

G_DEFINE_FINAL_TYPE (TlHighlightRow, tl_highlight_row, TL_TYPE_ORDERED_ROW)

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
  g_clear_object (&TL_HIGHLIGHT_ROW (object)->rule);

  G_OBJECT_CLASS (tl_highlight_row_parent_class)->dispose (object);
}

static void
tl_highlight_row_class_init (TlHighlightRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TL_TYPE_WRAP_BOX);
  G_OBJECT_CLASS (klass)->dispose = tl_highlight_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-highlight-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TlHighlightRow, enabled);
  gtk_widget_class_bind_template_child (widget_class, TlHighlightRow, kind);
  gtk_widget_class_bind_template_child (widget_class, TlHighlightRow, text);
  gtk_widget_class_bind_template_child (widget_class, TlHighlightRow, direction);
  gtk_widget_class_bind_template_child (widget_class, TlHighlightRow, color);
  gtk_widget_class_bind_template_child (widget_class, TlHighlightRow, match_case);
  gtk_widget_class_bind_template_child (widget_class, TlHighlightRow, bold);
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

  self->rule = g_object_ref (rule);
  tl_ordered_row_set_item (TL_ORDERED_ROW (self), rules, G_OBJECT (rule));
  for (guint i = 0; i < G_N_ELEMENTS (drops); i++)
    tl_choice_bind (G_OBJECT (rule), drops[i].property, GTK_WIDGET (drops[i].drop));
  g_object_bind_property (rule, "enabled", self->enabled, "active", both);
  g_object_bind_property (rule, "text", self->text, "text", both);
  g_object_bind_property (rule, "match-case", self->match_case, "active", both);
  g_object_bind_property (rule, "bold", self->bold, "active", both);
  g_signal_connect_swapped (self->kind, "notify::selected", G_CALLBACK (kind_changed_cb), self);
  g_signal_connect_swapped (rule, "notify::error", G_CALLBACK (error_changed_cb), self);
  kind_changed_cb (self);
  error_changed_cb (self);
  return GTK_WIDGET (self);
}
