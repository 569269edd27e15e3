/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a session is opened and closed. One bar for the three kinds: they differ in words, and in whose address is typed. */

#include "tl-connection-bar.h"

#include "tl-caption-layout.h"
#include "tl-closures.h"
#include "tl-error-strip.h"
#include "tl-host-entry.h"
#include "tl-port-entry.h"
#include "tl-state-pill.h"
#include "tl-tcp-client.h"
#include "tl-widget.h"
#include "tl-wrap-layout.h"

#include <glib/gi18n-lib.h>

struct _TlConnectionBar
{
  GtkWidget      parent_instance;

  GtkWidget     *peers_button;
  GtkLabel      *peers_label;
  TlHostEntry   *host;
  TlPortEntry   *port;
  GtkButton     *button;
  TlStatePill   *pill;
  GtkWidget     *lock;
  GtkLabel      *local;
  GtkMenuButton *menu_button;
  TlErrorStrip  *error_strip;
  GtkWidget     *captions;
  GtkLabel      *host_caption;
  GtkLabel      *port_caption;
  GtkLabel      *problem_caption;

  TlSession     *session;
  GSignalGroup  *signals;
  TlKind         kind;
  guint          n_peers;
  gboolean       valid;
  gboolean       syncing;   /* the fields are set from the session */
};

enum {
  PROP_0,
  PROP_SESSION,
  PROP_VALID,
  PROP_PROBLEM,
  PROP_MENU_MODEL,
  PROP_N_PEERS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlConnectionBar, tl_connection_bar, GTK_TYPE_WIDGET)

static const char *
host_property (TlConnectionBar *self)
{
  return self->kind == TL_KIND_CLIENT ? "remote-host" : "local-host";
}

static const char *
port_property (TlConnectionBar *self)
{
  return self->kind == TL_KIND_CLIENT ? "remote-port" : "local-port";
}

static TlSessionState
current_state (TlConnectionBar *self)
{
  return self->session != NULL ? tl_session_get_state (self->session) : TL_SESSION_CLOSED;
}

static void
update_button (TlConnectionBar *self)
{
  TlSessionState state = current_state (self);
  GtkWidget *button = GTK_WIDGET (self->button);

  gtk_button_set_label (self->button, tl_open_button_label (self->kind, state));
  gtk_widget_set_tooltip_text (button, tl_open_button_tooltip (self->kind, state, self->valid));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bar.toggle",
                                 self->session != NULL && tl_open_button_sensitive (state, self->valid));
  if (tl_state_is_active (state))
    gtk_widget_remove_css_class (button, "suggested-action");
  else
    gtk_widget_add_css_class (button, "suggested-action");
}

static void
update_fields (TlConnectionBar *self)
{
  gboolean editable = tl_fields_editable (current_state (self));

  tl_checked_entry_set_editable (TL_CHECKED_ENTRY (self->host), editable);
  tl_checked_entry_set_editable (TL_CHECKED_ENTRY (self->port), editable);
}

static void
update_local (TlConnectionBar *self)
{
  const char *endpoint = self->session != NULL ? tl_session_get_local_endpoint (self->session) : NULL;
  gboolean is_client = self->kind == TL_KIND_CLIENT;
  gboolean shown = tl_state_is_active (current_state (self)) &&
                   tl_local_endpoint_tells (endpoint, is_client ? NULL : tl_host_entry_get_host (self->host),
                                            tl_port_entry_get_port (self->port));

  if (shown)
    {
      g_autofree char *text = g_strdup_printf (is_client ? _("From %s") : _("Bound to %s"), endpoint);

      gtk_label_set_label (self->local, text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->local), shown);
}

static void
update_lock (TlConnectionBar *self)
{
  g_autofree char *description = NULL;

  if (self->kind == TL_KIND_CLIENT && current_state (self) == TL_SESSION_OPEN)
    g_object_get (self->session, "tls-description", &description, NULL);
  gtk_widget_set_tooltip_text (self->lock, description);
  gtk_widget_set_visible (self->lock, description != NULL);
}

static void
state_changed_cb (TlConnectionBar *self)
{
  update_button (self);
  update_fields (self);
  update_local (self);
  update_lock (self);
}

/* Of a field that stands elsewhere; NULL for none. */
static const char *
current_problem (TlConnectionBar *self)
{
  const char *problem = gtk_label_get_label (self->problem_caption);

  return *problem != '\0' ? problem : NULL;
}

static void
valid_changed_cb (TlConnectionBar *self)
{
  gboolean valid = tl_checked_entry_get_valid (TL_CHECKED_ENTRY (self->host)) &&
                   tl_checked_entry_get_valid (TL_CHECKED_ENTRY (self->port)) && current_problem (self) == NULL;

  if (self->valid == valid)
    return;
  self->valid = valid;
  update_button (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
}

static void
set_problem (TlConnectionBar *self,
             const char      *problem)
{
  if (g_strcmp0 (current_problem (self), problem) == 0)
    return;
  gtk_label_set_label (self->problem_caption, problem != NULL ? problem : "");
  valid_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static gboolean
may_write (TlConnectionBar *self)
{
  return self->session != NULL && !self->syncing && tl_fields_editable (current_state (self));
}

static void
host_changed_cb (TlConnectionBar *self)
{
  if (may_write (self) && tl_checked_entry_get_valid (TL_CHECKED_ENTRY (self->host)))
    g_object_set (self->session, host_property (self), tl_host_entry_get_host (self->host), NULL);
}

static void
port_changed_cb (TlConnectionBar *self)
{
  int port = tl_port_entry_get_port (self->port);

  if (may_write (self) && port >= 0)
    g_object_set (self->session, port_property (self), (guint) port, NULL);
}

static void
endpoint_pasted_cb (TlConnectionBar *self,
                    const char      *host,
                    guint            port)
{
  if (!tl_fields_editable (current_state (self)))
    return;
  tl_checked_entry_set_text (TL_CHECKED_ENTRY (self->host), host);
  tl_port_entry_set_port (self->port, port);
}

/* What another view or a restored session changed. A text that says the same stays as it was typed. */
static void
host_from_session_cb (TlConnectionBar *self)
{
  g_autofree char *host = NULL;

  g_object_get (self->session, host_property (self), &host, NULL);
  self->syncing = TRUE;
  if (g_strcmp0 (host, tl_host_entry_get_host (self->host)) != 0)
    tl_checked_entry_set_text (TL_CHECKED_ENTRY (self->host), host != NULL ? host : "");
  self->syncing = FALSE;
}

static void
port_from_session_cb (TlConnectionBar *self)
{
  guint port = 0;

  g_object_get (self->session, port_property (self), &port, NULL);
  self->syncing = TRUE;
  if (tl_port_entry_get_port (self->port) != (int) port && (port > 0 || self->kind != TL_KIND_CLIENT))
    tl_port_entry_set_port (self->port, port);
  self->syncing = FALSE;
}

static void
watch_fields (TlConnectionBar *self)
{
  g_autofree char *host_signal = g_strconcat ("notify::", host_property (self), NULL);
  g_autofree char *port_signal = g_strconcat ("notify::", port_property (self), NULL);

  g_signal_connect_object (self->session, host_signal, G_CALLBACK (host_from_session_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, port_signal, G_CALLBACK (port_from_session_cb), self, G_CONNECT_SWAPPED);
  host_from_session_cb (self);
  port_from_session_cb (self);
}

static void
toggle_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TlConnectionBar *self = TL_CONNECTION_BAR (widget);

  if (self->session == NULL)
    return;
  if (tl_state_is_active (current_state (self)))
    {
      tl_session_close (self->session);
      return;
    }
  if (!self->valid)
    return;
  host_changed_cb (self);
  port_changed_cb (self);
  tl_session_open (self->session);
}

/* Enter opens; it never closes what is open. */
static void
activate_cb (TlConnectionBar *self)
{
  if (!tl_state_is_active (current_state (self)))
    gtk_widget_activate_action (GTK_WIDGET (self), "bar.toggle", NULL);
}

static void
show_kind (TlConnectionBar *self)
{
  gboolean is_client = self->kind == TL_KIND_CLIENT;

  g_object_set (self->host,
                "is-local", !is_client,
                "optional", !is_client,
                "label", is_client ? _("Server address") : _("Local address"),
                NULL);
  g_object_set (self->port,
                "is-local", !is_client,
                "protocol", self->kind == TL_KIND_UDP ? "udp" : "tcp",
                "label", is_client ? _("Server port") : _("Local port"),
                NULL);
}

static void
show_n_peers (TlConnectionBar *self)
{
  g_autofree char *text = g_strdup_printf ("%u", self->n_peers);
  g_autofree char *label = tl_all_peers_label (self->n_peers);

  gtk_label_set_label (self->peers_label, text);
  /* A wider number moves the fields. */
  gtk_widget_queue_allocate (self->captions);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->peers_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static gboolean
tl_connection_bar_grab_focus (GtkWidget *widget)
{
  TlConnectionBar *self = TL_CONNECTION_BAR (widget);

  return gtk_widget_grab_focus (GTK_WIDGET (tl_checked_entry_get_entry (TL_CHECKED_ENTRY (self->host))));
}

static void
tl_connection_bar_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  TlConnectionBar *self = TL_CONNECTION_BAR (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_VALID:
      g_value_set_boolean (value, self->valid);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, current_problem (self));
      break;
    case PROP_MENU_MODEL:
      g_value_set_object (value, gtk_menu_button_get_menu_model (self->menu_button));
      break;
    case PROP_N_PEERS:
      g_value_set_uint (value, self->n_peers);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_connection_bar_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  TlConnectionBar *self = TL_CONNECTION_BAR (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      tl_connection_bar_set_session (self, g_value_get_object (value));
      break;
    case PROP_PROBLEM:
      set_problem (self, g_value_get_string (value));
      break;
    case PROP_MENU_MODEL:
      gtk_menu_button_set_menu_model (self->menu_button, g_value_get_object (value));
      break;
    case PROP_N_PEERS:
      self->n_peers = g_value_get_uint (value);
      show_n_peers (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_connection_bar_dispose (GObject *object)
{
  TlConnectionBar *self = TL_CONNECTION_BAR (object);

  if (self->signals != NULL)
    tl_connection_bar_set_session (self, NULL);
  g_clear_object (&self->signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_CONNECTION_BAR);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_connection_bar_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-connection-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TlConnectionBar, peers_button);
  gtk_widget_class_bind_template_child (widget_class, TlConnectionBar, peers_label);
  gtk_widget_class_bind_template_child (widget_class, TlConnectionBar, host);
  gtk_widget_class_bind_template_child (widget_class, TlConnectionBar, port);
  gtk_widget_class_bind_template_child (widget_class, TlConnectionBar, button);
  gtk_widget_class_bind_template_child (widget_class, TlConnectionBar, pill);
  gtk_widget_class_bind_template_child (widget_class, TlConnectionBar, lock);
  gtk_widget_class_bind_template_child (widget_class, TlConnectionBar, local);
  gtk_widget_class_bind_template_child (widget_class, TlConnectionBar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, TlConnectionBar, error_strip);
  gtk_widget_class_bind_template_child (widget_class, TlConnectionBar, captions);
  gtk_widget_class_bind_template_child (widget_class, TlConnectionBar, host_caption);
  gtk_widget_class_bind_template_child (widget_class, TlConnectionBar, port_caption);
  gtk_widget_class_bind_template_child (widget_class, TlConnectionBar, problem_caption);
  gtk_widget_class_bind_template_callback (widget_class, valid_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, host_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, port_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, endpoint_pasted_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
tl_connection_bar_class_init (TlConnectionBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TL_TYPE_CAPTION_LAYOUT);
  g_type_ensure (TL_TYPE_ERROR_STRIP);
  g_type_ensure (TL_TYPE_HOST_ENTRY);
  g_type_ensure (TL_TYPE_PORT_ENTRY);
  g_type_ensure (TL_TYPE_STATE_PILL);
  g_type_ensure (TL_TYPE_WRAP_BOX);

  object_class->get_property = tl_connection_bar_get_property;
  object_class->set_property = tl_connection_bar_set_property;
  object_class->dispose = tl_connection_bar_dispose;
  widget_class->focus = tl_widget_focus_children;
  widget_class->grab_focus = tl_connection_bar_grab_focus;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, TL_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_VALID] =
    g_param_spec_boolean ("valid", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROBLEM] =
    g_param_spec_string ("problem", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MENU_MODEL] =
    g_param_spec_object ("menu-model", NULL, NULL, G_TYPE_MENU_MODEL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_PEERS] =
    g_param_spec_uint ("n-peers", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "bar.toggle", NULL, toggle_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
tl_connection_bar_init (TlConnectionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tl_caption_layout_set_field (self->host_caption, GTK_WIDGET (self->host));
  tl_caption_layout_set_field (self->port_caption, GTK_WIDGET (self->port));

  self->signals = g_signal_group_new (TL_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::state", G_CALLBACK (state_changed_cb), self);
  g_signal_group_connect_swapped (self->signals, "notify::local-endpoint", G_CALLBACK (update_local), self);
  g_signal_group_connect_swapped (self->signals, "notify::tls-description", G_CALLBACK (update_lock), self);

  show_kind (self);
  show_n_peers (self);
  valid_changed_cb (self);
  state_changed_cb (self);
}

GtkWidget *
tl_connection_bar_new (void)
{
  return g_object_new (TL_TYPE_CONNECTION_BAR, NULL);
}

void
tl_connection_bar_set_session (TlConnectionBar *self,
                               TlSession       *session)
{
  g_return_if_fail (TL_IS_CONNECTION_BAR (self));
  g_return_if_fail (session == NULL || TL_IS_SESSION (session));

  if (self->session == session)
    return;
  g_signal_group_set_target (self->signals, NULL);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  self->kind = session != NULL ? tl_kind_of_session (session) : TL_KIND_UDP;
  g_signal_group_set_target (self->signals, session);
  tl_state_pill_set_session (self->pill, session);
  tl_error_strip_set_session (self->error_strip, session);
  self->syncing = TRUE;
  show_kind (self);
  self->syncing = FALSE;
  if (session != NULL)
    watch_fields (self);
  valid_changed_cb (self);
  state_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

gboolean
tl_connection_bar_get_valid (TlConnectionBar *self)
{
  g_return_val_if_fail (TL_IS_CONNECTION_BAR (self), FALSE);

  return self->valid;
}
