/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of a folder that is shown as icons. */

#include "tl-ftp-icon-cell.h"

#define ICON_SIZE 48
#define BADGE_SIZE 16
#define SPACING 4
#define NAME_CHARS 13
#define NAME_LINES 2

struct _TlFtpIconCell
{
  GtkWidget parent_instance;

  GIcon       *icon;
  char        *name;
  gboolean     badge;
  PangoLayout *layout;  /* (nullable): of the name, once it was drawn */
};

G_DEFINE_FINAL_TYPE (TlFtpIconCell, tl_ftp_icon_cell, GTK_TYPE_WIDGET)

static void
measure_text (GtkWidget *widget,
              int       *width,
              int       *height)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int char_width = MAX (pango_font_metrics_get_approximate_char_width (metrics), pango_font_metrics_get_approximate_digit_width (metrics));

  *width = PANGO_PIXELS_CEIL (char_width * NAME_CHARS);
  *height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics)) * NAME_LINES;
  pango_font_metrics_unref (metrics);
}

static void
tl_ftp_icon_cell_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  int width, height;

  measure_text (widget, &width, &height);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MAX (width, ICON_SIZE) : ICON_SIZE + SPACING + height;
  *natural = *minimum;
}

static void
draw_icon (TlFtpIconCell *self,
           GtkSnapshot   *snapshot,
           GIcon         *icon,
           int            size,
           const GdkRGBA *colour)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  /* The theme keeps what it has loaded. */
  g_autoptr (GtkIconPaintable) paintable =
    gtk_icon_theme_lookup_by_gicon (theme, icon, size, gtk_widget_get_scale_factor (widget), gtk_widget_get_direction (widget), 0);

  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (paintable), snapshot, size, size, colour, 1);
}

static void
draw_badge (TlFtpIconCell *self,
            GtkSnapshot   *snapshot,
            float          x,
            float          y)
{
  g_autoptr (GIcon) icon = g_themed_icon_new ("dialog-warning-symbolic");
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA colour;

  if (!gtk_style_context_lookup_color (style, "warning_color", &colour))
    gtk_style_context_get_color (style, &colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  draw_icon (self, snapshot, icon, BADGE_SIZE, &colour);
  gtk_snapshot_restore (snapshot);
}

static PangoLayout *
make_layout (TlFtpIconCell *self)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->name);
  PangoAttrList *attributes = pango_attr_list_new ();

  /* A hyphen would look as if it were in the name. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (layout, -NAME_LINES);
  return layout;
}

static void
tl_ftp_icon_cell_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  TlFtpIconCell *self = TL_FTP_ICON_CELL (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  int width = gtk_widget_get_width (widget);
  float x = (float) ((width - ICON_SIZE) / 2);
  GdkRGBA colour;

  if (!self->icon)
    return;
  gtk_style_context_get_color (style, &colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, 0));
  draw_icon (self, snapshot, self->icon, ICON_SIZE, &colour);
  gtk_snapshot_restore (snapshot);
  if (self->badge)
    draw_badge (self, snapshot, x + ICON_SIZE - BADGE_SIZE, ICON_SIZE - BADGE_SIZE);

  if (!self->layout)
    self->layout = make_layout (self);
  pango_layout_set_width (self->layout, width * PANGO_SCALE);
  gtk_snapshot_render_layout (snapshot, style, 0, ICON_SIZE + SPACING, self->layout);
}

static void
tl_ftp_icon_cell_system_setting_changed (GtkWidget        *widget,
                                         GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (tl_ftp_icon_cell_parent_class)->system_setting_changed (widget, setting);
  if (setting == GTK_SYSTEM_SETTING_ICON_THEME)
    gtk_widget_queue_draw (widget);
  else
    gtk_widget_queue_resize (widget);
}

static void
tl_ftp_icon_cell_finalize (GObject *object)
{
  TlFtpIconCell *self = TL_FTP_ICON_CELL (object);

  g_clear_object (&self->icon);
  g_clear_object (&self->layout);
  g_free (self->name);
  G_OBJECT_CLASS (tl_ftp_icon_cell_parent_class)->finalize (object);
}

static void
tl_ftp_icon_cell_class_init (TlFtpIconCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tl_ftp_icon_cell_finalize;
  widget_class->measure = tl_ftp_icon_cell_measure;
  widget_class->snapshot = tl_ftp_icon_cell_snapshot;
  widget_class->system_setting_changed = tl_ftp_icon_cell_system_setting_changed;
  gtk_widget_class_set_css_name (widget_class, "tlftpiconcell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
tl_ftp_icon_cell_init (TlFtpIconCell *self)
{
  self->name = g_strdup ("");
}

GtkWidget *
tl_ftp_icon_cell_new (void)
{
  return g_object_new (TL_TYPE_FTP_ICON_CELL, NULL);
}

void
tl_ftp_icon_cell_show (TlFtpIconCell *self,
                       GIcon         *icon,
                       const char    *name,
                       const char    *problem)
{
  gboolean renamed;

  g_return_if_fail (TL_IS_FTP_ICON_CELL (self));

  renamed = strcmp (self->name, name) != 0;
  if (!renamed && self->icon == icon && self->badge == (problem != NULL))
    return;
  if (renamed)
    {
      g_free (self->name);
      self->name = g_strdup (name);
      g_clear_object (&self->layout);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
  if (problem)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, problem, -1);
  else if (self->badge)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  self->badge = problem != NULL;
  g_set_object (&self->icon, icon);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

int
tl_ftp_icon_cell_get_width_in (GtkWidget *widget)
{
  int width, height;

  measure_text (widget, &width, &height);
  return MAX (width, ICON_SIZE);
}

const char *
tl_ftp_icon_cell_get_name (TlFtpIconCell *self)
{
  g_return_val_if_fail (TL_IS_FTP_ICON_CELL (self), NULL);

  return self->name;
}
