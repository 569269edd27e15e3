/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are dragged from the list of an FTP page and dropped into it. */

#include "tl-ftp-page-private.h"

#include "tl-ftp-drag.h"

#include <glib/gi18n-lib.h>

/* Files on their way to a temporary folder, for the program that they were dropped on. */
typedef struct {
  TlFtpDrag       *drag;
  TlTransferQueue *queue;
  GFile           *folder;
  GPtrArray       *transfers;
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  tl_ftp_drag_free (fetch->drag);
  g_object_unref (fetch->queue);
  g_clear_object (&fetch->folder);
  g_ptr_array_unref (fetch->transfers);
  g_free (fetch);
}

static gboolean
is_over (Fetch *fetch)
{
  for (guint i = 0; i < fetch->transfers->len; i++)
    if (tl_transfer_is_active (g_ptr_array_index (fetch->transfers, i)))
      return FALSE;

  return TRUE;
}

/* All of them, or what was wrong with the first that did not come. */
static void
return_files (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < fetch->transfers->len; i++)
    {
      TlTransfer *transfer = g_ptr_array_index (fetch->transfers, i);

      if (tl_transfer_get_state (transfer) != TL_TRANSFER_DONE)
        {
          const char *error = tl_transfer_get_error (transfer);

          g_ptr_array_unref (files);
          g_task_return_new_error (task, G_IO_ERROR, error ? G_IO_ERROR_FAILED : G_IO_ERROR_CANCELLED, "%s",
                                   error ? error : tl_transfer_state_get_label (tl_transfer_get_state (transfer)));
          return;
        }
      g_ptr_array_add (files, g_object_ref (tl_transfer_get_local (transfer)));
    }
  g_task_return_pointer (task, files, (GDestroyNotify) g_ptr_array_unref);
}

static void
finished_cb (TlTransferQueue *queue,
             TlTransfer      *transfer,
             gpointer         data)
{
  g_autoptr (GTask) task = g_object_ref (data);

  if (!is_over (g_task_get_task_data (task)))
    return;
  g_signal_handlers_disconnect_by_data (queue, task);
  if (g_task_get_cancellable (task))
    g_signal_handlers_disconnect_by_data (g_task_get_cancellable (task), task);
  return_files (task);
}

/* Ends with "finished" of each. Not from within the cancellation, which may come from anywhere. */
static void
cancel_cb (gpointer data)
{
  Fetch *fetch = g_task_get_task_data (data);

  for (guint i = 0; i < fetch->transfers->len; i++)
    tl_transfer_queue_cancel (fetch->queue, g_ptr_array_index (fetch->transfers, i));
  g_object_unref (data);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      data)
{
  g_idle_add_once (cancel_cb, g_object_ref (data));
}

static void
folder_made_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  TlFtpPage *self = TL_FTP_PAGE (source);
  g_autoptr (GTask) task = data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;

  fetch->folder = tl_ftp_page_make_folder_finish (self, result, &error);
  if (!fetch->folder)
    {
      tl_ftp_page_toast (self, error->message);
      g_task_return_error (task, error);
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;

  tl_transfer_queue_begin_adding (fetch->queue);
  for (guint i = 0; i < fetch->drag->entries->len; i++)
    {
      TlTransfer *transfer = tl_ftp_page_download_to (self, fetch->drag->client, fetch->drag->dir, g_ptr_array_index (fetch->drag->entries, i),
                                                         fetch->folder);

      if (transfer)
        g_ptr_array_add (fetch->transfers, g_object_ref (transfer));
    }
  tl_transfer_queue_end_adding (fetch->queue);
  g_object_set (self, "lower", "transfers", NULL);
  if (g_task_get_cancellable (task))
    g_signal_connect_object (g_task_get_cancellable (task), "cancelled", G_CALLBACK (cancelled_cb), task, 0);
  g_signal_connect_data (fetch->queue, "finished", G_CALLBACK (finished_cb), g_object_ref (task), (GClosureNotify) (void (*) (void)) g_object_unref, 0);
}

static void
fetch_async (TlFtpDrag           *drag,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data,
             gpointer             fetch_data)
{
  g_autoptr (TlFtpPage) self = g_weak_ref_get (fetch_data);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Fetch *fetch;

  g_task_set_source_tag (task, fetch_async);
  if (!self || !self->queue)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _("The connection was closed."));
      return;
    }
  fetch = g_new0 (Fetch, 1);
  fetch->drag = tl_ftp_drag_copy (drag);
  fetch->queue = g_object_ref (self->queue);
  fetch->transfers = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, fetch, fetch_free);
  tl_ftp_page_make_folder_async (self, folder_made_cb, g_object_ref (task));
}

static GPtrArray *
fetch_finish (GAsyncResult  *result,
              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

GdkContentProvider *
tl_ftp_page_dup_drag (TlFtpPage *self)
{
  g_autoptr (GPtrArray) selected = tl_ftp_file_view_dup_selected (self->files);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TlFtpDrag) drag = NULL;
  GWeakRef *page;

  for (guint i = 0; i < selected->len; i++)
    {
      TlFtpEntry *entry = g_ptr_array_index (selected, i);

      if (!tl_ftp_entry_is_unsafe (entry) && tl_ftp_entry_get_kind (entry) != TL_FTP_ENTRY_OTHER)
        g_ptr_array_add (entries, g_object_ref (entry));
    }
  if (entries->len == 0 || !tl_ftp_browser_get_path (self->browser))
    return NULL;
  drag = tl_ftp_drag_new (tl_ftp_browser_get_client (self->browser), tl_ftp_browser_get_path (self->browser), entries);
  page = g_new0 (GWeakRef, 1);
  g_weak_ref_init (page, self);

  return tl_ftp_drag_content_new (drag, fetch_async, fetch_finish, page, weak_free);
}

/* Only from what is selected: elsewhere a drag is the rubber band's, and with a finger it scrolls. */
static GdkContentProvider *
prepare_cb (TlFtpPage     *self,
            double         x,
            double         y,
            GtkDragSource *source)
{
  GdkDevice *device = gtk_event_controller_get_current_event_device (GTK_EVENT_CONTROLLER (source));

  if (!tl_ftp_file_view_is_selected_at (self->files, x, y) || (device && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN))
    return NULL;

  /* Or the rubber band would begin too, and stay. */
  gtk_gesture_set_state (GTK_GESTURE (source), GTK_EVENT_SEQUENCE_CLAIMED);
  return tl_ftp_page_dup_drag (self);
}

/* What comes from a server is not sent back to it. */
static gboolean
accept_cb (TlFtpPage *self,
           GdkDrop   *drop)
{
  GdkContentFormats *formats = gdk_drop_get_formats (drop);
  gboolean remote = gdk_content_formats_contain_gtype (formats, TL_TYPE_FTP_DRAG);
  g_autoptr (GdkContentFormats) all = gdk_content_formats_union_deserialize_gtypes (gdk_content_formats_ref (formats));

  return tl_ftp_browser_get_path (self->browser) && !remote && gdk_content_formats_contain_gtype (all, GDK_TYPE_FILE_LIST);
}

gboolean
tl_ftp_page_drop (TlFtpPage    *self,
                  const GValue *value)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) || !tl_ftp_browser_get_path (self->browser))
    return FALSE;
  for (GSList *file = g_value_get_boxed (value); file; file = file->next)
    g_list_store_append (files, file->data);
  tl_ftp_page_upload (self, G_LIST_MODEL (files));

  return TRUE;
}

void
tl_ftp_page_init_drag (TlFtpPage *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  /* Before the list, which would draw a frame around rows. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->files), GTK_EVENT_CONTROLLER (source));
  g_signal_connect_object (target, "accept", G_CALLBACK (accept_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (tl_ftp_page_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->files), GTK_EVENT_CONTROLLER (target));
}
