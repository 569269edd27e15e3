/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Enter or a double click: folders are entered, files are downloaded to a temporary place and opened, links are one or the other. */

#include "tl-ftp-page-private.h"

#include "tl-ftp-text.h"
#include "tl-message-dialog.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* What is opened: the connection and the folder are those of the moment when it was asked for. */
typedef struct {
  TlFtpPage   *page;
  TlFtpClient *client;
  GBytes      *folder;
  TlFtpEntry  *entry;
} Opening;

static Opening *
opening_new (TlFtpPage  *self,
             TlFtpEntry *entry)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->page = g_object_ref (self);
  opening->client = g_object_ref (tl_ftp_browser_get_client (self->browser));
  opening->folder = g_bytes_ref (tl_ftp_browser_get_path (self->browser));
  opening->entry = g_object_ref (entry);
  return opening;
}

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_object_unref (opening->page);
  g_object_unref (opening->client);
  g_bytes_unref (opening->folder);
  g_object_unref (opening->entry);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (TlFtpPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    {
      g_autofree char *text = g_strdup_printf (_("No application could open the file (%s)."), error->message);

      tl_ftp_page_toast (self, text);
    }
}

void
tl_ftp_page_launch_file (TlFtpPage *self,
                         GFile     *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autoptr (GdkAppLaunchContext) context = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));

  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, launched_cb, g_object_ref (self));
}

void
tl_ftp_page_launch (TlFtpPage  *self,
                    TlTransfer *transfer)
{
  const char *path = g_file_peek_path (tl_transfer_get_local (transfer));

  /* It is gone when we are: an editor shall not take changes. */
  if (path)
    g_chmod (path, 0400);
  tl_ftp_page_launch_file (self, tl_transfer_get_local (transfer));
}

static void
folder_made_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  TlFtpPage *self = TL_FTP_PAGE (source);
  g_autoptr (Opening) opening = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = tl_ftp_page_make_folder_finish (self, result, &error);
  TlTransfer *transfer;

  if (!folder)
    tl_ftp_page_toast (self, error->message);
  else if ((transfer = tl_ftp_page_download_to (self, opening->client, opening->folder, opening->entry, folder)))
    {
      g_hash_table_add (self->to_open, g_object_ref (transfer));
      g_object_set (self, "lower", "transfers", NULL);
    }
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             TlFtpPage        *self)
{
  Opening *opening = g_object_steal_data (G_OBJECT (dialog), "tl-opening");

  if (g_str_equal (response, "open"))
    {
      tl_ftp_page_make_folder_async (self, folder_made_cb, opening);
      return;
    }
  if (g_str_equal (response, "edit"))
    tl_ftp_page_edit_entry (self, opening->client, opening->folder, opening->entry);
  opening_free (opening);
}

/* What a server tells as the size of a link is that of the link, not of what is downloaded. (transfer full) */
static char *
dup_size (TlFtpEntry *entry)
{
  gint64 size = tl_ftp_entry_get_kind (entry) == TL_FTP_ENTRY_FILE ? tl_ftp_entry_get_size (entry) : -1;

  return size >= 0 ? tl_ftp_text_size (size) : g_strdup (_("size unknown"));
}

static void
ask (Opening *opening)
{
  TlFtpPage *self = opening->page;
  g_autofree char *size = dup_size (opening->entry);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), _("Download and open the file?"), NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _("“%s” (%s) is downloaded to a temporary place and opened with its application. This copy cannot be changed, and is deleted when Tonglu ends. “Edit” opens one whose changes can be uploaded."),
                                  tl_ftp_entry_get_name (opening->entry), size);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "edit", _("_Edit"), "open", _("_Open"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "open", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "open");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "tl-opening", opening, opening_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  tl_message_dialog_present (ADW_MESSAGE_DIALOG (dialog));
}

static void
entered_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Opening) opening = data;
  TlFtpPage *self = opening->page;
  g_autoptr (GError) error = NULL;
  gboolean is_folder = tl_ftp_client_act_finish (opening->client, result, &error);
  GBytes *here = tl_ftp_browser_get_path (self->browser);

  g_clear_object (&self->following);
  /* Somewhere else by now. */
  if (opening->client != tl_ftp_browser_get_client (self->browser) || !here || !g_bytes_equal (here, opening->folder))
    return;
  if (is_folder)
    tl_ftp_browser_go (self->browser, tl_ftp_client_get_directory (opening->client));
  else if (tl_ftp_error_get_code (error) >= 500 && gtk_widget_get_root (GTK_WIDGET (self)))
    ask (g_steal_pointer (&opening));
  else
    tl_ftp_page_toast (self, error->message);
}

/* To what, only the server knows. One at a time: a second click is impatience. */
static void
follow (TlFtpPage  *self,
        TlFtpEntry *entry,
        GBytes     *path)
{
  if (self->following)
    return;
  self->following = g_object_ref (entry);
  tl_ftp_client_change_directory_async (tl_ftp_browser_get_client (self->browser), path, NULL, entered_cb, opening_new (self, entry));
}

void
tl_ftp_page_activate_entry (TlFtpPage  *self,
                            TlFtpEntry *entry)
{
  g_autoptr (GBytes) path = NULL;

  if (tl_ftp_entry_is_unsafe (entry))
    {
      tl_ftp_page_toast (self, _("This name cannot be sent to the server: nothing can be done with it."));
      return;
    }
  path = tl_ftp_page_dup_path_of (self, entry);
  switch (tl_ftp_entry_get_kind (entry))
    {
    case TL_FTP_ENTRY_DIRECTORY:
      tl_ftp_browser_go (self->browser, path);
      break;
    case TL_FTP_ENTRY_LINK:
      follow (self, entry, path);
      break;
    case TL_FTP_ENTRY_FILE:
      ask (opening_new (self, entry));
      break;
    case TL_FTP_ENTRY_OTHER:
    default:
      tl_ftp_page_toast (self, _("This is a device, a pipe or a socket of the server: it cannot be opened."));
    }
}
