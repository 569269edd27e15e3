/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-ftp-client-private.h"

static void
return_not_supported (TlFtpClient         *self,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "not yet");
}

void
tl_ftp_client_connect_async (TlFtpClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  return_not_supported (self, cancellable, callback, user_data);
}

gboolean
tl_ftp_client_connect_finish (TlFtpClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
tl_ftp_client_close (TlFtpClient *self)
{
}

void
tl_ftp_client_list_async (TlFtpClient *self, GBytes *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  return_not_supported (self, cancellable, callback, user_data);
}

TlFtpListing *
tl_ftp_client_list_finish (TlFtpClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

#define STUB1(name) \
  void name (TlFtpClient *self, GBytes *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data) \
  { return_not_supported (self, cancellable, callback, user_data); }
STUB1 (tl_ftp_client_change_directory_async)
STUB1 (tl_ftp_client_make_directory_async)
STUB1 (tl_ftp_client_remove_file_async)
STUB1 (tl_ftp_client_remove_directory_async)
STUB1 (tl_ftp_client_stat_async)
STUB1 (tl_ftp_client_raw_async)

void
tl_ftp_client_rename_async (TlFtpClient *self, GBytes *from, GBytes *to, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  return_not_supported (self, cancellable, callback, user_data);
}

void
tl_ftp_client_chmod_async (TlFtpClient *self, GBytes *path, guint mode, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  return_not_supported (self, cancellable, callback, user_data);
}

void
tl_ftp_client_set_time_async (TlFtpClient *self, GBytes *path, gint64 time, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  return_not_supported (self, cancellable, callback, user_data);
}

gboolean
tl_ftp_client_act_finish (TlFtpClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
tl_ftp_client_stat_finish (TlFtpClient *self, GAsyncResult *result, gint64 *size, gint64 *time, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
tl_ftp_client_fetch_async (TlFtpClient *self, GBytes *path, guint64 offset, TlBlockWriter *writer, TlFtpProgressFunc progress,
                           gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  return_not_supported (self, cancellable, callback, user_data);
}

void
tl_ftp_client_store_async (TlFtpClient *self, GBytes *path, guint64 offset, TlBlockReader *reader, TlFtpProgressFunc progress,
                           gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  return_not_supported (self, cancellable, callback, user_data);
}

gboolean
tl_ftp_client_move_finish (TlFtpClient *self, GAsyncResult *result, guint64 *moved, GError **error)
{
  if (moved != NULL)
    *moved = 0;
  return g_task_propagate_boolean (G_TASK (result), error);
}

TlFtpReply *
tl_ftp_client_raw_finish (TlFtpClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
