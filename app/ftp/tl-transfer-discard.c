/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was begun and is not wanted any more goes: the unfinished file, here or on the server. */

#include "tl-transfer-discard.h"

#include "tl-local-file.h"
#include "tl-transfer-job.h"

typedef enum {
  STEP_LOOK,
  STEP_REMOVE,
  STEP_END,
} Step;

typedef struct {
  TlJob   base;
  gint64  size;
} Job;

static void step (GTask *task);

static void
part_thread (GTask        *worker,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  TlTransfer *part = data;

  tl_local_discard_part (part->root, part->path, part->part, part->part_device, part->part_inode);
  g_task_return_boolean (worker, TRUE);
}

static void
part_gone_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  tl_linger_free (user_data);
}

void
tl_transfer_discard_part (TlTransfer *self)
{
  g_autoptr (GTask) task = NULL;
  TlTransfer *copy;

  if (self->upload || self->part == NULL)
    return;

  copy = tl_transfer_new (self->site, FALSE, FALSE, self->remote, self->root, self->path);
  copy->part = g_steal_pointer (&self->part);
  copy->part_device = self->part_device;
  copy->part_inode = self->part_inode;
  task = g_task_new (NULL, NULL, part_gone_cb, tl_linger_new ());
  g_task_set_task_data (task, copy, g_object_unref);
  g_task_run_in_thread (task, part_thread);
}

gboolean
tl_transfer_leaves_remote_part (TlTransfer *self)
{
  return self->upload && !self->folder && self->created && self->part_size >= 0;
}

void
tl_transfer_forget_upload (TlTransfer *self)
{
  self->created = FALSE;
  self->part_size = self->part_time = -1;
  self->moved = 0;
}

static void
clear (gpointer data)
{
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);

  tl_ftp_client_stat_finish (TL_FTP_CLIENT (source), result, &job->size, NULL, &job->base.error);
  step (task);
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);

  tl_ftp_client_act_finish (TL_FTP_CLIENT (source), result, &job->base.error);
  step (task);
}

static void
step (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);

  if (job->base.error != NULL)
    {
      tl_job_return_error (task);
      return;
    }

  switch ((Step) job->base.at)
    {
    case STEP_LOOK:
      job->base.at = STEP_REMOVE;
      tl_ftp_client_stat_async (job->base.client, transfer->remote, job->base.cancellable, looked_cb, task);
      break;

    case STEP_REMOVE:
      job->base.at = STEP_END;
      /* Longer than what was sent: somebody else's. */
      if (job->size > (gint64) transfer->moved)
        step (task);
      else
        tl_ftp_client_remove_file_async (job->base.client, transfer->remote, job->base.cancellable, removed_cb, task);
      break;

    case STEP_END:
      tl_transfer_forget_upload (transfer);
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      break;
    }
}

void
tl_transfer_discard_remote_async (TlTransfer          *self,
                                  TlFtpClient         *client,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  step (tl_job_new (sizeof (Job), self, client, tl_transfer_discard_remote_async, step, clear, cancellable, callback, user_data));
}

gboolean
tl_transfer_discard_remote_finish (TlTransfer    *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
