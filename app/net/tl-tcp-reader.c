/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes what a stream has, a share of it in each turn of the main loop: one that floods holds up neither the others nor the window. */

#include "tl-tcp-reader.h"
#include "tl-socket-watch.h"

#define READ_SIZE (256 * 1024)
/* What all readers together may read in one turn of the main loop, and the least that each of them gets. */
#define ROUND_BYTES (2 * 1024 * 1024)
#define ROUND_TIME (8 * G_TIME_SPAN_MILLISECOND)
#define SHARE_MIN (4 * 1024)

struct _TlTcpReader
{
  GPollableInputStream    *input;
  GObject                 *owner;     /* not owned: it owns us */
  const TlTcpReaderEvents *events;
  GSocket                 *socket;    /* or NULL */
  TlSocketWatch           *watch;
};

/* Shares what may be read in one turn of the main loop among the readers that had something to read in the turn before. */
static gsize
take_share (gint64 *deadline)
{
  static gint64 round;
  static guint n_readers;
  static guint n_readers_before = 1;
  gint64 now = g_source_get_time (g_main_current_source ());

  if (now != round)
    {
      n_readers_before = MAX (n_readers, 1);
      n_readers = 0;
      round = now;
    }
  n_readers++;
  *deadline = g_get_monotonic_time () + ROUND_TIME / n_readers_before;
  return MAX (ROUND_BYTES / n_readers_before, SHARE_MIN);
}

/* A plain socket is read without its stream, which would do the same behind three more calls. */
static gssize
read_some (TlTcpReader *self,
           guint8      *buffer,
           gsize        size,
           GError     **error)
{
  if (self->socket != NULL)
    return g_socket_receive_with_blocking (self->socket, (char *) buffer, size, FALSE, NULL, error);
  return g_pollable_input_stream_read_nonblocking (self->input, buffer, size, NULL, error);
}

static void
readable_cb (gpointer user_data)
{
  /* One for all: it is used up before anything else can read. */
  static guint8 buffer[READ_SIZE];
  TlTcpReader *self = user_data;
  g_autoptr (GObject) owner = g_object_ref (self->owner);
  g_autoptr (GError) error = NULL;
  gint64 deadline;
  gsize share = take_share (&deadline);
  gsize done = 0;
  gsize wanted;
  gssize n;

  do
    {
      wanted = MIN (READ_SIZE, share - done);
      n = read_some (self, buffer, wanted, &error);
      if (n <= 0)
        break;
      done += (gsize) n;
      if (!self->events->got (owner, buffer, (gsize) n))
        return;
      /* A socket that gives less than it could has no more, or tells of it anew: asking once more to hear that costs as much as an answer. TLS gives a
       * record at a time, and may have others that no socket tells of. */
      if (self->socket != NULL && (gsize) n < wanted)
        return;
    }
  while (done < share && g_get_monotonic_time () < deadline);

  if (n == 0 || (n < 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)))
    self->events->over (owner, error);
}

TlTcpReader *
tl_tcp_reader_new (GPollableInputStream    *input,
                   GSocket                 *socket,
                   const TlTcpReaderEvents *events,
                   GObject                 *owner)
{
  TlTcpReader *self = g_new0 (TlTcpReader, 1);

  self->input = g_object_ref (input);
  g_set_object (&self->socket, socket);
  self->events = events;
  self->owner = owner;
  return self;
}

void
tl_tcp_reader_free (TlTcpReader *self)
{
  tl_tcp_reader_stop (self);
  g_clear_object (&self->socket);
  g_object_unref (self->input);
  g_free (self);
}

void
tl_tcp_reader_start (TlTcpReader *self)
{
  g_return_if_fail (self->watch == NULL);
  if (self->socket != NULL)
    self->watch = tl_socket_watch_new (self->socket, G_IO_IN, readable_cb, self);
  else
    self->watch = tl_socket_watch_new_stream (g_pollable_input_stream_create_source (self->input, NULL), readable_cb, self);
}

void
tl_tcp_reader_stop (TlTcpReader *self)
{
  g_clear_pointer (&self->watch, tl_socket_watch_free);
}

gboolean
tl_tcp_reader_is_running (TlTcpReader *self)
{
  return self->watch != NULL;
}
