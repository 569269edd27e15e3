/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan deletes: on the server one after the other, on this machine on a thread. */

#include "tl-ftp-sync-run-private.h"

#include "tl-ftp-removal.h"
#include "tl-local-remove.h"

#include <string.h>

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  TlFtpSyncRun *self = g_task_get_source_object (task);
  TlFtpRemoval *removal = TL_FTP_REMOVAL (source);
  GPtrArray *failures = tl_ftp_removal_get_failures (removal);
  g_autoptr (GError) error = NULL;

  tl_ftp_removal_run_finish (removal, result, &error);
  if (error == NULL && failures->len == 0)
    self->progress.n_deleted++;
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tl_ftp_sync_run_note (self, self->next - 1, error != NULL ? error->message : ((TlFtpRemovalFailure *) failures->pdata[0])->message);
  tl_ftp_sync_run_end_act (self, self->next - 1);
  tl_ftp_sync_run_step (task);
}

/* TlFtpRemoval takes entries of a listing: this is one of the item alone. */
static void
remove_remote (GTask               *task,
               const TlFtpSyncItem *item)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  g_autoptr (GByteArray) line = g_byte_array_new ();
  const char *facts = item->is_folder ? "type=dir; " : "type=file; ";
  g_autoptr (GArray) indices = g_array_new (FALSE, TRUE, sizeof (guint32));
  TlFtpListingHints hints = { .is_mlsd = TRUE };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (TlFtpListing) listing = NULL;
  g_autoptr (TlFtpRemoval) removal = NULL;

  g_byte_array_append (line, (const guint8 *) facts, strlen (facts));
  g_byte_array_append (line, g_bytes_get_data (item->remote_name, NULL), g_bytes_get_size (item->remote_name));
  g_byte_array_append (line, (const guint8 *) "\r\n", 2);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&line));
  listing = tl_ftp_listing_parse (bytes, &hints, NULL);
  g_array_set_size (indices, listing != NULL ? tl_ftp_listing_get_n_entries (listing) : 0);
  removal = tl_ftp_removal_new (self->client, tl_ftp_sync_plan_get_folder (self->plan, item->folder)->remote, listing, indices);
  tl_ftp_removal_run_async (removal, g_task_get_cancellable (task), removed_cb, task);
}

static void
remove_local_thread (GTask        *worker,
                     gpointer      source,
                     gpointer      data,
                     GCancellable *cancellable)
{
  GError *error = NULL;

  if (tl_local_remove (data, cancellable, &error))
    g_task_return_boolean (worker, TRUE);
  else
    g_task_return_error (worker, error);
}

static void
removed_local_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  tl_ftp_sync_run_worked (user_data, result, &TL_FTP_SYNC_RUN (source)->progress.n_deleted);
}

gboolean
tl_ftp_sync_run_delete_next (GTask *task)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  guint n = tl_ftp_sync_plan_get_n_items (self->plan);

  for (; self->next < n; self->next++)
    {
      const TlFtpSyncItem *item = tl_ftp_sync_plan_get_item (self->plan, self->next);

      if (item->act != TL_FTP_SYNC_DELETE || !tl_ftp_sync_plan_is_on (self->plan, self->next))
        continue;
      self->next++;
      if (item->difference == TL_FTP_DIFFERENCE_ONLY_REMOTE)
        remove_remote (task, item);
      else
        tl_ftp_sync_run_work (task, tl_ftp_sync_run_dup_local (self, item), remove_local_thread, removed_local_cb);
      return TRUE;
    }
  return FALSE;
}
