/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are dropped on the list, and dragged out of it. */

#include "tl-ftp-page-private.h"

#include "tl-ftp-drag.h"
#include "tl-local-pane.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

static gboolean
drop_cb (TlFtpPage    *self,
         const GValue *value)
{
  GSList *files = g_value_get_boxed (value);
  g_autoptr (GListStore) list = g_list_store_new (G_TYPE_FILE);

  if (!tl_ftp_browser_get_path (self->browser))
    return FALSE;
  for (GSList *l = files; l; l = l->next)
    g_list_store_append (list, l->data);
  tl_ftp_page_upload (self, G_LIST_MODEL (list));

  return TRUE;
}

/* Another program waits for these files. */
typedef struct {
  TlTransferQueue *queue;
  TlFtpDrag       *drag;
  GFile           *folder;
  GPtrArray       *files;
  GHashTable      *waiting;   /* transfers */
  gulong           handler;
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_clear_signal_handler (&fetch->handler, fetch->queue);
  g_object_unref (fetch->queue);
  tl_ftp_drag_free (fetch->drag);
  g_clear_object (&fetch->folder);
  g_ptr_array_unref (fetch->files);
  g_hash_table_unref (fetch->waiting);
  g_free (fetch);
}

static void
fetch_finished_cb (TlTransferQueue *queue,
                   TlTransfer      *transfer,
                   GTask           *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  if (!g_hash_table_remove (fetch->waiting, transfer))
    return;
  if (tl_transfer_get_state (transfer) == TL_TRANSFER_DONE)
    g_ptr_array_add (fetch->files, g_object_ref (tl_transfer_get_local (transfer)));
  if (g_hash_table_size (fetch->waiting) > 0)
    return;

  g_clear_signal_handler (&fetch->handler, queue);
  if (fetch->files->len > 0)
    g_task_return_pointer (task, g_ptr_array_ref (fetch->files), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, _("Nothing could be downloaded."));
  g_object_unref (task);
}

static void
fetch_begin_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  GTask *task = data;
  TlFtpPage *self = TL_FTP_PAGE (source);
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;

  fetch->folder = tl_ftp_page_make_folder_finish (self, result, &error);
  if (!fetch->folder)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  for (guint i = 0; i < fetch->drag->entries->len; i++)
    {
      TlTransfer *transfer = tl_ftp_page_download_to (self, fetch->drag->client, fetch->drag->dir,
                                                      g_ptr_array_index (fetch->drag->entries, i), fetch->folder);

      if (transfer)
        g_hash_table_add (fetch->waiting, g_object_ref (transfer));
    }
  if (g_hash_table_size (fetch->waiting) > 0)
    {
      fetch->handler = g_signal_connect (fetch->queue, "finished", G_CALLBACK (fetch_finished_cb), task);
      return;
    }
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, _("Nothing could be downloaded."));
  g_object_unref (task);
}

static void
fetch (TlFtpDrag           *drag,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data,
       gpointer             fetch_data)
{
  TlFtpPage *self = fetch_data;
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Fetch *fetch = g_new0 (Fetch, 1);

  g_task_set_source_tag (task, tl_ftp_page_init_drag);
  fetch->queue = g_object_ref (self->queue);
  fetch->drag = tl_ftp_drag_copy (drag);
  fetch->files = g_ptr_array_new_with_free_func (g_object_unref);
  fetch->waiting = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  g_task_set_task_data (task, fetch, fetch_free);
  tl_ftp_page_make_folder_async (self, fetch_begin_cb, task);
}

static GPtrArray *
fetch_finish (GAsyncResult  *result,
              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Only from what is selected: elsewhere a drag is the rubber band's. */
static GdkContentProvider *
prepare_cb (TlFtpPage     *self,
            double         x,
            double         y,
            GtkDragSource *source)
{
  g_autoptr (GPtrArray) entries = NULL;

  if (!tl_ftp_browser_get_path (self->browser) || !tl_ftp_file_view_is_selected_at (self->files, x, y))
    return NULL;
  entries = tl_ftp_file_view_dup_selected (self->files);
  for (guint i = entries->len; i > 0; i--)
    if (tl_ftp_entry_is_unsafe (g_ptr_array_index (entries, i - 1)))
      g_ptr_array_remove_index (entries, i - 1);
  if (entries->len == 0)
    return NULL;

  return tl_ftp_drag_content_new (tl_ftp_drag_new (tl_ftp_browser_get_client (self->browser), tl_ftp_browser_get_path (self->browser), entries),
                                  fetch, fetch_finish, g_object_ref (self), g_object_unref);
}

static void
local_upload_cb (TlFtpPage *self,
                 GPtrArray *files)
{
  g_autoptr (GListStore) list = g_list_store_new (G_TYPE_FILE);

  for (guint i = 0; i < files->len; i++)
    g_list_store_append (list, g_ptr_array_index (files, i));
  tl_ftp_page_upload (self, G_LIST_MODEL (list));
}

static void
local_download_cb (TlFtpPage *self,
                   TlFtpDrag *drag,
                   GFile     *folder)
{
  for (guint i = 0; i < drag->entries->len; i++)
    tl_ftp_page_download_to (self, drag->client, drag->dir, g_ptr_array_index (drag->entries, i), folder);
  g_object_set (self, "lower", "transfers", NULL);
}

static void
path_cb (TlFtpPage  *self,
         GParamSpec *pspec,
         TlFtpBrowser *browser)
{
  g_object_set (adw_bin_get_child (self->local_bin), "can-upload", tl_ftp_browser_get_path (browser) != NULL, NULL);
}

void
tl_ftp_page_init_drag (TlFtpPage *self)
{
  g_autoptr (GFile) home = g_file_new_for_path (g_get_home_dir ());
  GtkWidget *pane = tl_local_pane_new (home);
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  GtkDragSource *source = gtk_drag_source_new ();

  g_signal_connect_object (pane, "upload", G_CALLBACK (local_upload_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane, "download", G_CALLBACK (local_download_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->local_bin, pane);
  g_signal_connect_object (self->browser, "notify::path", G_CALLBACK (path_cb), self, G_CONNECT_SWAPPED);
  path_cb (self, NULL, self->browser);

  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->files), GTK_EVENT_CONTROLLER (target));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->files), GTK_EVENT_CONTROLLER (source));
}
