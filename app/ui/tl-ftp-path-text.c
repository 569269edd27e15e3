/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A path that was typed, as the bytes that go to the server. */

#include "tl-ftp-path-bar.h"

#include "tl-ftp-text.h"

/* The parts of a raw path, (transfer full). */
static GPtrArray *
split (GBytes *path)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  gsize length, begin = 0;
  const char *bytes = path ? g_bytes_get_data (path, &length) : NULL;

  for (gsize i = 0; bytes && i <= length; i++)
    if (i == length || bytes[i] == '/')
      {
        if (i > begin)
          g_ptr_array_add (parts, g_bytes_new_from_bytes (path, begin, i - begin));
        begin = i + 1;
      }

  return parts;
}

static GBytes *
find_known (GPtrArray    *known,
            const char   *part,
            TlFtpCharset  charset,
            TlCharset     guess)
{
  for (guint i = 0; i < known->len; i++)
    {
      g_autofree char *text = tl_ftp_text_path (g_ptr_array_index (known, i), charset, guess);

      if (g_str_equal (text, part))
        return g_bytes_ref (g_ptr_array_index (known, i));
    }

  return NULL;
}

GBytes *
tl_ftp_path_from_text (const char   *text,
                       GBytes       *current,
                       TlFtpCharset  charset,
                       TlCharset     guess,
                       GError      **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", -1);
  g_autoptr (GPtrArray) known = split (current);
  g_autoptr (GByteArray) path = g_byte_array_new ();
  gboolean any = FALSE;

  if (*text == '/')
    g_byte_array_append (path, (const guint8 *) "/", 1);
  for (guint i = 0; parts[i]; i++)
    {
      g_autoptr (GBytes) bytes = NULL;

      if (!*parts[i])
        continue;
      if (g_str_equal (parts[i], ".") || g_str_equal (parts[i], ".."))
        bytes = g_bytes_new (parts[i], strlen (parts[i]));
      else
        bytes = find_known (known, parts[i], charset, guess);
      if (!bytes)
        bytes = tl_ftp_name_encode (parts[i], charset, error);
      if (!bytes)
        return NULL;
      if (any)
        g_byte_array_append (path, (const guint8 *) "/", 1);
      g_byte_array_append (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      any = TRUE;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&path));
}
