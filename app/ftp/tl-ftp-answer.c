/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the text of particular replies says: where to connect, where we are, how large, how old. */

#include "tl-ftp-answer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tl-ftp-date.h"
#include "tl-ftp-error.h"

static gboolean
fail (const TlFtpReply  *reply,
      const char        *sentence,
      GError           **error)
{
  tl_ftp_set_error_with_reply (error, TL_FTP_ERROR_PROTOCOL, sentence, reply);
  return FALSE;
}

/* Six numbers with commas between, from @p on. The number of bytes that they take, 0 when there are none. -1: there are, but one is over 255. */
static int
read_six (const guint8 *p,
          gsize         length,
          guint8        numbers[6])
{
  gboolean over = FALSE;
  gsize at = 0;

  for (guint i = 0; i < 6; i++)
    {
      guint value = 0;
      gsize start;

      if (i > 0)
        {
          while (at < length && p[at] == ' ')
            at++;
          if (at >= length || p[at++] != ',')
            return 0;
          while (at < length && p[at] == ' ')
            at++;
        }
      for (start = at; at < length && g_ascii_isdigit (p[at]); at++)
        value = MIN (value * 10 + (p[at] - '0'), 1000);
      if (at == start)
        return 0;
      over |= value > 255;
      numbers[i] = (guint8) value;
    }
  return over ? -1 : (int) at;
}

/* 1: found; 0: none there; -1: wrong. A number begins where no digit stands before it, so each byte is looked at a bounded number of times. */
static int
find_six (const guint8 *line,
          gsize         length,
          guint8        numbers[6])
{
  for (gsize i = 0; i < length; i++)
    {
      int found;

      if (!g_ascii_isdigit (line[i]) || (i > 0 && (g_ascii_isdigit (line[i - 1]) || line[i - 1] == '.')))
        continue;
      found = read_six (line + i, length - i, numbers);
      if (found < 0)
        return -1;
      if (found > 0)
        {
          gsize next = i + (gsize) found;

          /* A seventh number: which six are meant, nobody knows. */
          return next + 1 < length && line[next] == ',' && g_ascii_isdigit (line[next + 1]) ? -1 : 1;
        }
    }
  return 0;
}

static gboolean
is_delimiter (guint8 byte)
{
  return byte >= 33 && byte <= 126 && !g_ascii_isalnum (byte);
}

/* The digits of a port from @p on, and @delimiter behind them; 0 when it is none. */
static guint
read_port (const guint8 *p,
           gsize         length,
           guint8        delimiter)
{
  guint value = 0;
  gsize at = 0;

  for (; at < length && g_ascii_isdigit (p[at]); at++)
    value = MIN (value * 10 + (p[at] - '0'), 100000);
  /* RFC 2428 wants the last delimiter; some servers forget it. */
  if (at == 0 || (at < length && p[at] != delimiter && p[at] != ')' && p[at] != ' '))
    return 0;
  return value <= 65535 ? value : 0;
}

/* Three delimiters and the port; or, as in EPRT, a protocol and an address between them, which are not looked at. */
static guint
find_epsv (const guint8 *line,
           gsize         length)
{
  for (gsize i = 0; i + 3 < length; i++)
    {
      guint8 d = line[i];
      guint port;

      if (!is_delimiter (d) || line[i + 1] != d || line[i + 2] != d || !g_ascii_isdigit (line[i + 3]))
        continue;
      port = read_port (line + i + 3, length - i - 3, d);
      if (port != 0)
        return port;
    }

  for (gsize i = 1; i < length; i++)
    {
      const guint8 *second, *third;

      if (line[i - 1] != '(' || !is_delimiter (line[i]))
        continue;
      second = memchr (line + i + 1, line[i], length - i - 1);
      third = second != NULL ? memchr (second + 1, line[i], (gsize) (line + length - second - 1)) : NULL;
      return third != NULL ? read_port (third + 1, (gsize) (line + length - third - 1), line[i]) : 0;
    }
  return 0;
}

gboolean
tl_ftp_answer_epsv (const TlFtpReply  *reply,
                    guint16           *port,
                    GError           **error)
{
  g_return_val_if_fail (reply != NULL && port != NULL, FALSE);

  for (guint i = 0; i < tl_ftp_reply_get_n_lines (reply); i++)
    {
      gsize length;
      const guint8 *line = tl_ftp_reply_get_line (reply, i, &length);
      guint found = find_epsv (line, length);

      if (found != 0)
        {
          *port = (guint16) found;
          return TRUE;
        }
    }
  return fail (reply, _("The server names no port for the data connection."), error);
}

gboolean
tl_ftp_answer_pasv (const TlFtpReply  *reply,
                    guint16           *port,
                    guint8             address[4],
                    GError           **error)
{
  guint8 six[6];

  g_return_val_if_fail (reply != NULL && port != NULL, FALSE);

  if (address != NULL)
    memset (address, 0, 4);

  for (guint i = 0; i < tl_ftp_reply_get_n_lines (reply); i++)
    {
      gsize length;
      const guint8 *line = tl_ftp_reply_get_line (reply, i, &length);
      int found = find_six (line, length, six);

      if (found == 0)
        continue;
      if (found < 0 || (six[4] == 0 && six[5] == 0))
        return fail (reply, _("The address that the server names for the data connection is none."), error);
      *port = (guint16) (six[4] << 8 | six[5]);
      if (address != NULL)
        memcpy (address, six, 4);
      return TRUE;
    }

  /* 229, or a 227 that is one but for its number. */
  return tl_ftp_answer_epsv (reply, port, error);
}

/* What stands after the opening quote, up to the closing one; a doubled one stands for one. *@closed tells whether there was a closing one. */
static GByteArray *
read_quoted (const guint8 *p,
             gsize         length,
             gboolean     *closed)
{
  GByteArray *path = g_byte_array_new ();

  *closed = FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (p[i] == '"')
        {
          if (i + 1 >= length || p[i + 1] != '"')
            {
              *closed = TRUE;
              break;
            }
          i++;
        }
      g_byte_array_append (path, p + i, 1);
    }
  return path;
}

/* A path without its closing quote ends before the server's words, if they are the usual ones. */
static gsize
measure_unclosed (const guint8 *path,
                  gsize         length)
{
  static const char * const words[] = { " is current", " is the current", " is cwd", " is working", " created", NULL };

  for (gsize i = 0; i < length; i++)
    for (guint w = 0; words[w] != NULL; w++)
      if (length - i >= strlen (words[w]) && g_ascii_strncasecmp ((const char *) path + i, words[w], strlen (words[w])) == 0)
        return i;
  return length;
}

static GByteArray *
read_path (const guint8 *line,
           gsize         length)
{
  const guint8 *quote = memchr (line, '"', length);
  GByteArray *path;
  gboolean closed;

  if (quote != NULL)
    {
      path = read_quoted (quote + 1, (gsize) (line + length - quote - 1), &closed);
      if (!closed)
        g_byte_array_set_size (path, (guint) measure_unclosed (path->data, path->len));
      return path;
    }

  /* No quotes at all: "257 /pub is current directory". A word that is no path is none. */
  if (length == 0 || line[0] != '/')
    return NULL;
  path = g_byte_array_new ();
  g_byte_array_append (path, line, (guint) length);
  g_byte_array_set_size (path, (guint) measure_unclosed (path->data, path->len));
  return path;
}

GBytes *
tl_ftp_answer_path (const TlFtpReply  *reply,
                    GError           **error)
{
  g_return_val_if_fail (reply != NULL, NULL);

  for (guint i = 0; i < tl_ftp_reply_get_n_lines (reply); i++)
    {
      gsize length;
      const guint8 *line = tl_ftp_reply_get_line (reply, i, &length);
      g_autoptr (GByteArray) path = read_path (line, length);

      if (path == NULL)
        continue;
      /* It could never be sent back. */
      if (path->len == 0 || memchr (path->data, '\r', path->len) != NULL)
        break;
      return g_byte_array_free_to_bytes (g_steal_pointer (&path));
    }
  fail (reply, _("The server's answer names no folder."), error);
  return NULL;
}

/* The first line that begins with a digit: some servers wrap a 213 into words. */
static const guint8 *
find_number (const TlFtpReply *reply,
             gsize            *length)
{
  for (guint i = 0; i < tl_ftp_reply_get_n_lines (reply); i++)
    {
      const guint8 *line = tl_ftp_reply_get_line (reply, i, length);

      while (*length > 0 && (*line == ' ' || *line == '\t'))
        {
          line++;
          (*length)--;
        }
      if (*length > 0 && g_ascii_isdigit (*line))
        return line;
    }
  return NULL;
}

/* All digits from @p on as a number; -1 when it does not fit. */
static gint64
read_number (const guint8 *p,
             gsize         length,
             gsize        *end)
{
  gint64 value = 0;

  for (*end = 0; *end < length && g_ascii_isdigit (p[*end]); (*end)++)
    {
      int digit = p[*end] - '0';

      if (value < 0 || value > (G_MAXINT64 - digit) / 10)
        value = -1;
      else
        value = value * 10 + digit;
    }
  return value;
}

gint64
tl_ftp_answer_size (const TlFtpReply  *reply,
                    GError           **error)
{
  const guint8 *number;
  gint64 size = -1;
  gsize length, end;

  g_return_val_if_fail (reply != NULL, -1);

  number = find_number (reply, &length);
  if (number != NULL)
    {
      size = read_number (number, length, &end);
      if (end < length && !g_ascii_isspace (number[end]))
        size = -1;
    }
  if (size < 0)
    fail (reply, _("The server's answer is no size."), error);
  return size;
}

/* The digits after the dot, as µs. */
static gint64
read_fraction (const guint8 *p,
               gsize         length)
{
  gint64 value = 0;
  gint64 unit = 100000;

  if (length < 2 || p[0] != '.')
    return 0;
  for (gsize i = 1; i < length && g_ascii_isdigit (p[i]) && unit > 0; i++, unit /= 10)
    value += (p[i] - '0') * unit;
  return value;
}

static gboolean
read_mdtm (const guint8 *p,
           gsize         length,
           gint64       *time)
{
  TlFtpDates utc;
  TlFtpDate date = TL_FTP_DATE_INIT;
  TlFtpTimePrecision precision;
  gint64 seconds;
  gsize digits = 0;

  while (digits < length && g_ascii_isdigit (p[digits]))
    digits++;
  if (digits < length && p[digits] != '.' && !g_ascii_isspace (p[digits]))
    return FALSE;

  tl_ftp_dates_init (&utc, 0, 0);
  if (!tl_ftp_date_scan_stamp (p, p + digits, &date))
    return FALSE;
  tl_ftp_dates_resolve (&utc, &date, &seconds, &precision);
  if (precision == TL_FTP_TIME_NONE)
    return FALSE;
  *time = seconds * G_USEC_PER_SEC + read_fraction (p + digits, length - digits);
  return TRUE;
}

gboolean
tl_ftp_answer_mdtm (const TlFtpReply  *reply,
                    gint64            *time,
                    GError           **error)
{
  const guint8 *number;
  gsize length;

  g_return_val_if_fail (reply != NULL && time != NULL, FALSE);

  number = find_number (reply, &length);
  if (number != NULL && read_mdtm (number, length, time))
    return TRUE;
  return fail (reply, _("The server's answer is no time."), error);
}

/* The number in the last "(N bytes)": a name before it may look like one. */
static gint64
find_bytes (const guint8 *line,
            gsize         length)
{
  gint64 found = -1;

  for (gsize i = 0; i < length; i++)
    {
      gsize end;
      gint64 size;

      if (line[i] != '(' || i + 1 == length || !g_ascii_isdigit (line[i + 1]))
        continue;
      size = read_number (line + i + 1, length - i - 1, &end);
      end += i + 1;
      if (length - end >= 5 && g_ascii_strncasecmp ((const char *) line + end, " byte", 5) == 0)
        found = size;
      i = end - 1;
    }
  return found;
}

gint64
tl_ftp_answer_transfer_size (const TlFtpReply *reply)
{
  gint64 found = -1;

  g_return_val_if_fail (reply != NULL, -1);

  for (guint i = 0; i < tl_ftp_reply_get_n_lines (reply); i++)
    {
      gsize length;
      const guint8 *line = tl_ftp_reply_get_line (reply, i, &length);
      gint64 size = find_bytes (line, length);

      if (size >= 0)
        found = size;
    }
  return found;
}

TlFtpListEnd
tl_ftp_answer_list_end (const TlFtpReply *reply)
{
  static const struct {
    const char   *words;
    TlFtpListEnd  end;
  } ends[] = {
    { "failed to open", TL_FTP_LIST_END_UNREAD },     /* vsftpd */
    { "unable to read", TL_FTP_LIST_END_UNREAD },     /* Pure-FTPd */
    { "truncated", TL_FTP_LIST_END_CUT },             /* Pure-FTPd, after 10,000 entries unless it is told otherwise */
    { "were left out", TL_FTP_LIST_END_CUT },         /* our own */
  };
  g_autofree char *text = NULL;
  g_autofree char *lower = NULL;

  g_return_val_if_fail (reply != NULL, TL_FTP_LIST_END_WHOLE);

  text = tl_ftp_reply_dup_text (reply);
  lower = g_ascii_strdown (text, -1);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (strstr (lower, ends[i].words) != NULL)
      return ends[i].end;
  return TL_FTP_LIST_END_WHOLE;
}
