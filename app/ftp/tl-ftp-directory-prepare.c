/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a folder will be shown, worked out before it is shown. */

#include "tl-ftp-order.h"
#include "tl-task-work.h"

/* Fewer are sorted in no time when they are shown. */
#define MIN_ENTRIES 1500

static void
prepare_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_autoptr (TlFtpOrder) order = data;

  if (tl_ftp_order_run (order, cancellable))
    g_task_return_pointer (task, g_steal_pointer (&order), (GDestroyNotify) tl_ftp_order_free);
  else
    g_task_return_error_if_cancelled (task);
}

void
tl_ftp_directory_prepare_async (TlFtpDirectory      *self,
                                TlFtpListing        *listing,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (TL_IS_FTP_DIRECTORY (self) && listing != NULL);

  g_task_set_source_tag (task, tl_ftp_directory_prepare_async);
  if (tl_ftp_listing_get_n_entries (listing) > MIN_ENTRIES)
    {
      g_task_set_task_data (task, tl_ftp_order_new_for (self, listing), NULL);
      tl_task_work (task, prepare_thread, (GDestroyNotify) tl_ftp_order_free);
    }
  else
    g_task_return_pointer (task, NULL, NULL);
}

gboolean
tl_ftp_directory_prepare_finish (TlFtpDirectory  *self,
                                 GAsyncResult    *result,
                                 GError         **error)
{
  TlFtpOrder *order;
  g_autoptr (GError) failed = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, tl_ftp_directory_prepare_async), FALSE);

  order = g_task_propagate_pointer (G_TASK (result), &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (order != NULL)
    tl_ftp_directory_take_prepared (self, order);
  return TRUE;
}
