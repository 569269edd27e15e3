/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The threads on which the FTP server touches files. */

#include "tl-ftp-server-work.h"

#define N_THREADS 8
#define N_LONG_THREADS 2

typedef struct {
  GTask           *task;
  GTaskThreadFunc  func;
} Work;

static void
run (gpointer data,
     gpointer pool)
{
  Work *work = data;

  work->func (work->task, g_task_get_source_object (work->task), g_task_get_task_data (work->task), g_task_get_cancellable (work->task));
  g_object_unref (work->task);
  g_free (work);
}

static void
push (GThreadPool     **pool,
      int               n_threads,
      GTask            *task,
      GTaskThreadFunc   func)
{
  Work *work = g_new (Work, 1);

  if (g_once_init_enter (pool))
    g_once_init_leave (pool, g_thread_pool_new (run, NULL, n_threads, FALSE, NULL));
  *work = (Work) { g_object_ref (task), func };
  g_thread_pool_push (*pool, work, NULL);
}

void
tl_ftp_server_work (GTask           *task,
                    GTaskThreadFunc  func)
{
  static GThreadPool *pool;

  push (&pool, N_THREADS, task, func);
}

void
tl_ftp_server_work_long (GTask           *task,
                         GTaskThreadFunc  func)
{
  static GThreadPool *pool;

  push (&pool, N_LONG_THREADS, task, func);
}
