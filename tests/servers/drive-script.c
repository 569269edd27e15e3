/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "drive-script.h"

#include <gio/gunixinputstream.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The leak checker of GCC 12 falls over the thread-local storage of modules that were loaded late, as those of TLS are. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "intercept_tls_get_addr=0";
}

static void
line_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  DriveScript *self = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (self->input, result, NULL, NULL);
  g_auto (GStrv) words = NULL;

  if (line == NULL)
    {
      g_main_loop_quit (self->loop);
      return;
    }
  words = g_strsplit (line, " ", -1);
  self->run (self->user_data, words);
}

/* The main loop runs meanwhile: what is driven sees what its server does. */
static void
read_command (DriveScript *self)
{
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, NULL, line_read_cb, self);
}

void
drive_script_follow (DriveScript  *self,
                     void        (*run) (gpointer   user_data,
                                         char     **words),
                     gpointer      user_data)
{
  g_autoptr (GInputStream) stdin_stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);

  setlocale (LC_ALL, "");
  self->run = run;
  self->user_data = user_data;
  self->loop = g_main_loop_new (NULL, FALSE);
  self->input = g_data_input_stream_new (stdin_stream);
  read_command (self);
  g_main_loop_run (self->loop);
  g_clear_object (&self->input);
  g_clear_pointer (&self->loop, g_main_loop_unref);
}

void
drive_script_answer (DriveScript *self,
                     const char  *format,
                     va_list      arguments)
{
  vprintf (format, arguments);
  putchar ('\n');
  fflush (stdout);
  read_command (self);
}

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

TlFtpClient *
drive_client_new (char         **words,
                  TestAnswerer **answerer)
{
  g_autoptr (TlFtpSite) site = tl_ftp_site_new ();
  g_autofree char *user = drive_text_from_hex (words[5]);
  g_autofree char *password = drive_text_from_hex (words[6]);
  TlFtpClient *client;

  g_object_set (site, "host", words[1], "port", (guint) atoi (words[2]), "security", atoi (words[3]), "account-kind", atoi (words[4]), "user", user,
                "active-mode", words[7] != NULL && atoi (words[7]) != 0, NULL);
  *answerer = test_answerer_new (user, password);
  if (words[7] != NULL && words[8] != NULL)
    (*answerer)->trusted = g_strdup (words[8]);
  client = tl_ftp_client_new (site);
  g_object_set (client, "asker", *answerer, "timeout", 10u, NULL);
  return client;
}
