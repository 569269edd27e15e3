/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations of a client: one after the other, each returned once, the connection in order after each. */

#include "tl-ftp-client-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is left of a cancelled transfer must be read within two of these, else the connection is given up. */
#define SETTLE_MS 4000

static void
act_free (TlFtpAct *self)
{
  if (self->clear != NULL)
    self->clear (self);
  g_clear_pointer (&self->reply, tl_ftp_reply_unref);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/* Takes the act out of the client. (transfer full): the task, to be returned. */
static GTask *
end_act (TlFtpAct *self)
{
  TlFtpClient *client = self->client;
  GTask *task = g_steal_pointer (&self->task);

  if (self->cancelled_id != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), self->cancelled_id);
  if (client->act == self)
    client->act = NULL;
  else
    g_queue_remove (&client->acts, self);
  act_free (self);
  return task;
}

void
tl_ftp_act_return_pointer (TlFtpAct       *self,
                           gpointer        result,
                           GDestroyNotify  free_result)
{
  g_autoptr (GTask) task = end_act (self);

  g_task_return_pointer (task, result, free_result);
  tl_ftp_client_pump (g_task_get_source_object (task));
}

void
tl_ftp_act_return_true (TlFtpAct *self)
{
  g_autoptr (GTask) task = end_act (self);

  g_task_return_boolean (task, TRUE);
  tl_ftp_client_pump (g_task_get_source_object (task));
}

static void begin (TlFtpAct *self);

/* The connection is gone: whether a new one may be tried. A 421 says that nothing was done. */
static gboolean
may_try_again (TlFtpAct     *self,
               const GError *error)
{
  if (self->tried || self->connects || !g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_CLOSED))
    return FALSE;
  if (self->client->control != NULL && tl_ftp_control_is_open (self->client->control))
    return FALSE;
  return self->safe || tl_ftp_error_get_code (error) == 421;
}

void
tl_ftp_act_return_error (TlFtpAct *self,
                         GError   *error)
{
  g_autoptr (GTask) task = NULL;

  if (may_try_again (self, error))
    {
      g_error_free (error);
      self->tried = TRUE;
      g_clear_pointer (&self->reply, tl_ftp_reply_unref);
      begin (self);
      return;
    }
  task = end_act (self);
  g_task_return_error (task, error);
  tl_ftp_client_pump (g_task_get_source_object (task));
}

void
tl_ftp_act_return_reply (TlFtpAct *self)
{
  tl_ftp_act_return_error (self, tl_ftp_error_new_for_reply (self->reply));
}

static void
reply_cb (TlFtpReply   *reply,
          const GError *error,
          gpointer      user_data)
{
  TlFtpAct *self = user_data;

  if (error != NULL)
    {
      tl_ftp_act_return_error (self, g_error_copy (error));
      return;
    }
  if (tl_ftp_reply_get_class (reply) == 1)
    return;
  g_clear_pointer (&self->reply, tl_ftp_reply_unref);
  self->reply = tl_ftp_reply_ref (reply);
  tl_ftp_act_go (self, self->next);
}

void
tl_ftp_act_go (TlFtpAct *self,
               int       next)
{
  self->at = next;
  self->step (self);
}

void
tl_ftp_act_command (TlFtpAct   *self,
                    int         next,
                    const char *verb,
                    GBytes     *argument)
{
  GError *error = NULL;

  self->next = next;
  if (self->client->control == NULL)
    error = g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_CLOSED, _("The connection to the server has ended."));
  else if (tl_ftp_control_send (self->client->control, TL_FTP_COMMAND_PLAIN, verb, argument, reply_cb, self, &error))
    return;
  tl_ftp_act_return_error (self, error);
}

void
tl_ftp_act_command_text (TlFtpAct   *self,
                         int         next,
                         const char *verb,
                         const char *argument)
{
  g_autoptr (GBytes) bytes = g_bytes_new (argument, strlen (argument));

  tl_ftp_act_command (self, next, verb, bytes);
}

int
tl_ftp_act_code (TlFtpAct *self)
{
  return tl_ftp_reply_get_code (self->reply);
}

int
tl_ftp_act_class (TlFtpAct *self)
{
  return tl_ftp_reply_get_class (self->reply);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  TlFtpAct *self = user_data;
  GError *error = NULL;

  self->inner = FALSE;
  if (!tl_ftp_client_open_finish (TL_FTP_CLIENT (source), result, &error))
    {
      /* Not once more: that was the try. */
      self->tried = TRUE;
      tl_ftp_act_return_error (self, error);
      return;
    }
  if (self->connects)
    tl_ftp_act_return_true (self);
  else
    tl_ftp_act_go (self, 0);
}

static void
begin (TlFtpAct *self)
{
  TlFtpClient *client = self->client;

  if (client->control != NULL && tl_ftp_control_is_open (client->control))
    {
      if (self->connects)
        tl_ftp_act_return_true (self);
      else
        tl_ftp_act_go (self, 0);
      return;
    }
  self->inner = TRUE;
  tl_ftp_client_open_async (client, self->cancellable, opened_cb, self);
}

static gboolean
idle_cb (gpointer user_data)
{
  TlFtpClient *self = user_data;

  if (self->act == NULL && self->acts.length == 0 && self->control != NULL)
    tl_ftp_control_send (self->control, TL_FTP_COMMAND_PLAIN, "NOOP", NULL, NULL, NULL, NULL);
  return G_SOURCE_CONTINUE;
}

void
tl_ftp_client_pump (TlFtpClient *self)
{
  g_clear_handle_id (&self->idle_id, g_source_remove);
  if (self->act != NULL || self->settling)
    return;
  if (self->acts.length == 0)
    {
      if (self->control != NULL && self->idle_interval > 0)
        self->idle_id = g_timeout_add_seconds (self->idle_interval, idle_cb, self);
      return;
    }
  self->act = g_queue_pop_head (&self->acts);
  begin (self->act);
}

static void
return_cancelled (TlFtpAct *self)
{
  tl_ftp_act_return_error (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("It was cancelled.")));
}

void
tl_ftp_act_cancel (TlFtpAct *self)
{
  /* Not once more, whatever the end looks like. */
  self->tried = TRUE;
  if (self->inner)
    {
      g_cancellable_cancel (self->cancellable);
      return;
    }
  if (self->client->act == self)
    tl_ftp_client_settle (self->client, FALSE);
  return_cancelled (self);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  tl_ftp_act_cancel (user_data);
}

gpointer
tl_ftp_act_new (gsize                size,
                TlFtpClient         *client,
                gpointer             tag,
                GCancellable        *cancellable,
                GAsyncReadyCallback  callback,
                gpointer             user_data)
{
  TlFtpAct *self = g_malloc0 (size);

  self->client = client;
  self->cancellable = g_cancellable_new ();
  self->task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, tag);
  /* What is done is done, even if it is cancelled in the same moment. */
  g_task_set_check_cancellable (self->task, FALSE);
  return self;
}

void
tl_ftp_act_start (TlFtpAct *self)
{
  TlFtpClient *client = self->client;
  GCancellable *cancellable = g_task_get_cancellable (self->task);

  g_queue_push_tail (&client->acts, self);
  if (g_cancellable_is_cancelled (cancellable))
    {
      return_cancelled (self);
      return;
    }
  if (cancellable != NULL)
    self->cancelled_id = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), self);
  tl_ftp_client_pump (client);
}

static void
settled (TlFtpClient *self)
{
  self->settling = FALSE;
  self->aborting = FALSE;
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (self->control != NULL)
    tl_ftp_control_set_patient (self->control, FALSE);
  tl_ftp_client_pump (self);
}

static void
settle_reply_cb (TlFtpReply   *reply,
                 const GError *error,
                 gpointer      user_data)
{
  TlFtpClient *self = user_data;
  g_autoptr (TlFtpClient) hold = g_object_ref (self);
  guint n_waiting;

  if (error != NULL || self->control == NULL)
    {
      if (self->settling)
        settled (self);
      return;
    }
  if (!self->settling || tl_ftp_reply_get_class (reply) == 1)
    return;
  n_waiting = tl_ftp_control_get_n_waiting (self->control);
  if (!self->aborting)
    {
      if (n_waiting == 0)
        settled (self);
      return;
    }
  /* How many replies an aborted transfer has differs from server to server: 257 comes from PWD alone, and is the last. */
  if (!self->fenced)
    {
      self->fenced = TRUE;
      tl_ftp_control_send (self->control, TL_FTP_COMMAND_TRANSFER, "PWD", NULL, settle_reply_cb, self, NULL);
    }
  else if (tl_ftp_reply_get_code (reply) == 257 || (n_waiting == 0 && tl_ftp_reply_get_code (reply) >= 500))
    {
      tl_ftp_control_drop_waiting (self->control);
      settled (self);
    }
  else if (n_waiting == 0)
    tl_ftp_control_expect (self->control, settle_reply_cb, self);
}

static gboolean
settle_cb (gpointer user_data)
{
  TlFtpClient *self = user_data;
  g_autoptr (TlFtpClient) hold = g_object_ref (self);

  if (self->n_settle_ticks++ == 0 && self->aborting && !self->fenced)
    {
      tl_ftp_control_interrupt (self->control);
      tl_ftp_control_send (self->control, TL_FTP_COMMAND_TRANSFER, "ABOR", NULL, settle_reply_cb, self, NULL);
      return G_SOURCE_CONTINUE;
    }
  self->settle_id = 0;
  tl_ftp_control_note (self->control, TL_MESSAGE_EVENT, _("The server did not answer to the cancelling: the connection is closed."));
  tl_ftp_control_close (self->control, NULL);
  return G_SOURCE_REMOVE;
}

void
tl_ftp_client_settle (TlFtpClient *self,
                      gboolean     aborting)
{
  if (self->control == NULL || !tl_ftp_control_is_open (self->control) || self->settling)
    return;
  if (!aborting && tl_ftp_control_get_n_waiting (self->control) == 0)
    return;
  self->settling = TRUE;
  self->aborting = aborting;
  self->fenced = FALSE;
  self->n_settle_ticks = 0;
  tl_ftp_control_divert (self->control, settle_reply_cb, self);
  tl_ftp_control_set_patient (self->control, TRUE);
  self->settle_id = g_timeout_add (SETTLE_MS, settle_cb, self);
  if (aborting)
    tl_ftp_control_send (self->control, TL_FTP_COMMAND_TRANSFER, "ABOR", NULL, settle_reply_cb, self, NULL);
}
