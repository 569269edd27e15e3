/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All of one session: where it is opened, who there is, what was said, where one writes, how much went over. */

#include "tl-session-page.h"

#include "tl-closures.h"
#include "tl-connection-bar.h"
#include "tl-options-window.h"
#include "tl-page-files.h"
#include "tl-page-keys.h"
#include "tl-page-settings.h"
#include "tl-peer-pane.h"
#include "tl-quick-side.h"
#include "tl-session-tab.h"
#include "tl-side-pane.h"
#include "tl-status-line.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlSessionPage
{
  GtkWidget        parent_instance;

  AdwToastOverlay *toasts;
  TlConnectionBar *bar;
  AdwFlap         *flap;
  TlQuickSide     *quick;
  TlSidePane      *pane;
  TlPeerPane      *peers;
  TlLogView       *log;
  TlComposer      *composer;
  TlStatusLine    *status;

  TlSession       *session;
  GtkWidget       *options;       /* while it is open */
  guint64          seen_messages;
  gboolean         needs_attention;
};

enum {
  PROP_0,
  PROP_SESSION,
  PROP_TITLE,
  PROP_ICON,
  PROP_BUSY,
  PROP_NEEDS_ATTENTION,
  PROP_SHOW_PEERS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE_WITH_CODE (TlSessionPage, tl_session_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (TL_TYPE_TAB_CONTENT, tl_session_tab_init))

static void
set_needs_attention (TlSessionPage *self,
                     gboolean       needs_attention)
{
  if (self->needs_attention == needs_attention)
    return;
  self->needs_attention = needs_attention;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEEDS_ATTENTION]);
}

static void
title_changed_cb (TlSessionPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/* What was opened by its bar is there to be written to. */
static void
focus_after_opening (TlSessionPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (tl_session_get_state (self->session) == TL_SESSION_OPEN && focus != NULL &&
      gtk_widget_is_ancestor (focus, GTK_WIDGET (self->bar)))
    gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

static void
state_changed_cb (TlSessionPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ICON]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  focus_after_opening (self);
  if (tl_session_get_state (self->session) == TL_SESSION_FAILED && !gtk_widget_get_mapped (GTK_WIDGET (self)))
    set_needs_attention (self, TRUE);
}

static void
tick_cb (TlSessionPage *self)
{
  guint64 messages = tl_session_get_counters (self->session)->rx_messages;

  if (messages > self->seen_messages && !gtk_widget_get_mapped (GTK_WIDGET (self)))
    set_needs_attention (self, TRUE);
  else
    self->seen_messages = messages;
}

static void
targets_changed_cb (TlSessionPage *self)
{
  TlPeerSelection *selection;
  g_autoptr (GPtrArray) targets = NULL;
  g_autofree char *label = NULL;

  if (self->session == NULL)
    return;

  selection = tl_peer_pane_get_selection (self->peers);
  targets = tl_peer_selection_dup_targets (selection);
  label = tl_target_label (tl_kind_of_session (self->session), targets, tl_peer_selection_get_n_peers (selection));
  tl_composer_set_targets (self->composer, targets);
  tl_composer_set_target_label (self->composer, label);
  g_object_set (self->bar, "n-peers", tl_peer_selection_get_n_peers (selection), NULL);
}

static void
write_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  TlSessionPage *self = TL_SESSION_PAGE (widget);

  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

static void
send_to_cb (TlSessionPage *self)
{
  write_action (GTK_WIDGET (self), NULL, NULL);
}

static void
show_options (TlSessionPage *self,
              const char    *page)
{
  if (self->options == NULL)
    {
      g_set_weak_pointer (&self->options, tl_options_window_new (self->session));
      g_object_bind_property (self->options, "problem", self->bar, "problem", G_BINDING_SYNC_CREATE);
    }
  tl_options_window_present (TL_OPTIONS_WINDOW (self->options), GTK_WIDGET (self), page);
}

static void
options_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  const char *page = NULL;

  if (g_str_equal (name, "page.auto-reply"))
    page = "auto-reply";
  else if (g_str_equal (name, "page.framing"))
    page = "framing";
  show_options (TL_SESSION_PAGE (widget), page);
}

static void
copy_link_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  TlSessionPage *self = TL_SESSION_PAGE (widget);
  g_autofree char *link = tl_session_dup_link (self->session);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), link);
  tl_session_page_toast (self, _("The link was copied"));
}

static void
open_close_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (TL_SESSION_PAGE (widget)->bar), "bar.toggle", NULL);
}

static void
log_peer_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  g_object_set (TL_SESSION_PAGE (widget)->log, "peer", g_variant_get_string (parameter, NULL), NULL);
}

static void
toast_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  tl_session_page_toast (TL_SESSION_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static gboolean
key_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   user_data)
{
  return tl_tab_content_press (TL_TAB_CONTENT (widget), args);
}

static void
reveal_changed_cb (TlSessionPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_PEERS]);
}

static void
use_session (TlSessionPage *self)
{
  TlKind kind = tl_kind_of_session (self->session);

  tl_connection_bar_set_session (self->bar, self->session);
  tl_peer_pane_set_session (self->peers, self->session);
  tl_log_view_set_session (self->log, self->session);
  tl_composer_set_session (self->composer, self->session);
  tl_status_line_set_session (self->status, self->session);
  tl_page_files_use (GTK_WIDGET (self), self->session, self->log, self->status);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.framing", kind != TL_KIND_UDP);

  /* A client has one peer, which the bar already names. */
  if (kind == TL_KIND_CLIENT)
    {
      adw_flap_set_locked (self->flap, TRUE);
      adw_flap_set_reveal_flap (self->flap, FALSE);
    }
  g_signal_connect_object (self->session, "notify::title", G_CALLBACK (title_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  targets_changed_cb (self);
}

static void
tl_session_page_map (GtkWidget *widget)
{
  TlSessionPage *self = TL_SESSION_PAGE (widget);

  GTK_WIDGET_CLASS (tl_session_page_parent_class)->map (widget);
  self->seen_messages = tl_session_get_counters (self->session)->rx_messages;
  set_needs_attention (self, FALSE);
}

static void
tl_session_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tl_session_page_parent_class)->root (widget);
  tl_page_keys_renew (GTK_WIDGET (TL_SESSION_PAGE (widget)->bar));
  tl_page_keys_renew (GTK_WIDGET (TL_SESSION_PAGE (widget)->quick));
  tl_page_keys_renew (GTK_WIDGET (TL_SESSION_PAGE (widget)->status));
}

static gboolean
tl_session_page_grab_focus (GtkWidget *widget)
{
  TlSessionPage *self = TL_SESSION_PAGE (widget);

  if (tl_session_is_active (self->session))
    return gtk_widget_grab_focus (GTK_WIDGET (self->composer));
  return gtk_widget_grab_focus (GTK_WIDGET (self->bar));
}

static void
tl_session_page_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TlSessionPage *self = TL_SESSION_PAGE (object);
  TlSessionState state = tl_session_get_state (self->session);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_TITLE:
      g_value_take_string (value, tl_session_dup_title (self->session));
      break;
    case PROP_ICON:
      g_value_take_object (value, g_themed_icon_new (tl_state_icon_name (tl_kind_of_session (self->session), state)));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, state != TL_SESSION_OPEN && tl_state_is_active (state));
      break;
    case PROP_NEEDS_ATTENTION:
      g_value_set_boolean (value, self->needs_attention);
      break;
    case PROP_SHOW_PEERS:
      g_value_set_boolean (value, adw_flap_get_reveal_flap (self->flap));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_session_page_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  TlSessionPage *self = TL_SESSION_PAGE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    case PROP_SHOW_PEERS:
      tl_widget_reveal_flap (self->flap, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_session_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (tl_session_page_parent_class)->constructed (object);
  use_session (TL_SESSION_PAGE (object));
}

static void
tl_session_page_dispose (GObject *object)
{
  TlSessionPage *self = TL_SESSION_PAGE (object);

  if (self->options != NULL)
    gtk_window_destroy (GTK_WINDOW (self->options));
  g_clear_weak_pointer (&self->options);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_SESSION_PAGE);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_session_page_parent_class)->dispose (object);
}

static void
tl_session_page_finalize (GObject *object)
{
  g_clear_object (&TL_SESSION_PAGE (object)->session);

  G_OBJECT_CLASS (tl_session_page_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.open-close", NULL, open_close_action);
  gtk_widget_class_install_action (widget_class, "page.options", NULL, options_action);
  gtk_widget_class_install_action (widget_class, "page.auto-reply", NULL, options_action);
  gtk_widget_class_install_action (widget_class, "page.framing", NULL, options_action);
  gtk_widget_class_install_action (widget_class, "page.copy-link", NULL, copy_link_action);
  gtk_widget_class_install_action (widget_class, "page.write", NULL, write_action);
  gtk_widget_class_install_action (widget_class, "page.log-peer", "s", log_peer_action);
  gtk_widget_class_install_action (widget_class, "page.toast", "s", toast_action);
  gtk_widget_class_install_property_action (widget_class, "page.show-peers", "show-peers");

  tl_page_keys_add (widget_class, key_cb);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, TL_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, readable);
  properties[PROP_ICON] = g_param_spec_object ("icon", NULL, NULL, G_TYPE_ICON, readable);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  properties[PROP_NEEDS_ATTENTION] = g_param_spec_boolean ("needs-attention", NULL, NULL, FALSE, readable);
  properties[PROP_SHOW_PEERS] =
    g_param_spec_boolean ("show-peers", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_session_page_class_init (TlSessionPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TL_TYPE_CONNECTION_BAR);
  g_type_ensure (TL_TYPE_PEER_PANE);
  g_type_ensure (TL_TYPE_SIDE_PANE);
  g_type_ensure (TL_TYPE_QUICK_SIDE);
  g_type_ensure (TL_TYPE_LOG_VIEW);
  g_type_ensure (TL_TYPE_COMPOSER);
  g_type_ensure (TL_TYPE_STATUS_LINE);

  object_class->constructed = tl_session_page_constructed;
  object_class->get_property = tl_session_page_get_property;
  object_class->set_property = tl_session_page_set_property;
  object_class->dispose = tl_session_page_dispose;
  object_class->finalize = tl_session_page_finalize;
  widget_class->root = tl_session_page_root;
  widget_class->map = tl_session_page_map;
  widget_class->focus = tl_widget_focus_children;
  widget_class->grab_focus = tl_session_page_grab_focus;

  install_properties (object_class);
  install_actions (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-session-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TlSessionPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, TlSessionPage, bar);
  gtk_widget_class_bind_template_child (widget_class, TlSessionPage, flap);
  gtk_widget_class_bind_template_child (widget_class, TlSessionPage, quick);
  gtk_widget_class_bind_template_child (widget_class, TlSessionPage, pane);
  gtk_widget_class_bind_template_child (widget_class, TlSessionPage, peers);
  gtk_widget_class_bind_template_child (widget_class, TlSessionPage, log);
  gtk_widget_class_bind_template_child (widget_class, TlSessionPage, composer);
  gtk_widget_class_bind_template_child (widget_class, TlSessionPage, status);
  gtk_widget_class_bind_template_callback (widget_class, targets_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_to_cb);
}

static void
tl_session_page_init (TlSessionPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tl_widget_name_drop_downs (GTK_WIDGET (self));
  g_signal_connect_swapped (self->flap, "notify::reveal-flap", G_CALLBACK (reveal_changed_cb), self);
}

GtkWidget *
tl_session_page_new (TlSession *session,
                     GSettings *settings)
{
  GtkWidget *self;

  g_return_val_if_fail (TL_IS_SESSION (session), NULL);

  self = g_object_new (TL_TYPE_SESSION_PAGE, "session", session, NULL);
  if (settings != NULL)
    {
      tl_page_settings_use (settings, TL_SESSION_PAGE (self)->composer, TL_SESSION_PAGE (self)->log, TL_SESSION_PAGE (self)->pane,
                            TL_SESSION_PAGE (self)->quick);
      tl_page_settings_use_history (settings, self, session, TL_SESSION_PAGE (self)->composer);
    }
  return self;
}

TlSession *
tl_session_page_get_session (TlSessionPage *self)
{
  g_return_val_if_fail (TL_IS_SESSION_PAGE (self), NULL);

  return self->session;
}

TlComposer *
tl_session_page_get_composer (TlSessionPage *self)
{
  g_return_val_if_fail (TL_IS_SESSION_PAGE (self), NULL);

  return self->composer;
}

gboolean
tl_session_page_activate (TlSessionPage *self,
                          const char    *action)
{
  GtkWidget *widget = GTK_WIDGET (self);

  g_return_val_if_fail (TL_IS_SESSION_PAGE (self), FALSE);

  if (g_str_has_prefix (action, "quick."))
    return tl_quick_side_activate (self->quick, action);
  if (g_str_has_prefix (action, "log."))
    widget = GTK_WIDGET (self->log);
  else if (g_str_has_prefix (action, "composer."))
    widget = GTK_WIDGET (self->composer);
  return gtk_widget_activate_action (widget, action, NULL);
}

void
tl_session_page_toast (TlSessionPage *self,
                       const char    *text)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (TL_IS_SESSION_PAGE (self));

  /* Toasts take markup; a sentence may quote what the network said. */
  escaped = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}
