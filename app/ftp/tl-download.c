/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One try to download a file: into a part beside its target, which gets its name when all of it is there. */

#include "tl-download-private.h"

#include "tl-part-stream.h"
#include "tl-transfer-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

typedef enum {
  STEP_STAT,
  STEP_PREPARE,
  STEP_NOTE,
  STEP_EMPTY,
  STEP_FETCH,
  STEP_WRITE_OUT,
  STEP_CHECK,
  STEP_ASK_HASH,
  STEP_COMPARE,
  STEP_COMMIT,
  STEP_END,
  STEP_DONE,
  STEP_TIDY,
  STEP_FAIL,
} Step;

static void step (GTask *task);

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

static void
clear (gpointer data)
{
  TlDownload *job = data;

  close_fd (&job->folder);
  close_fd (&job->fd);
  g_clear_object (&job->writer);
  g_free (job->name);
  g_free (job->new_name);
  g_free (job->part);
  g_free (job->theirs);
}

/* What was begun belongs to the transfer, as long as another try may go on with it. */
static void
remember_part (TlTransfer *transfer,
               TlDownload *job)
{
  g_free (transfer->part);
  transfer->part = g_strdup (job->part);
  transfer->part_device = job->device;
  transfer->part_inode = job->inode;
  transfer->part_size = transfer->size;
  transfer->part_time = transfer->time;
  tl_transfer_touch (transfer);
}

static void
stat_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  TlTransfer *transfer = g_task_get_source_object (task);
  TlDownload *job = g_task_get_task_data (task);
  gint64 size, time;

  if (tl_ftp_client_stat_finish (TL_FTP_CLIENT (source), result, &size, &time, &job->base.error))
    {
      /* Servers say 0 of what they make up as it is read: that is no size to hold them to. */
      job->size_exact = size > 0;
      if (size > 0)
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
  TlDownload *job = g_task_get_task_data (task);

  /* What is compared was there before. */
  transfer->moved = MAX (job->offset, job->offset - job->overlap + moved);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  TlTransfer *transfer = g_task_get_source_object (task);
  TlDownload *job = g_task_get_task_data (task);

  tl_ftp_client_move_finish (TL_FTP_CLIENT (source), result, &job->moved, &job->base.error);
  /* Some servers always end so. All is there nevertheless, when its size was told before. */
  if (tl_ftp_client_was_cut (result) && job->size_exact && job->offset - job->overlap + job->moved == (guint64) transfer->size)
    {
      g_clear_error (&job->base.error);
      job->proof.unclean = TRUE;
    }
  progress_cb (job->moved, task);
  step (task);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  TlTransfer *transfer = g_task_get_source_object (task);
  TlDownload *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!tl_block_writer_finish_finish (TL_BLOCK_WRITER (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !g_error_matches (job->base.error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* When writing fails the fetching ends for that reason. */
      g_clear_error (&job->base.error);
      if (error->domain == TL_FTP_ERROR)
        job->base.error = g_steal_pointer (&error);
      else
        g_set_error (&job->base.error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("The file “%s” cannot be written (%s)"), transfer->name, error->message);
    }
  g_clear_object (&job->writer);
  step (task);
}

static void
fetch (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  TlDownload *job = g_task_get_task_data (task);
  g_autoptr (GOutputStream) stream = NULL;
  int fd = fcntl (job->fd, F_DUPFD_CLOEXEC, 3);

  if (fd < 0)
    {
      tl_local_set_error (&job->base.error, errno, TL_LOCAL_WRITE, transfer->name);
      job->base.at = STEP_TIDY;
      step (task);
      return;
    }
  job->overlap = MIN (job->offset, TL_DOWNLOAD_OVERLAP);
  job->moved = 0;
  transfer->moved = job->offset;
  stream = tl_part_stream_new (fd, job->offset, job->overlap);
  job->writer = tl_block_writer_new (stream, fd);
  tl_ftp_client_fetch_async (job->base.client, transfer->remote, job->offset - job->overlap, job->writer, progress_cb, task, job->base.cancellable,
                             fetched_cb, task);
}

static void
return_done (GTask    *task,
             gboolean  size_matches)
{
  TlDownload *job = g_task_get_task_data (task);

  job->proof.size_matches = size_matches;
  tl_job_return (task, TL_JOB_DONE, tl_transfer_proof_dup_note (&job->proof));
}

/* A server that does not tell proves less, and is no reason to fail. */
static void
hashed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  TlDownload *job = g_task_get_task_data (task);

  g_free (job->theirs);
  job->theirs = tl_ftp_client_hash_finish (TL_FTP_CLIENT (source), result, &job->proof.hash, NULL);
  step (task);
}

static void
ask_hash (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  TlDownload *job = g_task_get_task_data (task);

  if (tl_transfer_wants_hash (transfer, job->base.client, transfer->moved, job->offset == 0))
    tl_ftp_client_hash_async (job->base.client, transfer->remote, job->base.cancellable, hashed_cb, task);
  else
    step (task);
}

/* True when it goes on; else the task was returned. */
static gboolean
obey_verdict (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  TlDownload *job = g_task_get_task_data (task);

  if (job->verdict == TL_JOB_ASK)
    tl_job_set_question (transfer, job->target.size, job->target.time, !job->target.is_folder);
  if (job->verdict != TL_JOB_DONE)
    {
      tl_job_return (task, job->verdict, NULL);
      return FALSE;
    }
  if (job->finished)
    {
      g_clear_pointer (&transfer->part, g_free);
      transfer->moved = (guint64) job->target.size;
      return_done (task, job->size_exact && job->target.size == transfer->size);
      return FALSE;
    }
  if (job->new_name != NULL)
    tl_transfer_set_local_name (transfer, job->new_name);
  g_clear_pointer (&job->new_name, g_free);
  if (!job->adopted)
    {
      remember_part (transfer, job);
      transfer->restored = FALSE;
    }
  return TRUE;
}

static void
noted_cb (gpointer data)
{
  step (data);
}

/* Another run must know whose part it is. A small one that it does not know of is compared from its beginning to its end. */
static void
note (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);

  if (transfer->store != NULL && (transfer->size < 0 || transfer->size > TL_DOWNLOAD_OVERLAP))
    tl_transfer_store_settle (transfer->store, noted_cb, task);
  else
    step (task);
}

static void
leave_part (TlDownload *job)
{
  g_clear_pointer (&job->part, g_free);
  close_fd (&job->fd);
  job->adopted = FALSE;
  job->offset = 0;
}

/* What comes after the fetching: anew, the target's name, or what is left when it failed. */
static Step
judge_fetch (TlTransfer *transfer,
             TlDownload *job)
{
  if (tl_download_begin_anew (transfer, job))
    {
      if (!job->adopted)
        return STEP_EMPTY;
      /* Somebody else's. */
      leave_part (job);
      transfer->restored = FALSE;
      return STEP_PREPARE;
    }
  if (job->base.error == NULL)
    tl_download_check (transfer, job);
  return job->base.error == NULL ? STEP_ASK_HASH : STEP_TIDY;
}

static Step
judge_commit (TlDownload *job)
{
  /* Somebody else made a file of that name meanwhile: it is asked about, as if it had been there at first. */
  if (g_error_matches (job->base.error, TL_FTP_ERROR, TL_FTP_ERROR_EXISTS))
    {
      g_clear_error (&job->base.error);
      leave_part (job);
      return STEP_PREPARE;
    }
  return job->base.error != NULL ? STEP_TIDY : STEP_DONE;
}

static void
tidy (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  TlDownload *job = g_task_get_task_data (task);

  if (job->part == NULL || job->adopted || tl_download_keeps_part (transfer, job))
    {
      step (task);
      return;
    }
  g_clear_pointer (&transfer->part, g_free);
  transfer->moved = 0;
  tl_job_work (task, tl_download_discard_thread);
}

/* The listing's word is enough, unless the file has to be the one that was begun. */
static void
ask_size (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  TlDownload *job = g_task_get_task_data (task);

  job->size_exact = transfer->exact;
  if (transfer->exact && transfer->part == NULL && !transfer->restored)
    step (task);
  else
    tl_ftp_client_stat_async (job->base.client, transfer->remote, job->base.cancellable, stat_cb, task);
}

static void
go_on_as_decided (GTask *task)
{
  TlDownload *job = g_task_get_task_data (task);

  if (!obey_verdict (task))
    return;
  job->base.at = STEP_FETCH;
  note (task);
}

static void
finish (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  TlDownload *job = g_task_get_task_data (task);

  g_clear_pointer (&transfer->part, g_free);
  return_done (task, job->size_exact);
}

static void
write_out (GTask *task)
{
  TlDownload *job = g_task_get_task_data (task);

  if (job->writer != NULL)
    tl_block_writer_finish_async (job->writer, NULL, written_cb, task);
  else
    step (task);
}

static void
compare (GTask *task)
{
  TlDownload *job = g_task_get_task_data (task);

  if (job->theirs != NULL)
    tl_job_work (task, tl_download_compare_thread);
  else
    step (task);
}

static void
commit (GTask *task)
{
  TlDownload *job = g_task_get_task_data (task);

  remember_part (g_task_get_source_object (task), job);
  tl_job_work (task, tl_download_commit_thread);
}

static void
work (GTask           *task,
      Step             next,
      GTaskThreadFunc  func)
{
  TlDownload *job = g_task_get_task_data (task);

  job->base.at = (int) next;
  tl_job_work (task, func);
}

static void
go_on (GTask *task,
       Step   next)
{
  TlDownload *job = g_task_get_task_data (task);

  job->base.at = (int) next;
  step (task);
}

/* After an error only what was begun is brought to its end. */
static void
look_for_errors (TlDownload *job)
{
  if (job->base.error == NULL && job->base.at < STEP_END)
    g_cancellable_set_error_if_cancelled (job->base.cancellable, &job->base.error);
  if (job->base.error != NULL && (job->base.at < STEP_WRITE_OUT || job->base.at == STEP_COMMIT))
    job->base.at = STEP_TIDY;
}

static void
step (GTask *task)
{
  TlDownload *job = g_task_get_task_data (task);

  look_for_errors (job);
  switch ((Step) job->base.at)
    {
    case STEP_STAT:
      job->base.at = STEP_PREPARE;
      ask_size (task);
      break;

    case STEP_PREPARE:
      work (task, STEP_NOTE, tl_download_prepare_thread);
      break;

    case STEP_NOTE:
      go_on_as_decided (task);
      break;

    case STEP_EMPTY:
      work (task, STEP_FETCH, tl_download_empty_thread);
      break;

    case STEP_FETCH:
      job->base.at = STEP_WRITE_OUT;
      fetch (task);
      break;

    case STEP_WRITE_OUT:
      job->base.at = STEP_CHECK;
      write_out (task);
      break;

    case STEP_CHECK:
      go_on (task, judge_fetch (g_task_get_source_object (task), job));
      break;

    case STEP_ASK_HASH:
      job->base.at = STEP_COMPARE;
      ask_hash (task);
      break;

    case STEP_COMPARE:
      job->base.at = STEP_COMMIT;
      compare (task);
      break;

    case STEP_COMMIT:
      job->base.at = STEP_END;
      commit (task);
      break;

    case STEP_END:
      go_on (task, judge_commit (job));
      break;

    case STEP_DONE:
      finish (task);
      break;

    case STEP_TIDY:
      job->base.at = STEP_FAIL;
      tidy (task);
      break;

    case STEP_FAIL:
      tl_job_return_error (task);
    }
}

void
tl_download_async (TlTransfer          *transfer,
                   TlFtpClient         *client,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  GTask *task = tl_job_new (sizeof (TlDownload), transfer, client, tl_download_async, step, clear, cancellable, callback, user_data);
  TlDownload *job = g_task_get_task_data (task);

  job->folder = job->fd = -1;
  job->name = g_path_get_basename (transfer->path);
  step (task);
}
