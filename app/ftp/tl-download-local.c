/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The local side of a download: the target that may be there, and the part beside it. */

#include "tl-download-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether what was begun before is a part of the file that the server has now. */
static gboolean
can_go_on (TlTransfer *transfer)
{
  return transfer->part != NULL && transfer->size >= 0 && transfer->part_size == transfer->size && transfer->part_time == transfer->time;
}

/* It is the part of an earlier run, which gets its name when all is there; a small one was not noted: there is the time that it got. */
static gboolean
is_finished (TlTransfer          *transfer,
             const TlLocalTarget *target)
{
  if (!transfer->restored || !target->is_file)
    return FALSE;
  if (transfer->part != NULL)
    return target->device == transfer->part_device && target->inode == transfer->part_inode;
  return transfer->size >= 0 && transfer->time >= 0 && target->size == transfer->size && target->time == transfer->time;
}

static void
judge_target (TlTransfer *transfer,
              TlDownload *job)
{
  const TlLocalTarget *target = &job->target;

  job->verdict = TL_JOB_DONE;
  job->answer = TL_OVERWRITE_ASK;
  if (!target->exists)
    return;

  job->answer = tl_job_get_answer (transfer, target->size, target->time);
  job->finished = is_finished (transfer, target);
  if (job->finished)
    return;
  if (job->answer == TL_OVERWRITE_SKIP)
    job->verdict = TL_JOB_SKIPPED;
  else if (!tl_job_is_answered (transfer, target->size, target->time) ||
           (target->is_folder && job->answer != TL_OVERWRITE_RENAME) ||
           (job->answer == TL_OVERWRITE_RESUME && (!target->is_file || transfer->size < target->size)))
    job->verdict = TL_JOB_ASK;
}

/* Whether nothing of it can be gone on with. */
static gboolean
is_to_be_emptied (TlTransfer *transfer,
                  int         fd)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    return TRUE;
  return info.st_size > 0 && (!can_go_on (transfer) || info.st_size > transfer->size);
}

/* Of an earlier try, of an earlier run, or a new one. */
static void
find_part (TlTransfer  *transfer,
           TlDownload  *job,
           GError     **error)
{
  struct stat info;

  if (transfer->part != NULL)
    job->fd = tl_local_open_part (job->folder, transfer->part, transfer->part_device, transfer->part_inode);
  if (job->fd >= 0)
    {
      job->part = g_strdup (transfer->part);
      return;
    }
  if (transfer->restored && job->answer != TL_OVERWRITE_RESUME)
    job->fd = tl_local_adopt_part (job->folder, job->name, transfer->size >= 0 ? MIN (transfer->size, TL_DOWNLOAD_OVERLAP) : 0, &job->part);
  if (job->fd >= 0)
    job->adopted = fstat (job->fd, &info) != 0 || info.st_size > 0;
  else
    job->fd = tl_local_create_part (job->folder, job->name, &job->part, error);
}

static void
open_part (TlTransfer  *transfer,
           TlDownload  *job,
           GError     **error)
{
  struct stat info;

  find_part (transfer, job, error);
  if (job->fd < 0)
    return;

  if (job->adopted)
    ;
  else if ((transfer->part == NULL || g_strcmp0 (transfer->part, job->part) != 0) && job->answer == TL_OVERWRITE_RESUME)
    {
      if (!tl_local_copy (job->folder, job->name, job->fd, job->base.cancellable, error))
        unlinkat (job->folder, job->part, 0);
    }
  else if (is_to_be_emptied (transfer, job->fd) && ftruncate (job->fd, 0) != 0)
    tl_local_set_error (error, errno, TL_LOCAL_WRITE, job->part);
  if (fstat (job->fd, &info) == 0)
    {
      job->device = info.st_dev;
      job->inode = info.st_ino;
      job->offset = info.st_size;
    }
}

gboolean
tl_download_prepare (TlTransfer  *transfer,
                     TlDownload  *job,
                     GError     **error)
{
  g_autoptr (GError) own = NULL;

  if (!tl_local_look (job->folder, job->name, &job->target, error))
    return FALSE;
  judge_target (transfer, job);
  if (job->verdict != TL_JOB_DONE || job->finished)
    return TRUE;
  if (job->answer == TL_OVERWRITE_RENAME)
    {
      job->new_name = tl_local_free_name (job->folder, job->name, &own);
      if (job->new_name != NULL)
        {
          g_free (job->name);
          job->name = g_strdup (job->new_name);
        }
    }
  if (own == NULL)
    open_part (transfer, job, &own);
  if (own == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own));
  return FALSE;
}

void
tl_download_prepare_thread (GTask        *worker,
                            gpointer      source,
                            gpointer      data,
                            GCancellable *cancellable)
{
  TlTransfer *transfer = source;
  TlDownload *job = data;
  GError *error = NULL;

  if (job->folder >= 0)
    close (job->folder);
  job->folder = tl_local_open_parent (transfer->root, transfer->path, TRUE, &error);
  if (job->folder >= 0)
    tl_download_prepare (transfer, job, &error);
  tl_job_work_done (worker, error);
}

void
tl_download_empty_thread (GTask        *worker,
                          gpointer      source,
                          gpointer      data,
                          GCancellable *cancellable)
{
  TlTransfer *transfer = source;
  TlDownload *job = data;
  GError *error = NULL;

  if (ftruncate (job->fd, 0) == 0)
    job->offset = 0;
  else
    tl_local_set_error (&error, errno, TL_LOCAL_WRITE, transfer->name);
  tl_job_work_done (worker, error);
}

void
tl_download_compare_thread (GTask        *worker,
                            gpointer      source,
                            gpointer      data,
                            GCancellable *cancellable)
{
  TlDownload *job = data;
  g_autofree char *ours = tl_transfer_hash_file (job->fd, job->proof.hash, job->base.cancellable);
  GError *error = NULL;

  if (ours == NULL)
    job->proof.hash = TL_FTP_HASH_NONE;
  else if (!g_str_equal (ours, job->theirs))
    {
      job->damaged = TRUE;
      error = g_error_new (TL_FTP_ERROR, TL_FTP_ERROR_DATA, _("What came is not what is on the server: its %s is another one (%s, %s)"),
                           tl_ftp_hash_get_name (job->proof.hash), ours, job->theirs);
    }
  tl_job_work_done (worker, error);
}

gboolean
tl_download_commit (TlTransfer  *transfer,
                    TlDownload  *job,
                    gboolean     sync,
                    GError     **error)
{
  gboolean replaces = job->answer == TL_OVERWRITE_REPLACE || job->answer == TL_OVERWRITE_RESUME;

  if (transfer->time >= 0)
    {
      struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, { .tv_sec = transfer->time } };

      futimens (job->fd, times);
    }
  /* Who could not read the old one shall not read the new one. */
  if (replaces && job->target.is_file)
    fchmod (job->fd, job->target.mode & 0777);
  return tl_local_commit (job->folder, job->part, job->name, replaces, sync, error);
}

void
tl_download_commit_thread (GTask        *worker,
                           gpointer      source,
                           gpointer      data,
                           GCancellable *cancellable)
{
  GError *error = NULL;

  tl_download_commit (source, data, TRUE, &error);
  tl_job_work_done (worker, error);
}

void
tl_download_discard_thread (GTask        *worker,
                            gpointer      source,
                            gpointer      data,
                            GCancellable *cancellable)
{
  TlDownload *job = data;

  unlinkat (job->folder, job->part, 0);
  g_task_return_boolean (worker, TRUE);
}
