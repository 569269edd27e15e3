/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes over a data connection: as fast as both ends allow, and a share of the main loop at a time. */

#include "tl-ftp-data-private.h"
#include "tl-tcp-error.h"
#include "tl-tls.h"

#include <glib/gi18n-lib.h>
#include <sys/socket.h>

#define BUDGET_US 8000
#define BUDGET_BYTES (16 * 1024 * 1024)
/* How long the other end may take to end its side of TLS after an upload: long enough for it to read all, then it does not matter. */
#define CLOSE_MS 5000

static void
stop (TlFtpData *self)
{
  g_clear_handle_id (&self->stall_id, g_source_remove);
  g_clear_handle_id (&self->close_id, g_source_remove);
  g_clear_pointer (&self->watch, tl_socket_watch_free);
  g_clear_pointer (&self->accept_watch, tl_socket_watch_free);
  tl_ftp_data_forget_socket (self);
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GSocketConnection) connection = user_data;

  g_io_stream_close_finish (G_IO_STREAM (source), result, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
}

void
tl_ftp_data_close (TlFtpData *self)
{
  if (self->listener != NULL)
    g_socket_close (self->listener, NULL);
  if (self->connection == NULL || self->in_handshake)
    return;
  if (self->tls != NULL && self->established)
    g_io_stream_close_async (G_IO_STREAM (self->tls), G_PRIORITY_DEFAULT, NULL, closed_cb, g_object_ref (self->connection));
  else
    g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
}

/* A reset tells the server that this is no end in order: what it has is not whole. */
static void
reset (TlFtpData *self)
{
  const struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  g_cancellable_cancel (self->cancellable);
  if (self->listener != NULL)
    g_socket_close (self->listener, NULL);
  if (self->connection == NULL)
    return;
  setsockopt (g_socket_get_fd (g_socket_connection_get_socket (self->connection)), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  /* The handshake's thread may be at work on it: its callback closes it. */
  if (!self->in_handshake)
    g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
}

void
tl_ftp_data_abort (TlFtpData *self)
{
  if (self->over)
    return;
  self->over = TRUE;
  stop (self);
  reset (self);
}

void
tl_ftp_data_finish (TlFtpData *self,
                    GError    *error)
{
  g_autoptr (TlFtpData) hold = g_object_ref (self);
  g_autoptr (GError) owned = error;

  if (self->over)
    return;
  self->over = TRUE;
  stop (self);
  if (error == NULL)
    tl_ftp_data_close (self);
  else
    reset (self);
  self->events->over (self->owner, error);
}

static void
finish_broken (TlFtpData    *self,
               const GError *error)
{
  g_autofree char *sentence = tl_tcp_ended_sentence (error);
  TlFtpError code;

  self->cut = g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF);
  code = self->cut ? TL_FTP_ERROR_TLS : TL_FTP_ERROR_DATA;
  tl_ftp_data_finish (self, g_error_new_literal (TL_FTP_ERROR, (int) code, sentence));
}

static GIOStream *
get_stream (TlFtpData *self)
{
  return self->tls != NULL ? G_IO_STREAM (self->tls) : G_IO_STREAM (self->connection);
}

static void
pause_moving (TlFtpData *self)
{
  self->paused = TRUE;
  g_clear_pointer (&self->watch, tl_socket_watch_free);
}

static void
read_some (gpointer user_data)
{
  g_autoptr (TlFtpData) self = g_object_ref (user_data);
  GPollableInputStream *input = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (get_stream (self)));
  const gint64 end = g_get_monotonic_time () + BUDGET_US;
  gsize done = 0;

  while (!self->over && done < BUDGET_BYTES && g_get_monotonic_time () < end)
    {
      g_autoptr (GError) error = NULL;
      gsize size = 0;
      guint8 *room = self->events->room (self->owner, &size);
      gssize n;

      if (room == NULL)
        {
          if (!self->over)
            pause_moving (self);
          return;
        }
      n = g_pollable_input_stream_read_nonblocking (input, room, size, NULL, &error);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return;
      if (n < 0)
        finish_broken (self, error);
      else if (n == 0)
        tl_ftp_data_finish (self, NULL);
      if (n <= 0)
        return;
      done += (gsize) n;
      self->last_moved = g_get_monotonic_time ();
      if (!self->events->got (self->owner, (gsize) n))
        {
          tl_ftp_data_abort (self);
          return;
        }
    }
}

static void
await_end (gpointer user_data)
{
  g_autoptr (TlFtpData) self = g_object_ref (user_data);
  GPollableInputStream *input = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (get_stream (self)));
  g_autoptr (GError) error = NULL;
  guint8 nothing[1024];
  gssize n = g_pollable_input_stream_read_nonblocking (input, nothing, sizeof nothing, NULL, &error);

  if (n > 0 || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return;
  /* All was written; how the other end closes is its own affair: the reply tells whether it has all. */
  tl_ftp_data_finish (self, NULL);
}

static gboolean
close_limit_cb (gpointer user_data)
{
  TlFtpData *self = user_data;

  self->close_id = 0;
  tl_ftp_data_finish (self, NULL);
  return G_SOURCE_REMOVE;
}

static void
output_closed_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (TlFtpData) self = user_data;
  g_autoptr (GError) error = NULL;
  GPollableInputStream *input;

  if (!g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, &error) && !self->over)
    finish_broken (self, error);
  if (self->over)
    return;
  g_socket_shutdown (g_socket_connection_get_socket (self->connection), FALSE, TRUE, NULL);
  input = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (G_IO_STREAM (self->tls)));
  self->close_id = g_timeout_add (CLOSE_MS, close_limit_cb, self);
  self->watch = tl_socket_watch_new_stream (g_pollable_input_stream_create_source (input, NULL), await_end, self);
}

/* All is written. Under TLS our end is told, and theirs awaited: closing at once would throw away what they have sent (session tickets), with a reset that throws away
 * our last bytes at their side. */
static void
end_upload (TlFtpData *self)
{
  g_clear_pointer (&self->watch, tl_socket_watch_free);
  self->ending = TRUE;
  if (self->tls == NULL)
    {
      g_socket_shutdown (g_socket_connection_get_socket (self->connection), FALSE, TRUE, NULL);
      tl_ftp_data_finish (self, NULL);
      return;
    }
  g_output_stream_close_async (g_io_stream_get_output_stream (G_IO_STREAM (self->tls)), G_PRIORITY_DEFAULT, self->cancellable, output_closed_cb,
                               g_object_ref (self));
}

static void
write_some (gpointer user_data)
{
  g_autoptr (TlFtpData) self = g_object_ref (user_data);
  GPollableOutputStream *output = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (get_stream (self)));
  const gint64 end = g_get_monotonic_time () + BUDGET_US;

  while (!self->over && g_get_monotonic_time () < end)
    {
      g_autoptr (GError) error = NULL;
      gsize length = 0;
      const guint8 *bytes = self->events->peek (self->owner, &length, &error);
      gssize n;

      if (bytes == NULL && error != NULL)
        {
          g_autofree char *sentence = g_strdup_printf (_("The file on this computer cannot be read. (%s)"), error->message);

          tl_ftp_data_finish (self, g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_LOCAL, sentence));
          return;
        }
      if (bytes == NULL && length == 0)
        {
          end_upload (self);
          return;
        }
      if (bytes == NULL)
        {
          pause_moving (self);
          return;
        }
      n = g_pollable_output_stream_write_nonblocking (output, bytes, length, NULL, &error);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return;
      if (n < 0)
        {
          finish_broken (self, error);
          return;
        }
      self->last_moved = g_get_monotonic_time ();
      self->events->put (self->owner, (gsize) n);
    }
}

static void
start_watch (TlFtpData *self)
{
  GIOStream *stream = get_stream (self);
  GSocket *socket = g_socket_connection_get_socket (self->connection);

  if (self->tls == NULL)
    self->watch = tl_socket_watch_new (socket, self->upload ? G_IO_OUT : G_IO_IN, self->upload ? write_some : read_some, self);
  else if (self->upload)
    self->watch = tl_socket_watch_new_stream (g_pollable_output_stream_create_source (G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (stream)),
                                                                                      NULL), write_some, self);
  else
    self->watch = tl_socket_watch_new_stream (g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (stream)),
                                                                                     NULL), read_some, self);
}

void
tl_ftp_data_start_moving (TlFtpData *self)
{
  self->established = TRUE;
  start_watch (self);
}

void
tl_ftp_data_go_on (TlFtpData *self)
{
  if (self->over || !self->paused || self->ending)
    return;
  self->paused = FALSE;
  self->last_moved = g_get_monotonic_time ();
  if (self->established)
    start_watch (self);
}
