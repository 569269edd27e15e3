/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan deletes on the server, a command each. A folder is listed just before, and again when that was a while ago: what has changed since it was compared stays,
 * and what has come since keeps its folder. */

#include "tl-ftp-sync-run-private.h"

#include "tl-ftp-error.h"
#include "tl-transfer-job.h"

#include <glib/gi18n-lib.h>

/* In a row without an answer to an act; lists do not count. */
#define MAX_TRIES 5

/* A look at a folder is not taken again so soon that it takes more than a twentieth of the time. */
#define LOOK_SHARE 20

static GBytes *
dup_path (TlFtpSyncRun        *self,
          const TlFtpSyncItem *item)
{
  return tl_ftp_path_join (tl_ftp_sync_plan_get_folder (self->plan, item->folder)->remote, item->remote_name);
}

/* The item whose turn it is. */
static guint
get_current (TlFtpSyncRun *self)
{
  return self->at == STEP_FOLDERS ? tl_ftp_sync_plan_get_n_items (self->plan) - 1 - self->next : self->next;
}

static void
end_deleted (TlFtpSyncRun *self,
             guint         index,
             guint8        fate)
{
  self->fates[index] |= FATE_OVER | fate;
  self->n_tries = 0;
  self->progress.n_deleted++;
  tl_ftp_sync_run_end_act (self, index);
}

static void
forget_listing (TlFtpSyncRun *self)
{
  g_clear_pointer (&self->listing, tl_ftp_listing_unref);
  g_clear_pointer (&self->refusal, g_free);
  g_hash_table_remove_all (self->names);
  self->listed = TL_FTP_SYNC_NO_ITEM;
  self->is_used = FALSE;
}

static gboolean
again_cb (gpointer user_data)
{
  TlFtpSyncRun *self = g_task_get_source_object (user_data);

  self->again_id = 0;
  tl_ftp_sync_run_step (g_steal_pointer (&self->waiting));
  return G_SOURCE_REMOVE;
}

static gboolean
is_answer (const GError *error)
{
  return error == NULL || tl_ftp_error_is_refusal (error) || g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_NAME);
}

/* The server cannot make a list just now. Some say so, with 450, of what is not there or not for this account, which does not pass. */
static gboolean
is_busy_error (const GError *error)
{
  return tl_ftp_error_is_refusal (error) && tl_ftp_error_is_transient (error)
         && !g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_NOT_FOUND) && !g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_DENIED);
}

/* True when @error is no answer to the act: it is tried again after a while, with a new look at its folder, or not at all. The step is made then.
 * @of_act: FALSE: of the look before it, which alone brings nothing further; that the server is busy may pass. */
static gboolean
has_broken (GTask        *task,
            const GError *error,
            gboolean      of_act)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  const gboolean is_busy = error != NULL && !of_act && is_busy_error (error);
  guint delay;

  if (is_answer (error) && (!is_busy || self->n_tries + 1 >= MAX_TRIES))
    {
      if (of_act || is_busy)
        self->n_tries = 0;
      /* Its folder was listed anew. */
      if (self->at == STEP_DELETE)
        self->doubtful = FALSE;
      return FALSE;
    }
  /* Also when it broke in the same moment: nobody would end the waiting. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      tl_ftp_sync_run_step (task);
      return TRUE;
    }
  forget_listing (self);
  self->doubtful = TRUE;
  if (!tl_ftp_error_is_transient (error) || ++self->n_tries >= MAX_TRIES)
    {
      tl_ftp_sync_run_keep (self, get_current (self), KEPT_FAILED, error->message);
      tl_ftp_sync_run_keep_all (self);
      tl_ftp_sync_run_step (task);
      return TRUE;
    }
  g_object_get (self->queue, "retry-delay", &delay, NULL);
  self->waiting = task;
  self->again_id = g_timeout_add (delay << (self->n_tries - 1), again_cb, task);
  return TRUE;
}

/* What nobody has compared. */
static void
look_for_new (TlFtpSyncRun *self,
              guint32       folder)
{
  const guint32 item = tl_ftp_sync_plan_get_folder (self->plan, folder)->item;
  g_autoptr (GHashTable) known = NULL;
  guint n_new = 0;

  if (item == TL_FTP_SYNC_NO_ITEM)
    return;
  known = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  for (guint i = 0; i < self->n_in[folder]; i++)
    g_hash_table_add (known, tl_ftp_sync_plan_get_item (self->plan, self->firsts[folder] + i)->remote_name);
  for (guint32 i = 0; i < tl_ftp_listing_get_n_entries (self->listing); i++)
    {
      gsize length;
      const guint8 *bytes = tl_ftp_listing_get_name (self->listing, i, &length);
      g_autoptr (GBytes) name = g_bytes_new_static (bytes, length);

      n_new += !g_hash_table_contains (known, name);
    }
  if (n_new == 0)
    return;
  self->fates[item] |= FATE_CHANGED_WITHIN;
  g_hash_table_insert (self->whys, GUINT_TO_POINTER (item), tl_ftp_sync_run_dup_came_in (n_new));
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  TlFtpSyncRun *self = g_task_get_source_object (task);
  const guint32 folder = tl_ftp_sync_plan_get_item (self->plan, get_current (self))->folder;
  g_autoptr (GError) error = NULL;
  TlFtpListing *listing = tl_ftp_client_list_finish (TL_FTP_CLIENT (source), result, &error);

  if (has_broken (task, error, FALSE))
    return;
  forget_listing (self);
  self->listed = folder;
  self->listed_at = g_get_monotonic_time ();
  self->listing = listing;
  self->is_gone = g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_NOT_FOUND);
  if (listing != NULL && tl_job_is_whole (listing, &error) && tl_ftp_listing_get_n_unparsed (listing) > 0)
    self->refusal = g_strdup (_("Some lines of the server's list were not understood: what seems to be missing there is left as it is"));
  else if (error != NULL)
    self->refusal = g_strdup (error->message);
  for (guint32 i = 0; listing != NULL && i < tl_ftp_listing_get_n_entries (listing); i++)
    {
      gsize length;
      const guint8 *name = tl_ftp_listing_get_name (listing, i, &length);

      g_hash_table_insert (self->names, g_bytes_new (name, length), GUINT_TO_POINTER (i + 1));
    }
  if (listing != NULL && self->at == STEP_DELETE)
    look_for_new (self, folder);
  tl_ftp_sync_run_step (task);
}

static void
list (GTask   *task,
      guint32  folder)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);

  self->list_began = g_get_monotonic_time ();
  tl_ftp_client_list_async (self->client, tl_ftp_sync_plan_get_folder (self->plan, folder)->remote, g_task_get_cancellable (task), listed_cb, task);
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
  if (has_broken (task, error, TRUE))
    return;
  if (error == NULL)
    end_deleted (self, self->next, 0);
  else
    tl_ftp_sync_run_keep (self, self->next, KEPT_FAILED, error->message);
  self->next++;
  tl_ftp_sync_run_step (task);
}

/* Some servers show a link to a folder as that folder. What is in it is somewhere else then, and stays; DELE, which no server does to a folder with something in it, removes the link. */
static void
probed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  TlFtpSyncRun *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  tl_ftp_client_act_finish (TL_FTP_CLIENT (source), result, &error);
  if (has_broken (task, error, TRUE))
    return;
  if (error == NULL)
    end_deleted (self, self->next, FATE_LINK);
  self->next++;
  tl_ftp_sync_run_step (task);
}

/* At least one thing is deleted by each look. */
static gboolean
is_old (TlFtpSyncRun *self)
{
  const gint64 age = g_get_monotonic_time () - self->listed_at;

  return self->is_used && (self->look_again == 0 || age > MAX (self->look_again, LOOK_SHARE * (self->listed_at - self->list_began)));
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
  gpointer found;

  if (self->listed != item->folder || is_old (self))
    {
      list (task, item->folder);
      return TRUE;
    }
  found = g_hash_table_lookup (self->names, item->remote_name);
  if (found == NULL && self->refusal != NULL)
    {
      keep_unseen (self, index);
      return FALSE;
    }
  if (found == NULL)
    {
      /* Somebody else has deleted it. */
      end_deleted (self, index, FATE_GONE);
      return FALSE;
    }
  tl_ftp_listing_get_entry (self->listing, GPOINTER_TO_UINT (found) - 1, &entry);
  if (entry.unsafe)
    tl_ftp_sync_run_keep (self, index, KEPT_FAILED, _("This name cannot be sent to the server: nothing can be done with it."));
  else if (has_changed (self, item, &entry))
    tl_ftp_sync_run_keep (self, index, KEPT_CHANGED, tl_ftp_sync_run_get_changed_sentence ());
  if (self->fates[index] & FATE_OVER)
    return FALSE;
  self->is_used = TRUE;
  path = dup_path (self, item);
  tl_ftp_client_remove_file_async (self->client, path, g_task_get_cancellable (task), item->is_folder ? probed_cb : removed_cb, task);
  return TRUE;
}

static void
removed_folder_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  GTask *task = user_data;
  TlFtpSyncRun *self = g_task_get_source_object (task);
  const guint index = get_current (self);
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;

  tl_ftp_client_act_finish (TL_FTP_CLIENT (source), result, &error);
  if (has_broken (task, error, TRUE))
    return;
  self->doubtful = g_error_matches (error, TL_FTP_ERROR, TL_FTP_ERROR_NOT_FOUND);
  /* The folder's name may be among the words of another refusal. */
  if (self->doubtful)
    {
      forget_listing (self);
      self->not_found = g_strdup (error->message);
    }
  else if (error == NULL)
    end_deleted (self, index, 0);
  else
    {
      /* Translators: what the server said, as a sentence, comes last */
      sentence = g_strdup_printf (_("This folder was kept: it may not be empty, as something can have come into it, or something in it is not shown. %s"), error->message);
      tl_ftp_sync_run_keep (self, index, KEPT_FAILED, sentence);
    }
  tl_ftp_sync_run_step (task);
}

/* False when it is over. */
static gboolean
delete_folder (GTask *task,
               guint  index)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  const TlFtpSyncItem *item = tl_ftp_sync_plan_get_item (self->plan, index);
  const char *why = g_hash_table_lookup (self->whys, GUINT_TO_POINTER (index));
  g_autoptr (GBytes) path = NULL;

  if (self->fates[index] & (FATE_CHANGED_WITHIN | FATE_FAILED_WITHIN))
    {
      tl_ftp_sync_run_keep (self, index, self->fates[index] & FATE_FAILED_WITHIN ? KEPT_FAILED_WITHIN : KEPT_CHANGED_WITHIN, why);
      return FALSE;
    }
  if (self->doubtful && self->listed != item->folder)
    {
      list (task, item->folder);
      return TRUE;
    }
  /* That which it was in may have gone, too. */
  if ((self->doubtful && self->listing != NULL && self->refusal == NULL && !g_hash_table_contains (self->names, item->remote_name))
      || (self->not_found != NULL && self->listing == NULL && self->is_gone))
    end_deleted (self, index, 0);
  else if (self->not_found != NULL)
    tl_ftp_sync_run_keep (self, index, KEPT_FAILED, self->not_found);
  if (self->fates[index] & FATE_OVER)
    {
      self->doubtful = FALSE;
      g_clear_pointer (&self->not_found, g_free);
      return FALSE;
    }
  path = dup_path (self, item);
  tl_ftp_client_remove_directory_async (self->client, path, g_task_get_cancellable (task), removed_folder_cb, task);
  return TRUE;
}

gboolean
tl_ftp_sync_run_delete_next_folder (GTask *task)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  const guint n = tl_ftp_sync_plan_get_n_items (self->plan);

  for (guint end = self->next + TL_FTP_SYNC_RUN_SLICE; self->next < n; self->next++)
    {
      const guint index = get_current (self);

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
