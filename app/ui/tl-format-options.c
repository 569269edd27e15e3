/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The controls that say how what is typed becomes bytes. */
#include "tl-format-options.h"

#include "tl-macro-menu.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlFormatOptions
{
  GtkWidget        parent_instance;

  GtkToggleButton *text_button;
  GtkToggleButton *hex_button;
  GtkToggleButton *escapes_button;
  GtkDropDown     *charset;
  GtkDropDown     *line_ending;
  GtkDropDown     *checksum;
  GtkToggleButton *macros_button;

  TlPayload        payload;
  gboolean         loading;
};

G_DEFINE_FINAL_TYPE_WITH_CODE (TlFormatOptions, tl_format_options, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ORIENTABLE, NULL))

enum {
  PROP_0,
  PROP_PAYLOAD,
  N_PROPS,
  PROP_ORIENTATION = N_PROPS,
};

enum {
  SIGNAL_INSERT,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static TlPayloadMode
get_mode (TlFormatOptions *self)
{
  if (gtk_toggle_button_get_active (self->hex_button))
    return TL_PAYLOAD_HEX;
  if (gtk_toggle_button_get_active (self->escapes_button))
    return TL_PAYLOAD_ESCAPES;

  return TL_PAYLOAD_TEXT;
}

static void
update_sensitive (TlFormatOptions *self)
{
  gboolean has_text = self->payload.mode != TL_PAYLOAD_HEX;

  gtk_widget_set_sensitive (GTK_WIDGET (self->charset), has_text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->line_ending), has_text);
}

static void
changed_cb (TlFormatOptions *self)
{
  TlPayload payload;

  if (self->loading)
    return;

  payload = (TlPayload) {
    .mode = get_mode (self),
    .charset = gtk_drop_down_get_selected (self->charset),
    .line_ending = gtk_drop_down_get_selected (self->line_ending),
    .checksum = gtk_drop_down_get_selected (self->checksum),
    .macros = gtk_toggle_button_get_active (self->macros_button),
  };
  if (tl_payload_equal (&payload, &self->payload))
    return;

  self->payload = payload;
  update_sensitive (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAYLOAD]);
}

/* Who chooses a macro wants it to be one. */
static void
chosen_cb (TlFormatOptions *self,
           const char      *macro)
{
  gtk_toggle_button_set_active (self->macros_button, TRUE);
  g_signal_emit (self, signals[SIGNAL_INSERT], 0, macro);
}

static void
fill (TlFormatOptions *self)
{
  g_autoptr (GtkStringList) charsets = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) endings = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) checksums = gtk_string_list_new (NULL);

  for (guint i = 0; i < TL_N_CHARSETS; i++)
    gtk_string_list_append (charsets, tl_charset_get_name (i));
  for (guint i = 0; i < TL_N_LINE_ENDINGS; i++)
    gtk_string_list_append (endings, i == TL_LINE_ENDING_NONE ? _("No line ending") : tl_line_ending_get_label (i));
  for (guint i = 0; i < TL_N_CHECKSUMS; i++)
    gtk_string_list_append (checksums, i == TL_CHECKSUM_NONE ? _("No checksum") : tl_checksum_get_label (i));

  gtk_drop_down_set_model (self->charset, G_LIST_MODEL (charsets));
  gtk_drop_down_set_model (self->line_ending, G_LIST_MODEL (endings));
  gtk_drop_down_set_model (self->checksum, G_LIST_MODEL (checksums));
}

static void
tl_format_options_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  TlFormatOptions *self = TL_FORMAT_OPTIONS (object);

  switch (id)
    {
    case PROP_PAYLOAD:
      g_value_set_boxed (value, &self->payload);
      break;
    case PROP_ORIENTATION:
      g_value_set_enum (value, gtk_orientable_get_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self)))));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_format_options_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  TlFormatOptions *self = TL_FORMAT_OPTIONS (object);
  GtkOrientable *layout;

  switch (id)
    {
    case PROP_PAYLOAD:
      if (g_value_get_boxed (value))
        tl_format_options_set_payload (self, g_value_get_boxed (value));
      break;
    case PROP_ORIENTATION:
      layout = GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self)));
      if (gtk_orientable_get_orientation (layout) == g_value_get_enum (value))
        break;
      gtk_orientable_set_orientation (layout, g_value_get_enum (value));
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_format_options_dispose (GObject *object)
{
  TlFormatOptions *self = TL_FORMAT_OPTIONS (object);

  /* The toggles of a group change while they go. */
  self->loading = TRUE;
  tl_widget_unparent_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (tl_format_options_parent_class)->dispose (object);
}

static void
tl_format_options_class_init (TlFormatOptionsClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = tl_format_options_get_property;
  object_class->set_property = tl_format_options_set_property;
  object_class->dispose = tl_format_options_dispose;

  props[PROP_PAYLOAD] = g_param_spec_boxed ("payload", NULL, NULL, TL_TYPE_PAYLOAD,
                                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_object_class_override_property (object_class, PROP_ORIENTATION, "orientation");
  signals[SIGNAL_INSERT] = g_signal_new ("insert", TL_TYPE_FORMAT_OPTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (TL_TYPE_MACRO_MENU);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-format-options.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFormatOptions, text_button);
  gtk_widget_class_bind_template_child (widget_class, TlFormatOptions, hex_button);
  gtk_widget_class_bind_template_child (widget_class, TlFormatOptions, escapes_button);
  gtk_widget_class_bind_template_child (widget_class, TlFormatOptions, charset);
  gtk_widget_class_bind_template_child (widget_class, TlFormatOptions, line_ending);
  gtk_widget_class_bind_template_child (widget_class, TlFormatOptions, checksum);
  gtk_widget_class_bind_template_child (widget_class, TlFormatOptions, macros_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_set_css_name (widget_class, "formatoptions");
}

static void
tl_format_options_init (TlFormatOptions *self)
{
  self->loading = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill (self);
  self->loading = FALSE;
}

const TlPayload *
tl_format_options_get_payload (TlFormatOptions *self)
{
  g_return_val_if_fail (TL_IS_FORMAT_OPTIONS (self), NULL);

  return &self->payload;
}

void
tl_format_options_set_payload (TlFormatOptions *self,
                               const TlPayload *payload)
{
  GtkToggleButton *button;

  g_return_if_fail (TL_IS_FORMAT_OPTIONS (self));
  g_return_if_fail (payload != NULL);

  if (tl_payload_equal (payload, &self->payload))
    return;

  self->payload = *payload;
  self->loading = TRUE;
  button = payload->mode == TL_PAYLOAD_HEX ? self->hex_button
         : payload->mode == TL_PAYLOAD_ESCAPES ? self->escapes_button
         : self->text_button;
  gtk_toggle_button_set_active (button, TRUE);
  gtk_drop_down_set_selected (self->charset, payload->charset);
  gtk_drop_down_set_selected (self->line_ending, payload->line_ending);
  gtk_drop_down_set_selected (self->checksum, payload->checksum);
  gtk_toggle_button_set_active (self->macros_button, payload->macros);
  self->loading = FALSE;
  update_sensitive (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAYLOAD]);
}

void
tl_format_options_hide_charset (TlFormatOptions *self)
{
  g_return_if_fail (TL_IS_FORMAT_OPTIONS (self));

  gtk_widget_set_visible (GTK_WIDGET (self->charset), FALSE);
}
