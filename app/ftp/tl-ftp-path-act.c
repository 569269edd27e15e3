/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the acts upon a path have in common. */

#include "tl-ftp-path-act.h"

#include <string.h>

static void
path_act_clear (TlFtpAct *act)
{
  TlFtpPathAct *self = (TlFtpPathAct *) act;

  g_clear_pointer (&self->path, g_bytes_unref);
  g_clear_pointer (&self->to, g_bytes_unref);
  g_clear_error (&self->error);
}

TlFtpPathAct *
tl_ftp_path_act_new (TlFtpClient         *client,
                     gpointer             tag,
                     GBytes              *path,
                     void               (*step) (TlFtpAct *act),
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  TlFtpPathAct *self = tl_ftp_act_new (sizeof *self, client, tag, cancellable, callback, user_data);

  self->act.step = step;
  self->act.clear = path_act_clear;
  self->path = g_bytes_ref (path);
  return self;
}

void
tl_ftp_path_act_command (TlFtpPathAct *self,
                         int           next,
                         const char   *verb,
                         GBytes       *path)
{
  g_autoptr (GBytes) absolute = tl_ftp_client_resolve (self->act.client, path);

  tl_ftp_act_command (&self->act, next, verb, absolute);
}

void
tl_ftp_path_act_command_text (TlFtpPathAct *self,
                              int           next,
                              const char   *verb,
                              const char   *text)
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

void
tl_ftp_path_act_return_by_reply (TlFtpAct *act)
{
  if (tl_ftp_act_class (act) == 2)
    tl_ftp_act_return_true (act);
  else
    tl_ftp_act_return_reply (act);
}
