/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The threads on which the FTP server touches files. */

#include "tl-ftp-server-work.h"

#include "tl-task-work.h"

#define N_THREADS 8
#define N_LONG_THREADS 2

static void
push (GThreadPool     **pool,
      int               n_threads,
      GTask            *task,
      GTaskThreadFunc   func,
      GDestroyNotify    free_result)
{
  if (g_once_init_enter (pool))
    g_once_init_leave (pool, tl_task_work_pool_new (n_threads));
  tl_task_work_in (*pool, task, func, free_result);
}

void
tl_ftp_server_work (GTask           *task,
                    GTaskThreadFunc  func,
                    GDestroyNotify   free_result)
{
  static GThreadPool *pool;

  push (&pool, N_THREADS, task, func, free_result);
}

void
tl_ftp_server_work_long (GTask           *task,
                         GTaskThreadFunc  func,
                         GDestroyNotify   free_result)
{
  static GThreadPool *pool;

  push (&pool, N_LONG_THREADS, task, func, free_result);
}
