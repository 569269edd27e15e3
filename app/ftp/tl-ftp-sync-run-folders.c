/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folders of the server that a plan deletes, the innermost first. No folder is removed before the server has shown, just then, that nothing is in it: there are servers that
 * remove one with all that is in it (Swiftp on telephones does). No file's command is sent of a folder either, as to some servers it is the same. */

#include "tl-ftp-sync-run-private.h"

#include "tl-ftp-error.h"

#include <glib/gi18n-lib.h>

static GBytes *
dup_path (TlFtpSyncRun        *self,
          const TlFtpSyncItem *item)
{
  return tl_ftp_path_join (tl_ftp_sync_plan_get_folder (self->plan, item->folder)->remote, item->remote_name);
}

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  TlFtpSyncRun *self = g_task_get_source_object (task);
  const guint index = tl_ftp_sync_run_get_current (self);
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;

  tl_ftp_client_act_finish (TL_FTP_CLIENT (source), result, &error);
  if (tl_ftp_sync_run_has_broken (task, error, TRUE))
    return;
  tl_ftp_sync_run_forget_look (self);
  /* The folder's name may be among the words of another refusal. */
  if (g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_NOT_FOUND))
    self->not_found = g_strdup (error->message);
  else if (error == NULL)
    tl_ftp_sync_run_end_deleted (self, index, 0);
  else
    {
      /* Translators: what the server said, as a sentence, comes last */
      sentence = g_strdup_printf (_("This folder was kept: it may not be empty, as something can have come into it, or something in it is not shown. %s"), error->message);
      tl_ftp_sync_run_keep (self, index, KEPT_FAILED, sentence);
    }
  tl_ftp_sync_run_step (task);
}

/* What the look at the folder that it is in has told, of all that was in there: many may have gone together. */
static void
note_gone (TlFtpSyncRun *self)
{
  const guint first = self->firsts[self->listed];
  TlFtpListingItem entry;

  for (guint i = first; i < first + self->n_in[self->listed]; i++)
    {
      const TlFtpSyncItem *item = tl_ftp_sync_plan_get_item (self->plan, i);

      if (item->is_folder && (self->fates[i] & FATE_DOOMED) && !(self->fates[i] & FATE_OVER) &&
          (self->names != NULL ? self->refusal == NULL && !tl_ftp_sync_names_find (self->names, item->remote_name, &entry) : self->is_gone))
        self->fates[i] |= FATE_GONE;
    }
}

/* It, or what it is in. */
static gboolean
has_gone (TlFtpSyncRun *self,
          guint32       index)
{
  for (; index != TL_FTP_SYNC_NO_ITEM; index = tl_ftp_sync_plan_get_folder (self->plan, tl_ftp_sync_plan_get_item (self->plan, index)->folder)->item)
    if (self->fates[index] & FATE_GONE)
      return TRUE;
  return FALSE;
}

/* The server has shown what is in the folder. True when it is removed now. */
static gboolean
remove_empty (GTask *task,
              guint  index)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  const guint n = tl_ftp_listing_get_n_entries (self->listing);
  g_autofree char *came_in = NULL;
  g_autoptr (GBytes) path = NULL;

  if (self->refusal != NULL)
    {
      tl_ftp_sync_run_keep (self, index, KEPT_FAILED, self->refusal);
      return FALSE;
    }
  if (n > 0)
    {
      came_in = tl_ftp_sync_run_dup_came_in (n);
      tl_ftp_sync_run_keep (self, index, KEPT_CHANGED_WITHIN, came_in);
      return FALSE;
    }
  path = dup_path (self, tl_ftp_sync_plan_get_item (self->plan, index));
  tl_ftp_client_remove_directory_async (self->client, path, g_task_get_cancellable (task), removed_cb, task);
  return TRUE;
}

/* False when it is over. */
static gboolean
delete_folder (GTask *task,
               guint  index)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  const TlFtpSyncItem *item = tl_ftp_sync_plan_get_item (self->plan, index);
  const guint8 within = self->fates[index] & (FATE_CHANGED_WITHIN | FATE_FAILED_WITHIN);
  const guint32 content = self->contents[index];

  if (within != 0 || content == TL_FTP_SYNC_NO_ITEM)
    {
      tl_ftp_sync_run_keep (self, index, within & FATE_FAILED_WITHIN ? KEPT_FAILED_WITHIN : KEPT_CHANGED_WITHIN, g_hash_table_lookup (self->whys, GUINT_TO_POINTER (index)));
      return FALSE;
    }
  if (self->not_found == NULL && !has_gone (self, index) && self->listed != content)
    {
      tl_ftp_sync_run_look (task, content);
      return TRUE;
    }
  if (self->not_found == NULL && self->listed == content && self->listing != NULL)
    return remove_empty (task, index);
  /* That it cannot be shown, or is not found, may be for another reason than that it is not there: what it is in has the last word. */
  if (self->not_found == NULL && self->listed == content)
    self->not_found = g_strdup (self->refusal);
  if (self->not_found != NULL && self->listed != item->folder)
    {
      tl_ftp_sync_run_look (task, item->folder);
      return TRUE;
    }
  if (self->not_found != NULL)
    note_gone (self);
  if (has_gone (self, index))
    tl_ftp_sync_run_end_deleted (self, index, 0);
  else
    tl_ftp_sync_run_keep (self, index, KEPT_FAILED, self->not_found);
  g_clear_pointer (&self->not_found, g_free);
  return FALSE;
}

static gboolean
delete_slice (GTask *task)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  const guint n = tl_ftp_sync_plan_get_n_items (self->plan);

  for (guint end = self->next + TL_FTP_SYNC_RUN_SLICE; self->next < n; self->next++)
    {
      const guint index = tl_ftp_sync_run_get_current (self);

      if (self->next == end)
        {
          g_idle_add (tl_ftp_sync_run_step_cb, task);
          return TRUE;
        }
      if ((self->fates[index] & FATE_DOOMED) && !(self->fates[index] & FATE_OVER) && delete_folder (task, index))
        return TRUE;
    }
  return FALSE;
}

gboolean
tl_ftp_sync_run_delete_next_folder (GTask *task)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  gboolean goes_on;

  tl_ftp_sync_run_hold (self);
  goes_on = delete_slice (task);
  tl_ftp_sync_run_release (self);
  return goes_on;
}
