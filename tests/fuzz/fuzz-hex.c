/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hexadecimal text: bytes come back from what was made of them; a refusal points into the text. */
#include "fuzz.h"

#include <string.h>

#include "tl-hex.h"

static void
check_round_trip (const guint8 *data,
                  gsize         size,
                  const char   *separator)
{
  g_autofree char *text = tl_hex_format (data, size, separator);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) back = tl_hex_parse (text, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), data, size);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *dump = tl_hex_dump (data, size);
  g_autoptr (GError) error = NULL;
  gsize position = 0;
  g_autoptr (GBytes) bytes = tl_hex_parse (text, &position, &error);

  check_round_trip (data, size, " ");
  check_round_trip (data, size, "");
  g_assert_true (g_str_is_ascii (dump));

  if (bytes != NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpuint (position, ==, 0);
      g_assert_cmpuint (g_bytes_get_size (bytes), <=, strlen (text) / 2);
      check_round_trip (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), ",0x");
    }
  else
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpuint (position, >=, 1);
      g_assert_cmpuint (position, <=, strlen (text));
    }

  return 0;
}
