/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The questions about a file of a server that is edited. */

#include "tl-ftp-edit-dialogs.h"

#include "tl-ftp-text.h"
#include "tl-message-dialog.h"

#include <glib/gi18n-lib.h>

static AdwMessageDialog *
make (GtkWidget  *parent,
      const char *heading,
      const char *body)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, NULL));

  /* Names come from the server: no markup. */
  adw_message_dialog_set_body_use_markup (dialog, FALSE);
  adw_message_dialog_set_body (dialog, body);
  adw_message_dialog_set_close_response (dialog, "cancel");
  return dialog;
}

static void
upload_cb (AdwMessageDialog *dialog,
           const char       *response,
           TlFtpEdit        *edit)
{
  GtkCheckButton *always = GTK_CHECK_BUTTON (adw_message_dialog_get_extra_child (dialog));

  if (!g_str_equal (response, "upload"))
    return;
  g_object_set (edit, "always", gtk_check_button_get_active (always), NULL);
  tl_ftp_edit_upload (edit);
}

GtkWidget *
tl_ftp_edit_dialogs_ask_upload (GtkWidget  *parent,
                                TlFtpEdit  *edit,
                                const char *place)
{
  g_autofree char *body = g_strdup_printf (_("“%s” was saved. Shall it be uploaded to %s?"), tl_ftp_edit_get_name (edit), place);
  AdwMessageDialog *dialog = make (parent, _("Upload What Was Saved?"), body);
  GtkWidget *always = gtk_check_button_new_with_mnemonic (_("_Always upload this file when it is saved"));

  /* One question for each file, unless somebody wants more of them; what others have changed is asked about in any case. */
  gtk_check_button_set_active (GTK_CHECK_BUTTON (always), TRUE);
  adw_message_dialog_set_extra_child (dialog, always);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Not Now"), "upload", _("_Upload"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "upload", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "upload");
  g_signal_connect_object (dialog, "response", G_CALLBACK (upload_cb), edit, 0);
  tl_message_dialog_present (dialog);
  return GTK_WIDGET (dialog);
}

/* To the second: it may be all that tells two from each other. (transfer full) */
static char *
dup_time (gint64 time)
{
  g_autoptr (GDateTime) when = time >= 0 ? g_date_time_new_from_unix_local (time) : NULL;

  return when ? g_date_time_format (when, "%Y-%m-%d %H:%M:%S") : g_strdup (_("time unknown"));
}

/* "5 bytes, 2020-01-02 03:04:05" */
static char *
describe (gint64 size,
          gint64 time)
{
  g_autofree char *size_text = size >= 0 ? tl_ftp_text_size (size) : g_strdup (_("size unknown"));
  /* Two that differ by a byte are to be told apart. */
  g_autofree char *bytes = size >= 0 && size < 10000 ? g_strdup_printf (ngettext ("%u byte", "%u bytes", (gulong) size), (guint) size) : NULL;
  g_autofree char *time_text = dup_time (time);

  /* Translators: size and time of a file */
  return g_strdup_printf (_("%s, %s"), bytes ? bytes : size_text, time_text);
}

static char *
make_conflict_body (TlFtpEdit  *edit,
                    const char *place)
{
  const TlFtpEditConflict *conflict = tl_ftp_edit_get_conflict (edit);
  g_autofree char *known = describe (conflict->known_size, conflict->known_time);
  g_autofree char *now = conflict->missing ? g_strdup (_("not there any more")) : describe (conflict->size, conflict->time);
  g_autoptr (GString) body = g_string_new (NULL);

  if (conflict->missing)
    g_string_append_printf (body, _("%s was deleted, moved or renamed on the server while you edited it. Nothing was uploaded yet."), place);
  else
    g_string_append_printf (body, _("%s is not the file any more that you began with. Nothing was uploaded yet."), place);
  g_string_append_printf (body, "\n\n%s\n%s\n\n%s\n%s", _("As you know it:"), known, _("On the server now:"), now);
  if (conflict->cut_off)
    g_string_append_printf (body, "\n\n%s", _("Your last upload was cut off: what is there may be its beginning."));
  return g_strdup (body->str);
}

static void
conflict_cb (AdwMessageDialog *dialog,
             const char       *response,
             TlFtpEdit        *edit)
{
  tl_ftp_edit_resolve (edit, g_str_equal (response, "overwrite")   ? TL_FTP_EDIT_OVERWRITE
                             : g_str_equal (response, "keep-both") ? TL_FTP_EDIT_KEEP_BOTH
                             : g_str_equal (response, "reload")    ? TL_FTP_EDIT_RELOAD
                                                                   : TL_FTP_EDIT_CANCEL);
}

GtkWidget *
tl_ftp_edit_dialogs_ask_conflict (GtkWidget  *parent,
                                  TlFtpEdit  *edit,
                                  const char *place)
{
  gboolean missing = tl_ftp_edit_get_conflict (edit)->missing;
  g_autofree char *body = make_conflict_body (edit, place);
  AdwMessageDialog *dialog = make (parent, missing ? _("The File Is Gone From the Server") : _("The File Was Changed on the Server"), body);

  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), NULL);
  if (!missing)
    {
      adw_message_dialog_add_responses (dialog, "reload", _("_Discard Mine and Reload"), "keep-both", _("_Keep Both"), NULL);
      adw_message_dialog_set_response_appearance (dialog, "reload", ADW_RESPONSE_DESTRUCTIVE);
    }
  adw_message_dialog_add_responses (dialog, "overwrite", missing ? _("_Upload Again") : _("_Overwrite"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "overwrite", missing ? ADW_RESPONSE_SUGGESTED : ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, missing ? "cancel" : "keep-both");
  g_signal_connect_object (dialog, "response", G_CALLBACK (conflict_cb), edit, 0);
  tl_message_dialog_present (dialog);
  return GTK_WIDGET (dialog);
}

GtkWidget *
tl_ftp_edit_dialogs_ask_end (GtkWidget *parent,
                             TlFtpEdit *edit)
{
  g_autofree char *body = g_strdup_printf (_("What you saved of “%s” is not on the server. It is deleted when you stop editing."), tl_ftp_edit_get_name (edit));
  AdwMessageDialog *dialog = make (parent, _("Discard What Was Saved?"), body);

  adw_message_dialog_add_responses (dialog, "cancel", _("_Keep Editing"), "end", _("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "end", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  tl_message_dialog_present (dialog);
  return GTK_WIDGET (dialog);
}
