/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nine bits and three special ones, as `chmod` and `ls` write them. */

#include "tl-ftp-mode.h"

char *
tl_ftp_mode_to_octal (guint mode)
{
  return g_strdup_printf (mode > 0777 ? "%04o" : "%03o", mode & 07777);
}

char *
tl_ftp_mode_to_text (guint mode)
{
  static const char letters[] = "rwxrwxrwx";
  char *text = g_strdup (letters);

  for (guint i = 0; i < 9; i++)
    if (!(mode & (0400u >> i)))
      text[i] = '-';
  if (mode & 04000)
    text[2] = mode & 0100 ? 's' : 'S';
  if (mode & 02000)
    text[5] = mode & 0010 ? 's' : 'S';
  if (mode & 01000)
    text[8] = mode & 0001 ? 't' : 'T';

  return text;
}

int
tl_ftp_mode_parse (const char *text)
{
  int mode = 0;
  guint n = 0;

  for (const char *p = text; *p; p = g_utf8_next_char (p), n++)
    {
      int digit = g_unichar_digit_value (g_utf8_get_char (p));

      if (digit < 0 || digit > 7 || n == 4)
        return -1;
      mode = mode * 8 + digit;
    }

  return n < 3 ? -1 : mode;
}
