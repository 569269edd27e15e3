/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One try to upload a file. */

#include "tl-upload-private.h"

#include "tl-local-file.h"
#include "tl-transfer-discard.h"
#include "tl-transfer-store.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEEPS_ITS_TIME "tl-keeps-its-time"

typedef enum {
  STEP_OPEN,
  STEP_LOOK,
  STEP_LOOK_IN_FOLDER,
  STEP_DECIDE,
  STEP_NOTE,
  STEP_STORE,
  STEP_VERIFY,
  STEP_SET_TIME,
  STEP_ASK_HASH,
  STEP_COMPARE,
  STEP_END,
  STEP_TIDY,
  STEP_FAIL,
} Step;

static void step (GTask *task);

static void
clear (gpointer data)
{
  TlUpload *job = data;

  if (job->fd >= 0)
    close (job->fd);
  g_free (job->theirs);
}

static void
open_thread (GTask        *worker,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  TlTransfer *transfer = source;
  TlUpload *job = data;
  GError *error = NULL;
  struct stat info;

  job->fd = tl_local_open_source (transfer->root, transfer->path, transfer->depth == 0, &job->is_folder, &error);
  if (job->fd >= 0 && fstat (job->fd, &info) == 0)
    {
      job->size = info.st_size;
      job->time = info.st_mtim.tv_sec;
    }
  tl_job_work_done (worker, error);
}

static void
verify_thread (GTask        *worker,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  TlTransfer *transfer = source;
  TlUpload *job = data;
  GError *error = NULL;
  struct stat info;

  job->changed = fstat (job->fd, &info) != 0 || info.st_size != job->size || info.st_mtim.tv_sec != job->time;
  /* What the server has agrees with what was sent; that is not the file. */
  if (!job->changed && job->sent < (guint64) job->size)
    {
      g_autofree char *sent = g_strdup_printf ("%" G_GUINT64_FORMAT, job->sent);
      g_autofree char *size = g_strdup_printf ("%" G_GINT64_FORMAT, job->size);

      error = g_error_new (TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("The file “%s” ended too early when it was read: it gave %s of its %s bytes"), transfer->name, sent, size);
    }
  tl_job_work_done (worker, error);
}

/* What may be there by the next try. */
static void
judge_failure (TlTransfer   *transfer,
               TlUpload     *job,
               GAsyncResult *result,
               guint64      *moved)
{
  const gboolean refused = tl_ftp_client_was_refused (result);

  /* The server made no file: one that is there then is somebody else's. */
  if (refused && !job->exists)
    transfer->created = FALSE;
  /* It may still be the old file, which is not to be continued, or be empty by now: no byte of it is ours. */
  if (!transfer->created && !tl_ftp_client_has_begun (result))
    *moved = 0;
  if (refused && !transfer->created && job->offset == 0)
    transfer->part_size = transfer->part_time = -1;
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  TlTransfer *transfer = g_task_get_source_object (task);
  TlUpload *job = g_task_get_task_data (task);
  guint64 moved = 0;

  job->proof.size_matches = tl_ftp_client_size_matches (result);
  if (!tl_ftp_client_move_finish (TL_FTP_CLIENT (source), result, &moved, &job->base.error) && job->offset > 0 &&
      g_error_matches (job->base.error, TL_FTP_ERROR, TL_FTP_ERROR_UNSUPPORTED))
    {
      /* It goes on nowhere: from the beginning. */
      g_clear_error (&job->base.error);
      job->offset = 0;
      job->base.at = STEP_STORE;
    }
  if (job->base.error != NULL)
    judge_failure (transfer, job, result, &moved);
  transfer->moved = job->sent = job->offset + moved;
  step (task);
}

static void
progress_cb (guint64  moved,
             gpointer user_data)
{
  GTask *task = user_data;
  TlTransfer *transfer = g_task_get_source_object (task);
  TlUpload *job = g_task_get_task_data (task);

  transfer->moved = job->offset + moved;
}

static void
noted_cb (gpointer data)
{
  step (data);
}

/* Another run must know that what is there then is ours. */
static void
note (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  TlUpload *job = g_task_get_task_data (task);

  transfer->part_size = job->size;
  transfer->part_time = job->time;
  transfer->created |= !job->exists;
  transfer->restored = FALSE;
  tl_transfer_touch (transfer);
  if (transfer->store != NULL)
    tl_transfer_store_settle (transfer->store, noted_cb, task);
  else
    step (task);
}

static void
store (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  TlUpload *job = g_task_get_task_data (task);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (TlBlockReader) reader = NULL;
  int fd = fcntl (job->fd, F_DUPFD_CLOEXEC, 3);

  if (fd < 0 || lseek (fd, (off_t) job->offset, SEEK_SET) < 0)
    {
      tl_local_set_error (&job->base.error, errno, TL_LOCAL_READ, transfer->name);
      if (fd >= 0)
        close (fd);
      step (task);
      return;
    }
  stream = g_unix_input_stream_new (fd, TRUE);
  reader = tl_block_reader_new (stream);
  transfer->moved = job->offset;
  job->begun = TRUE;
  tl_ftp_client_store_async (job->base.client, transfer->remote, job->offset, reader, progress_cb, task, job->base.cancellable, stored_cb, task);
}

static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;

  /* A server that keeps its own time, or the file that was begun: neither makes the transfer another. */
  if (!tl_ftp_client_act_finish (TL_FTP_CLIENT (source), result, &error) &&
      g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_UNSUPPORTED))
    g_object_set_data (source, KEEPS_ITS_TIME, GINT_TO_POINTER (TRUE));
  step (task);
}

static void
return_done (GTask *task)
{
  TlUpload *job = g_task_get_task_data (task);
  g_autofree char *proved = tl_transfer_proof_dup_note (&job->proof);
  g_autoptr (GString) note = g_string_new (proved);

  if (job->changed)
    {
      g_string_append (note, " · ");
      g_string_append (note, _("the file was changed while it was sent"));
    }
  tl_job_return (task, TL_JOB_DONE, g_string_free (g_steal_pointer (&note), FALSE));
}

static void
compare_thread (GTask        *worker,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  TlUpload *job = data;
  g_autofree char *ours = tl_transfer_hash_file (job->fd, job->proof.hash, job->base.cancellable);
  GError *error = NULL;

  if (ours == NULL)
    job->proof.hash = TL_FTP_HASH_NONE;
  else if (!g_str_equal (ours, job->theirs))
    error = g_error_new (TL_FTP_ERROR, TL_FTP_ERROR_DATA, _("What is on the server now is not what was sent: its %s is another one (%s, %s)"),
                         tl_ftp_hash_get_name (job->proof.hash), ours, job->theirs);
  tl_job_work_done (worker, error);
}

/* A server that does not tell proves less, and is no reason to fail. */
static void
hashed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  TlUpload *job = g_task_get_task_data (task);

  g_free (job->theirs);
  job->theirs = tl_ftp_client_hash_finish (TL_FTP_CLIENT (source), result, &job->proof.hash, NULL);
  step (task);
}

/* What was changed while it was sent has a hash of its own. */
static void
ask_hash (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  TlUpload *job = g_task_get_task_data (task);

  if (!job->changed && tl_transfer_wants_hash (transfer, job->base.client, (guint64) job->size, job->offset == 0))
    tl_ftp_client_hash_async (job->base.client, transfer->remote, job->base.cancellable, hashed_cb, task);
  else
    step (task);
}

static void
compare (GTask *task)
{
  TlUpload *job = g_task_get_task_data (task);

  if (job->theirs != NULL)
    tl_job_work (task, compare_thread);
  else
    step (task);
}

/* What is on the server is no beginning of it: another try sends all. */
static void
forget_damaged (TlTransfer *transfer,
                TlUpload   *job)
{
  if (job->theirs == NULL)
    return;
  transfer->part_size = transfer->part_time = -1;
  transfer->moved = 0;
}

static void
look (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  TlUpload *job = g_task_get_task_data (task);

  if (job->is_folder)
    {
      tl_job_return (task, TL_JOB_IS_FOLDER, NULL);
      return;
    }
  tl_transfer_set_size (transfer, job->size);
  transfer->time = job->time;
  job->base.at = STEP_LOOK_IN_FOLDER;
  job->told = TRUE;
  if (transfer->fresh && transfer->part_size < 0 && job->number == 0)
    step (task);
  else
    tl_upload_look (task);
}

static void
decide (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  TlUpload *job = g_task_get_task_data (task);

  switch (tl_upload_decide (transfer, job))
    {
    case TL_UPLOAD_GO:
      job->base.at = STEP_NOTE;
      step (task);
      break;
    case TL_UPLOAD_LOOK_AGAIN:
      job->base.at = STEP_LOOK;
      step (task);
      break;
    case TL_UPLOAD_SKIP:
      tl_job_return (task, TL_JOB_SKIPPED, NULL);
      break;
    case TL_UPLOAD_ASK:
      tl_job_return (task, TL_JOB_ASK, NULL);
      break;
    }
}

static void
set_time (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  TlUpload *job = g_task_get_task_data (task);

  if (g_object_get_data (G_OBJECT (job->base.client), KEEPS_ITS_TIME) != NULL)
    step (task);
  else
    tl_ftp_client_set_time_async (job->base.client, transfer->remote, transfer->time, job->base.cancellable, acted_cb, task);
}

/* A file that is there only because of us goes again, when the user does not want it. */
static void
tidy (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  TlUpload *job = g_task_get_task_data (task);

  if (!job->begun || !transfer->created || transfer->keeps || !g_error_matches (job->base.error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      step (task);
      return;
    }
  tl_transfer_forget_upload (transfer);
  tl_ftp_client_remove_file_async (job->base.client, transfer->remote, NULL, acted_cb, task);
}

static void
look_in_folder (GTask *task)
{
  TlUpload *job = g_task_get_task_data (task);

  if (job->told)
    step (task);
  else
    tl_upload_look_in_folder (task);
}

static void
look_for_errors (TlUpload *job)
{
  if (job->base.error == NULL && job->base.at < STEP_VERIFY)
    g_cancellable_set_error_if_cancelled (job->base.cancellable, &job->base.error);
  if (job->base.error != NULL && job->base.at < STEP_TIDY)
    job->base.at = STEP_TIDY;
}

static void
step (GTask *task)
{
  TlUpload *job = g_task_get_task_data (task);

  look_for_errors (job);
  switch ((Step) job->base.at)
    {
    case STEP_OPEN:
      job->base.at = STEP_LOOK;
      tl_job_work (task, open_thread);
      break;

    case STEP_LOOK:
      look (task);
      break;

    case STEP_LOOK_IN_FOLDER:
      job->base.at = STEP_DECIDE;
      look_in_folder (task);
      break;

    case STEP_DECIDE:
      decide (task);
      break;

    case STEP_NOTE:
      job->base.at = STEP_STORE;
      note (task);
      break;

    case STEP_STORE:
      job->base.at = STEP_VERIFY;
      store (task);
      break;

    case STEP_VERIFY:
      job->base.at = STEP_SET_TIME;
      tl_job_work (task, verify_thread);
      break;

    case STEP_SET_TIME:
      job->base.at = STEP_ASK_HASH;
      set_time (task);
      break;

    case STEP_ASK_HASH:
      job->base.at = STEP_COMPARE;
      ask_hash (task);
      break;

    case STEP_COMPARE:
      job->base.at = STEP_END;
      compare (task);
      break;

    case STEP_END:
      return_done (task);
      break;

    case STEP_TIDY:
      job->base.at = STEP_FAIL;
      forget_damaged (g_task_get_source_object (task), job);
      tidy (task);
      break;

    case STEP_FAIL:
      tl_job_return_error (task);
      break;
    }
}

void
tl_upload_async (TlTransfer          *transfer,
                 TlFtpClient         *client,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  GTask *task = tl_job_new (sizeof (TlUpload), transfer, client, tl_upload_async, step, clear, cancellable, callback, user_data);
  TlUpload *job = g_task_get_task_data (task);

  job->fd = -1;
  job->target_size = job->target_time = -1;
  step (task);
}
