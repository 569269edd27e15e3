/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One try to upload a file. */

#include "tl-transfer-job.h"

#include "tl-ftp-name.h"
#include "tl-local-file.h"
#include "tl-local-name.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_NUMBERED 100

typedef enum {
  STEP_OPEN,
  STEP_LOOK,
  STEP_LOOK_IN_FOLDER,
  STEP_DECIDE,
  STEP_STORE,
  STEP_VERIFY,
  STEP_SET_TIME,
  STEP_END,
  STEP_TIDY,
  STEP_FAIL,
} Step;

/*
 * @exists: whether the target is there, as far as the server tells
 * @number: of the name that is tried, when the answer is to give the file one of its own
 * @begun: the server may have made the file for us
 */
typedef struct {
  Step           step;
  TlFtpClient   *client;
  GCancellable  *cancellable;
  int            fd;
  gboolean       is_folder;
  gint64         size;
  gint64         time;
  gboolean       exists;
  gboolean       is_remote_folder;
  gint64         target_size;
  gint64         target_time;
  guint          number;
  guint64        offset;
  gboolean       begun;
  gboolean       changed;
  GError        *error;
} Job;

static void step (GTask *task);

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->fd >= 0)
    close (job->fd);
  g_object_unref (job->client);
  g_clear_object (&job->cancellable);
  g_clear_error (&job->error);
  g_free (job);
}

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
open_thread (GTask        *worker,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  TlTransfer *transfer = source;
  Job *job = data;
  GError *error = NULL;
  struct stat info;

  job->fd = tl_local_open_source (transfer->root, transfer->path, transfer->depth == 0, &job->is_folder, &error);
  if (job->fd >= 0 && fstat (job->fd, &info) == 0)
    {
      job->size = info.st_size;
      job->time = info.st_mtim.tv_sec;
    }
  if (error != NULL)
    g_task_return_error (worker, error);
  else
    g_task_return_boolean (worker, TRUE);
}

static void
verify_thread (GTask        *worker,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  Job *job = data;
  struct stat info;

  job->changed = fstat (job->fd, &info) != 0 || info.st_size != job->size || info.st_mtim.tv_sec != job->time;
  g_task_return_boolean (worker, TRUE);
}

static void
stat_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  job->exists = tl_ftp_client_stat_finish (TL_FTP_CLIENT (source), result, &job->target_size, &job->target_time, &error);
  if (job->exists && job->target_size < 0 && job->target_time < 0)
    job->step = STEP_LOOK_IN_FOLDER;
  /* 5yz: there is no such file. */
  else if (error != NULL && tl_ftp_error_get_code (error) < 500 && !g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_NOT_FOUND))
    job->error = g_steal_pointer (&error);
  step (task);
}

static gboolean
find_in_listing (const TlFtpListing *listing,
                 GBytes             *name,
                 TlFtpListingItem   *item)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (name, &length);
  guint n = tl_ftp_listing_get_n_entries (listing);

  for (guint i = 0; i < n; i++)
    {
      tl_ftp_listing_get_entry (listing, i, item);
      if (item->name_length == length && (length == 0 || memcmp (item->name, bytes, length) == 0))
        return TRUE;
    }
  return FALSE;
}

/* A server without SIZE and MDTM: its listing tells what is there. One that does not list cannot be asked at all. */
static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  TlTransfer *transfer = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  g_autoptr (GBytes) name = tl_ftp_path_basename (transfer->remote);
  g_autoptr (GError) error = NULL;
  g_autoptr (TlFtpListing) listing = tl_ftp_client_list_finish (TL_FTP_CLIENT (source), result, &error);
  TlFtpListingItem item;

  job->exists = FALSE;
  if (listing != NULL && find_in_listing (listing, name, &item))
    {
      job->exists = TRUE;
      job->is_remote_folder = item.kind == TL_FTP_ENTRY_DIRECTORY;
      job->target_size = item.size;
      job->target_time = item.precision != TL_FTP_TIME_NONE ? item.time : -1;
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || (error != NULL && tl_ftp_error_is_transient (error)))
    job->error = g_steal_pointer (&error);
  step (task);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  TlTransfer *transfer = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  guint64 moved = 0;

  if (!tl_ftp_client_move_finish (TL_FTP_CLIENT (source), result, &moved, &job->error) && job->offset > 0 &&
      g_error_matches (job->error, TL_FTP_ERROR, TL_FTP_ERROR_UNSUPPORTED))
    {
      /* It goes on nowhere: from the beginning. */
      g_clear_error (&job->error);
      job->offset = 0;
      job->step = STEP_STORE;
    }
  /* Nothing went out: what is there may still be the old file, and is not to be continued. */
  if (moved == 0 && !transfer->created && job->offset == 0 && job->error != NULL)
    transfer->part_size = transfer->part_time = -1;
  transfer->moved = job->offset + moved;
  step (task);
}

static void
progress_cb (guint64  moved,
             gpointer user_data)
{
  GTask *task = user_data;
  TlTransfer *transfer = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);

  transfer->moved = job->offset + moved;
}

static void
store (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (TlBlockReader) reader = NULL;
  int fd = fcntl (job->fd, F_DUPFD_CLOEXEC, 3);

  if (fd < 0 || lseek (fd, (off_t) job->offset, SEEK_SET) < 0)
    {
      tl_local_set_error (&job->error, errno, TL_LOCAL_READ, transfer->name);
      if (fd >= 0)
        close (fd);
      step (task);
      return;
    }
  stream = g_unix_input_stream_new (fd, TRUE);
  reader = tl_block_reader_new (stream);
  transfer->moved = job->offset;
  transfer->part_size = job->size;
  transfer->part_time = job->time;
  transfer->created |= !job->exists;
  job->begun = TRUE;
  tl_ftp_client_store_async (job->client, transfer->remote, job->offset, reader, progress_cb, task, job->cancellable, stored_cb, task);
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
    g_object_set_data (source, "tl-keeps-its-time", GINT_TO_POINTER (TRUE));
  step (task);
}

static void
set_name (TlTransfer *transfer,
          guint       number)
{
  g_autoptr (GBytes) folder = tl_ftp_path_parent (transfer->remote);
  g_autofree char *base = g_path_get_basename (transfer->path);
  g_autofree char *name = tl_local_name_numbered (base, number);
  g_autoptr (GBytes) raw = g_bytes_new (name, strlen (name));

  g_bytes_unref (transfer->remote);
  transfer->remote = tl_ftp_path_join (folder, raw);
}

/* Whether what is there was begun by us, of the file as it is now. */
static gboolean
is_ours (TlTransfer *transfer,
         Job        *job)
{
  return transfer->part_size == job->size && transfer->part_time == job->time && job->target_size >= 0 && job->target_size <= job->size;
}

/* What to do with what is there. True: go on to the storing. */
static gboolean
decide (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);

  if (!job->exists)
    return TRUE;
  if (transfer->created || is_ours (transfer, job))
    {
      job->offset = is_ours (transfer, job) ? (guint64) job->target_size : 0;
      return TRUE;
    }
  if (transfer->replace == TL_OVERWRITE_SKIP)
    {
      tl_job_return (task, TL_JOB_SKIPPED, NULL);
      return FALSE;
    }
  if (transfer->replace == TL_OVERWRITE_RENAME && job->number < MAX_NUMBERED)
    {
      set_name (transfer, ++job->number + 1);
      job->step = STEP_LOOK;
      step (task);
      return FALSE;
    }
  if (!tl_job_is_answered (transfer, job->target_size, job->target_time) || job->is_remote_folder || transfer->replace == TL_OVERWRITE_RENAME ||
      (transfer->replace == TL_OVERWRITE_RESUME && (job->target_size < 0 || job->target_size > job->size)))
    {
      tl_job_set_question (transfer, job->target_size, job->target_time, !job->is_remote_folder);
      tl_job_return (task, TL_JOB_ASK, NULL);
      return FALSE;
    }
  if (transfer->replace == TL_OVERWRITE_RESUME)
    job->offset = (guint64) job->target_size;
  return TRUE;
}

static gboolean
has_size (TlFtpClient *client)
{
  const TlFtpFeatures *features = tl_ftp_client_get_features (client);

  return features != NULL && tl_ftp_features_has (features, "SIZE");
}

static void
return_done (GTask *task)
{
  Job *job = g_task_get_task_data (task);
  g_autoptr (GString) note = g_string_new (has_size (job->client) ? _("226 received · size matches") : _("226 received"));

  if (job->changed)
    {
      g_string_append (note, " · ");
      g_string_append (note, _("the file was changed while it was sent"));
    }
  tl_job_return (task, TL_JOB_DONE, g_string_free (g_steal_pointer (&note), FALSE));
}

static void
look (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);

  if (job->is_folder)
    {
      tl_job_return (task, TL_JOB_IS_FOLDER, NULL);
      return;
    }
  tl_transfer_set_size (transfer, job->size);
  transfer->time = job->time;
  job->step = STEP_DECIDE;
  if (transfer->fresh && transfer->part_size < 0 && job->number == 0)
    step (task);
  else
    tl_ftp_client_stat_async (job->client, transfer->remote, job->cancellable, stat_cb, task);
}

/* A file that is there only because of us goes again, when the user does not want it. */
static gboolean
leaves_rubbish (TlTransfer *transfer,
                Job        *job)
{
  return job->begun && transfer->created && g_error_matches (job->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
step (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);

  if (job->error == NULL && job->step < STEP_VERIFY)
    g_cancellable_set_error_if_cancelled (job->cancellable, &job->error);
  if (job->error != NULL && job->step < STEP_TIDY)
    job->step = STEP_TIDY;

  switch (job->step)
    {
    case STEP_OPEN:
      job->step = STEP_LOOK;
      work (task, open_thread);
      break;

    case STEP_LOOK:
      look (task);
      break;

    case STEP_LOOK_IN_FOLDER:
      {
        g_autoptr (GBytes) folder = tl_ftp_path_parent (transfer->remote);

        job->step = STEP_DECIDE;
        tl_ftp_client_list_async (job->client, folder, job->cancellable, listed_cb, task);
      }
      break;

    case STEP_DECIDE:
      if (!decide (task))
        return;
      job->step = STEP_STORE;
      step (task);
      break;

    case STEP_STORE:
      job->step = STEP_VERIFY;
      store (task);
      break;

    case STEP_VERIFY:
      job->step = STEP_SET_TIME;
      work (task, verify_thread);
      break;

    case STEP_SET_TIME:
      job->step = STEP_END;
      if (g_object_get_data (G_OBJECT (job->client), "tl-keeps-its-time") != NULL)
        step (task);
      else
        tl_ftp_client_set_time_async (job->client, transfer->remote, transfer->time, job->cancellable, acted_cb, task);
      break;

    case STEP_END:
      return_done (task);
      break;

    case STEP_TIDY:
      job->step = STEP_FAIL;
      if (leaves_rubbish (transfer, job))
        {
          transfer->created = FALSE;
          transfer->part_size = transfer->part_time = -1;
          transfer->moved = 0;
          tl_ftp_client_remove_file_async (job->client, transfer->remote, NULL, acted_cb, task);
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
tl_upload_async (TlTransfer          *transfer,
                 TlFtpClient         *client,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  /* The job looks at the cancellable itself: what was begun is tidied up before the task returns. */
  GTask *task = g_task_new (transfer, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, tl_upload_async);
  job->client = g_object_ref (client);
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  job->fd = -1;
  job->target_size = job->target_time = -1;
  g_task_set_task_data (task, job, job_free);
  step (task);
}
