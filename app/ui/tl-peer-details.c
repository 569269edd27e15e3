/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window on one connection: what the system tells of it. */

#include "tl-peer-details.h"

#include "tl-closures.h"
#include "tl-socket-page.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlPeerDetails
{
  AdwWindow       parent_instance;

  AdwWindowTitle *window_title;
  GtkLabel       *text;

  TlSession      *session;
  TlPeer         *peer;
  guint           timer;
};

G_DEFINE_FINAL_TYPE (TlPeerDetails, tl_peer_details, ADW_TYPE_WINDOW)

static char *
make_text (TlPeerDetails *self)
{
  g_autofree char *info = tl_session_dup_tcp_info (self->session, self->peer);
  g_autofree char *since = tl_date_and_time (tl_peer_get_since (self->peer));
  g_autofree char *received = tl_received_label (tl_peer_get_rx_messages (self->peer), tl_peer_get_rx_bytes (self->peer));
  g_autofree char *sent = tl_sent_label (tl_peer_get_tx_messages (self->peer), tl_peer_get_tx_bytes (self->peer));

  g_autofree char *options = tl_socket_page_dup_effective (self->session, self->peer);
  g_autofree char *text = NULL;

  text = g_strdup_printf (_("State: %s\nSince: %s\n%s\n%s\n\n%s"), tl_peer_state_get_label (tl_peer_get_state (self->peer)), since,
                          received, sent,
                          info != NULL ? info : _("The connection has ended; the system tells nothing more about it."));
  if (options == NULL)
    return g_steal_pointer (&text);
  return g_strdup_printf (_("%s\n\nSocket options in effect:\n%s"), text, options);
}

static gboolean
refresh_cb (gpointer data)
{
  TlPeerDetails *self = data;
  g_autofree char *text = make_text (self);

  /* A selection in the label is not to be lost to a text that says the same. */
  if (g_strcmp0 (text, gtk_label_get_label (self->text)) != 0)
    gtk_label_set_label (self->text, text);
  return G_SOURCE_CONTINUE;
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TlPeerDetails *self = TL_PEER_DETAILS (widget);
  g_autofree char *all = g_strconcat (tl_peer_get_name (self->peer), "\n", gtk_label_get_label (self->text), NULL);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), all);
}

static void
tl_peer_details_dispose (GObject *object)
{
  TlPeerDetails *self = TL_PEER_DETAILS (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->peer);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (tl_peer_details_parent_class)->dispose (object);
}

static void
tl_peer_details_class_init (TlPeerDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_peer_details_dispose;

  gtk_widget_class_install_action (widget_class, "details.copy", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "details.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-peer-details.ui");
  gtk_widget_class_bind_template_child (widget_class, TlPeerDetails, window_title);
  gtk_widget_class_bind_template_child (widget_class, TlPeerDetails, text);
}

static void
tl_peer_details_init (TlPeerDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tl_peer_details_new (TlSession *session,
                     TlPeer    *peer)
{
  TlPeerDetails *self;

  g_return_val_if_fail (TL_IS_SESSION (session), NULL);
  g_return_val_if_fail (TL_IS_PEER (peer), NULL);

  self = g_object_new (TL_TYPE_PEER_DETAILS, NULL);
  self->session = g_object_ref (session);
  self->peer = g_object_ref (peer);
  adw_window_title_set_subtitle (self->window_title, tl_peer_get_name (peer));
  refresh_cb (self);
  self->timer = g_timeout_add_seconds (1, refresh_cb, self);
  return GTK_WIDGET (self);
}

void
tl_peer_details_present (TlSession *session,
                         TlPeer    *peer,
                         GtkRoot   *root)
{
  tl_widget_present_over (GTK_WINDOW (tl_peer_details_new (session, peer)), root);
}
