/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlFtpReplyParser: replies of bytes as they come, without what Telnet says between them. */

#include "tl-ftp-reply-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tl-ftp-error.h"

/* RFC 854 */
#define IAC 255
#define TELNET_FIRST 236 /* EOF, the lowest command there is (RFC 1184) */
#define TELNET_SE 240
#define TELNET_SB 250
#define TELNET_WILL 251

/* Between replies: a server that sends nothing but line ends says nothing. */
#define MAX_BLANK_LINES 100
/* Lines that nobody fetched for the transcript. */
#define MAX_WAITING_LINES (2 * TL_FTP_REPLY_MAX_LINES)

typedef enum {
  TELNET_TEXT,
  TELNET_COMMAND,       /* after IAC */
  TELNET_OPTION,        /* after IAC WILL, WONT, DO, DONT */
  TELNET_SUB,           /* after IAC SB … */
  TELNET_SUB_COMMAND,   /* … and an IAC */
} TelnetState;

struct _TlFtpReplyParser
{
  GByteArray  *line;       /* what came of the line that is not whole */
  gsize        line_raw;   /* the same with what Telnet took of it */
  TelnetState  telnet;
  gboolean     cr;         /* a CR came, and its meaning depends on what is next */
  TlFtpReply  *open;       /* a reply that goes on */
  GQueue       replies;
  GQueue       lines;      /* GBytes */
  guint        n_blank;
  GError      *error;
};

static gboolean
fail (TlFtpReplyParser *self,
      const char       *sentence)
{
  /* What came of the line that is wrong belongs into the transcript too. */
  if (self->line->len > 0)
    g_queue_push_tail (&self->lines, g_bytes_new (self->line->data, self->line->len));
  self->error = g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL, sentence);
  return FALSE;
}

static gboolean
is_blank (const guint8 *line,
          gsize         length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (line[i]))
      return FALSE;
  return TRUE;
}

/* The code that the line begins with, or 0. */
static int
parse_code (const guint8 *line,
            gsize         length)
{
  if (length < 3 || line[0] < '1' || line[0] > '5' || !g_ascii_isdigit (line[1]) || !g_ascii_isdigit (line[2]))
    return 0;
  if (length > 3 && g_ascii_isdigit (line[3]))
    return 0;
  return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

static void
close_reply (TlFtpReplyParser *self)
{
  g_queue_push_tail (&self->replies, g_steal_pointer (&self->open));
}

/* Adds the line without what the code takes of it. */
static void
add_line (TlFtpReply   *reply,
          const guint8 *line,
          gsize         length,
          gsize         skip)
{
  skip = MIN (skip, length);
  tl_ftp_reply_add_line (reply, line + skip, length - skip);
}

static gboolean
begin_reply (TlFtpReplyParser *self,
             const guint8     *line,
             gsize             length)
{
  int code = parse_code (line, length);
  char separator = length > 3 ? (char) line[3] : ' ';

  if (is_blank (line, length))
    return ++self->n_blank <= MAX_BLANK_LINES || fail (self, _("The server sends nothing but empty lines."));
  if (code == 0)
    return fail (self, _("What the server sent is not FTP: a reply begins with a number of three digits. Check the port."));
  if (self->replies.length >= TL_FTP_REPLY_MAX_WAITING)
    return fail (self, _("The server sends replies that nobody asked for."));

  self->n_blank = 0;
  self->open = tl_ftp_reply_new_empty (code);
  add_line (self->open, line, length, separator == ' ' || separator == '-' || separator == '\t' ? 4 : 3);
  if (separator != '-')
    close_reply (self);
  return TRUE;
}

static gboolean
continue_reply (TlFtpReplyParser *self,
                const guint8     *line,
                gsize             length)
{
  TlFtpReply *reply = self->open;

  if (reply->ends->len >= TL_FTP_REPLY_MAX_LINES || reply->bytes->len + length > TL_FTP_REPLY_MAX_SIZE)
    return fail (self, _("The server's reply does not end."));

  /* Other codes inside are text (RFC 959, 4.2), and so is this one unless a blank follows. One alone on its line is what sloppy servers end with. */
  if (parse_code (line, length) != reply->code || (length > 3 && line[3] != ' ' && line[3] != '-'))
    {
      add_line (reply, line, length, 0);
      return TRUE;
    }
  add_line (reply, line, length, 4);
  if (length == 3 || line[3] == ' ')
    close_reply (self);
  return TRUE;
}

static gboolean
end_line (TlFtpReplyParser *self)
{
  g_autoptr (GByteArray) line = g_steal_pointer (&self->line);
  gsize length = line->len;

  self->line = g_byte_array_new ();
  self->line_raw = 0;
  if (self->lines.length >= MAX_WAITING_LINES)
    g_bytes_unref (g_queue_pop_head (&self->lines));
  g_queue_push_tail (&self->lines, g_bytes_new (line->data, length));

  /* CR CR LF: from servers whose text had a CR already. */
  while (length > 0 && line->data[length - 1] == '\r')
    length--;
  if (length == 0)
    return self->open != NULL ? continue_reply (self, (const guint8 *) "", 0) : begin_reply (self, (const guint8 *) "", 0);
  return self->open != NULL ? continue_reply (self, line->data, length) : begin_reply (self, line->data, length);
}

static void
append_byte (TlFtpReplyParser *self,
             guint8            byte)
{
  g_byte_array_append (self->line, &byte, 1);
}

/* One byte that Telnet has let through. */
static gboolean
take_text (TlFtpReplyParser *self,
           guint8            byte)
{
  if (self->cr)
    {
      self->cr = FALSE;
      if (byte == '\n')
        return end_line (self);
      append_byte (self, '\r');
      if (byte == '\0')
        return TRUE;
    }

  if (byte == '\r')
    self->cr = TRUE;
  else if (byte == '\n')
    return end_line (self);
  else if (byte == '\0')
    return fail (self, _("The server's reply holds a zero byte: that is not FTP."));
  else
    append_byte (self, byte);
  return TRUE;
}

static gboolean
take_byte (TlFtpReplyParser *self,
           guint8            byte)
{
  if (++self->line_raw > TL_FTP_REPLY_MAX_LINE)
    return fail (self, _("The server's line does not end."));

  switch (self->telnet)
    {
    case TELNET_COMMAND:
      self->telnet = TELNET_TEXT;
      if (byte == IAC)
        return take_text (self, IAC);
      if (byte == TELNET_SB)
        self->telnet = TELNET_SUB;
      else if (byte >= TELNET_WILL)
        self->telnet = TELNET_OPTION;
      else if (byte < TELNET_FIRST) /* no command: an "ÿ" of a server that does not double it */
        return take_text (self, IAC) && take_text (self, byte);
      return TRUE;

    case TELNET_OPTION:
      self->telnet = TELNET_TEXT;
      return TRUE;

    case TELNET_SUB:
      if (byte == IAC)
        self->telnet = TELNET_SUB_COMMAND;
      return TRUE;

    case TELNET_SUB_COMMAND:
      self->telnet = byte == TELNET_SE ? TELNET_TEXT : TELNET_SUB;
      return TRUE;

    case TELNET_TEXT:
    default:
      if (byte != IAC)
        return take_text (self, byte);
      self->telnet = TELNET_COMMAND;
      return TRUE;
    }
}

/* How many bytes from here on are plain text that needs no look. */
static gsize
count_plain (TlFtpReplyParser *self,
             const guint8     *data,
             gsize             length)
{
  gsize n = 0;

  if (self->telnet != TELNET_TEXT || self->cr)
    return 0;
  length = MIN (length, TL_FTP_REPLY_MAX_LINE - self->line_raw);
  while (n < length && data[n] != '\r' && data[n] != '\n' && data[n] != '\0' && data[n] != IAC)
    n++;
  return n;
}

TlFtpReplyParser *
tl_ftp_reply_parser_new (void)
{
  TlFtpReplyParser *self = g_new0 (TlFtpReplyParser, 1);

  self->line = g_byte_array_new ();
  g_queue_init (&self->replies);
  g_queue_init (&self->lines);
  return self;
}

void
tl_ftp_reply_parser_free (TlFtpReplyParser *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->line);
  g_clear_pointer (&self->open, tl_ftp_reply_unref);
  g_queue_clear_full (&self->replies, (GDestroyNotify) tl_ftp_reply_unref);
  g_queue_clear_full (&self->lines, (GDestroyNotify) g_bytes_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
report (TlFtpReplyParser  *self,
        GError           **error)
{
  if (self->error == NULL)
    return TRUE;
  if (error != NULL)
    *error = g_error_copy (self->error);
  return FALSE;
}

gboolean
tl_ftp_reply_parser_feed (TlFtpReplyParser  *self,
                          const guint8      *data,
                          gsize              length,
                          GError           **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  while (length > 0 && self->error == NULL)
    {
      gsize n = count_plain (self, data, length);

      if (n > 0)
        {
          g_byte_array_append (self->line, data, n);
          self->line_raw += n;
        }
      else
        {
          take_byte (self, *data);
          n = 1;
        }
      data += n;
      length -= n;
    }
  return report (self, error);
}

gboolean
tl_ftp_reply_parser_finish (TlFtpReplyParser  *self,
                            GError           **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->error == NULL && self->line->len > 0)
    {
      self->cr = FALSE;
      self->telnet = TELNET_TEXT;
      end_line (self);
    }
  return report (self, error);
}

TlFtpReply *
tl_ftp_reply_parser_pop (TlFtpReplyParser *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return g_queue_pop_head (&self->replies);
}

gboolean
tl_ftp_reply_parser_is_empty (TlFtpReplyParser *self)
{
  g_return_val_if_fail (self != NULL, TRUE);
  return self->line_raw == 0 && self->telnet == TELNET_TEXT && !self->cr && self->open == NULL && self->replies.length == 0;
}

GBytes *
tl_ftp_reply_parser_pop_line (TlFtpReplyParser *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return g_queue_pop_head (&self->lines);
}
