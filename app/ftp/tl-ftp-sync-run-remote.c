/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan deletes on the server, a command each. A folder is listed just before, and again when that was a while ago: what has changed since it was compared stays,
 * and what has come since keeps its folder. */

#include "tl-ftp-sync-run-private.h"

#include <glib/gi18n-lib.h>

guint
tl_ftp_sync_run_get_current (TlFtpSyncRun *self)
{
  return self->at == STEP_FOLDERS ? tl_ftp_sync_plan_get_n_items (self->plan) - 1 - self->next : self->next;
}

void
tl_ftp_sync_run_end_deleted (TlFtpSyncRun *self,
                             guint         index,
                             guint8        fate)
{
  self->fates[index] |= FATE_OVER | fate;
  self->n_tries = 0;
  self->progress.n_deleted++;
  tl_ftp_sync_run_end_act (self, index);
}

/* What nobody has compared. */
static void
note_new (TlFtpSyncRun *self)
{
  const guint32 item = tl_ftp_sync_plan_get_folder (self->plan, self->listed)->item;

  if (item == TL_FTP_SYNC_NO_ITEM || self->n_new == 0)
    return;
  self->fates[item] |= FATE_CHANGED_WITHIN;
  g_hash_table_insert (self->whys, GUINT_TO_POINTER (item), tl_ftp_sync_run_dup_came_in (self->n_new));
  self->n_new = 0;
}

/* Zones may have been found out since. */
static gint64
get_time (TlFtpSyncRun           *self,
          const TlFtpListingItem *entry)
{
  return entry->time - tl_ftp_sync_plan_get_shift (self->plan, self->listing);
}

static gboolean
has_changed (TlFtpSyncRun           *self,
             const TlFtpSyncItem    *item,
             const TlFtpListingItem *entry)
{
  if (item->kind != entry->kind)
    return TRUE;
  if (item->is_folder)
    return FALSE;
  return (entry->kind == TL_FTP_ENTRY_FILE && entry->size != item->remote_size) || entry->precision != item->precision ||
         (entry->precision != TL_FTP_TIME_NONE && get_time (self, entry) != item->remote_time);
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  TlFtpSyncRun *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  tl_ftp_client_act_finish (TL_FTP_CLIENT (source), result, &error);
  if (tl_ftp_sync_run_has_broken (task, error, TRUE))
    return;
  if (error == NULL)
    tl_ftp_sync_run_end_deleted (self, self->next, 0);
  else
    tl_ftp_sync_run_keep (self, self->next, KEPT_FAILED, error->message);
  self->next++;
  tl_ftp_sync_run_step (task);
}

/* Its folder was not shown: no item of it is deleted. */
static void
keep_unseen (TlFtpSyncRun *self,
             guint         index)
{
  const TlFtpSyncItem *item = tl_ftp_sync_plan_get_item (self->plan, index);
  const guint32 parent = tl_ftp_sync_plan_get_folder (self->plan, item->folder)->item;

  if (item->act != TL_FTP_SYNC_DELETE && !g_hash_table_contains (self->whys, GUINT_TO_POINTER (parent)))
    g_hash_table_insert (self->whys, GUINT_TO_POINTER (parent), g_strdup (self->refusal));
  tl_ftp_sync_run_keep (self, index, item->act == TL_FTP_SYNC_DELETE ? KEPT_FAILED : KEPT_FAILED_WITHIN,
                        item->act == TL_FTP_SYNC_DELETE ? self->refusal : NULL);
}

gboolean
tl_ftp_sync_run_delete_remote (GTask *task,
                               guint  index)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  const TlFtpSyncItem *item = tl_ftp_sync_plan_get_item (self->plan, index);
  g_autoptr (GBytes) path = NULL;
  TlFtpListingItem entry;
  gboolean found;

  if (tl_ftp_sync_run_prove_chain (task, index))
    return TRUE;
  if (self->fates[index] & FATE_OVER)
    return FALSE;
  if (self->listed != item->folder || tl_ftp_sync_run_is_look_old (self))
    {
      tl_ftp_sync_run_look (task, item->folder);
      return TRUE;
    }
  note_new (self);
  found = self->names != NULL && tl_ftp_sync_names_find (self->names, item->remote_name, &entry);
  if (!found && self->refusal != NULL)
    keep_unseen (self, index);
  /* Somebody else has deleted it. */
  else if (!found)
    tl_ftp_sync_run_end_deleted (self, index, FATE_GONE);
  else if (entry.unsafe)
    tl_ftp_sync_run_keep (self, index, KEPT_FAILED, _("This name cannot be sent to the server: nothing can be done with it."));
  else if (has_changed (self, item, &entry))
    tl_ftp_sync_run_keep (self, index, KEPT_CHANGED, tl_ftp_sync_run_get_changed_sentence ());
  else if (item->is_folder)
    tl_ftp_sync_run_judge_folder (self, index, &entry);
  if ((self->fates[index] & FATE_OVER) || item->is_folder)
    return FALSE;
  self->is_used = TRUE;
  path = tl_ftp_path_join (tl_ftp_sync_plan_get_folder (self->plan, item->folder)->remote, item->remote_name);
  tl_ftp_client_remove_file_async (self->client, path, g_task_get_cancellable (task), removed_cb, task);
  return TRUE;
}
