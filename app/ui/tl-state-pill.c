/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of a session, for eyes that see colours and for eyes that do not. */

#include "tl-state-pill.h"

#include "tl-closures.h"
#include "tl-tcp-client.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlStatePill
{
  GtkWidget     parent_instance;

  GtkLabel     *label;
  TlSession    *session;
  GSignalGroup *signals;
  const char   *css_class;
  guint         timer;
};

enum {
  PROP_0,
  PROP_SESSION,
  PROP_TEXT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlStatePill, tl_state_pill, GTK_TYPE_WIDGET)

static char *
make_text (TlStatePill    *self,
           TlSessionState  state)
{
  gint64 retry_at = 0;

  if (state != TL_SESSION_RECONNECTING || !TL_IS_TCP_CLIENT (self->session))
    return g_strdup (tl_session_get_state_label (self->session));

  g_object_get (self->session, "retry-at", &retry_at, NULL);
  return tl_state_retry_text (retry_at, g_get_monotonic_time ());
}

static void
set_text (TlStatePill *self,
          const char  *text)
{
  if (g_strcmp0 (gtk_label_get_label (self->label), text) == 0)
    return;

  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
set_css_class (TlStatePill *self,
               const char  *css_class)
{
  if (self->css_class == css_class)
    return;
  if (self->css_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->css_class);
  self->css_class = css_class;
  gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
}

static void
refresh (TlStatePill *self)
{
  TlSessionState state = self->session != NULL ? tl_session_get_state (self->session) : TL_SESSION_CLOSED;
  g_autofree char *text = self->session != NULL ? make_text (self, state) : g_strdup ("");

  set_text (self, text);
  set_css_class (self, tl_state_css_class (state, self->session != NULL ? tl_session_get_outcome (self->session) : TL_OUTCOME_NONE));
}

static gboolean
timer_cb (gpointer data)
{
  refresh (data);
  return G_SOURCE_CONTINUE;
}

static void
update_timer (TlStatePill *self)
{
  gboolean wanted = self->session != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
                    tl_session_get_state (self->session) == TL_SESSION_RECONNECTING;

  if (wanted && self->timer == 0)
    self->timer = g_timeout_add (500, timer_cb, self);
  else if (!wanted)
    g_clear_handle_id (&self->timer, g_source_remove);
}

static void
changed_cb (TlStatePill *self)
{
  if (self->session != NULL)
    refresh (self);
  update_timer (self);
}

static void
tl_state_pill_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tl_state_pill_parent_class)->map (widget);
  changed_cb (TL_STATE_PILL (widget));
}

static void
tl_state_pill_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tl_state_pill_parent_class)->unmap (widget);
  update_timer (TL_STATE_PILL (widget));
}

static void
tl_state_pill_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlStatePill *self = TL_STATE_PILL (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_TEXT:
      g_value_set_string (value, tl_state_pill_get_text (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_state_pill_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      tl_state_pill_set_session (TL_STATE_PILL (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_state_pill_dispose (GObject *object)
{
  TlStatePill *self = TL_STATE_PILL (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_STATE_PILL);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_state_pill_parent_class)->dispose (object);
}

static void
tl_state_pill_class_init (TlStatePillClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_state_pill_get_property;
  object_class->set_property = tl_state_pill_set_property;
  object_class->dispose = tl_state_pill_dispose;
  widget_class->map = tl_state_pill_map;
  widget_class->unmap = tl_state_pill_unmap;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, TL_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-state-pill.ui");
  gtk_widget_class_bind_template_child (widget_class, TlStatePill, label);
}

static void
tl_state_pill_init (TlStatePill *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (TL_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::state", G_CALLBACK (changed_cb), self);
  g_signal_group_connect_swapped (self->signals, "notify::retry-at", G_CALLBACK (changed_cb), self);
  refresh (self);
}

void
tl_state_pill_set_session (TlStatePill *self,
                           TlSession   *session)
{
  g_return_if_fail (TL_IS_STATE_PILL (self));
  g_return_if_fail (session == NULL || TL_IS_SESSION (session));

  if (!g_set_object (&self->session, session))
    return;
  g_signal_group_set_target (self->signals, session);
  refresh (self);
  update_timer (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

void
tl_state_pill_show (TlStatePill *self,
                    const char  *css_class,
                    const char  *text)
{
  g_return_if_fail (TL_IS_STATE_PILL (self));
  g_return_if_fail (self->session == NULL);

  set_text (self, text);
  set_css_class (self, css_class);
}

const char *
tl_state_pill_get_text (TlStatePill *self)
{
  g_return_val_if_fail (TL_IS_STATE_PILL (self), NULL);

  return gtk_label_get_label (self->label);
}
