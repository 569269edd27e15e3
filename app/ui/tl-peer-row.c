/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One peer in the list of peers. */

#include "tl-peer-row.h"

#include "tl-closures.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlPeerRow
{
  GtkWidget     parent_instance;

  GtkWidget    *dot;
  GtkLabel     *name;
  GtkLabel     *state;
  GtkLabel     *received;
  GtkLabel     *sent;
  GtkLabel     *since;
  GtkLabel     *queued;
  GtkLabel     *note;

  TlPeer       *peer;
  GSignalGroup *signals;
  const char   *css_class;
  guint         tick;
};

enum {
  PROP_0,
  PROP_PEER,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlPeerRow, tl_peer_row, GTK_TYPE_WIDGET)

static void
set_css_class (TlPeerRow  *self,
               const char *css_class)
{
  if (self->css_class == css_class)
    return;
  if (self->css_class != NULL)
    {
      gtk_widget_remove_css_class (self->dot, self->css_class);
      gtk_widget_remove_css_class (GTK_WIDGET (self->state), self->css_class);
    }
  self->css_class = css_class;
  gtk_widget_add_css_class (self->dot, css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->state), css_class);
}

static void
show_counters (TlPeerRow *self)
{
  g_autofree char *received = tl_received_label (tl_peer_get_rx_messages (self->peer), tl_peer_get_rx_bytes (self->peer));
  g_autofree char *sent = tl_sent_label (tl_peer_get_tx_messages (self->peer), tl_peer_get_tx_bytes (self->peer));
  g_autofree char *time = tl_time_of_day (tl_peer_get_since (self->peer));
  /* Translators: since when a peer is connected, or was first heard of; such as “since 14:05:00” */
  g_autofree char *since = g_strdup_printf (_("since %s"), time);
  guint64 queued = tl_peer_get_queued (self->peer);

  gtk_label_set_label (self->received, received);
  gtk_label_set_label (self->sent, sent);
  gtk_label_set_label (self->since, since);
  if (queued > 0)
    {
      g_autofree char *size = g_format_size (queued);
      g_autofree char *text = g_strdup_printf (_("%s wait to be sent"), size);

      gtk_label_set_label (self->queued, text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->queued), queued > 0);
}

static void
show_peer (TlPeerRow *self)
{
  const char *note = tl_peer_get_note (self->peer);
  const char *word = tl_peer_word (self->peer);
  const char *name = tl_peer_get_name (self->peer);
  gboolean renamed = !g_str_equal (gtk_label_get_label (self->name), name) || !g_str_equal (gtk_label_get_label (self->state), word);

  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->state, word);
  set_css_class (self, tl_peer_state_css_class (tl_peer_get_state (self->peer)));
  gtk_label_set_label (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL && *note != '\0');
  show_counters (self);
  /* Each update is a message on the accessibility bus, and counters change ten times a second. */
  if (renamed)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, word, -1);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  TlPeerRow *self = TL_PEER_ROW (widget);

  self->tick = 0;
  if (self->peer != NULL)
    show_peer (self);
  return G_SOURCE_REMOVE;
}

/* A peer notifies up to seven properties in a row: one redraw serves them all. */
static void
notify_cb (TlPeerRow *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static gboolean
tl_peer_row_query_tooltip (GtkWidget  *widget,
                           int         x,
                           int         y,
                           gboolean    keyboard,
                           GtkTooltip *tooltip)
{
  TlPeerRow *self = TL_PEER_ROW (widget);
  g_autofree char *since = NULL;
  g_autofree char *text = NULL;
  const char *note;

  if (self->peer == NULL)
    return FALSE;

  since = tl_date_and_time (tl_peer_get_since (self->peer));
  note = tl_peer_get_note (self->peer);
  text = g_strdup_printf (_("%s\nSince: %s\nReceived: %'lu messages, %'lu bytes\nSent: %'lu messages, %'lu bytes"),
                          tl_peer_get_name (self->peer), since,
                          (gulong) tl_peer_get_rx_messages (self->peer), (gulong) tl_peer_get_rx_bytes (self->peer),
                          (gulong) tl_peer_get_tx_messages (self->peer), (gulong) tl_peer_get_tx_bytes (self->peer));
  if (note != NULL && *note != '\0')
    {
      g_autofree char *with_note = g_strconcat (text, "\n", note, NULL);

      gtk_tooltip_set_text (tooltip, with_note);
    }
  else
    gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
tl_peer_row_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  if (prop_id == PROP_PEER)
    g_value_set_object (value, TL_PEER_ROW (object)->peer);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
tl_peer_row_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  if (prop_id == PROP_PEER)
    tl_peer_row_set_peer (TL_PEER_ROW (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
tl_peer_row_dispose (GObject *object)
{
  TlPeerRow *self = TL_PEER_ROW (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  g_clear_object (&self->peer);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_PEER_ROW);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_peer_row_parent_class)->dispose (object);
}

static void
tl_peer_row_class_init (TlPeerRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_peer_row_get_property;
  object_class->set_property = tl_peer_row_set_property;
  object_class->dispose = tl_peer_row_dispose;
  widget_class->query_tooltip = tl_peer_row_query_tooltip;

  properties[PROP_PEER] =
    g_param_spec_object ("peer", NULL, NULL, TL_TYPE_PEER,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-peer-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TlPeerRow, dot);
  gtk_widget_class_bind_template_child (widget_class, TlPeerRow, name);
  gtk_widget_class_bind_template_child (widget_class, TlPeerRow, state);
  gtk_widget_class_bind_template_child (widget_class, TlPeerRow, received);
  gtk_widget_class_bind_template_child (widget_class, TlPeerRow, sent);
  gtk_widget_class_bind_template_child (widget_class, TlPeerRow, since);
  gtk_widget_class_bind_template_child (widget_class, TlPeerRow, queued);
  gtk_widget_class_bind_template_child (widget_class, TlPeerRow, note);
}

static void
tl_peer_row_init (TlPeerRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (TL_TYPE_PEER);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (notify_cb), self);
}

GtkWidget *
tl_peer_row_new (void)
{
  return g_object_new (TL_TYPE_PEER_ROW, NULL);
}

void
tl_peer_row_set_peer (TlPeerRow *self,
                      TlPeer    *peer)
{
  g_return_if_fail (TL_IS_PEER_ROW (self));
  g_return_if_fail (peer == NULL || TL_IS_PEER (peer));

  if (!g_set_object (&self->peer, peer))
    return;
  g_signal_group_set_target (self->signals, peer);
  if (peer != NULL)
    show_peer (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PEER]);
}

TlPeer *
tl_peer_row_get_peer (TlPeerRow *self)
{
  g_return_val_if_fail (TL_IS_PEER_ROW (self), NULL);

  return self->peer;
}
