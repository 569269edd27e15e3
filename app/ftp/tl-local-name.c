/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of files beside a file. */

#include "tl-local-name.h"

#include "tl-escape.h"

#include <string.h>

/* The first @length bytes of @name, fewer where that would cut a character. */
static gsize
shorten (const char *name,
         gsize       length)
{
  if (length >= strlen (name))
    return strlen (name);
  while (length > 0 && ((guchar) name[length] & 0xc0) == 0x80)
    length--;
  return length;
}

static char *
join (const char *name,
      gsize       stem,
      const char *tail)
{
  gsize room = TL_LOCAL_MAX_NAME - MIN (strlen (tail), TL_LOCAL_MAX_NAME);
  g_autofree char *head = g_strndup (name, stem);

  head[shorten (head, room)] = '\0';
  return g_strconcat (head, tail, NULL);
}

/* Where the extension begins. */
static gsize
find_extension (const char *name)
{
  const char *dot = strrchr (name, '.');

  /* A long one is no extension, but a sentence. */
  if (dot == NULL || dot == name || strlen (dot) > 16)
    return strlen (name);
  if (dot - name > 4 && strncmp (dot - 4, ".tar", 4) == 0)
    dot -= 4;
  return (gsize) (dot - name);
}

char *
tl_local_name_part (const char *name,
                    guint       n)
{
  g_autofree char *tail = n > 0 ? g_strdup_printf (".%u.part", n) : g_strdup (".part");

  return join (name, strlen (name), tail);
}

char *
tl_local_name_numbered (const char *name,
                        guint       n)
{
  gsize stem = find_extension (name);
  g_autofree char *tail = g_strdup_printf (" (%u)%s", n, name + stem);

  return join (name, stem, tail);
}

gboolean
tl_local_name_is_safe (const char *name)
{
  return *name != '\0' && strcmp (name, ".") != 0 && strcmp (name, "..") != 0 && strchr (name, '/') == NULL;
}

char *
tl_local_name_display (const char *name)
{
  g_autofree char *text = g_filename_display_name (name);

  return tl_escape_visible (text, FALSE);
}
