/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work on a thread for an object of the main loop. */

#include "tl-task-work.h"

typedef struct {
  GTask           *task;        /* the worker's callback holds it */
  GTaskThreadFunc  func;
  GDestroyNotify   free_result;
} Work;

static void
work_thread (GTask        *worker,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Work *work = data;

  work->func (worker, g_task_get_source_object (work->task), g_task_get_task_data (work->task), cancellable);
}

static void
worked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  gpointer pointer = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, pointer, work->free_result);
}

/* What a pool's thread does with a task of the pool. */
static void
run_in_pool (gpointer data,
             gpointer pool)
{
  g_autoptr (GTask) worker = data;

  work_thread (worker, NULL, g_task_get_task_data (worker), g_task_get_cancellable (worker));
}

/* (transfer full) */
static GTask *
make_worker (GTask           *task,
             GTaskThreadFunc  func,
             GDestroyNotify   free_result)
{
  GTask *worker = g_task_new (NULL, g_task_get_cancellable (task), worked_cb, g_object_ref (task));
  Work *work = g_new (Work, 1);

  *work = (Work) { task, func, free_result };
  g_task_set_source_tag (worker, tl_task_work);
  g_task_set_task_data (worker, work, g_free);
  return worker;
}

void
tl_task_work (GTask           *task,
              GTaskThreadFunc  func,
              GDestroyNotify   free_result)
{
  g_autoptr (GTask) worker = NULL;

  g_return_if_fail (G_IS_TASK (task) && func != NULL);

  worker = make_worker (task, func, free_result);
  g_task_run_in_thread (worker, work_thread);
}

GThreadPool *
tl_task_work_pool_new (int n_threads)
{
  return g_thread_pool_new (run_in_pool, NULL, n_threads, FALSE, NULL);
}

void
tl_task_work_in (GThreadPool     *pool,
                 GTask           *task,
                 GTaskThreadFunc  func,
                 GDestroyNotify   free_result)
{
  g_return_if_fail (pool != NULL && G_IS_TASK (task) && func != NULL);

  g_thread_pool_push (pool, make_worker (task, func, free_result), NULL);
}
