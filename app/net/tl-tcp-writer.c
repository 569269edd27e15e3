/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue between those who send and a stream that takes bytes when it can: bounded, whole messages in, whole messages told of. */

#include "tl-tcp-writer.h"
#include "tl-socket-watch.h"

/* What one wake-up may write, so that a fast peer does not hold up the others. */
#define WRITE_BUDGET_BYTES (1024 * 1024)
#define WRITE_BUDGET_TIME (4 * G_TIME_SPAN_MILLISECOND)

struct _TlTcpWriter
{
  GPollableOutputStream   *output;
  GObject                 *owner;     /* not owned: it owns us */
  const TlTcpWriterEvents *events;
  GSocket                 *socket;    /* or NULL */
  GQueue                   messages;  /* of GBytes */
  gsize                    offset;    /* how much of the first one is written */
  guint64                  queued;
  gsize                    high_water;
  gsize                    low_water;
  TlSocketWatch           *watch;
  gboolean                 over_mark; /* somebody is to be told when it drained */
  gboolean                 busy;
  gboolean                 dead;
};

/* As in tl-tcp-reader.c. */
static gssize
write_some (TlTcpWriter  *self,
            const guint8 *data,
            gsize         size,
            GError      **error)
{
  if (self->socket != NULL)
    return g_socket_send_with_blocking (self->socket, (const char *) data, size, FALSE, NULL, error);
  return g_pollable_output_stream_write_nonblocking (self->output, data, size, NULL, error);
}

static gsize
write_one (TlTcpWriter *self,
           GError     **error)
{
  GBytes *bytes = g_queue_peek_head (&self->messages);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gssize n = write_some (self, data + self->offset, size - self->offset, error);

  if (n < 0)
    return 0;
  self->offset += (gsize) n;
  self->queued -= (gsize) n;
  if (self->offset < size)
    return (gsize) n;

  g_queue_pop_head (&self->messages);
  self->offset = 0;
  self->events->sent (self->owner, data, size);
  g_bytes_unref (bytes);
  return (gsize) n;
}

static void
tell_progress (TlTcpWriter *self)
{
  self->events->written (self->owner);
  if (!self->dead && self->over_mark && self->queued <= self->low_water)
    {
      self->over_mark = FALSE;
      self->events->drained (self->owner);
    }
  if (!self->dead && self->queued == 0)
    self->events->empty (self->owner);
}

static void writable_cb (gpointer user_data);

static void
start_watch (TlTcpWriter *self)
{
  if (self->watch != NULL)
    return;
  if (self->socket != NULL)
    self->watch = tl_socket_watch_new (self->socket, G_IO_OUT, writable_cb, self);
  else
    self->watch = tl_socket_watch_new_stream (g_pollable_output_stream_create_source (self->output, NULL), writable_cb, self);
}

static void
stop_watch (TlTcpWriter *self)
{
  g_clear_pointer (&self->watch, tl_socket_watch_free);
}

/* Writes what the stream takes now, and sees to being called when it takes more. The caller holds the owner. */
static void
flush (TlTcpWriter *self)
{
  g_autoptr (GError) error = NULL;
  gsize written = 0;
  gint64 deadline = g_get_monotonic_time () + WRITE_BUDGET_TIME;
  gboolean blocked;

  self->busy = TRUE;
  do
    written += write_one (self, &error);
  while (error == NULL && !self->dead && !g_queue_is_empty (&self->messages) && written < WRITE_BUDGET_BYTES
         && g_get_monotonic_time () < deadline);

  blocked = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  if (!self->dead && error != NULL && !blocked)
    {
      stop_watch (self);
      self->events->failed (self->owner, error);
    }
  else if (!self->dead)
    tell_progress (self);
  self->busy = FALSE;
  if (self->dead)
    return;
  if (self->queued == 0 || (error != NULL && !blocked))
    stop_watch (self);
  else
    start_watch (self);
}

static void
writable_cb (gpointer user_data)
{
  TlTcpWriter *self = user_data;
  g_autoptr (GObject) owner = g_object_ref (self->owner);

  flush (self);
}

TlTcpWriter *
tl_tcp_writer_new (GPollableOutputStream   *output,
                   GSocket                 *socket,
                   gsize                    high_water,
                   gsize                    low_water,
                   const TlTcpWriterEvents *events,
                   GObject                 *owner)
{
  TlTcpWriter *self = g_new0 (TlTcpWriter, 1);

  self->output = g_object_ref (output);
  g_set_object (&self->socket, socket);
  self->owner = owner;
  self->events = events;
  self->high_water = high_water;
  self->low_water = low_water;
  g_queue_init (&self->messages);
  return self;
}

void
tl_tcp_writer_free (TlTcpWriter *self)
{
  stop_watch (self);
  g_queue_clear_full (&self->messages, (GDestroyNotify) g_bytes_unref);
  g_clear_object (&self->socket);
  g_object_unref (self->output);
  g_free (self);
}

gboolean
tl_tcp_writer_push (TlTcpWriter *self,
                    GBytes      *bytes)
{
  g_autoptr (GObject) owner = g_object_ref (self->owner);
  gsize size = g_bytes_get_size (bytes);

  if (self->dead || self->queued + size > self->high_water)
    {
      self->over_mark = TRUE;
      return FALSE;
    }
  g_queue_push_tail (&self->messages, g_bytes_ref (bytes));
  self->queued += size;
  if (self->queued > self->low_water)
    self->over_mark = TRUE;

  /* At once, where nothing waits: an answer need not go round the main loop. */
  if (self->watch == NULL && !self->busy)
    flush (self);
  return TRUE;
}

guint64
tl_tcp_writer_get_queued (TlTcpWriter *self)
{
  return self->queued;
}

GBytes *
tl_tcp_writer_drop (TlTcpWriter *self)
{
  GBytes *first = g_queue_peek_head (&self->messages);
  GBytes *part = NULL;

  if (first != NULL && self->offset > 0)
    part = g_bytes_new_from_bytes (first, 0, self->offset);
  self->dead = TRUE;
  stop_watch (self);
  g_queue_clear_full (&self->messages, (GDestroyNotify) g_bytes_unref);
  self->queued = 0;
  self->offset = 0;
  return part;
}
