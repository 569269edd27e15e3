/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control connection: commands out, replies in, in their order. */

#include "tl-ftp-control.h"
#include "tl-ftp-command.h"
#include "tl-ftp-control-private.h"
#include "tl-ftp-types.h"
#include "tl-tcp-error.h"
#include "tl-tls.h"

#include <glib/gi18n-lib.h>
#include <sys/socket.h>

#define MAX_QUEUED (1024 * 1024)
#define QUIT_MS 2000

enum {
  ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlFtpControl, tl_ftp_control, G_TYPE_OBJECT)

void
tl_ftp_control_note (TlFtpControl  *self,
                     TlMessageKind  kind,
                     const char    *text)
{
  tl_message_log_append_text (self->log, kind, self->peer, text);
}

static void
stop_streams (TlFtpControl *self)
{
  g_clear_pointer (&self->in_watch, tl_socket_watch_free);
  g_clear_pointer (&self->out_watch, tl_socket_watch_free);
  g_clear_handle_id (&self->silence_id, g_source_remove);
  g_clear_handle_id (&self->hold_id, g_source_remove);
  g_clear_handle_id (&self->handshake_id, g_source_remove);
  g_clear_pointer (&self->held, tl_ftp_reply_unref);
}

/* Tells all who wait, then everybody. The caller holds us. */
void
tl_ftp_control_end (TlFtpControl *self,
                    const GError *error)
{
  if (self->over)
    return;
  self->over = TRUE;
  stop_streams (self);
  g_queue_clear_full (&self->output, (GDestroyNotify) g_bytes_unref);
  g_cancellable_cancel (self->cancellable);
  /* The handshake's thread may be at work on the socket: its callback closes it. */
  if (!self->in_handshake)
    g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  while (self->waiting.length > 0)
    {
      Waiting *waiting = g_queue_pop_head (&self->waiting);

      if (waiting->func != NULL)
        waiting->func (NULL, error, waiting->user_data);
      g_free (waiting);
    }
  g_signal_emit (self, signals[ENDED], 0, error);
}

void
tl_ftp_control_end_with (TlFtpControl *self,
                         TlFtpError    code,
                         const char   *sentence)
{
  g_autoptr (GError) error = g_error_new_literal (TL_FTP_ERROR, (int) code, sentence);

  tl_ftp_control_note (self, self->waiting.length > 0 ? TL_MESSAGE_ERROR : TL_MESSAGE_EVENT, sentence);
  tl_ftp_control_end (self, error);
}

static gboolean
silence_cb (gpointer user_data)
{
  g_autoptr (TlFtpControl) self = g_object_ref (user_data);
  const gint64 silent = g_get_monotonic_time () - self->last_heard;
  const gint64 limit = (gint64) self->timeout * G_USEC_PER_SEC;
  g_autofree char *sentence = NULL;

  self->silence_id = 0;
  if (self->waiting.length == 0 || self->patient)
    return G_SOURCE_REMOVE;
  if (silent < limit)
    {
      self->silence_id = g_timeout_add ((guint) ((limit - silent) / 1000 + 1), silence_cb, self);
      return G_SOURCE_REMOVE;
    }
  sentence = g_strdup_printf (ngettext ("The server did not answer within %u second. Try again; if it stays so, check the network.",
                                        "The server did not answer within %u seconds. Try again; if it stays so, check the network.",
                                        self->timeout), self->timeout);
  tl_ftp_control_end_with (self, TL_FTP_ERROR_TIMED_OUT, sentence);
  return G_SOURCE_REMOVE;
}

static void
watch_silence (TlFtpControl *self)
{
  self->last_heard = g_get_monotonic_time ();
  if (self->silence_id == 0 && self->waiting.length > 0 && !self->patient)
    self->silence_id = g_timeout_add (self->timeout * 1000, silence_cb, self);
}

static void write_some (TlFtpControl *self);

static void
writable_cb (gpointer user_data)
{
  g_autoptr (TlFtpControl) self = g_object_ref (user_data);

  g_clear_pointer (&self->out_watch, tl_socket_watch_free);
  write_some (self);
}

static void
write_some (TlFtpControl *self)
{
  GPollableOutputStream *output = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->stream));

  while (self->output.length > 0 && self->out_watch == NULL && !self->gathering)
    {
      GBytes *bytes = g_queue_peek_head (&self->output);
      const guint8 *data = g_bytes_get_data (bytes, NULL);
      gsize length = g_bytes_get_size (bytes);
      g_autoptr (GError) error = NULL;
      gssize n = g_pollable_output_stream_write_nonblocking (output, data + self->written, length - self->written, NULL, &error);

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          self->out_watch = tl_socket_watch_new_stream (g_pollable_output_stream_create_source (output, NULL), writable_cb, self);
          return;
        }
      /* What cannot be written: the reading side tells why, with the server's last words, if there are any. */
      if (n < 0)
        {
          g_queue_clear_full (&self->output, (GDestroyNotify) g_bytes_unref);
          self->queued = self->written = 0;
          return;
        }
      self->written += (gsize) n;
      self->queued -= (gsize) n;
      if (self->written == length)
        {
          self->written = 0;
          g_bytes_unref (g_queue_pop_head (&self->output));
        }
    }
}

static Waiting *
add_waiting (TlFtpControl     *self,
             TlFtpCommandKind  kind,
             TlFtpReplyFunc    func,
             gpointer          user_data)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->kind = kind;
  waiting->func = func;
  waiting->user_data = user_data;
  g_queue_push_tail (&self->waiting, waiting);
  watch_silence (self);
  return waiting;
}

static void
tl_ftp_control_dispose (GObject *object)
{
  TlFtpControl *self = TL_FTP_CONTROL (object);

  stop_streams (self);
  g_clear_handle_id (&self->quit_id, g_source_remove);
  if (!self->over)
    {
      self->over = TRUE;
      g_cancellable_cancel (self->cancellable);
      g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
    }
  if (self->peer != 0)
    tl_message_log_release_peer (self->log, self->peer);
  self->peer = 0;

  G_OBJECT_CLASS (tl_ftp_control_parent_class)->dispose (object);
}

static void
tl_ftp_control_finalize (GObject *object)
{
  TlFtpControl *self = TL_FTP_CONTROL (object);

  g_queue_clear_full (&self->output, (GDestroyNotify) g_bytes_unref);
  g_queue_clear_full (&self->waiting, g_free);
  g_clear_pointer (&self->parser, tl_ftp_reply_parser_free);
  g_clear_pointer (&self->secrets, tl_ftp_sent_secrets_free);
  g_clear_object (&self->stream);
  g_clear_object (&self->tls);
  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->log);

  G_OBJECT_CLASS (tl_ftp_control_parent_class)->finalize (object);
}

static void
tl_ftp_control_class_init (TlFtpControlClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tl_ftp_control_dispose;
  object_class->finalize = tl_ftp_control_finalize;

  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
tl_ftp_control_init (TlFtpControl *self)
{
  g_queue_init (&self->output);
  g_queue_init (&self->waiting);
  self->cancellable = g_cancellable_new ();
  self->parser = tl_ftp_reply_parser_new ();
  self->secrets = tl_ftp_sent_secrets_new ();
}

TlFtpControl *
tl_ftp_control_new (GSocketConnection *connection,
                    TlMessageLog      *log,
                    const char        *name,
                    guint              timeout)
{
  TlFtpControl *self;

  g_return_val_if_fail (G_IS_SOCKET_CONNECTION (connection), NULL);
  g_return_val_if_fail (TL_IS_MESSAGE_LOG (log), NULL);

  self = g_object_new (TL_TYPE_FTP_CONTROL, NULL);
  self->connection = g_object_ref (connection);
  self->stream = G_IO_STREAM (g_object_ref (connection));
  self->log = g_object_ref (log);
  self->peer = tl_message_log_add_peer (log, name);
  self->timeout = timeout;
  tl_ftp_control_start_reading (self);
  return self;
}

void
tl_ftp_control_expect (TlFtpControl   *self,
                       TlFtpReplyFunc  func,
                       gpointer        user_data)
{
  g_return_if_fail (TL_IS_FTP_CONTROL (self));

  add_waiting (self, TL_FTP_COMMAND_PLAIN, func, user_data);
}

gboolean
tl_ftp_control_send (TlFtpControl      *self,
                     TlFtpCommandKind   kind,
                     const char        *verb,
                     GBytes            *argument,
                     TlFtpReplyFunc     func,
                     gpointer           user_data,
                     GError           **error)
{
  g_autoptr (GBytes) shown = NULL;
  GBytes *line;

  g_return_val_if_fail (TL_IS_FTP_CONTROL (self), FALSE);

  line = tl_ftp_command_build (verb, argument, &shown, error);
  if (line == NULL)
    return FALSE;
  if (self->over || self->queued + g_bytes_get_size (line) > MAX_QUEUED)
    {
      g_bytes_unref (line);
      g_set_error_literal (error, TL_FTP_ERROR, TL_FTP_ERROR_CLOSED, _("The connection to the server has ended."));
      return FALSE;
    }
  tl_message_log_append (self->log, TL_MESSAGE_SENT, 0, self->peer, g_bytes_get_data (shown, NULL), g_bytes_get_size (shown));
  self->queued += g_bytes_get_size (line);
  g_queue_push_tail (&self->output, line);
  add_waiting (self, kind, func, user_data)->secret = tl_ftp_sent_secrets_note (self->secrets, verb, argument);
  write_some (self);
  return TRUE;
}

/* What waits becomes one. */
static void
join_output (TlFtpControl *self)
{
  GByteArray *all = g_byte_array_new ();
  GBytes *line;

  while ((line = g_queue_pop_head (&self->output)) != NULL)
    {
      g_byte_array_append (all, g_bytes_get_data (line, NULL), (guint) g_bytes_get_size (line));
      g_bytes_unref (line);
    }
  g_queue_push_tail (&self->output, g_byte_array_free_to_bytes (all));
}

void
tl_ftp_control_gather (TlFtpControl *self,
                       gboolean      gather)
{
  g_return_if_fail (TL_IS_FTP_CONTROL (self));

  self->gathering = gather;
  if (gather || self->over)
    return;
  /* Of one that is half written the rest goes on where it was: only its beginning counts as written. */
  if (self->output.length > 1 && self->out_watch == NULL)
    join_output (self);
  write_some (self);
}

void
tl_ftp_control_divert (TlFtpControl   *self,
                       TlFtpReplyFunc  func,
                       gpointer        user_data)
{
  g_return_if_fail (TL_IS_FTP_CONTROL (self));

  for (GList *l = self->waiting.head; l != NULL; l = l->next)
    {
      Waiting *waiting = l->data;

      waiting->func = func;
      waiting->user_data = user_data;
    }
}

void
tl_ftp_control_drop_waiting (TlFtpControl *self)
{
  g_return_if_fail (TL_IS_FTP_CONTROL (self));

  g_queue_clear_full (&self->waiting, g_free);
}

guint
tl_ftp_control_get_n_waiting (TlFtpControl *self)
{
  g_return_val_if_fail (TL_IS_FTP_CONTROL (self), 0);

  return self->waiting.length;
}

void
tl_ftp_control_interrupt (TlFtpControl *self)
{
  static const char ip[] = { '\xff', '\xf4' };
  static const char synch[] = { '\xff', '\xf2' };
  GSocket *socket;

  g_return_if_fail (TL_IS_FTP_CONTROL (self));

  /* Under TLS there is no urgent data, and half a command may be on its way. */
  if (self->over || self->tls != NULL || self->output.length > 0)
    return;
  socket = g_socket_connection_get_socket (self->connection);
  if (send (g_socket_get_fd (socket), ip, sizeof ip, MSG_DONTWAIT | MSG_NOSIGNAL) == sizeof ip)
    send (g_socket_get_fd (socket), synch, sizeof synch, MSG_DONTWAIT | MSG_NOSIGNAL | MSG_OOB);
}

void
tl_ftp_control_set_patient (TlFtpControl *self,
                            gboolean      patient)
{
  g_return_if_fail (TL_IS_FTP_CONTROL (self));

  self->patient = patient;
  watch_silence (self);
}

GTlsConnection *
tl_ftp_control_get_tls (TlFtpControl *self)
{
  g_return_val_if_fail (TL_IS_FTP_CONTROL (self), NULL);

  return self->tls;
}

GSocketConnection *
tl_ftp_control_get_connection (TlFtpControl *self)
{
  g_return_val_if_fail (TL_IS_FTP_CONTROL (self), NULL);

  return self->connection;
}

gboolean
tl_ftp_control_is_open (TlFtpControl *self)
{
  g_return_val_if_fail (TL_IS_FTP_CONTROL (self), FALSE);

  return !self->over;
}

void
tl_ftp_control_close (TlFtpControl *self,
                      const GError *error)
{
  g_autoptr (TlFtpControl) hold = NULL;
  g_autoptr (GError) closed = NULL;

  g_return_if_fail (TL_IS_FTP_CONTROL (self));

  hold = g_object_ref (self);
  closed = g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_CLOSED, _("The connection was closed."));
  tl_ftp_control_end (self, error != NULL ? error : closed);
}

static gboolean
quit_over_cb (gpointer user_data)
{
  TlFtpControl *self = user_data;

  self->quit_id = 0;
  tl_ftp_control_close (self, NULL);
  return G_SOURCE_REMOVE;
}

static void
quit_reply_cb (TlFtpReply   *reply,
               const GError *error,
               gpointer      user_data)
{
  TlFtpControl *self = user_data;

  g_clear_handle_id (&self->quit_id, g_source_remove);
  self->quit_id = g_idle_add_full (G_PRIORITY_DEFAULT, quit_over_cb, g_object_ref (self), g_object_unref);
}

void
tl_ftp_control_quit (TlFtpControl *self)
{
  g_return_if_fail (TL_IS_FTP_CONTROL (self));

  if (self->over || self->in_handshake || self->quit_id != 0)
    {
      tl_ftp_control_close (self, NULL);
      return;
    }
  self->quit_id = g_timeout_add_full (G_PRIORITY_DEFAULT, QUIT_MS, quit_over_cb, g_object_ref (self), g_object_unref);
  tl_ftp_control_send (self, TL_FTP_COMMAND_PLAIN, "QUIT", NULL, quit_reply_cb, self, NULL);
}
