/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to export, how and where. */

#include "tl-export-dialog.h"

#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlExportDialog
{
  AdwWindow parent_instance;

  AdwActionRow    *shown_row;
  AdwActionRow    *all_row;
  AdwActionRow    *selected_row;
  GtkCheckButton  *shown_check;
  GtkCheckButton  *all_check;
  GtkCheckButton  *selected_check;
  AdwComboRow     *format_row;
  GtkWidget       *save_button;
};

enum {
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlExportDialog, tl_export_dialog, ADW_TYPE_WINDOW)

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             TlExportDialog  *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      g_signal_emit (self, signals[CHOSEN], 0, file);
      gtk_window_destroy (GTK_WINDOW (self));
    }
  g_object_unref (dialog);
}

static void
save_cb (TlExportDialog *self)
{
  g_autofree char *name = tl_export_dialog_dup_name (self);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Export Messages"), GTK_WINDOW (self),
                                                              GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
set_count (AdwActionRow *row,
           guint         n_messages)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u message", "%u messages", n_messages), n_messages);

  adw_action_row_set_subtitle (row, text);
  gtk_widget_set_sensitive (GTK_WIDGET (row), n_messages > 0);
}

static void
tl_export_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TL_TYPE_EXPORT_DIALOG);

  G_OBJECT_CLASS (tl_export_dialog_parent_class)->dispose (object);
}

static void
tl_export_dialog_class_init (TlExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_export_dialog_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", TL_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_FILE);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TlExportDialog, shown_row);
  gtk_widget_class_bind_template_child (widget_class, TlExportDialog, all_row);
  gtk_widget_class_bind_template_child (widget_class, TlExportDialog, selected_row);
  gtk_widget_class_bind_template_child (widget_class, TlExportDialog, shown_check);
  gtk_widget_class_bind_template_child (widget_class, TlExportDialog, all_check);
  gtk_widget_class_bind_template_child (widget_class, TlExportDialog, selected_check);
  gtk_widget_class_bind_template_child (widget_class, TlExportDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, TlExportDialog, save_button);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
tl_export_dialog_init (TlExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tl_export_dialog_new (GtkWindow *parent,
                      guint      n_all,
                      guint      n_shown,
                      guint      n_selected)
{
  TlExportDialog *self = g_object_new (TL_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);

  tl_widget_fit_window (GTK_WINDOW (self));
  set_count (self->shown_row, n_shown);
  set_count (self->all_row, n_all);
  set_count (self->selected_row, n_selected);
  gtk_widget_set_sensitive (self->save_button, n_all > 0);
  if (n_shown == 0)
    tl_export_dialog_set_what (self, TL_EXPORT_ALL);
  gtk_window_set_focus (GTK_WINDOW (self), self->save_button);

  return GTK_WIDGET (self);
}

TlExportWhat
tl_export_dialog_get_what (TlExportDialog *self)
{
  g_return_val_if_fail (TL_IS_EXPORT_DIALOG (self), TL_EXPORT_SHOWN);

  if (gtk_check_button_get_active (self->selected_check))
    return TL_EXPORT_SELECTED;
  return gtk_check_button_get_active (self->all_check) ? TL_EXPORT_ALL : TL_EXPORT_SHOWN;
}

void
tl_export_dialog_set_what (TlExportDialog *self,
                           TlExportWhat    what)
{
  g_return_if_fail (TL_IS_EXPORT_DIALOG (self));

  gtk_check_button_set_active (what == TL_EXPORT_SELECTED ? self->selected_check
                               : what == TL_EXPORT_ALL    ? self->all_check
                                                          : self->shown_check, TRUE);
}

TlExportFormat
tl_export_dialog_get_format (TlExportDialog *self)
{
  g_return_val_if_fail (TL_IS_EXPORT_DIALOG (self), TL_EXPORT_TEXT);

  return adw_combo_row_get_selected (self->format_row);
}

void
tl_export_dialog_set_format (TlExportDialog *self,
                             TlExportFormat  format)
{
  g_return_if_fail (TL_IS_EXPORT_DIALOG (self));

  adw_combo_row_set_selected (self->format_row, format);
}

char *
tl_export_dialog_dup_name (TlExportDialog *self)
{
  static const char *const suffixes[] = {
    [TL_EXPORT_TEXT] = "txt",
    [TL_EXPORT_CSV] = "csv",
    [TL_EXPORT_JSON_LINES] = "jsonl",
    [TL_EXPORT_RECEIVED_BYTES] = "bin",
    [TL_EXPORT_SENT_BYTES] = "bin",
    [TL_EXPORT_C_ARRAY] = "c",
    [TL_EXPORT_CAPTURE] = "pcap",
  };
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "tonglu-%Y%m%d-%H%M%S");

  return g_strconcat (name, ".", suffixes[tl_export_dialog_get_format (self)], NULL);
}
