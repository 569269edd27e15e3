/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stream read ahead in blocks, on a thread of the reader's own. */

#include "tl-block-reader.h"

typedef struct {
  guint8 *data;
  gsize   start;
  gsize   end;
} Block;

/* What the two threads share. The thread holds it for itself, so that a reader can be freed while a disk does not answer. */
typedef struct {
  gatomicrefcount  ref_count;
  GMutex           mutex;
  GCond            wake;       /* for the thread */
  GQueue           blocks;     /* of Block: read */
  GQueue           empty;      /* of Block: done with */
  GInputStream    *stream;
  GWeakRef         owner;      /* TlBlockReader */
  GMainContext    *context;
  GCancellable    *cancellable;
  GError          *error;
  gboolean         at_end;
  gboolean         waiting;    /* the owner saw that there was nothing */
  gboolean         dropped;
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

static void
block_free (Block *block)
{
  g_free (block->data);
  g_free (block);
}

static void
shared_unref (Shared *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_queue_clear_full (&self->blocks, (GDestroyNotify) block_free);
  g_queue_clear_full (&self->empty, (GDestroyNotify) block_free);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->wake);
  g_weak_ref_clear (&self->owner);
  g_main_context_unref (self->context);
  g_object_unref (self->cancellable);
  g_object_unref (self->stream);
  g_clear_error (&self->error);
  g_free (self);
}

static Shared *
shared_ref (Shared *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static gboolean
tell_ready_cb (gpointer user_data)
{
  Shared *shared = user_data;
  g_autoptr (TlBlockReader) reader = g_weak_ref_get (&shared->owner);

  if (reader != NULL)
    g_signal_emit (reader, signals[READY], 0);
  return G_SOURCE_REMOVE;
}

/* The next block to be filled; NULL when the reader is gone. */
static Block *
wait_for_block (Shared *self)
{
  Block *block = NULL;

  g_mutex_lock (&self->mutex);
  while (self->blocks.length >= TL_BLOCK_QUEUE && !self->dropped)
    g_cond_wait (&self->wake, &self->mutex);
  if (!self->dropped)
    block = g_queue_pop_head (&self->empty);
  if (block == NULL && !self->dropped)
    {
      block = g_new0 (Block, 1);
      block->data = g_malloc (TL_BLOCK_SIZE);
    }
  g_mutex_unlock (&self->mutex);
  return block;
}

static gpointer
reader_thread (gpointer data)
{
  Shared *self = data;
  gboolean going = TRUE;
  Block *block;

  while (going && (block = wait_for_block (self)) != NULL)
    {
      g_autoptr (GError) error = NULL;
      gboolean tell;

      block->start = block->end = 0;
      g_input_stream_read_all (self->stream, block->data, TL_BLOCK_SIZE, &block->end, self->cancellable, &error);
      g_mutex_lock (&self->mutex);
      going = block->end == TL_BLOCK_SIZE && error == NULL;
      g_queue_push_tail (block->end > 0 ? &self->blocks : &self->empty, block);
      if (error != NULL)
        self->error = g_steal_pointer (&error);
      else if (!going)
        self->at_end = TRUE;
      tell = self->waiting;
      self->waiting = FALSE;
      g_mutex_unlock (&self->mutex);
      if (tell)
        g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, tell_ready_cb, shared_ref (self), (GDestroyNotify) shared_unref);
    }
  g_input_stream_close (self->stream, NULL, NULL);
  shared_unref (self);
  return NULL;
}

static void
tl_block_reader_dispose (GObject *object)
{
  TlBlockReader *self = TL_BLOCK_READER (object);

  if (self->shared != NULL)
    {
      g_mutex_lock (&self->shared->mutex);
      self->shared->dropped = TRUE;
      g_cond_signal (&self->shared->wake);
      g_mutex_unlock (&self->shared->mutex);
      g_cancellable_cancel (self->shared->cancellable);
    }
  g_clear_pointer (&self->shared, shared_unref);

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
  TlBlockReader *self = g_object_new (TL_TYPE_BLOCK_READER, NULL);
  Shared *shared = g_new0 (Shared, 1);
  GThread *thread;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  g_atomic_ref_count_init (&shared->ref_count);
  g_mutex_init (&shared->mutex);
  g_cond_init (&shared->wake);
  g_queue_init (&shared->blocks);
  g_queue_init (&shared->empty);
  g_weak_ref_init (&shared->owner, self);
  shared->stream = g_object_ref (stream);
  shared->context = g_main_context_ref_thread_default ();
  shared->cancellable = g_cancellable_new ();
  self->shared = shared;
  thread = g_thread_new ("block-reader", reader_thread, shared_ref (shared));
  g_thread_unref (thread);
  return self;
}

const guint8 *
tl_block_reader_peek (TlBlockReader  *self,
                      gsize          *length,
                      GError        **error)
{
  const guint8 *bytes = NULL;
  Shared *shared;
  Block *block;

  g_return_val_if_fail (TL_IS_BLOCK_READER (self), NULL);
  g_return_val_if_fail (length != NULL, NULL);

  shared = self->shared;
  g_mutex_lock (&shared->mutex);
  block = g_queue_peek_head (&shared->blocks);
  if (block != NULL)
    {
      bytes = block->data + block->start;
      *length = block->end - block->start;
    }
  else if (shared->error != NULL)
    {
      *length = 0;
      if (error != NULL)
        *error = g_error_copy (shared->error);
    }
  else
    {
      *length = shared->at_end ? 0 : 1;
      shared->waiting = !shared->at_end;
    }
  g_mutex_unlock (&shared->mutex);
  return bytes;
}

void
tl_block_reader_skip (TlBlockReader *self,
                      gsize          length)
{
  Shared *shared;
  Block *block;

  g_return_if_fail (TL_IS_BLOCK_READER (self));

  shared = self->shared;
  g_mutex_lock (&shared->mutex);
  block = g_queue_peek_head (&shared->blocks);
  if (block != NULL)
    {
      block->start += MIN (length, block->end - block->start);
      if (block->start == block->end)
        {
          g_queue_push_tail (&shared->empty, g_queue_pop_head (&shared->blocks));
          g_cond_signal (&shared->wake);
        }
    }
  g_mutex_unlock (&shared->mutex);
}
