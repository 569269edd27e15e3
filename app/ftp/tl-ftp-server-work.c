/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The threads on which the FTP server touches files. */

#include "tl-ftp-server-work.h"

#define N_THREADS 8

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

void
tl_ftp_server_work (GTask           *task,
                    GTaskThreadFunc  func)
{
  static GThreadPool *pool;
  Work *work = g_new (Work, 1);

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, g_thread_pool_new (run, NULL, N_THREADS, FALSE, NULL));
  *work = (Work) { g_object_ref (task), func };
  g_thread_pool_push (pool, work, NULL);
}
