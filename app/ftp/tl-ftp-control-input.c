/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes on a control connection: lines for the log, replies for those who wait. */

#include "tl-ftp-control-private.h"
#include "tl-tcp-error.h"

#include <glib/gi18n-lib.h>

#define READ_SIZE (16 * 1024)
#define READ_BUDGET (256 * 1024)
#define MAX_UNSOLICITED 1000
#define MAX_PRELIMINARY 1000
/* How long a reply that may belong to the transfer before is held, in the hope for the right one. */
#define HOLD_MS 3000

static void
deliver (TlFtpControl *self,
         TlFtpReply   *reply)
{
  Waiting *waiting = g_queue_peek_head (&self->waiting);
  const int code = tl_ftp_reply_get_code (reply);

  if (code < 200)
    {
      if (++waiting->n_preliminary > MAX_PRELIMINARY)
        tl_ftp_control_end_with (self, TL_FTP_ERROR_PROTOCOL, _("The server sends preliminary replies without end."));
      else if (waiting->func != NULL)
        waiting->func (reply, NULL, waiting->user_data);
      return;
    }
  self->may_repeat = waiting->kind == TL_FTP_COMMAND_TRANSFER;
  g_queue_pop_head (&self->waiting);
  if (waiting->func != NULL)
    waiting->func (reply, NULL, waiting->user_data);
  g_free (waiting);
}

static gboolean
hold_cb (gpointer user_data)
{
  g_autoptr (TlFtpControl) self = g_object_ref (user_data);
  g_autoptr (TlFtpReply) reply = g_steal_pointer (&self->held);

  self->hold_id = 0;
  if (self->waiting.length > 0)
    deliver (self, reply);
  return G_SOURCE_REMOVE;
}

/* Some servers say twice that a transfer is over. Such a reply to a command that has nothing to do with transfers is held back for a while: it is given
 * to the command only when no other reply comes. */
static gboolean
hold_repeated (TlFtpControl *self,
               TlFtpReply   *reply)
{
  Waiting *waiting = g_queue_peek_head (&self->waiting);
  const int code = tl_ftp_reply_get_code (reply);

  if (!self->may_repeat || waiting->kind == TL_FTP_COMMAND_TRANSFER || (code != 226 && code != 426))
    return FALSE;
  self->may_repeat = FALSE;
  self->held = tl_ftp_reply_ref (reply);
  self->hold_id = g_timeout_add (HOLD_MS, hold_cb, self);
  return TRUE;
}

static void
end_for_421 (TlFtpControl *self,
             TlFtpReply   *reply)
{
  g_autoptr (GError) error = tl_ftp_error_new_for_reply (reply);

  tl_ftp_control_end (self, error);
}

/* Whether what comes now answers a command that held a secret. */
static gboolean
answers_secret (TlFtpControl *self)
{
  Waiting *waiting = g_queue_peek_head (&self->waiting);

  return waiting != NULL && waiting->secret;
}

/* The words of a refusal are shown, those of other replies are read: they stay as they are. */
static TlFtpReply *
hide_secrets (TlFtpControl *self,
              TlFtpReply   *reply)
{
  if (!answers_secret (self) && tl_ftp_reply_get_code (reply) < 400)
    return tl_ftp_reply_ref (reply);
  return tl_ftp_sent_secrets_hide_reply (self->secrets, reply, answers_secret (self));
}

static void
take_reply (TlFtpControl *self,
            TlFtpReply   *reply)
{
  if (tl_ftp_reply_get_code (reply) == 421)
    {
      end_for_421 (self, reply);
      return;
    }
  if (self->waiting.length == 0)
    {
      if (++self->n_unsolicited > MAX_UNSOLICITED)
        tl_ftp_control_end_with (self, TL_FTP_ERROR_PROTOCOL, _("The server sends replies that nobody asked for, without end."));
      return;
    }
  if (hold_repeated (self, reply))
    return;
  g_clear_handle_id (&self->hold_id, g_source_remove);
  g_clear_pointer (&self->held, tl_ftp_reply_unref);
  deliver (self, reply);
}

static void
log_lines (TlFtpControl *self)
{
  GBytes *line;

  while ((line = tl_ftp_reply_parser_pop_line (self->parser)) != NULL)
    {
      g_autoptr (GBytes) shown = tl_ftp_sent_secrets_hide (self->secrets, line, answers_secret (self));

      tl_message_log_append (self->log, TL_MESSAGE_RECEIVED, 0, self->peer, g_bytes_get_data (shown, NULL), g_bytes_get_size (shown));
      g_bytes_unref (line);
    }
}

/* The parser is the owner's to change while replies are told: TLS begins a new one. */
static void
take_replies (TlFtpControl *self)
{
  TlFtpReply *reply;

  while (!self->over && (reply = tl_ftp_reply_parser_pop (self->parser)) != NULL)
    {
      g_autoptr (TlFtpReply) hidden = hide_secrets (self, reply);

      take_reply (self, hidden);
      tl_ftp_reply_unref (reply);
    }
}

static void
feed (TlFtpControl *self,
      const guint8 *data,
      gsize         length)
{
  g_autoptr (GError) error = NULL;

  self->last_heard = g_get_monotonic_time ();
  tl_ftp_reply_parser_feed (self->parser, data, length, &error);
  log_lines (self);
  take_replies (self);
  if (error != NULL)
    tl_ftp_control_end_with (self, TL_FTP_ERROR_PROTOCOL, error->message);
}

static void
read_failed (TlFtpControl *self,
             const GError *error)
{
  g_autofree char *sentence = NULL;
  g_autofree char *reason = NULL;

  if (error == NULL)
    {
      tl_ftp_reply_parser_finish (self->parser, NULL);
      log_lines (self);
      take_replies (self);
      if (!self->over)
        tl_ftp_control_end_with (self, TL_FTP_ERROR_CLOSED, _("The server has ended the connection."));
      return;
    }
  reason = tl_tcp_ended_sentence (error);
  tl_ftp_control_end_with (self, TL_FTP_ERROR_CLOSED, reason);
}

static void
readable_cb (gpointer user_data)
{
  g_autoptr (TlFtpControl) self = g_object_ref (user_data);
  guint8 buffer[READ_SIZE];
  gsize done = 0;

  while (!self->over && self->in_watch != NULL && done < READ_BUDGET)
    {
      g_autoptr (GError) error = NULL;
      GInputStream *input = g_io_stream_get_input_stream (self->stream);
      gssize n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input), buffer, sizeof buffer, NULL, &error);

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return;
      if (n <= 0)
        {
          read_failed (self, error);
          return;
        }
      done += (gsize) n;
      feed (self, buffer, (gsize) n);
    }
}

void
tl_ftp_control_start_reading (TlFtpControl *self)
{
  GPollableInputStream *input = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->stream));

  /* In clear it is as ready as its socket: that is watched together with all others. */
  if (self->tls == NULL)
    self->in_watch = tl_socket_watch_new (g_socket_connection_get_socket (self->connection), G_IO_IN, readable_cb, self);
  else
    self->in_watch = tl_socket_watch_new_stream (g_pollable_input_stream_create_source (input, NULL), readable_cb, self);
}

void
tl_ftp_control_stop_reading (TlFtpControl *self)
{
  g_clear_pointer (&self->in_watch, tl_socket_watch_free);
}
