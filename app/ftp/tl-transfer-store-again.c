/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of the queues the disk has not taken. */

#include "tl-transfer-store-private.h"

/* No try waits longer. */
#define AGAIN_MOST_MS 60000

void
tl_transfer_store_add_again (TlTransferStore *self,
                             TlTransfer      *transfer)
{
  if (transfer->unwritten)
    return;
  transfer->unwritten = TRUE;
  g_ptr_array_add (self->again, g_object_ref (transfer));
}

/* The disk may be full, or away for a moment: nothing of what it has not taken is forgotten. */
void
tl_transfer_store_put_back (TlTransferStore *self)
{
  g_autoptr (GPtrArray) again = g_steal_pointer (&self->again);

  g_clear_handle_id (&self->retry, g_source_remove);
  self->again = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < again->len; i++)
    {
      ((TlTransfer *) again->pdata[i])->unwritten = FALSE;
      tl_transfer_store_mark_dirty (self, again->pdata[i]);
    }
  if (again->len > 0)
    self->again_until = self->n_touched;
}

static gboolean
retry_cb (gpointer data)
{
  TlTransferStore *self = data;

  self->retry = 0;
  tl_transfer_store_put_back (self);
  tl_transfer_store_plan (self);
  return G_SOURCE_REMOVE;
}

static void
plan_again (TlTransferStore *self)
{
  self->retry = g_timeout_add (self->again_ms, retry_cb, self);
  self->again_ms = MIN (2 * self->again_ms, AGAIN_MOST_MS);
}

/* The rows are as they were. What has none, and needs none by now, is done with: where nothing can be written for hours, no more is kept than there is in the queues. */
void
tl_transfer_store_keep_for_again (TlTransferStore *self,
                                  GArray          *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      const TlTransferRecord *record = &g_array_index (records, TlTransferRecord, i);

      /* A row that was to go is there yet. Where another write is under way, it may make the row that this one did not. */
      record->of->stored = record->of->has_row || self->n_writing > 1;
      record->of->walked_stored = FALSE;
    }
  for (guint i = 0; i < records->len; i++)
    {
      TlTransfer *transfer = g_array_index (records, TlTransferRecord, i).of;

      if (transfer->stored || tl_transfer_store_keeps (transfer))
        tl_transfer_store_add_again (self, transfer);
    }
  if (self->retry == 0 && self->again->len > 0)
    plan_again (self);
}

void
tl_transfer_store_hurry (TlTransferStore *self)
{
  if (self->retry == 0)
    self->again_ms = TL_TRANSFER_STORE_AGAIN_MS;
  /* What waits for the first time is not put off each time that something else is written. */
  if (self->retry == 0 || self->again_ms <= 2 * TL_TRANSFER_STORE_AGAIN_MS)
    return;
  self->again_ms = TL_TRANSFER_STORE_AGAIN_MS;
  g_clear_handle_id (&self->retry, g_source_remove);
  plan_again (self);
}
