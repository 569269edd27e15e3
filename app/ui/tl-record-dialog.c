/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How to record, and where. */

#include "tl-record-dialog.h"

#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlRecordDialog
{
  AdwWindow        parent_instance;

  AdwComboRow     *format_row;
  GtkSwitch       *rotate;
  GtkSpinButton   *size;
  GtkSpinButton   *files;
  GtkWidget       *record_button;

  GSettings       *settings;    /* NULL: nothing is kept */
};

enum {
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlRecordDialog, tl_record_dialog, ADW_TYPE_WINDOW)

/* In the order of the row. */
static const struct {
  TlExportFormat format;
  const char    *suffix;
} formats[] = {
  { TL_EXPORT_CAPTURE, "pcap" },
  { TL_EXPORT_JSON_LINES, "jsonl" },
  { TL_EXPORT_TEXT, "txt" },
  { TL_EXPORT_CSV, "csv" },
  { TL_EXPORT_RECEIVED_BYTES, "bin" },
  { TL_EXPORT_SENT_BYTES, "bin" },
};

static guint
get_choice (TlRecordDialog *self)
{
  return MIN (adw_combo_row_get_selected (self->format_row), G_N_ELEMENTS (formats) - 1);
}

/* What is kept is the nick of the format: the order of the row may change. */
static void
load (TlRecordDialog *self)
{
  g_autofree char *nick = g_settings_get_string (self->settings, "recording-format");
  g_autoptr (GEnumClass) klass = g_type_class_ref (TL_TYPE_EXPORT_FORMAT);
  const GEnumValue *value = g_enum_get_value_by_nick (klass, nick);

  for (guint i = 0; value != NULL && i < G_N_ELEMENTS (formats); i++)
    if ((int) formats[i].format == value->value)
      adw_combo_row_set_selected (self->format_row, i);
  gtk_switch_set_active (self->rotate, g_settings_get_boolean (self->settings, "recording-rotates"));
  gtk_spin_button_set_value (self->size, g_settings_get_uint (self->settings, "recording-megabytes"));
  gtk_spin_button_set_value (self->files, g_settings_get_uint (self->settings, "recording-files"));
}

static void
save (TlRecordDialog *self)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (TL_TYPE_EXPORT_FORMAT);

  if (self->settings == NULL)
    return;
  g_settings_set_string (self->settings, "recording-format", g_enum_get_value (klass, (int) formats[get_choice (self)].format)->value_nick);
  g_settings_set_boolean (self->settings, "recording-rotates", gtk_switch_get_active (self->rotate));
  g_settings_set_uint (self->settings, "recording-megabytes", (guint) gtk_spin_button_get_value_as_int (self->size));
  g_settings_set_uint (self->settings, "recording-files", (guint) gtk_spin_button_get_value_as_int (self->files));
}

void
tl_record_dialog_choose (TlRecordDialog *self,
                         GFile          *file)
{
  g_return_if_fail (TL_IS_RECORD_DIALOG (self));

  save (self);
  g_signal_emit (self, signals[CHOSEN], 0, file);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             TlRecordDialog  *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      tl_record_dialog_choose (self, file);
    }
  g_object_unref (dialog);
}

static void
record_cb (TlRecordDialog *self)
{
  g_autofree char *name = tl_record_dialog_dup_name (self);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Record to a File"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Record"), NULL);

  gtk_spin_button_update (self->size);
  gtk_spin_button_update (self->files);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
tl_record_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TL_TYPE_RECORD_DIALOG);
  g_clear_object (&TL_RECORD_DIALOG (object)->settings);

  G_OBJECT_CLASS (tl_record_dialog_parent_class)->dispose (object);
}

static void
tl_record_dialog_class_init (TlRecordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_record_dialog_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", TL_TYPE_RECORD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-record-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TlRecordDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, TlRecordDialog, rotate);
  gtk_widget_class_bind_template_child (widget_class, TlRecordDialog, size);
  gtk_widget_class_bind_template_child (widget_class, TlRecordDialog, files);
  gtk_widget_class_bind_template_child (widget_class, TlRecordDialog, record_button);
  gtk_widget_class_bind_template_callback (widget_class, record_cb);
}

static void
tl_record_dialog_init (TlRecordDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_focus (GTK_WINDOW (self), self->record_button);
}

GtkWidget *
tl_record_dialog_new (GtkWindow *parent,
                      GSettings *settings)
{
  TlRecordDialog *self = g_object_new (TL_TYPE_RECORD_DIALOG, "transient-for", parent, NULL);

  tl_widget_fit_window (GTK_WINDOW (self));
  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  if (settings != NULL)
    load (self);
  return GTK_WIDGET (self);
}

void
tl_record_dialog_get_options (TlRecordDialog     *self,
                              TlRecordingOptions *options)
{
  gboolean rotates;

  g_return_if_fail (TL_IS_RECORD_DIALOG (self));

  rotates = gtk_switch_get_active (self->rotate);
  options->format = formats[get_choice (self)].format;
  options->max_bytes = rotates ? (guint64) gtk_spin_button_get_value_as_int (self->size) * 1000 * 1000 : 0;
  options->max_files = rotates ? (guint) gtk_spin_button_get_value_as_int (self->files) : 0;
}

char *
tl_record_dialog_dup_name (TlRecordDialog *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "tonglu-%Y%m%d-%H%M%S");

  g_return_val_if_fail (TL_IS_RECORD_DIALOG (self), NULL);
  return g_strconcat (name, ".", formats[get_choice (self)].suffix, NULL);
}
