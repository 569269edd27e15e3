/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Command lines out of the bytes of a control connection. */

#include "tl-ftp-server-line.h"

#include <string.h>

enum {
  TELNET_SE = 240,
  TELNET_SB = 250,
  TELNET_WILL = 251,
  TELNET_DONT = 254,
  TELNET_IAC = 255,
};

typedef enum {
  STATE_TEXT,
  STATE_CR,         /* a CR: the end of the line if LF follows */
  STATE_IAC,
  STATE_OPTION,     /* behind WILL, WONT, DO, DONT: one byte more */
  STATE_SB,         /* until IAC SE */
  STATE_SB_IAC,
} State;

struct _TlFtpServerLine
{
  State     state;
  gsize     seen;           /* of this line, whatever became of it */
  gsize     length;
  gboolean  bad;
  gboolean  is_long;
  gboolean  over;           /* the line was given out: the next byte begins another */
  guint8    line[TL_FTP_SERVER_LINE_MAX];
};

TlFtpServerLine *
tl_ftp_server_line_new (void)
{
  return g_new0 (TlFtpServerLine, 1);
}

/* A password may have been in it. */
void
tl_ftp_server_line_free (TlFtpServerLine *self)
{
  explicit_bzero (self->line, sizeof self->line);
  g_free (self);
}

void
tl_ftp_server_line_reset (TlFtpServerLine *self)
{
  explicit_bzero (self->line, self->length);
  self->state = STATE_TEXT;
  self->seen = 0;
  self->length = 0;
  self->bad = FALSE;
  self->is_long = FALSE;
  self->over = FALSE;
}

static void
add (TlFtpServerLine *self,
     guint8           byte)
{
  if (byte == '\0')
    self->bad = TRUE;
  if (self->length < sizeof self->line)
    self->line[self->length++] = byte;
  else
    self->is_long = TRUE;
}

static void
take_behind_iac (TlFtpServerLine *self,
                 guint8           byte)
{
  self->state = STATE_TEXT;
  if (byte == TELNET_IAC)
    add (self, byte);
  else if (byte == TELNET_SB)
    self->state = STATE_SB;
  else if (byte >= TELNET_WILL && byte <= TELNET_DONT)
    self->state = STATE_OPTION;
  /* A client that does not double the 255 of a name means this byte to be one: which, nobody can tell any more. */
  else if (byte < TELNET_SE)
    self->bad = TRUE;
}

/* Whether the line ends here. */
static gboolean
take_byte (TlFtpServerLine *self,
           guint8           byte)
{
  switch (self->state)
    {
    case STATE_CR:
      self->state = STATE_TEXT;
      if (byte == '\n')
        return TRUE;
      self->bad = TRUE;
      return take_byte (self, byte);
    case STATE_IAC:
      /* The end of the line is one, whatever stands before it. */
      if (byte == '\n')
        {
          self->state = STATE_TEXT;
          self->bad = TRUE;
          return TRUE;
        }
      take_behind_iac (self, byte);
      return FALSE;
    case STATE_OPTION:
      self->state = STATE_TEXT;
      return FALSE;
    case STATE_SB:
      self->state = byte == TELNET_IAC ? STATE_SB_IAC : STATE_SB;
      return FALSE;
    case STATE_SB_IAC:
      self->state = byte == TELNET_SE ? STATE_TEXT : STATE_SB;
      return FALSE;
    case STATE_TEXT:
    default:
      break;
    }
  if (byte == '\n')
    return TRUE;
  if (byte == TELNET_IAC)
    self->state = STATE_IAC;
  else if (byte == '\r')
    self->state = STATE_CR;
  else
    add (self, byte);
  return FALSE;
}

TlFtpLineVerdict
tl_ftp_server_line_take (TlFtpServerLine *self,
                         const guint8    *data,
                         gsize            length,
                         gsize           *used)
{
  g_return_val_if_fail (self != NULL && used != NULL, TL_FTP_LINE_NONE);

  if (self->over)
    tl_ftp_server_line_reset (self);
  for (*used = 0; *used < length;)
    {
      const gboolean ended = take_byte (self, data[(*used)++]);

      if (ended)
        {
          self->over = TRUE;
          return self->bad ? TL_FTP_LINE_BAD : self->is_long ? TL_FTP_LINE_LONG : TL_FTP_LINE_GOOD;
        }
      if (++self->seen > TL_FTP_SERVER_LINE_FLOOD)
        return TL_FTP_LINE_FLOOD;
    }
  return TL_FTP_LINE_NONE;
}

const guint8 *
tl_ftp_server_line_get (TlFtpServerLine *self,
                        gsize           *length)
{
  g_return_val_if_fail (self != NULL && length != NULL, NULL);

  *length = self->length;
  return self->line;
}
