/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stream read ahead in blocks, on a thread of the reader's own. */

#include "tl-block-reader.h"

/* What the thread leaves beside the blocks. */
typedef struct {
  TlBlockQueue queue;
  gboolean     at_end;
} Shared;

struct _TlBlockReader
{
  GObject  parent_instance;

  Shared  *shared;
};

enum {
  READY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlBlockReader, tl_block_reader, G_TYPE_OBJECT)

/* The next block to be filled; NULL when the reader is gone. */
static TlBlock *
wait_for_block (TlBlockQueue *queue)
{
  TlBlock *block = NULL;

  g_mutex_lock (&queue->mutex);
  while (queue->full.length >= TL_BLOCK_QUEUE && !queue->dropped)
    g_cond_wait (&queue->wake, &queue->mutex);
  if (!queue->dropped)
    block = tl_block_queue_take_empty (queue);
  g_mutex_unlock (&queue->mutex);
  return block;
}

static gpointer
reader_thread (gpointer data)
{
  Shared *self = data;
  TlBlockQueue *queue = &self->queue;
  GInputStream *stream = G_INPUT_STREAM (queue->stream);
  gboolean going = TRUE;
  TlBlock *block;

  while (going && (block = wait_for_block (queue)) != NULL)
    {
      g_autoptr (GError) error = NULL;
      gboolean tell;

      g_input_stream_read_all (stream, block->data, TL_BLOCK_SIZE, &block->end, queue->cancellable, &error);
      g_mutex_lock (&queue->mutex);
      going = block->end == TL_BLOCK_SIZE && error == NULL;
      g_queue_push_tail (block->end > 0 ? &queue->full : &queue->empty, block);
      if (error != NULL)
        queue->error = g_steal_pointer (&error);
      else if (!going)
        self->at_end = TRUE;
      tell = queue->awaited;
      queue->awaited = FALSE;
      g_mutex_unlock (&queue->mutex);
      if (tell)
        tl_block_queue_tell (queue);
    }
  g_input_stream_close (stream, NULL, NULL);
  tl_block_queue_unref (queue);
  return NULL;
}

static void
tl_block_reader_dispose (GObject *object)
{
  TlBlockReader *self = TL_BLOCK_READER (object);

  if (self->shared != NULL)
    {
      tl_block_queue_drop (&self->shared->queue, TRUE);
      tl_block_queue_unref (&self->shared->queue);
    }
  self->shared = NULL;

  G_OBJECT_CLASS (tl_block_reader_parent_class)->dispose (object);
}

static void
tl_block_reader_class_init (TlBlockReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tl_block_reader_dispose;

  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_block_reader_init (TlBlockReader *self)
{
}

TlBlockReader *
tl_block_reader_new (GInputStream *stream)
{
  TlBlockReader *self;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  self = g_object_new (TL_TYPE_BLOCK_READER, NULL);
  self->shared = tl_block_queue_new (sizeof *self->shared, self, signals[READY], stream);
  tl_block_queue_run (&self->shared->queue, "block-reader", reader_thread);
  return self;
}

const guint8 *
tl_block_reader_peek (TlBlockReader  *self,
                      gsize          *length,
                      GError        **error)
{
  const guint8 *bytes = NULL;
  TlBlockQueue *queue;
  TlBlock *block;

  g_return_val_if_fail (TL_IS_BLOCK_READER (self), NULL);
  g_return_val_if_fail (length != NULL, NULL);

  queue = &self->shared->queue;
  g_mutex_lock (&queue->mutex);
  block = g_queue_peek_head (&queue->full);
  if (block != NULL)
    {
      bytes = block->data + block->start;
      *length = block->end - block->start;
    }
  else if (queue->error != NULL)
    {
      *length = 0;
      if (error != NULL)
        *error = g_error_copy (queue->error);
    }
  else
    {
      *length = self->shared->at_end ? 0 : 1;
      queue->awaited = !self->shared->at_end;
    }
  g_mutex_unlock (&queue->mutex);
  return bytes;
}

void
tl_block_reader_skip (TlBlockReader *self,
                      gsize          length)
{
  TlBlockQueue *queue;
  TlBlock *block;

  g_return_if_fail (TL_IS_BLOCK_READER (self));

  queue = &self->shared->queue;
  g_mutex_lock (&queue->mutex);
  block = g_queue_peek_head (&queue->full);
  if (block != NULL)
    {
      block->start += MIN (length, block->end - block->start);
      if (block->start == block->end)
        {
          g_queue_push_tail (&queue->empty, g_queue_pop_head (&queue->full));
          g_cond_signal (&queue->wake);
        }
    }
  g_mutex_unlock (&queue->mutex);
}
