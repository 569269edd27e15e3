/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quick sends from a file and into one. */
#include "tl-quick-pane-private.h"

#include "tl-quick-file.h"

#include <glib/gi18n-lib.h>

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TlQuickPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TlQuickBook) book = tl_quick_file_load_finish (result, &error);
  g_autofree char *sentence = NULL;
  guint n_shortcuts = 0;

  if (!book || !tl_quick_sends_add_all (self->sends, book->sends, book->sequences, &n_shortcuts, &error))
    {
      /* Translators: %s is a whole sentence */
      sentence = g_strdup_printf (_("Nothing was imported. %s"), error->message);
      tl_quick_pane_say (self, sentence);
      return;
    }

  sentence = n_shortcuts > 0
           ? g_strdup_printf (ngettext ("Imported %u quick send and %u sequences; some shortcuts were taken already",
                                        "Imported %u quick sends and %u sequences; some shortcuts were taken already", book->sends->len),
                              book->sends->len, book->sequences->len)
           : g_strdup_printf (ngettext ("Imported %u quick send and %u sequences", "Imported %u quick sends and %u sequences", book->sends->len),
                              book->sends->len, book->sequences->len);
  tl_quick_pane_say (self, sentence);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TlQuickPane) self = user_data;
  g_autoptr (GError) error = NULL;

  if (tl_quick_file_save_finish (result, &error))
    tl_quick_pane_say (self, _("The quick sends were exported"));
  else
    tl_quick_pane_say (self, error->message);
}

static void
response_cb (TlQuickPane          *self,
             int                   response,
             GtkFileChooserNative *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file)
    {
      if (self->is_export)
        {
          g_autoptr (GBytes) json = tl_quick_json_write (self->sends);

          tl_quick_file_save_async (file, json, NULL, saved_cb, g_object_ref (self));
        }
      else
        tl_quick_file_load_async (file, NULL, loaded_cb, g_object_ref (self));
    }
  g_clear_object (&self->chooser);
}

static void
choose (TlQuickPane *self,
        gboolean     is_export)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser)
    return;

  self->is_export = is_export;
  self->chooser = is_export
                ? gtk_file_chooser_native_new (_("Export Quick Sends"), window, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL)
                : gtk_file_chooser_native_new (_("Import Quick Sends"), window, GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"), NULL);
  gtk_file_filter_add_suffix (filter, "json");
  gtk_file_filter_set_name (filter, _("JSON files"));
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  if (is_export)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "quick-sends.json");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
tl_quick_pane_import_action (GtkWidget  *widget,
                             const char *name,
                             GVariant   *parameter)
{
  choose (TL_QUICK_PANE (widget), FALSE);
}

void
tl_quick_pane_export_action (GtkWidget  *widget,
                             const char *name,
                             GVariant   *parameter)
{
  choose (TL_QUICK_PANE (widget), TRUE);
}
