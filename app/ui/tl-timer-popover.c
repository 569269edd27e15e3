/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often, and how many times, the composer sends. */
#include "tl-timer-popover.h"

#include <glib/gi18n-lib.h>

static const struct {
  double ms;
  guint  digits;
} units[] = {
  { 1, 0 },
  { 1000, 3 },
  { 60 * 1000, 3 },
  { 60 * 60 * 1000, 4 },
};

struct _TlTimerPopover
{
  GtkPopover      parent_instance;

  GtkSpinButton  *value;
  GtkDropDown    *unit;
  GtkCheckButton *endless;
  GtkSpinButton  *count;
  GtkLabel       *problem;
  GtkWidget      *start_button;

  guint           interval;
  gboolean        can_start;
  gboolean        loading;
  gboolean        corrected;     /* what was typed was no interval, and nobody has seen yet what it became */
};

G_DEFINE_FINAL_TYPE (TlTimerPopover, tl_timer_popover, GTK_TYPE_POPOVER)

enum {
  PROP_0,
  PROP_INTERVAL,
  PROP_COUNT,
  PROP_CAN_START,
  N_PROPS,
};

enum {
  SIGNAL_START,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static guint
get_unit (TlTimerPopover *self)
{
  return MIN (gtk_drop_down_get_selected (self->unit), G_N_ELEMENTS (units) - 1);
}

static void
show_interval (TlTimerPopover *self)
{
  guint unit = get_unit (self);

  self->loading = TRUE;
  gtk_spin_button_set_digits (self->value, units[unit].digits);
  gtk_spin_button_set_range (self->value, TL_TIMER_MIN_INTERVAL / units[unit].ms, TL_TIMER_MAX_INTERVAL / units[unit].ms);
  gtk_spin_button_set_value (self->value, self->interval / units[unit].ms);
  self->loading = FALSE;
}

static void
value_changed_cb (TlTimerPopover *self)
{
  double ms = gtk_spin_button_get_value (self->value) * units[get_unit (self)].ms;
  guint interval = CLAMP (ms + 0.5, TL_TIMER_MIN_INTERVAL, TL_TIMER_MAX_INTERVAL);

  if (self->loading || self->interval == interval)
    return;

  self->interval = interval;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_INTERVAL]);
}

/* The spin button takes the nearest limit for what is beyond it: that is said. Leaves the reading to the spin button. */
static int
input_cb (TlTimerPopover *self,
          double         *value,
          GtkSpinButton  *spin)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (spin));
  g_autofree char *shown = g_strdup_printf ("%.*f", (int) gtk_spin_button_get_digits (spin), gtk_spin_button_get_value (spin));
  g_autofree char *problem = NULL;
  double min, max, number;
  char *end;

  gtk_spin_button_get_range (spin, &min, &max);
  number = g_strtod (typed, &end);
  /* A millisecond among hours is rounded to nothing, and is one all the same. */
  if (g_str_equal (typed, shown) || (end != typed && number >= min && number <= max))
    return FALSE;

  problem = g_strdup_printf (_("“%s” is not from 1 ms to 1 day"), typed);
  gtk_label_set_label (self->problem, problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  self->corrected = TRUE;
  /* It does not grow by itself. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_popover_present (GTK_POPOVER (self));

  return FALSE;
}

static void
unit_changed_cb (TlTimerPopover *self)
{
  show_interval (self);
}

static void
start_cb (TlTimerPopover *self)
{
  /* What was typed and not yet taken. */
  gtk_spin_button_update (self->value);
  gtk_spin_button_update (self->count);
  if (self->corrected)
    {
      self->corrected = FALSE;
      gtk_widget_grab_focus (GTK_WIDGET (self->value));
      return;
    }

  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_START], 0);
}

static void
tl_timer_popover_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TlTimerPopover *self = TL_TIMER_POPOVER (object);

  switch (id)
    {
    case PROP_INTERVAL:
      g_value_set_uint (value, self->interval);
      break;
    case PROP_COUNT:
      g_value_set_int64 (value, tl_timer_popover_get_count (self));
      break;
    case PROP_CAN_START:
      g_value_set_boolean (value, self->can_start);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_timer_popover_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TlTimerPopover *self = TL_TIMER_POPOVER (object);
  gint64 count;

  switch (id)
    {
    case PROP_INTERVAL:
      tl_timer_popover_set_interval (self, g_value_get_uint (value));
      break;
    case PROP_COUNT:
      count = g_value_get_int64 (value);
      gtk_check_button_set_active (self->endless, count < 0);
      if (count > 0)
        gtk_spin_button_set_value (self->count, count);
      break;
    case PROP_CAN_START:
      if (self->can_start == g_value_get_boolean (value))
        break;
      self->can_start = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_timer_popover_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TL_TYPE_TIMER_POPOVER);

  G_OBJECT_CLASS (tl_timer_popover_parent_class)->dispose (object);
}

static void
tl_timer_popover_class_init (TlTimerPopoverClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_timer_popover_get_property;
  object_class->set_property = tl_timer_popover_set_property;
  object_class->dispose = tl_timer_popover_dispose;

  props[PROP_INTERVAL] = g_param_spec_uint ("interval", NULL, NULL, TL_TIMER_MIN_INTERVAL, TL_TIMER_MAX_INTERVAL, 1000, flags);
  props[PROP_COUNT] = g_param_spec_int64 ("count", NULL, NULL, -1, G_MAXINT64, -1, flags);
  props[PROP_CAN_START] = g_param_spec_boolean ("can-start", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_START] = g_signal_new ("start", TL_TYPE_TIMER_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-timer-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, TlTimerPopover, value);
  gtk_widget_class_bind_template_child (widget_class, TlTimerPopover, unit);
  gtk_widget_class_bind_template_child (widget_class, TlTimerPopover, endless);
  gtk_widget_class_bind_template_child (widget_class, TlTimerPopover, count);
  gtk_widget_class_bind_template_child (widget_class, TlTimerPopover, problem);
  gtk_widget_class_bind_template_child (widget_class, TlTimerPopover, start_button);
  gtk_widget_class_bind_template_callback (widget_class, input_cb);
  gtk_widget_class_bind_template_callback (widget_class, value_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, unit_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
}

static void
tl_timer_popover_init (TlTimerPopover *self)
{
  self->interval = 1000;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_popover_set_default_widget (GTK_POPOVER (self), self->start_button);
  show_interval (self);
}

guint
tl_timer_popover_get_interval (TlTimerPopover *self)
{
  g_return_val_if_fail (TL_IS_TIMER_POPOVER (self), 1000);

  return self->interval;
}

void
tl_timer_popover_set_interval (TlTimerPopover *self,
                               guint           interval_ms)
{
  g_return_if_fail (TL_IS_TIMER_POPOVER (self));

  if (self->interval == interval_ms)
    return;

  self->interval = CLAMP (interval_ms, TL_TIMER_MIN_INTERVAL, TL_TIMER_MAX_INTERVAL);
  show_interval (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_INTERVAL]);
}

gint64
tl_timer_popover_get_count (TlTimerPopover *self)
{
  g_return_val_if_fail (TL_IS_TIMER_POPOVER (self), -1);

  if (gtk_check_button_get_active (self->endless))
    return -1;

  return gtk_spin_button_get_value_as_int (self->count);
}
