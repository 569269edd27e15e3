/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts with lines that are too long to be edited in a text view. */

#include "tl-long-text.h"

#include <string.h>

gboolean
tl_long_text_is_too_long (const GtkTextIter *at,
                          const char        *text,
                          gsize              length)
{
  const char *end = text + length;
  glong before = gtk_text_iter_get_line_offset (at);
  glong after = gtk_text_iter_get_chars_in_line (at) - before;

  for (const char *line = text; line <= end;)
    {
      const char *next = memchr (line, '\n', end - line);
      glong chars = g_utf8_strlen (line, (next ? next : end) - line) + (line == text ? before : 0) + (next ? 0 : after);

      if (chars > TL_LONG_TEXT_LINE)
        return TRUE;
      if (!next)
        break;
      line = next + 1;
    }
  return FALSE;
}

char *
tl_long_text_join (const GtkTextIter *at,
                   const char        *text,
                   gsize              length)
{
  GtkTextIter start, end;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GString) whole = NULL;

  gtk_text_buffer_get_bounds (gtk_text_iter_get_buffer (at), &start, &end);
  before = gtk_text_iter_get_text (&start, at);
  after = gtk_text_iter_get_text (at, &end);
  whole = g_string_new (before);
  g_string_append_len (whole, text, length);
  g_string_append (whole, after);
  return g_string_free (g_steal_pointer (&whole), FALSE);
}

char *
tl_long_text_beginning (const char *text)
{
  const char *p = text;

  for (guint n = 0; *p && n < TL_LONG_TEXT_SHOWN; n++)
    p = g_utf8_next_char (p);
  return g_strdup_printf ("%.*s…", (int) (p - text), text);
}
