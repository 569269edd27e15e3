/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control connection of a visitor: lines in, replies out, TLS. */

#include "tl-ftp-visitor-private.h"

#include "tl-ftp-command.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* No more commands are taken while so much waits to be written. */
#define OUTPUT_MAX (16 * 1024)

static void update_watches (TlFtpVisitor *self);
static void process (TlFtpVisitor *self);

static gboolean
is_would_block (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

/* A name in a command may hold any byte; the log has it as it came. */
static void
log_line (TlFtpVisitor  *self,
          TlMessageKind  kind,
          const void    *line,
          gsize          length)
{
  tl_message_log_append (self->server->log, kind, 0, self->log_peer, line, length);
}

static void
log_command (TlFtpVisitor *self,
             const guint8 *line,
             gsize         length)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (line, length);
  g_autoptr (GBytes) shown = tl_ftp_command_mask (bytes);

  log_line (self, TL_MESSAGE_RECEIVED, g_bytes_get_data (shown, NULL), g_bytes_get_size (shown));
}

static void
write_some (TlFtpVisitor *self)
{
  while (self->written < self->output->len && !self->handshaking)
    {
      g_autoptr (GError) error = NULL;
      gssize n = tl_ftp_server_stream_write (&self->stream, self->output->data + self->written, self->output->len - self->written, &error);

      if (n < 0 && is_would_block (error))
        break;
      if (n < 0)
        {
          tl_ftp_visitor_close (self, NULL);
          return;
        }
      self->written += (gsize) n;
    }
  if (self->written == self->output->len)
    {
      g_byte_array_set_size (self->output, 0);
      self->written = 0;
      if (self->closing)
        {
          tl_ftp_server_stream_end (&self->stream, NULL);
          tl_ftp_visitor_close (self, NULL);
        }
    }
}

static void
writable_cb (gpointer data)
{
  g_autoptr (TlFtpVisitor) self = g_object_ref (data);

  write_some (self);
  tl_ftp_visitor_go_on (self);
}

/* A byte 255 of a name is doubled: to Telnet a single one begins a command, and takes the next byte away with it. */
static void
append_telnet (GByteArray   *output,
               const guint8 *bytes,
               gsize         length)
{
  static const guint8 iac = 255;

  for (gsize begin = 0; begin < length;)
    {
      const guint8 *found = memchr (bytes + begin, iac, length - begin);
      const gsize end = found != NULL ? (gsize) (found + 1 - bytes) : length;

      g_byte_array_append (output, bytes + begin, (guint) (end - begin));
      if (found != NULL)
        g_byte_array_append (output, &iac, 1);
      begin = end;
    }
}

void
tl_ftp_visitor_reply_raw (TlFtpVisitor *self,
                          const char   *lines,
                          gsize         length)
{
  const char *end = lines + length;

  if (self->server == NULL || self->closing)
    return;
  for (const char *line = lines; line < end;)
    {
      const char *stop = memmem (line, (gsize) (end - line), "\r\n", 2);

      if (stop == NULL)
        stop = end;
      log_line (self, TL_MESSAGE_SENT, line, (gsize) (stop - line));
      line = stop + 2;
    }
  append_telnet (self->output, (const guint8 *) lines, length);
}

void
tl_ftp_visitor_reply (TlFtpVisitor *self,
                      int           code,
                      const char   *text)
{
  g_autofree char *line = g_strdup_printf ("%03d %s\r\n", code, text);

  tl_ftp_visitor_reply_raw (self, line, strlen (line));
}

void
tl_ftp_visitor_replyf (TlFtpVisitor *self,
                       int           code,
                       const char   *format,
                       ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  tl_ftp_visitor_reply (self, code, text);
}

void
tl_ftp_visitor_reply_last (TlFtpVisitor *self,
                           int           code,
                           const char   *text)
{
  tl_ftp_visitor_reply (self, code, text);
  self->closing = TRUE;
}

static void
take_line (TlFtpVisitor     *self,
           TlFtpLineVerdict  verdict)
{
  gsize length;
  const guint8 *line = tl_ftp_server_line_get (self->lines, &length);
  TlFtpRequest request;

  self->last_active = g_get_monotonic_time ();
  if (verdict == TL_FTP_LINE_FLOOD)
    {
      tl_ftp_visitor_note (self, TL_MESSAGE_WARNING, _("A command line without an end came; the connection is closed."));
      tl_ftp_visitor_reply_last (self, 421, "This command line has no end.");
      return;
    }
  if (verdict == TL_FTP_LINE_LONG || verdict == TL_FTP_LINE_BAD)
    {
      tl_ftp_visitor_note (self, TL_MESSAGE_WARNING,
                           verdict == TL_FTP_LINE_LONG ? _("A command line that is too long came; it was not done.")
                                                       : _("A command line with a zero byte, a stray line break or a broken Telnet command came; it was not done."));
      tl_ftp_visitor_reply (self, verdict == TL_FTP_LINE_LONG ? 500 : 501,
                            verdict == TL_FTP_LINE_LONG ? "This command line is too long." : "There are bytes in this line that no command may hold.");
      return;
    }
  tl_ftp_request_parse (&request, line, length);
  if (tl_ftp_visitor_is_moving (self) && !(request.flags & TL_FTP_VERB_ANY_TIME))
    {
      self->held = TRUE;
      return;
    }
  self->held = FALSE;
  log_command (self, line, length);
  tl_ftp_visitor_dispatch (self, line, length);
}

static gboolean
may_take (TlFtpVisitor *self)
{
  return self->server != NULL && !self->closing && !self->busy && !self->handshaking && self->delay_id == 0 && !self->move.finishing
         && self->output->len - self->written <= OUTPUT_MAX;
}

/* What has come, as far as it may be done now. */
static void
process (TlFtpVisitor *self)
{
  while (may_take (self) && (!self->held || !tl_ftp_visitor_is_moving (self)))
    {
      TlFtpLineVerdict verdict = TL_FTP_LINE_GOOD;
      gsize used = 0;

      if (!self->held)
        {
          verdict = tl_ftp_server_line_take (self->lines, self->input + self->input_start, self->input_end - self->input_start, &used);
          self->input_start += used;
        }
      if (verdict == TL_FTP_LINE_NONE)
        break;
      take_line (self, verdict);
    }
  if (self->input_start == self->input_end)
    self->input_start = self->input_end = 0;
}

static void
readable_cb (gpointer data)
{
  g_autoptr (TlFtpVisitor) self = g_object_ref (data);
  g_autoptr (GError) error = NULL;
  gssize n = tl_ftp_server_stream_read (&self->stream, self->input, sizeof self->input, &error);

  if (n < 0 && is_would_block (error))
    return;
  if (n <= 0)
    {
      tl_ftp_visitor_close (self, n < 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) ? error->message : NULL);
      return;
    }
  self->input_end = (gsize) n;
  tl_ftp_visitor_go_on (self);
}

/* The socket tells as long as there is something: it is asked only while something can be done about it. */
static void
update_watches (TlFtpVisitor *self)
{
  const gboolean wants_input = may_take (self) && !self->held && self->input_end == 0;
  const gboolean wants_output = self->server != NULL && !self->handshaking && self->output->len > self->written;

  if (wants_input && self->in_watch == NULL)
    self->in_watch = tl_socket_watch_new (self->stream.socket, G_IO_IN, readable_cb, self);
  else if (!wants_input)
    g_clear_pointer (&self->in_watch, tl_socket_watch_free);
  if (wants_output && self->out_watch == NULL)
    self->out_watch = tl_socket_watch_new (self->stream.socket, G_IO_OUT, writable_cb, self);
  else if (!wants_output)
    g_clear_pointer (&self->out_watch, tl_socket_watch_free);
}

static gboolean
resume_cb (gpointer data)
{
  TlFtpVisitor *self = data;

  self->resume_id = 0;
  tl_ftp_visitor_go_on (self);
  return G_SOURCE_REMOVE;
}

void
tl_ftp_visitor_go_on (TlFtpVisitor *self)
{
  g_autoptr (TlFtpVisitor) hold = g_object_ref (self);

  if (self->server == NULL)
    return;
  process (self);
  if (self->server != NULL)
    write_some (self);
  if (self->server == NULL)
    return;
  update_watches (self);
  /* There is room again, and commands that have come already: nothing else would wake us. */
  if (self->resume_id == 0 && may_take (self) && self->input_end > 0 && !self->held)
    self->resume_id = g_idle_add_full (G_PRIORITY_DEFAULT, resume_cb, self, NULL);
}

static void
handshake_cb (gpointer data)
{
  g_autoptr (TlFtpVisitor) self = g_object_ref (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_clear_pointer (&self->tls_watch, tl_socket_watch_free);
  if (tl_ftp_server_tls_handshake (self->stream.tls, &error))
    {
      self->handshaking = FALSE;
      text = tl_ftp_server_tls_describe (self->stream.tls);
      tl_ftp_visitor_note (self, TL_MESSAGE_EVENT, text);
      tl_ftp_visitor_tell_changed (self);
      tl_ftp_visitor_go_on (self);
    }
  else if (is_would_block (error))
    self->tls_watch = tl_socket_watch_new (self->stream.socket, tl_ftp_server_tls_wants_write (self->stream.tls) ? G_IO_OUT : G_IO_IN, handshake_cb, self);
  else
    {
      text = g_strdup_printf (_("The two sides could not agree on TLS. (%s)"), error->message);
      tl_ftp_visitor_close (self, text);
    }
}

/* The reply that announces it goes out in clear, in one piece: nothing was waiting before it. */
void
tl_ftp_visitor_start_tls (TlFtpVisitor *self)
{
  write_some (self);
  if (self->server == NULL)
    return;
  if (self->output->len > 0 || self->input_start < self->input_end)
    {
      tl_ftp_visitor_close (self, _("Commands came in clear behind the one that begins TLS: somebody may stand in between. The connection is closed."));
      return;
    }
  g_clear_pointer (&self->in_watch, tl_socket_watch_free);
  g_clear_pointer (&self->out_watch, tl_socket_watch_free);
  tl_ftp_server_line_reset (self->lines);
  self->handshaking = TRUE;
  self->stream.tls = tl_ftp_server_tls_new (self->server->certificate, self->tickets, self->stream.socket, FALSE);
  handshake_cb (self);
}

void
tl_ftp_visitor_stop_wire (TlFtpVisitor *self)
{
  g_clear_pointer (&self->in_watch, tl_socket_watch_free);
  g_clear_pointer (&self->out_watch, tl_socket_watch_free);
  g_clear_pointer (&self->tls_watch, tl_socket_watch_free);
  g_clear_handle_id (&self->resume_id, g_source_remove);
  g_clear_handle_id (&self->delay_id, g_source_remove);
}
