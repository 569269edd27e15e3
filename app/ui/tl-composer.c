/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where messages are written and sent. */
#include "tl-composer.h"

#include "tl-composer-text.h"
#include "tl-file-popover.h"
#include "tl-format-options.h"
#include "tl-message-entry.h"
#include "tl-send-jobs.h"
#include "tl-timer-popover.h"
#include "tl-udp-session.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Half a byte in hex is no mistake of a person who is about to type the other half. */
#define ERROR_DELAY_MS 500
/* Above this many characters the preview waits for a pause in the typing. */
#define LARGE_TEXT (64 * 1024)
#define LARGE_DELAY_MS 200

struct _TlComposer
{
  GtkWidget             parent_instance;

  GtkDropTarget        *drop;
  GtkWidget            *format_button;
  GtkLabel             *format_label;
  GtkMenuButton        *timer_button;
  TlTimerPopover       *timer_popover;
  TlFilePopover        *file_popover;
  TlMessageEntry       *entry;
  GtkWidget            *send_button;
  GtkStack             *line;
  GtkLabel             *target_label;
  GtkLabel             *error_label;
  GtkLabel             *count_label;
  TlSendJobs           *jobs;

  TlSession            *session;
  GSignalGroup         *session_signals;
  GPtrArray            *targets;
  TlPayload             payload;
  GtkFileChooserNative *chooser;
  GError               *problem;
  gsize                 problem_position;
  gsize                 length;
  guint                 error_source;
  guint                 build_source;
};

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
show_error (TlComposer *self,
            const char *message,
            gsize       position)
{
  g_clear_handle_id (&self->error_source, g_source_remove);
  gtk_label_set_label (self->error_label, message ? message : "");
  gtk_stack_set_visible_child (self->line, GTK_WIDGET (message ? self->error_label : self->target_label));
  tl_message_entry_mark (self->entry, position);
}

static gboolean
error_cb (gpointer data)
{
  TlComposer *self = TL_COMPOSER (data);

  self->error_source = 0;
  if (self->problem)
    show_error (self, self->problem->message, self->problem_position);

  return G_SOURCE_REMOVE;
}

static gboolean
is_open (TlComposer *self)
{
  return self->session && tl_session_get_state (self->session) == TL_SESSION_OPEN;
}

static void
update_actions (TlComposer *self)
{
  gboolean can_send = is_open (self) && !self->problem && self->length > 0;
  gboolean enter_sends;
  const char *tip;

  g_object_get (self->entry, "enter-sends", &enter_sends, NULL);
  if (!is_open (self))
    tip = _("Open or connect first: then it can be sent");
  else
    tip = enter_sends ? _("Send (Enter)") : _("Send (Ctrl+Enter)");

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send", can_send);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send-file", is_open (self));
  gtk_widget_set_tooltip_text (self->send_button, tip);
  g_object_set (self->timer_popover, "can-start", can_send, NULL);
  g_object_set (self->file_popover, "can-start", is_open (self), NULL);
}

/* The bytes of what is in the entry; what is wrong with it is kept in @self->problem. */
static GBytes *
build (TlComposer *self)
{
  g_autofree char *text = tl_message_entry_dup_text (self->entry);
  GBytes *bytes;

  g_clear_handle_id (&self->build_source, g_source_remove);
  g_clear_error (&self->problem);
  bytes = tl_payload_build (&self->payload, text, &self->problem_position, &self->problem);
  self->length = bytes ? g_bytes_get_size (bytes) : 0;

  return bytes;
}

static void
preview (TlComposer *self)
{
  g_autoptr (GBytes) bytes = build (self);
  g_autofree char *count = bytes ? tl_composer_describe_length (&self->payload, self->length) : g_strdup ("");

  gtk_label_set_label (self->count_label, count);
  if (self->problem && self->error_source == 0)
    self->error_source = g_timeout_add (ERROR_DELAY_MS, error_cb, self);
  update_actions (self);
}

static gboolean
build_cb (gpointer data)
{
  TlComposer *self = TL_COMPOSER (data);

  self->build_source = 0;
  preview (self);

  return G_SOURCE_REMOVE;
}

static void
content_changed (TlComposer *self)
{
  show_error (self, NULL, 0);
  g_clear_handle_id (&self->build_source, g_source_remove);
  if (tl_message_entry_get_length (self->entry) > LARGE_TEXT)
    self->build_source = g_timeout_add (LARGE_DELAY_MS, build_cb, self);
  else
    preview (self);
}

static void
entry_changed_cb (TlComposer *self)
{
  content_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
}

static void
entry_send_cb (TlComposer *self)
{
  tl_composer_send (self);
}

static void
state_cb (TlComposer *self)
{
  update_actions (self);
}

/* The bytes that can be sent now, or NULL with the reason shown. */
static GBytes *
prepare (TlComposer *self)
{
  g_autoptr (GBytes) bytes = build (self);

  if (!bytes)
    {
      show_error (self, self->problem->message, self->problem_position);
      return NULL;
    }
  if (g_bytes_get_size (bytes) == 0)
    return NULL;
  if (!is_open (self))
    {
      show_error (self, _("Nothing is open yet: open or connect first, then send."), 0);
      return NULL;
    }

  return g_steal_pointer (&bytes);
}

static void
start_timer_cb (TlComposer *self)
{
  g_autoptr (GBytes) bytes = prepare (self);
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;
  g_autoptr (TlTimedSend) timer = NULL;

  if (!bytes)
    return;

  text = tl_message_entry_dup_text (self->entry);
  label = tl_composer_shorten (text);
  timer = tl_timed_send_new (self->session, self->targets, bytes, label,
                             tl_timer_popover_get_interval (self->timer_popover),
                             tl_timer_popover_get_count (self->timer_popover));
  if (!tl_send_jobs_add_timer (self->jobs, timer))
    show_error (self, _("Too many timers and files are under way. Stop one of them first."), 0);
}

static void
chooser_response_cb (TlComposer *self,
                     int         response)
{
  g_autoptr (GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (self->chooser));
      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr (GFile) file = g_list_model_get_item (files, i);

          tl_composer_send_file (self, file);
        }
    }
  g_clear_object (&self->chooser);
}

static void
choose_file_cb (TlComposer *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser)
    {
      gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
      return;
    }

  self->chooser = gtk_file_chooser_native_new (_("Send File"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Send"), _("_Cancel"));
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chooser_response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
drop_cb (TlComposer   *self,
         const GValue *value)
{
  GdkFileList *list = g_value_get_boxed (value);
  g_autoptr (GSList) files = list ? gdk_file_list_get_files (list) : NULL;

  for (GSList *l = files; l; l = l->next)
    tl_composer_send_file (self, l->data);

  return files != NULL;
}

static void
send_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  tl_composer_send (TL_COMPOSER (widget));
  gtk_widget_grab_focus (GTK_WIDGET (TL_COMPOSER (widget)->entry));
}

static void
send_file_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  choose_file_cb (TL_COMPOSER (widget));
}

static void
timed_send_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  gtk_menu_button_popup (TL_COMPOSER (widget)->timer_button);
}

static void
show_format (TlComposer *self)
{
  g_autofree char *summary = tl_payload_dup_summary (&self->payload);
  /* Translators: %s is such as “Text · UTF-8 · CRLF” */
  g_autofree char *label = g_strdup_printf (_("Format: %s"), summary);

  gtk_label_set_label (self->format_label, summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->format_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set (self->entry, "monospace", self->payload.mode != TL_PAYLOAD_TEXT, NULL);
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
  return gtk_widget_grab_focus (GTK_WIDGET (TL_COMPOSER (widget)->entry));
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
    case PROP_TARGET_LABEL:
      g_value_set_string (value, gtk_label_get_label (self->target_label));
      break;
    case PROP_PAYLOAD:
      g_value_set_boxed (value, &self->payload);
      break;
    case PROP_FORMAT:
      g_value_take_string (value, tl_payload_to_string (&self->payload));
      break;
    case PROP_TEXT:
    case PROP_ENTER_SENDS:
    case PROP_HISTORY:
      g_object_get_property (G_OBJECT (self->entry), pspec->name, value);
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
    case PROP_TARGET_LABEL:
      tl_composer_set_target_label (self, g_value_get_string (value));
      break;
    case PROP_PAYLOAD:
      if (g_value_get_boxed (value))
        tl_composer_set_payload (self, g_value_get_boxed (value));
      break;
    case PROP_FORMAT:
      set_format (self, g_value_get_string (value));
      break;
    case PROP_TEXT:
    case PROP_ENTER_SENDS:
    case PROP_HISTORY:
      g_object_set_property (G_OBJECT (self->entry), pspec->name, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_composer_dispose (GObject *object)
{
  TlComposer *self = TL_COMPOSER (object);

  g_clear_handle_id (&self->error_source, g_source_remove);
  g_clear_handle_id (&self->build_source, g_source_remove);
  if (self->session_signals)
    g_signal_group_set_target (self->session_signals, NULL);
  g_clear_object (&self->session_signals);
  if (self->chooser)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->session);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), TL_TYPE_COMPOSER);

  G_OBJECT_CLASS (tl_composer_parent_class)->dispose (object);
}

static void
tl_composer_finalize (GObject *object)
{
  g_clear_error (&TL_COMPOSER (object)->problem);

  G_OBJECT_CLASS (tl_composer_parent_class)->finalize (object);
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
  gtk_widget_class_bind_template_child (widget_class, TlComposer, entry);
  gtk_widget_class_bind_template_child (widget_class, TlComposer, send_button);
  gtk_widget_class_bind_template_child (widget_class, TlComposer, line);
  gtk_widget_class_bind_template_child (widget_class, TlComposer, target_label);
  gtk_widget_class_bind_template_child (widget_class, TlComposer, error_label);
  gtk_widget_class_bind_template_child (widget_class, TlComposer, count_label);
  gtk_widget_class_bind_template_child (widget_class, TlComposer, jobs);
  gtk_widget_class_bind_template_callback (widget_class, drop_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_timer_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_send_cb);
}

static void
tl_composer_class_init (TlComposerClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = tl_composer_get_property;
  object_class->set_property = tl_composer_set_property;
  object_class->dispose = tl_composer_dispose;
  object_class->finalize = tl_composer_finalize;
  widget_class->grab_focus = tl_composer_grab_focus;
  install_properties (object_class);

  g_type_ensure (TL_TYPE_FORMAT_OPTIONS);
  g_type_ensure (TL_TYPE_TIMER_POPOVER);
  g_type_ensure (TL_TYPE_FILE_POPOVER);
  g_type_ensure (TL_TYPE_MESSAGE_ENTRY);
  g_type_ensure (TL_TYPE_SEND_JOBS);
  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "composer");

  gtk_widget_class_install_action (widget_class, "composer.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "composer.send-file", NULL, send_file_action);
  gtk_widget_class_install_action (widget_class, "composer.timed-send", NULL, timed_send_action);
}

static void
tl_composer_init (TlComposer *self)
{
  GType file_list = GDK_TYPE_FILE_LIST;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_target_set_gtypes (self->drop, &file_list, 1);
  g_signal_connect_swapped (self->entry, "notify::enter-sends", G_CALLBACK (state_cb), self);

  self->session_signals = g_signal_group_new (TL_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::state", G_CALLBACK (state_cb), self);
  show_format (self);
  preview (self);
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
  show_error (self, NULL, 0);
  preview (self);
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

  label = label ? label : "";
  if (g_str_equal (gtk_label_get_label (self->target_label), label))
    return;

  gtk_label_set_label (self->target_label, label);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TARGET_LABEL]);
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
  content_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAYLOAD]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FORMAT]);
}

char *
tl_composer_dup_text (TlComposer *self)
{
  g_return_val_if_fail (TL_IS_COMPOSER (self), NULL);

  return tl_message_entry_dup_text (self->entry);
}

void
tl_composer_set_text (TlComposer *self,
                      const char *text)
{
  g_return_if_fail (TL_IS_COMPOSER (self));

  tl_message_entry_set_text (self->entry, text);
}

gboolean
tl_composer_send (TlComposer *self)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint n_sent;

  g_return_val_if_fail (TL_IS_COMPOSER (self), FALSE);

  bytes = prepare (self);
  if (!bytes)
    return FALSE;

  n_sent = tl_session_send_to (self->session, self->targets, bytes, &error);
  if (error)
    {
      g_autofree char *message = tl_composer_describe_refusal (n_sent, error);

      show_error (self, message, 0);
      return FALSE;
    }

  tl_message_entry_commit (self->entry);

  return TRUE;
}

void
tl_composer_send_file (TlComposer *self,
                       GFile      *file)
{
  g_autoptr (TlFileSend) send = NULL;

  g_return_if_fail (TL_IS_COMPOSER (self));
  g_return_if_fail (G_IS_FILE (file));

  if (!is_open (self))
    {
      show_error (self, _("Nothing is open yet: open or connect first, then send."), 0);
      return;
    }

  send = tl_file_send_new (self->session, self->targets, file,
                           tl_file_popover_get_piece (self->file_popover), tl_file_popover_get_gap (self->file_popover));
  if (!tl_send_jobs_add_file (self->jobs, send))
    show_error (self, _("Too many timers and files are under way. Stop one of them first."), 0);
}

guint
tl_composer_get_n_running (TlComposer *self)
{
  g_return_val_if_fail (TL_IS_COMPOSER (self), 0);

  return tl_send_jobs_get_n_running (self->jobs);
}
