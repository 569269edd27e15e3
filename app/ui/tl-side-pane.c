/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A flap whose pane is as wide as the user made it. */
#include "tl-side-pane.h"

#include "tl-widget.h"

#include <glib/gi18n-lib.h>

#define STEP 20
#define HANDLE_WIDTH 8

struct _TlSidePane
{
  GtkWidget  parent_instance;

  AdwFlap   *flap;
  GtkWidget *handle;
  int        width;
  int        drag_width;   /* when the drag began */
  double     drag_x;       /* of the pointer then, in coordinates of this widget: the handle moves with it */
};

enum {
  PROP_0,
  PROP_FLAP,
  PROP_WIDTH,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TlSidePane, tl_side_pane, GTK_TYPE_WIDGET)

static gboolean
is_mirrored (TlSidePane *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static void
set_width (TlSidePane *self,
           int         width)
{
  width = CLAMP (width, TL_SIDE_PANE_MIN_WIDTH, TL_SIDE_PANE_MAX_WIDTH);
  if (self->width == width)
    return;
  self->width = width;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->handle), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) width, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WIDTH]);
}

static double
pointer_x (TlSidePane     *self,
           GtkGestureDrag *gesture,
           double          offset)
{
  double start_x, start_y, x, y;

  gtk_gesture_drag_get_start_point (gesture, &start_x, &start_y);
  gtk_widget_translate_coordinates (self->handle, GTK_WIDGET (self), start_x + offset, start_y, &x, &y);

  return x;
}

static void
drag_begin_cb (TlSidePane     *self,
               double          x,
               double          y,
               GtkGestureDrag *gesture)
{
  self->drag_width = gtk_widget_get_width (adw_flap_get_flap (self->flap));
  self->drag_x = pointer_x (self, gesture, 0);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
drag_update_cb (TlSidePane     *self,
                double          offset_x,
                double          offset_y,
                GtkGestureDrag *gesture)
{
  double moved = pointer_x (self, gesture, offset_x) - self->drag_x;

  set_width (self, self->drag_width + (int) (is_mirrored (self) ? -moved : moved));
}

static void
pressed_cb (TlSidePane *self,
            int         n_press)
{
  if (n_press == 2)
    set_width (self, TL_SIDE_PANE_MIN_WIDTH);
}

static gboolean
key_pressed_cb (TlSidePane *self,
                guint       keyval)
{
  int step = is_mirrored (self) ? -STEP : STEP;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      set_width (self, self->width - step);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      set_width (self, self->width + step);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
      set_width (self, TL_SIDE_PANE_MIN_WIDTH);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* What is left for the pane where the content has as little as it can do with. Never less than the least, with which the flap folds. */
static int
fitting_width (TlSidePane *self,
               int         width)
{
  GtkWidget *separator = adw_flap_get_separator (self->flap);
  int content, line = 0;

  gtk_widget_measure (adw_flap_get_content (self->flap), GTK_ORIENTATION_HORIZONTAL, -1, &content, NULL, NULL, NULL);
  if (separator)
    gtk_widget_measure (separator, GTK_ORIENTATION_HORIZONTAL, -1, &line, NULL, NULL, NULL);

  return CLAMP (width - content - line, TL_SIDE_PANE_MIN_WIDTH, self->width);
}

static void
tl_side_pane_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  TlSidePane *self = TL_SIDE_PANE (widget);

  *minimum = *natural = 0;
  if (!self->flap)
    return;
  gtk_widget_measure (GTK_WIDGET (self->flap), orientation, for_size, minimum, natural, NULL, NULL);
  /* However wide the pane was made, the window can be as narrow as before. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (adw_flap_get_content (self->flap), orientation, -1, minimum, NULL, NULL, NULL);
      *minimum = MAX (*minimum, TL_SIDE_PANE_MIN_WIDTH);
      *natural = MAX (*natural, *minimum);
    }
}

static void
tl_side_pane_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  TlSidePane *self = TL_SIDE_PANE (widget);
  GtkWidget *pane = adw_flap_get_flap (self->flap);
  gboolean beside;
  int fitting = fitting_width (self, width);
  int x = is_mirrored (self) ? width - fitting : fitting;

  /* The flap gives its pane the least that it asks for. */
  gtk_widget_set_size_request (pane, fitting, -1);
  gtk_widget_allocate (GTK_WIDGET (self->flap), width, height, baseline, NULL);

  beside = !adw_flap_get_folded (self->flap) && adw_flap_get_reveal_progress (self->flap) >= 1;
  gtk_widget_set_child_visible (self->handle, beside);
  if (beside)
    gtk_widget_size_allocate (self->handle, &(GtkAllocation) { x - HANDLE_WIDTH / 2, 0, HANDLE_WIDTH, height }, -1);
}

static void
tl_side_pane_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlSidePane *self = TL_SIDE_PANE (object);

  switch (id)
    {
    case PROP_FLAP:
      g_value_set_object (value, self->flap);
      break;
    case PROP_WIDTH:
      g_value_set_int (value, self->width);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_side_pane_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TlSidePane *self = TL_SIDE_PANE (object);

  switch (id)
    {
    case PROP_FLAP:
      self->flap = g_value_get_object (value);
      /* Below the handle. */
      gtk_widget_insert_before (GTK_WIDGET (self->flap), GTK_WIDGET (self), self->handle);
      g_signal_connect_object (self->flap, "notify::reveal-progress", G_CALLBACK (gtk_widget_queue_allocate), self,
                               G_CONNECT_SWAPPED);
      break;
    case PROP_WIDTH:
      set_width (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_side_pane_dispose (GObject *object)
{
  TlSidePane *self = TL_SIDE_PANE (object);

  self->flap = NULL;
  tl_widget_unparent_children (GTK_WIDGET (self));
  G_OBJECT_CLASS (tl_side_pane_parent_class)->dispose (object);
}

static void
tl_side_pane_class_init (TlSidePaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_side_pane_get_property;
  object_class->set_property = tl_side_pane_set_property;
  object_class->dispose = tl_side_pane_dispose;
  widget_class->measure = tl_side_pane_measure;
  widget_class->size_allocate = tl_side_pane_size_allocate;

  props[PROP_FLAP] = g_param_spec_object ("flap", NULL, NULL, ADW_TYPE_FLAP, flags | G_PARAM_CONSTRUCT_ONLY);
  props[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, TL_SIDE_PANE_MAX_WIDTH, TL_SIDE_PANE_MIN_WIDTH, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "sidepane");
}

static void
add_controllers (TlSidePane *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->handle, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (self->handle, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (self->handle, keys);
}

static void
tl_side_pane_init (TlSidePane *self)
{
  self->width = TL_SIDE_PANE_MIN_WIDTH;
  self->handle = g_object_new (ADW_TYPE_BIN, "accessible-role", GTK_ACCESSIBLE_ROLE_SEPARATOR,
                               "focusable", TRUE, NULL);
  gtk_widget_set_cursor_from_name (self->handle, "col-resize");
  gtk_widget_add_css_class (self->handle, "tl-pane-handle");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->handle),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Width of the pane"),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, (double) TL_SIDE_PANE_MIN_WIDTH,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) TL_SIDE_PANE_MAX_WIDTH,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) self->width,
                                  -1);
  gtk_widget_set_parent (self->handle, GTK_WIDGET (self));
  add_controllers (self);
}
