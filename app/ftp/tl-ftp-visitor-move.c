/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files and listings on their way to a visitor, or from one. */

#include "tl-ftp-visitor-private.h"

#include "tl-ftp-name.h"

#include <glib/gi18n-lib.h>
#include <errno.h>
#include <string.h>

gboolean
tl_ftp_visitor_is_moving (TlFtpVisitor *self)
{
  return self->move.verb != TL_FTP_VERB_UNKNOWN;
}

static void
clear_move (TlFtpVisitor *self)
{
  g_clear_object (&self->move.reader);
  g_clear_object (&self->move.writer);
  g_clear_pointer (&self->move.path, g_free);
  self->move = (TlFtpMove) { .verb = TL_FTP_VERB_UNKNOWN };
  self->last_active = g_get_monotonic_time ();
  tl_ftp_visitor_set_act (self, g_strdup (_("Idle")));
}

void
tl_ftp_visitor_drop_move (TlFtpVisitor *self)
{
  g_clear_pointer (&self->data, tl_ftp_server_data_free);
  /* What has come is written: the client can go on from there. */
  if (self->move.writer != NULL && !self->move.finishing)
    tl_block_writer_finish_async (self->move.writer, NULL, NULL, NULL);
  if (tl_ftp_visitor_is_moving (self))
    clear_move (self);
}

static void
reply_end (TlFtpVisitor *self,
           TlFtpDataEnd  end)
{
  switch (end)
    {
    case TL_FTP_DATA_DONE:
      if (self->move.expected >= 0 && self->move.moved < self->move.expected)
        tl_ftp_visitor_reply (self, 451, "The file became shorter while it was sent.");
      else if (self->move.left_out > 0)
        tl_ftp_visitor_replyf (self, 226, "Done; %u more are there and were left out.", self->move.left_out);
      else
        tl_ftp_visitor_reply (self, 226, "Done.");
      break;
    case TL_FTP_DATA_ABSENT:
      tl_ftp_visitor_reply (self, 425, "There was no data connection.");
      break;
    case TL_FTP_DATA_FOREIGN:
      tl_ftp_visitor_reply (self, 522, "The data connection has to take up the TLS session of the control connection.");
      break;
    case TL_FTP_DATA_TLS:
      tl_ftp_visitor_reply (self, 425, "TLS failed on the data connection.");
      break;
    case TL_FTP_DATA_STALLED:
      tl_ftp_visitor_reply (self, 426, "Nothing moved for too long.");
      break;
    case TL_FTP_DATA_FORBIDDEN:
      tl_ftp_visitor_reply (self, 550, "Writing is not allowed any more; what has come is kept.");
      break;
    case TL_FTP_DATA_LOCAL:
      tl_ftp_visitor_reply (self, 451, "The file could not be read.");
      break;
    case TL_FTP_DATA_BROKEN:
    default:
      tl_ftp_visitor_reply (self, 426, "The data connection broke.");
      break;
    }
}

static void
end_move (TlFtpVisitor *self)
{
  const gboolean aborted = self->move.aborted;

  if (aborted)
    tl_ftp_visitor_reply (self, 426, "Broken off.");
  else
    reply_end (self, self->move.end);
  if (aborted)
    tl_ftp_visitor_reply (self, 226, "It was broken off.");
  clear_move (self);
  tl_ftp_visitor_go_on (self);
}

static void
remove_file (TlFtpJob     *job,
             GCancellable *cancellable)
{
  tl_ftp_share_remove (job->share, job->path, FALSE);
}

static void
removed (TlFtpVisitor *self,
         TlFtpJob     *job)
{
  tl_ftp_visitor_reply_errno (self, job->errsv);
  clear_move (self);
}

static int
errno_of (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return ENOSPC;
  return strstr (error->message, g_strerror (EFBIG)) != NULL ? EFBIG : strstr (error->message, g_strerror (EDQUOT)) != NULL ? EDQUOT : EIO;
}

/* A file that the disk had no room for, and that was not there before, is taken away: it would only keep the disk full. */
static void
write_failed (TlFtpVisitor *self,
              const GError *error)
{
  TlFtpJob *job;
  g_autofree char *note = g_strdup_printf (_("A file could not be written. (%s)"), error->message);
  const int errsv = errno_of (error);

  tl_ftp_visitor_note (self, TL_MESSAGE_ERROR, note);
  if (!self->move.made || self->share == NULL)
    {
      tl_ftp_visitor_reply_errno (self, errsv);
      clear_move (self);
      tl_ftp_visitor_go_on (self);
      return;
    }
  job = tl_ftp_job_new (self, TL_FTP_VERB_DELE, g_strdup (self->move.path));
  job->errsv = errsv;
  /* It has finished, and must not be told to while the thread is at work. */
  g_clear_object (&self->move.writer);
  tl_ftp_visitor_run (self, job, remove_file, removed);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (TlFtpVisitor) self = user_data;
  g_autoptr (GError) error = NULL;
  const gboolean good = tl_block_writer_finish_finish (TL_BLOCK_WRITER (source), result, &error);

  if (self->server == NULL || self->move.writer != TL_BLOCK_WRITER (source))
    return;
  self->move.finishing = FALSE;
  if (good)
    end_move (self);
  else
    write_failed (self, error);
}

static void
finish_move (TlFtpVisitor *self,
             TlFtpDataEnd  end)
{
  self->move.end = end;
  g_clear_pointer (&self->data, tl_ftp_server_data_free);
  if (self->move.writer == NULL)
    {
      end_move (self);
      return;
    }
  self->move.finishing = TRUE;
  tl_block_writer_finish_async (self->move.writer, NULL, written_cb, g_object_ref (self));
}

void
tl_ftp_visitor_check_move (TlFtpVisitor *self)
{
  if (self->move.writer == NULL || self->move.finishing || tl_ftp_visitor_may_write (self))
    return;
  tl_ftp_visitor_note (self, TL_MESSAGE_EVENT, _("Writing was switched off: the upload was broken off."));
  finish_move (self, TL_FTP_DATA_FORBIDDEN);
}

static void
moved (gpointer owner,
       gsize    length)
{
  TlFtpVisitor *self = owner;

  self->move.moved += (gint64) length;
  tl_ftp_visitor_count (self, self->move.writer != NULL ? length : 0, self->move.writer == NULL ? length : 0);
}

static void
over (gpointer      owner,
      TlFtpDataEnd  end,
      const char   *why)
{
  g_autoptr (TlFtpVisitor) self = g_object_ref (owner);

  if (why != NULL)
    tl_ftp_visitor_note (self, TL_MESSAGE_WARNING, why);
  finish_move (self, end);
}

static const TlFtpServerDataEvents events = { moved, over };

void
tl_ftp_visitor_move (TlFtpVisitor *self,
                     TlFtpJob     *job,
                     const char   *format)
{
  g_autofree char *name = tl_ftp_name_display ((const guint8 *) job->path, strlen (job->path), TL_FTP_CHARSET_AUTO, TL_CHARSET_UTF_8, NULL);
  TlBlockReader *reader = self->move.reader;
  TlBlockWriter *writer = self->move.writer;
  g_autoptr (GString) act = g_string_new (format);

  g_string_replace (act, "%s", name, 1);
  self->move.verb = job->verb;
  self->move.path = g_steal_pointer (&job->path);
  tl_ftp_visitor_set_act (self, g_string_free (g_steal_pointer (&act), FALSE));
  if (self->protect && self->stream.tls != NULL)
    tl_ftp_server_data_protect (self->data, self->server->certificate, self->tickets);
  tl_ftp_server_data_start (self->data, reader, writer, &events, self);
}

void
tl_ftp_visitor_abor (TlFtpVisitor       *self,
                     const TlFtpRequest *request)
{
  if (!tl_ftp_visitor_is_moving (self))
    {
      g_clear_pointer (&self->data, tl_ftp_server_data_free);
      tl_ftp_visitor_reply (self, 226, "Nothing was going on.");
      return;
    }
  self->move.aborted = TRUE;
  finish_move (self, TL_FTP_DATA_BROKEN);
}
