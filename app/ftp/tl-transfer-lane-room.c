/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many connections of a lane are at work, and how many may be. */

#include "tl-transfer-lane-private.h"

gboolean
tl_transfer_worker_is_busy (const TlTransferWorker *worker)
{
  return worker->transfer != NULL || worker->bursting != NULL;
}

guint
tl_transfer_lane_count_busy (TlTransferLane *self)
{
  guint n = 0;

  for (guint i = 0; i < self->workers->len; i++)
    n += tl_transfer_worker_is_busy (self->workers->pdata[i]);
  return n;
}

gboolean
tl_transfer_lane_has_bursts (TlTransferLane *self)
{
  for (guint i = 0; i < self->workers->len; i++)
    if (((TlTransferWorker *) self->workers->pdata[i])->bursting != NULL)
      return TRUE;
  return FALSE;
}

gboolean
tl_transfer_lane_walks (TlTransferLane *self)
{
  for (guint i = 0; i < self->workers->len; i++)
    {
      const TlTransferWorker *worker = self->workers->pdata[i];

      if ((worker->transfer != NULL && worker->transfer->folder) || (worker->next != NULL && worker->next->folder))
        return TRUE;
    }
  return FALSE;
}

static guint
get_most (TlTransferLane *self)
{
  guint parallel = tl_transfer_queue_get_parallel (self->queue);

  parallel = tl_transfer_pace_get (&self->pace, parallel, self->queue->parallel_most);
  return MIN (parallel, MAX (self->limit, 1));
}

gboolean
tl_transfer_lane_has_room (TlTransferLane *self)
{
  return tl_transfer_lane_count_busy (self) < get_most (self);
}

gboolean
tl_transfer_lane_has_place (TlTransferLane *self)
{
  return tl_transfer_lane_count_busy (self) <= get_most (self);
}

void
tl_transfer_lane_tick (TlTransferLane *self,
                       gint64          now,
                       guint64         done)
{
  const gboolean waits = !tl_transfer_lane_has_room (self) && tl_transfer_backlog_get_n_files (self->backlog) > 0;
  const guint parallel = tl_transfer_queue_get_parallel (self->queue);

  if (tl_transfer_pace_look (&self->pace, now, done, waits, parallel, MIN (self->queue->parallel_most, self->limit)))
    tl_transfer_lane_dispatch (self);
}
