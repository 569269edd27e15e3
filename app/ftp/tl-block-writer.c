/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks from the main loop into a stream, written on a thread of the writer's own. */

#include "tl-block-writer.h"

#include "tl-local-file.h"

/**
 * Shared:
 * @finishing: taken by the thread at the end
 */
typedef struct {
  TlBlockQueue  queue;
  GTask        *finishing;
  int           fd;
  gboolean      ending;
} Shared;

struct _TlBlockWriter
{
  GObject  parent_instance;

  Shared  *shared;
};

enum {
  ROOM,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlBlockWriter, tl_block_writer, G_TYPE_OBJECT)

static void
write_block (TlBlockQueue *queue,
             TlBlock      *block)
{
  g_autoptr (GError) error = NULL;
  gboolean tell;

  g_output_stream_write_all (G_OUTPUT_STREAM (queue->stream), block->data, block->end, NULL, queue->cancellable, &error);
  g_mutex_lock (&queue->mutex);
  if (error != NULL)
    queue->error = g_steal_pointer (&error);
  /* The last one used is the one in the processor's cache. */
  g_queue_push_head (&queue->empty, block);
  /* Half of the room at once: a wake-up for each block would cost more than the block. */
  tell = queue->awaited && (queue->error != NULL || queue->full.length <= TL_BLOCK_QUEUE / 2);
  if (tell)
    queue->awaited = FALSE;
  g_mutex_unlock (&queue->mutex);
  if (tell)
    tl_block_queue_tell (queue);
}

static void
end_stream (Shared *self,
            GTask  *task)
{
  TlBlockQueue *queue = &self->queue;
  GOutputStream *stream = G_OUTPUT_STREAM (queue->stream);
  g_autoptr (GError) error = NULL;

  if (queue->error == NULL && self->fd >= 0 && g_output_stream_flush (stream, queue->cancellable, &queue->error))
    tl_local_sync (self->fd, &queue->error);
  g_output_stream_close (stream, NULL, &error);
  if (task == NULL)
    return;
  if (queue->error != NULL)
    g_task_return_error (task, g_error_copy (queue->error));
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static gpointer
writer_thread (gpointer data)
{
  Shared *self = data;
  TlBlockQueue *queue = &self->queue;
  g_autoptr (GTask) task = NULL;
  TlBlock *block;

  for (;;)
    {
      g_mutex_lock (&queue->mutex);
      while (queue->full.length == 0 && !self->ending && !queue->dropped)
        g_cond_wait (&queue->wake, &queue->mutex);
      if (queue->error != NULL || queue->dropped)
        tl_block_queue_clear (&queue->full);
      block = g_queue_pop_head (&queue->full);
      if (block == NULL && (self->ending || queue->dropped))
        break;
      g_mutex_unlock (&queue->mutex);
      if (block != NULL)
        write_block (queue, block);
    }
  task = g_steal_pointer (&self->finishing);
  g_mutex_unlock (&queue->mutex);
  end_stream (self, task);
  g_clear_object (&task);
  tl_block_queue_unref (queue);
  return NULL;
}

static void
tl_block_writer_dispose (GObject *object)
{
  TlBlockWriter *self = TL_BLOCK_WRITER (object);

  if (self->shared != NULL)
    {
      /* Who finishes holds the writer: then it was not let go of too early. */
      tl_block_queue_drop (&self->shared->queue, !self->shared->ending);
      tl_block_queue_unref (&self->shared->queue);
    }
  self->shared = NULL;

  G_OBJECT_CLASS (tl_block_writer_parent_class)->dispose (object);
}

static void
tl_block_writer_class_init (TlBlockWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_block_writer_dispose;

  signals[ROOM] = g_signal_new ("room", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_block_writer_init (TlBlockWriter *self)
{
}

TlBlockWriter *
tl_block_writer_new (GOutputStream *stream,
                     int            fd)
{
  TlBlockWriter *self;

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), NULL);

  self = g_object_new (TL_TYPE_BLOCK_WRITER, NULL);
  self->shared = tl_block_queue_new (sizeof *self->shared, self, signals[ROOM], stream);
  self->shared->fd = fd;
  tl_block_queue_run (&self->shared->queue, "block-writer", writer_thread);
  return self;
}

TlBlock *
tl_block_writer_take_block (TlBlockWriter *self)
{
  TlBlockQueue *queue;
  TlBlock *block;

  g_return_val_if_fail (TL_IS_BLOCK_WRITER (self), NULL);

  queue = &self->shared->queue;
  g_mutex_lock (&queue->mutex);
  block = tl_block_queue_take_empty (queue);
  g_mutex_unlock (&queue->mutex);
  return block;
}

gboolean
tl_block_writer_push (TlBlockWriter *self,
                      TlBlock       *block)
{
  TlBlockQueue *queue;
  gboolean good;

  g_return_val_if_fail (TL_IS_BLOCK_WRITER (self), FALSE);
  g_return_val_if_fail (block != NULL && block->end <= TL_BLOCK_SIZE, FALSE);

  queue = &self->shared->queue;
  g_mutex_lock (&queue->mutex);
  good = queue->error == NULL;
  if (good && block->end > 0)
    {
      g_queue_push_tail (&queue->full, block);
      g_cond_signal (&queue->wake);
    }
  else
    g_queue_push_tail (&queue->empty, block);
  g_mutex_unlock (&queue->mutex);
  return good;
}

gboolean
tl_block_writer_is_full (TlBlockWriter *self)
{
  TlBlockQueue *queue;
  gboolean full;

  g_return_val_if_fail (TL_IS_BLOCK_WRITER (self), FALSE);

  queue = &self->shared->queue;
  g_mutex_lock (&queue->mutex);
  full = queue->error == NULL && queue->full.length >= TL_BLOCK_QUEUE;
  if (full)
    queue->awaited = TRUE;
  g_mutex_unlock (&queue->mutex);
  return full;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  TlBlockQueue *queue = user_data;

  g_cancellable_cancel (queue->cancellable);
}

void
tl_block_writer_finish_async (TlBlockWriter       *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Shared *shared;

  g_return_if_fail (TL_IS_BLOCK_WRITER (self));
  g_return_if_fail (!self->shared->ending);

  shared = self->shared;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_block_writer_finish_async);
  if (cancellable != NULL)
    g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), tl_block_queue_ref (&shared->queue),
                           (GDestroyNotify) tl_block_queue_unref);
  g_mutex_lock (&shared->queue.mutex);
  shared->finishing = g_steal_pointer (&task);
  shared->ending = TRUE;
  g_cond_signal (&shared->queue.wake);
  g_mutex_unlock (&shared->queue.mutex);
}

gboolean
tl_block_writer_finish_finish (TlBlockWriter  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
