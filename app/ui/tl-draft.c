/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The message that is being written. */
#include "tl-draft.h"

#include "tl-composer-text.h"
#include "tl-message-entry.h"
#include "tl-widget.h"

/* Half a byte in hex is no mistake of a person who is about to type the other half. */
#define ERROR_DELAY_MS 500
/* Above this many characters the preview waits for a pause in the typing. */
#define LARGE_TEXT (64 * 1024)
#define LARGE_DELAY_MS 200

struct _TlDraft
{
  GtkWidget       parent_instance;

  TlMessageEntry *entry;
  GtkWidget      *send_button;
  GtkStack       *line;
  GtkLabel       *target_label;
  GtkLabel       *error_label;
  GtkLabel       *count_label;
  GtkWidget      *preview_box;
  GtkLabel       *preview_label;

  TlPayload       payload;
  TlPayloadMaker *maker;
  GError         *problem;
  gsize           problem_position;
  gsize           length;
  guint           error_source;
  guint           build_source;
};

G_DEFINE_FINAL_TYPE (TlDraft, tl_draft, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_PAYLOAD,
  PROP_TEXT,
  PROP_TARGET_LABEL,
  PROP_ENTER_SENDS,
  PROP_HISTORY,
  PROP_LENGTH,
  N_PROPS,
};

enum {
  SIGNAL_SEND,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
show_error (TlDraft    *self,
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
  TlDraft *self = TL_DRAFT (data);

  self->error_source = 0;
  if (self->problem)
    show_error (self, self->problem->message, self->problem_position);

  return G_SOURCE_REMOVE;
}

/* The bytes of what is in the entry; what is wrong with it is kept in @self->problem. */
static GBytes *
build (TlDraft *self)
{
  g_autofree char *text = tl_message_entry_dup_text (self->entry);
  g_autoptr (TlPayloadPlan) plan = NULL;
  GBytes *bytes;
  gsize length;

  g_clear_handle_id (&self->build_source, g_source_remove);
  g_clear_error (&self->problem);
  plan = tl_payload_plan_new (&self->payload, text, NULL, &self->problem_position, &self->problem);
  tl_payload_maker_set_plan (self->maker, plan);
  bytes = plan ? tl_payload_maker_make (self->maker, &self->problem) : NULL;
  length = bytes ? g_bytes_get_size (bytes) : 0;
  if (self->length != length)
    {
      self->length = length;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LENGTH]);
    }

  return bytes;
}

/* What the macros give, so that nobody has to send it to see. */
static void
show_filled_in (TlDraft *self,
                GBytes  *bytes)
{
  TlPayloadPlan *plan = tl_payload_maker_get_plan (self->maker);
  const gboolean varies = bytes && tl_payload_plan_varies (plan);
  g_autofree char *label = varies ? tl_composer_describe_preview (&self->payload, bytes) : NULL;

  gtk_label_set_label (self->preview_label, label ? label : "");
  gtk_widget_set_visible (self->preview_box, varies);
}

static void
preview (TlDraft *self)
{
  g_autoptr (GBytes) bytes = build (self);
  g_autofree char *count = tl_composer_describe_length (&self->payload, self->length);

  gtk_label_set_label (self->count_label, count);
  show_filled_in (self, bytes);
  if (self->problem && self->error_source == 0)
    self->error_source = g_timeout_add (ERROR_DELAY_MS, error_cb, self);
}

static gboolean
build_cb (gpointer data)
{
  TlDraft *self = TL_DRAFT (data);

  self->build_source = 0;
  preview (self);

  return G_SOURCE_REMOVE;
}

static void
content_changed (TlDraft *self)
{
  show_error (self, NULL, 0);
  g_clear_handle_id (&self->build_source, g_source_remove);
  if (tl_message_entry_get_length (self->entry) > LARGE_TEXT)
    self->build_source = g_timeout_add (LARGE_DELAY_MS, build_cb, self);
  else
    preview (self);
}

static void
entry_changed_cb (TlDraft *self)
{
  content_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
}

static void
entry_send_cb (TlDraft *self)
{
  g_signal_emit (self, signals[SIGNAL_SEND], 0);
}

static void
entry_notify_cb (TlDraft    *self,
                 GParamSpec *pspec)
{
  if (g_str_equal (pspec->name, "enter-sends"))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ENTER_SENDS]);
  else if (g_str_equal (pspec->name, "history"))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HISTORY]);
}

static gboolean
tl_draft_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TL_DRAFT (widget)->entry));
}

static void
tl_draft_get_property (GObject    *object,
                       guint       id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  TlDraft *self = TL_DRAFT (object);

  switch (id)
    {
    case PROP_PAYLOAD:
      g_value_set_boxed (value, &self->payload);
      break;
    case PROP_TARGET_LABEL:
      g_value_set_string (value, gtk_label_get_label (self->target_label));
      break;
    case PROP_LENGTH:
      g_value_set_uint64 (value, self->length);
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
tl_draft_set_property (GObject      *object,
                       guint         id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  TlDraft *self = TL_DRAFT (object);

  switch (id)
    {
    case PROP_PAYLOAD:
      if (g_value_get_boxed (value))
        tl_draft_set_payload (self, g_value_get_boxed (value));
      break;
    case PROP_TARGET_LABEL:
      tl_draft_set_target_label (self, g_value_get_string (value));
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
tl_draft_dispose (GObject *object)
{
  TlDraft *self = TL_DRAFT (object);

  g_clear_handle_id (&self->error_source, g_source_remove);
  g_clear_handle_id (&self->build_source, g_source_remove);
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_draft_parent_class)->dispose (object);
}

static void
tl_draft_finalize (GObject *object)
{
  g_clear_error (&TL_DRAFT (object)->problem);
  g_clear_object (&TL_DRAFT (object)->maker);

  G_OBJECT_CLASS (tl_draft_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  props[PROP_PAYLOAD] = g_param_spec_boxed ("payload", NULL, NULL, TL_TYPE_PAYLOAD, flags);
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  props[PROP_TARGET_LABEL] = g_param_spec_string ("target-label", NULL, NULL, NULL, flags);
  props[PROP_ENTER_SENDS] = g_param_spec_boolean ("enter-sends", NULL, NULL, TRUE, flags);
  props[PROP_HISTORY] = g_param_spec_boxed ("history", NULL, NULL, G_TYPE_STRV, flags);
  props[PROP_LENGTH] = g_param_spec_uint64 ("length", NULL, NULL, 0, G_MAXUINT64, 0,
                                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_SEND] = g_signal_new ("send", TL_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_draft_class_init (TlDraftClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = tl_draft_get_property;
  object_class->set_property = tl_draft_set_property;
  object_class->dispose = tl_draft_dispose;
  object_class->finalize = tl_draft_finalize;
  widget_class->focus = tl_widget_focus_children;
  widget_class->grab_focus = tl_draft_grab_focus;
  install_properties (object_class);

  g_type_ensure (TL_TYPE_MESSAGE_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-draft.ui");
  gtk_widget_class_bind_template_child (widget_class, TlDraft, entry);
  gtk_widget_class_bind_template_child (widget_class, TlDraft, send_button);
  gtk_widget_class_bind_template_child (widget_class, TlDraft, line);
  gtk_widget_class_bind_template_child (widget_class, TlDraft, target_label);
  gtk_widget_class_bind_template_child (widget_class, TlDraft, error_label);
  gtk_widget_class_bind_template_child (widget_class, TlDraft, count_label);
  gtk_widget_class_bind_template_child (widget_class, TlDraft, preview_box);
  gtk_widget_class_bind_template_child (widget_class, TlDraft, preview_label);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_send_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_notify_cb);
  gtk_widget_class_set_css_name (widget_class, "draft");
}

static void
tl_draft_init (TlDraft *self)
{
  self->maker = tl_payload_maker_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  preview (self);
}

void
tl_draft_set_payload (TlDraft         *self,
                      const TlPayload *payload)
{
  g_return_if_fail (TL_IS_DRAFT (self));
  g_return_if_fail (payload != NULL);

  if (tl_payload_equal (&self->payload, payload))
    return;

  self->payload = *payload;
  g_object_set (self->entry, "monospace", payload->mode != TL_PAYLOAD_TEXT, NULL);
  content_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAYLOAD]);
}

void
tl_draft_set_target_label (TlDraft    *self,
                           const char *label)
{
  g_return_if_fail (TL_IS_DRAFT (self));

  label = label ? label : "";
  if (g_str_equal (gtk_label_get_label (self->target_label), label))
    return;

  /* That there was nobody to send to is over. */
  if (!*gtk_label_get_label (self->target_label) && !self->problem)
    show_error (self, NULL, 0);
  gtk_label_set_label (self->target_label, label);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TARGET_LABEL]);
}

char *
tl_draft_dup_text (TlDraft *self)
{
  g_return_val_if_fail (TL_IS_DRAFT (self), NULL);

  return tl_message_entry_dup_text (self->entry);
}

void
tl_draft_set_text (TlDraft    *self,
                   const char *text)
{
  g_return_if_fail (TL_IS_DRAFT (self));

  tl_message_entry_set_text (self->entry, text);
}

gsize
tl_draft_get_length (TlDraft *self)
{
  g_return_val_if_fail (TL_IS_DRAFT (self), 0);

  return self->length;
}

GBytes *
tl_draft_build (TlDraft *self)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (TL_IS_DRAFT (self), NULL);

  bytes = build (self);
  if (!bytes)
    {
      show_error (self, self->problem->message, self->problem_position);
      return NULL;
    }

  return g_bytes_get_size (bytes) > 0 ? g_steal_pointer (&bytes) : NULL;
}

TlPayloadMaker *
tl_draft_dup_maker (TlDraft *self)
{
  g_return_val_if_fail (TL_IS_DRAFT (self), NULL);

  return tl_payload_maker_new (tl_payload_maker_get_plan (self->maker));
}

void
tl_draft_reset_counter (TlDraft *self)
{
  g_return_if_fail (TL_IS_DRAFT (self));

  tl_payload_maker_set_counter (self->maker, 1);
  content_changed (self);
}

void
tl_draft_insert (TlDraft    *self,
                 const char *text)
{
  g_return_if_fail (TL_IS_DRAFT (self));

  tl_message_entry_insert (self->entry, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

void
tl_draft_show_error (TlDraft    *self,
                     const char *message)
{
  g_return_if_fail (TL_IS_DRAFT (self));

  show_error (self, message, 0);
}

void
tl_draft_set_send_tip (TlDraft    *self,
                       const char *tip)
{
  g_return_if_fail (TL_IS_DRAFT (self));

  gtk_widget_set_tooltip_text (self->send_button, tip);
}

void
tl_draft_commit (TlDraft *self)
{
  g_return_if_fail (TL_IS_DRAFT (self));

  tl_payload_maker_advance (self->maker);
  tl_message_entry_commit (self->entry);
}
