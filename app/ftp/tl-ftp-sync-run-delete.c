/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan deletes, when all else has gone well: each file and each folder that was seen when it was compared, and nothing else. */

#include "tl-ftp-sync-run-private.h"

#include <glib/gi18n-lib.h>

const char *
tl_ftp_sync_run_get_changed_sentence (void)
{
  return _("It has changed since the folders were compared, and was left as it is.");
}

char *
tl_ftp_sync_run_dup_came_in (guint n)
{
  return g_strdup_printf (ngettext ("%u file or folder has come into it since the folders were compared: both were left.",
                                    "%u files and folders have come into it since the folders were compared: they and the folder were left.", n), n);
}

/* What is in a folder comes after it, side by side. */
static void
find_contents (TlFtpSyncRun *self)
{
  const guint n = tl_ftp_sync_plan_get_n_items (self->plan);
  const guint n_folders = tl_ftp_sync_plan_get_n_folders (self->plan);

  self->contents = g_new (guint32, n);
  self->firsts = g_new0 (guint32, n_folders);
  self->n_in = g_new0 (guint32, n_folders);
  self->verdicts = g_new0 (guint8, n_folders);
  for (guint i = 0; i < n; i++)
    {
      const guint32 folder = tl_ftp_sync_plan_get_item (self->plan, i)->folder;

      self->contents[i] = TL_FTP_SYNC_NO_ITEM;
      if (self->n_in[folder]++ == 0)
        self->firsts[folder] = i;
    }
  for (guint i = 0; i < n_folders; i++)
    {
      const guint32 item = tl_ftp_sync_plan_get_folder (self->plan, i)->item;

      if (item != TL_FTP_SYNC_NO_ITEM)
        self->contents[item] = i;
    }
}

void
tl_ftp_sync_run_doom (TlFtpSyncRun *self)
{
  const guint n = tl_ftp_sync_plan_get_n_items (self->plan);

  find_contents (self);
  self->fates = g_new0 (guint8, n);
  for (guint i = 0; i < n; i++)
    {
      const TlFtpSyncItem *item = tl_ftp_sync_plan_get_item (self->plan, i);
      const guint32 parent = tl_ftp_sync_plan_get_folder (self->plan, item->folder)->item;

      if (item->act == TL_FTP_SYNC_DELETE && tl_ftp_sync_plan_is_on (self->plan, i))
        self->fates[i] = FATE_DOOMED;
      else if (item->act == TL_FTP_SYNC_ALL && parent != TL_FTP_SYNC_NO_ITEM && self->fates[parent] != 0)
        {
          const gboolean here = self->fates[parent] == FATE_WITHIN || tl_ftp_sync_plan_get_item (self->plan, parent)->difference == TL_FTP_DIFFERENCE_ONLY_LOCAL;

          self->fates[i] = here ? FATE_WITHIN : FATE_DOOMED;
          self->progress.n_all++;
        }
    }
}

void
tl_ftp_sync_run_keep_all (TlFtpSyncRun *self)
{
  for (guint i = 0; i < tl_ftp_sync_plan_get_n_items (self->plan); i++)
    if ((self->fates[i] & (FATE_DOOMED | FATE_WITHIN)) && !(self->fates[i] & FATE_OVER))
      {
        self->fates[i] |= FATE_OVER;
        self->progress.n_kept++;
        self->progress.n_over++;
      }
  tl_ftp_sync_run_emit_changed (self);
}

/* The folder that it is in cannot be deleted then. */
static void
mark_parent (TlFtpSyncRun *self,
             guint         index,
             Kept          kept)
{
  const guint32 parent = tl_ftp_sync_plan_get_folder (self->plan, tl_ftp_sync_plan_get_item (self->plan, index)->folder)->item;
  const gboolean failed = kept == KEPT_FAILED || kept == KEPT_FAILED_WITHIN;

  if (parent != TL_FTP_SYNC_NO_ITEM)
    self->fates[parent] |= failed ? FATE_FAILED_WITHIN : FATE_CHANGED_WITHIN;
}

void
tl_ftp_sync_run_keep (TlFtpSyncRun *self,
                      guint         index,
                      Kept          kept,
                      const char   *message)
{
  const gboolean is_row = tl_ftp_sync_plan_get_item (self->plan, index)->act == TL_FTP_SYNC_DELETE;

  if (kept == KEPT_FAILED)
    self->progress.n_failed++;
  else if (kept == KEPT_FAILED_WITHIN)
    self->progress.n_kept++;
  else
    self->progress.n_changed++;
  if (message != NULL)
    tl_ftp_sync_run_note (self, index, message);
  else if (is_row)
    tl_ftp_sync_run_note (self, index, _("This folder was kept, because something in it was kept."));
  mark_parent (self, index, kept);
  self->fates[index] |= FATE_OVER;
  tl_ftp_sync_run_end_act (self, index);
}

/* True when the folder that it is in is over before it: with it, or kept without a look into it. */
static gboolean
follows_folder (TlFtpSyncRun *self,
                guint         index)
{
  const guint32 parent = tl_ftp_sync_plan_get_folder (self->plan, tl_ftp_sync_plan_get_item (self->plan, index)->folder)->item;
  const guint8 fate = parent != TL_FTP_SYNC_NO_ITEM ? self->fates[parent] : 0;

  if (!(fate & FATE_OVER))
    return FALSE;
  if (!(fate & FATE_GONE))
    {
      tl_ftp_sync_run_keep (self, index, fate & FATE_FAILED_WITHIN ? KEPT_FAILED_WITHIN : KEPT_CHANGED_WITHIN, NULL);
      return TRUE;
    }
  self->progress.n_deleted++;
  self->fates[index] |= FATE_OVER | FATE_GONE;
  tl_ftp_sync_run_end_act (self, index);
  return TRUE;
}

static gboolean
delete_slice (GTask *task)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  const guint n = tl_ftp_sync_plan_get_n_items (self->plan);

  for (guint end = self->next + TL_FTP_SYNC_RUN_SLICE; self->next < n; self->next++)
    {
      const TlFtpSyncItem *item = tl_ftp_sync_plan_get_item (self->plan, self->next);

      if (self->next == end)
        {
          g_idle_add (tl_ftp_sync_run_step_cb, task);
          return TRUE;
        }
      if (!(self->fates[self->next] & FATE_DOOMED) || (self->fates[self->next] & FATE_OVER) || follows_folder (self, self->next))
        continue;
      if (item->difference == TL_FTP_DIFFERENCE_ONLY_LOCAL)
        tl_ftp_sync_run_delete_local (task, self->next);
      else if (!tl_ftp_sync_run_delete_remote (task, self->next))
        continue;
      return TRUE;
    }
  return FALSE;
}

gboolean
tl_ftp_sync_run_delete_next (GTask *task)
{
  TlFtpSyncRun *self = g_task_get_source_object (task);
  gboolean goes_on;

  tl_ftp_sync_run_hold (self);
  goes_on = delete_slice (task);
  if (!goes_on)
    tl_ftp_sync_run_forget_look (self);
  tl_ftp_sync_run_release (self);
  return goes_on;
}
