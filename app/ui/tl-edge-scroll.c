/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list that scrolls while something is dragged along its edges: GtkScrolledWindow does not do that by itself. */
#include "tl-edge-scroll.h"

#define EDGE 40.0           /* px, at most a quarter of the height */
#define MAX_SPEED 900.0     /* px/s */

typedef struct {
  GtkScrolledWindow *scrolled;
  double             y;
  gint64             frame;     /* µs; 0: none yet */
  guint              tick;
} EdgeScroll;

double
tl_edge_scroll_get_speed (double y,
                          double height)
{
  const double edge = MIN (EDGE, height / 4);

  if (edge <= 0)
    return 0;
  if (y < edge)
    return -MAX_SPEED * MIN (1, (edge - y) / edge);
  if (y > height - edge)
    return MAX_SPEED * MIN (1, (y - (height - edge)) / edge);

  return 0;
}

static double
get_speed (EdgeScroll *self)
{
  return tl_edge_scroll_get_speed (self->y, gtk_widget_get_height (GTK_WIDGET (self->scrolled)));
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  EdgeScroll *self = user_data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  const gint64 now = gdk_frame_clock_get_frame_time (clock);
  const double speed = get_speed (self);

  if (speed == 0)
    {
      self->tick = 0;
      return G_SOURCE_REMOVE;
    }
  /* After a long turn no leap. */
  if (self->frame > 0)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + speed * MIN (now - self->frame, 50000) / G_USEC_PER_SEC);
  self->frame = now;

  return G_SOURCE_CONTINUE;
}

static void
leave_cb (EdgeScroll *self)
{
  if (self->tick)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->scrolled), self->tick);
  self->tick = 0;
}

static void
motion_cb (EdgeScroll *self,
           double      x,
           double      y)
{
  self->y = y;
  if (self->tick || get_speed (self) == 0)
    return;
  self->frame = 0;
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->scrolled), tick_cb, self, NULL);
}

void
tl_edge_scroll_attach (GtkScrolledWindow *scrolled)
{
  GtkEventController *controller = gtk_drop_controller_motion_new ();
  EdgeScroll *self = g_new0 (EdgeScroll, 1);

  self->scrolled = scrolled;
  g_object_set_data_full (G_OBJECT (scrolled), "tl-edge-scroll", self, g_free);
  g_signal_connect_swapped (controller, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (controller, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (controller, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (scrolled), controller);
}
