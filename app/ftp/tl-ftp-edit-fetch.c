/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the server into the copy. */

#include "tl-ftp-edit-private.h"

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
  STEP_PLACE,        /* the folder, and a file in it; on a thread */
  STEP_BEGIN,        /* on a thread */
  STEP_MOVE,
  STEP_WRITE_OUT,
  STEP_LOOK_AGAIN,
  STEP_JUDGE,
  STEP_COMMIT,       /* gets its name, and is noted; on a thread */
  STEP_DONE,
  STEP_TIDY,
  STEP_FAIL,
} Step;

typedef struct {
  TlJob          base;
  TlFtpEditWork  edit;
  gboolean       made;         /* the place is ours to remove */
  char          *part;
  int            fd;
  TlBlockWriter *writer;
  guint64        moved;
  guint          n_tries;
  gboolean       exists;
  TlFtpEditMark  before;
  TlFtpEditMark  after;
} Fetch;

static void step (GTask *task);

static void
clear (gpointer data)
{
  Fetch *fetch = data;

  if (fetch->fd >= 0)
    close (fetch->fd);
  tl_ftp_edit_work_clear (&fetch->edit);
  g_clear_object (&fetch->writer);
  g_free (fetch->part);
}

void
tl_ftp_edit_fetched_free (TlFtpEditFetched *fetched)
{
  tl_ftp_edit_place_unref (fetched->place);
  tl_ftp_edit_about_free (fetched->about);
  g_free (fetched);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  TlFtpEditMark *mark = fetch->base.at == STEP_PLACE ? &fetch->before : &fetch->after;

  if (tl_ftp_edit_look_finish (result, &fetch->exists, mark, &fetch->base.error) && !fetch->exists)
    g_set_error_literal (&fetch->base.error, TL_FTP_ERROR, TL_FTP_ERROR_NOT_FOUND, _("The file is not on the server any more."));
  step (task);
}

static void
place_thread (GTask        *worker,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Fetch *fetch = data;
  GError *error = NULL;

  if (fetch->edit.place == NULL)
    {
      fetch->edit.place = tl_ftp_edit_place_make (&error);
      fetch->made = fetch->edit.place != NULL;
    }
  if (error == NULL)
    {
      g_autoptr (GFile) folder = tl_ftp_edit_place_dup_folder (fetch->edit.place);

      fetch->part = g_build_filename (g_file_peek_path (folder), ".fetched-XXXXXX", NULL);
      fetch->fd = g_mkstemp_full (fetch->part, O_RDWR | O_CLOEXEC, 0600);
      if (fetch->fd < 0)
        {
          tl_local_set_error (&error, errno, TL_LOCAL_MAKE, fetch->edit.about->name);
          g_clear_pointer (&fetch->part, g_free);
        }
    }
  tl_job_work_done (worker, error);
}

/* Empty, for the next try. */
static void
begin_thread (GTask        *worker,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Fetch *fetch = data;
  GError *error = NULL;

  if (ftruncate (fetch->fd, 0) != 0 || lseek (fetch->fd, 0, SEEK_SET) != 0)
    tl_local_set_error (&error, errno, TL_LOCAL_WRITE, fetch->edit.about->name);
  tl_job_work_done (worker, error);
}

/* A copy that is there already is noted as what will take its place before it does so, and as what is known afterwards: whichever of the three comes to be the last
 * thing done, what the copy holds tells which of the two it is. Of the first one nobody is told before it is noted. */
static gboolean
take_place (Fetch       *fetch,
            const char  *hash,
            GError     **error)
{
  TlFtpEditAbout *about = fetch->edit.about;
  g_autofree char *folder = g_path_get_dirname (fetch->part);
  g_autofree char *path = g_build_filename (folder, about->name, NULL);
  TlFtpEditMark mark = fetch->after;

  if (mark.size < 0)
    mark.size = (gint64) fetch->moved;
  tl_ftp_edit_about_set_next (about, hash, &mark);
  if (!fetch->made && !tl_ftp_edit_place_note (fetch->edit.place, about, error))
    return FALSE;
  if (g_rename (fetch->part, path) != 0)
    {
      tl_local_set_error (error, errno, TL_LOCAL_RENAME, about->name);
      return FALSE;
    }
  g_clear_pointer (&fetch->part, g_free);
  tl_ftp_edit_about_settle (about, hash);
  return tl_ftp_edit_place_note (fetch->edit.place, about, fetch->made ? error : NULL) || !fetch->made;
}

static void
commit_thread (GTask        *worker,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  Fetch *fetch = data;
  g_autofree char *hash = tl_ftp_edit_hash (fetch->part, fetch->base.cancellable);
  GError *error = NULL;

  if (hash != NULL)
    take_place (fetch, hash, &error);
  else if (!g_cancellable_set_error_if_cancelled (fetch->base.cancellable, &error))
    tl_local_set_error (&error, EIO, TL_LOCAL_READ, fetch->edit.about->name);
  tl_job_work_done (worker, error);
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
    tl_ftp_edit_place_discard (fetch->edit.place);
  tl_job_work_done (worker, NULL);
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  Fetch *fetch = g_task_get_task_data (task);

  tl_ftp_client_move_finish (TL_FTP_CLIENT (source), result, &fetch->moved, &fetch->base.error);
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
      (fetch->base.error == NULL || g_error_matches (fetch->base.error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL)))
    {
      g_clear_error (&fetch->base.error);
      g_set_error (&fetch->base.error, TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("The file “%s” cannot be written (%s)"), fetch->edit.about->name, error->message);
    }
  g_clear_object (&fetch->writer);
  step (task);
}

static void
move (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);
  int fd = fcntl (fetch->fd, F_DUPFD_CLOEXEC, 3);
  g_autoptr (GOutputStream) stream = NULL;

  if (fd < 0)
    {
      tl_local_set_error (&fetch->base.error, errno, TL_LOCAL_WRITE, fetch->edit.about->name);
      step (task);
      return;
    }
  fetch->n_tries++;
  fetch->moved = 0;
  stream = g_unix_output_stream_new (fd, TRUE);
  fetch->writer = tl_block_writer_new (stream, fd);
  tl_ftp_client_fetch_async (fetch->base.client, fetch->edit.about->remote, 0, fetch->writer, fetch->edit.progress, fetch->edit.progress_data,
                             fetch->base.cancellable, moved_cb, task);
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
        return STEP_BEGIN;
      g_set_error_literal (&fetch->base.error, TL_FTP_ERROR, TL_FTP_ERROR_CHANGED, _("The file is being changed on the server all the time."));
    }
  else if (has_size (&fetch->after) && fetch->moved != (guint64) fetch->after.size)
    {
      g_autofree char *came = g_strdup_printf ("%" G_GUINT64_FORMAT, fetch->moved);
      g_autofree char *owed = g_strdup_printf ("%" G_GINT64_FORMAT, fetch->after.size);

      g_set_error (&fetch->base.error, TL_FTP_ERROR, TL_FTP_ERROR_DATA, _("The server said that all was sent, but %s bytes came instead of %s"), came, owed);
    }
  return STEP_COMMIT;
}

static TlFtpEditFetched *
make_fetched (Fetch *fetch)
{
  TlFtpEditFetched *fetched = g_new0 (TlFtpEditFetched, 1);

  fetched->place = tl_ftp_edit_place_ref (fetch->edit.place);
  fetched->about = tl_ftp_edit_about_copy (fetch->edit.about);
  fetched->size_matches = has_size (&fetch->after);
  return fetched;
}

static void
step (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  if (fetch->base.error == NULL && fetch->base.at < STEP_DONE)
    g_cancellable_set_error_if_cancelled (fetch->base.cancellable, &fetch->base.error);
  if (fetch->base.error != NULL && fetch->base.at < STEP_TIDY && fetch->base.at != STEP_WRITE_OUT)
    fetch->base.at = STEP_TIDY;
  switch ((Step) fetch->base.at)
    {
    case STEP_LOOK:
      fetch->base.at = STEP_PLACE;
      tl_ftp_edit_look_async (fetch->base.client, fetch->edit.about->remote, fetch->base.cancellable, looked_cb, task);
      break;

    case STEP_PLACE:
      fetch->base.at = STEP_BEGIN;
      tl_job_work (task, place_thread);
      break;

    case STEP_BEGIN:
      fetch->base.at = STEP_MOVE;
      tl_job_work (task, begin_thread);
      break;

    case STEP_MOVE:
      fetch->base.at = STEP_WRITE_OUT;
      move (task);
      break;

    case STEP_WRITE_OUT:
      fetch->base.at = STEP_LOOK_AGAIN;
      if (fetch->writer != NULL)
        tl_block_writer_finish_async (fetch->writer, NULL, written_cb, task);
      else
        step (task);
      break;

    case STEP_LOOK_AGAIN:
      fetch->base.at = STEP_JUDGE;
      tl_ftp_edit_look_async (fetch->base.client, fetch->edit.about->remote, fetch->base.cancellable, looked_cb, task);
      break;

    case STEP_JUDGE:
      fetch->base.at = (int) judge (fetch);
      step (task);
      break;

    case STEP_COMMIT:
      fetch->base.at = STEP_DONE;
      tl_job_work (task, commit_thread);
      break;

    case STEP_DONE:
      tl_job_return_pointer (task, make_fetched (fetch), (GDestroyNotify) tl_ftp_edit_fetched_free);
      break;

    case STEP_TIDY:
      fetch->base.at = STEP_FAIL;
      tl_job_work (task, tidy_thread);
      break;

    case STEP_FAIL:
    default:
      tl_job_return_error (task);
    }
}

void
tl_ftp_edit_fetch_async (TlFtpClient          *client,
                         const TlFtpEditAbout *about,
                         TlFtpEditPlace       *place,
                         TlFtpProgressFunc     progress,
                         gpointer              progress_data,
                         GCancellable         *cancellable,
                         GAsyncReadyCallback   callback,
                         gpointer              user_data)
{
  GTask *task = tl_job_new (sizeof (Fetch), client, client, tl_ftp_edit_fetch_async, step, clear, cancellable, callback, user_data);
  Fetch *fetch = g_task_get_task_data (task);

  tl_ftp_edit_work_init (&fetch->edit, about, place, progress, progress_data);
  fetch->fd = -1;
  step (task);
}

TlFtpEditFetched *
tl_ftp_edit_fetch_finish (GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
