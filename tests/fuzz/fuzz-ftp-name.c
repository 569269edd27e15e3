/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names: whatever the bytes are, what is shown is text, what is made locally is one safe name, and what is sent is one command.
 * The first byte chooses the character set, the second the guess. */
#include "fuzz.h"

#include <string.h>

#include "tl-ftp-command.h"
#include "tl-ftp-error.h"
#include "tl-ftp-name.h"

static void
check_local (const guint8 *name,
             gsize         length,
             TlFtpCharset  charset,
             TlCharset     guess)
{
  g_autofree char *local = tl_ftp_name_to_local (name, length, charset, guess);
  gsize n = strlen (local);

  g_assert_true (g_utf8_validate (local, -1, NULL));
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <=, 240);
  g_assert_cmpstr (local, !=, ".");
  g_assert_cmpstr (local, !=, "..");
  for (const char *p = local; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_assert_true (c != '/' && c != '\\' && !g_unichar_iscntrl (c));
      g_assert_true ((c < 0x202a || c > 0x202e) && (c < 0x2066 || c > 0x2069));
    }
}

static void
check_display (const guint8 *name,
               gsize         length,
               TlFtpCharset  charset,
               TlCharset     guess)
{
  gboolean valid;
  g_autofree char *shown = tl_ftp_name_display (name, length, charset, guess, &valid);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) again = NULL;

  g_assert_true (g_utf8_validate (shown, -1, NULL));
  g_assert_null (strpbrk (shown, "\r\n"));

  /* What can be typed is sent as it is. */
  again = tl_ftp_name_encode (shown, charset, &error);
  if (again != NULL)
    g_assert_null (memchr (g_bytes_get_data (again, NULL), '/', g_bytes_get_size (again)));
  else
    g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_NAME);
}

static void
check_command (const guint8 *data,
               gsize         length)
{
  g_autoptr (GBytes) line = g_bytes_new (data, length);
  g_autoptr (GBytes) shown = NULL;
  g_autoptr (GBytes) argument_shown = NULL;
  g_autoptr (GBytes) sent = tl_ftp_command_build_raw (line, &shown, NULL);
  g_autoptr (GBytes) secret = tl_ftp_command_build ("PASS", line, &argument_shown, NULL);
  const char *bytes;
  gsize n;

  g_assert_true ((sent != NULL) == (shown != NULL));
  if (secret != NULL)
    g_assert_cmpmem (g_bytes_get_data (argument_shown, NULL), g_bytes_get_size (argument_shown), "PASS ********", 13);
  if (sent == NULL)
    return;

  bytes = g_bytes_get_data (sent, &n);
  g_assert_cmpmem (bytes + n - 2, 2, "\r\n", 2);
  g_assert_null (memchr (bytes, '\r', n - 2));
  g_assert_null (memchr (bytes, '\n', n - 2));
  g_assert_null (memchr (bytes, '\0', n));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  TlFtpCharset charset;
  TlCharset guess;

  if (size < 2)
    return 0;
  charset = data[0] % (TL_N_CHARSETS + 1) - 1;
  guess = data[1] % TL_N_CHARSETS;
  check_local (data + 2, size - 2, charset, guess);
  check_display (data + 2, size - 2, charset, guess);
  check_command (data + 2, size - 2);
  g_assert_cmpuint (tl_ftp_name_guess (data + 2, size - 2), <, TL_N_CHARSETS);
  return 0;
}
