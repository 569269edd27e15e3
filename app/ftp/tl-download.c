/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One try to download a file: into a part beside its target, which gets its name when all of it is there. */

#include "tl-transfer-job.h"

#include "tl-local-file.h"
#include "tl-part-stream.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#define OVERLAP (64 * 1024)

typedef enum {
  STEP_STAT,
  STEP_PREPARE,
  STEP_FETCH,
  STEP_WRITE_OUT,
  STEP_CHECK,
  STEP_COMMIT,
  STEP_END,
  STEP_TIDY,
  STEP_FAIL,
} Step;

/*
 * @name: of the target, below @folder; @fd: the part's
 * @answer: what is to be done with a target that is there
 * @offset: bytes of the part that are there; @overlap: of those, how many are fetched again and compared
 * @error: what ended the fetching, kept until the part is written out
 */
typedef struct {
  Step           step;
  TlFtpClient   *client;
  GCancellable  *cancellable;
  int            folder;
  int            fd;
  char          *name;
  char          *new_name;
  char          *part;
  guint64        device;
  guint64        inode;
  TlLocalTarget  target;
  TlJobResult    verdict;
  TlOverwrite    answer;
  gboolean       size_exact;
  guint64        offset;
  guint64        overlap;
  guint64        moved;
  TlBlockWriter *writer;
  GError        *error;
} Job;

static void step (GTask *task);

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  close_fd (&job->folder);
  close_fd (&job->fd);
  g_object_unref (job->client);
  g_clear_object (&job->cancellable);
  g_clear_object (&job->writer);
  g_free (job->name);
  g_free (job->new_name);
  g_free (job->part);
  g_clear_error (&job->error);
  g_free (job);
}

/* A worker's part of the way is over. */
static void
worked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);

  g_task_propagate_boolean (G_TASK (result), job->error == NULL ? &job->error : NULL);
  step (task);
}

/* The job waits for the thread, so nothing else touches what the thread works on. */
static void
work (GTask           *task,
      GTaskThreadFunc  func)
{
  g_autoptr (GTask) worker = g_task_new (g_task_get_source_object (task), NULL, worked_cb, task);

  g_task_set_task_data (worker, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (worker, func);
}

static void
work_is_done (GTask  *worker,
              GError *error)
{
  if (error != NULL)
    g_task_return_error (worker, error);
  else
    g_task_return_boolean (worker, TRUE);
}

/* Whether what was begun before is a part of the file that the server has now. */
static gboolean
can_go_on (TlTransfer *transfer)
{
  return transfer->part != NULL && transfer->size >= 0 && transfer->part_size == transfer->size && transfer->part_time == transfer->time;
}

static void
judge_target (TlTransfer *transfer,
              Job        *job)
{
  const TlLocalTarget *target = &job->target;

  job->verdict = TL_JOB_DONE;
  job->answer = TL_OVERWRITE_ASK;
  if (!target->exists)
    return;

  job->answer = transfer->replace;
  if (transfer->replace == TL_OVERWRITE_SKIP)
    job->verdict = TL_JOB_SKIPPED;
  else if (!tl_job_is_answered (transfer, target->size, target->time) ||
           (target->is_folder && job->answer != TL_OVERWRITE_RENAME) ||
           (job->answer == TL_OVERWRITE_RESUME && (!target->is_file || transfer->size < target->size)))
    job->verdict = TL_JOB_ASK;
}

static gboolean
is_too_long (TlTransfer *transfer,
             int         fd)
{
  struct stat info;

  return fstat (fd, &info) != 0 || info.st_size > transfer->size;
}

/* The part of an earlier try, or a new one. */
static void
open_part (TlTransfer  *transfer,
           Job         *job,
           GError     **error)
{
  struct stat info;

  if (transfer->part != NULL)
    job->fd = tl_local_open_part (job->folder, transfer->part, transfer->part_device, transfer->part_inode);
  if (job->fd >= 0)
    job->part = g_strdup (transfer->part);
  else
    job->fd = tl_local_create_part (job->folder, job->name, &job->part, error);
  if (job->fd < 0)
    return;

  if ((transfer->part == NULL || g_strcmp0 (transfer->part, job->part) != 0) && job->answer == TL_OVERWRITE_RESUME)
    {
      if (!tl_local_copy (job->folder, job->name, job->fd, job->cancellable, error))
        unlinkat (job->folder, job->part, 0);
    }
  else if ((!can_go_on (transfer) || is_too_long (transfer, job->fd)) && ftruncate (job->fd, 0) != 0)
    tl_local_set_error (error, errno, TL_LOCAL_WRITE, job->part);
  if (fstat (job->fd, &info) == 0)
    {
      job->device = info.st_dev;
      job->inode = info.st_ino;
      job->offset = info.st_size;
    }
}

static void
prepare_thread (GTask        *worker,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  TlTransfer *transfer = source;
  Job *job = data;
  GError *error = NULL;

  close_fd (&job->folder);
  job->folder = tl_local_open_parent (transfer->root, transfer->path, TRUE, &error);
  if (job->folder >= 0 && tl_local_look (job->folder, job->name, &job->target, &error))
    {
      judge_target (transfer, job);
      if (job->verdict == TL_JOB_DONE && job->answer == TL_OVERWRITE_RENAME)
        {
          job->new_name = tl_local_free_name (job->folder, job->name, &error);
          if (job->new_name != NULL)
            {
              g_free (job->name);
              job->name = g_strdup (job->new_name);
            }
        }
      if (job->verdict == TL_JOB_DONE && error == NULL)
        open_part (transfer, job, &error);
    }
  work_is_done (worker, error);
}

static void
commit_thread (GTask        *worker,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  TlTransfer *transfer = source;
  Job *job = data;
  gboolean replaces = job->answer == TL_OVERWRITE_REPLACE || job->answer == TL_OVERWRITE_RESUME;
  GError *error = NULL;

  if (transfer->time >= 0)
    {
      struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, { .tv_sec = transfer->time } };

      futimens (job->fd, times);
    }
  /* Who could not read the old one shall not read the new one. */
  if (replaces && job->target.is_file)
    fchmod (job->fd, job->target.mode & 0777);
  tl_local_commit (job->folder, job->part, job->name, replaces, &error);
  work_is_done (worker, error);
}

static void
discard_thread (GTask        *worker,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Job *job = data;

  unlinkat (job->folder, job->part, 0);
  g_task_return_boolean (worker, TRUE);
}

/* What was begun belongs to the transfer, as long as another try may go on with it. */
static void
remember_part (TlTransfer *transfer,
               Job        *job)
{
  g_free (transfer->part);
  transfer->part = g_strdup (job->part);
  transfer->part_device = job->device;
  transfer->part_inode = job->inode;
  transfer->part_size = transfer->size;
  transfer->part_time = transfer->time;
}

static void
stat_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  TlTransfer *transfer = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  gint64 size, time;

  if (tl_ftp_client_stat_finish (TL_FTP_CLIENT (source), result, &size, &time, &job->error))
    {
      job->size_exact = size >= 0;
      if (size >= 0)
        tl_transfer_set_size (transfer, size);
      if (time >= 0)
        transfer->time = time;
    }
  step (task);
}

static void
progress_cb (guint64  moved,
             gpointer user_data)
{
  GTask *task = user_data;
  TlTransfer *transfer = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);

  /* What is compared was there before. */
  transfer->moved = MAX (job->offset, job->offset - job->overlap + moved);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);

  tl_ftp_client_move_finish (TL_FTP_CLIENT (source), result, &job->moved, &job->error);
  step (task);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  TlTransfer *transfer = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!tl_block_writer_finish_finish (TL_BLOCK_WRITER (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !g_error_matches (job->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* When writing fails the fetching ends for that reason. */
      g_clear_error (&job->error);
      if (error->domain == TL_FTP_ERROR)
        job->error = g_steal_pointer (&error);
      else
        g_set_error (&job->error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("The file “%s” cannot be written (%s)"), transfer->name, error->message);
    }
  g_clear_object (&job->writer);
  step (task);
}

static void
fetch (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  g_autoptr (GOutputStream) stream = NULL;
  int fd = fcntl (job->fd, F_DUPFD_CLOEXEC, 3);

  if (fd < 0)
    {
      tl_local_set_error (&job->error, errno, TL_LOCAL_WRITE, transfer->name);
      job->step = STEP_TIDY;
      step (task);
      return;
    }
  job->overlap = MIN (job->offset, OVERLAP);
  job->moved = 0;
  transfer->moved = job->offset;
  stream = tl_part_stream_new (fd, job->offset, job->overlap);
  job->writer = tl_block_writer_new (stream, fd);
  tl_ftp_client_fetch_async (job->client, transfer->remote, job->offset - job->overlap, job->writer, progress_cb, task, job->cancellable,
                             fetched_cb, task);
}

/* Going on did not work: from the beginning, once. */
static gboolean
begin_anew (TlTransfer *transfer,
            Job        *job)
{
  if (job->offset == 0 || job->error == NULL ||
      !(g_error_matches (job->error, TL_FTP_ERROR, TL_FTP_ERROR_CHANGED) ||
        g_error_matches (job->error, TL_FTP_ERROR, TL_FTP_ERROR_UNSUPPORTED)))
    return FALSE;

  g_clear_error (&job->error);
  if (ftruncate (job->fd, 0) != 0)
    {
      tl_local_set_error (&job->error, errno, TL_LOCAL_WRITE, transfer->name);
      return FALSE;
    }
  job->offset = 0;
  return TRUE;
}

static void
check (TlTransfer *transfer,
       Job        *job)
{
  guint64 have = job->offset - job->overlap + job->moved;

  transfer->moved = have;
  if (job->size_exact && have != (guint64) transfer->size)
    {
      g_autofree char *came = g_strdup_printf ("%" G_GUINT64_FORMAT, have);
      g_autofree char *owed = g_strdup_printf ("%" G_GINT64_FORMAT, transfer->size);

      g_set_error (&job->error, TL_FTP_ERROR, TL_FTP_ERROR_DATA,
                   _("The server said that all was sent, but %s bytes came instead of %s"), came, owed);
    }
  else if (!job->size_exact)
    tl_transfer_set_size (transfer, (gint64) have);
}

/* Whether another try can go on with what is there. */
static gboolean
keeps_part (TlTransfer *transfer,
            Job        *job)
{
  return transfer->moved > 0 && transfer->size >= 0 && !g_error_matches (job->error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
         !g_error_matches (job->error, TL_FTP_ERROR, TL_FTP_ERROR_CHANGED);
}

/* True when it goes on; else the task was returned. */
static gboolean
obey_verdict (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);

  if (job->verdict == TL_JOB_ASK)
    tl_job_set_question (transfer, job->target.size, job->target.time, !job->target.is_folder);
  if (job->verdict != TL_JOB_DONE)
    {
      tl_job_return (task, job->verdict, NULL);
      return FALSE;
    }
  if (job->new_name != NULL)
    tl_transfer_set_local_name (transfer, job->new_name);
  g_clear_pointer (&job->new_name, g_free);
  remember_part (transfer, job);
  return TRUE;
}

/* Somebody else made a file of that name meanwhile: it is asked about, as if it had been there at first. */
static gboolean
was_overtaken (Job *job)
{
  if (!g_error_matches (job->error, TL_FTP_ERROR, TL_FTP_ERROR_EXISTS))
    return FALSE;

  g_clear_error (&job->error);
  g_clear_pointer (&job->part, g_free);
  close_fd (&job->fd);
  return TRUE;
}

static void
step (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);

  if (job->error == NULL && job->step < STEP_END)
    g_cancellable_set_error_if_cancelled (job->cancellable, &job->error);
  /* After an error only what was begun is brought to its end. */
  if (job->error != NULL && job->step < STEP_WRITE_OUT)
    job->step = STEP_TIDY;

  switch (job->step)
    {
    case STEP_STAT:
      job->step = STEP_PREPARE;
      job->size_exact = transfer->exact;
      if (transfer->exact && transfer->part == NULL)
        step (task);
      else
        tl_ftp_client_stat_async (job->client, transfer->remote, job->cancellable, stat_cb, task);
      break;

    case STEP_PREPARE:
      job->step = STEP_FETCH;
      work (task, prepare_thread);
      break;

    case STEP_FETCH:
      if (!obey_verdict (task))
        return;
      job->step = STEP_WRITE_OUT;
      fetch (task);
      break;

    case STEP_WRITE_OUT:
      job->step = STEP_CHECK;
      if (job->writer != NULL)
        tl_block_writer_finish_async (job->writer, NULL, written_cb, task);
      else
        step (task);
      break;

    case STEP_CHECK:
      if (begin_anew (transfer, job))
        job->step = STEP_FETCH;
      else
        {
          if (job->error == NULL)
            check (transfer, job);
          job->step = job->error == NULL ? STEP_COMMIT : STEP_TIDY;
        }
      step (task);
      break;

    case STEP_COMMIT:
      remember_part (transfer, job);
      job->step = STEP_END;
      work (task, commit_thread);
      break;

    case STEP_END:
      if (was_overtaken (job))
        job->step = STEP_PREPARE;
      else if (job->error != NULL)
        job->step = STEP_TIDY;
      else
        {
          g_clear_pointer (&transfer->part, g_free);
          tl_job_return (task, TL_JOB_DONE, g_strdup (job->size_exact ? _("226 received · size matches") : _("226 received")));
          return;
        }
      step (task);
      break;

    case STEP_TIDY:
      job->step = STEP_FAIL;
      if (job->part != NULL && !keeps_part (transfer, job))
        {
          g_clear_pointer (&transfer->part, g_free);
          transfer->moved = 0;
          work (task, discard_thread);
        }
      else
        step (task);
      break;

    case STEP_FAIL:
      g_task_return_error (task, g_steal_pointer (&job->error));
      g_object_unref (task);
      break;
    }
}

void
tl_download_async (TlTransfer          *transfer,
                   TlFtpClient         *client,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  /* The job looks at the cancellable itself: what was begun is tidied up before the task returns. */
  GTask *task = g_task_new (transfer, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, tl_download_async);
  job->client = g_object_ref (client);
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  job->folder = job->fd = -1;
  job->name = g_path_get_basename (transfer->path);
  g_task_set_task_data (task, job, job_free);
  step (task);
}
