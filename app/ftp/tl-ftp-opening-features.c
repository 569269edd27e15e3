/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connecting: what the server can do, and where we are. */

#include "tl-ftp-opening-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The facts that are of use and that the server has, but does not tell unasked. (transfer full) (nullable) */
static char *
wanted_facts (TlFtpClient *client)
{
  static const char * const useful[] = { "type", "size", "modify", "perm", "unix.mode", "unix.owner", "unix.ownername", "unix.group",
                                         "unix.groupname", "unix.uid", "unix.gid", "unix.slink", "sizd", NULL };
  const char *facts = client->features != NULL ? tl_ftp_features_get_parameters (client->features, "MLST") : NULL;
  g_auto (GStrv) all = facts != NULL ? g_strsplit (facts, ";", 64) : NULL;
  g_autoptr (GString) wanted = g_string_new (NULL);
  gboolean missing = FALSE;

  for (guint i = 0; all != NULL && all[i] != NULL; i++)
    {
      g_autofree char *fact = g_ascii_strdown (g_strstrip (all[i]), -1);
      const gboolean told = g_str_has_suffix (fact, "*");

      if (told)
        fact[strlen (fact) - 1] = '\0';
      if (!g_strv_contains (useful, fact))
        continue;
      g_string_append_printf (wanted, "%s;", fact);
      missing = missing || !told;
    }
  return missing ? g_strdup_printf ("MLST %s", wanted->str) : NULL;
}

/* Where the last connection was, or where the site begins. */
static GBytes *
start_directory (Opening *self)
{
  GBytes *start = NULL;

  if (self->client->directory != NULL)
    return g_bytes_ref (self->client->directory);
  g_object_get (self->client->site, "start-dir", &start, NULL);
  if (start != NULL && g_bytes_get_size (start) == 0)
    g_clear_pointer (&start, g_bytes_unref);
  return start;
}

static void
take_directory (Opening *self)
{
  g_autoptr (GBytes) path = tl_ftp_opening_class (self) == 2 ? tl_ftp_answer_path (self->reply, NULL) : NULL;

  if (path == NULL)
    return;
  g_clear_pointer (&self->client->server_directory, g_bytes_unref);
  self->client->server_directory = g_bytes_ref (path);
}

void
tl_ftp_opening_take_features (Opening *self)
{
  g_autoptr (TlFtpFeatures) features = NULL;

  if (tl_ftp_opening_code (self) != 211)
    return;
  features = tl_ftp_features_new_from_reply (self->reply);
  tl_ftp_client_set_features (self->client, features);
}

/* What the server can do, once it knows us. */
void
tl_ftp_opening_step_features (Opening *self)
{
  TlFtpClient *client = self->client;
  g_autoptr (GBytes) start = NULL;
  g_autofree char *text = NULL;

  switch (self->at)
    {
    case LOGGED_IN:
      tl_ftp_opening_command (self, FEAT_ANSWERED, "FEAT", NULL);
      break;
    case FEAT_ANSWERED:
      tl_ftp_opening_take_features (self);
      if (tl_ftp_client_has_feature (client, "CLNT"))
        tl_ftp_opening_command (self, CLNT_ANSWERED, "CLNT", "Tonglu");
      else
        tl_ftp_opening_go (self, CLNT_ANSWERED);
      break;
    case CLNT_ANSWERED:
      /* Refused by servers that list it; then they speak UTF-8 already, or not at all. */
      if (tl_ftp_client_has_feature (client, "UTF8"))
        tl_ftp_opening_command (self, UTF8_ANSWERED, "OPTS", "UTF8 ON");
      else
        tl_ftp_opening_go (self, UTF8_ANSWERED);
      break;
    case UTF8_ANSWERED:
      text = wanted_facts (client);
      if (text != NULL)
        tl_ftp_opening_command (self, MLST_ANSWERED, "OPTS", text);
      else
        tl_ftp_opening_go (self, MLST_ANSWERED);
      break;
    case MLST_ANSWERED:
      tl_ftp_opening_command (self, SYST_ANSWERED, "SYST", NULL);
      break;
    case SYST_ANSWERED:
      text = tl_ftp_opening_class (self) == 2 ? tl_ftp_reply_dup_text (self->reply) : NULL;
      tl_ftp_client_set_syst (client, text);
      tl_ftp_opening_command (self, PWD_ANSWERED, "PWD", NULL);
      break;
    case PWD_ANSWERED:
      take_directory (self);
      start = start_directory (self);
      if (start != NULL && (client->server_directory == NULL || !g_bytes_equal (start, client->server_directory)))
        tl_ftp_opening_command_bytes (self, CWD_ANSWERED, "CWD", start);
      else
        tl_ftp_opening_go (self, PWD_AGAIN_ANSWERED);
      break;
    case CWD_ANSWERED:
      if (tl_ftp_opening_class (self) == 2)
        {
          tl_ftp_opening_command (self, PWD_AGAIN_ANSWERED, "PWD", NULL);
          break;
        }
      tl_ftp_control_note (self->control, TL_MESSAGE_WARNING, _("The folder to begin in cannot be entered."));
      g_clear_error (&client->start_error);
      tl_ftp_set_error_with_reply (&client->start_error, tl_ftp_error_classify (self->reply), _("The folder to begin in cannot be entered."),
                                   self->reply);
      tl_ftp_opening_go (self, PWD_AGAIN_ANSWERED);
      break;
    case PWD_AGAIN_ANSWERED:
      if (self->reply != NULL && tl_ftp_opening_code (self) == 257)
        take_directory (self);
      if (client->directory == NULL && client->server_directory != NULL)
        tl_ftp_client_set_directory (client, client->server_directory);
      tl_ftp_opening_finish (self, NULL);
      break;
    default:
      g_assert_not_reached ();
    }
}
