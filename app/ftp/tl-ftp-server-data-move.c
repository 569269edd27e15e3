/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data connections of the FTP server: bytes, a share of the main loop at a time. */

#include "tl-ftp-server-data-private.h"

#include <string.h>

#define BUDGET_US 8000
/* How long the other end may take to close its side. */
#define LINGER_MS 5000
/* More than these are closed at once. */
#define MAX_LINGERING 64

static guint n_lingering;

typedef struct {
  TlFtpServerStream  stream;
  TlSocketWatch     *watch;
  guint              limit_id;
} Lingering;

static void start_watch (TlFtpServerData *self);

static gboolean
is_would_block (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

static void
pause_moving (TlFtpServerData *self)
{
  self->paused = TRUE;
  g_clear_pointer (&self->watch, tl_socket_watch_free);
}

static void
go_on_cb (TlFtpServerData *self)
{
  if (self->over || !self->paused)
    return;
  self->paused = FALSE;
  self->last_moved = g_get_monotonic_time ();
  start_watch (self);
}

/* All is written: TLS is told its end, and the socket. */
static void
end_download (TlFtpServerData *self)
{
  g_autoptr (GError) error = NULL;

  self->ending = TRUE;
  if (tl_ftp_server_stream_end (&self->stream, &error))
    tl_ftp_server_data_finish (self, TL_FTP_DATA_DONE, NULL);
  else if (!is_would_block (error))
    tl_ftp_server_data_finish (self, TL_FTP_DATA_BROKEN, error->message);
}

/* False: not now. */
static gboolean
write_once (TlFtpServerData *self)
{
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  const guint8 *bytes = tl_block_reader_peek (self->reader, &length, &error);
  gssize n;

  if (bytes == NULL)
    {
      if (error != NULL)
        tl_ftp_server_data_finish (self, TL_FTP_DATA_LOCAL, error->message);
      else if (length == 0)
        end_download (self);
      else
        pause_moving (self);
      return FALSE;
    }
  n = tl_ftp_server_stream_write (&self->stream, bytes, length, &error);
  if (n < 0)
    {
      if (!is_would_block (error))
        tl_ftp_server_data_finish (self, TL_FTP_DATA_BROKEN, error->message);
      return FALSE;
    }
  tl_block_reader_skip (self->reader, (gsize) n);
  self->last_moved = g_get_monotonic_time ();
  self->events->moved (self->owner, (gsize) n);
  return TRUE;
}

static void
writable_cb (gpointer data)
{
  TlFtpServerData *self = data;
  const gint64 end = g_get_monotonic_time () + BUDGET_US;

  if (self->ending)
    {
      end_download (self);
      return;
    }
  while (write_once (self) && g_get_monotonic_time () < end)
    ;
}

static gboolean
push_block (TlFtpServerData *self)
{
  TlBlock *block = g_steal_pointer (&self->block);

  return block == NULL || tl_block_writer_push (self->writer, block);
}

/* What came before a break is kept too: a client can go on from there. */
static void
end_upload (TlFtpServerData *self,
            TlFtpDataEnd     end,
            const char      *why)
{
  if (!push_block (self))
    end = TL_FTP_DATA_LOCAL;
  if (end == TL_FTP_DATA_DONE)
    tl_ftp_server_stream_end (&self->stream, NULL);
  tl_ftp_server_data_finish (self, end, why);
}

static gboolean
read_once (TlFtpServerData *self)
{
  g_autoptr (GError) error = NULL;
  gssize n;

  if (self->block == NULL && tl_block_writer_is_full (self->writer))
    {
      pause_moving (self);
      return FALSE;
    }
  if (self->block == NULL)
    self->block = tl_block_writer_take_block (self->writer);
  n = tl_ftp_server_stream_read (&self->stream, self->block->data + self->block->end, TL_BLOCK_SIZE - self->block->end, &error);
  if (n < 0 && is_would_block (error))
    return FALSE;
  if (n <= 0)
    {
      end_upload (self, n == 0 ? TL_FTP_DATA_DONE : TL_FTP_DATA_BROKEN, n == 0 ? NULL : error->message);
      return FALSE;
    }
  self->block->end += (gsize) n;
  self->last_moved = g_get_monotonic_time ();
  self->events->moved (self->owner, (gsize) n);
  if (self->block->end == TL_BLOCK_SIZE && !push_block (self))
    {
      tl_ftp_server_data_finish (self, TL_FTP_DATA_LOCAL, NULL);
      return FALSE;
    }
  return TRUE;
}

/* What TLS holds back would not wake us: it is read although the time is over; a record of it at most. */
static void
readable_cb (gpointer data)
{
  TlFtpServerData *self = data;
  const gint64 end = g_get_monotonic_time () + BUDGET_US;

  while (read_once (self) && (g_get_monotonic_time () < end || (self->stream.tls != NULL && tl_ftp_server_tls_has_pending (self->stream.tls))))
    ;
}

static void
start_watch (TlFtpServerData *self)
{
  const gboolean down = self->reader != NULL;

  self->watch = tl_socket_watch_new (self->stream.socket, down ? G_IO_OUT : G_IO_IN, down ? writable_cb : readable_cb, self);
  /* Bytes may have come with the end of the handshake. */
  if (!down && self->stream.tls != NULL)
    readable_cb (self);
}

void
tl_ftp_server_data_take (TlFtpServerData *self,
                         TlBlockReader   *reader,
                         TlBlockWriter   *writer)
{
  if (reader != NULL)
    {
      self->reader = g_object_ref (reader);
      g_signal_connect_swapped (reader, "ready", G_CALLBACK (go_on_cb), self);
    }
  else
    {
      self->writer = g_object_ref (writer);
      g_signal_connect_swapped (writer, "room", G_CALLBACK (go_on_cb), self);
    }
}

void
tl_ftp_server_data_move (TlFtpServerData *self)
{
  self->moving = TRUE;
  self->last_moved = g_get_monotonic_time ();
  start_watch (self);
}

void
tl_ftp_server_data_drop (TlFtpServerData *self)
{
  /* What came before the transfer was broken off, by whomever, is kept too; an empty block is only given back. */
  if (self->block != NULL)
    tl_block_writer_push (self->writer, g_steal_pointer (&self->block));
  if (self->reader != NULL)
    g_signal_handlers_disconnect_by_data (self->reader, self);
  if (self->writer != NULL)
    g_signal_handlers_disconnect_by_data (self->writer, self);
  g_clear_object (&self->reader);
  g_clear_object (&self->writer);
}

static void
lingering_free (Lingering *self)
{
  g_clear_pointer (&self->watch, tl_socket_watch_free);
  g_clear_handle_id (&self->limit_id, g_source_remove);
  tl_ftp_server_stream_clear (&self->stream, FALSE);
  n_lingering--;
  g_free (self);
}

static gboolean
linger_limit_cb (gpointer data)
{
  Lingering *self = data;

  self->limit_id = 0;
  lingering_free (self);
  return G_SOURCE_REMOVE;
}

static void
linger_readable_cb (gpointer data)
{
  Lingering *self = data;
  g_autoptr (GError) error = NULL;
  guint8 nothing[4096];

  if (tl_ftp_server_stream_read (&self->stream, nothing, sizeof nothing, &error) <= 0 && !is_would_block (error))
    lingering_free (self);
}

/* To close while something unread waits (an end of TLS, say) would be a reset, which takes away from the other end what it has not read yet. */
void
tl_ftp_server_data_linger (TlFtpServerData *self)
{
  Lingering *lingering;

  /* What else comes is not looked at: its end is enough. */
  g_clear_pointer (&self->stream.tls, tl_ftp_server_tls_free);
  if (n_lingering >= MAX_LINGERING)
    {
      tl_ftp_server_stream_clear (&self->stream, FALSE);
      return;
    }
  n_lingering++;
  lingering = g_new0 (Lingering, 1);
  lingering->stream = self->stream;
  self->stream = (TlFtpServerStream) { 0 };
  lingering->limit_id = g_timeout_add (LINGER_MS, linger_limit_cb, lingering);
  lingering->watch = tl_socket_watch_new (lingering->stream.socket, G_IO_IN, linger_readable_cb, lingering);
}
