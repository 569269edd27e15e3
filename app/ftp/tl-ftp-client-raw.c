/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any command that a user types. */

#include "tl-ftp-client-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  TlFtpAct    act;
  char       *verb;       /* upper case */
  GBytes     *argument;   /* (nullable) */
  TlFtpReply *answer;
} RawAct;

static void
raw_clear (TlFtpAct *act)
{
  RawAct *self = (RawAct *) act;

  g_free (self->verb);
  g_clear_pointer (&self->argument, g_bytes_unref);
  g_clear_pointer (&self->answer, tl_ftp_reply_unref);
}

/* These need a data connection, or would take the connection out of our hands. */
static gboolean
is_ours (const char *verb)
{
  static const char * const verbs[] = { "LIST", "NLST", "MLSD", "RETR", "STOR", "STOU", "APPE", "PORT", "EPRT", "PASV", "EPSV", "LPRT", "LPSV",
                                        "AUTH", "CCC", "PROT", "PBSZ", "MODE", "STRU", "REIN", NULL };

  return g_strv_contains (verbs, verb);
}

static gboolean
moves_us (const char *verb)
{
  static const char * const verbs[] = { "CWD", "CDUP", "XCWD", "XCUP", "SMNT", "USER", "PASS", "ACCT", NULL };

  return g_strv_contains (verbs, verb);
}

static void
raw_step (TlFtpAct *act)
{
  RawAct *self = (RawAct *) act;
  TlFtpClient *client = act->client;
  g_autoptr (GBytes) path = NULL;

  switch (act->at)
    {
    case 0:
      /* Nothing is seen of the answer when this is cancelled meanwhile. */
      if (moves_us (self->verb))
        g_clear_pointer (&client->server_directory, g_bytes_unref);
      if (strcmp (self->verb, "TYPE") == 0)
        client->type = 0;
      if (strcmp (self->verb, "REST") == 0)
        client->rest_set = TRUE;
      tl_ftp_act_command (act, 1, self->verb, self->argument);
      break;
    case 1:
      self->answer = tl_ftp_reply_ref (act->reply);
      if (moves_us (self->verb) && tl_ftp_act_class (act) == 2)
        {
          tl_ftp_act_command (act, 2, "PWD", NULL);
          break;
        }
      tl_ftp_act_return_pointer (act, g_steal_pointer (&self->answer), (GDestroyNotify) tl_ftp_reply_unref);
      break;
    case 2:
      path = tl_ftp_act_class (act) == 2 ? tl_ftp_answer_path (act->reply, NULL) : NULL;
      g_clear_pointer (&client->server_directory, g_bytes_unref);
      if (path != NULL)
        {
          client->server_directory = g_bytes_ref (path);
          tl_ftp_client_set_directory (client, path);
        }
      tl_ftp_act_return_pointer (act, g_steal_pointer (&self->answer), (GDestroyNotify) tl_ftp_reply_unref);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* The first word, letters alone. (transfer full) (nullable) */
static char *
dup_verb (const char *text,
          gsize       length)
{
  gsize n = 0;

  while (n < length && text[n] != ' ')
    {
      if (!g_ascii_isalpha (text[n]))
        return NULL;
      n++;
    }
  return n > 0 && n <= 16 ? g_ascii_strup (text, (gssize) n) : NULL;
}

void
tl_ftp_client_raw_async (TlFtpClient         *client,
                         GBytes              *command,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  RawAct *self;
  gsize length;
  gsize verb;
  const char *text;

  g_return_if_fail (TL_IS_FTP_CLIENT (client) && command != NULL);

  text = g_bytes_get_data (command, &length);
  self = tl_ftp_act_new (sizeof *self, client, tl_ftp_client_raw_async, cancellable, callback, user_data);
  self->act.step = raw_step;
  self->act.clear = raw_clear;
  self->verb = dup_verb (text, length);
  if (self->verb == NULL)
    {
      tl_ftp_act_return_error (&self->act, g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_NAME,
                                                                _("A command begins with a word of letters, such as HELP.")));
      return;
    }
  if (is_ours (self->verb))
    {
      g_autofree char *sentence = g_strdup_printf (_("%s cannot be sent by hand: it belongs to a transfer or to the encryption."), self->verb);

      tl_ftp_act_return_error (&self->act, g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_UNSUPPORTED, sentence));
      return;
    }
  verb = strlen (self->verb);
  if (length > verb + 1)
    self->argument = g_bytes_new_from_bytes (command, verb + 1, length - verb - 1);
  tl_ftp_act_start (&self->act);
}

TlFtpReply *
tl_ftp_client_raw_finish (TlFtpClient   *client,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tl_ftp_client_raw_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
