/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rate of the last minute as a row of bars. */
#include "tl-rate-graph.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BAR_WIDTH 1.5
#define HEIGHT 18

struct _TlRateGraph
{
  GtkWidget parent_instance;

  guint64   samples[TL_RATE_GRAPH_SAMPLES];
  guint64   peak;
};

G_DEFINE_FINAL_TYPE (TlRateGraph, tl_rate_graph, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_PEAK,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
describe (TlRateGraph *self)
{
  g_autofree char *peak = g_format_size (self->peak);
  /* Translators: %s is a size such as “3.4 kB” */
  g_autofree char *text = g_strdup_printf (_("Rate of the last minute, peak %s a second"), peak);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
tl_rate_graph_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? (int) (TL_RATE_GRAPH_SAMPLES * BAR_WIDTH) : HEIGHT;
}

static void
tl_rate_graph_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  TlRateGraph *self = TL_RATE_GRAPH (widget);
  float width = gtk_widget_get_width (widget);
  float height = gtk_widget_get_height (widget);
  float bar = width / TL_RATE_GRAPH_SAMPLES;
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA color;
  GdkRGBA ground;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  ground = color;
  ground.alpha *= 0.25f;
  gtk_snapshot_append_color (snapshot, &ground, &GRAPHENE_RECT_INIT (0, height - 1, width, 1));

  for (guint i = 0; self->peak > 0 && i < TL_RATE_GRAPH_SAMPLES; i++)
    {
      /* One pixel at least: a little traffic is not no traffic. */
      float h = self->samples[i] > 0 ? MAX (1, (int) ((double) self->samples[i] / self->peak * height + 0.5)) : 0;
      float x = bar * (mirrored ? TL_RATE_GRAPH_SAMPLES - 1 - i : i);

      if (h > 0)
        gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (x, height - h, bar, h));
    }
}

static void
tl_rate_graph_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PEAK:
      g_value_set_uint64 (value, TL_RATE_GRAPH (object)->peak);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_rate_graph_class_init (TlRateGraphClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->get_property = tl_rate_graph_get_property;
  widget_class->measure = tl_rate_graph_measure;
  widget_class->snapshot = tl_rate_graph_snapshot;

  props[PROP_PEAK] = g_param_spec_uint64 ("peak", NULL, NULL, 0, G_MAXUINT64, 0,
                                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (class), N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "rategraph");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tl_rate_graph_init (TlRateGraph *self)
{
  describe (self);
}

GtkWidget *
tl_rate_graph_new (void)
{
  return g_object_new (TL_TYPE_RATE_GRAPH, NULL);
}

void
tl_rate_graph_set_samples (TlRateGraph   *self,
                           const guint64 *samples)
{
  static const guint64 none[TL_RATE_GRAPH_SAMPLES];
  guint64 peak = 0;

  g_return_if_fail (TL_IS_RATE_GRAPH (self));

  if (!samples)
    samples = none;
  if (memcmp (self->samples, samples, sizeof self->samples) == 0)
    return;

  memcpy (self->samples, samples, sizeof self->samples);
  for (guint i = 0; i < TL_RATE_GRAPH_SAMPLES; i++)
    peak = MAX (peak, samples[i]);
  if (self->peak != peak)
    {
      self->peak = peak;
      describe (self);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PEAK]);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint64
tl_rate_graph_get_peak (TlRateGraph *self)
{
  g_return_val_if_fail (TL_IS_RATE_GRAPH (self), 0);

  return self->peak;
}
