/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * tl_task_work:
 * @func: gets what g_task_run_in_thread() gives it, but for a task of its own to return a pointer or an error with
 * @free_result: (nullable): for what @func returns
 *
 * g_task_run_in_thread() for a task whose source belongs to the main loop. A thread lets go of its task after that has been returned, and with the last
 * reference to it goes one to the source, which must not end there: that one is the main loop's alone here, and is let go before the callback is over.
 */
void tl_task_work (GTask           *task,
                   GTaskThreadFunc  func,
                   GDestroyNotify   free_result);

/* (transfer full): threads of its own for tl_task_work_in(); it is there as long as the program. */
GThreadPool *tl_task_work_pool_new (int n_threads);
/* tl_task_work() on a thread of @pool: what is done there waits for its like, and not for the rest of the program. */
void         tl_task_work_in       (GThreadPool     *pool,
                                    GTask           *task,
                                    GTaskThreadFunc  func,
                                    GDestroyNotify   free_result);

G_END_DECLS
