/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of the page of the shared folder. */

#include "tl-share-page-private.h"

#include "tl-message-dialog.h"
#include "tl-share-account-dialog.h"
#include "tl-share-words.h"
#include "tl-show-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static GtkWindow *
get_window (TlSharePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
folder_chosen_cb (GtkNativeDialog *chooser,
                  int              response,
                  TlSharePage     *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

      if (file && g_file_peek_path (file))
        g_object_set (self->server, "folder", g_file_peek_path (file), NULL);
    }
  g_object_unref (chooser);
}

static void
choose_folder_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  TlSharePage *self = TL_SHARE_PAGE (widget);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Folder to Share"), get_window (self), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                                               _("_Choose"), NULL);
  g_autofree char *folder = NULL;

  g_object_get (self->server, "folder", &folder, NULL);
  if (folder && *folder)
    {
      g_autoptr (GFile) file = g_file_new_for_path (folder);

      gtk_file_chooser_set_file (GTK_FILE_CHOOSER (chooser), file, NULL);
    }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (folder_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
show_folder_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  TlSharePage *self = TL_SHARE_PAGE (widget);
  g_autofree char *folder = NULL;
  g_autoptr (GFile) file = NULL;

  g_object_get (self->server, "folder", &folder, NULL);
  if (!folder || !*folder)
    return;
  file = g_file_new_for_path (folder);
  tl_show_file_open (file, get_window (self));
}

static void
copy_address_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), g_variant_get_string (parameter, NULL));
  gtk_widget_activate_action (widget, "share.toast", "s", _("The address was copied"));
}

static void
copy_fingerprint_cb (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), adw_action_row_get_subtitle (TL_SHARE_PAGE (widget)->fingerprint_row));
  gtk_widget_activate_action (widget, "share.toast", "s", _("The fingerprint was copied"));
}

static void
add_account_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  tl_share_account_dialog_ask (widget, TL_SHARE_PAGE (widget)->server,
                               g_str_equal (name, "share.add-guest") ? TL_FTP_ACCOUNT_GUEST : TL_FTP_ACCOUNT_REGISTERED);
}

static void
toast_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  g_autofree char *escaped = g_markup_escape_text (g_variant_get_string (parameter, NULL), -1);

  adw_toast_overlay_add_toast (TL_SHARE_PAGE (widget)->toasts, adw_toast_new (escaped));
}

static void
confirmed_cb (AdwMessageDialog *dialog,
              const char       *response,
              TlSharePage      *self)
{
  /* The window may be gone before its dialog is. */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  if (g_str_equal (response, "share"))
    tl_share_page_start (self);
  else
    gtk_switch_set_active (self->sharing, FALSE);
}

void
tl_share_page_confirm (TlSharePage *self)
{
  g_autofree char *folder = NULL;
  TlFtpShareRisk risk;
  GtkWidget *dialog;

  g_object_get (self->server, "folder", &folder, NULL);
  risk = folder && *folder ? tl_ftp_share_judge (folder, g_get_home_dir ()) : TL_FTP_SHARE_NO_RISK;
  if (risk == TL_FTP_SHARE_NO_RISK)
    {
      tl_share_page_start (self);
      return;
    }
  dialog = adw_message_dialog_new (get_window (self), risk == TL_FTP_SHARE_HOME ? _("Share Your Home Folder?") : _("Share So Much?"), NULL);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), tl_share_words_risk (risk));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "share", _("_Share All the Same"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "share", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (confirmed_cb), self, 0);
  tl_message_dialog_present (ADW_MESSAGE_DIALOG (dialog));
}

void
tl_share_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "share.choose-folder", NULL, choose_folder_cb);
  gtk_widget_class_install_action (widget_class, "share.show-folder", NULL, show_folder_cb);
  gtk_widget_class_install_action (widget_class, "share.copy-address", "s", copy_address_cb);
  gtk_widget_class_install_action (widget_class, "share.copy-fingerprint", NULL, copy_fingerprint_cb);
  gtk_widget_class_install_action (widget_class, "share.add-account", NULL, add_account_cb);
  gtk_widget_class_install_action (widget_class, "share.add-guest", NULL, add_account_cb);
  gtk_widget_class_install_action (widget_class, "share.toast", "s", toast_cb);
}
