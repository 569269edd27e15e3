/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must not come back into the transcript. */

#include "tl-ftp-sent-secrets.h"

#include "tl-ftp-command.h"
#include "tl-secrets.h"

#include <string.h>

/* A user may type many; the oldest are forgotten. */
#define MAX_SECRETS 16

struct _TlFtpSentSecrets
{
  GPtrArray *texts;
};

static void
note (TlFtpSentSecrets *self,
      const char       *secret)
{
  for (guint i = 0; i < self->texts->len; i++)
    if (g_str_equal (g_ptr_array_index (self->texts, i), secret))
      return;
  if (self->texts->len >= MAX_SECRETS)
    g_ptr_array_remove_index (self->texts, 0);
  g_ptr_array_add (self->texts, g_strdup (secret));
}

TlFtpSentSecrets *
tl_ftp_sent_secrets_new (void)
{
  TlFtpSentSecrets *self = g_new0 (TlFtpSentSecrets, 1);

  self->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_secrets_free);
  return self;
}

void
tl_ftp_sent_secrets_free (TlFtpSentSecrets *self)
{
  g_ptr_array_unref (self->texts);
  g_free (self);
}

gboolean
tl_ftp_sent_secrets_note (TlFtpSentSecrets *self,
                          const char       *verb,
                          GBytes           *argument)
{
  char *secret;
  g_autofree char *first = NULL;
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (self != NULL && verb != NULL, FALSE);

  secret = tl_ftp_command_dup_secret (verb, argument);
  if (secret == NULL)
    return FALSE;
  /* SITE PSWD has two of them, and a server may name one. */
  first = g_ascii_strup (verb, 4);
  words = g_strsplit (g_str_has_prefix (first, "SITE") ? secret : "", " ", MAX_SECRETS);
  note (self, secret);
  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      note (self, words[i]);
  tl_secrets_free (secret);
  return TRUE;
}

static gboolean
is_looked_for (const char *secret,
               gboolean    answers)
{
  return answers || strlen (secret) >= TL_FTP_SENT_SECRETS_MIN_LENGTH;
}

GBytes *
tl_ftp_sent_secrets_hide (TlFtpSentSecrets *self,
                          GBytes           *line,
                          gboolean          answers)
{
  GBytes *shown;

  g_return_val_if_fail (self != NULL && line != NULL, NULL);

  shown = g_bytes_ref (line);
  for (guint i = 0; i < self->texts->len; i++)
    {
      const char *secret = g_ptr_array_index (self->texts, i);
      g_autoptr (GBytes) before = shown;

      shown = is_looked_for (secret, answers) ? tl_ftp_command_hide (before, secret) : g_bytes_ref (before);
    }
  return shown;
}

TlFtpReply *
tl_ftp_sent_secrets_hide_reply (TlFtpSentSecrets *self,
                                TlFtpReply       *reply,
                                gboolean          answers)
{
  g_autoptr (GPtrArray) lines = NULL;
  gboolean same = TRUE;

  g_return_val_if_fail (self != NULL && reply != NULL, NULL);

  lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; self->texts->len > 0 && i < tl_ftp_reply_get_n_lines (reply); i++)
    {
      gsize length;
      const guint8 *data = tl_ftp_reply_get_line (reply, i, &length);
      g_autoptr (GBytes) line = g_bytes_new (data, length);
      GBytes *shown = tl_ftp_sent_secrets_hide (self, line, answers);

      same = same && shown == line;
      g_ptr_array_add (lines, shown);
    }
  return same ? tl_ftp_reply_ref (reply) : tl_ftp_reply_new (tl_ftp_reply_get_code (reply), lines);
}
