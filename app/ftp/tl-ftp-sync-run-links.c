/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links that the server shows as the folders that they lead to. What a link leads to may be wanted where it is: nothing is deleted through one, nor where it is not known.
 * That holds for folders which are deleted, and for those that stay and something is deleted in, with all that they are in below the first one, which somebody has chosen. */

#include "tl-ftp-sync-run-private.h"

#include <glib/gi18n-lib.h>

/* Of an entry of the folder that was looked at. */
static LinkVerdict
judge (TlFtpSyncRun           *self,
       GBytes                 *name,
       const TlFtpListingItem *entry)
{
  TlFtpListingItem plain;
  gboolean found;

  if (entry->seems_link || entry->kind == TL_FTP_ENTRY_LINK)
    return LINK_IS_ONE;
  if (entry->kind != TL_FTP_ENTRY_DIRECTORY)
    return LINK_UNKNOWN;
  if (tl_ftp_listing_get_format (self->listing) != TL_FTP_LISTING_MLSD)
    return LINK_IS_NONE;
  found = self->links != NULL && tl_ftp_sync_names_find (self->links, name, &plain);
  if (found && plain.kind == TL_FTP_ENTRY_LINK)
    return LINK_IS_ONE;
  /* What it does not show may be anything. */
  return found && plain.kind == TL_FTP_ENTRY_DIRECTORY && self->link_refusal == NULL ? LINK_IS_NONE : LINK_UNKNOWN;
}

static const char *
get_words (const char *words)
{
  return words != NULL ? words : _("The server's LIST does not show it as a folder.");
}

void
tl_ftp_sync_run_judge_folder (TlFtpSyncRun           *self,
                              guint                   index,
                              const TlFtpListingItem *entry)
{
  const LinkVerdict verdict = judge (self, tl_ftp_sync_plan_get_item (self->plan, index)->remote_name, entry);
  g_autofree char *sentence = NULL;

  if (verdict == LINK_IS_NONE)
    return;
  self->fates[index] |= FATE_FAILED_WITHIN;
  if (verdict == LINK_IS_ONE)
    {
      tl_ftp_sync_run_keep (self, index, KEPT_FAILED, _("The server shows this as a folder, and it is a link: it was kept, and nothing was deleted through it."));
      return;
    }
  /* Translators: what the server said, as a sentence, comes last */
  sentence = g_strdup_printf (_("This folder was kept: whether it is a link is not known. %s"), get_words (self->link_refusal));
  tl_ftp_sync_run_keep (self, index, KEPT_FAILED, sentence);
}

/* All folders in the one that was looked at, so that it is looked at once; they may be very many. */
static void
judge_thread (GTask        *worker,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  TlFtpSyncRun *self = source;
  const guint n = tl_ftp_sync_plan_get_n_folders (self->plan);

  for (guint i = 1; i < n; i++)
    {
      const TlFtpSyncFolder *folder = tl_ftp_sync_plan_get_folder (self->plan, i);
      g_autoptr (GBytes) name = NULL;
      TlFtpListingItem entry;

      if (folder->parent != self->listed)
        continue;
      name = tl_ftp_path_basename (folder->remote);
      self->verdicts[i] = self->names != NULL && tl_ftp_sync_names_find (self->names, name, &entry) ? judge (self, name, &entry) : LINK_UNKNOWN;
    }
  g_task_return_pointer (worker, NULL, NULL);
}

static void
judged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  TlFtpSyncRun *self = TL_FTP_SYNC_RUN (source);
  const char *words = self->refusal != NULL ? self->refusal : self->link_refusal;

  if (words != NULL)
    g_hash_table_replace (self->unproved, GUINT_TO_POINTER (self->listed), g_strdup (words));
  tl_ftp_sync_run_step (user_data);
}

static void
keep (TlFtpSyncRun *self,
      guint         index,
      guint32       folder)
{
  const char *words = g_hash_table_lookup (self->unproved, GUINT_TO_POINTER (tl_ftp_sync_plan_get_folder (self->plan, folder)->parent));
  g_autofree char *sentence = NULL;

  /* What is in it, if it is a folder, stays as well. */
  self->fates[index] |= FATE_FAILED_WITHIN;
  if (self->verdicts[folder] == LINK_IS_ONE)
    {
      tl_ftp_sync_run_keep (self, index, KEPT_FAILED, _("What this is in is shown as a folder by the server, and it is a link: nothing was deleted through it."));
      return;
    }
  /* Translators: what the server said, as a sentence, comes last */
  sentence = g_strdup_printf (_("This was kept: whether a folder that it is in is a link is not known. %s"), get_words (words));
  tl_ftp_sync_run_keep (self, index, KEPT_FAILED, sentence);
}

gboolean
tl_ftp_sync_run_prove_chain (GTask *task,
                             guint  index)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  const TlFtpSyncFolder *folder;

  /* Folders that are deleted have been judged before what is in them. */
  for (guint32 at = tl_ftp_sync_plan_get_item (self->plan, index)->folder; at != 0; at = folder->parent)
    {
      folder = tl_ftp_sync_plan_get_folder (self->plan, at);
      if (folder->item != TL_FTP_SYNC_NO_ITEM && (self->fates[folder->item] & FATE_DOOMED))
        return FALSE;
      if (self->verdicts[at] == LINK_IS_NONE)
        continue;
      if (self->verdicts[at] != LINK_UNJUDGED)
        {
          keep (self, index, at);
          return FALSE;
        }
      if (self->listed != folder->parent || !self->is_proving)
        tl_ftp_sync_run_look_for_links (task, folder->parent);
      else
        tl_ftp_sync_run_work (task, NULL, NULL, judge_thread, judged_cb);
      return TRUE;
    }
  return FALSE;
}
