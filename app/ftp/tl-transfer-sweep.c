/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One act for many transfers: of 100,000 no turn of the main loop can take care. */

#include "tl-transfer-sweep.h"

#define SLICE_US 6000
#define CHECK_EVERY 16

typedef struct {
  GPtrArray           *transfers;
  guint                next;
  TlTransferSweepFunc  func;
} Stroke;

struct _TlTransferSweep
{
  TlTransferQueue     *queue;   /* owns it */
  TlTransferSweptFunc  over;
  GQueue               strokes;
  gboolean             inside;
  guint                idle;
};

static void
stroke_free (gpointer data)
{
  Stroke *stroke = data;

  g_ptr_array_unref (stroke->transfers);
  g_free (stroke);
}

TlTransferSweep *
tl_transfer_sweep_new (TlTransferQueue     *queue,
                       TlTransferSweptFunc  over)
{
  TlTransferSweep *self = g_new0 (TlTransferSweep, 1);

  self->queue = queue;
  self->over = over;
  return self;
}

void
tl_transfer_sweep_free (TlTransferSweep *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  g_queue_clear_full (&self->strokes, stroke_free);
  g_free (self);
}

/* Whether there is more. */
static gboolean
take_slice (TlTransferSweep *self)
{
  gint64 end = g_get_monotonic_time () + SLICE_US;
  Stroke *stroke;

  self->inside = TRUE;
  while ((stroke = g_queue_peek_head (&self->strokes)) != NULL)
    {
      while (stroke->next < stroke->transfers->len)
        {
          stroke->func (self->queue, stroke->transfers->pdata[stroke->next++]);
          if (stroke->next % CHECK_EVERY == 0 && g_get_monotonic_time () >= end)
            break;
        }
      if (stroke->next < stroke->transfers->len)
        break;
      stroke_free (g_queue_pop_head (&self->strokes));
    }
  self->inside = FALSE;
  if (self->strokes.length > 0)
    return TRUE;
  self->over (self->queue);
  return FALSE;
}

static gboolean
idle_cb (gpointer data)
{
  TlTransferSweep *self = data;
  g_autoptr (TlTransferQueue) hold = g_object_ref (self->queue);

  if (take_slice (self))
    return G_SOURCE_CONTINUE;
  self->idle = 0;
  return G_SOURCE_REMOVE;
}

void
tl_transfer_sweep_add (TlTransferSweep     *self,
                       GPtrArray           *transfers,
                       TlTransferSweepFunc  func)
{
  Stroke *stroke = g_new0 (Stroke, 1);

  stroke->transfers = transfers;
  stroke->func = func;
  g_queue_push_tail (&self->strokes, stroke);
  if (self->inside || self->idle != 0)
    return;
  if (take_slice (self))
    self->idle = g_idle_add (idle_cb, self);
}
