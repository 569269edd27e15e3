/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files to and from the server. */

#include "tl-ftp-page-private.h"

#include "tl-ftp-selection.h"
#include "tl-ftp-temporary.h"
#include "tl-task-work.h"

#include <glib/gi18n-lib.h>

GBytes *
tl_ftp_page_dup_path_of (TlFtpPage  *self,
                         TlFtpEntry *entry)
{
  return tl_ftp_path_join (tl_ftp_browser_get_path (self->browser), tl_ftp_entry_get_raw_name (entry));
}

char *
tl_ftp_page_dup_local_name (TlFtpPage  *self,
                            TlFtpEntry *entry)
{
  gsize length;
  const guint8 *name = g_bytes_get_data (tl_ftp_entry_get_raw_name (entry), &length);
  TlCharset guess;

  g_object_get (tl_ftp_browser_get_directory (self->browser), "guess", &guess, NULL);
  return tl_ftp_name_to_local (name, length, tl_ftp_browser_get_charset (self->browser), guess);
}

TlTransfer *
tl_ftp_page_download_to (TlFtpPage   *self,
                         TlFtpClient *client,
                         GBytes      *dir,
                         TlFtpEntry  *entry,
                         GFile       *folder)
{
  g_autofree char *name = tl_ftp_page_dup_local_name (self, entry);
  g_autoptr (GFile) local = g_file_get_child (folder, name);
  g_autoptr (GBytes) remote = tl_ftp_path_join (dir, tl_ftp_entry_get_raw_name (entry));

  if (tl_ftp_entry_is_unsafe (entry) || tl_ftp_entry_get_kind (entry) == TL_FTP_ENTRY_OTHER)
    return NULL;
  return tl_transfer_queue_download (self->queue, client, remote, tl_ftp_entry_get_kind (entry) == TL_FTP_ENTRY_DIRECTORY,
                                     tl_ftp_entry_get_size (entry), local);
}

void
tl_ftp_page_download (TlFtpPage *self,
                      GFile     *folder)
{
  TlFtpDirectory *directory = tl_ftp_browser_get_directory (self->browser);
  TlFtpListing *listing = tl_ftp_directory_get_listing (directory);
  g_autoptr (GArray) indices = tl_ftp_selection_dup_indices (TL_FTP_SELECTION (tl_ftp_file_view_get_selection (self->files)));
  guint n_left_out = 0;
  TlCharset guess;

  for (guint i = 0; i < indices->len; i++)
    n_left_out += !tl_transfer_queue_takes (listing, g_array_index (indices, guint32, i));
  if (n_left_out < indices->len)
    {
      g_object_get (directory, "guess", &guess, NULL);
      tl_transfer_queue_download_entries (self->queue, tl_ftp_browser_get_client (self->browser), tl_ftp_browser_get_path (self->browser), listing,
                                          indices, tl_ftp_browser_get_charset (self->browser), guess, folder);
      g_object_set (self, "lower", "transfers", NULL);
    }
  if (n_left_out > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u of them is no file that could be downloaded.",
                                                         "%u of them are no files that could be downloaded.", n_left_out),
                                               n_left_out);

      tl_ftp_page_toast (self, text);
    }
}

void
tl_ftp_page_upload (TlFtpPage  *self,
                    GListModel *files)
{
  GBytes *path = tl_ftp_browser_get_path (self->browser);
  guint n_files = g_list_model_get_n_items (files);

  tl_transfer_queue_begin_adding (self->queue);
  for (guint i = 0; path && i < n_files; i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *basename = g_file_get_basename (file);
      g_autofree char *name = g_filename_display_name (basename);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) raw = tl_ftp_name_encode (name, tl_ftp_browser_get_charset (self->browser), &error);
      g_autoptr (GBytes) remote = raw ? tl_ftp_path_join (path, raw) : NULL;

      if (!remote)
        {
          tl_ftp_page_toast (self, error->message);
          continue;
        }
      tl_transfer_queue_upload (self->queue, tl_ftp_browser_get_client (self->browser), file, remote);
      g_object_set (self, "lower", "transfers", NULL);
    }
  tl_transfer_queue_end_adding (self->queue);
}

/* Whatever is uploaded into the folder that is shown is to be seen in it. */
static void
show_uploaded (TlFtpPage  *self,
               TlTransfer *transfer)
{
  GBytes *path = tl_ftp_browser_get_path (self->browser);
  g_autoptr (GBytes) parent = NULL;

  if (!path || !tl_transfer_is_upload (transfer) || tl_ftp_browser_is_loading (self->browser))
    return;
  parent = tl_ftp_path_parent (tl_transfer_get_remote (transfer));
  if (g_bytes_equal (parent, path))
    tl_ftp_page_reload_soon (self);
}

static void
make_folder_thread (GTask        *task,
                    gpointer      source,
                    gpointer      data,
                    GCancellable *cancellable)
{
  GError *error = NULL;
  GFile *folder = tl_ftp_temporary_make (&error);

  if (folder)
    g_task_return_pointer (task, folder, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
tl_ftp_page_make_folder_async (TlFtpPage           *self,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, tl_ftp_page_make_folder_async);
  tl_task_work (task, make_folder_thread, g_object_unref);
}

GFile *
tl_ftp_page_make_folder_finish (TlFtpPage     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
tl_ftp_page_transfer_finished_cb (TlFtpPage  *self,
                                  TlTransfer *transfer)
{
  gboolean done = tl_transfer_get_state (transfer) == TL_TRANSFER_DONE;

  if (g_hash_table_remove (self->to_open, transfer) && done)
    tl_ftp_page_launch (self, transfer);
  if (done)
    show_uploaded (self, transfer);
}
