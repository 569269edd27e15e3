/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The other side of an upload: what is there under its name, and what that means. */

#include "tl-upload-private.h"

#include "tl-local-name.h"

#include <string.h>

#define MAX_NUMBERED 100

static void
stat_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  TlUpload *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  job->exists = tl_ftp_client_stat_finish (TL_FTP_CLIENT (source), result, &job->target_size, &job->target_time, &error);
  job->told = !job->exists || job->target_size >= 0 || job->target_time >= 0;
  /* 5yz: there is no such file. */
  if (error != NULL && tl_ftp_error_get_code (error) < 500 && !g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_NOT_FOUND))
    job->base.error = g_steal_pointer (&error);
  job->base.step (task);
}

void
tl_upload_look (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  TlUpload *job = g_task_get_task_data (task);

  tl_ftp_client_stat_async (job->base.client, transfer->remote, job->base.cancellable, stat_cb, task);
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

/* A server that does not list either cannot be asked at all. */
static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  TlTransfer *transfer = g_task_get_source_object (task);
  TlUpload *job = g_task_get_task_data (task);
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
  else if (listing != NULL)
    tl_job_is_whole (listing, &job->base.error);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || (error != NULL && tl_ftp_error_is_transient (error)))
    job->base.error = g_steal_pointer (&error);
  job->base.step (task);
}

void
tl_upload_look_in_folder (GTask *task)
{
  TlTransfer *transfer = g_task_get_source_object (task);
  TlUpload *job = g_task_get_task_data (task);
  g_autoptr (GBytes) folder = tl_ftp_path_parent (transfer->remote);

  tl_ftp_client_list_async (job->base.client, folder, job->base.cancellable, listed_cb, task);
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

/* Whether what is there was begun by us, of the file as it is now: no more than what was sent (an earlier run may have sent more than it could note), and not what was
 * asked about before anything was. */
static gboolean
is_ours (TlTransfer *transfer,
         TlUpload   *job)
{
  if (transfer->part_size != job->size || transfer->part_time != job->time || job->target_size < 0 || job->target_size > job->size)
    return FALSE;
  if (transfer->asked_size == job->target_size && transfer->asked_time == job->target_time)
    return FALSE;
  return (guint64) job->target_size <= transfer->moved || (transfer->created && transfer->restored);
}

/* It is to be replaced, and may still be what it is when another try looks: then it is no beginning of ours. An answer that was found by comparing is one for this
 * file from now on: what we have begun is always newer, and of another size. */
static void
remember_target (TlTransfer *transfer,
                 TlUpload   *job)
{
  transfer->asked_size = job->target_size;
  transfer->asked_time = job->target_time;
  transfer->replace_all &= transfer->replace == TL_OVERWRITE_REPLACE;
  transfer->replace = TL_OVERWRITE_REPLACE;
}

TlUploadVerdict
tl_upload_decide (TlTransfer *transfer,
                  TlUpload   *job)
{
  if (!job->exists)
    return TL_UPLOAD_GO;
  if (transfer->created || is_ours (transfer, job))
    {
      job->offset = is_ours (transfer, job) ? (guint64) job->target_size : 0;
      return TL_UPLOAD_GO;
    }
  /* Begun in an earlier run, which could not note how far it came: what is there is what the user wanted to be replaced, or a part of it. */
  if (transfer->restored && transfer->part_size >= 0 && transfer->replace == TL_OVERWRITE_REPLACE)
    return TL_UPLOAD_GO;
  if (tl_job_get_answer (transfer, job->target_size, job->target_time) == TL_OVERWRITE_SKIP)
    return TL_UPLOAD_SKIP;
  if (transfer->replace == TL_OVERWRITE_RENAME && job->number < MAX_NUMBERED)
    {
      set_name (transfer, ++job->number + 1);
      return TL_UPLOAD_LOOK_AGAIN;
    }
  if (!tl_job_is_answered (transfer, job->target_size, job->target_time) || job->is_remote_folder || transfer->replace == TL_OVERWRITE_RENAME ||
      (transfer->replace == TL_OVERWRITE_RESUME && (job->target_size < 0 || job->target_size > job->size)))
    {
      tl_job_set_question (transfer, job->target_size, job->target_time, !job->is_remote_folder);
      return TL_UPLOAD_ASK;
    }
  if (transfer->replace == TL_OVERWRITE_RESUME)
    job->offset = (guint64) job->target_size;
  else
    remember_target (transfer, job);
  return TL_UPLOAD_GO;
}
