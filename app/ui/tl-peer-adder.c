/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adds peers to a UDP session: checked while it is typed, names looked up without holding up the window. */

#include "tl-peer-adder.h"

#include "tl-address-check.h"
#include "tl-interface.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlPeerAdder
{
  GtkWidget      parent_instance;

  GtkEntry      *entry;
  GtkMenuButton *broadcast;
  GtkStack      *stack;
  GtkSpinner    *spinner;
  GtkLabel      *message;

  TlUdpSession  *session;
  TlEndpoint    *endpoint;     /* what was typed, while it is one */
  GCancellable  *cancellable;  /* of the name that is looked up */
};

enum {
  PROP_0,
  PROP_SESSION,
  PROP_TEXT,
  PROP_BUSY,
  N_PROPS,
};

enum {
  ADDED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlPeerAdder, tl_peer_adder, GTK_TYPE_WIDGET)

static void
show_message (TlPeerAdder *self,
              const char  *text,
              gboolean     is_error)
{
  gtk_label_set_label (self->message, text != NULL ? text : "");
  /* A sentence that is longer than the room stands here whole, and is read out whole. */
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->message), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "", -1);
  if (is_error)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->message), "dim-label");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_TRUE, -1);
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->message), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->message), "dim-label");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID);
    }
}

static void
update_action (TlPeerAdder *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "adder.add",
                                 self->session != NULL && self->endpoint != NULL && self->cancellable == NULL);
}

static void
set_busy (TlPeerAdder  *self,
          GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
  gtk_stack_set_visible_child_name (self->stack, cancellable != NULL ? "busy" : "add");
  gtk_spinner_set_spinning (self->spinner, cancellable != NULL);
  gtk_editable_set_editable (GTK_EDITABLE (self->entry), cancellable == NULL);
  update_action (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
show_scope (TlPeerAdder *self)
{
  g_autoptr (TlAddressCheck) check = tl_address_check_new (tl_endpoint_get_host (self->endpoint));
  const char *scope = tl_host_scope_get_label (check->scope);
  g_autofree char *digits = g_strdup_printf ("%u", tl_endpoint_get_port (self->endpoint));
  g_autoptr (TlPortCheck) port = tl_port_check_new (digits, FALSE, "udp");
  g_autofree char *note = g_strjoin (" · ", scope != NULL ? scope : _("A name; it is looked up when you add it"),
                                     tl_port_class_get_label (port->port_class), port->service, NULL);

  show_message (self, note, FALSE);
}

static void
changed_cb (TlPeerAdder *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->endpoint, tl_endpoint_unref);
  if (*text == '\0')
    show_message (self, NULL, FALSE);
  else
    {
      self->endpoint = tl_endpoint_parse (text, &error);
      if (self->endpoint != NULL && tl_endpoint_get_port (self->endpoint) == 0)
        {
          g_clear_pointer (&self->endpoint, tl_endpoint_unref);
          show_message (self, _("Nobody can be reached on port 0; type a port from 1 to 65535"), TRUE);
        }
      else if (self->endpoint != NULL)
        show_scope (self);
      else
        show_message (self, error->message, TRUE);
    }
  update_action (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TlPeerAdder) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TlPeer) peer = tl_udp_session_add_peer_finish (TL_UDP_SESSION (source), result, &error);

  /* The widget went away, or was given another session, meanwhile. */
  if (self->session != TL_UDP_SESSION (source) || self->cancellable == NULL)
    return;

  set_busy (self, NULL);
  if (peer == NULL)
    {
      show_message (self, error->message, TRUE);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  g_signal_emit (self, signals[ADDED], 0, peer);
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  TlPeerAdder *self = TL_PEER_ADDER (widget);
  g_autoptr (GCancellable) cancellable = NULL;

  if (self->session == NULL || self->endpoint == NULL || self->cancellable != NULL)
    return;

  cancellable = g_cancellable_new ();
  set_busy (self, cancellable);
  tl_udp_session_add_peer_async (self->session, self->endpoint, cancellable, added_cb, g_object_ref (self));
}

static void
activate_cb (TlPeerAdder *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "adder.add", NULL);
}

static guint
session_port (TlPeerAdder *self)
{
  const char *bound = tl_session_get_local_endpoint (TL_SESSION (self->session));
  g_autoptr (TlEndpoint) endpoint = bound != NULL ? tl_endpoint_parse (bound, NULL) : NULL;
  guint port = 0;

  if (endpoint != NULL)
    return tl_endpoint_get_port (endpoint);
  g_object_get (self->session, "local-port", &port, NULL);
  return port;
}

/* Programs that find each other by broadcast mostly use one port on both sides: ours is the best guess. */
static void
fill_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TlPeerAdder *self = TL_PEER_ADDER (widget);
  g_autofree char *text = NULL;
  guint port;

  if (self->session == NULL)
    return;

  port = session_port (self);
  text = port > 0 ? g_strdup_printf ("%s:%u", g_variant_get_string (parameter, NULL), port)
                  : g_strconcat (g_variant_get_string (parameter, NULL), ":", NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static void
append_address (GMenu      *menu,
                const char *address,
                const char *where)
{
  g_autofree char *label = g_strdup_printf (_("%s: %s"), address, where);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "adder.fill", "s", address);
  g_menu_append_item (menu, item);
}

static void
make_menu_cb (GtkMenuButton *button,
              gpointer       user_data)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GListModel) interfaces = tl_interface_list ();
  guint n = g_list_model_get_n_items (interfaces);

  append_address (menu, "255.255.255.255", _("everyone on the networks of this computer"));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TlInterface) interface = g_list_model_get_item (interfaces, i);

      for (const char * const *p = tl_interface_get_broadcasts (interface); *p != NULL; p++)
        append_address (menu, *p, tl_interface_get_label (interface));
    }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
tl_peer_adder_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlPeerAdder *self = TL_PEER_ADDER (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_TEXT:
      g_value_set_string (value, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_peer_adder_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TlPeerAdder *self = TL_PEER_ADDER (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      tl_peer_adder_set_session (self, g_value_get_object (value));
      break;
    case PROP_TEXT:
      gtk_editable_set_text (GTK_EDITABLE (self->entry), g_value_get_string (value) ? g_value_get_string (value) : "");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
tl_peer_adder_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TL_PEER_ADDER (widget)->entry));
}

static void
tl_peer_adder_dispose (GObject *object)
{
  TlPeerAdder *self = TL_PEER_ADDER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->endpoint, tl_endpoint_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_PEER_ADDER);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_peer_adder_parent_class)->dispose (object);
}

static void
tl_peer_adder_class_init (TlPeerAdderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_peer_adder_get_property;
  object_class->set_property = tl_peer_adder_set_property;
  object_class->dispose = tl_peer_adder_dispose;
  widget_class->focus = tl_widget_focus_children;
  widget_class->grab_focus = tl_peer_adder_grab_focus;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, TL_TYPE_UDP_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_BUSY] =
    g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ADDED] = g_signal_new ("added", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, TL_TYPE_PEER);

  gtk_widget_class_install_action (widget_class, "adder.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "adder.fill", "s", fill_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-peer-adder.ui");
  gtk_widget_class_bind_template_child (widget_class, TlPeerAdder, entry);
  gtk_widget_class_bind_template_child (widget_class, TlPeerAdder, broadcast);
  gtk_widget_class_bind_template_child (widget_class, TlPeerAdder, stack);
  gtk_widget_class_bind_template_child (widget_class, TlPeerAdder, spinner);
  gtk_widget_class_bind_template_child (widget_class, TlPeerAdder, message);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
tl_peer_adder_init (TlPeerAdder *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->broadcast, make_menu_cb, NULL, NULL);
  update_action (self);
}

void
tl_peer_adder_set_session (TlPeerAdder  *self,
                           TlUdpSession *session)
{
  g_return_if_fail (TL_IS_PEER_ADDER (self));
  g_return_if_fail (session == NULL || TL_IS_UDP_SESSION (session));

  if (self->session == session)
    return;
  if (self->cancellable != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      set_busy (self, NULL);
    }
  g_set_object (&self->session, session);
  update_action (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}
