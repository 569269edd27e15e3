/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user does with transfers: answer, cancel, retry, clear. */

#include "tl-transfer-lane.h"
#include "tl-transfer-queue-private.h"

const TlOverwriteQuestion *
tl_transfer_queue_get_question (TlTransferQueue *self)
{
  TlTransfer *transfer;

  g_return_val_if_fail (TL_IS_TRANSFER_QUEUE (self), NULL);

  transfer = g_queue_peek_head (&self->asking);
  return transfer != NULL ? &transfer->question : NULL;
}

static void
answer_one (TlTransferQueue *self,
            TlTransfer      *transfer,
            gboolean         first)
{
  tl_transfer_queue_set_state (self, transfer, TL_TRANSFER_WAITING, NULL, NULL);
  tl_transfer_lane_push (transfer->lane, transfer, first);
}

void
tl_transfer_queue_answer (TlTransferQueue *self,
                          TlTransfer      *transfer,
                          TlOverwrite      answer,
                          gboolean         for_all)
{
  g_autoptr (TlTransfer) hold = NULL;

  g_return_if_fail (TL_IS_TRANSFER_QUEUE (self));
  g_return_if_fail (TL_IS_TRANSFER (transfer));

  /* It may have been cancelled while the question was shown. */
  if (transfer->state != TL_TRANSFER_ASKING || answer == TL_OVERWRITE_ASK)
    return;

  hold = g_object_ref (transfer);
  transfer->replace = answer;
  transfer->replace_all = for_all;
  transfer->asked_size = transfer->question.target_size;
  transfer->asked_time = transfer->question.target_time;
  answer_one (self, transfer, TRUE);
  for (guint i = 0; for_all && i < self->items->len; i++)
    {
      TlTransfer *other = self->items->pdata[i];

      if (other->upload != transfer->upload || (!tl_transfer_state_is_active (other->state) && other->state != TL_TRANSFER_PAUSED))
        continue;
      other->replace = answer;
      other->replace_all = TRUE;
      other->answered = other->state == TL_TRANSFER_RUNNING;
      if (other->state == TL_TRANSFER_ASKING)
        answer_one (self, other, FALSE);
    }
}

void
tl_transfer_queue_expect (TlTransferQueue *self,
                          TlTransfer      *transfer,
                          gint64           size,
                          gint64           time)
{
  g_return_if_fail (TL_IS_TRANSFER_QUEUE (self));
  g_return_if_fail (TL_IS_TRANSFER (transfer));

  transfer->replace = TL_OVERWRITE_REPLACE;
  transfer->asked_size = size;
  transfer->asked_time = time;
}

void
tl_transfer_queue_cancel_one (TlTransferQueue *self,
                              TlTransfer      *transfer)
{
  if (!tl_transfer_state_is_active (transfer->state) && transfer->state != TL_TRANSFER_PAUSED)
    return;

  /* What runs ends by itself, and removes what was begun. */
  transfer->keeps = FALSE;
  if (transfer->cancellable != NULL)
    g_cancellable_cancel (transfer->cancellable);
  else
    tl_transfer_lane_drop (transfer->lane, transfer);
}

static void
retry_one (TlTransferQueue *self,
           TlTransfer      *transfer)
{
  if (tl_transfer_state_is_active (transfer->state) || transfer->state == TL_TRANSFER_DONE || transfer->lane == NULL)
    return;

  if (transfer->state == TL_TRANSFER_SKIPPED)
    transfer->replace = TL_OVERWRITE_ASK;
  tl_transfer_queue_start_again (self, transfer);
}

void
tl_transfer_queue_retry (TlTransferQueue *self,
                         TlTransfer      *transfer)
{
  g_autoptr (GPtrArray) again = NULL;

  g_return_if_fail (TL_IS_TRANSFER_QUEUE (self));
  g_return_if_fail (TL_IS_TRANSFER (transfer));

  again = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; transfer->folder && i < self->items->len; i++)
    {
      TlTransfer *other = self->items->pdata[i];

      if (other != transfer && other->state != TL_TRANSFER_SKIPPED && tl_transfer_is_within (other, transfer))
        g_ptr_array_add (again, g_object_ref (other));
    }
  /* What it is in runs again, so that its end is told again. */
  if (transfer->top != NULL && !tl_transfer_state_is_active (transfer->top->state) && transfer->top->walked)
    tl_transfer_queue_set_state (self, transfer->top, TL_TRANSFER_RUNNING, NULL, NULL);
  retry_one (self, transfer);
  for (guint i = 0; i < again->len; i++)
    retry_one (self, again->pdata[i]);
  if (transfer->folder && transfer->walked && transfer->top == NULL)
    tl_transfer_queue_check_top (self, transfer);
  tl_transfer_queue_tell (self);
}

static gboolean
lane_is_used (TlTransferQueue *self,
              TlTransferLane  *lane)
{
  for (guint i = 0; i < self->items->len; i++)
    if (((TlTransfer *) self->items->pdata[i])->lane == lane)
      return TRUE;
  return FALSE;
}

static void
drop_lanes (TlTransferQueue *self)
{
  for (guint i = self->lanes->len; i > 0; i--)
    if (!lane_is_used (self, self->lanes->pdata[i - 1]) && !tl_transfer_lane_has_rubbish (self->lanes->pdata[i - 1]))
      g_ptr_array_remove_index (self->lanes, i - 1);
}

void
tl_transfer_queue_clear (TlTransferQueue *self,
                         gboolean         failed)
{
  g_return_if_fail (TL_IS_TRANSFER_QUEUE (self));

  tl_transfer_queue_take_out (self, G_MAXUINT, failed);
  drop_lanes (self);
  tl_transfer_queue_tell (self);
}

void
tl_transfer_queue_remove (TlTransferQueue *self,
                          GPtrArray       *transfers)
{
  g_autoptr (GHashTable) chosen = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) tops = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  GHashTableIter iter;
  gpointer top;

  g_return_if_fail (TL_IS_TRANSFER_QUEUE (self));

  /* A folder that goes on, or will, still tells of what is in it. */
  for (guint i = 0; i < transfers->len; i++)
    if (tl_transfer_is_over (transfers->pdata[i]))
      g_hash_table_add (chosen, transfers->pdata[i]);
  for (guint i = 0; i < transfers->len; i++)
    if (((TlTransfer *) transfers->pdata[i])->top != NULL)
      g_hash_table_add (tops, g_object_ref (((TlTransfer *) transfers->pdata[i])->top));
  tl_transfer_queue_take_chosen (self, chosen);
  g_hash_table_iter_init (&iter, tops);
  while (g_hash_table_iter_next (&iter, &top, NULL))
    tl_transfer_queue_tell_top (self, top);
  drop_lanes (self);
  tl_transfer_queue_tell (self);
}
