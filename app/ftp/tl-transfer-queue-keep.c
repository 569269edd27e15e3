/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stops without being given up: pausing, the end of the program, and what an earlier run has left. */

#include "tl-ftp-temporary.h"
#include "tl-transfer-lane.h"
#include "tl-transfer-queue-private.h"

/* Come into the list in one turn of the main loop. */
#define SLICE 500

void
tl_transfer_queue_keep (TlTransferQueue *self,
                        TlTransfer      *transfer)
{
  transfer->hashes = self->hashes;
  if (self->store == NULL || transfer->store != NULL)
    return;
  /* A temporary copy for another program is gone with this run. (A folder that was done in an earlier one is in no list, and what is in it is kept.) */
  if (!transfer->stored && (transfer->parent != NULL ? transfer->parent->store == NULL : tl_ftp_temporary_holds (transfer->root)))
    return;
  transfer->store = g_object_ref (self->store);
  transfer->owner = self->owner;
  if (!transfer->stored)
    tl_transfer_store_touch (self->store, transfer);
}

static void
pause_one (TlTransferQueue *self,
           TlTransfer      *transfer)
{
  if (!tl_transfer_state_is_active (transfer->state))
    return;

  /* What runs ends by itself, and leaves what was begun. */
  transfer->resumes = FALSE;
  if (transfer->cancellable != NULL)
    {
      transfer->keeps = TRUE;
      g_cancellable_cancel (transfer->cancellable);
      return;
    }
  if (transfer->folder)
    tl_transfer_lane_leave_content (transfer->lane, transfer);
  tl_transfer_queue_set_state (self, transfer, TL_TRANSFER_PAUSED, NULL, NULL);
}

static void
resume_one (TlTransferQueue *self,
            TlTransfer      *transfer)
{
  if (transfer->keeps)
    transfer->resumes = TRUE;
  else if (transfer->state == TL_TRANSFER_PAUSED)
    tl_transfer_queue_start_again (self, transfer);
}

void
tl_transfer_queue_start_again (TlTransferQueue *self,
                               TlTransfer      *transfer)
{
  transfer->attempts = 0;
  /* A folder that was walked only waits for what is in it. */
  tl_transfer_queue_set_state (self, transfer, transfer->walked ? TL_TRANSFER_RUNNING : TL_TRANSFER_WAITING, NULL, NULL);
  if (!transfer->walked)
    tl_transfer_lane_push (transfer->lane, transfer, FALSE);
}

/* (element-type TlTransfer) (transfer full): @of and what is in it, or all. */
static GPtrArray *
dup_items (TlTransferQueue *self,
           TlTransfer      *of)
{
  GPtrArray *items = g_ptr_array_new_full (of == NULL ? self->items->len : 1, g_object_unref);

  if (of != NULL && !of->folder)
    g_ptr_array_add (items, g_object_ref (of));
  for (guint i = 0; i < self->items->len && (of == NULL || of->folder); i++)
    if (of == NULL || tl_transfer_is_within (self->items->pdata[i], of))
      g_ptr_array_add (items, g_object_ref (self->items->pdata[i]));
  return items;
}

static void
hold (TlTransferQueue     *self,
      TlTransfer          *transfer,
      TlTransferSweepFunc  func)
{
  self->held = TRUE;
  tl_transfer_sweep_add (self->sweep, dup_items (self, transfer), func);
}

void
tl_transfer_queue_pause (TlTransferQueue *self,
                         TlTransfer      *transfer)
{
  g_return_if_fail (TL_IS_TRANSFER_QUEUE (self));

  hold (self, transfer, pause_one);
}

void
tl_transfer_queue_resume (TlTransferQueue *self,
                          TlTransfer      *transfer)
{
  g_return_if_fail (TL_IS_TRANSFER_QUEUE (self));

  /* What it is in runs again, so that its end is told. */
  for (TlTransfer *at = transfer != NULL ? transfer->parent : NULL; at != NULL; at = at->parent)
    if (at->walked)
      resume_one (self, at);
  tl_transfer_sweep_add (self->sweep, dup_items (self, transfer), resume_one);
}

void
tl_transfer_queue_cancel (TlTransferQueue *self,
                          TlTransfer      *transfer)
{
  g_return_if_fail (TL_IS_TRANSFER_QUEUE (self));
  g_return_if_fail (TL_IS_TRANSFER (transfer));

  hold (self, transfer, tl_transfer_queue_cancel_one);
}

void
tl_transfer_queue_cancel_all (TlTransferQueue *self)
{
  g_return_if_fail (TL_IS_TRANSFER_QUEUE (self));

  g_ptr_array_set_size (self->feeds, 0);
  hold (self, NULL, tl_transfer_queue_cancel_one);
}

void
tl_transfer_queue_set_store (TlTransferQueue *self,
                             TlTransferStore *store)
{
  g_return_if_fail (TL_IS_TRANSFER_QUEUE (self));
  g_return_if_fail (TL_IS_TRANSFER_STORE (store) && self->store == NULL);

  self->store = g_object_ref (store);
  self->owner = tl_transfer_store_join (store);
}

typedef struct {
  TlTransferQueue *queue;
  TlFtpClient     *client;
  gboolean         go_on;
  GPtrArray       *transfers;
  guint            next;
} Attaching;

static void
attaching_free (gpointer data)
{
  Attaching *self = data;

  g_object_unref (self->queue);
  g_object_unref (self->client);
  g_clear_pointer (&self->transfers, g_ptr_array_unref);
  g_free (self);
}

static gboolean
attach_cb (gpointer data)
{
  Attaching *self = data;
  TlTransferQueue *queue = self->queue;
  g_autoptr (GPtrArray) slice = g_ptr_array_new ();
  gint64 owner = self->next < self->transfers->len ? ((TlTransfer *) self->transfers->pdata[self->next])->owner : 0;

  /* The queue has been left meanwhile: they are somebody else's. */
  if (queue->disposed || owner != queue->owner)
    return G_SOURCE_REMOVE;
  while (slice->len < SLICE && self->next < self->transfers->len)
    {
      TlTransfer *transfer = self->transfers->pdata[self->next++];

      transfer->lane = tl_transfer_queue_get_lane (queue, self->client);
      g_ptr_array_add (slice, transfer);
    }
  tl_transfer_queue_add (queue, slice);
  if (self->next < self->transfers->len)
    return G_SOURCE_CONTINUE;
  if (self->go_on)
    tl_transfer_sweep_add (queue->sweep, g_ptr_array_ref (self->transfers), resume_one);
  tl_transfer_queue_tell (queue);
  tl_transfer_queue_emit_restored (queue, self->transfers->len);
  return G_SOURCE_REMOVE;
}

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Attaching *self = user_data;
  g_autoptr (GError) error = NULL;

  self->transfers = tl_transfer_store_take_finish (TL_TRANSFER_STORE (source), result, &error);
  if (self->transfers == NULL)
    g_signal_emit_by_name (source, "failed", error->message);
  if (self->transfers == NULL || self->transfers->len == 0)
    attaching_free (self);
  else
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, attach_cb, self, attaching_free);
}

void
tl_transfer_queue_attach (TlTransferQueue *self,
                          TlFtpClient     *client,
                          gboolean         go_on)
{
  Attaching *attaching;

  g_return_if_fail (TL_IS_TRANSFER_QUEUE (self));
  g_return_if_fail (TL_IS_FTP_CLIENT (client));

  if (self->store == NULL)
    return;
  attaching = g_new0 (Attaching, 1);
  attaching->queue = g_object_ref (self);
  attaching->client = g_object_ref (client);
  attaching->go_on = go_on;
  tl_transfer_store_take_async (self->store, tl_ftp_client_get_site (client), self->owner, taken_cb, attaching);
}

/* What runs is stopped, and what was begun of it stays. */
static void
stop_all (TlTransferQueue *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      TlTransfer *transfer = self->items->pdata[i];

      if (transfer->store != NULL && transfer->cancellable != NULL)
        transfer->keeps = TRUE;
      else if (transfer->store == NULL && transfer->lane != NULL)
        tl_transfer_queue_cancel_one (self, transfer);
    }
  g_ptr_array_set_size (self->lanes, 0);
}

void
tl_transfer_queue_leave (TlTransferQueue *self)
{
  guint n = self->items->len;

  g_return_if_fail (TL_IS_TRANSFER_QUEUE (self));

  g_ptr_array_set_size (self->feeds, 0);
  tl_transfer_sweep_free (self->sweep);
  self->sweep = tl_transfer_sweep_new (self, tl_transfer_queue_swept);
  self->held = FALSE;
  stop_all (self);
  g_queue_clear (&self->asking);
  g_ptr_array_set_size (self->running, 0);
  g_ptr_array_set_size (self->items, 0);
  self->n_active = self->n_failed = self->n_paused = self->n_ended_well = self->n_unknown = 0;
  self->total_size = 0;
  self->total_moved = 0;
  if (self->store != NULL)
    tl_transfer_store_leave (self->store, self->owner);
  if (self->store != NULL && !self->disposed)
    self->owner = tl_transfer_store_join (self->store);
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
  if (!self->disposed)
    tl_transfer_queue_tell (self);
}
