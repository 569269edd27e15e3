/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two ways of a file that is edited have in common. */

#include "tl-ftp-edit-private.h"

static void
job_free (gpointer data)
{
  TlFtpEditJob *job = data;

  job->clear (job);
  g_object_unref (job->client);
  tl_ftp_edit_about_free (job->about);
  g_clear_pointer (&job->place, tl_ftp_edit_place_unref);
  g_clear_object (&job->cancellable);
  g_clear_error (&job->error);
  g_free (job);
}

GTask *
tl_ftp_edit_job_new (gsize                 size,
                     TlFtpClient          *client,
                     const TlFtpEditAbout *about,
                     TlFtpEditPlace       *place,
                     gpointer              tag,
                     void                (*step) (GTask *task),
                     void                (*clear) (gpointer job),
                     TlFtpProgressFunc     progress,
                     gpointer              progress_data,
                     GCancellable         *cancellable,
                     GAsyncReadyCallback   callback,
                     gpointer              user_data)
{
  GTask *task = g_task_new (client, NULL, callback, user_data);
  TlFtpEditJob *job = g_malloc0 (size);

  g_task_set_source_tag (task, tag);
  job->client = g_object_ref (client);
  job->about = tl_ftp_edit_about_copy (about);
  job->place = place != NULL ? tl_ftp_edit_place_ref (place) : NULL;
  job->progress = progress;
  job->progress_data = progress_data;
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  job->step = step;
  job->clear = clear;
  g_task_set_task_data (task, job, job_free);
  return task;
}

static void
worked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  TlFtpEditJob *job = g_task_get_task_data (task);

  g_task_propagate_boolean (G_TASK (result), job->error == NULL ? &job->error : NULL);
  job->step (task);
}

void
tl_ftp_edit_job_work (GTask           *task,
                      GTaskThreadFunc  func)
{
  /* The task waits: nobody else touches its data. */
  g_autoptr (GTask) worker = g_task_new (NULL, NULL, worked_cb, task);

  g_task_set_source_tag (worker, tl_ftp_edit_job_work);
  g_task_set_task_data (worker, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (worker, func);
}

void
tl_ftp_edit_job_work_done (GTask  *worker,
                           GError *error)
{
  if (error != NULL)
    g_task_return_error (worker, error);
  else
    g_task_return_boolean (worker, TRUE);
}

void
tl_ftp_edit_job_return (GTask          *task,
                        gpointer        result,
                        GDestroyNotify  destroy)
{
  TlFtpEditJob *job = g_task_get_task_data (task);

  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (task, result, destroy);
  g_object_unref (task);
}
