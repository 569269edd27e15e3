/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Command lines: one line goes out or none, its bytes are those that went in, and no secret is shown. The first byte says where the input is cut in two. */
#include "fuzz.h"

#include <string.h>

#include "tl-ftp-command.h"
#include "tl-ftp-error.h"
#include "tl-ftp-words.h"

static gboolean
has (GBytes     *bytes,
     const void *part,
     gsize       length)
{
  return length > 0 && g_bytes_get_size (bytes) >= length && memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), part, length) != NULL;
}

/* CR LF at the end and nowhere else, no NUL, each IAC twice. Returns: what a server reads. */
static GBytes *
read_line (GBytes *sent)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (sent, &length);
  GByteArray *line = g_byte_array_new ();

  g_assert_cmpuint (length, >=, 3);
  g_assert_cmpmem (data + length - 2, 2, "\r\n", 2);
  for (gsize i = 0; i < length - 2; i++)
    {
      g_assert_true (data[i] != '\r' && data[i] != '\n' && data[i] != '\0');
      if (data[i] == 255)
        g_assert_cmpuint (data[++i], ==, 255);
      g_byte_array_append (line, data + i, 1);
    }
  return g_byte_array_free_to_bytes (line);
}

static void
check_raw (const guint8 *data,
           gsize         size)
{
  g_autoptr (GBytes) typed = g_bytes_new (data, size);
  g_autoptr (GBytes) shown = NULL;
  g_autoptr (GBytes) line = NULL;
  g_autoptr (GBytes) masked = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sent = tl_ftp_command_build_raw (typed, &shown, &error);

  if (sent == NULL)
    {
      g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_NAME);
      g_assert_null (shown);
      return;
    }
  g_assert_nonnull (shown);
  line = read_line (sent);
  masked = tl_ftp_command_mask (line);
  g_assert_true (g_bytes_equal (masked, shown));
  /* Blanks at the beginning are all that may be missing. */
  g_assert_cmpuint (g_bytes_get_size (line), <=, size);
  g_assert_cmpmem (g_bytes_get_data (line, NULL), g_bytes_get_size (line), data + size - g_bytes_get_size (line), g_bytes_get_size (line));
}

static void
check_password (const guint8 *data,
                gsize         size)
{
  g_autoptr (GBytes) argument = g_bytes_new (data, size);
  g_autoptr (GBytes) shown = NULL;
  g_autoptr (GBytes) sent = tl_ftp_command_build ("PASS", argument, &shown, NULL);

  if (sent != NULL)
    g_assert_cmpmem (g_bytes_get_data (shown, NULL), g_bytes_get_size (shown), "PASS " TL_FTP_COMMAND_MASK, strlen ("PASS " TL_FTP_COMMAND_MASK));
}

static void
check_hide (const guint8 *data,
            gsize         size,
            gsize         cut)
{
  g_autofree char *secret = g_strndup ((const char *) data, cut);
  g_autoptr (GBytes) line = g_bytes_new (data + cut, size - cut);
  g_autoptr (GBytes) shown = tl_ftp_command_hide (line, secret);

  /* The mask's own stars may be like it. */
  if (strchr (secret, '*') == NULL)
    g_assert_false (has (shown, secret, strlen (secret)));
  if (!has (line, secret, strlen (secret)))
    g_assert_true (g_bytes_equal (shown, line));
}

/* Of the line as the transcript has it, to the server or from it. */
static void
check_words (const guint8 *data,
             gsize         size)
{
  g_autofree char *line = g_strndup ((const char *) data, size);
  g_autofree char *command = tl_ftp_words_for_command (line);
  g_autofree char *reply = tl_ftp_words_for_reply (size > 1 ? 100 + data[0] % 250 + data[1] % 250 : 0, line);

  g_assert_true (command == NULL || g_utf8_validate (command, -1, NULL));
  g_assert_true (reply == NULL || g_utf8_validate (reply, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  if (size == 0)
    return 0;
  check_raw (data + 1, size - 1);
  check_password (data + 1, size - 1);
  check_hide (data + 1, size - 1, data[0] % size);
  check_words (data + 1, size - 1);
  return 0;
}
