/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The peers of a session, and whom one talks to. */

#include "tl-peer-pane.h"

#include "tl-closures.h"
#include "tl-list-bin.h"
#include "tl-peer-acts.h"
#include "tl-peer-adder.h"
#include "tl-peer-details.h"
#include "tl-peer-row.h"
#include "tl-peer-selection.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlPeerPane
{
  GtkWidget           parent_instance;

  GtkToggleButton    *all;
  GtkLabel           *all_label;
  GtkRevealer        *search_revealer;
  GtkSearchEntry     *search;
  GtkStack           *stack;
  GtkLabel           *hint;
  GtkListView        *view;
  GtkWidget          *details_button;
  GtkWidget          *disconnect_button;
  GtkWidget          *remove_button;
  TlPeerAdder        *adder;
  GtkPopover         *menu;

  TlSession          *session;
  GSignalGroup       *signals;
  TlPeerSelection    *selection;
};

enum {
  PROP_0,
  PROP_SESSION,
  PROP_SELECTION,
  N_PROPS,
};

enum {
  TARGETS_CHANGED,
  SEND_TO,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlPeerPane, tl_peer_pane, GTK_TYPE_WIDGET)

static void
update_actions (TlPeerPane *self)
{
  g_autoptr (GPtrArray) peers = tl_peer_selection_dup_selected (self->selection);
  TlKind kind = self->session != NULL ? tl_kind_of_session (self->session) : TL_KIND_UDP;
  TlPeerActs acts = tl_peer_acts_possible (kind, peers);
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "peers.send-to", acts.send);
  gtk_widget_action_set_enabled (widget, "peers.copy-address", peers->len > 0);
  gtk_widget_action_set_enabled (widget, "peers.details", acts.details);
  gtk_widget_action_set_enabled (widget, "peers.log", peers->len == 1);
  gtk_widget_action_set_enabled (widget, "peers.disconnect", acts.disconnect);
  gtk_widget_action_set_enabled (widget, "peers.half-close", acts.half_close);
  gtk_widget_action_set_enabled (widget, "peers.reset", acts.reset);
  gtk_widget_action_set_enabled (widget, "peers.remove", acts.remove);
  gtk_widget_set_sensitive (self->disconnect_button, acts.disconnect);
}

static void
update_header (TlPeerPane *self)
{
  guint n_peers = tl_peer_selection_get_n_peers (self->selection);
  guint n_selected = tl_peer_selection_get_n_selected (self->selection);
  gboolean orphaned = tl_peer_selection_is_orphaned (self->selection);
  g_autofree char *label = tl_peers_header (n_selected, n_peers, orphaned);

  gtk_label_set_label (self->all_label, label);
  gtk_toggle_button_set_active (self->all, n_selected == 0 && !orphaned);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->all), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
selection_changed_cb (TlPeerPane *self)
{
  guint n_peers = tl_peer_selection_get_n_peers (self->selection);
  gboolean searching = *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';

  gtk_revealer_set_reveal_child (self->search_revealer, n_peers > TL_PEER_PANE_SEARCH_FROM || searching);
  gtk_stack_set_visible_child_name (self->stack, n_peers > 0 ? "list" : "empty");
  update_header (self);
  update_actions (self);
  g_signal_emit (self, signals[TARGETS_CHANGED], 0);
}

static void
tick_cb (TlPeerPane *self)
{
  if (tl_peer_selection_get_n_selected (self->selection) > 0)
    update_actions (self);
}

static void
search_changed_cb (TlPeerPane *self)
{
  tl_peer_selection_set_needle (self->selection, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
all_clicked_cb (TlPeerPane *self)
{
  tl_peer_selection_clear (self->selection);
  /* A click turns the toggle by itself, also where nothing changes. */
  update_header (self);
}

static void
row_activated_cb (TlPeerPane *self,
                  guint       position)
{
  gtk_selection_model_select_item (tl_peer_selection_get_model (self->selection), position, TRUE);
  g_signal_emit (self, signals[SEND_TO], 0);
}

static void
added_cb (TlPeerPane *self,
          TlPeer     *peer)
{
  tl_peer_selection_select (self->selection, peer, FALSE);
  g_signal_emit (self, signals[SEND_TO], 0);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  gtk_list_item_set_child (item, tl_peer_row_new ());
}

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item)
{
  tl_peer_row_set_peer (TL_PEER_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  tl_peer_row_set_peer (TL_PEER_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
pressed_cb (TlPeerPane      *self,
            int              n_press,
            double           x,
            double           y,
            GtkGestureClick *gesture)
{
  GtkWidget *view = GTK_WIDGET (self->view);
  GtkWidget *row = tl_widget_pick_row (view, x, y, TL_TYPE_PEER_ROW);

  if (row == NULL)
    return;
  tl_peer_selection_select (self->selection, tl_peer_row_get_peer (TL_PEER_ROW (row)), TRUE);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  tl_widget_popup_row_menu (self->menu, view, x, y);
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TlPeerPane *self = TL_PEER_PANE (widget);

  if (tl_peer_selection_get_n_selected (self->selection) > 0)
    tl_widget_popup_row_menu_at_focus (self->menu, GTK_WIDGET (self->view));
}

static void
all_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  tl_peer_selection_clear (TL_PEER_PANE (widget)->selection);
}

static void
send_to_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  g_signal_emit (widget, signals[SEND_TO], 0);
}

static void
toast (TlPeerPane *self,
       char       *sentence)
{
  g_autofree char *text = sentence;

  if (text != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "page.toast", "s", text);
}

static void
disconnect_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  TlPeerPane *self = TL_PEER_PANE (widget);
  g_autoptr (GPtrArray) peers = tl_peer_selection_dup_selected (self->selection);
  TlDisconnectKind how = TL_DISCONNECT_GRACEFUL;

  if (g_str_equal (name, "peers.half-close"))
    how = TL_DISCONNECT_HALF_CLOSE;
  else if (g_str_equal (name, "peers.reset"))
    how = TL_DISCONNECT_RESET;
  toast (self, tl_peer_acts_disconnect (self->session, peers, how));
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TlPeerPane *self = TL_PEER_PANE (widget);
  g_autoptr (GPtrArray) peers = tl_peer_selection_dup_selected (self->selection);

  /* The user takes them away: what is written next is meant for those that are left. */
  tl_peer_selection_clear (self->selection);
  tl_peer_acts_remove (self->session, peers);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TlPeerPane *self = TL_PEER_PANE (widget);
  g_autoptr (GPtrArray) peers = tl_peer_selection_dup_selected (self->selection);
  g_autofree char *text = tl_peer_acts_addresses (peers);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  toast (self, g_strdup (ngettext ("The address was copied", "The addresses were copied", peers->len)));
}

static void
details_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  TlPeerPane *self = TL_PEER_PANE (widget);
  g_autoptr (GPtrArray) peers = tl_peer_selection_dup_selected (self->selection);

  if (peers->len == 1)
    tl_peer_details_present (self->session, g_ptr_array_index (peers, 0), gtk_widget_get_root (widget));
}

static void
log_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  g_autoptr (GPtrArray) peers = tl_peer_selection_dup_selected (TL_PEER_PANE (widget)->selection);

  if (peers->len == 1)
    gtk_widget_activate_action (widget, "page.log-peer", "s", tl_peer_get_name (g_ptr_array_index (peers, 0)));
}

static void
show_kind (TlPeerPane *self)
{
  TlKind kind = self->session != NULL ? tl_kind_of_session (self->session) : TL_KIND_UDP;
  gboolean is_udp = kind == TL_KIND_UDP;
  TlUdpSession *udp = TL_IS_UDP_SESSION (self->session) ? TL_UDP_SESSION (self->session) : NULL;

  gtk_label_set_label (self->hint, tl_no_peers_hint (kind));
  gtk_widget_set_visible (GTK_WIDGET (self->adder), udp != NULL);
  gtk_widget_set_visible (self->details_button, !is_udp);
  gtk_widget_set_visible (self->disconnect_button, !is_udp);
  gtk_widget_set_visible (self->remove_button, is_udp);
  tl_peer_adder_set_session (self->adder, udp);
}

static void
tl_peer_pane_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlPeerPane *self = TL_PEER_PANE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_peer_pane_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  if (prop_id == PROP_SESSION)
    tl_peer_pane_set_session (TL_PEER_PANE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
tl_peer_pane_dispose (GObject *object)
{
  TlPeerPane *self = TL_PEER_PANE (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_PEER_PANE);
  tl_widget_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->selection);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (tl_peer_pane_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "peers.all", NULL, all_action);
  gtk_widget_class_install_action (widget_class, "peers.send-to", NULL, send_to_action);
  gtk_widget_class_install_action (widget_class, "peers.disconnect", NULL, disconnect_action);
  gtk_widget_class_install_action (widget_class, "peers.half-close", NULL, disconnect_action);
  gtk_widget_class_install_action (widget_class, "peers.reset", NULL, disconnect_action);
  gtk_widget_class_install_action (widget_class, "peers.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "peers.copy-address", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "peers.details", NULL, details_action);
  gtk_widget_class_install_action (widget_class, "peers.log", NULL, log_action);
  gtk_widget_class_install_action (widget_class, "peers.menu", NULL, menu_action);
}

static void
add_shortcuts (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "peers.all", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "peers.copy-address", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "peers.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, GDK_SHIFT_MASK, "peers.disconnect", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_ALT_MASK, "peers.details", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "peers.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "peers.menu", NULL);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-peer-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, TlPeerPane, all);
  gtk_widget_class_bind_template_child (widget_class, TlPeerPane, all_label);
  gtk_widget_class_bind_template_child (widget_class, TlPeerPane, search_revealer);
  gtk_widget_class_bind_template_child (widget_class, TlPeerPane, search);
  gtk_widget_class_bind_template_child (widget_class, TlPeerPane, stack);
  gtk_widget_class_bind_template_child (widget_class, TlPeerPane, hint);
  gtk_widget_class_bind_template_child (widget_class, TlPeerPane, view);
  gtk_widget_class_bind_template_child (widget_class, TlPeerPane, details_button);
  gtk_widget_class_bind_template_child (widget_class, TlPeerPane, disconnect_button);
  gtk_widget_class_bind_template_child (widget_class, TlPeerPane, remove_button);
  gtk_widget_class_bind_template_child (widget_class, TlPeerPane, adder);
  gtk_widget_class_bind_template_child (widget_class, TlPeerPane, menu);
  gtk_widget_class_bind_template_callback (widget_class, all_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, added_cb);
}

static void
tl_peer_pane_class_init (TlPeerPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TL_TYPE_LIST_BIN);
  g_type_ensure (TL_TYPE_PEER_ADDER);
  object_class->get_property = tl_peer_pane_get_property;
  object_class->set_property = tl_peer_pane_set_property;
  object_class->dispose = tl_peer_pane_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, TL_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTION] = g_param_spec_object ("selection", NULL, NULL, TL_TYPE_PEER_SELECTION,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[TARGETS_CHANGED] = g_signal_new ("targets-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SEND_TO] = g_signal_new ("send-to", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  install_actions (widget_class);
  add_shortcuts (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
tl_peer_pane_init (TlPeerPane *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (TL_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "tick", G_CALLBACK (tick_cb), self);
  g_signal_group_connect_swapped (self->signals, "notify::state", G_CALLBACK (tick_cb), self);

  self->selection = tl_peer_selection_new ();
  g_signal_connect_swapped (self->selection, "changed", G_CALLBACK (selection_changed_cb), self);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row_cb), NULL);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, tl_peer_selection_get_model (self->selection));
  g_object_unref (factory);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));

  show_kind (self);
  selection_changed_cb (self);
}

GtkWidget *
tl_peer_pane_new (TlSession *session)
{
  return g_object_new (TL_TYPE_PEER_PANE, "session", session, NULL);
}

void
tl_peer_pane_set_session (TlPeerPane *self,
                          TlSession  *session)
{
  g_return_if_fail (TL_IS_PEER_PANE (self));
  g_return_if_fail (session == NULL || TL_IS_SESSION (session));

  if (!g_set_object (&self->session, session))
    return;
  g_signal_group_set_target (self->signals, session);
  show_kind (self);
  tl_peer_selection_set_session (self->selection, session);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

TlPeerSelection *
tl_peer_pane_get_selection (TlPeerPane *self)
{
  g_return_val_if_fail (TL_IS_PEER_PANE (self), NULL);

  return self->selection;
}
