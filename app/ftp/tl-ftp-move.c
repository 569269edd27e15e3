/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command and its data connection: two ends that come in any order, and both count. */

#include "tl-ftp-move.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TRIES 3
/* How long the server may take to say why the data connection broke. */
#define REASON_MS 5000
/* How long the first byte may take after the server has said that all was sent. */
#define EMPTY_MS 1500

typedef enum {
  OPEN,
  OPENED,
  REST_ANSWERED,
  MOVING,
} Step;

struct _TlFtpMove
{
  TlFtpClient      *client;
  GTask            *task;          /* it owns us */
  TlFtpControl     *control;
  TlFtpData        *data;
  const char       *verb;
  GBytes           *argument;
  guint64           rest;
  const TlFtpMover *mover;
  gpointer          owner;
  Step              at;
  guint             n_tries;
  gulong            cancelled_id;
  guint             reason_id;
  TlFtpReply       *reply;         /* the final one */
  GError           *error;         /* of the data connection */
  GError           *lost;          /* of the control connection: what is on its way is still read */
  gint64            expected;
  guint64           moved;
  gboolean          cut;
  gboolean          sent;          /* the command is out */
  gboolean          begun;         /* a preliminary reply has come */
  gboolean          data_over;
  gboolean          returned;
};

static const TlFtpDataEvents data_events;

static void step (TlFtpMove *self);

static void
move_free (TlFtpMove *self)
{
  g_clear_object (&self->data);
  g_clear_object (&self->control);
  g_clear_pointer (&self->argument, g_bytes_unref);
  g_clear_pointer (&self->reply, tl_ftp_reply_unref);
  g_clear_error (&self->error);
  g_clear_error (&self->lost);
  g_free (self);
}

/* The one end. @error: (transfer full) (nullable) */
static void
finish (TlFtpMove *self,
        GError    *error)
{
  g_autoptr (GTask) task = NULL;

  if (self->returned)
    {
      g_clear_error (&error);
      return;
    }
  self->returned = TRUE;
  task = self->task;
  g_clear_handle_id (&self->reason_id, g_source_remove);
  if (self->cancelled_id != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), self->cancelled_id);
  if (self->data != NULL)
    tl_ftp_data_abort (self->data);
  if (tl_ftp_control_is_open (self->control))
    {
      tl_ftp_control_set_patient (self->control, FALSE);
      if (tl_ftp_control_get_n_waiting (self->control) > 0)
        tl_ftp_client_settle (self->client, self->sent && self->reply == NULL);
      tl_ftp_client_set_state (self->client, TL_FTP_READY, NULL);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
reason_cb (gpointer user_data)
{
  TlFtpMove *self = user_data;

  self->reason_id = 0;
  if (self->lost != NULL)
    finish (self, g_error_copy (self->lost));
  else if (self->reply != NULL && tl_ftp_reply_get_class (self->reply) != 2)
    finish (self, tl_ftp_error_new_for_reply (self->reply));
  else if (self->error != NULL)
    finish (self, g_error_copy (self->error));
  else if (self->moved == 0)
    finish (self, NULL);
  return G_SOURCE_REMOVE;
}

/* 425 (and what ProFTPD says so when a TLS session is not the right one): before anything has moved, the same may go well a second time. */
static gboolean
try_again (TlFtpMove *self)
{
  if (self->moved > 0 || tl_ftp_reply_get_code (self->reply) != 425 || ++self->n_tries >= MAX_TRIES)
    return FALSE;
  tl_ftp_data_abort (self->data);
  g_clear_object (&self->data);
  g_clear_pointer (&self->reply, tl_ftp_reply_unref);
  g_clear_error (&self->error);
  self->data_over = FALSE;
  self->sent = FALSE;
  self->begun = FALSE;
  self->at = OPEN;
  step (self);
  return TRUE;
}

/* The server's last word is there, and it is good. */
static void
judge_end (TlFtpMove *self)
{
  if (!self->data_over)
    {
      if (self->moved == 0 && self->mover->may_be_empty)
        self->reason_id = g_timeout_add (tl_ftp_data_is_connected (self->data) ? EMPTY_MS : 0, reason_cb, self);
      return;
    }
  if (self->error == NULL)
    {
      finish (self, NULL);
      return;
    }
  self->cut = tl_ftp_data_was_cut (self->data);
  finish (self, g_error_copy (self->error));
}

/* One of the two ends has come: the reply, or that of the data. */
static void
judge (TlFtpMove *self)
{
  g_clear_handle_id (&self->reason_id, g_source_remove);
  if (self->lost != NULL)
    finish (self, g_error_copy (self->lost));
  else if (self->error != NULL && tl_ftp_data_is_foreign (self->data))
    finish (self, g_error_copy (self->error));  /* whatever the server says of it */
  else if (self->reply != NULL && tl_ftp_reply_get_class (self->reply) != 2)
    {
      if (try_again (self))
        return;
      /* What the server had sent before it failed may still be on its way: it is kept, for going on from there. */
      if (self->begun && !self->data_over && self->mover->got != NULL && tl_ftp_data_is_connected (self->data))
        self->reason_id = g_timeout_add (EMPTY_MS, reason_cb, self);
      else
        finish (self, tl_ftp_error_new_for_reply (self->reply));
    }
  else if (self->reply != NULL)
    judge_end (self);
  else if (self->error == NULL)
    tl_ftp_control_set_patient (self->control, FALSE);
  else if (g_error_matches (self->error, TL_FTP_ERROR, TL_FTP_ERROR_DATA) || g_error_matches (self->error, TL_FTP_ERROR, TL_FTP_ERROR_TLS))
    self->reason_id = g_timeout_add (REASON_MS, reason_cb, self);
  else
    finish (self, g_error_copy (self->error));
}

static void
transfer_cb (TlFtpReply   *reply,
             const GError *error,
             gpointer      user_data)
{
  TlFtpMove *self = user_data;
  g_autoptr (GTask) task = g_object_ref (self->task);

  if (error != NULL && !self->data_over && self->mover->got != NULL)
    {
      /* What has come is kept, for going on from there. */
      self->lost = g_error_copy (error);
      self->reason_id = g_timeout_add (REASON_MS, reason_cb, self);
      return;
    }
  if (error != NULL)
    {
      finish (self, g_error_copy (error));
      return;
    }
  if (tl_ftp_reply_get_class (reply) < 3)
    self->client->rest_set = FALSE;
  if (tl_ftp_reply_get_class (reply) == 1)
    {
      self->begun = TRUE;
      if (self->expected < 0)
        self->expected = tl_ftp_answer_transfer_size (reply);
      return;
    }
  self->reply = tl_ftp_reply_ref (reply);
  judge (self);
}

static void
rest_cb (TlFtpReply   *reply,
         const GError *error,
         gpointer      user_data)
{
  TlFtpMove *self = user_data;
  g_autoptr (GTask) task = g_object_ref (self->task);

  if (error != NULL)
    {
      finish (self, g_error_copy (error));
      return;
    }
  if (tl_ftp_reply_get_class (reply) == 1)
    return;
  if (tl_ftp_reply_get_code (reply) != 350 && self->rest == 0)
    {
      /* An older place cannot be taken back: a new connection has none. */
      tl_ftp_control_close (self->control, NULL);
      finish (self, g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_CLOSED, _("The connection was closed.")));
      return;
    }
  if (tl_ftp_reply_get_code (reply) != 350)
    {
      self->client->rest_set = FALSE;
      finish (self, tl_ftp_error_new_with_reply (TL_FTP_ERROR_UNSUPPORTED, _("The server cannot begin in the middle of a file."), reply));
      return;
    }
  self->at = REST_ANSWERED;
  step (self);
}

static void
opened (gpointer  owner,
        GError   *error)
{
  TlFtpMove *self = owner;
  g_autoptr (GTask) task = g_object_ref (self->task);

  if (error != NULL)
    {
      finish (self, error);
      return;
    }
  self->at = OPENED;
  step (self);
}

static guint8 *
room (gpointer  owner,
      gsize    *size)
{
  TlFtpMove *self = owner;

  return self->mover->room (self->owner, size);
}

static gboolean
got (gpointer owner,
     gsize    length)
{
  TlFtpMove *self = owner;
  g_autoptr (GTask) task = g_object_ref (self->task);

  self->moved += length;
  if (self->mover->got (self->owner, length))
    return TRUE;
  finish (self, g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, _("What came could not be taken.")));
  return FALSE;
}

static const guint8 *
peek (gpointer   owner,
      gsize     *length,
      GError   **error)
{
  TlFtpMove *self = owner;

  return self->mover->peek (self->owner, length, error);
}

static void
put (gpointer owner,
     gsize    length)
{
  TlFtpMove *self = owner;

  self->moved += length;
  self->mover->put (self->owner, length);
}

static void
over (gpointer      owner,
      const GError *error)
{
  TlFtpMove *self = owner;
  g_autoptr (GTask) task = g_object_ref (self->task);

  self->data_over = TRUE;
  if (error != NULL)
    self->error = g_error_copy (error);
  judge (self);
}

static const TlFtpDataEvents data_events = { opened, room, got, peek, put, over };

static void
send_rest (TlFtpMove *self)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, self->rest);
  g_autoptr (GBytes) argument = g_bytes_new (text, strlen (text));
  GError *error = NULL;

  self->client->rest_set = TRUE;
  if (!tl_ftp_control_send (self->control, TL_FTP_COMMAND_PLAIN, "REST", argument, rest_cb, self, &error))
    finish (self, error);
}

static void
send_command (TlFtpMove *self)
{
  GError *error = NULL;

  if (!tl_ftp_control_send (self->control, TL_FTP_COMMAND_TRANSFER, self->verb, self->argument, transfer_cb, self, &error))
    {
      finish (self, error);
      return;
    }
  self->sent = TRUE;
  tl_ftp_control_set_patient (self->control, TRUE);
  tl_ftp_client_set_state (self->client, TL_FTP_TRANSFERRING, NULL);
  tl_ftp_data_run (self->data);
}

static void
step (TlFtpMove *self)
{
  switch (self->at)
    {
    case OPEN:
      self->data = tl_ftp_data_new (self->client, &data_events, self, self->mover->peek != NULL);
      tl_ftp_data_open (self->data);
      break;
    case OPENED:
      /* Right before the command: some servers forget it when another one comes between, and some do not: a place that was named for a transfer that never
       * began is taken back. */
      if (self->rest > 0 || (self->client->rest_set && !self->mover->may_be_empty))
        send_rest (self);
      else
        {
          self->at = MOVING;
          send_command (self);
        }
      break;
    case REST_ANSWERED:
      self->at = MOVING;
      send_command (self);
      break;
    case MOVING:
    default:
      g_assert_not_reached ();
    }
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  finish (user_data, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("It was cancelled.")));
}

TlFtpMove *
tl_ftp_move_async (TlFtpClient         *client,
                   const char          *verb,
                   GBytes              *argument,
                   guint64              rest,
                   const TlFtpMover    *mover,
                   gpointer             owner,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  TlFtpMove *self = g_new0 (TlFtpMove, 1);
  g_autoptr (GTask) hold = g_object_ref (task);

  g_task_set_source_tag (task, tl_ftp_move_async);
  g_task_set_check_cancellable (task, FALSE);
  self->client = client;
  self->task = task;
  self->control = g_object_ref (client->control);
  self->verb = verb;
  self->argument = argument != NULL ? g_bytes_ref (argument) : NULL;
  self->rest = rest;
  self->mover = mover;
  self->owner = owner;
  self->expected = -1;
  g_task_set_task_data (task, self, (GDestroyNotify) move_free);
  if (cancellable != NULL)
    self->cancelled_id = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), self);
  step (self);
  return self;
}

gboolean
tl_ftp_move_finish (GAsyncResult  *result,
                    gint64        *expected,
                    gboolean      *cut,
                    GError       **error)
{
  const TlFtpMove *self = g_task_get_task_data (G_TASK (result));

  *expected = self->expected;
  *cut = self->cut;
  return g_task_propagate_boolean (G_TASK (result), error);
}

TlFtpReply *
tl_ftp_move_get_reply (GAsyncResult *result)
{
  const TlFtpMove *self = g_task_get_task_data (G_TASK (result));

  return self->reply;
}

/* Of the name, or of what may be done. All else can be said after the file was made or emptied: some servers do so before they wait for the data connection
 * (425, 426, 522; 421 when that takes too long), or for room (451, 452, 552). */
static gboolean
speaks_of_the_name (guint code)
{
  switch (code)
    {
    case 421:
    case 425:
    case 426:
    case 451:
    case 452:
    case 522:
    case 552:
      return FALSE;
    default:
      return code >= 400;
    }
}

gboolean
tl_ftp_move_was_refused (GAsyncResult *result)
{
  const TlFtpMove *self = g_task_get_task_data (G_TASK (result));

  return !self->begun && self->n_tries == 0 && self->reply != NULL && speaks_of_the_name (tl_ftp_reply_get_code (self->reply));
}

gboolean
tl_ftp_move_has_begun (GAsyncResult *result)
{
  const TlFtpMove *self = g_task_get_task_data (G_TASK (result));

  return self->begun || (self->reply != NULL && tl_ftp_reply_get_class (self->reply) == 2);
}

void
tl_ftp_move_go_on (TlFtpMove *self)
{
  if (!self->returned && self->data != NULL)
    tl_ftp_data_go_on (self->data);
}
