/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where messages are written and sent. */
#include "tl-composer-private.h"

#include "tl-format-options.h"
#include "tl-udp-session.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (TlComposer, tl_composer, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_SESSION,
  PROP_TARGETS,
  PROP_TARGET_LABEL,
  PROP_PAYLOAD,
  PROP_FORMAT,
  PROP_TEXT,
  PROP_ENTER_SENDS,
  PROP_HISTORY,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
update_actions (TlComposer *self)
{
  gboolean can_send = tl_composer_is_open (self) && tl_draft_get_length (self->draft) > 0;
  gboolean enter_sends;
  const char *tip;

  g_object_get (self->draft, "enter-sends", &enter_sends, NULL);
  if (!tl_composer_is_open (self))
    tip = _("Open or connect first: then it can be sent");
  else
    tip = enter_sends ? _("Send (Enter)") : _("Send (Ctrl+Enter)");

  tl_draft_set_send_tip (self->draft, tip);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send", can_send);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send-file", tl_composer_is_open (self));
  g_object_set (self->timer_popover, "can-start", can_send, NULL);
  g_object_set (self->file_popover, "can-start", tl_composer_is_open (self), NULL);
}

static void
draft_notify_cb (TlComposer *self,
                 GParamSpec *pspec)
{
  /* Those of ours that the draft holds. */
  if (g_str_equal (pspec->name, "text") || g_str_equal (pspec->name, "target-label")
      || g_str_equal (pspec->name, "enter-sends") || g_str_equal (pspec->name, "history"))
    g_object_notify (G_OBJECT (self), pspec->name);

  update_actions (self);
}

static void
show_format (TlComposer *self)
{
  g_autofree char *summary = tl_payload_dup_summary (&self->payload);
  /* Translators: %s is such as “Text · UTF-8 · CRLF” */
  g_autofree char *label = g_strdup_printf (_("Format: %s"), summary);

  gtk_label_set_label (self->format_label, summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->format_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
set_format (TlComposer *self,
            const char *format)
{
  TlPayload payload = self->payload;

  if (format)
    tl_payload_from_string (&payload, format);
  tl_composer_set_payload (self, &payload);
}

static gboolean
tl_composer_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TL_COMPOSER (widget)->draft));
}

static void
tl_composer_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TlComposer *self = TL_COMPOSER (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_TARGETS:
      g_value_set_boxed (value, self->targets);
      break;
    case PROP_PAYLOAD:
      g_value_set_boxed (value, &self->payload);
      break;
    case PROP_FORMAT:
      g_value_take_string (value, tl_payload_to_string (&self->payload));
      break;
    case PROP_TARGET_LABEL:
    case PROP_TEXT:
    case PROP_ENTER_SENDS:
    case PROP_HISTORY:
      g_object_get_property (G_OBJECT (self->draft), pspec->name, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_composer_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  TlComposer *self = TL_COMPOSER (object);

  switch (id)
    {
    case PROP_SESSION:
      tl_composer_set_session (self, g_value_get_object (value));
      break;
    case PROP_TARGETS:
      tl_composer_set_targets (self, g_value_get_boxed (value));
      break;
    case PROP_PAYLOAD:
      if (g_value_get_boxed (value))
        tl_composer_set_payload (self, g_value_get_boxed (value));
      break;
    case PROP_FORMAT:
      set_format (self, g_value_get_string (value));
      break;
    case PROP_TARGET_LABEL:
    case PROP_TEXT:
    case PROP_ENTER_SENDS:
    case PROP_HISTORY:
      g_object_set_property (G_OBJECT (self->draft), pspec->name, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_composer_dispose (GObject *object)
{
  TlComposer *self = TL_COMPOSER (object);

  if (self->session_signals)
    g_signal_group_set_target (self->session_signals, NULL);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->session);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_composer_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, TL_TYPE_SESSION, flags);
  props[PROP_TARGETS] = g_param_spec_boxed ("targets", NULL, NULL, G_TYPE_PTR_ARRAY, flags);
  props[PROP_TARGET_LABEL] = g_param_spec_string ("target-label", NULL, NULL, NULL, flags);
  props[PROP_PAYLOAD] = g_param_spec_boxed ("payload", NULL, NULL, TL_TYPE_PAYLOAD, flags);
  props[PROP_FORMAT] = g_param_spec_string ("format", NULL, NULL, NULL, flags);
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  props[PROP_ENTER_SENDS] = g_param_spec_boolean ("enter-sends", NULL, NULL, TRUE, flags);
  props[PROP_HISTORY] = g_param_spec_boxed ("history", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, TlComposer, drop);
  gtk_widget_class_bind_template_child (widget_class, TlComposer, format_button);
  gtk_widget_class_bind_template_child (widget_class, TlComposer, format_label);
  gtk_widget_class_bind_template_child (widget_class, TlComposer, timer_button);
  gtk_widget_class_bind_template_child (widget_class, TlComposer, timer_popover);
  gtk_widget_class_bind_template_child (widget_class, TlComposer, file_popover);
  gtk_widget_class_bind_template_child (widget_class, TlComposer, draft);
  gtk_widget_class_bind_template_child (widget_class, TlComposer, jobs);
  gtk_widget_class_bind_template_callback (widget_class, draft_notify_cb);
}

static void
tl_composer_class_init (TlComposerClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = tl_composer_get_property;
  object_class->set_property = tl_composer_set_property;
  object_class->dispose = tl_composer_dispose;
  widget_class->focus = tl_widget_focus_children;
  widget_class->grab_focus = tl_composer_grab_focus;
  install_properties (object_class);

  g_type_ensure (TL_TYPE_FORMAT_OPTIONS);
  g_type_ensure (TL_TYPE_TIMER_POPOVER);
  g_type_ensure (TL_TYPE_FILE_POPOVER);
  g_type_ensure (TL_TYPE_DRAFT);
  g_type_ensure (TL_TYPE_SEND_JOBS);
  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "composer");

  tl_composer_install_actions (widget_class);
}

static void
tl_composer_init (TlComposer *self)
{
  GType file_list = GDK_TYPE_FILE_LIST;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_target_set_gtypes (self->drop, &file_list, 1);

  self->session_signals = g_signal_group_new (TL_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::state", G_CALLBACK (update_actions), self);
  show_format (self);
  update_actions (self);
}

GtkWidget *
tl_composer_new (void)
{
  return g_object_new (TL_TYPE_COMPOSER, NULL);
}

void
tl_composer_set_session (TlComposer *self,
                         TlSession  *session)
{
  g_return_if_fail (TL_IS_COMPOSER (self));
  g_return_if_fail (session == NULL || TL_IS_SESSION (session));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->session_signals, session);
  tl_file_popover_set_is_datagram (self->file_popover, session && TL_IS_UDP_SESSION (session));
  tl_draft_show_error (self->draft, NULL);
  update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SESSION]);
}

void
tl_composer_set_targets (TlComposer *self,
                         GPtrArray  *targets)
{
  g_return_if_fail (TL_IS_COMPOSER (self));

  if (self->targets == targets)
    return;

  g_clear_pointer (&self->targets, g_ptr_array_unref);
  self->targets = targets ? g_ptr_array_ref (targets) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TARGETS]);
}

void
tl_composer_set_target_label (TlComposer *self,
                              const char *label)
{
  g_return_if_fail (TL_IS_COMPOSER (self));

  tl_draft_set_target_label (self->draft, label);
}

const TlPayload *
tl_composer_get_payload (TlComposer *self)
{
  g_return_val_if_fail (TL_IS_COMPOSER (self), NULL);

  return &self->payload;
}

void
tl_composer_set_payload (TlComposer      *self,
                         const TlPayload *payload)
{
  g_return_if_fail (TL_IS_COMPOSER (self));
  g_return_if_fail (payload != NULL);

  if (tl_payload_equal (&self->payload, payload))
    return;

  self->payload = *payload;
  show_format (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAYLOAD]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FORMAT]);
}

char *
tl_composer_dup_text (TlComposer *self)
{
  g_return_val_if_fail (TL_IS_COMPOSER (self), NULL);

  return tl_draft_dup_text (self->draft);
}

void
tl_composer_set_text (TlComposer *self,
                      const char *text)
{
  g_return_if_fail (TL_IS_COMPOSER (self));

  tl_draft_set_text (self->draft, text);
}
