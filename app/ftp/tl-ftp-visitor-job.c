/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done for a visitor on a thread: everything that touches the disk, or takes long. */

#include "tl-ftp-visitor-private.h"

#include "tl-ftp-server-work.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  TlFtpJob     *job;
  TlFtpJobFunc  func;
  TlFtpJobDone  done;
} Run;

static void
free_text (char *text)
{
  /* It may be a password. */
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
job_free (TlFtpJob *self)
{
  g_clear_pointer (&self->share, tl_ftp_share_unref);
  g_clear_pointer (&self->inner, tl_ftp_share_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  free_text (self->other);
  g_free (self->shown);
  g_free (self->hash);
  g_free (self->text);
  g_free (self);
}

static void
run_free (Run *self)
{
  job_free (self->job);
  g_free (self);
}

TlFtpJob *
tl_ftp_job_new (TlFtpVisitor *self,
                TlFtpVerb     verb,
                char         *path)
{
  TlFtpJob *job = g_new0 (TlFtpJob, 1);

  job->share = self->share != NULL ? tl_ftp_share_ref (self->share) : NULL;
  job->verb = verb;
  job->path = path;
  job->last = -1;
  job->fd = -1;
  return job;
}

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  Run *run = data;

  run->func (run->job, cancellable);
  g_task_return_pointer (task, NULL, NULL);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  TlFtpVisitor *self = TL_FTP_VISITOR (source);
  Run *run = g_task_get_task_data (G_TASK (result));

  self->busy = FALSE;
  if (self->server == NULL || self->closing)
    return;
  self->last_active = g_get_monotonic_time ();
  run->done (self, run->job);
  tl_ftp_visitor_go_on (self);
}

void
tl_ftp_visitor_run (TlFtpVisitor *self,
                    TlFtpJob     *job,
                    TlFtpJobFunc  func,
                    TlFtpJobDone  done)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, done_cb, NULL);
  Run *run = g_new (Run, 1);

  *run = (Run) { job, func, done };
  g_task_set_source_tag (task, tl_ftp_visitor_run);
  /* Who is at the end of it is told what came of it, even if it was cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  self->busy = TRUE;
  if (job->verb == TL_FTP_VERB_HASH)
    tl_ftp_server_work_long (task, run_thread, NULL);
  else
    tl_ftp_server_work (task, run_thread, NULL);
}

void
tl_ftp_visitor_reply_errno (TlFtpVisitor *self,
                            int           errsv)
{
  switch (errsv)
    {
    case EWOULDBLOCK:
      tl_ftp_visitor_reply (self, 450, "Somebody else is transferring this file now; try again later.");
      break;
    case EXDEV:
    case ELOOP:
      tl_ftp_visitor_reply (self, 550, "This is a link that leads out of the shared folder, or nowhere.");
      break;
    case EMEDIUMTYPE:
      tl_ftp_visitor_reply (self, 553, "That is on another disk: copy it there, and delete it here.");
      break;
    case ENOSPC:
      tl_ftp_visitor_reply (self, 452, "There is no room left on the disk.");
      break;
    case EDQUOT:
    case EFBIG:
      tl_ftp_visitor_replyf (self, 552, "%s.", strerrordesc_np (errsv));
      break;
    case ENAMETOOLONG:
      tl_ftp_visitor_reply (self, 553, "This name is too long.");
      break;
    case ENXIO:
      tl_ftp_visitor_reply (self, 550, "This is no regular file.");
      break;
    /* As the file systems of memory cards say it. */
    case EINVAL:
    case EILSEQ:
      tl_ftp_visitor_reply (self, 553, "There is something in this name that the disk cannot keep.");
      break;
    case EROFS:
      tl_ftp_visitor_reply (self, 550, "This is for reading only.");
      break;
    case ERANGE:
      tl_ftp_visitor_reply (self, 554, "The file is shorter than that.");
      break;
    case EBUSY:
      tl_ftp_visitor_reply (self, 550, "This cannot be done to the shared folder itself.");
      break;
    case ECANCELED:
      tl_ftp_visitor_reply (self, 451, "Given up.");
      break;
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case EIO:
      tl_ftp_visitor_replyf (self, 451, "%s.", strerrordesc_np (errsv));
      break;
    default:
      tl_ftp_visitor_replyf (self, 550, "%s.", strerrordesc_np (errsv));
      break;
    }
}
