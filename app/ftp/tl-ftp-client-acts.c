/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The acts that are a command or two: folders, names, permissions. */

#include "tl-ftp-path-act.h"

static void
change_directory_step (TlFtpAct *act)
{
  TlFtpPathAct *self = (TlFtpPathAct *) act;
  TlFtpClient *client = act->client;
  g_autoptr (GBytes) told = NULL;
  g_autoptr (GBytes) absolute = NULL;

  switch (act->at)
    {
    case 0:
      /* Unknown until PWD has told: nothing is seen of the answers when this is cancelled meanwhile. */
      g_clear_pointer (&client->server_directory, g_bytes_unref);
      tl_ftp_path_act_command (self, 1, "CWD", self->path);
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
    tl_ftp_path_act_command ((TlFtpPathAct *) act, 1, "MKD", ((TlFtpPathAct *) act)->path);
  else
    tl_ftp_path_act_return_by_reply (act);
}

static void
remove_file_step (TlFtpAct *act)
{
  if (act->at == 0)
    tl_ftp_path_act_command ((TlFtpPathAct *) act, 1, "DELE", ((TlFtpPathAct *) act)->path);
  else
    tl_ftp_path_act_return_by_reply (act);
}

static void
remove_directory_step (TlFtpAct *act)
{
  if (act->at == 0)
    tl_ftp_path_act_command ((TlFtpPathAct *) act, 1, "RMD", ((TlFtpPathAct *) act)->path);
  else
    tl_ftp_path_act_return_by_reply (act);
}

static void
rename_step (TlFtpAct *act)
{
  TlFtpPathAct *self = (TlFtpPathAct *) act;

  switch (act->at)
    {
    case 0:
      tl_ftp_path_act_command (self, 1, "RNFR", self->path);
      break;
    case 1:
      if (tl_ftp_act_class (act) == 3)
        tl_ftp_path_act_command (self, 2, "RNTO", self->to);
      else
        tl_ftp_act_return_reply (act);
      break;
    case 2:
      tl_ftp_path_act_return_by_reply (act);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
chmod_step (TlFtpAct *act)
{
  TlFtpPathAct *self = (TlFtpPathAct *) act;
  g_autofree char *text = g_strdup_printf ("CHMOD %0*o", self->mode > 0777 ? 4 : 3, self->mode);

  if (act->at == 0)
    tl_ftp_path_act_command_text (self, 1, "SITE", text);
  else
    tl_ftp_path_act_return_by_reply (act);
}

void
tl_ftp_client_change_directory_async (TlFtpClient         *self,
                                      GBytes              *path,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  TlFtpPathAct *act;

  g_return_if_fail (TL_IS_FTP_CLIENT (self) && path != NULL);

  act = tl_ftp_path_act_new (self, tl_ftp_client_change_directory_async, path, change_directory_step, cancellable, callback, user_data);
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

  tl_ftp_act_start (&tl_ftp_path_act_new (self, tl_ftp_client_make_directory_async, path, make_directory_step, cancellable, callback, user_data)->act);
}

void
tl_ftp_client_remove_file_async (TlFtpClient         *self,
                                 GBytes              *path,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (TL_IS_FTP_CLIENT (self) && path != NULL);

  tl_ftp_act_start (&tl_ftp_path_act_new (self, tl_ftp_client_remove_file_async, path, remove_file_step, cancellable, callback, user_data)->act);
}

void
tl_ftp_client_remove_directory_async (TlFtpClient         *self,
                                      GBytes              *path,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_return_if_fail (TL_IS_FTP_CLIENT (self) && path != NULL);

  tl_ftp_act_start (&tl_ftp_path_act_new (self, tl_ftp_client_remove_directory_async, path, remove_directory_step, cancellable, callback,
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
  TlFtpPathAct *act;

  g_return_if_fail (TL_IS_FTP_CLIENT (self) && from != NULL && to != NULL);

  act = tl_ftp_path_act_new (self, tl_ftp_client_rename_async, from, rename_step, cancellable, callback, user_data);
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
  TlFtpPathAct *act;

  g_return_if_fail (TL_IS_FTP_CLIENT (self) && path != NULL);
  g_return_if_fail (mode <= 07777);

  act = tl_ftp_path_act_new (self, tl_ftp_client_chmod_async, path, chmod_step, cancellable, callback, user_data);
  act->act.safe = TRUE;
  act->mode = mode;
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
