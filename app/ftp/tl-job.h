/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client.h"

G_BEGIN_DECLS

/*
 * TlJob:
 * @step: does what is next, by @at; called first with @at 0, then when what was begun has ended
 * @clear: frees what the derived struct holds
 * @error: what ended it; what must be tidied up is tidied up before the task returns
 *
 * The task data of what is done over a client in several steps: the first member of a struct of its own.
 */
typedef struct {
  TlFtpClient    *client;
  GCancellable   *cancellable;
  void          (*step)  (GTask    *task);
  void          (*clear) (gpointer  job);
  gpointer        source;   /* the task's; not held */
  GTaskThreadFunc work;     /* on a thread at present */
  int             at;
  GError         *error;
} TlJob;

/* A task of @source with a zeroed job of @size bytes as its data. It looks at the cancellable itself, so that what it has begun is brought to an end before it returns.
 * (transfer full) */
GTask *tl_job_new            (gsize                size,
                              gpointer             source,
                              TlFtpClient         *client,
                              gpointer             tag,
                              void               (*step)  (GTask *task),
                              void               (*clear) (gpointer job),
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);
/* @func on a thread, with the source and the job; then the next step. Its error is the job's, unless that has one. The job waits, so nothing else touches what the
 * thread works on. */
void   tl_job_work           (GTask               *task,
                              GTaskThreadFunc      func);
/* For @func: ends the work, takes @error (nullable). */
void   tl_job_work_done      (GTask               *worker,
                              GError              *error);
/* Return the task and let go of it: with the job's error; with that, or if there is none with @result (transfer full). */
void   tl_job_return_error   (GTask               *task);
void   tl_job_return_pointer (GTask               *task,
                              gpointer             result,
                              GDestroyNotify       destroy);

G_END_DECLS
