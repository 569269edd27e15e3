/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text that wraps to the height that it needs, made for being set thousands of times a second. */

#include "tl-log-text.h"

#include <string.h>

#define MIN_CHARS 3
/* A list asks for the heights at its least width and at the one that it has. */
#define N_HEIGHTS 2
/* A line of so many times the natural width in characters is wider than it, however narrow its letters are. */
#define SURELY_WIDER 4
/* Pango breaks a word at the end of a line in a time that goes with the square of its length: it is given longer ones in pieces. */
#define WORD_PIECE 64

struct _TlLogText
{
  GtkWidget parent_instance;

  PangoLayout *layout;
  int          max_chars;
  int          max_lines;
  /* Of the text on lines as wide as they are; -1: not known. */
  int          full_width;
  int          full_height;
  /* Those asked for last, by the width; 0: none. */
  struct {
    int        width;
    int        height;
  }            heights[N_HEIGHTS];
  guint        next_height;
  /* Of the font, in Pango units; 0: not known. */
  int          char_width;
  int          line_height;
  gboolean     is_wide;      /* surely wider than the natural width can be, so that nobody needs to know how wide */
};

G_DEFINE_FINAL_TYPE (TlLogText, tl_log_text, GTK_TYPE_WIDGET)

static int
chars_to_pixels (TlLogText *self,
                 int        chars)
{
  if (self->char_width == 0)
    {
      PangoFontMetrics *metrics = pango_context_get_metrics (pango_layout_get_context (self->layout), NULL, NULL);

      self->char_width = MAX (pango_font_metrics_get_approximate_char_width (metrics),
                              pango_font_metrics_get_approximate_digit_width (metrics));
      self->line_height = pango_font_metrics_get_height (metrics);
      pango_font_metrics_unref (metrics);
    }
  return PANGO_PIXELS_CEIL (self->char_width * chars);
}

/* @width: in pixels, or -1. A text that has room enough is not laid out again for it. */
static void
set_width (TlLogText *self,
           int        width)
{
  int wanted = width < 0 || (self->full_width >= 0 && width >= self->full_width) ? -1 : width * PANGO_SCALE;

  if (pango_layout_get_width (self->layout) != wanted)
    pango_layout_set_width (self->layout, wanted);
}

static void
measure_full (TlLogText *self)
{
  if (self->full_width >= 0)
    return;
  set_width (self, -1);
  pango_layout_get_pixel_size (self->layout, &self->full_width, &self->full_height);
}

static int
height_at (TlLogText *self,
           int        width)
{
  int height;

  for (guint i = 0; i < N_HEIGHTS; i++)
    if (width > 0 && self->heights[i].width == width)
      return self->heights[i].height;

  /* A list asks for the height at no width and at the least one, too, which no row is ever drawn at. A long text would fill all the lines that
   * there are, and to lay it out for nothing is half of what it costs. */
  if (self->is_wide && self->max_lines > 0 && width <= chars_to_pixels (self, MIN_CHARS))
    return PANGO_PIXELS_CEIL (self->max_lines * self->line_height);

  set_width (self, width);
  if (pango_layout_get_width (self->layout) < 0)
    {
      measure_full (self);
      return self->full_height;
    }
  pango_layout_get_pixel_size (self->layout, NULL, &height);
  self->heights[self->next_height].width = width;
  self->heights[self->next_height].height = height;
  self->next_height = (self->next_height + 1) % N_HEIGHTS;
  return height;
}

static GtkSizeRequestMode
tl_log_text_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
natural_width (TlLogText *self)
{
  if (self->is_wide)
    return chars_to_pixels (self, self->max_chars);
  measure_full (self);
  return self->max_chars > 0 ? MIN (self->full_width, chars_to_pixels (self, self->max_chars)) : self->full_width;
}

static void
tl_log_text_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  TlLogText *self = TL_LOG_TEXT (widget);
  int width = natural_width (self);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *natural = width;
      *minimum = MIN (width, chars_to_pixels (self, MIN_CHARS));
      return;
    }

  /* Aligned to a side it gets no more than its natural width, whatever there is. */
  if (for_size >= 0 && gtk_widget_get_halign (widget) != GTK_ALIGN_FILL)
    for_size = MIN (for_size, width);
  *minimum = height_at (self, for_size);
  *natural = *minimum;
}

static void
tl_log_text_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  TlLogText *self = TL_LOG_TEXT (widget);
  GdkRGBA color;

  set_width (self, gtk_widget_get_width (widget));
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gtk_snapshot_append_layout (snapshot, self->layout, &color);
}

static void
invalidate (TlLogText *self)
{
  self->full_width = -1;
  memset (self->heights, 0, sizeof self->heights);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
tl_log_text_css_changed (GtkWidget         *widget,
                         GtkCssStyleChange *change)
{
  TlLogText *self = TL_LOG_TEXT (widget);

  GTK_WIDGET_CLASS (tl_log_text_parent_class)->css_changed (widget, change);
  if (!self->layout)
    return;
  pango_layout_context_changed (self->layout);
  self->char_width = 0;
  invalidate (self);
}

static void
tl_log_text_dispose (GObject *object)
{
  g_clear_object (&TL_LOG_TEXT (object)->layout);
  G_OBJECT_CLASS (tl_log_text_parent_class)->dispose (object);
}

static void
tl_log_text_class_init (TlLogTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_log_text_dispose;
  widget_class->get_request_mode = tl_log_text_get_request_mode;
  widget_class->measure = tl_log_text_measure;
  widget_class->snapshot = tl_log_text_snapshot;
  widget_class->css_changed = tl_log_text_css_changed;
  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
tl_log_text_init (TlLogText *self)
{
  self->full_width = -1;
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
}

GtkWidget *
tl_log_text_new (int max_chars,
                 int max_lines)
{
  TlLogText *self = g_object_new (TL_TYPE_LOG_TEXT, NULL);

  self->max_chars = max_chars;
  self->max_lines = max_lines;
  pango_layout_set_height (self->layout, -max_lines);
  return GTK_WIDGET (self);
}

/* Any attribute that divides the text would do: this one changes nothing, for it is so already. */
static void
add_piece (PangoAttrList *list,
           guint          start,
           guint          end)
{
  PangoAttribute *attribute = pango_attr_fallback_new (TRUE);

  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (list, attribute);
}

/* Divides long words, and finds out how many characters the longest line has. */
static guint
divide_words (const char    *text,
              PangoAttrList *list)
{
  const char *start = text;
  guint column = 0, longest = 0, n = 0;
  gboolean odd = FALSE;

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      column = *p == '\n' ? 0 : column + 1;
      longest = MAX (longest, column);
      if (*p == ' ' || *p == '\n')
        {
          n = 0;
          odd = FALSE;
        }
      else if (n++ % WORD_PIECE == 0)
        {
          if (odd)
            add_piece (list, start - text, p - text);
          odd = n > 1 && !odd;
          start = p;
        }
    }
  return longest;
}

void
tl_log_text_set (TlLogText     *self,
                 const char    *text,
                 PangoAttrList *attributes)
{
  g_autoptr (PangoAttrList) list = attributes ? pango_attr_list_copy (attributes) : pango_attr_list_new ();

  self->is_wide = divide_words (text, list) >= (guint) self->max_chars * SURELY_WIDER && self->max_chars > 0;
  pango_layout_set_text (self->layout, text, -1);
  pango_layout_set_attributes (self->layout, list);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  invalidate (self);
}

const char *
tl_log_text_get (TlLogText *self)
{
  return pango_layout_get_text (self->layout);
}
