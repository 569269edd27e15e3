/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changes the folder: new folders, and names. */

#include "tl-ftp-page-private.h"

#include "tl-ftp-name-dialog.h"

#include <glib/gi18n-lib.h>

/* What is asked about: the connection and the paths are those of the moment when it was asked. */
typedef struct {
  TlFtpPage   *page;
  TlFtpClient *client;
  GBytes      *folder;
  GPtrArray   *paths;
} Act;

static void
act_free (gpointer data)
{
  Act *act = data;

  g_object_unref (act->page);
  g_object_unref (act->client);
  g_bytes_unref (act->folder);
  g_ptr_array_unref (act->paths);
  g_free (act);
}

/* Names that cannot be sent are left out. */
static Act *
act_new (TlFtpPage *self,
         GPtrArray *entries)
{
  Act *act = g_new0 (Act, 1);

  act->page = g_object_ref (self);
  act->client = g_object_ref (tl_ftp_browser_get_client (self->browser));
  act->folder = g_bytes_ref (tl_ftp_browser_get_path (self->browser));
  act->paths = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; entries && i < entries->len; i++)
    {
      TlFtpEntry *entry = g_ptr_array_index (entries, i);

      if (!tl_ftp_entry_is_unsafe (entry))
        g_ptr_array_add (act->paths, tl_ftp_path_join (act->folder, tl_ftp_entry_get_raw_name (entry)));
    }

  return act;
}

static TlCharset
get_guess (TlFtpPage *self)
{
  TlCharset guess;

  g_object_get (tl_ftp_browser_get_directory (self->browser), "guess", &guess, NULL);
  return guess;
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (TlFtpPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!tl_ftp_client_act_finish (TL_FTP_CLIENT (source), result, &error))
    tl_ftp_page_toast (self, error->message);
  tl_ftp_page_reload (self);
}

static void
folder_named_cb (GBytes   *name,
                 gpointer  data)
{
  Act *act = data;
  g_autoptr (GBytes) path = name ? tl_ftp_path_join (act->folder, name) : NULL;

  if (!path)
    return;
  tl_ftp_file_view_select (act->page->files, name);
  tl_ftp_client_make_directory_async (act->client, path, NULL, done_cb, g_object_ref (act->page));
}

void
tl_ftp_page_new_folder (TlFtpPage *self)
{
  tl_ftp_name_dialog_ask (GTK_WIDGET (self), _("New Folder"), _("_Create"), NULL, tl_ftp_browser_get_charset (self->browser),
                          get_guess (self), folder_named_cb, act_new (self, NULL), act_free);
}

static void
renamed_cb (GBytes   *name,
            gpointer  data)
{
  Act *act = data;
  g_autoptr (GBytes) to = name ? tl_ftp_path_join (act->folder, name) : NULL;

  if (!to)
    return;
  tl_ftp_file_view_select (act->page->files, name);
  tl_ftp_client_rename_async (act->client, g_ptr_array_index (act->paths, 0), to, NULL, done_cb, g_object_ref (act->page));
}

void
tl_ftp_page_rename (TlFtpPage *self)
{
  g_autoptr (GPtrArray) entries = tl_ftp_file_view_dup_first_selected (self->files, 2);

  if (entries->len == 1)
    tl_ftp_name_dialog_ask (GTK_WIDGET (self), _("Rename"), _("_Rename"), tl_ftp_entry_get_raw_name (g_ptr_array_index (entries, 0)),
                            tl_ftp_browser_get_charset (self->browser), get_guess (self), renamed_cb, act_new (self, entries), act_free);
}
