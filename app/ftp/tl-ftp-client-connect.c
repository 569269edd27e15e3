/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connecting on purpose, and closing. */

#include "tl-ftp-client-private.h"

#include <glib/gi18n-lib.h>

static void
no_step (TlFtpAct *act)
{
  g_assert_not_reached ();
}

void
tl_ftp_client_connect_async (TlFtpClient         *client,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  TlFtpAct *act;

  g_return_if_fail (TL_IS_FTP_CLIENT (client));

  act = tl_ftp_act_new (sizeof *act, client, tl_ftp_client_connect_async, cancellable, callback, user_data);
  act->step = no_step;
  act->connects = TRUE;
  tl_ftp_act_start (act);
}

gboolean
tl_ftp_client_connect_finish (TlFtpClient   *client,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tl_ftp_client_connect_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
tl_ftp_client_close (TlFtpClient *client)
{
  g_autoptr (TlFtpClient) hold = NULL;
  g_autoptr (TlFtpControl) control = NULL;
  gboolean busy;

  g_return_if_fail (TL_IS_FTP_CLIENT (client));

  hold = g_object_ref (client);
  g_set_object (&control, client->control);
  busy = client->act != NULL || client->settling;
  /* Those that wait first, so that none of them begins. */
  while (client->acts.length > 0)
    tl_ftp_act_cancel (g_queue_peek_tail (&client->acts));
  if (client->act != NULL)
    tl_ftp_act_cancel (client->act);
  if (client->control == control)
    tl_ftp_client_set_control (client, NULL);
  if (control != NULL && busy)
    tl_ftp_control_close (control, NULL);
  else if (control != NULL)
    tl_ftp_control_quit (control);
  tl_ftp_client_set_state (client, TL_FTP_CLOSED, NULL);
}

GBytes *
tl_ftp_client_resolve (TlFtpClient *client,
                       GBytes      *path)
{
  gsize length;
  const char *text = g_bytes_get_data (path, &length);
  gsize base_length = 0;
  const char *base = client->directory != NULL ? g_bytes_get_data (client->directory, &base_length) : NULL;

  /* VMS, MVS and their like have paths of their own. */
  if ((length > 0 && text[0] == '/') || base_length == 0 || base[0] != '/')
    return g_bytes_ref (path);
  return tl_ftp_path_join (client->directory, path);
}
