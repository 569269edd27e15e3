/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the server into the copy. */

#include "tl-ftp-edit-private.h"

#include "tl-ftp-temporary.h"
#include "tl-local-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* A file that is written to all the time has no state that could be edited. */
#define MAX_TRIES 3

typedef enum {
  STEP_LOOK,
  STEP_PLACE,        /* the folder, and an empty file in it; on a thread */
  STEP_MOVE,
  STEP_WRITE_OUT,
  STEP_LOOK_AGAIN,
  STEP_JUDGE,
  STEP_COMMIT,       /* gets its name, and is read for its sum; on a thread */
  STEP_DONE,
  STEP_TIDY,
  STEP_FAIL,
} Step;

typedef struct {
  TlFtpClient       *client;
  GBytes            *remote;
  GFile             *folder;
  char              *name;
  TlFtpProgressFunc  progress;
  gpointer           progress_data;
  GCancellable      *cancellable;
  int                at;
  gboolean           made;         /* the folder is ours to remove */
  char              *part;
  int                fd;
  TlBlockWriter     *writer;
  guint64            moved;
  guint              n_tries;
  gboolean           exists;
  TlFtpEditMark      before;
  TlFtpEditMark      after;
  char              *hash;
  GError            *error;
} Fetch;

static void step (GTask *task);

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  if (fetch->fd >= 0)
    close (fetch->fd);
  g_object_unref (fetch->client);
  g_bytes_unref (fetch->remote);
  g_clear_object (&fetch->folder);
  g_clear_object (&fetch->cancellable);
  g_clear_object (&fetch->writer);
  g_clear_error (&fetch->error);
  g_free (fetch->name);
  g_free (fetch->part);
  g_free (fetch->hash);
  g_free (fetch);
}

void
tl_ftp_edit_fetched_free (TlFtpEditFetched *fetched)
{
  g_object_unref (fetched->folder);
  g_free (fetched->hash);
  g_free (fetched);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  TlFtpEditMark *mark = fetch->at == STEP_PLACE ? &fetch->before : &fetch->after;

  if (tl_ftp_edit_look_finish (result, &fetch->exists, mark, &fetch->error) && !fetch->exists)
    g_set_error_literal (&fetch->error, TL_FTP_ERROR, TL_FTP_ERROR_NOT_FOUND, _("The file is not on the server any more."));
  step (task);
}

static void
worked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Fetch *fetch = g_task_get_task_data (task);

  g_task_propagate_boolean (G_TASK (result), fetch->error == NULL ? &fetch->error : NULL);
  step (task);
}

/* The task waits: nobody else touches its data. */
static void
work (GTask           *task,
      GTaskThreadFunc  func)
{
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GTask) worker = g_task_new (NULL, NULL, worked_cb, task);

  g_task_set_source_tag (worker, work);
  g_task_set_task_data (worker, fetch, NULL);
  g_task_run_in_thread (worker, func);
}

static void
place_thread (GTask        *worker,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Fetch *fetch = data;
  GError *error = NULL;

  if (fetch->folder == NULL)
    {
      fetch->folder = tl_ftp_temporary_make (&error);
      fetch->made = fetch->folder != NULL;
    }
  if (error == NULL)
    {
      fetch->part = g_build_filename (g_file_peek_path (fetch->folder), ".fetched-XXXXXX", NULL);
      fetch->fd = g_mkstemp_full (fetch->part, O_RDWR | O_CLOEXEC, 0600);
      if (fetch->fd < 0)
        {
          tl_local_set_error (&error, errno, TL_LOCAL_MAKE, fetch->name);
          g_clear_pointer (&fetch->part, g_free);
        }
    }
  if (error != NULL)
    g_task_return_error (worker, error);
  else
    g_task_return_boolean (worker, TRUE);
}

static void
commit_thread (GTask        *worker,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  Fetch *fetch = data;
  g_autofree char *path = g_build_filename (g_file_peek_path (fetch->folder), fetch->name, NULL);
  GError *error = NULL;

  fetch->hash = tl_ftp_edit_hash (fetch->part, fetch->cancellable);
  if (fetch->hash == NULL && !g_cancellable_set_error_if_cancelled (fetch->cancellable, &error))
    tl_local_set_error (&error, EIO, TL_LOCAL_READ, fetch->name);
  else if (fetch->hash != NULL && g_rename (fetch->part, path) != 0)
    tl_local_set_error (&error, errno, TL_LOCAL_RENAME, fetch->name);
  if (error != NULL)
    g_task_return_error (worker, error);
  else
    {
      g_clear_pointer (&fetch->part, g_free);
      g_task_return_boolean (worker, TRUE);
    }
}

static void
tidy_thread (GTask        *worker,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Fetch *fetch = data;

  if (fetch->part != NULL)
    g_unlink (fetch->part);
  if (fetch->made)
    tl_ftp_temporary_remove (fetch->folder);
  g_task_return_boolean (worker, TRUE);
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  Fetch *fetch = g_task_get_task_data (task);

  tl_ftp_client_move_finish (TL_FTP_CLIENT (source), result, &fetch->moved, &fetch->error);
  step (task);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!tl_block_writer_finish_finish (TL_BLOCK_WRITER (source), result, &error) &&
      (fetch->error == NULL || g_error_matches (fetch->error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL)))
    {
      g_clear_error (&fetch->error);
      g_set_error (&fetch->error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("The file “%s” cannot be written (%s)"), fetch->name, error->message);
    }
  g_clear_object (&fetch->writer);
  step (task);
}

static void
move (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);
  int fd = ftruncate (fetch->fd, 0) == 0 && lseek (fetch->fd, 0, SEEK_SET) == 0 ? fcntl (fetch->fd, F_DUPFD_CLOEXEC, 3) : -1;
  g_autoptr (GOutputStream) stream = NULL;

  if (fd < 0)
    {
      tl_local_set_error (&fetch->error, errno, TL_LOCAL_WRITE, fetch->name);
      step (task);
      return;
    }
  fetch->n_tries++;
  fetch->moved = 0;
  stream = g_unix_output_stream_new (fd, TRUE);
  fetch->writer = tl_block_writer_new (stream, fd);
  tl_ftp_client_fetch_async (fetch->client, fetch->remote, 0, fetch->writer, fetch->progress, fetch->progress_data, fetch->cancellable, moved_cb, task);
}

/* Servers say 0 of what they make up as it is read. */
static gboolean
has_size (const TlFtpEditMark *mark)
{
  return mark->size > 0;
}

/* Was it one state of the file that came, and all of it? */
static Step
judge (Fetch *fetch)
{
  if (!tl_ftp_edit_mark_equal (&fetch->before, &fetch->after))
    {
      fetch->before = fetch->after;
      if (fetch->n_tries < MAX_TRIES)
        return STEP_MOVE;
      g_set_error_literal (&fetch->error, TL_FTP_ERROR, TL_FTP_ERROR_CHANGED, _("The file is being changed on the server all the time."));
    }
  else if (has_size (&fetch->after) && fetch->moved != (guint64) fetch->after.size)
    {
      g_autofree char *came = g_strdup_printf ("%" G_GUINT64_FORMAT, fetch->moved);
      g_autofree char *owed = g_strdup_printf ("%" G_GINT64_FORMAT, fetch->after.size);

      g_set_error (&fetch->error, TL_FTP_ERROR, TL_FTP_ERROR_DATA, _("The server said that all was sent, but %s bytes came instead of %s"), came, owed);
    }
  return STEP_COMMIT;
}

static void
return_fetched (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);
  TlFtpEditFetched *fetched = g_new0 (TlFtpEditFetched, 1);

  fetched->folder = g_object_ref (fetch->folder);
  fetched->hash = g_steal_pointer (&fetch->hash);
  fetched->mark = fetch->after;
  fetched->size_matches = has_size (&fetch->after);
  if (fetched->mark.size < 0)
    fetched->mark.size = (gint64) fetch->moved;
  g_task_return_pointer (task, fetched, (GDestroyNotify) tl_ftp_edit_fetched_free);
  g_object_unref (task);
}

static void
step (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  if (fetch->error == NULL && fetch->at < STEP_DONE)
    g_cancellable_set_error_if_cancelled (fetch->cancellable, &fetch->error);
  if (fetch->error != NULL && fetch->at < STEP_TIDY && fetch->at != STEP_WRITE_OUT)
    fetch->at = STEP_TIDY;
  switch ((Step) fetch->at)
    {
    case STEP_LOOK:
      fetch->at = STEP_PLACE;
      tl_ftp_edit_look_async (fetch->client, fetch->remote, fetch->cancellable, looked_cb, task);
      break;

    case STEP_PLACE:
      fetch->at = STEP_MOVE;
      work (task, place_thread);
      break;

    case STEP_MOVE:
      fetch->at = STEP_WRITE_OUT;
      move (task);
      break;

    case STEP_WRITE_OUT:
      fetch->at = STEP_LOOK_AGAIN;
      if (fetch->writer != NULL)
        tl_block_writer_finish_async (fetch->writer, NULL, written_cb, task);
      else
        step (task);
      break;

    case STEP_LOOK_AGAIN:
      fetch->at = STEP_JUDGE;
      tl_ftp_edit_look_async (fetch->client, fetch->remote, fetch->cancellable, looked_cb, task);
      break;

    case STEP_JUDGE:
      fetch->at = (int) judge (fetch);
      step (task);
      break;

    case STEP_COMMIT:
      fetch->at = STEP_DONE;
      work (task, commit_thread);
      break;

    case STEP_DONE:
      return_fetched (task);
      break;

    case STEP_TIDY:
      fetch->at = STEP_FAIL;
      work (task, tidy_thread);
      break;

    case STEP_FAIL:
    default:
      g_task_return_error (task, g_steal_pointer (&fetch->error));
      g_object_unref (task);
    }
}

void
tl_ftp_edit_fetch_async (TlFtpClient         *client,
                         GBytes              *remote,
                         GFile               *folder,
                         const char          *name,
                         TlFtpProgressFunc    progress,
                         gpointer             progress_data,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (client, NULL, callback, user_data);
  Fetch *fetch = g_new0 (Fetch, 1);

  g_task_set_source_tag (task, tl_ftp_edit_fetch_async);
  fetch->client = g_object_ref (client);
  fetch->remote = g_bytes_ref (remote);
  fetch->folder = folder != NULL ? g_object_ref (folder) : NULL;
  fetch->name = g_strdup (name);
  fetch->progress = progress;
  fetch->progress_data = progress_data;
  fetch->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  fetch->fd = -1;
  g_task_set_task_data (task, fetch, fetch_free);
  step (task);
}

TlFtpEditFetched *
tl_ftp_edit_fetch_finish (GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
