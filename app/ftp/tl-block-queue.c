/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks between the main loop and a thread. */

#include "tl-block-queue.h"

static void
block_free (gpointer data)
{
  TlBlock *block = data;

  g_free (block->data);
  g_free (block);
}

void
tl_block_queue_clear (GQueue *blocks)
{
  g_queue_clear_full (blocks, block_free);
}

gpointer
tl_block_queue_new (gsize    size,
                    gpointer owner,
                    guint    signal,
                    gpointer stream)
{
  TlBlockQueue *self = g_malloc0 (size);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  g_queue_init (&self->full);
  g_queue_init (&self->empty);
  g_weak_ref_init (&self->owner, owner);
  self->signal = signal;
  self->stream = g_object_ref (stream);
  self->context = g_main_context_ref_thread_default ();
  self->cancellable = g_cancellable_new ();
  return self;
}

TlBlockQueue *
tl_block_queue_ref (TlBlockQueue *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
tl_block_queue_unref (TlBlockQueue *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  tl_block_queue_clear (&self->full);
  tl_block_queue_clear (&self->empty);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->wake);
  g_weak_ref_clear (&self->owner);
  g_main_context_unref (self->context);
  g_object_unref (self->cancellable);
  g_object_unref (self->stream);
  g_clear_error (&self->error);
  g_free (self);
}

void
tl_block_queue_run (TlBlockQueue *self,
                    const char   *name,
                    GThreadFunc   thread)
{
  g_thread_unref (g_thread_new (name, thread, tl_block_queue_ref (self)));
}

void
tl_block_queue_drop (TlBlockQueue *self,
                     gboolean      cancel)
{
  g_mutex_lock (&self->mutex);
  self->dropped = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
  if (cancel)
    g_cancellable_cancel (self->cancellable);
}

static gboolean
tell_cb (gpointer user_data)
{
  TlBlockQueue *self = user_data;
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);

  if (owner != NULL)
    g_signal_emit (owner, self->signal, 0);
  return G_SOURCE_REMOVE;
}

void
tl_block_queue_tell (TlBlockQueue *self)
{
  /* Not g_main_context_invoke(): while nobody runs the context, as between two of its turns, that would call the owner here, in the thread of the file. */
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_cb, tl_block_queue_ref (self), (GDestroyNotify) tl_block_queue_unref);
  g_source_attach (source, self->context);
}

TlBlock *
tl_block_queue_take_empty (TlBlockQueue *self)
{
  TlBlock *block = g_queue_pop_head (&self->empty);

  if (block == NULL)
    {
      block = g_new0 (TlBlock, 1);
      block->data = g_malloc (TL_BLOCK_SIZE);
    }
  block->start = block->end = 0;
  return block;
}
