/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A name that a server sent, as the name of a file of this machine: whatever it holds, it is one name, below its folder, and nothing in it is hidden. */

#include "tl-ftp-name.h"

#include <errno.h>
#include <string.h>

#include "tl-ftp-private.h"

/* What a file system takes is 255; a few are left for ".part" and " (2)". */
#define MAX_BYTES 240
#define MAX_EXTENSION 32

/* The names of devices on Windows, where the file may be copied to; with any extension too. */
static const char * const device_names[] = { "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$", NULL };

static void
append_hex (GString      *out,
            const guint8 *bytes,
            gsize         length)
{
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (out, "%%%02X", bytes[i]);
}

/* Characters that separate folders, that cannot be seen, or that turn what is read around (UAX 9). */
static gboolean
is_dangerous (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
      /* The joiners are part of writing: emoji, Persian, Indic scripts. */
      return c != 0x200c && c != 0x200d;
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;
    default:
      return c == '/' || c == '\\';
    }
}

static void
append_character (GString  *out,
                  gunichar  c)
{
  char utf8[6];
  int length = g_unichar_to_utf8 (c, utf8);

  if (is_dangerous (c))
    append_hex (out, (const guint8 *) utf8, (gsize) length);
  else
    g_string_append_len (out, utf8, length);
}

static void
append_text (GString    *out,
             const char *text,
             gsize       length)
{
  /* Not as a C string: a NUL is one of the characters. */
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    append_character (out, g_utf8_get_char (p));
}

/* One character of @bytes, or one byte that begins none. Returns the number of bytes that it took. */
static gsize
append_one (GString      *out,
            const guint8 *bytes,
            gsize         length,
            TlCharset     charset)
{
  for (gsize n = 1; n <= MIN (length, 4); n++)
    {
      g_autofree char *text = NULL;
      gsize written = 0;

      text = tl_ftp_name_convert (bytes, n, charset, &written);
      if (text == NULL)
        continue;
      append_text (out, text, written);
      return n;
    }
  append_hex (out, bytes, 1);
  return 1;
}

static GString *
dup_escaped (const guint8 *name,
             gsize         length,
             TlCharset     charset)
{
  GString *out = g_string_sized_new (length + 16);
  gsize written = 0;
  g_autofree char *text = tl_ftp_name_convert (name, length, charset, &written);

  if (text != NULL)
    append_text (out, text, written);
  else
    for (gsize i = 0; i < length;)
      i += append_one (out, name + i, length - i, charset);
  return out;
}

static gboolean
is_device (const char *name)
{
  gsize length = strcspn (name, ". ");

  for (guint i = 0; device_names[i] != NULL; i++)
    if (strlen (device_names[i]) == length && g_ascii_strncasecmp (name, device_names[i], length) == 0)
      return TRUE;
  return length == 4 && name[3] >= '0' && name[3] <= '9' &&
         (g_ascii_strncasecmp (name, "COM", 3) == 0 || g_ascii_strncasecmp (name, "LPT", 3) == 0);
}

/* The first character that is escaped makes another name of it. */
static void
escape_first (GString *name)
{
  g_autofree char *hex = g_strdup_printf ("%%%02X", (guint8) name->str[0]);

  g_string_erase (name, 0, 1);
  g_string_prepend (name, hex);
}

/* The extension with its dot, also of "a.tar.gz"; NULL when there is none. */
static const char *
find_extension (const GString *name)
{
  const char *dot = strrchr (name->str, '.');

  if (dot == NULL || dot == name->str || name->len - (gsize) (dot - name->str) > MAX_EXTENSION)
    return NULL;
  if (dot - name->str > 4 && strncmp (dot - 4, ".tar", 4) == 0)
    return dot - 4;
  return dot;
}

/* Cuts the name before its extension. What was cut away stands as a checksum, so that names that differ only there stay two. */
static void
shorten (GString      *name,
         const guint8 *raw,
         gsize         length)
{
  g_autofree char *extension = g_strdup (find_extension (name));
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, raw, length);
  gsize room = MAX_BYTES - (extension != NULL ? strlen (extension) : 0) - 9;
  const char *end = g_utf8_find_prev_char (name->str, name->str + room + 1);

  /* Not inside of an escape. */
  for (int i = 0; i < 2; i++)
    if (end - name->str >= 2 - i && end[-(2 - i)] == '%' && g_ascii_isxdigit (end[-(2 - i) + 1]))
      {
        end -= 2 - i;
        break;
      }
  g_string_truncate (name, (gsize) (end - name->str));
  g_string_append_printf (name, "~%.8s%s", sum, extension != NULL ? extension : "");
}

char *
tl_ftp_name_to_local (const guint8 *name,
                      gsize         length,
                      TlFtpCharset  charset,
                      TlCharset     guess)
{
  g_autoptr (GString) local = NULL;

  g_return_val_if_fail (name != NULL || length == 0, NULL);

  local = dup_escaped (name, length, tl_ftp_name_resolve_charset (name, length, charset, guess));
  if (local->len == 0)
    g_string_assign (local, "_");
  else if (g_str_equal (local->str, "."))
    g_string_assign (local, "%2E");
  else if (g_str_equal (local->str, ".."))
    g_string_assign (local, "%2E%2E");
  else if (is_device (local->str))
    escape_first (local);

  if (local->len > MAX_BYTES)
    shorten (local, name, length);
  return g_string_free (g_steal_pointer (&local), FALSE);
}
