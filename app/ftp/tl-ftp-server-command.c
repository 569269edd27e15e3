/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands that came, taken apart. */

#include "tl-ftp-server-command.h"

#include "tl-ftp-scan.h"

#include <gio/gio.h>
#include <string.h>

#define LOGIN TL_FTP_VERB_NEEDS_LOGIN
#define PATH (TL_FTP_VERB_NEEDS_LOGIN | TL_FTP_VERB_NEEDS_ARGUMENT)
#define WRITE (PATH | TL_FTP_VERB_WRITES)
#define WORD TL_FTP_VERB_NEEDS_ARGUMENT
#define ANY TL_FTP_VERB_ANY_TIME

/* The names of RFC 775 for old clients too. */
static const struct {
  char           word[5];
  guint8         verb;
  guint8         flags;
} verbs[] = {
  { "abor", TL_FTP_VERB_ABOR, LOGIN | ANY },
  { "acct", TL_FTP_VERB_ACCT, WORD },
  { "allo", TL_FTP_VERB_ALLO, LOGIN },
  { "appe", TL_FTP_VERB_APPE, WRITE },
  { "auth", TL_FTP_VERB_AUTH, WORD },
  { "cdup", TL_FTP_VERB_CDUP, LOGIN },
  { "clnt", TL_FTP_VERB_CLNT, 0 },
  { "cwd", TL_FTP_VERB_CWD, PATH },
  { "dele", TL_FTP_VERB_DELE, WRITE },
  { "eprt", TL_FTP_VERB_EPRT, PATH },
  { "epsv", TL_FTP_VERB_EPSV, LOGIN },
  { "feat", TL_FTP_VERB_FEAT, 0 },
  { "hash", TL_FTP_VERB_HASH, PATH },
  { "help", TL_FTP_VERB_HELP, 0 },
  { "list", TL_FTP_VERB_LIST, LOGIN },
  { "mdtm", TL_FTP_VERB_MDTM, PATH },
  { "mfmt", TL_FTP_VERB_MFMT, WRITE },
  { "mkd", TL_FTP_VERB_MKD, WRITE },
  { "mlsd", TL_FTP_VERB_MLSD, LOGIN },
  { "mlst", TL_FTP_VERB_MLST, LOGIN },
  { "mode", TL_FTP_VERB_MODE, LOGIN | WORD },
  { "nlst", TL_FTP_VERB_NLST, LOGIN },
  { "noop", TL_FTP_VERB_NOOP, ANY },
  { "opts", TL_FTP_VERB_OPTS, WORD },
  { "pass", TL_FTP_VERB_PASS, 0 },
  { "pasv", TL_FTP_VERB_PASV, LOGIN },
  { "pbsz", TL_FTP_VERB_PBSZ, WORD },
  { "port", TL_FTP_VERB_PORT, PATH },
  { "prot", TL_FTP_VERB_PROT, WORD },
  { "pwd", TL_FTP_VERB_PWD, LOGIN },
  { "quit", TL_FTP_VERB_QUIT, 0 },
  { "rang", TL_FTP_VERB_RANG, PATH },
  { "rest", TL_FTP_VERB_REST, PATH },
  { "retr", TL_FTP_VERB_RETR, PATH },
  { "rmd", TL_FTP_VERB_RMD, WRITE },
  { "rnfr", TL_FTP_VERB_RNFR, WRITE },
  { "rnto", TL_FTP_VERB_RNTO, WRITE },
  { "size", TL_FTP_VERB_SIZE, PATH },
  { "stat", TL_FTP_VERB_STAT, LOGIN | ANY },
  { "stor", TL_FTP_VERB_STOR, WRITE },
  { "stru", TL_FTP_VERB_STRU, LOGIN | WORD },
  { "syst", TL_FTP_VERB_SYST, 0 },
  { "type", TL_FTP_VERB_TYPE, LOGIN | WORD },
  { "user", TL_FTP_VERB_USER, WORD },
  { "xcup", TL_FTP_VERB_CDUP, LOGIN },
  { "xcwd", TL_FTP_VERB_CWD, PATH },
  { "xmkd", TL_FTP_VERB_MKD, WRITE },
  { "xpwd", TL_FTP_VERB_PWD, LOGIN },
  { "xrmd", TL_FTP_VERB_RMD, WRITE },
};

void
tl_ftp_request_parse (TlFtpRequest *self,
                      const guint8 *line,
                      gsize         length)
{
  const guint8 *end = line + length;
  const guint8 *word = tl_scan_word (line, end);

  *self = (TlFtpRequest) { .verb = TL_FTP_VERB_UNKNOWN };
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (tl_scan_is (line, word, verbs[i].word))
      {
        self->verb = verbs[i].verb;
        self->flags = verbs[i].flags;
        break;
      }
  /* One blank: a name may begin with others. */
  if (word < end && word + 1 < end)
    {
      self->argument = word + 1;
      self->length = (gsize) (end - self->argument);
    }
}

void
tl_ftp_request_skip_options (TlFtpRequest *self)
{
  while (self->length > 0 && self->argument[0] == '-')
    {
      const guint8 *blank = memchr (self->argument, ' ', self->length);
      const gsize skipped = blank != NULL ? (gsize) (blank + 1 - self->argument) : self->length;

      self->argument += skipped;
      self->length -= skipped;
    }
}

char *
tl_ftp_request_list_verbs (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autofree char *upper = g_ascii_strup (verbs[i].word, -1);

      g_string_append_printf (text, " %-4s%s", upper, i % 8 == 7 || i + 1 == G_N_ELEMENTS (verbs) ? "\r\n" : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Takes the last part away; at the top there is none. */
static void
go_up (GString *path)
{
  const char *slash = path->len > 0 ? memrchr (path->str, '/', path->len) : NULL;

  g_string_truncate (path, slash != NULL ? (gsize) (slash - path->str) : 0);
}

static gboolean
add_part (GString      *path,
          const guint8 *part,
          gsize         length)
{
  if (length == 0 || (length == 1 && part[0] == '.'))
    return TRUE;
  if (length == 2 && part[0] == '.' && part[1] == '.')
    {
      go_up (path);
      return TRUE;
    }
  if (length > 255 || path->len + 1 + length > 4095)
    return FALSE;
  if (path->len > 0)
    g_string_append_c (path, '/');
  g_string_append_len (path, (const char *) part, (gssize) length);
  return TRUE;
}

char *
tl_ftp_request_resolve_path (const char   *cwd,
                             const guint8 *path,
                             gsize         length)
{
  g_autoptr (GString) result = NULL;
  gsize begin = 0;

  g_return_val_if_fail (cwd != NULL, NULL);

  if (length > 0 && (memchr (path, '\0', length) != NULL || memchr (path, '\r', length) != NULL || memchr (path, '\n', length) != NULL))
    return NULL;
  result = g_string_new (length > 0 && path[0] == '/' ? "" : cwd);
  while (begin < length)
    {
      const guint8 *slash = memchr (path + begin, '/', length - begin);
      const gsize end = slash != NULL ? (gsize) (slash - path) : length;

      if (!add_part (result, path + begin, end - begin))
        return NULL;
      begin = end + 1;
    }
  return g_string_free (g_steal_pointer (&result), FALSE);
}

gboolean
tl_ftp_request_parse_port (const guint8  *argument,
                           gsize          length,
                           char         **host,
                           guint16       *port)
{
  const guint8 *end = argument + length;
  int numbers[6];

  for (guint i = 0; i < 6; i++)
    {
      argument = tl_scan_int (argument, end, 3, &numbers[i]);
      if (argument == NULL || numbers[i] > 255)
        return FALSE;
      if (i < 5 && (argument == end || *argument++ != ','))
        return FALSE;
    }
  if (argument != end)
    return FALSE;
  *host = g_strdup_printf ("%d.%d.%d.%d", numbers[0], numbers[1], numbers[2], numbers[3]);
  *port = (guint16) (numbers[4] * 256 + numbers[5]);
  return TRUE;
}

gboolean
tl_ftp_request_parse_eprt (const guint8  *argument,
                           gsize          length,
                           int           *family,
                           char         **host,
                           guint16       *port)
{
  const guint8 *end = argument + length;
  const guint8 *text;
  guint8 delimiter;
  int number;

  if (length < 8 || argument[0] < 33 || argument[0] > 126)
    return FALSE;
  delimiter = *argument++;
  argument = tl_scan_int (argument, end, 1, family);
  if (argument == NULL || argument == end || *argument++ != delimiter)
    return FALSE;
  text = argument;
  argument = memchr (argument, delimiter, (gsize) (end - argument));
  if (argument == NULL || argument == text || argument - text > 45)
    return FALSE;
  end -= end[-1] == delimiter ? 1 : 0;
  if (end <= argument || tl_scan_int (argument + 1, end, 5, &number) != end || number < 1 || number > 65535)
    return FALSE;
  *host = g_strndup ((const char *) text, (gsize) (argument - text));
  *port = (guint16) number;
  return TRUE;
}

static gboolean
scan_digits (const guint8 *p,
             guint         n,
             int          *value)
{
  *value = 0;
  for (guint i = 0; i < n; i++)
    {
      if (!tl_scan_is_digit (p[i]))
        return FALSE;
      *value = *value * 10 + (p[i] - '0');
    }
  return TRUE;
}

gboolean
tl_ftp_request_parse_time (const guint8 *argument,
                           gsize         length,
                           gint64       *seconds)
{
  g_autoptr (GDateTime) time = NULL;
  int year, month, day, hour, minute, second;

  if (length < 14 || !scan_digits (argument, 4, &year) || !scan_digits (argument + 4, 2, &month) || !scan_digits (argument + 6, 2, &day)
      || !scan_digits (argument + 8, 2, &hour) || !scan_digits (argument + 10, 2, &minute) || !scan_digits (argument + 12, 2, &second))
    return FALSE;
  if (length > 14 && argument[14] != '.')
    return FALSE;
  for (gsize i = 15; i < length; i++)
    if (!tl_scan_is_digit (argument[i]))
      return FALSE;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60)
    return FALSE;
  time = g_date_time_new_utc (year, month, day, hour, minute, MIN (second, 59));
  if (time == NULL)
    return FALSE;
  *seconds = g_date_time_to_unix (time);
  return TRUE;
}

gboolean
tl_ftp_request_parse_number (const guint8 *argument,
                             gsize         length,
                             gint64       *number)
{
  *number = 0;
  if (length == 0 || length > 18)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!tl_scan_is_digit (argument[i]))
        return FALSE;
      *number = *number * 10 + (argument[i] - '0');
    }
  return TRUE;
}

gsize
tl_ftp_request_split_time (const guint8 *argument,
                           gsize         length,
                           gint64       *seconds)
{
  const guint8 *blank = length > 0 ? memchr (argument, ' ', length) : NULL;
  const gsize name = blank != NULL ? (gsize) (blank + 1 - argument) : 0;

  if (name == 0 || name == length || !tl_ftp_request_parse_time (argument, name - 1, seconds))
    return 0;
  return name;
}

gboolean
tl_ftp_request_parse_range (const guint8 *argument,
                            gsize         length,
                            gint64       *first,
                            gint64       *last)
{
  const guint8 *blank = length > 0 ? memchr (argument, ' ', length) : NULL;

  return blank != NULL && tl_ftp_request_parse_number (argument, (gsize) (blank - argument), first)
         && tl_ftp_request_parse_number (blank + 1, length - (gsize) (blank + 1 - argument), last);
}
