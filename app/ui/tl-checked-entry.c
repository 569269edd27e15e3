/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry that is checked at each key press, with a line under it that says what was found. */
#include "tl-checked-entry.h"

#include "tl-address-check.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GtkBox    *row;
  GtkEntry  *entry;
  GtkLabel  *caption;
  GtkLabel  *caption_label;   /* elsewhere, instead of the caption */

  char      *label;
  char      *message;
  char      *note;
  gsize      last_length;
  gboolean   valid;
  gboolean   optional;
} TlCheckedEntryPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TlCheckedEntry, tl_checked_entry, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_TEXT,
  PROP_LABEL,
  PROP_OPTIONAL,
  PROP_WIDTH_CHARS,
  PROP_CAPTION_LABEL,
  PROP_VALID,
  PROP_MESSAGE,
  PROP_NOTE,
  N_PROPS,
};

enum {
  SIGNAL_ACTIVATE,
  SIGNAL_ENDPOINT_PASTED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_css_class (GtkWidget  *widget,
               const char *name,
               gboolean    on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_verdict (TlCheckedEntry *self)
{
  TlCheckedEntryPrivate *priv = tl_checked_entry_get_instance_private (self);
  gboolean wrong = priv->message != NULL;
  const char *shown = wrong ? priv->message : priv->note;
  GtkLabel *caption = priv->caption_label != NULL ? priv->caption_label : priv->caption;

  gtk_label_set_label (caption, shown ? shown : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (caption), shown);
  set_css_class (GTK_WIDGET (priv->entry), "error", wrong);
  set_css_class (GTK_WIDGET (caption), "error", wrong);
  set_css_class (GTK_WIDGET (caption), "dim-label", !wrong);
  gtk_accessible_update_state (GTK_ACCESSIBLE (priv->entry),
                               GTK_ACCESSIBLE_STATE_INVALID, wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->entry),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, shown ? shown : "",
                                  -1);
}

static gboolean
take_string (char **field,
             char  *value)
{
  gboolean differs = g_strcmp0 (*field, value) != 0;

  g_free (*field);
  *field = value;

  return differs;
}

static void
show_label (TlCheckedEntry *self)
{
  TlCheckedEntryPrivate *priv = tl_checked_entry_get_instance_private (self);

  gtk_entry_set_placeholder_text (priv->entry, priv->label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (priv->entry), priv->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, priv->label ? priv->label : "",
                                  -1);
}

static void
settle (TlCheckedEntry *self)
{
  TlCheckedEntryClass *class = TL_CHECKED_ENTRY_GET_CLASS (self);

  if (class->settle)
    class->settle (self);
}

static void
changed_cb (TlCheckedEntry *self)
{
  TlCheckedEntryPrivate *priv = tl_checked_entry_get_instance_private (self);
  gsize length = g_utf8_strlen (tl_checked_entry_get_text (self), -1);
  gboolean pasted = length > priv->last_length + 1;

  priv->last_length = length;
  tl_checked_entry_recheck (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
  if (pasted)
    settle (self);
}

static void
activate_cb (TlCheckedEntry *self)
{
  settle (self);
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static void
leave_cb (TlCheckedEntry *self)
{
  settle (self);
}

static void
tl_checked_entry_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TlCheckedEntry *self = TL_CHECKED_ENTRY (object);
  TlCheckedEntryPrivate *priv = tl_checked_entry_get_instance_private (self);

  switch (id)
    {
    case PROP_TEXT:
      g_value_set_string (value, tl_checked_entry_get_text (self));
      break;
    case PROP_LABEL:
      g_value_set_string (value, priv->label);
      break;
    case PROP_OPTIONAL:
      g_value_set_boolean (value, priv->optional);
      break;
    case PROP_WIDTH_CHARS:
      g_value_set_int (value, gtk_editable_get_width_chars (GTK_EDITABLE (priv->entry)));
      break;
    case PROP_CAPTION_LABEL:
      g_value_set_object (value, priv->caption_label);
      break;
    case PROP_VALID:
      g_value_set_boolean (value, priv->valid);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, priv->message);
      break;
    case PROP_NOTE:
      g_value_set_string (value, priv->note);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_checked_entry_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TlCheckedEntry *self = TL_CHECKED_ENTRY (object);
  TlCheckedEntryPrivate *priv = tl_checked_entry_get_instance_private (self);

  switch (id)
    {
    case PROP_TEXT:
      tl_checked_entry_set_text (self, g_value_get_string (value));
      break;
    case PROP_LABEL:
      if (take_string (&priv->label, g_value_dup_string (value)))
        {
          show_label (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_OPTIONAL:
      if (priv->optional != g_value_get_boolean (value))
        {
          priv->optional = g_value_get_boolean (value);
          tl_checked_entry_recheck (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_WIDTH_CHARS:
      gtk_editable_set_width_chars (GTK_EDITABLE (priv->entry), g_value_get_int (value));
      gtk_editable_set_max_width_chars (GTK_EDITABLE (priv->entry), g_value_get_int (value));
      break;
    case PROP_CAPTION_LABEL:
      if (g_set_object (&priv->caption_label, g_value_get_object (value)))
        {
          gtk_widget_set_visible (GTK_WIDGET (priv->caption), priv->caption_label == NULL);
          show_verdict (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_checked_entry_constructed (GObject *object)
{
  G_OBJECT_CLASS (tl_checked_entry_parent_class)->constructed (object);

  tl_checked_entry_recheck (TL_CHECKED_ENTRY (object));
}

static void
tl_checked_entry_dispose (GObject *object)
{
  TlCheckedEntryPrivate *priv = tl_checked_entry_get_instance_private (TL_CHECKED_ENTRY (object));

  g_clear_object (&priv->caption_label);
  tl_widget_unparent_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (tl_checked_entry_parent_class)->dispose (object);
}

static void
tl_checked_entry_finalize (GObject *object)
{
  TlCheckedEntryPrivate *priv = tl_checked_entry_get_instance_private (TL_CHECKED_ENTRY (object));

  g_free (priv->label);
  g_free (priv->message);
  g_free (priv->note);

  G_OBJECT_CLASS (tl_checked_entry_parent_class)->finalize (object);
}

static gboolean
tl_checked_entry_grab_focus (GtkWidget *widget)
{
  TlCheckedEntryPrivate *priv = tl_checked_entry_get_instance_private (TL_CHECKED_ENTRY (widget));

  return gtk_widget_grab_focus (GTK_WIDGET (priv->entry));
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", both);
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, both);
  props[PROP_OPTIONAL] = g_param_spec_boolean ("optional", NULL, NULL, FALSE, both);
  props[PROP_WIDTH_CHARS] = g_param_spec_int ("width-chars", NULL, NULL, -1, 200, -1, both);
  props[PROP_CAPTION_LABEL] = g_param_spec_object ("caption-label", NULL, NULL, GTK_TYPE_LABEL, both);
  props[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE, read);
  props[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, read);
  props[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, read);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", TL_TYPE_CHECKED_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENDPOINT_PASTED] = g_signal_new ("endpoint-pasted", TL_TYPE_CHECKED_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT);
}

static void
tl_checked_entry_class_init (TlCheckedEntryClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->constructed = tl_checked_entry_constructed;
  object_class->get_property = tl_checked_entry_get_property;
  object_class->set_property = tl_checked_entry_set_property;
  object_class->dispose = tl_checked_entry_dispose;
  object_class->finalize = tl_checked_entry_finalize;
  widget_class->focus = tl_widget_focus_children;
  widget_class->grab_focus = tl_checked_entry_grab_focus;
  install_properties (object_class);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-checked-entry.ui");
  gtk_widget_class_bind_template_child_private (widget_class, TlCheckedEntry, row);
  gtk_widget_class_bind_template_child_private (widget_class, TlCheckedEntry, entry);
  gtk_widget_class_bind_template_child_private (widget_class, TlCheckedEntry, caption);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_set_css_name (widget_class, "checkedentry");
}

static void
tl_checked_entry_init (TlCheckedEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

const char *
tl_checked_entry_get_text (TlCheckedEntry *self)
{
  TlCheckedEntryPrivate *priv = tl_checked_entry_get_instance_private (self);

  return gtk_editable_get_text (GTK_EDITABLE (priv->entry));
}

void
tl_checked_entry_set_text (TlCheckedEntry *self,
                           const char     *text)
{
  TlCheckedEntryPrivate *priv = tl_checked_entry_get_instance_private (self);

  g_return_if_fail (TL_IS_CHECKED_ENTRY (self));

  text = text ? text : "";
  if (!g_str_equal (text, tl_checked_entry_get_text (self)))
    gtk_editable_set_text (GTK_EDITABLE (priv->entry), text);
}

gboolean
tl_checked_entry_get_valid (TlCheckedEntry *self)
{
  TlCheckedEntryPrivate *priv = tl_checked_entry_get_instance_private (self);

  return priv->valid;
}

const char *
tl_checked_entry_get_message (TlCheckedEntry *self)
{
  TlCheckedEntryPrivate *priv = tl_checked_entry_get_instance_private (self);

  return priv->message;
}

void
tl_checked_entry_set_editable (TlCheckedEntry *self,
                               gboolean        editable)
{
  TlCheckedEntryPrivate *priv = tl_checked_entry_get_instance_private (self);

  gtk_editable_set_editable (GTK_EDITABLE (priv->entry), editable);
  gtk_widget_set_can_focus (GTK_WIDGET (priv->entry), TRUE);
  set_css_class (GTK_WIDGET (priv->entry), "dim-label", !editable);
}

gboolean
tl_checked_entry_get_optional (TlCheckedEntry *self)
{
  TlCheckedEntryPrivate *priv = tl_checked_entry_get_instance_private (self);

  return priv->optional;
}

void
tl_checked_entry_recheck (TlCheckedEntry *self)
{
  TlCheckedEntryPrivate *priv = tl_checked_entry_get_instance_private (self);
  TlVerdict verdict = { 0 };

  g_object_freeze_notify (G_OBJECT (self));
  TL_CHECKED_ENTRY_GET_CLASS (self)->check (self, tl_checked_entry_get_text (self), &verdict);
  if (take_string (&priv->message, verdict.message))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MESSAGE]);
  if (take_string (&priv->note, verdict.note))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NOTE]);
  if (priv->valid != verdict.valid)
    {
      priv->valid = verdict.valid;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VALID]);
    }
  show_verdict (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
tl_checked_entry_split_endpoint (TlCheckedEntry *self,
                                 gboolean        keeps_host)
{
  g_autoptr (TlAddressCheck) check = tl_address_check_new (tl_checked_entry_get_text (self));
  g_autofree char *port = NULL;

  if (check->other_host == NULL || (!keeps_host && check->other_port < 0))
    return;

  port = g_strdup_printf ("%d", check->other_port);
  tl_checked_entry_set_text (self, keeps_host ? check->other_host : port);
  if (check->other_port >= 0)
    g_signal_emit (self, signals[SIGNAL_ENDPOINT_PASTED], 0, check->other_host, (guint) check->other_port);
}

void
tl_checked_entry_add_suffix (TlCheckedEntry *self,
                             GtkWidget      *widget)
{
  TlCheckedEntryPrivate *priv = tl_checked_entry_get_instance_private (self);

  gtk_box_append (priv->row, widget);
}

GtkEntry *
tl_checked_entry_get_entry (TlCheckedEntry *self)
{
  TlCheckedEntryPrivate *priv = tl_checked_entry_get_instance_private (self);

  return priv->entry;
}
