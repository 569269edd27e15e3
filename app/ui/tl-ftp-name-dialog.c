/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a remote file or folder gets its name. */

#include "tl-ftp-name-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  AdwMessageDialog *dialog;
  GtkEntry         *entry;
  GtkLabel         *verdict;
  char             *old;        /* as it is shown */
  TlFtpCharset      charset;
  GBytes           *name;       /* of what is typed now, or NULL */
  TlFtpNameFunc     func;
  gpointer          user_data;
  GDestroyNotify    destroy;
} Prompt;

static void
prompt_free (gpointer  data,
             GClosure *closure)
{
  Prompt *self = data;

  g_clear_pointer (&self->name, g_bytes_unref);
  if (self->destroy)
    self->destroy (self->user_data);
  g_free (self->old);
  g_free (self);
}

static void
changed_cb (GtkEditable *editable,
            gpointer     user_data)
{
  Prompt *self = user_data;
  const char *text = gtk_editable_get_text (editable);
  g_autoptr (GError) error = NULL;
  gboolean is_old = self->old && g_str_equal (text, self->old);

  g_clear_pointer (&self->name, g_bytes_unref);
  if (*text && !is_old)
    self->name = tl_ftp_name_encode (text, self->charset, &error);

  gtk_label_set_label (self->verdict, error ? error->message : "");
  if (error)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  adw_message_dialog_set_response_enabled (self->dialog, "accept", self->name != NULL);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Prompt *self = user_data;

  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  self->func (g_str_equal (response, "accept") ? self->name : NULL, self->user_data);
}

static GtkWidget *
make_entry (Prompt *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *verdict = gtk_label_new (NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name"), -1);
  gtk_label_set_xalign (GTK_LABEL (verdict), 0);
  gtk_label_set_wrap (GTK_LABEL (verdict), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (verdict), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (verdict), 36);
  gtk_label_set_max_width_chars (GTK_LABEL (verdict), 36);
  gtk_label_set_lines (GTK_LABEL (verdict), 3);
  gtk_widget_add_css_class (verdict, "caption");
  gtk_widget_add_css_class (verdict, "error");
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), verdict);
  self->entry = GTK_ENTRY (entry);
  self->verdict = GTK_LABEL (verdict);

  return box;
}

/* What is before the last dot is what people change. */
static void
select_stem (Prompt *self)
{
  const char *dot = strrchr (self->old, '.');
  int end = dot && dot > self->old ? (int) g_utf8_pointer_to_offset (self->old, dot) : -1;

  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, end);
}

GtkWidget *
tl_ftp_name_dialog_ask (GtkWidget      *parent,
                        const char     *heading,
                        const char     *accept,
                        GBytes         *old,
                        TlFtpCharset    charset,
                        TlCharset       guess,
                        TlFtpNameFunc   func,
                        gpointer        user_data,
                        GDestroyNotify  destroy)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, NULL);
  Prompt *self = g_new0 (Prompt, 1);

  self->dialog = ADW_MESSAGE_DIALOG (dialog);
  self->charset = charset;
  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;
  if (old)
    {
      gsize length;
      const guint8 *bytes = g_bytes_get_data (old, &length);

      self->old = tl_ftp_name_display (bytes, length, charset, guess, NULL);
    }

  adw_message_dialog_set_heading (self->dialog, heading);
  adw_message_dialog_add_responses (self->dialog, "cancel", _("_Cancel"), "accept", accept, NULL);
  adw_message_dialog_set_response_appearance (self->dialog, "accept", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (self->dialog, "accept");
  adw_message_dialog_set_close_response (self->dialog, "cancel");
  adw_message_dialog_set_extra_child (self->dialog, make_entry (self));
  g_signal_connect (self->entry, "changed", G_CALLBACK (changed_cb), self);
  gtk_entry_set_activates_default (GTK_ENTRY (self->entry), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), self, prompt_free, 0);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->old ? self->old : "");
  changed_cb (GTK_EDITABLE (self->entry), self);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  if (self->old)
    select_stem (self);

  return dialog;
}
