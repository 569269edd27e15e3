/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dragged files that are fetched for other programs, once for all that ask. */

#include "tl-ftp-drag-fetch.h"

#include "tl-ftp-page-private.h"

#include <glib/gi18n-lib.h>

/* Of more it is not looked whether they are all there still: they are fetched again. */
#define MAX_KEPT 100

typedef enum {
  IDLE,
  MAKING_FOLDER,
  FETCHING,
  DONE,
  FAILED,
} State;

struct _TlFtpDragFetch
{
  GObject          parent_instance;

  GWeakRef         page;
  TlFtpDrag       *drag;
  State            state;
  GError          *error;
  TlTransferQueue *queue;
  GFile           *folder;
  GPtrArray       *transfers;
  GPtrArray       *waiting;         /* of GTask */
};

G_DEFINE_FINAL_TYPE (TlFtpDragFetch, tl_ftp_drag_fetch, G_TYPE_OBJECT)

static GPtrArray *
dup_files (TlFtpDragFetch *self)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->transfers->len; i++)
    g_ptr_array_add (files, g_object_ref (tl_transfer_get_local (g_ptr_array_index (self->transfers, i))));

  return files;
}

static void
tell (TlFtpDragFetch *self,
      GTask          *task)
{
  if (g_task_get_cancellable (task))
    g_signal_handlers_disconnect_by_data (g_task_get_cancellable (task), task);
  if (self->error)
    g_task_return_error (task, g_error_copy (self->error));
  else
    g_task_return_pointer (task, dup_files (self), (GDestroyNotify) g_ptr_array_unref);
}

/* @error: (transfer full) (nullable) */
static void
end (TlFtpDragFetch *self,
     GError         *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->state = error ? FAILED : DONE;
  self->error = error;
  if (self->queue)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  for (guint i = 0; i < waiting->len; i++)
    tell (self, g_ptr_array_index (waiting, i));
}

/* With the last transfer: what was wrong with the first that did not come. */
static void
finished_cb (TlFtpDragFetch *self)
{
  g_autoptr (TlFtpDragFetch) alive = g_object_ref (self);
  GError *error = NULL;

  for (guint i = 0; i < self->transfers->len; i++)
    if (tl_transfer_is_active (g_ptr_array_index (self->transfers, i)))
      return;
  for (guint i = 0; i < self->transfers->len && !error; i++)
    {
      TlTransfer *transfer = g_ptr_array_index (self->transfers, i);
      TlTransferState state = tl_transfer_get_state (transfer);
      const char *problem = tl_transfer_get_error (transfer);

      if (state != TL_TRANSFER_DONE)
        error = g_error_new_literal (G_IO_ERROR, problem ? G_IO_ERROR_FAILED : G_IO_ERROR_CANCELLED,
                                     problem ? problem : tl_transfer_state_get_label (state));
    }
  end (self, error);
}

static void
folder_made_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  TlFtpPage *page = TL_FTP_PAGE (source);
  g_autoptr (TlFtpDragFetch) self = data;
  GError *error = NULL;
  g_autoptr (GFile) folder = tl_ftp_page_make_folder_finish (page, result, &error);

  if (folder && !page->queue)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The connection was closed."));
  if (self->state != MAKING_FOLDER)
    {
      g_clear_error (&error);
      return;
    }
  if (error)
    {
      if (page->queue)
        tl_ftp_page_toast (page, error->message);
      end (self, error);
      return;
    }

  self->state = FETCHING;
  self->folder = g_object_ref (folder);
  self->queue = g_object_ref (page->queue);
  tl_transfer_queue_begin_adding (self->queue);
  for (guint i = 0; i < self->drag->entries->len; i++)
    {
      TlTransfer *transfer = tl_ftp_page_download_to (page, self->drag->client, self->drag->dir, g_ptr_array_index (self->drag->entries, i), folder);

      if (transfer)
        g_ptr_array_add (self->transfers, g_object_ref (transfer));
    }
  tl_transfer_queue_end_adding (self->queue);
  g_object_set (page, "lower", "transfers", NULL);
  g_signal_connect_object (self->queue, "finished", G_CALLBACK (finished_cb), self, G_CONNECT_SWAPPED);
  finished_cb (self);
}

static void
start (TlFtpDragFetch *self)
{
  g_autoptr (TlFtpPage) page = g_weak_ref_get (&self->page);

  if (!page || !page->queue)
    {
      end (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The connection was closed.")));
      return;
    }
  self->state = MAKING_FOLDER;
  tl_ftp_page_make_folder_async (page, folder_made_cb, g_object_ref (self));
}

/* One that does not wait any longer. */
static void
left_cb (gpointer data)
{
  g_autoptr (GTask) task = data;
  TlFtpDragFetch *self = g_task_get_source_object (task);

  if (!g_ptr_array_remove (self->waiting, task))
    return;
  g_signal_handlers_disconnect_by_data (g_task_get_cancellable (task), task);
  g_task_return_error_if_cancelled (task);
  if (self->waiting->len == 0)
    tl_ftp_drag_fetch_cancel (self);
}

/* Not from within the cancellation, which may come from anywhere. */
static void
cancelled_cb (GCancellable *cancellable,
              gpointer      task)
{
  g_idle_add_once (left_cb, g_object_ref (task));
}

void
tl_ftp_drag_fetch_wait_async (TlFtpDragFetch      *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tl_ftp_drag_fetch_wait_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->state == DONE || self->state == FAILED)
    {
      tell (self, task);
      return;
    }
  g_ptr_array_add (self->waiting, g_object_ref (task));
  if (cancellable)
    g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), task);
  if (self->state == IDLE)
    start (self);
}

GPtrArray *
tl_ftp_drag_fetch_wait_finish (TlFtpDragFetch  *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
tl_ftp_drag_fetch_is_running (TlFtpDragFetch *self)
{
  return self->state == MAKING_FOLDER || self->state == FETCHING;
}

gboolean
tl_ftp_drag_fetch_serves (TlFtpDragFetch *self,
                          TlFtpDrag      *drag)
{
  if (self->state == FAILED || drag->client != self->drag->client || !g_bytes_equal (drag->dir, self->drag->dir) ||
      drag->entries->len != self->drag->entries->len || drag->entries->len > MAX_KEPT)
    return FALSE;

  for (guint i = 0; i < drag->entries->len; i++)
    {
      TlFtpEntry *a = g_ptr_array_index (drag->entries, i);
      TlFtpEntry *b = g_ptr_array_index (self->drag->entries, i);

      if (!g_bytes_equal (tl_ftp_entry_get_raw_name (a), tl_ftp_entry_get_raw_name (b)) || tl_ftp_entry_get_size (a) != tl_ftp_entry_get_size (b) ||
          tl_ftp_entry_get_time (a) != tl_ftp_entry_get_time (b))
        return FALSE;
    }
  for (guint i = 0; self->state == DONE && i < self->transfers->len; i++)
    if (!g_file_query_exists (tl_transfer_get_local (g_ptr_array_index (self->transfers, i)), NULL))
      return FALSE;

  return TRUE;
}

void
tl_ftp_drag_fetch_cancel (TlFtpDragFetch *self)
{
  g_autoptr (TlFtpDragFetch) alive = g_object_ref (self);

  if (!tl_ftp_drag_fetch_is_running (self))
    return;
  end (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, tl_transfer_state_get_label (TL_TRANSFER_CANCELLED)));
  for (guint i = 0; i < self->transfers->len; i++)
    tl_transfer_queue_cancel (self->queue, g_ptr_array_index (self->transfers, i));
}

static void
tl_ftp_drag_fetch_finalize (GObject *object)
{
  TlFtpDragFetch *self = TL_FTP_DRAG_FETCH (object);

  g_weak_ref_clear (&self->page);
  tl_ftp_drag_free (self->drag);
  g_clear_error (&self->error);
  g_clear_object (&self->queue);
  g_clear_object (&self->folder);
  g_ptr_array_unref (self->transfers);
  g_ptr_array_unref (self->waiting);

  G_OBJECT_CLASS (tl_ftp_drag_fetch_parent_class)->finalize (object);
}

static void
tl_ftp_drag_fetch_class_init (TlFtpDragFetchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tl_ftp_drag_fetch_finalize;
}

static void
tl_ftp_drag_fetch_init (TlFtpDragFetch *self)
{
  g_weak_ref_init (&self->page, NULL);
  self->transfers = g_ptr_array_new_with_free_func (g_object_unref);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

TlFtpDragFetch *
tl_ftp_drag_fetch_new (TlFtpPage *page,
                       TlFtpDrag *drag)
{
  TlFtpDragFetch *self = g_object_new (TL_TYPE_FTP_DRAG_FETCH, NULL);

  g_weak_ref_set (&self->page, page);
  self->drag = tl_ftp_drag_copy (drag);

  return self;
}
