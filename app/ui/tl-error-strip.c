/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong with a session, for as long as it is of interest. */

#include "tl-error-strip.h"

#include "tl-closures.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlErrorStrip
{
  GtkWidget     parent_instance;

  GtkInfoBar   *bar;
  GtkLabel     *label;
  GtkWidget    *retry_button;

  GSignalGroup *signals;
};

G_DEFINE_FINAL_TYPE (TlErrorStrip, tl_error_strip, GTK_TYPE_WIDGET)

static void
update (TlErrorStrip *self)
{
  g_autoptr (TlSession) session = g_signal_group_dup_target (self->signals);
  TlSessionState state = session != NULL ? tl_session_get_state (session) : TL_SESSION_CLOSED;
  const char *error = session != NULL ? tl_session_get_error (session) : NULL;
  gboolean shown = error != NULL && *error != '\0' && state != TL_SESSION_OPEN;

  if (shown)
    gtk_label_set_label (self->label, error);
  gtk_widget_set_visible (self->retry_button, !tl_state_is_active (state));
  gtk_info_bar_set_revealed (self->bar, shown);
}

static void
response_cb (TlErrorStrip *self)
{
  gtk_info_bar_set_revealed (self->bar, FALSE);
}

static void
tl_error_strip_dispose (GObject *object)
{
  TlErrorStrip *self = TL_ERROR_STRIP (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_ERROR_STRIP);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_error_strip_parent_class)->dispose (object);
}

static void
tl_error_strip_class_init (TlErrorStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_error_strip_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-error-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, TlErrorStrip, bar);
  gtk_widget_class_bind_template_child (widget_class, TlErrorStrip, label);
  gtk_widget_class_bind_template_child (widget_class, TlErrorStrip, retry_button);
  gtk_widget_class_bind_template_callback (widget_class, response_cb);
}

static void
tl_error_strip_init (TlErrorStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tl_widget_name_close_button (GTK_WIDGET (self->bar), _("Hide the message"));

  self->signals = g_signal_group_new (TL_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::state", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "notify::error", G_CALLBACK (update), self);
}

void
tl_error_strip_set_session (TlErrorStrip *self,
                            TlSession    *session)
{
  g_return_if_fail (TL_IS_ERROR_STRIP (self));
  g_return_if_fail (session == NULL || TL_IS_SESSION (session));

  g_signal_group_set_target (self->signals, session);
  update (self);
}
