/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers that nobody typed are no riddle: what makes them is said where the eye is. */

#include "tl-reply-chip.h"

#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlReplyChip
{
  GtkWidget     parent_instance;

  GtkButton    *button;
  GtkLabel     *label;
  TlSession    *session;
  GSignalGroup *session_signals;
  GSignalGroup *reply_signals;
};

enum {
  PROP_0,
  PROP_SESSION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlReplyChip, tl_reply_chip, GTK_TYPE_WIDGET)

static const char *
mode_text (TlReplyMode mode)
{
  switch (mode)
    {
    case TL_REPLY_ECHO:
      return _("Auto-reply: echo");
    case TL_REPLY_TEXT:
      return _("Auto-reply: fixed text");
    case TL_REPLY_TEMPLATE:
      return _("Auto-reply: template");
    case TL_REPLY_RULES:
      return _("Auto-reply: rules");
    case TL_REPLY_OFF:
    default:
      return "";
    }
}

static void
update (TlReplyChip *self)
{
  TlAutoReply *reply = self->session ? tl_session_get_auto_reply (self->session) : NULL;
  TlReplyMode mode = reply ? tl_auto_reply_get_mode (reply) : TL_REPLY_OFF;
  guint64 held = self->session ? tl_session_get_counters (self->session)->replies_held : 0;
  g_autofree char *error = NULL;
  g_autofree char *tip = NULL;

  if (reply)
    g_object_get (reply, "error", &error, NULL);
  if (error)
    tip = g_strdup (error);
  else if (held > 0)
    {
      g_autofree char *count = g_strdup_printf ("%'" G_GUINT64_FORMAT, held);

      tip = g_strdup_printf (ngettext ("%s answer was held back: two programs answer each other without end.",
                                       "%s answers were held back: two programs answer each other without end.", held),
                             count);
    }
  else
    tip = g_strdup (_("This session answers by itself. Click to change how."));

  gtk_widget_set_visible (GTK_WIDGET (self), mode != TL_REPLY_OFF);
  gtk_label_set_label (self->label, mode_text (mode));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), tip);
  if (error || held > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "warning");
}

static void
reply_changed_cb (TlReplyChip *self)
{
  g_signal_group_set_target (self->reply_signals, self->session ? tl_session_get_auto_reply (self->session) : NULL);
  update (self);
}

static void
tl_reply_chip_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, TL_REPLY_CHIP (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_reply_chip_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      tl_reply_chip_set_session (TL_REPLY_CHIP (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_reply_chip_dispose (GObject *object)
{
  TlReplyChip *self = TL_REPLY_CHIP (object);

  g_clear_object (&self->session_signals);
  g_clear_object (&self->reply_signals);
  g_clear_object (&self->session);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_reply_chip_parent_class)->dispose (object);
}

static void
tl_reply_chip_class_init (TlReplyChipClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = tl_reply_chip_get_property;
  object_class->set_property = tl_reply_chip_set_property;
  object_class->dispose = tl_reply_chip_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, TL_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-reply-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, TlReplyChip, button);
  gtk_widget_class_bind_template_child (widget_class, TlReplyChip, label);
}

static void
tl_reply_chip_init (TlReplyChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->session_signals = g_signal_group_new (TL_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::auto-reply", G_CALLBACK (reply_changed_cb), self);
  g_signal_group_connect_swapped (self->session_signals, "tick", G_CALLBACK (update), self);
  self->reply_signals = g_signal_group_new (TL_TYPE_AUTO_REPLY);
  g_signal_group_connect_swapped (self->reply_signals, "notify::mode", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->reply_signals, "notify::error", G_CALLBACK (update), self);
  update (self);
}

void
tl_reply_chip_set_session (TlReplyChip *self,
                           TlSession   *session)
{
  g_return_if_fail (TL_IS_REPLY_CHIP (self));
  g_return_if_fail (session == NULL || TL_IS_SESSION (session));

  if (!g_set_object (&self->session, session))
    return;
  g_signal_group_set_target (self->session_signals, session);
  reply_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}
