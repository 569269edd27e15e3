/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of a JSON Lines export: whatever it is, it is read or refused with a sentence; what was read and is written again reads the same. */
#include "fuzz.h"

#include <string.h>

#include "tl-json-line.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  /* Without a NUL behind it: nothing may be read there. */
  g_autofree char *line = g_memdup2 (data, size);
  g_auto (TlJsonLine) row = { 0 }, again = { 0 };
  g_autofree char *base64 = NULL, *written = NULL;
  g_autoptr (GError) error = NULL;

  if (!tl_json_line_parse (line, size, &row, &error))
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (row.bytes);
      return 0;
    }
  g_assert_no_error (error);
  g_assert_nonnull (row.bytes);
  g_assert_cmpuint (g_bytes_get_size (row.bytes), <=, size);
  g_assert_true (row.peer == NULL || g_utf8_validate (row.peer, -1, NULL));

  base64 = g_base64_encode (g_bytes_get_data (row.bytes, NULL), g_bytes_get_size (row.bytes));
  written = g_strdup_printf ("{\"kind\":\"%s\",\"base64\":\"%s\"}", row.kind == TL_MESSAGE_SENT ? "sent" : "received", base64);
  g_assert_true (tl_json_line_parse (written, strlen (written), &again, NULL));
  g_assert_true (g_bytes_equal (again.bytes, row.bytes));

  return 0;
}
