/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a synchronisation is, and what did not work. */

#include "tl-ftp-sync-run-private.h"

void
tl_ftp_sync_run_note (TlFtpSyncRun *self,
                      guint         index,
                      const char   *message)
{
  g_autofree char *path = NULL;

  self->progress.n_noted++;
  if (self->failures->len >= TL_FTP_SYNC_MAX_FAILURES)
    return;
  path = tl_ftp_sync_plan_dup_path (self->plan, index);
  g_ptr_array_add (self->failures, tl_ftp_sync_failure_new (path, message));
}

void
tl_ftp_sync_run_fail (TlFtpSyncRun *self,
                      guint         index,
                      const char   *message)
{
  self->progress.n_failed++;
  tl_ftp_sync_run_note (self, index, message);
}

void
tl_ftp_sync_run_end_act (TlFtpSyncRun *self,
                         guint         index)
{
  if (self->fates[index] != 0 || tl_ftp_sync_plan_is_on (self->plan, index))
    self->progress.n_over++;
  tl_ftp_sync_run_emit_changed (self);
}

void
tl_ftp_sync_run_emit_changed (TlFtpSyncRun *self)
{
  self->has_changed = TRUE;
  if (self->is_held)
    return;
  self->has_changed = FALSE;
  g_signal_emit (self, tl_ftp_sync_run_changed, 0);
}

void
tl_ftp_sync_run_hold (TlFtpSyncRun *self)
{
  self->is_held = TRUE;
}

void
tl_ftp_sync_run_release (TlFtpSyncRun *self)
{
  self->is_held = FALSE;
  if (self->has_changed)
    tl_ftp_sync_run_emit_changed (self);
}

const TlFtpSyncProgress *
tl_ftp_sync_run_get_progress (TlFtpSyncRun *self)
{
  g_return_val_if_fail (TL_IS_FTP_SYNC_RUN (self), NULL);

  return &self->progress;
}

GPtrArray *
tl_ftp_sync_run_get_failures (TlFtpSyncRun *self)
{
  g_return_val_if_fail (TL_IS_FTP_SYNC_RUN (self), NULL);

  return self->failures;
}

void
tl_ftp_sync_run_answer (TlFtpSyncRun              *self,
                        const TlOverwriteQuestion *question)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->transfers, question->transfer));
  const TlFtpSyncItem *item = index > 0 ? tl_ftp_sync_plan_get_item (self->plan, index - 1) : NULL;
  gboolean same;

  if (item == NULL || !question->can_replace || item->difference == TL_FTP_DIFFERENCE_ONLY_LOCAL || item->difference == TL_FTP_DIFFERENCE_ONLY_REMOTE)
    return;
  if (item->act == TL_FTP_SYNC_DOWNLOAD)
    same = question->target_size == item->local_size && question->target_time == item->local_time;
  else
    same = question->target_size < 0 || item->remote_size < 0 || question->target_size == item->remote_size;
  if (same)
    tl_transfer_queue_answer (self->queue, question->transfer, TL_OVERWRITE_REPLACE, FALSE);
}
