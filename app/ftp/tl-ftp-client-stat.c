/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Size and time of a file, and setting the time. */

#include "tl-ftp-path-act.h"

#include <glib/gi18n-lib.h>

typedef enum {
  BEGIN,
  MFMT_ANSWERED,
  MDTM,
  MDTM_ANSWERED,
  MDTM_READ,
  UTIME,
  UTIME_ANSWERED,
  UTIME_READ,
  REFUSED,
} TimeStep;

/* Some servers take MDTM with a time for a question, or count in a zone of their own, and say yes: the time is asked for. */
static void
read_time_back (TlFtpPathAct *self,
                int      next)
{
  if (tl_ftp_client_has_feature (self->act.client, "MDTM"))
    tl_ftp_path_act_command (self, next, "MDTM", self->path);
  else
    tl_ftp_act_return_true (&self->act);
}

/* File systems may know even seconds only. */
static gboolean
has_time (TlFtpPathAct *self)
{
  gint64 time;

  if (tl_ftp_act_code (&self->act) != 213 || !tl_ftp_answer_mdtm (self->act.reply, &time, NULL))
    return FALSE;
  return ABS (time / G_USEC_PER_SEC - self->act.client->shared->clock_offset - self->time) <= 2;
}

static void
return_time (TlFtpPathAct *self,
             int      next)
{
  if (has_time (self))
    {
      tl_ftp_act_return_true (&self->act);
      return;
    }
  g_clear_error (&self->error);
  self->error = tl_ftp_error_new_with_reply (TL_FTP_ERROR_FAILED, _("The server said that it had set the time, and names another one."), self->act.reply);
  tl_ftp_act_go (&self->act, next);
}

/* The last refusal is the one that is told, or a yes that was none. */
static void
set_time_step (TlFtpAct *act)
{
  TlFtpPathAct *self = (TlFtpPathAct *) act;
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (self->time + act->client->shared->clock_offset);
  g_autofree char *text = when != NULL ? g_date_time_format (when, "%Y%m%d%H%M%S") : NULL;
  g_autofree char *utime = text != NULL ? g_strconcat ("UTIME ", text, NULL) : NULL;
  const gboolean yes = act->reply != NULL && tl_ftp_act_class (act) == 2;

  if (text == NULL)
    {
      tl_ftp_act_return_error (act, g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_NAME, _("This time cannot be written.")));
      return;
    }
  switch ((TimeStep) act->at)
    {
    case BEGIN:
      g_clear_error (&self->error);
      if (tl_ftp_client_has_feature (act->client, "MFMT"))
        tl_ftp_path_act_command_text (self, MFMT_ANSWERED, "MFMT", text);
      else
        tl_ftp_act_go (act, MDTM);
      break;
    case MFMT_ANSWERED:
      /* No such file, no right to: another command does not help. */
      if (yes || tl_ftp_act_code (act) == 550)
        tl_ftp_path_act_return_by_reply (act);
      else
        tl_ftp_act_go (act, MDTM);
      break;
    case MDTM:
      if (tl_ftp_client_has_feature (act->client, "MDTM"))
        tl_ftp_path_act_command_text (self, MDTM_ANSWERED, "MDTM", text);
      else
        tl_ftp_act_go (act, UTIME);
      break;
    case MDTM_ANSWERED:
      if (yes)
        read_time_back (self, MDTM_READ);
      else
        tl_ftp_act_go (act, UTIME);
      break;
    case MDTM_READ:
      return_time (self, UTIME);
      break;
    case UTIME:
      tl_ftp_path_act_command_text (self, UTIME_ANSWERED, "SITE", utime);
      break;
    case UTIME_ANSWERED:
      if (yes)
        read_time_back (self, UTIME_READ);
      else
        tl_ftp_act_go (act, REFUSED);
      break;
    case UTIME_READ:
      return_time (self, REFUSED);
      break;
    case REFUSED:
      if (self->error != NULL)
        tl_ftp_act_return_error (act, g_steal_pointer (&self->error));
      else
        tl_ftp_act_return_reply (act);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
stat_step (TlFtpAct *act)
{
  TlFtpPathAct *self = (TlFtpPathAct *) act;

  switch (act->at)
    {
    case 0:
      /* SIZE speaks of what a transfer of the type would bring: only of type I it is the file's. */
      if (act->client->type != 'I')
        {
          act->client->type = 0;
          tl_ftp_act_command_text (act, 1, "TYPE", "I");
        }
      else
        tl_ftp_act_go (act, 2);
      break;
    case 1:
      act->client->type = tl_ftp_act_class (act) == 2 ? 'I' : 0;
      tl_ftp_act_go (act, 2);
      break;
    case 2:
      tl_ftp_path_act_command (self, 3, "SIZE", self->path);
      break;
    case 3:
      g_clear_error (&self->error);
      if (tl_ftp_act_code (act) == 213)
        self->size = tl_ftp_answer_size (act->reply, NULL);
      else
        self->error = tl_ftp_error_new_for_reply (act->reply);
      tl_ftp_path_act_command (self, 4, "MDTM", self->path);
      break;
    case 4:
      if (tl_ftp_act_code (act) == 213)
        {
          if (tl_ftp_answer_mdtm (act->reply, &self->time, NULL))
            self->time = self->time / G_USEC_PER_SEC - act->client->shared->clock_offset;
          else
            self->time = -1;
        }
      /* Unknown commands say nothing of the file. */
      else if (self->size < 0 && !g_error_matches (self->error, TL_FTP_ERROR, TL_FTP_ERROR_UNSUPPORTED) && self->error != NULL)
        {
          tl_ftp_act_return_error (act, g_steal_pointer (&self->error));
          break;
        }
      else if (self->size < 0 && tl_ftp_error_classify (act->reply) != TL_FTP_ERROR_UNSUPPORTED)
        {
          tl_ftp_act_return_reply (act);
          break;
        }
      tl_ftp_act_return_pointer (act, g_memdup2 ((gint64[]) { self->size, self->time }, 2 * sizeof (gint64)), g_free);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
tl_ftp_client_set_clock_offset (TlFtpClient *self,
                                int          seconds)
{
  g_return_if_fail (TL_IS_FTP_CLIENT (self));

  self->shared->clock_offset = seconds;
}

int
tl_ftp_client_get_clock_offset (TlFtpClient *self)
{
  g_return_val_if_fail (TL_IS_FTP_CLIENT (self), 0);

  return self->shared->clock_offset;
}

void
tl_ftp_client_set_time_async (TlFtpClient         *self,
                              GBytes              *path,
                              gint64               time,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  TlFtpPathAct *act;

  g_return_if_fail (TL_IS_FTP_CLIENT (self) && path != NULL);

  act = tl_ftp_path_act_new (self, tl_ftp_client_set_time_async, path, set_time_step, cancellable, callback, user_data);
  act->act.safe = TRUE;
  act->time = time;
  tl_ftp_act_start (&act->act);
}

void
tl_ftp_client_stat_async (TlFtpClient         *self,
                          GBytes              *path,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  TlFtpPathAct *act;

  g_return_if_fail (TL_IS_FTP_CLIENT (self) && path != NULL);

  act = tl_ftp_path_act_new (self, tl_ftp_client_stat_async, path, stat_step, cancellable, callback, user_data);
  act->act.safe = TRUE;
  act->size = act->time = -1;
  tl_ftp_act_start (&act->act);
}

gboolean
tl_ftp_client_stat_finish (TlFtpClient   *self,
                           GAsyncResult  *result,
                           gint64        *size,
                           gint64        *time,
                           GError       **error)
{
  g_autofree gint64 *both = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, tl_ftp_client_stat_async), FALSE);

  both = g_task_propagate_pointer (G_TASK (result), error);
  if (size != NULL)
    *size = both != NULL ? both[0] : -1;
  if (time != NULL)
    *time = both != NULL ? both[1] : -1;
  return both != NULL;
}
