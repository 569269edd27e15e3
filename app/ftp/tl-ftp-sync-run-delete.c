/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan deletes, when all else has gone well: on the server one after the other, on this machine on a thread; what has changed since it was compared stays. */

#include "tl-ftp-sync-run-private.h"

#include "tl-ftp-removal.h"
#include "tl-local-remove.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
  char     *path;
  gboolean  is_folder;
  gint64    size, time;
} Local;

static const char *
get_changed_sentence (void)
{
  return _("It has changed since the folders were compared, and was left as it is.");
}

static void
local_free (gpointer data)
{
  Local *local = data;

  g_free (local->path);
  g_free (local);
}

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

/* The listing tells times as it did before, in the zone of the server. */
static gboolean
has_changed (TlFtpSyncRun           *self,
             const TlFtpSyncItem    *item,
             const TlFtpListingItem *entry)
{
  const int shift = tl_ftp_sync_plan_get_options (self->plan)->shift;

  if (item->is_folder != (entry->kind == TL_FTP_ENTRY_DIRECTORY))
    return TRUE;
  return !item->is_folder && (entry->size != item->remote_size || entry->precision != item->precision ||
                              (entry->precision != TL_FTP_TIME_NONE && entry->time - shift != item->remote_time));
}

static void
over (GTask      *task,
      const char *failure)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);

  if (failure != NULL)
    tl_ftp_sync_run_note (self, self->next - 1, failure);
  else
    self->progress.n_deleted++;
  tl_ftp_sync_run_end_act (self, self->next - 1);
}

/* False when that took no time. */
static gboolean
remove_listed (GTask               *task,
               const TlFtpSyncItem *item)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  g_autoptr (GArray) indices = g_array_new (FALSE, TRUE, sizeof (guint32));
  g_autoptr (TlFtpRemoval) removal = NULL;
  TlFtpListingItem entry;
  gpointer found = g_hash_table_lookup (self->names, item->remote_name);
  guint32 index = GPOINTER_TO_UINT (found) - 1;

  if (found != NULL)
    tl_ftp_listing_get_entry (self->listing, index, &entry);
  /* Somebody else has deleted it. */
  if (found == NULL || has_changed (self, item, &entry))
    {
      over (task, found == NULL ? NULL : get_changed_sentence ());
      return FALSE;
    }
  g_array_append_val (indices, index);
  removal = tl_ftp_removal_new (self->client, tl_ftp_sync_plan_get_folder (self->plan, item->folder)->remote, self->listing, indices);
  tl_ftp_removal_run_async (removal, g_task_get_cancellable (task), removed_cb, task);
  return TRUE;
}

/* The next deletion begins again, with the names in its folder. */
static void
take_listing (TlFtpSyncRun *self,
              TlFtpListing *listing)
{
  g_clear_pointer (&self->listing, tl_ftp_listing_unref);
  self->listing = listing;
  self->listed = tl_ftp_sync_plan_get_item (self->plan, --self->next)->folder;
  g_hash_table_remove_all (self->names);
  for (guint32 i = 0; i < tl_ftp_listing_get_n_entries (listing); i++)
    {
      gsize length;
      const guint8 *name = tl_ftp_listing_get_name (listing, i, &length);

      g_hash_table_insert (self->names, g_bytes_new (name, length), GUINT_TO_POINTER (i + 1));
    }
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  TlFtpSyncRun *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  TlFtpListing *listing = tl_ftp_client_list_finish (TL_FTP_CLIENT (source), result, &error);

  if (listing != NULL)
    take_listing (self, listing);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    over (task, error->message);
  tl_ftp_sync_run_step (task);
}

/* A folder is listed once for all that is deleted in it. */
static gboolean
remove_remote (GTask               *task,
               const TlFtpSyncItem *item)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);

  if (self->listing != NULL && self->listed == item->folder)
    return remove_listed (task, item);
  tl_ftp_client_list_async (self->client, tl_ftp_sync_plan_get_folder (self->plan, item->folder)->remote, g_task_get_cancellable (task), listed_cb, task);
  return TRUE;
}

static void
remove_local_thread (GTask        *worker,
                     gpointer      source,
                     gpointer      data,
                     GCancellable *cancellable)
{
  const Local *local = data;
  struct stat info;
  const gboolean seen = lstat (local->path, &info) == 0;
  GError *error = NULL;

  /* Somebody else has deleted it. */
  if (!seen && errno == ENOENT)
    g_task_return_pointer (worker, GINT_TO_POINTER (TRUE), NULL);
  else if (seen && (S_ISDIR (info.st_mode) != local->is_folder || (!local->is_folder && (info.st_size != local->size || info.st_mtim.tv_sec != local->time))))
    g_task_return_new_error (worker, TL_FTP_ERROR, TL_FTP_ERROR_CHANGED, "%s", get_changed_sentence ());
  else if (tl_local_remove (local->path, cancellable, &error))
    g_task_return_pointer (worker, GINT_TO_POINTER (TRUE), NULL);
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

static void
remove_local (GTask               *task,
              const TlFtpSyncItem *item)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  Local *local = g_new (Local, 1);

  *local = (Local) { tl_ftp_sync_run_dup_local (self, item), item->is_folder, item->local_size, item->local_time };
  tl_ftp_sync_run_work (task, local, local_free, remove_local_thread, removed_local_cb);
}

void
tl_ftp_sync_run_keep (TlFtpSyncRun *self)
{
  for (guint i = 0; i < tl_ftp_sync_plan_get_n_items (self->plan); i++)
    if (tl_ftp_sync_plan_get_item (self->plan, i)->act == TL_FTP_SYNC_DELETE && tl_ftp_sync_plan_is_on (self->plan, i))
      {
        self->progress.n_kept++;
        tl_ftp_sync_run_end_act (self, i);
      }
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
      if (item->difference != TL_FTP_DIFFERENCE_ONLY_REMOTE)
        remove_local (task, item);
      else if (!remove_remote (task, item))
        {
          self->next--;
          continue;
        }
      return TRUE;
    }
  return FALSE;
}
