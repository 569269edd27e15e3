/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The acts that are a command or two: folders, names, permissions, times, sizes, and anything else that a user types. */

#include "tl-ftp-client-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  TlFtpAct  act;
  GBytes   *path;
  GBytes   *to;
  guint     mode;
  gint64    time;
  gint64    size;
  GError   *error;
} PathAct;

static void
path_act_clear (TlFtpAct *act)
{
  PathAct *self = (PathAct *) act;

  g_clear_pointer (&self->path, g_bytes_unref);
  g_clear_pointer (&self->to, g_bytes_unref);
  g_clear_error (&self->error);
}

static PathAct *
path_act_new (TlFtpClient         *client,
              gpointer             tag,
              GBytes              *path,
              void               (*step) (TlFtpAct *act),
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  PathAct *self = tl_ftp_act_new (sizeof *self, client, tag, cancellable, callback, user_data);

  self->act.step = step;
  self->act.clear = path_act_clear;
  self->path = g_bytes_ref (path);
  return self;
}

/* Sends VERB PATH, the path made absolute. */
static void
command_path (PathAct    *self,
              int         next,
              const char *verb,
              GBytes     *path)
{
  g_autoptr (GBytes) absolute = tl_ftp_client_resolve (self->act.client, path);

  tl_ftp_act_command (&self->act, next, verb, absolute);
}

/* VERB TEXT PATH. */
static void
command_text_path (PathAct    *self,
                   int         next,
                   const char *verb,
                   const char *text)
{
  g_autoptr (GBytes) absolute = tl_ftp_client_resolve (self->act.client, self->path);
  GByteArray *all = g_byte_array_new ();
  g_autoptr (GBytes) argument = NULL;

  g_byte_array_append (all, (const guint8 *) text, (guint) strlen (text));
  g_byte_array_append (all, (const guint8 *) " ", 1);
  g_byte_array_append (all, g_bytes_get_data (absolute, NULL), (guint) g_bytes_get_size (absolute));
  argument = g_byte_array_free_to_bytes (all);
  tl_ftp_act_command (&self->act, next, verb, argument);
}

static void
return_by_reply (TlFtpAct *act)
{
  if (tl_ftp_act_class (act) == 2)
    tl_ftp_act_return_true (act);
  else
    tl_ftp_act_return_reply (act);
}

static void
change_directory_step (TlFtpAct *act)
{
  PathAct *self = (PathAct *) act;
  TlFtpClient *client = act->client;
  g_autoptr (GBytes) told = NULL;
  g_autoptr (GBytes) absolute = NULL;

  switch (act->at)
    {
    case 0:
      /* Unknown until PWD has told: nothing is seen of the answers when this is cancelled meanwhile. */
      g_clear_pointer (&client->server_directory, g_bytes_unref);
      command_path (self, 1, "CWD", self->path);
      break;
    case 1:
      if (tl_ftp_act_class (act) != 2)
        {
          tl_ftp_act_return_reply (act);
          break;
        }
      tl_ftp_act_command (act, 2, "PWD", NULL);
      break;
    case 2:
      told = tl_ftp_act_class (act) == 2 ? tl_ftp_answer_path (act->reply, NULL) : NULL;
      absolute = tl_ftp_client_resolve (client, self->path);
      client->server_directory = g_bytes_ref (told != NULL ? told : absolute);
      tl_ftp_client_set_directory (client, client->server_directory);
      tl_ftp_act_return_true (act);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
make_directory_step (TlFtpAct *act)
{
  if (act->at == 0)
    command_path ((PathAct *) act, 1, "MKD", ((PathAct *) act)->path);
  else
    return_by_reply (act);
}

static void
remove_file_step (TlFtpAct *act)
{
  if (act->at == 0)
    command_path ((PathAct *) act, 1, "DELE", ((PathAct *) act)->path);
  else
    return_by_reply (act);
}

static void
remove_directory_step (TlFtpAct *act)
{
  if (act->at == 0)
    command_path ((PathAct *) act, 1, "RMD", ((PathAct *) act)->path);
  else
    return_by_reply (act);
}

static void
rename_step (TlFtpAct *act)
{
  PathAct *self = (PathAct *) act;

  switch (act->at)
    {
    case 0:
      command_path (self, 1, "RNFR", self->path);
      break;
    case 1:
      if (tl_ftp_act_class (act) == 3)
        command_path (self, 2, "RNTO", self->to);
      else
        tl_ftp_act_return_reply (act);
      break;
    case 2:
      return_by_reply (act);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
chmod_step (TlFtpAct *act)
{
  PathAct *self = (PathAct *) act;
  g_autofree char *text = g_strdup_printf ("CHMOD %0*o", self->mode > 0777 ? 4 : 3, self->mode);

  if (act->at == 0)
    command_text_path (self, 1, "SITE", text);
  else
    return_by_reply (act);
}

/* The last refusal is the one that is told. */
static void
set_time_step (TlFtpAct *act)
{
  PathAct *self = (PathAct *) act;
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (self->time);
  g_autofree char *text = when != NULL ? g_date_time_format (when, "%Y%m%d%H%M%S") : NULL;
  g_autofree char *utime = text != NULL ? g_strconcat ("UTIME ", text, NULL) : NULL;

  if (text == NULL)
    {
      tl_ftp_act_return_error (act, g_error_new_literal (TL_FTP_ERROR, TL_FTP_ERROR_NAME, _("This time cannot be written.")));
      return;
    }
  if (act->at > 0 && act->reply != NULL && tl_ftp_act_class (act) == 2)
    {
      tl_ftp_act_return_true (act);
      return;
    }
  /* No such file, no right to: another command does not help. */
  if (act->at == 1 && act->reply != NULL && tl_ftp_act_code (act) == 550)
    {
      tl_ftp_act_return_reply (act);
      return;
    }
  switch (act->at)
    {
    case 0:
      if (tl_ftp_client_has_feature (act->client, "MFMT"))
        command_text_path (self, 1, "MFMT", text);
      else
        tl_ftp_act_go (act, 1);
      break;
    case 1:
      if (tl_ftp_client_has_feature (act->client, "MDTM"))
        command_text_path (self, 2, "MDTM", text);
      else
        tl_ftp_act_go (act, 2);
      break;
    case 2:
      command_text_path (self, 3, "SITE", utime);
      break;
    default:
      tl_ftp_act_return_reply (act);
    }
}

static void
stat_step (TlFtpAct *act)
{
  PathAct *self = (PathAct *) act;

  switch (act->at)
    {
    case 0:
      /* SIZE speaks of what a transfer of the type would bring: only of type I it is the file's. */
      if (act->client->type != 'I')
        tl_ftp_act_command_text (act, 1, "TYPE", "I");
      else
        tl_ftp_act_go (act, 2);
      break;
    case 1:
      act->client->type = tl_ftp_act_class (act) == 2 ? 'I' : 0;
      tl_ftp_act_go (act, 2);
      break;
    case 2:
      command_path (self, 3, "SIZE", self->path);
      break;
    case 3:
      g_clear_error (&self->error);
      if (tl_ftp_act_code (act) == 213)
        self->size = tl_ftp_answer_size (act->reply, NULL);
      else
        self->error = tl_ftp_error_new_for_reply (act->reply);
      command_path (self, 4, "MDTM", self->path);
      break;
    case 4:
      if (tl_ftp_act_code (act) == 213)
        {
          if (tl_ftp_answer_mdtm (act->reply, &self->time, NULL))
            self->time /= G_USEC_PER_SEC;
          else
            self->time = -1;
        }
      /* Unknown commands say nothing of the file. */
      else if (self->size < 0 && !g_error_matches (self->error, TL_FTP_ERROR, TL_FTP_ERROR_UNSUPPORTED) && self->error != NULL)
        {
          tl_ftp_act_return_error (act, g_steal_pointer (&self->error));
          break;
        }
      else if (self->size < 0 && tl_ftp_error_classify (act->reply) != TL_FTP_ERROR_UNSUPPORTED)
        {
          tl_ftp_act_return_reply (act);
          break;
        }
      tl_ftp_act_return_pointer (act, g_memdup2 ((gint64[]) { self->size, self->time }, 2 * sizeof (gint64)), g_free);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
tl_ftp_client_change_directory_async (TlFtpClient         *self,
                                      GBytes              *path,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  PathAct *act;

  g_return_if_fail (TL_IS_FTP_CLIENT (self) && path != NULL);

  act = path_act_new (self, tl_ftp_client_change_directory_async, path, change_directory_step, cancellable, callback, user_data);
  act->act.safe = TRUE;
  tl_ftp_act_start (&act->act);
}

void
tl_ftp_client_make_directory_async (TlFtpClient         *self,
                                    GBytes              *path,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_return_if_fail (TL_IS_FTP_CLIENT (self) && path != NULL);

  tl_ftp_act_start (&path_act_new (self, tl_ftp_client_make_directory_async, path, make_directory_step, cancellable, callback, user_data)->act);
}

void
tl_ftp_client_remove_file_async (TlFtpClient         *self,
                                 GBytes              *path,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (TL_IS_FTP_CLIENT (self) && path != NULL);

  tl_ftp_act_start (&path_act_new (self, tl_ftp_client_remove_file_async, path, remove_file_step, cancellable, callback, user_data)->act);
}

void
tl_ftp_client_remove_directory_async (TlFtpClient         *self,
                                      GBytes              *path,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_return_if_fail (TL_IS_FTP_CLIENT (self) && path != NULL);

  tl_ftp_act_start (&path_act_new (self, tl_ftp_client_remove_directory_async, path, remove_directory_step, cancellable, callback,
                                   user_data)->act);
}

void
tl_ftp_client_rename_async (TlFtpClient         *self,
                            GBytes              *from,
                            GBytes              *to,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  PathAct *act;

  g_return_if_fail (TL_IS_FTP_CLIENT (self) && from != NULL && to != NULL);

  act = path_act_new (self, tl_ftp_client_rename_async, from, rename_step, cancellable, callback, user_data);
  act->to = g_bytes_ref (to);
  tl_ftp_act_start (&act->act);
}

void
tl_ftp_client_chmod_async (TlFtpClient         *self,
                           GBytes              *path,
                           guint                mode,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  PathAct *act;

  g_return_if_fail (TL_IS_FTP_CLIENT (self) && path != NULL);
  g_return_if_fail (mode <= 07777);

  act = path_act_new (self, tl_ftp_client_chmod_async, path, chmod_step, cancellable, callback, user_data);
  act->act.safe = TRUE;
  act->mode = mode;
  tl_ftp_act_start (&act->act);
}

void
tl_ftp_client_set_time_async (TlFtpClient         *self,
                              GBytes              *path,
                              gint64               time,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  PathAct *act;

  g_return_if_fail (TL_IS_FTP_CLIENT (self) && path != NULL);

  act = path_act_new (self, tl_ftp_client_set_time_async, path, set_time_step, cancellable, callback, user_data);
  act->act.safe = TRUE;
  act->time = time;
  tl_ftp_act_start (&act->act);
}

gboolean
tl_ftp_client_act_finish (TlFtpClient   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
tl_ftp_client_stat_async (TlFtpClient         *self,
                          GBytes              *path,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  PathAct *act;

  g_return_if_fail (TL_IS_FTP_CLIENT (self) && path != NULL);

  act = path_act_new (self, tl_ftp_client_stat_async, path, stat_step, cancellable, callback, user_data);
  act->act.safe = TRUE;
  act->size = act->time = -1;
  tl_ftp_act_start (&act->act);
}

gboolean
tl_ftp_client_stat_finish (TlFtpClient   *self,
                           GAsyncResult  *result,
                           gint64        *size,
                           gint64        *time,
                           GError       **error)
{
  g_autofree gint64 *both = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, tl_ftp_client_stat_async), FALSE);

  both = g_task_propagate_pointer (G_TASK (result), error);
  if (size != NULL)
    *size = both != NULL ? both[0] : -1;
  if (time != NULL)
    *time = both != NULL ? both[1] : -1;
  return both != NULL;
}
