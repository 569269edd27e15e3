/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which comes first, and how fast it may be. */

#include "tl-transfer-lane.h"
#include "tl-transfer-queue-private.h"

static void
sort_lanes (TlTransferQueue *self)
{
  for (guint i = 0; i < self->lanes->len; i++)
    tl_transfer_lane_sort (self->lanes->pdata[i], self->items);
}

void
tl_transfer_queue_set_priority (TlTransferQueue *self,
                                GPtrArray       *transfers,
                                int              priority)
{
  g_autoptr (GHashTable) chosen = g_hash_table_new (NULL, NULL);

  g_return_if_fail (TL_IS_TRANSFER_QUEUE (self));

  for (guint i = 0; i < transfers->len; i++)
    g_hash_table_add (chosen, transfers->pdata[i]);
  for (guint i = 0; i < self->items->len; i++)
    {
      TlTransfer *transfer = self->items->pdata[i];
      TlTransfer *at = transfer;

      /* What is in a folder goes with it. */
      while (at != NULL && !g_hash_table_contains (chosen, at))
        at = at->parent;
      if (at == NULL || transfer->priority == priority)
        continue;
      tl_transfer_set_priority (transfer, priority);
      tl_transfer_touch (transfer);
    }
  sort_lanes (self);
}

void
tl_transfer_queue_set_limit (TlTransferQueue *self,
                             TlTransfer      *transfer,
                             guint            kib)
{
  g_return_if_fail (TL_IS_TRANSFER_QUEUE (self));

  for (guint i = 0; i < (transfer->folder ? self->items->len : 1); i++)
    {
      TlTransfer *at = transfer->folder ? self->items->pdata[i] : transfer;

      if (!tl_transfer_is_within (at, transfer))
        continue;
      at->limit = kib;
      tl_transfer_touch (at);
    }
  /* A folder has one for all that is in it. */
  if (transfer->rate == NULL)
    transfer->rate = tl_ftp_rate_new ();
  tl_ftp_rate_set_limit (transfer->rate, kib);
}

TlFtpRate *
tl_transfer_get_rate (TlTransfer *self)
{
  for (TlTransfer *at = self->parent; at != NULL; at = at->parent)
    if (at->limit > 0 || at->rate != NULL)
      self = at;
  if (self->rate == NULL && self->limit > 0)
    {
      self->rate = tl_ftp_rate_new ();
      tl_ftp_rate_set_limit (self->rate, self->limit);
    }
  return self->rate;
}

/* Which @n places there are before @end, so that what follows keeps its own. */
static void
set_places (TlTransferQueue *self,
            guint            begin,
            guint            end)
{
  double before = begin > 0 ? ((TlTransfer *) self->items->pdata[begin - 1])->place : 0;
  double after = end < self->items->len ? ((TlTransfer *) self->items->pdata[end])->place : before + 2.0 * (end - begin + 1);

  for (guint i = begin; i < end; i++)
    {
      TlTransfer *transfer = self->items->pdata[i];

      transfer->place = before + (after - before) * (i - begin + 1) / (end - begin + 1);
      tl_transfer_touch (transfer);
    }
}

void
tl_transfer_queue_move (TlTransferQueue *self,
                        GPtrArray       *transfers,
                        gboolean         first)
{
  g_autoptr (GHashTable) chosen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) moved = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  guint n = self->items->len, begin = n, end = 0;

  g_return_if_fail (TL_IS_TRANSFER_QUEUE (self));

  for (guint i = 0; i < transfers->len; i++)
    g_hash_table_add (chosen, transfers->pdata[i]);
  for (guint i = 0; i < n; i++)
    if (g_hash_table_contains (chosen, self->items->pdata[i]))
      {
        g_ptr_array_add (moved, self->items->pdata[i]);
        begin = MIN (begin, i);
        end = i + 1;
      }
  if (moved->len == 0)
    return;
  begin = first ? 0 : begin;
  end = first ? end : n;
  for (guint i = begin; i < end; i++)
    if (!g_hash_table_contains (chosen, self->items->pdata[i]))
      g_ptr_array_add (others, self->items->pdata[i]);
  for (guint i = 0; i < moved->len; i++)
    self->items->pdata[first ? begin + i : begin + others->len + i] = moved->pdata[i];
  for (guint i = 0; i < others->len; i++)
    self->items->pdata[first ? begin + moved->len + i : begin + i] = others->pdata[i];
  set_places (self, first ? begin : begin + others->len, first ? begin + moved->len : end);
  sort_lanes (self);
  g_list_model_items_changed (G_LIST_MODEL (self), begin, end - begin, end - begin);
}

char *
tl_transfer_queue_dup_failures (TlTransferQueue *self,
                                TlTransfer      *folder)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (TL_IS_TRANSFER_QUEUE (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      TlTransfer *transfer = self->items->pdata[i];

      if (transfer->state == TL_TRANSFER_FAILED && transfer != folder && tl_transfer_is_within (transfer, folder))
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", transfer->name, transfer->error);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

GPtrArray *
tl_transfer_queue_list_failed (TlTransferQueue *self,
                               guint            most,
                               guint           *n_more)
{
  GPtrArray *failed = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (TL_IS_TRANSFER_QUEUE (self), failed);

  *n_more = 0;
  for (guint i = 0; i < self->items->len; i++)
    {
      TlTransfer *transfer = self->items->pdata[i];

      if (transfer->state != TL_TRANSFER_FAILED || (transfer->folder && transfer->top == NULL && transfer->n_failed > 0))
        continue;
      if (failed->len < most)
        g_ptr_array_add (failed, g_object_ref (transfer));
      else
        (*n_more)++;
    }
  return failed;
}
