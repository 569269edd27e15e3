/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One connected stream: what comes goes to the session at once, what is sent waits in a bounded queue, and each way to end is an act of its own. */

#include "tl-tcp-channel.h"
#include "tl-session-private.h"
#include "tl-socket-watch.h"
#include "tl-tcp-calls.h"
#include "tl-tcp-error.h"
#include "tl-tcp-reader.h"
#include "tl-tcp-writer.h"

#include <glib/gi18n-lib.h>

struct _TlTcpChannel
{
  TlPeer        parent_instance;

  TlSession    *session;      /* weak: it owns us */
  GIOStream    *stream;
  GSocket      *socket;
  TlTcpWriter  *writer;
  TlTcpReader  *reader;
  TlSocketWatch *reset_watch; /* after the other's FIN */
  GError       *failure;      /* a write failed; what was received before is read first */
  guint         limit_id;
  gboolean      limit_slides; /* anew with each progress */

  gboolean      close_on_eof;
  gboolean      eof;          /* the other side has ended */
  gboolean      eof_first;    /* before we wished to */
  gboolean      closing;      /* to end our side when all answers are out */
  gboolean      shut_wanted;  /* end our side when nothing waits */
  gboolean      shut_started;
  gboolean      shut;
  gboolean      ended;
};

enum {
  SIGNAL_ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlTcpChannel, tl_tcp_channel, TL_TYPE_PEER)

static void
log_line (TlTcpChannel  *self,
          TlMessageKind  kind,
          const char    *text)
{
  if (self->session != NULL)
    tl_message_log_append_text (tl_session_get_log (self->session), kind, tl_peer_get_log_id (TL_PEER (self)), text);
}

static void
stop_sources (TlTcpChannel *self)
{
  tl_tcp_reader_stop (self->reader);
  g_clear_pointer (&self->reset_watch, tl_socket_watch_free);
  g_clear_handle_id (&self->limit_id, g_source_remove);
}

/* No byte is lost in silence: of a message that was cut, the part that went out is logged as sent, and the rest is counted. */
static gboolean
drop_queue (TlTcpChannel *self)
{
  guint64 unsent = tl_tcp_writer_get_queued (self->writer);
  g_autoptr (GBytes) part = tl_tcp_writer_drop (self->writer);
  g_autofree char *text = tl_tcp_unsent_sentence (unsent);

  if (part != NULL && self->session != NULL)
    tl_session_sent (self->session, TL_PEER (self), g_get_real_time (), g_bytes_get_data (part, NULL), g_bytes_get_size (part));
  tl_peer_set_queued (TL_PEER (self), 0);
  if (unsent == 0)
    return FALSE;
  log_line (self, TL_MESSAGE_WARNING, text);
  return TRUE;
}

static void
writer_drained (gpointer owner)
{
  TlTcpChannel *self = owner;

  if (self->session != NULL)
    tl_session_peer_drained (self->session, TL_PEER (self));
}

/* @sentence: what went wrong, or NULL after an end in order. */
static void
finish (TlTcpChannel *self,
        TlPeerState   state,
        gboolean      reset,
        const char   *sentence)
{
  g_autoptr (TlTcpChannel) hold = g_object_ref (self);
  gboolean dropped;

  if (self->ended)
    return;
  self->ended = TRUE;
  stop_sources (self);
  dropped = drop_queue (self);
  tl_tcp_call_close (self->session, TL_PEER (self), self->socket, reset);
  if (sentence != NULL)
    log_line (self, reset ? TL_MESSAGE_EVENT : TL_MESSAGE_WARNING, sentence);
  else
    log_line (self, TL_MESSAGE_EVENT, self->eof_first ? _("The other side closed the connection.") : _("The connection was closed in order."));
  tl_peer_set_state (TL_PEER (self), state, sentence);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, state, sentence);
  /* Whoever waits for room in the queue is to try again, and to learn that there is no connection. */
  if (dropped)
    writer_drained (self);
}

static void
finish_with_error (TlTcpChannel *self,
                   const GError *error)
{
  g_autofree char *sentence = tl_tcp_ended_sentence (error);

  finish (self, tl_tcp_ended_state (error), FALSE, sentence);
}

static gboolean limit_cb (gpointer user_data);

static void
start_limit (TlTcpChannel *self,
             gboolean      slides)
{
  self->limit_slides = slides;
  g_clear_handle_id (&self->limit_id, g_source_remove);
  self->limit_id = g_timeout_add_seconds (TL_TCP_CLOSE_LIMIT, limit_cb, self);
}

static void
shut_done (TlTcpChannel *self)
{
  const gboolean closing = tl_peer_get_state (TL_PEER (self)) == TL_PEER_CLOSING;

  tl_tcp_call_shutdown (self->session, TL_PEER (self), self->socket);
  self->shut = TRUE;
  if (self->eof)
    {
      finish (self, TL_PEER_CLOSED, FALSE, NULL);
      return;
    }
  if (closing)
    start_limit (self, FALSE);
  else
    tl_peer_set_state (TL_PEER (self), TL_PEER_HALF_CLOSED_LOCAL, NULL);
  log_line (self, TL_MESSAGE_EVENT,
            closing ? _("All was sent, and our side has ended; the other side has 5 seconds to end too.")
                    : _("We send no more (half-closed from here); the other side still may."));
}

static void
tls_output_closed_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (TlTcpChannel) self = user_data;

  g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, NULL);
  if (!self->ended && self->session != NULL)
    shut_done (self);
}

/* Ends our side when that is wished and nothing waits; closes when both sides have ended. */
static void
proceed (gpointer owner)
{
  TlTcpChannel *self = owner;

  if (self->closing && self->session != NULL && !tl_session_has_waiting_reply (self->session, TL_PEER (self)))
    self->shut_wanted = TRUE;
  if (self->ended || !self->shut_wanted || self->shut_started || tl_tcp_writer_get_queued (self->writer) > 0)
    return;
  self->shut_started = TRUE;
  if (G_IS_TLS_CONNECTION (self->stream))
    g_output_stream_close_async (g_io_stream_get_output_stream (self->stream), TL_PRIORITY_SOCKET, NULL, tls_output_closed_cb,
                                 g_object_ref (self));
  else
    shut_done (self);
}

static gboolean
limit_cb (gpointer user_data)
{
  g_autoptr (TlTcpChannel) self = g_object_ref (user_data);

  if (self->closing && !self->shut_wanted)
    {
      proceed (self);
      return G_SOURCE_CONTINUE;
    }
  self->limit_id = 0;
  tl_tcp_channel_close_now (self);
  return G_SOURCE_REMOVE;
}

static void
broken_cb (gpointer user_data)
{
  g_autoptr (TlTcpChannel) self = g_object_ref (user_data);
  g_autoptr (GError) error = NULL;

  if (!g_socket_check_connect_result (self->socket, &error))
    finish_with_error (self, error);
  else
    finish (self, TL_PEER_CLOSED, FALSE, NULL);
}

/* The end of the stream makes it readable for ever; from here on only a reset is news. */
static void
watch_for_reset (TlTcpChannel *self)
{
  tl_tcp_reader_stop (self->reader);
  self->reset_watch = tl_socket_watch_new (self->socket, G_IO_ERR, broken_cb, self);
}

static void
take_eof (TlTcpChannel *self)
{
  if (self->failure != NULL)
    {
      finish_with_error (self, self->failure);
      return;
    }
  self->eof = TRUE;
  if (self->shut)
    {
      finish (self, TL_PEER_CLOSED, FALSE, NULL);
      return;
    }
  self->eof_first = !self->shut_wanted;
  tl_session_stream_ended (self->session, TL_PEER (self));
  if (self->ended)
    return;
  if (self->close_on_eof && !self->shut_wanted)
    {
      self->closing = TRUE;
      proceed (self);
      if (self->ended)
        return;
      start_limit (self, TRUE);
    }
  if (tl_peer_get_state (TL_PEER (self)) != TL_PEER_CLOSING)
    tl_peer_set_state (TL_PEER (self), TL_PEER_HALF_CLOSED_REMOTE, NULL);
  log_line (self, TL_MESSAGE_EVENT, _("The other side sends no more (half-closed from there); it still may receive."));
  watch_for_reset (self);
}

static gboolean
reader_got (gpointer      owner,
            const guint8 *data,
            gsize         length)
{
  TlTcpChannel *self = owner;

  if (self->session != NULL)
    tl_session_received (self->session, TL_PEER (self), g_get_real_time (), data, length);
  return self->session != NULL && !self->ended;
}

static void
reader_over (gpointer      owner,
             const GError *error)
{
  TlTcpChannel *self = owner;

  if (self->ended || self->session == NULL)
    return;
  if (error == NULL)
    take_eof (self);
  else
    finish_with_error (self, self->failure != NULL ? self->failure : error);
}

static void
writer_sent (gpointer      owner,
             const guint8 *data,
             gsize         length)
{
  TlTcpChannel *self = owner;

  if (self->session != NULL)
    tl_session_sent (self->session, TL_PEER (self), g_get_real_time (), data, length);
}

static void
writer_written (gpointer owner)
{
  TlTcpChannel *self = owner;

  tl_peer_set_queued (TL_PEER (self), tl_tcp_writer_get_queued (self->writer));
  if (self->limit_id != 0 && self->limit_slides)
    start_limit (self, TRUE);
  if (self->session != NULL)
    tl_session_touch (self->session);
}

static void
writer_failed (gpointer      owner,
               const GError *error)
{
  TlTcpChannel *self = owner;

  if (self->failure != NULL)
    return;
  self->failure = g_error_copy (error);
  if (self->eof || !tl_tcp_reader_is_running (self->reader))
    finish_with_error (self, self->failure);
  else
    start_limit (self, FALSE);
}

static const TlTcpReaderEvents reader_events = {
  .got = reader_got,
  .over = reader_over,
};

static const TlTcpWriterEvents writer_events = {
  .sent = writer_sent,
  .written = writer_written,
  .empty = proceed,
  .drained = writer_drained,
  .failed = writer_failed,
};

static void
tl_tcp_channel_dispose (GObject *object)
{
  TlTcpChannel *self = TL_TCP_CHANNEL (object);

  self->ended = TRUE;
  if (self->reader != NULL)
    stop_sources (self);
  if (self->socket != NULL)
    tl_tcp_call_close (NULL, NULL, self->socket, FALSE);
  g_clear_pointer (&self->reader, tl_tcp_reader_free);
  g_clear_pointer (&self->writer, tl_tcp_writer_free);
  g_clear_object (&self->stream);
  g_clear_object (&self->socket);
  g_clear_error (&self->failure);
  g_clear_weak_pointer (&self->session);
  G_OBJECT_CLASS (tl_tcp_channel_parent_class)->dispose (object);
}

static void
tl_tcp_channel_class_init (TlTcpChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tl_tcp_channel_dispose;

  signals[SIGNAL_ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                        TL_TYPE_PEER_STATE, G_TYPE_STRING);
}

static void
tl_tcp_channel_init (TlTcpChannel *self)
{
  self->close_on_eof = TRUE;
}

TlTcpChannel *
tl_tcp_channel_new (TlSession  *session,
                    GIOStream  *stream,
                    GSocket    *socket,
                    TlEndpoint *endpoint)
{
  TlTcpChannel *self = g_object_new (TL_TYPE_TCP_CHANNEL, NULL);
  GSocket *plain = G_IS_TLS_CONNECTION (stream) ? NULL : socket;

  g_set_weak_pointer (&self->session, session);
  self->stream = g_object_ref (stream);
  self->socket = g_object_ref (socket);
  self->reader = tl_tcp_reader_new (G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (stream)), plain, &reader_events, G_OBJECT (self));
  self->writer = tl_tcp_writer_new (G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (stream)), plain,
                                    TL_TCP_HIGH_WATER, TL_TCP_LOW_WATER, &writer_events, G_OBJECT (self));
  tl_peer_set_endpoint (TL_PEER (self), endpoint);
  tl_peer_init_log (TL_PEER (self), tl_session_get_log (session));
  /* The row of an earlier connection from there may still hold the number. */
  tl_message_log_begin_stream (tl_session_get_log (session), tl_peer_get_log_id (TL_PEER (self)));
  tl_peer_set_state (TL_PEER (self), TL_PEER_ACTIVE, NULL);
  return self;
}

void
tl_tcp_channel_start (TlTcpChannel *self)
{
  g_return_if_fail (!self->ended);
  tl_tcp_reader_start (self->reader);
}

void
tl_tcp_channel_set_close_on_eof (TlTcpChannel *self,
                                 gboolean      close_on_eof)
{
  self->close_on_eof = close_on_eof;
}

static gboolean
check_can_send (TlTcpChannel *self,
                gsize         size,
                GError      **error)
{
  if (self->ended || self->failure != NULL)
    g_set_error_literal (error, TL_SESSION_ERROR, TL_SESSION_ERROR_NOT_OPEN, _("The connection has ended: nothing was sent."));
  else if (self->shut_wanted)
    g_set_error_literal (error, TL_SESSION_ERROR, TL_SESSION_ERROR_NOT_OPEN,
                         _("Our side of the connection is closed already (half-closed): nothing more can be sent."));
  else if (size == 0)
    g_set_error_literal (error, TL_SESSION_ERROR, TL_SESSION_ERROR_FAILED,
                         _("There is nothing to send: TCP has no empty messages."));
  else if (size > TL_TCP_HIGH_WATER)
    g_set_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_TOO_LARGE,
                 _("One message can have at most %d MiB; send more than that as a file."), TL_TCP_HIGH_WATER / (1024 * 1024));
  else
    return TRUE;
  return FALSE;
}

gboolean
tl_tcp_channel_send (TlTcpChannel *self,
                     GBytes       *bytes,
                     GError      **error)
{
  g_autoptr (TlTcpChannel) hold = g_object_ref (self);
  g_autofree char *waiting = NULL;

  if (!check_can_send (self, g_bytes_get_size (bytes), error))
    return FALSE;
  if (!tl_tcp_writer_push (self->writer, bytes))
    {
      waiting = g_format_size_full (tl_tcp_writer_get_queued (self->writer), G_FORMAT_SIZE_IEC_UNITS);
      g_set_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_QUEUE_FULL,
                   _("%s does not read: %s wait for it already. This message was not sent."), tl_peer_get_name (TL_PEER (self)), waiting);
      return FALSE;
    }
  writer_written (self);
  if (self->failure != NULL)
    {
      g_autofree char *sentence = tl_tcp_ended_sentence (self->failure);

      g_set_error_literal (error, TL_SESSION_ERROR, TL_SESSION_ERROR_FAILED, sentence);
      return FALSE;
    }
  return TRUE;
}

gboolean
tl_tcp_channel_disconnect (TlTcpChannel     *self,
                           TlDisconnectKind  kind,
                           GError          **error)
{
  if (self->ended)
    {
      g_set_error_literal (error, TL_SESSION_ERROR, TL_SESSION_ERROR_NOT_OPEN, _("The connection has ended already."));
      return FALSE;
    }
  if (kind == TL_DISCONNECT_RESET)
    {
      finish (self, TL_PEER_RESET, TRUE, _("We reset the connection."));
      return TRUE;
    }
  self->shut_wanted = TRUE;
  if (kind == TL_DISCONNECT_GRACEFUL)
    {
      start_limit (self, TRUE);   /* anew with all that goes out: what waits is not cut because it is much */
      tl_peer_set_state (TL_PEER (self), TL_PEER_CLOSING, NULL);
    }
  proceed (self);
  return TRUE;
}

void
tl_tcp_channel_close_now (TlTcpChannel *self)
{
  if (self->failure != NULL)
    finish_with_error (self, self->failure);
  else
    finish (self, TL_PEER_CLOSED, FALSE,
            self->eof ? _("The other side did not take what waited for it in time; the connection was closed from here.")
                      : _("The other side did not end the connection in time; it was closed from here."));
}

gboolean
tl_tcp_channel_has_ended (TlTcpChannel *self)
{
  return self->ended;
}

GSocket *
tl_tcp_channel_get_socket (TlTcpChannel *self)
{
  return self->socket;
}
