/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "drive-hex.h"

GBytes *
drive_from_hex (const char *hex)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (hex == NULL || g_str_equal (hex, "-"))
    return NULL;
  for (; g_ascii_isxdigit (hex[0]) && g_ascii_isxdigit (hex[1]); hex += 2)
    {
      guint8 byte = g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]);

      g_byte_array_append (bytes, &byte, 1);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

char *
drive_text_from_hex (const char *hex)
{
  g_autoptr (GBytes) bytes = drive_from_hex (hex);

  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL) ?: "", g_bytes_get_size (bytes)) : NULL;
}
