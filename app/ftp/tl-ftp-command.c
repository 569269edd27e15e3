/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Command lines: what goes into one is checked here, where it is made. */

#include "tl-ftp-command.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tl-ftp-error.h"

#define IAC 255

/* What follows them is a secret. */
static const char * const secret_verbs[] = { "PASS", "ACCT", "ADAT", NULL };
static const char * const secret_site_words[] = { "PASS", "PSWD", "CPWD", "GPASS", NULL };

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, TL_FTP_ERROR, TL_FTP_ERROR_NAME, sentence);
  return FALSE;
}

static gboolean
check (const guint8  *line,
       gsize          length,
       GError       **error)
{
  if (memchr (line, '\r', length) != NULL || memchr (line, '\n', length) != NULL)
    return refuse (error, _("This holds a line break and cannot be sent: the server would take it for two commands."));
  if (memchr (line, '\0', length) != NULL)
    return refuse (error, _("This holds a zero byte and cannot be sent."));
  if (length > TL_FTP_COMMAND_MAX)
    return refuse (error, _("This is too long to be sent as a command."));
  if (length == 0 || !g_ascii_isalpha (line[0]))
    return refuse (error, _("A command begins with a word, such as HELP. Type one."));
  return TRUE;
}

static gboolean
is_blank (guint8 byte)
{
  return byte == ' ' || byte == '\t';
}

static gsize
skip_blanks (const guint8 *line,
             gsize         length,
             gsize         at)
{
  while (at < length && is_blank (line[at]))
    at++;
  return at;
}

/* A prefix is enough: "PASSsecret" is a slip of the fingers, and still a secret. */
static gboolean
begins_with (const guint8       *word,
             gsize               length,
             const char * const *list)
{
  for (; *list != NULL; list++)
    if (length >= strlen (*list) && g_ascii_strncasecmp ((const char *) word, *list, strlen (*list)) == 0)
      return TRUE;
  return FALSE;
}

/* Where the secret begins, or @length. */
static gsize
find_secret (const guint8 *line,
             gsize         length)
{
  static const char * const site[] = { "SITE", NULL };
  gsize start = 0;

  /* Whoever types by hand may have erased something first. */
  while (start < length && (line[start] <= ' ' || line[start] == 127))
    start++;
  if (begins_with (line + start, length - start, secret_verbs))
    return MIN (start + 4, length);
  if (!begins_with (line + start, length - start, site))
    return length;

  start = skip_blanks (line, length, start + 4);
  if (!begins_with (line + start, length - start, secret_site_words))
    return length;
  while (start < length && !is_blank (line[start]))
    start++;
  return start;
}

GBytes *
tl_ftp_command_mask (GBytes *line)
{
  const guint8 *data;
  GByteArray *shown;
  gsize length, start;

  g_return_val_if_fail (line != NULL, NULL);

  data = g_bytes_get_data (line, &length);
  start = length > 0 ? find_secret (data, length) : 0;
  if (start == length)
    return g_bytes_ref (line);

  shown = g_byte_array_new ();
  g_byte_array_append (shown, data, (guint) start);
  g_byte_array_append (shown, (const guint8 *) " " TL_FTP_COMMAND_MASK, strlen (" " TL_FTP_COMMAND_MASK));
  return g_byte_array_free_to_bytes (shown);
}

GBytes *
tl_ftp_command_hide (GBytes     *line,
                     const char *secret)
{
  GByteArray *shown;
  const guint8 *data, *found;
  gsize length, n;

  g_return_val_if_fail (line != NULL && secret != NULL, NULL);

  data = g_bytes_get_data (line, &length);
  n = strlen (secret);
  if (n == 0 || length == 0 || memmem (data, length, secret, n) == NULL)
    return g_bytes_ref (line);

  shown = g_byte_array_new ();
  while ((found = memmem (data, length, secret, n)) != NULL)
    {
      g_byte_array_append (shown, data, (guint) (found - data));
      g_byte_array_append (shown, (const guint8 *) TL_FTP_COMMAND_MASK, strlen (TL_FTP_COMMAND_MASK));
      length -= (gsize) (found - data) + n;
      data = found + n;
    }
  g_byte_array_append (shown, data, (guint) length);
  return g_byte_array_free_to_bytes (shown);
}

GBytes *
tl_ftp_command_build_raw (GBytes   *line,
                          GBytes  **shown,
                          GError  **error)
{
  GByteArray *out;
  const guint8 *data;
  gsize length, start;

  g_return_val_if_fail (line != NULL, NULL);

  if (shown != NULL)
    *shown = NULL;
  data = g_bytes_get_data (line, &length);
  start = skip_blanks (data, length, 0);
  if (!check (length > start ? data + start : (const guint8 *) "", length - start, error))
    return NULL;

  out = g_byte_array_sized_new ((guint) (length - start + 2));
  for (gsize i = start; i < length; i++)
    g_byte_array_append (out, data[i] == IAC ? (const guint8 *) "\377\377" : data + i, data[i] == IAC ? 2 : 1);
  g_byte_array_append (out, (const guint8 *) "\r\n", 2);

  if (shown != NULL)
    {
      g_autoptr (GBytes) stripped = g_bytes_new_from_bytes (line, start, length - start);

      *shown = tl_ftp_command_mask (stripped);
    }
  return g_byte_array_free_to_bytes (out);
}

static GBytes *
join (const char *verb,
      GBytes     *argument)
{
  GByteArray *bytes = g_byte_array_new ();
  const guint8 *data;
  gsize length;

  g_byte_array_append (bytes, (const guint8 *) verb, (guint) strlen (verb));
  if (argument != NULL)
    {
      data = g_bytes_get_data (argument, &length);
      g_byte_array_append (bytes, (const guint8 *) " ", 1);
      g_byte_array_append (bytes, data, (guint) length);
    }
  return g_byte_array_free_to_bytes (bytes);
}

GBytes *
tl_ftp_command_build (const char  *verb,
                      GBytes      *argument,
                      GBytes     **shown,
                      GError     **error)
{
  g_autoptr (GBytes) line = NULL;

  g_return_val_if_fail (verb != NULL && *verb != '\0', NULL);

  line = join (verb, argument);
  return tl_ftp_command_build_raw (line, shown, error);
}

char *
tl_ftp_command_dup_secret (const char *verb,
                           GBytes     *argument)
{
  g_autoptr (GBytes) line = NULL;
  const guint8 *data;
  gsize length, start;

  g_return_val_if_fail (verb != NULL, NULL);

  line = join (verb, argument);
  data = g_bytes_get_data (line, &length);
  start = length > 0 ? skip_blanks (data, length, find_secret (data, length)) : 0;
  while (length > start && is_blank (data[length - 1]))
    length--;
  return length > start ? g_strndup ((const char *) data + start, length - start) : NULL;
}
