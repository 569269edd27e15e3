/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a name to a server that waits for commands: the connection, its greeting, and one step after the other. */

#include "tl-ftp-opening-private.h"
#include "tl-ftp-data-private.h"
#include "tl-ftp-dial.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Two dozen connections may have logged in at once. */
#define DRAIN 24

static void step (Opening *self);

static void
opening_free (Opening *self)
{
  g_clear_object (&self->control);
  g_clear_object (&self->identity);
  g_clear_pointer (&self->reply, tl_ftp_reply_unref);
  g_clear_pointer (&self->question, tl_ftp_question_free);
  g_free (self);
}

/* The one end. @error: (transfer full) (nullable) */
void
tl_ftp_opening_finish (Opening *self,
                       GError  *error)
{
  g_autoptr (GTask) task = NULL;

  if (self->returned)
    {
      g_clear_error (&error);
      return;
    }
  self->returned = TRUE;
  task = self->task;
  if (self->cancelled_id != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), self->cancelled_id);
  if (self->ended_id != 0)
    g_signal_handler_disconnect (self->control, self->ended_id);
  if (self->control != NULL)
    tl_ftp_control_divert (self->control, NULL, NULL);
  if (error == NULL)
    {
      /* Its tickets have come with the replies to the login: out of the store that all connections share. */
      if (tl_ftp_control_get_tls (self->control) != NULL)
        tl_ftp_data_drain_sessions (tl_ftp_control_get_tls (self->control), DRAIN);
      tl_ftp_client_set_control (self->client, self->control);
      tl_ftp_client_set_state (self->client, TL_FTP_READY, NULL);
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (self->control != NULL)
    tl_ftp_control_close (self->control, NULL);
  tl_ftp_client_set_security (self->client, NULL);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tl_ftp_client_set_state (self->client, TL_FTP_CLOSED, NULL);
  else
    {
      tl_message_log_append_text (self->client->log, TL_MESSAGE_ERROR, 0, error->message);
      tl_ftp_client_set_state (self->client, TL_FTP_FAILED, error->message);
    }
  g_task_return_error (task, error);
}

void
tl_ftp_opening_fail (Opening    *self,
                     TlFtpError  code,
                     const char *sentence)
{
  tl_ftp_opening_finish (self, g_error_new_literal (TL_FTP_ERROR, (int) code, sentence));
}

void
tl_ftp_opening_fail_reply (Opening *self)
{
  tl_ftp_opening_finish (self, tl_ftp_error_new_for_login (self->reply));
}

void
tl_ftp_opening_go (Opening *self,
                   Step     next)
{
  self->at = next;
  step (self);
}

int
tl_ftp_opening_class (Opening *self)
{
  return tl_ftp_reply_get_class (self->reply);
}

int
tl_ftp_opening_code (Opening *self)
{
  return tl_ftp_reply_get_code (self->reply);
}

gboolean
tl_ftp_opening_take_reply (Opening      *self,
                           TlFtpReply   *reply,
                           const GError *error)
{
  if (error != NULL)
    {
      tl_ftp_opening_finish (self, g_error_copy (error));
      return FALSE;
    }
  if (tl_ftp_reply_get_class (reply) == 1)
    return FALSE;
  g_clear_pointer (&self->reply, tl_ftp_reply_unref);
  self->reply = tl_ftp_reply_ref (reply);
  return TRUE;
}

void
tl_ftp_opening_reply_cb (TlFtpReply   *reply,
                         const GError *error,
                         gpointer      user_data)
{
  Opening *self = user_data;
  g_autoptr (GTask) task = g_object_ref (self->task);

  if (tl_ftp_opening_take_reply (self, reply, error))
    tl_ftp_opening_go (self, self->next);
}

void
tl_ftp_opening_command (Opening    *self,
                        Step        next,
                        const char *verb,
                        const char *argument)
{
  g_autoptr (GBytes) bytes = argument != NULL ? g_bytes_new (argument, strlen (argument)) : NULL;
  GError *error = NULL;

  self->next = next;
  if (!tl_ftp_control_send (self->control, TL_FTP_COMMAND_PLAIN, verb, bytes, tl_ftp_opening_reply_cb, self, &error))
    tl_ftp_opening_finish (self, error);
}

void
tl_ftp_opening_command_bytes (Opening    *self,
                              Step        next,
                              const char *verb,
                              GBytes     *argument)
{
  GError *error = NULL;

  self->next = next;
  if (!tl_ftp_control_send (self->control, TL_FTP_COMMAND_PLAIN, verb, argument, tl_ftp_opening_reply_cb, self, &error))
    tl_ftp_opening_finish (self, error);
}

static void
dial_event (GSocketClientEvent event,
            gpointer           user_data)
{
  Opening *self = user_data;

  if (!self->returned)
    tl_ftp_client_set_state (self->client, event == G_SOCKET_CLIENT_RESOLVING ? TL_FTP_RESOLVING : TL_FTP_CONNECTING, NULL);
}

static void
ended_cb (TlFtpControl *control,
          const GError *error,
          gpointer      user_data)
{
  tl_ftp_opening_finish (user_data, g_error_copy (error));
}

static void
dialled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GSocketConnection) connection = tl_ftp_dial_finish (result, &error);

  if (connection == NULL || self->returned)
    {
      tl_ftp_opening_finish (self, error);
      return;
    }
  self->control = tl_ftp_control_new (connection, self->client->log, self->client->name, self->client->timeout);
  self->ended_id = g_signal_connect (self->control, "ended", G_CALLBACK (ended_cb), self);
  tl_ftp_opening_go (self, DIALLED);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!tl_ftp_asker_ask_finish (TL_FTP_ASKER (source), result, &error) || self->returned)
    tl_ftp_opening_finish (self, error);
  else
    tl_ftp_opening_go (self, self->next);
}

/* Puts self->question to the asker; the next step finds the answer in it. */
void
tl_ftp_opening_ask (Opening *self,
                    Step     next)
{
  self->next = next;
  tl_ftp_asker_ask_async (self->client->asker, self->question, g_task_get_cancellable (self->task), asked_cb, g_object_ref (self->task));
}

void
tl_ftp_opening_new_question (Opening      *self,
                             TlFtpAskKind  kind)
{
  g_clear_pointer (&self->question, tl_ftp_question_free);
  self->question = tl_ftp_question_new (kind, self->client->site);
}

void
tl_ftp_opening_add_welcome (Opening *self)
{
  g_autofree char *text = tl_ftp_reply_dup_text (self->reply);
  g_autofree char *all = NULL;

  if (self->client->welcome != NULL)
    all = g_strconcat (self->client->welcome, "\n", text, NULL);
  tl_ftp_client_set_welcome (self->client, all != NULL ? all : text);
}

static void
step (Opening *self)
{
  TlFtpClient *client = self->client;

  switch (self->at)
    {
    case DIAL:
      tl_ftp_client_set_welcome (client, NULL);
      tl_ftp_client_set_features (client, NULL);
      tl_ftp_dial_async (tl_ftp_site_get_host (client->site), tl_ftp_site_get_port (client->site), client->timeout, client->log, dial_event,
                         self, g_task_get_cancellable (self->task), dialled_cb, g_object_ref (self->task));
      break;
    case DIALLED:
      self->next = GREETED;
      if (self->security == TL_FTP_SECURITY_IMPLICIT)
        tl_ftp_opening_start_tls (self);
      else
        tl_ftp_control_expect (self->control, tl_ftp_opening_reply_cb, self);
      break;
    case GREETED:
      if (tl_ftp_opening_class (self) != 2)
        {
          tl_ftp_opening_fail_reply (self);
          break;
        }
      tl_ftp_opening_add_welcome (self);
      self->known = tl_ftp_opening_code (self) == 230;
      if (self->security == TL_FTP_SECURITY_IMPLICIT)
        tl_ftp_opening_command (self, PBSZ_ANSWERED, "PBSZ", "0");
      else if (self->security == TL_FTP_SECURITY_NONE)
        tl_ftp_opening_go (self, LOGIN);
      else
        tl_ftp_opening_command (self, AUTH_ANSWERED, "AUTH", "TLS");
      break;
    case AUTH_ANSWERED ... PROT_ANSWERED:
      tl_ftp_opening_step_security (self);
      break;
    case LOGIN ... ACCT_ANSWERED:
      tl_ftp_opening_step_login (self);
      break;
    default:
      tl_ftp_opening_step_features (self);
    }
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Opening *self = user_data;

  tl_ftp_opening_finish (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("It was cancelled.")));
}

void
tl_ftp_client_open_async (TlFtpClient         *client,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Opening *self = g_new0 (Opening, 1);

  g_task_set_source_tag (task, tl_ftp_client_open_async);
  g_task_set_check_cancellable (task, FALSE);
  self->client = client;
  self->task = task;
  self->identity = g_network_address_new (tl_ftp_site_get_host (client->site), tl_ftp_site_get_port (client->site));
  g_object_get (client->site, "security", &self->security, "account-kind", &self->kind, NULL);
  g_task_set_task_data (task, self, (GDestroyNotify) opening_free);
  tl_ftp_client_set_control (client, NULL);
  client->type = 0;
  if (cancellable != NULL)
    self->cancelled_id = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), self);
  tl_ftp_client_set_state (client, TL_FTP_CONNECTING, NULL);
  step (self);
}

gboolean
tl_ftp_client_open_finish (TlFtpClient   *client,
                           GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
