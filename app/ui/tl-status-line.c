/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The counters of a session in one line. */
#include "tl-status-line.h"

#include "tl-rate-graph.h"
#include "tl-recording-chip.h"
#include "tl-reply-chip.h"
#include "tl-udp-session.h"
#include "tl-widget.h"
#include "tl-wrap-layout.h"

#include <glib/gi18n-lib.h>

G_STATIC_ASSERT (TL_RATE_GRAPH_SAMPLES == TL_SESSION_RATE_SAMPLES);

struct _TlStatusLine
{
  GtkWidget     parent_instance;

  GtkWidget    *box;
  GtkLabel     *received;
  GtkLabel     *sent;
  GtkLabel     *rates;
  GtkLabel     *drops;
  GtkLabel     *queued;
  TlRateGraph  *graph;
  TlReplyChip  *reply;
  TlRecordingChip *recording;
  GtkWidget    *private;
  GtkPopover   *context;

  TlSession    *session;
  GSignalGroup *signals;
};

G_DEFINE_FINAL_TYPE (TlStatusLine, tl_status_line, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_SESSION,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static char *
format_count (guint64 count)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, count);
}

static void
show_received (TlStatusLine            *self,
               const TlSessionCounters *counters)
{
  g_autofree char *count = format_count (counters->rx_messages);
  g_autofree char *size = g_format_size (counters->rx_bytes);
  g_autofree char *bytes = format_count (counters->rx_bytes);
  /* Translators: a count and a size: “Received 12 messages · 3.4 kB” */
  g_autofree char *text = g_strdup_printf (ngettext ("Received %s message · %s", "Received %s messages · %s", counters->rx_messages),
                                           count, size);
  g_autofree char *tip = g_strdup_printf (ngettext ("%s byte received", "%s bytes received", counters->rx_bytes), bytes);

  gtk_label_set_label (self->received, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->received), tip);
}

static void
show_sent (TlStatusLine            *self,
           const TlSessionCounters *counters)
{
  g_autofree char *count = format_count (counters->tx_messages);
  g_autofree char *size = g_format_size (counters->tx_bytes);
  g_autofree char *bytes = format_count (counters->tx_bytes);
  g_autofree char *text = g_strdup_printf (ngettext ("Sent %s message · %s", "Sent %s messages · %s", counters->tx_messages),
                                           count, size);
  g_autofree char *tip = g_strdup_printf (ngettext ("%s byte sent", "%s bytes sent", counters->tx_bytes), bytes);

  gtk_label_set_label (self->sent, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->sent), tip);
}

static void
show_rates (TlStatusLine *self)
{
  double rx_bytes = 0, tx_bytes = 0, rx_messages = 0, tx_messages = 0;
  g_autofree char *rx = NULL;
  g_autofree char *tx = NULL;
  g_autofree char *text = NULL;
  g_autofree char *tip = NULL;

  if (self->session)
    tl_session_get_rates (self->session, &rx_bytes, &tx_bytes, &rx_messages, &tx_messages);

  rx = g_format_size ((guint64) rx_bytes);
  tx = g_format_size ((guint64) tx_bytes);
  /* Translators: two sizes, of what comes in and of what goes out in a second */
  text = g_strdup_printf (_("In %s/s · out %s/s"), rx, tx);
  /* Translators: two numbers of messages */
  tip = g_strdup_printf (_("Messages a second: %'.0f in, %'.0f out"), rx_messages, tx_messages);
  gtk_label_set_label (self->rates, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->rates), tip);
  tl_rate_graph_set_samples (self->graph, self->session ? tl_session_get_rate_samples (self->session) : NULL);
}

static void
show_losses (TlStatusLine            *self,
             const TlSessionCounters *counters)
{
  g_autofree char *count = format_count (counters->kernel_drops);
  g_autofree char *drops = g_strdup_printf (_("Dropped by the kernel: %s"), count);
  guint64 waiting = 0;

  gtk_label_set_label (self->drops, drops);
  /* The kernel counts for datagrams alone; on a stream nothing is dropped. */
  gtk_widget_set_visible (GTK_WIDGET (self->drops), counters->kernel_drops > 0 || (self->session && TL_IS_UDP_SESSION (self->session)));
  if (counters->kernel_drops > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->drops), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->drops), "warning");

  if (self->session)
    g_object_get (self->session, "n-queued", &waiting, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->queued), waiting > 0);
  if (waiting > 0)
    {
      g_autofree char *size = g_format_size (waiting);
      g_autofree char *text = g_strdup_printf (_("Waiting to be sent: %s"), size);

      gtk_label_set_label (self->queued, text);
    }
}

static void
update (TlStatusLine *self)
{
  static const TlSessionCounters none;
  const TlSessionCounters *counters = self->session ? tl_session_get_counters (self->session) : &none;

  show_received (self, counters);
  show_sent (self, counters);
  show_rates (self);
  show_losses (self, counters);
}

static void
show_private (TlStatusLine *self)
{
  gtk_widget_set_visible (self->private, self->session && tl_session_get_private (self->session));
}

static void
pressed_cb (TlStatusLine *self,
            int           n_press,
            double        x,
            double        y)
{
  gtk_popover_set_pointing_to (self->context, &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (self->context);
}

static void
clear_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  TlStatusLine *self = TL_STATUS_LINE (widget);

  if (!self->session)
    return;

  tl_session_clear_counters (self->session);
  update (self);
}

static void
tl_status_line_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  GTK_WIDGET_CLASS (tl_status_line_parent_class)->size_allocate (widget, width, height, baseline);
  gtk_popover_present (TL_STATUS_LINE (widget)->context);
}

static void
tl_status_line_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, TL_STATUS_LINE (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_status_line_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      tl_status_line_set_session (TL_STATUS_LINE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_status_line_dispose (GObject *object)
{
  TlStatusLine *self = TL_STATUS_LINE (object);

  if (self->signals)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  g_clear_object (&self->session);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_status_line_parent_class)->dispose (object);
}

static void
tl_status_line_class_init (TlStatusLineClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = tl_status_line_get_property;
  object_class->set_property = tl_status_line_set_property;
  object_class->dispose = tl_status_line_dispose;
  widget_class->size_allocate = tl_status_line_size_allocate;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, TL_TYPE_SESSION,
                                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (TL_TYPE_WRAP_BOX);
  g_type_ensure (TL_TYPE_RATE_GRAPH);
  g_type_ensure (TL_TYPE_REPLY_CHIP);
  g_type_ensure (TL_TYPE_RECORDING_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-status-line.ui");
  gtk_widget_class_bind_template_child (widget_class, TlStatusLine, box);
  gtk_widget_class_bind_template_child (widget_class, TlStatusLine, received);
  gtk_widget_class_bind_template_child (widget_class, TlStatusLine, sent);
  gtk_widget_class_bind_template_child (widget_class, TlStatusLine, rates);
  gtk_widget_class_bind_template_child (widget_class, TlStatusLine, drops);
  gtk_widget_class_bind_template_child (widget_class, TlStatusLine, queued);
  gtk_widget_class_bind_template_child (widget_class, TlStatusLine, graph);
  gtk_widget_class_bind_template_child (widget_class, TlStatusLine, reply);
  gtk_widget_class_bind_template_child (widget_class, TlStatusLine, recording);
  gtk_widget_class_bind_template_child (widget_class, TlStatusLine, private);
  gtk_widget_class_bind_template_child (widget_class, TlStatusLine, context);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_set_css_name (widget_class, "statusline");

  gtk_widget_class_install_action (widget_class, "counters.clear", NULL, clear_action);
}

static void
tl_status_line_init (TlStatusLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_set (gtk_widget_get_layout_manager (self->box), "column-spacing", 18, NULL);

  self->signals = g_signal_group_new (TL_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "tick", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "notify::private", G_CALLBACK (show_private), self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "counters.clear", FALSE);
  update (self);
}

GtkWidget *
tl_status_line_new (void)
{
  return g_object_new (TL_TYPE_STATUS_LINE, NULL);
}

void
tl_status_line_set_session (TlStatusLine *self,
                            TlSession    *session)
{
  g_return_if_fail (TL_IS_STATUS_LINE (self));
  g_return_if_fail (session == NULL || TL_IS_SESSION (session));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->signals, session);
  tl_reply_chip_set_session (self->reply, session);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "counters.clear", session != NULL);
  update (self);
  show_private (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SESSION]);
}

void
tl_status_line_set_recording (TlStatusLine       *self,
                              TlSessionRecording *recording)
{
  g_return_if_fail (TL_IS_STATUS_LINE (self));
  tl_recording_chip_set_recording (self->recording, recording);
}
