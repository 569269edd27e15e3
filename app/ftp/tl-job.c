/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done over a client in several steps. */

#include "tl-job.h"

static void
job_free (gpointer data)
{
  TlJob *job = data;

  job->clear (job);
  g_object_unref (job->client);
  g_clear_object (&job->cancellable);
  g_clear_error (&job->error);
  g_free (job);
}

GTask *
tl_job_new (gsize                size,
            gpointer             source,
            TlFtpClient         *client,
            gpointer             tag,
            void               (*step) (GTask *task),
            void               (*clear) (gpointer job),
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  GTask *task = g_task_new (source, NULL, callback, user_data);
  TlJob *job = g_malloc0 (size);

  g_task_set_source_tag (task, tag);
  job->client = g_object_ref (client);
  job->source = source;
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
  TlJob *job = g_task_get_task_data (task);

  g_task_propagate_boolean (G_TASK (result), job->error == NULL ? &job->error : NULL);
  job->step (task);
}

static void
work_thread (GTask        *worker,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  TlJob *job = data;

  job->work (worker, job->source, job, cancellable);
}

void
tl_job_work (GTask           *task,
             GTaskThreadFunc  func)
{
  TlJob *job = g_task_get_task_data (task);
  /* Without a source: the thread lets go of its task last, and what belongs to the main loop is not to end there. */
  g_autoptr (GTask) worker = g_task_new (NULL, NULL, worked_cb, task);

  job->work = func;
  g_task_set_source_tag (worker, tl_job_work);
  g_task_set_task_data (worker, job, NULL);
  g_task_run_in_thread (worker, work_thread);
}

void
tl_job_work_done (GTask  *worker,
                  GError *error)
{
  if (error != NULL)
    g_task_return_error (worker, error);
  else
    g_task_return_boolean (worker, TRUE);
}

void
tl_job_return_error (GTask *task)
{
  TlJob *job = g_task_get_task_data (task);

  g_task_return_error (task, g_steal_pointer (&job->error));
  g_object_unref (task);
}

void
tl_job_return_pointer (GTask          *task,
                       gpointer        result,
                       GDestroyNotify  destroy)
{
  TlJob *job = g_task_get_task_data (task);

  if (job->error != NULL)
    {
      tl_job_return_error (task);
      return;
    }
  g_task_return_pointer (task, result, destroy);
  g_object_unref (task);
}
