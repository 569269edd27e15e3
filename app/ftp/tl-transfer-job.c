/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the things that are done with a transfer have in common. */

#include "tl-transfer-job.h"

#include <glib/gi18n-lib.h>

typedef struct {
  TlJobResult  result;
  char        *note;
} Outcome;

static void
outcome_free (gpointer data)
{
  Outcome *outcome = data;

  g_free (outcome->note);
  g_free (outcome);
}

gboolean
tl_job_is_whole (const TlFtpListing  *listing,
                 GError             **error)
{
  if (!tl_ftp_listing_is_cut (listing))
    return TRUE;
  g_set_error_literal (error, TL_FTP_ERROR, TL_FTP_ERROR_DATA,
                       _("The list of this folder is not whole: it was cut off, is too long for the server, or may not be read with this account. Files may be missing from it."));
  return FALSE;
}

TlOverwrite
tl_job_get_answer (TlTransfer *transfer,
                   gint64      target_size,
                   gint64      target_time)
{
  if (transfer->replace == TL_OVERWRITE_NEWER && (transfer->time < 0 || target_time < 0))
    return TL_OVERWRITE_ASK;
  if (transfer->replace == TL_OVERWRITE_NEWER)
    return transfer->time > target_time ? TL_OVERWRITE_REPLACE : TL_OVERWRITE_SKIP;
  if (transfer->replace == TL_OVERWRITE_OTHER_SIZE && (transfer->size < 0 || target_size < 0))
    return TL_OVERWRITE_ASK;
  if (transfer->replace == TL_OVERWRITE_OTHER_SIZE)
    return transfer->size != target_size ? TL_OVERWRITE_REPLACE : TL_OVERWRITE_SKIP;
  return transfer->replace;
}

gboolean
tl_job_is_answered (TlTransfer *transfer,
                    gint64      target_size,
                    gint64      target_time)
{
  if (tl_job_get_answer (transfer, target_size, target_time) == TL_OVERWRITE_ASK)
    return FALSE;
  /* Skipping and renaming harm nothing, whatever is there by now. */
  if (transfer->replace_all || transfer->replace == TL_OVERWRITE_SKIP || transfer->replace == TL_OVERWRITE_RENAME)
    return TRUE;
  return transfer->asked_size == target_size && transfer->asked_time == target_time;
}

void
tl_job_set_question (TlTransfer *transfer,
                     gint64      target_size,
                     gint64      target_time,
                     gboolean    can_replace)
{
  TlOverwriteQuestion *question = &transfer->question;

  question->source_size = transfer->size;
  question->source_time = transfer->time;
  question->target_size = target_size;
  question->target_time = target_time;
  question->can_replace = can_replace;
  question->can_resume = can_replace && target_size > 0 && target_size < transfer->size;
}

void
tl_job_return (GTask       *task,
               TlJobResult  result,
               char        *note)
{
  Outcome *outcome = g_new (Outcome, 1);

  outcome->result = result;
  outcome->note = note;
  g_task_return_pointer (task, outcome, outcome_free);
  g_object_unref (task);
}

TlJobResult
tl_job_finish (TlTransfer    *transfer,
               GAsyncResult  *result,
               char         **note,
               GError       **error)
{
  Outcome *outcome;
  TlJobResult how;

  g_return_val_if_fail (g_task_is_valid (result, transfer), TL_JOB_FAILED);

  outcome = g_task_propagate_pointer (G_TASK (result), error);
  if (outcome == NULL)
    return TL_JOB_FAILED;
  how = outcome->result;
  *note = g_steal_pointer (&outcome->note);
  outcome_free (outcome);
  return how;
}
