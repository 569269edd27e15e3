/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What commands and replies mean, in the user's language. */

#include "tl-ftp-words.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "tl-ftp-answer.h"
#include "tl-ftp-error.h"
#include "tl-ftp-words-private.h"

#define MAX_VERB 16
#define MAX_LINE 4096 /* of a line, as much is looked at */

static gsize
skip_blanks (const char *text)
{
  return strspn (text, " \t");
}

static gsize
measure_word (const char *text)
{
  return strcspn (text, " \t\r\n;");
}

static gboolean
is_word (const char *word,
         const char *text,
         gsize       length)
{
  return strlen (word) == length && g_ascii_strncasecmp (word, text, length) == 0;
}

/* "MDTM 20240229120000 name": the two-argument form, which sets. */
static gboolean
is_time (const char *text,
         gsize       length)
{
  return length >= 14 && strspn (text, "0123456789") >= 14 && text[length] == ' ';
}

static const TlFtpCommandWords *
find_command (const char *verb,
              gsize       verb_length,
              const char *word,
              gsize       word_length)
{
  const TlFtpCommandWords *found = NULL;

  for (const TlFtpCommandWords *w = tl_ftp_command_words; w->verb != NULL; w++)
    {
      if (!is_word (w->verb, verb, verb_length))
        continue;
      if (w->word == NULL)
        found = w;
      else if (is_word ("MDTM", verb, verb_length) ? is_time (word, word_length) : is_word (w->word, word, word_length))
        return w;
    }
  return found;
}

/* Where the server is to connect to, of PORT and EPRT: "192.168.1.2:50000". */
static char *
dup_target (const char *verb,
            gsize       verb_length,
            const char *argument)
{
  guint h[4], p[2];
  g_auto (GStrv) parts = NULL;
  char delimiter[2] = { argument[0], '\0' };

  if (is_word ("PORT", verb, verb_length))
    return sscanf (argument, "%3u,%3u,%3u,%3u,%3u,%3u", &h[0], &h[1], &h[2], &h[3], &p[0], &p[1]) == 6
             ? g_strdup_printf ("%u.%u.%u.%u:%u", h[0], h[1], h[2], h[3], p[0] * 256 + p[1]) : NULL;
  if (!is_word ("EPRT", verb, verb_length) || delimiter[0] == '\0')
    return NULL;

  parts = g_strsplit (argument, delimiter, 6);
  if (g_strv_length (parts) < 4 || !g_str_is_ascii (parts[2]) || !g_str_is_ascii (parts[3]))
    return NULL;
  return g_strdup_printf (strchr (parts[2], ':') != NULL ? "[%s]:%s" : "%s:%s", parts[2], parts[3]);
}

char *
tl_ftp_words_for_command (const char *line)
{
  const TlFtpCommandWords *words;
  g_autofree char *upper = NULL;
  g_autofree char *target = NULL;
  const char *argument;
  gsize length;

  g_return_val_if_fail (line != NULL, NULL);

  line += skip_blanks (line);
  length = measure_word (line);
  if (length == 0 || length > MAX_VERB)
    return NULL;
  argument = line + length + skip_blanks (line + length);
  words = find_command (line, length, argument, measure_word (argument));
  if (words == NULL)
    return NULL;

  upper = words->word != NULL && !g_str_equal (words->word, "SET") ? g_strconcat (words->verb, " ", words->word, NULL)
                                                                  : g_strdup (words->verb);
  target = dup_target (line, length, argument);
  if (target != NULL)
    /* TRANSLATORS: an FTP command, what it means, and an address: "PORT: active mode: … (10.0.0.1:50000)" */
    return g_strdup_printf (C_("command", "%s: %s (%s)"), upper, _(words->text), target);
  /* TRANSLATORS: an FTP command or a reply code, and what it means: "RETR: fetch a file" */
  return g_strdup_printf (C_("command", "%s: %s"), upper, _(words->text));
}

/* The line as a reply of its own, also when it is one of several. */
static TlFtpReply *
parse_line (int         code,
            const char *line)
{
  g_autoptr (TlFtpReplyParser) parser = tl_ftp_reply_parser_new ();
  g_autofree char *prefix = g_strdup_printf ("%d", code);
  gsize length = strnlen (line, MAX_LINE);

  if (g_str_has_prefix (line, prefix) && (length == 3 || strchr (" -", line[3]) != NULL))
    {
      line += MIN (length, 4);
      length -= MIN (length, 4);
    }
  if (!tl_ftp_reply_parser_feed (parser, (const guint8 *) prefix, 3, NULL) ||
      !tl_ftp_reply_parser_feed (parser, (const guint8 *) " ", 1, NULL) ||
      !tl_ftp_reply_parser_feed (parser, (const guint8 *) line, strcspn (line, "\r\n") < length ? strcspn (line, "\r\n") : length, NULL) ||
      !tl_ftp_reply_parser_feed (parser, (const guint8 *) "\n", 1, NULL))
    return NULL;
  return tl_ftp_reply_parser_pop (parser);
}

static char *
dup_file_fact (const TlFtpReply *reply)
{
  gint64 value;

  if (tl_ftp_answer_mdtm (reply, &value, NULL))
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (value / G_USEC_PER_SEC);
      g_autofree char *text = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S") : NULL;

      return text != NULL ? g_strdup_printf (_("It is the time %s (UTC)."), text) : NULL;
    }
  value = tl_ftp_answer_size (reply, NULL);
  if (value >= 0)
    {
      g_autofree char *text = g_format_size_full ((guint64) value, G_FORMAT_SIZE_LONG_FORMAT | G_FORMAT_SIZE_IEC_UNITS);

      return g_strdup_printf (_("If it is a size: %s."), text);
    }
  return NULL;
}

/* Why, as far as the server's words tell it. */
static char *
dup_reason (const TlFtpReply *reply)
{
  switch (tl_ftp_error_classify (reply))
    {
    case TL_FTP_ERROR_NOT_FOUND:
      return g_strdup (_("The file or folder does not exist."));
    case TL_FTP_ERROR_DENIED:
      return g_strdup (_("The account does not have the right."));
    case TL_FTP_ERROR_EXISTS:
      return g_strdup (_("The name is taken already."));
    case TL_FTP_ERROR_NO_SPACE:
      return g_strdup (_("There is no room left on the server."));
    case TL_FTP_ERROR_TOO_MANY:
      return g_strdup (_("There are too many connections: try again later."));
    default:
      return NULL;
    }
}

/* What the line tells beyond its code; *@replaces_next: it says it better than the table. */
static char *
dup_detail (int         code,
            const char *line,
            gboolean   *replaces_next)
{
  g_autoptr (TlFtpReply) reply = code < 600 ? parse_line (code, line) : NULL;
  char *detail = NULL;
  guint16 port;

  *replaces_next = FALSE;
  if (reply == NULL)
    return NULL;

  switch (code)
    {
    case 213:
      return dup_file_fact (reply);
    case 227:
      if (tl_ftp_answer_pasv (reply, &port, NULL, NULL))
        detail = g_strdup_printf (_("Its port is in the last two numbers: %u × 256 + %u = %u."), port >> 8, port & 255, port);
      return detail;
    case 229:
      return tl_ftp_answer_epsv (reply, &port, NULL) ? g_strdup_printf (_("It waits at port %u."), port) : NULL;
    case 421:
    case 430:
    case 450:
    case 530:
    case 550:
    case 553:
      detail = dup_reason (reply);
      *replaces_next = detail != NULL;
      return detail;
    default:
      return NULL;
    }
}

/* Takes @text. */
static char *
add_sentence (char       *text,
              const char *sentence)
{
  g_autofree char *before = text;

  if (sentence == NULL)
    return g_steal_pointer (&before);
  /* TRANSLATORS: two sentences */
  return g_strdup_printf (C_("sentences", "%s %s"), before, sentence);
}

char *
tl_ftp_words_for_reply (int         code,
                        const char *line)
{
  g_autofree char *text = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *number = g_strdup_printf ("%d", code);
  const TlFtpReplyWords *words = tl_ftp_reply_words;
  gboolean replaces_next = FALSE;

  if (code < 100 || code > 699)
    return NULL;

  if (line != NULL)
    detail = dup_detail (code, line, &replaces_next);
  while (words->code != code && words->code != 0)
    words++;

  if (words->code != 0)
    {
      text = add_sentence (g_strdup (_(words->text)), detail);
      if (words->next != NULL && !replaces_next)
        text = add_sentence (g_steal_pointer (&text), _(words->next));
    }
  else
    {
      const char *group = tl_ftp_reply_group_words[code / 10 % 10];

      text = add_sentence (g_strdup (_(tl_ftp_reply_class_words[code / 100])), group != NULL ? _(group) : NULL);
    }
  return g_strdup_printf (C_("command", "%s: %s"), number, text);
}
