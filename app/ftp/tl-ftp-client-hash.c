/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a server says of the content of a file: HASH (draft-bryan-ftpext-hash), or one of the older commands. */

#include "tl-ftp-path-act.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum {
  BEGIN,
  CHOSEN,
  ASKED,
} Step;

typedef struct {
  TlFtpHash  hash;
  char      *text;
} Outcome;

static const struct {
  const char *name;
  const char *verb;    /* the older command */
  gsize       length;  /* of the hexadecimal text */
} hashes[] = {
  [TL_FTP_HASH_NONE] = { "", NULL, 0 },
  [TL_FTP_HASH_CRC32] = { "CRC32", "XCRC", 8 },
  [TL_FTP_HASH_MD5] = { "MD5", "XMD5", 32 },
  [TL_FTP_HASH_SHA1] = { "SHA-1", "XSHA1", 40 },
  [TL_FTP_HASH_SHA256] = { "SHA-256", "XSHA256", 64 },
  [TL_FTP_HASH_SHA512] = { "SHA-512", NULL, 128 },
};

/* The one that a client should take first: fast enough, and nobody makes another file with it by accident. */
static const TlFtpHash order[] = { TL_FTP_HASH_SHA256, TL_FTP_HASH_SHA1, TL_FTP_HASH_MD5, TL_FTP_HASH_CRC32 };

const char *
tl_ftp_hash_get_name (TlFtpHash hash)
{
  g_return_val_if_fail ((guint) hash < G_N_ELEMENTS (hashes), NULL);

  return hashes[hash].name;
}

static TlFtpHash
find (const char *name,
      gsize       length)
{
  for (guint i = TL_FTP_HASH_CRC32; i < G_N_ELEMENTS (hashes); i++)
    if (strlen (hashes[i].name) == length && g_ascii_strncasecmp (hashes[i].name, name, length) == 0)
      return (TlFtpHash) i;
  return TL_FTP_HASH_NONE;
}

/* "SHA-1*;SHA-256;MD5": the star is at the one that HASH tells at present. *@offered: bits of all of them. */
static TlFtpHash
read_feature (const char *text,
              guint      *offered)
{
  TlFtpHash chosen = TL_FTP_HASH_NONE;

  *offered = 0;
  while (*text != '\0')
    {
      gsize length = strcspn (text, ";, ");
      gboolean star = length > 0 && text[length - 1] == '*';
      TlFtpHash hash = find (text, length - star);

      if (hash != TL_FTP_HASH_NONE)
        *offered |= 1u << hash;
      if (star)
        chosen = hash;
      text += length;
      text += strspn (text, ";, ");
    }
  return chosen;
}

static TlFtpHash
find_old_command (TlFtpClient *client)
{
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (tl_ftp_client_has_feature (client, hashes[order[i]].verb))
      return order[i];
  return TL_FTP_HASH_NONE;
}

gboolean
tl_ftp_client_can_hash (TlFtpClient *self)
{
  g_return_val_if_fail (TL_IS_FTP_CLIENT (self), FALSE);

  return tl_ftp_client_has_feature (self, "HASH") || find_old_command (self) != TL_FTP_HASH_NONE;
}

/* Where a name may be followed by numbers it is quoted when it holds blanks. (transfer full) */
static GBytes *
dup_argument (TlFtpClient *client,
              GBytes      *path)
{
  g_autoptr (GBytes) absolute = tl_ftp_client_resolve (client, path);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (absolute, &length);
  GByteArray *quoted;

  if (length == 0 || memchr (bytes, ' ', length) == NULL || memchr (bytes, '"', length) != NULL)
    return g_steal_pointer (&absolute);
  quoted = g_byte_array_sized_new ((guint) length + 2);
  g_byte_array_append (quoted, (const guint8 *) "\"", 1);
  g_byte_array_append (quoted, bytes, (guint) length);
  g_byte_array_append (quoted, (const guint8 *) "\"", 1);
  return g_byte_array_free_to_bytes (quoted);
}

static void
ask (TlFtpPathAct *self)
{
  TlFtpClient *client = self->act.client;
  TlFtpHash old = find_old_command (client);

  /* It reads the whole file before it answers. */
  tl_ftp_control_set_patient (client->control, TRUE);
  if (tl_ftp_client_has_feature (client, "HASH"))
    tl_ftp_path_act_command (self, ASKED, "HASH", self->path);
  else
    {
      g_autoptr (GBytes) argument = dup_argument (client, self->path);

      self->size = old;
      tl_ftp_act_command (&self->act, ASKED, hashes[old].verb, argument);
    }
}

/* The only word of the reply that is hexadecimal and of the right length; the path may come behind it. (transfer full) (nullable) */
static char *
read_reply (TlFtpReply *reply,
            TlFtpHash   hash)
{
  g_autofree char *text = tl_ftp_reply_dup_text (reply);
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n,;:", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strlen (words[i]) == hashes[hash].length && strspn (words[i], "0123456789abcdefABCDEF") == hashes[hash].length)
      return g_ascii_strdown (words[i], -1);
  return NULL;
}

/* "213 SHA-256 0-49 6a6b… name" */
static TlFtpHash
read_kind (TlFtpReply *reply)
{
  g_autofree char *text = tl_ftp_reply_dup_text (reply);
  const char *word = text + strspn (text, " ");

  return find (word, strcspn (word, " "));
}

static void
outcome_free (gpointer data)
{
  g_free (((Outcome *) data)->text);
  g_free (data);
}

static void
return_hash (TlFtpPathAct *self)
{
  TlFtpAct *act = &self->act;
  TlFtpHash hash = self->size > 0 ? (TlFtpHash) self->size : read_kind (act->reply);
  char *text = tl_ftp_act_class (act) == 2 && hash != TL_FTP_HASH_NONE ? read_reply (act->reply, hash) : NULL;
  Outcome *outcome;

  if (text == NULL && tl_ftp_act_class (act) == 2)
    {
      tl_ftp_act_return_error (act, tl_ftp_error_new_with_reply (TL_FTP_ERROR_PROTOCOL, _("The server gave an answer that does not fit here."), act->reply));
      return;
    }
  if (text == NULL)
    {
      tl_ftp_act_return_reply (act);
      return;
    }
  outcome = g_new (Outcome, 1);
  outcome->hash = hash;
  outcome->text = text;
  tl_ftp_act_return_pointer (act, outcome, outcome_free);
}

static void
hash_step (TlFtpAct *act)
{
  TlFtpPathAct *self = (TlFtpPathAct *) act;
  TlFtpClient *client = act->client;
  const char *feature = client->features != NULL ? tl_ftp_features_get_parameters (client->features, "HASH") : NULL;
  TlFtpHash chosen;
  guint offered;

  switch ((Step) act->at)
    {
    case BEGIN:
      if (!tl_ftp_client_can_hash (client))
        {
          tl_ftp_act_return_error (act, g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_UNSUPPORTED, _("The server does not support this.")));
          break;
        }
      chosen = feature != NULL ? read_feature (feature, &offered) : TL_FTP_HASH_NONE;
      if (feature != NULL && chosen != TL_FTP_HASH_SHA256 && (offered & (1u << TL_FTP_HASH_SHA256)) != 0)
        tl_ftp_act_command_text (act, CHOSEN, "OPTS", "HASH SHA-256");
      else
        ask (self);
      break;
    case CHOSEN:
      ask (self);
      break;
    case ASKED:
      tl_ftp_control_set_patient (client->control, FALSE);
      return_hash (self);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
tl_ftp_client_hash_async (TlFtpClient         *self,
                          GBytes              *path,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  TlFtpPathAct *act;

  g_return_if_fail (TL_IS_FTP_CLIENT (self) && path != NULL);

  act = tl_ftp_path_act_new (self, tl_ftp_client_hash_async, path, hash_step, cancellable, callback, user_data);
  act->act.safe = TRUE;
  tl_ftp_act_start (&act->act);
}

char *
tl_ftp_client_hash_finish (TlFtpClient   *self,
                           GAsyncResult  *result,
                           TlFtpHash     *hash,
                           GError       **error)
{
  Outcome *outcome;
  char *text;

  g_return_val_if_fail (g_async_result_is_tagged (result, tl_ftp_client_hash_async), NULL);

  outcome = g_task_propagate_pointer (G_TASK (result), error);
  if (outcome == NULL)
    return NULL;
  text = g_steal_pointer (&outcome->text);
  *hash = outcome->hash;
  outcome_free (outcome);
  return text;
}
