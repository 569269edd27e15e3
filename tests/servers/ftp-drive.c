/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A TlFtpClient that a script drives: one command a line on standard input, one answer a line on standard output. It is no test program: g_test_init()
 * would switch the resumption of TLS sessions off (glib-networking). Names and texts are hexadecimal, "-" is none.
 *
 *   site HOST PORT SECURITY KIND USER PASSWORD ACTIVE   which server, as whom, and whether data connections are active
 *   connect | close | state | fingerprint | cd PATH | mkdir PATH | rmdir PATH | rm PATH | mv FROM TO | chmod PATH MODE (decimal) | touch PATH TIME | stat PATH | raw COMMAND
 *   list PATH FILE                                the entries into FILE, a line each
 *   directory FILE                                into a TlFtpDirectory, too: how long it took, and how much memory
 *   fetch PATH OFFSET FILE [CANCEL-AT]            CANCEL-AT: bytes after which it is cancelled
 *   store PATH OFFSET FILE [CANCEL-AT]
 *   parallel PATH N TIMES FILE                    N siblings fetch it TIMES times each, into FILE.0 and so on
 *   soon COMMAND…                                 cancels the command as soon as it has begun
 *
 * Answers: "ok WORD…" or "error DOMAIN CODE MESSAGE".
 */

#include "ftp-drive-private.h"

#include <stdlib.h>

void
drive_answer (Drive      *self,
              const char *format,
              ...)
{
  va_list arguments;

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->file, g_free);
  self->cancel_at = 0;
  va_start (arguments, format);
  drive_script_answer (&self->script, format, arguments);
  va_end (arguments);
}

void
drive_answer_error (Drive  *self,
                    GError *error)
{
  g_autofree char *message = g_strescape (error->message, NULL);

  drive_answer (self, "error %s %d %s", g_quark_to_string (error->domain), error->code, message);
  g_error_free (error);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Drive *self = user_data;
  GError *error = NULL;

  if (tl_ftp_client_connect_finish (self->client, result, &error))
    drive_answer (self, "ok");
  else
    drive_answer_error (self, error);
}

static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Drive *self = user_data;
  GError *error = NULL;

  if (tl_ftp_client_act_finish (self->client, result, &error))
    drive_answer (self, "ok");
  else
    drive_answer_error (self, error);
}

static void
stat_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Drive *self = user_data;
  GError *error = NULL;
  gint64 size = -1, time = -1;

  if (tl_ftp_client_stat_finish (self->client, result, &size, &time, &error))
    drive_answer (self, "ok %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, size, time);
  else
    drive_answer_error (self, error);
}

static void
raw_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  Drive *self = user_data;
  GError *error = NULL;
  g_autoptr (TlFtpReply) reply = tl_ftp_client_raw_finish (self->client, result, &error);

  if (reply != NULL)
    drive_answer (self, "ok %d", tl_ftp_reply_get_code (reply));
  else
    drive_answer_error (self, error);
}

static void
set_site (Drive *self,
          char **words)
{
  g_clear_object (&self->answerer);
  g_clear_object (&self->client);
  self->client = drive_client_new (words, &self->answerer);
  drive_answer (self, "ok");
}

static void
answer_state (Drive *self)
{
  GBytes *directory = tl_ftp_client_get_directory (self->client);
  g_autofree char *security = NULL;
  gsize size = 0;
  const guint8 *bytes = directory != NULL ? g_bytes_get_data (directory, &size) : NULL;
  g_autoptr (GString) hex = g_string_new (NULL);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  g_object_get (self->client, "security-text", &security, NULL);
  drive_answer (self, "ok %d %d %s %s %s", tl_ftp_client_get_state (self->client), tl_ftp_client_is_encrypted (self->client),
          size > 0 ? hex->str : "-", self->answerer->asked->len > 0 ? self->answerer->asked->str : "-", security != NULL ? security : "-");
}

/* The acts that answer yes or no. */
static gboolean
act (Drive  *self,
     char  **words,
     GBytes *path)
{
  GCancellable *cancellable = self->cancellable;
  g_autoptr (GBytes) to = NULL;

  if (g_str_equal (words[0], "cd"))
    tl_ftp_client_change_directory_async (self->client, path, cancellable, acted_cb, self);
  else if (g_str_equal (words[0], "mkdir"))
    tl_ftp_client_make_directory_async (self->client, path, cancellable, acted_cb, self);
  else if (g_str_equal (words[0], "rmdir"))
    tl_ftp_client_remove_directory_async (self->client, path, cancellable, acted_cb, self);
  else if (g_str_equal (words[0], "rm"))
    tl_ftp_client_remove_file_async (self->client, path, cancellable, acted_cb, self);
  else if (g_str_equal (words[0], "chmod"))
    tl_ftp_client_chmod_async (self->client, path, strtoul (words[2], NULL, 10), cancellable, acted_cb, self);
  else if (g_str_equal (words[0], "touch"))
    tl_ftp_client_set_time_async (self->client, path, g_ascii_strtoll (words[2], NULL, 10), cancellable, acted_cb, self);
  else if (g_str_equal (words[0], "mv"))
    {
      to = drive_from_hex (words[2]);
      tl_ftp_client_rename_async (self->client, path, to, cancellable, acted_cb, self);
    }
  else
    return FALSE;
  return TRUE;
}

static gboolean
soon_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
run_command (gpointer   user_data,
             char     **words)
{
  Drive *self = user_data;
  g_autoptr (GBytes) path = NULL;

  self->cancellable = g_cancellable_new ();
  if (g_str_equal (words[0], "soon"))
    {
      words++;
      g_idle_add_full (G_PRIORITY_DEFAULT, soon_cb, g_object_ref (self->cancellable), g_object_unref);
    }
  path = g_str_equal (words[0], "site") ? NULL : drive_from_hex (words[1]);
  if (g_str_equal (words[0], "site"))
    set_site (self, words);
  else if (g_str_equal (words[0], "connect"))
    tl_ftp_client_connect_async (self->client, self->cancellable, connected_cb, self);
  else if (g_str_equal (words[0], "close"))
    {
      tl_ftp_client_close (self->client);
      drive_answer (self, "ok");
    }
  else if (g_str_equal (words[0], "state"))
    answer_state (self);
  else if (g_str_equal (words[0], "fingerprint"))
    drive_answer (self, "ok %s", self->answerer->fingerprint != NULL ? self->answerer->fingerprint : "-");
  else if (g_str_equal (words[0], "stat"))
    tl_ftp_client_stat_async (self->client, path, self->cancellable, stat_cb, self);
  else if (g_str_equal (words[0], "raw"))
    tl_ftp_client_raw_async (self->client, path, self->cancellable, raw_cb, self);
  else if (!act (self, words, path) && !drive_list (self, words, path) && !drive_move (self, words, path) && !drive_parallel (self, words, path))
    g_error ("no such command: %s", words[0]);
}

static gboolean
ended_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

int
main (void)
{
  Drive self = { 0 };
  gpointer client;
  gboolean ended = FALSE;

  drive_script_follow (&self.script, run_command, &self);

  /* The last reference: a client that somebody else keeps has leaked. */
  client = self.client;
  if (client != NULL)
    {
      g_object_add_weak_pointer (client, &client);
      tl_ftp_client_close (self.client);
      g_clear_object (&self.client);
      g_timeout_add (2000, ended_cb, &ended);
      while (client != NULL && !ended)
        g_main_context_iteration (NULL, TRUE);
    }
  g_clear_object (&self.answerer);
  if (client != NULL)
    g_printerr ("The client lives on.\n");
  return client != NULL ? 1 : 0;
}
