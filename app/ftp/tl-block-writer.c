/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks from the main loop into a stream, written on a thread of the writer's own. */

#include "tl-block-writer.h"

#include <errno.h>
#include <unistd.h>

/* A block on its way; length 0 is the end. */
typedef struct {
  guint8 *data;
  gsize   length;
} Block;

/**
 * Shared:
 *
 * What the two threads share. The thread holds it for itself, so that a writer can be freed while a disk does not answer.
 */
typedef struct {
  gatomicrefcount  ref_count;
  GMutex           mutex;
  GCond            wake;       /* for the thread */
  GQueue           blocks;     /* of Block */
  GQueue           empty;      /* of guint8*: written, to be used again */
  GOutputStream   *stream;
  GWeakRef         owner;      /* TlBlockWriter */
  GMainContext    *context;
  GCancellable    *cancellable;
  GTask           *finishing;  /* taken by the thread at the end */
  GError          *error;
  int              fd;
  gboolean         ending;
  gboolean         dropped;    /* the writer is gone: what waits is not written any more */
  gboolean         was_full;
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
  g_queue_clear_full (&self->empty, g_free);
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
tell_room_cb (gpointer user_data)
{
  Shared *shared = user_data;
  g_autoptr (TlBlockWriter) writer = g_weak_ref_get (&shared->owner);

  if (writer != NULL)
    g_signal_emit (writer, signals[ROOM], 0);
  return G_SOURCE_REMOVE;
}

static void
tell_room (Shared *self)
{
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, tell_room_cb, shared_ref (self), (GDestroyNotify) shared_unref);
}

static void
write_block (Shared *self,
             Block  *block)
{
  g_autoptr (GError) error = NULL;
  gboolean tell;

  g_output_stream_write_all (self->stream, block->data, block->length, NULL, self->cancellable, &error);
  g_mutex_lock (&self->mutex);
  if (error != NULL)
    self->error = g_steal_pointer (&error);
  /* The last one used is the one in the processor's cache. */
  g_queue_push_head (&self->empty, g_steal_pointer (&block->data));
  g_free (block);
  /* Half of the room at once: a wake-up for each block would cost more than the block. */
  tell = self->was_full && (self->error != NULL || self->blocks.length <= TL_BLOCK_QUEUE / 2);
  if (tell)
    self->was_full = FALSE;
  g_mutex_unlock (&self->mutex);
  if (tell)
    tell_room (self);
}

static void
end_stream (Shared *self,
            GTask  *task)
{
  g_autoptr (GError) error = NULL;
  int result;

  if (self->error == NULL && self->fd >= 0 && g_output_stream_flush (self->stream, self->cancellable, &self->error))
    {
      do
        result = fsync (self->fd);
      while (result < 0 && errno == EINTR);
      /* Pipes and some file systems have nothing to sync. */
      if (result < 0 && errno != EINVAL && errno != EROFS && errno != ENOTSUP)
        {
          const int errsv = errno;

          g_set_error_literal (&self->error, G_IO_ERROR, g_io_error_from_errno (errsv), g_strerror (errsv));
        }
    }
  g_output_stream_close (self->stream, NULL, &error);
  if (task == NULL)
    return;
  if (self->error != NULL)
    g_task_return_error (task, g_error_copy (self->error));
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static gpointer
writer_thread (gpointer data)
{
  Shared *self = data;
  g_autoptr (GTask) task = NULL;
  Block *block;

  for (;;)
    {
      g_mutex_lock (&self->mutex);
      while (self->blocks.length == 0 && !self->ending && !self->dropped)
        g_cond_wait (&self->wake, &self->mutex);
      if (self->error != NULL || self->dropped)
        g_queue_clear_full (&self->blocks, (GDestroyNotify) block_free);
      block = g_queue_pop_head (&self->blocks);
      if (block == NULL && (self->ending || self->dropped))
        break;
      g_mutex_unlock (&self->mutex);
      if (block != NULL)
        write_block (self, block);
    }
  task = g_steal_pointer (&self->finishing);
  g_mutex_unlock (&self->mutex);
  end_stream (self, task);
  g_clear_object (&task);
  shared_unref (self);
  return NULL;
}

static void
tl_block_writer_dispose (GObject *object)
{
  TlBlockWriter *self = TL_BLOCK_WRITER (object);

  if (self->shared != NULL)
    {
      g_mutex_lock (&self->shared->mutex);
      self->shared->dropped = TRUE;
      if (self->shared->finishing == NULL)
        g_cancellable_cancel (self->shared->cancellable);
      g_cond_signal (&self->shared->wake);
      g_mutex_unlock (&self->shared->mutex);
    }
  g_clear_pointer (&self->shared, shared_unref);

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
  TlBlockWriter *self = g_object_new (TL_TYPE_BLOCK_WRITER, NULL);
  Shared *shared = g_new0 (Shared, 1);
  GThread *thread;

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), NULL);

  g_atomic_ref_count_init (&shared->ref_count);
  g_mutex_init (&shared->mutex);
  g_cond_init (&shared->wake);
  g_queue_init (&shared->blocks);
  g_queue_init (&shared->empty);
  g_weak_ref_init (&shared->owner, self);
  shared->stream = g_object_ref (stream);
  shared->context = g_main_context_ref_thread_default ();
  shared->cancellable = g_cancellable_new ();
  shared->fd = fd;
  self->shared = shared;
  thread = g_thread_new ("block-writer", writer_thread, shared_ref (shared));
  g_thread_unref (thread);
  return self;
}

guint8 *
tl_block_writer_take_block (TlBlockWriter *self)
{
  guint8 *block;

  g_return_val_if_fail (TL_IS_BLOCK_WRITER (self), NULL);

  g_mutex_lock (&self->shared->mutex);
  block = g_queue_pop_head (&self->shared->empty);
  g_mutex_unlock (&self->shared->mutex);
  return block != NULL ? block : g_malloc (TL_BLOCK_SIZE);
}

gboolean
tl_block_writer_push (TlBlockWriter *self,
                      guint8        *block,
                      gsize          length)
{
  Shared *shared;
  Block *item;
  gboolean good;

  g_return_val_if_fail (TL_IS_BLOCK_WRITER (self), FALSE);
  g_return_val_if_fail (length <= TL_BLOCK_SIZE, FALSE);

  shared = self->shared;
  g_mutex_lock (&shared->mutex);
  good = shared->error == NULL;
  if (good && length > 0)
    {
      item = g_new (Block, 1);
      item->data = block;
      item->length = length;
      g_queue_push_tail (&shared->blocks, item);
      g_cond_signal (&shared->wake);
    }
  else
    g_queue_push_tail (&shared->empty, block);
  g_mutex_unlock (&shared->mutex);
  return good;
}

gboolean
tl_block_writer_is_full (TlBlockWriter *self)
{
  gboolean full;

  g_return_val_if_fail (TL_IS_BLOCK_WRITER (self), FALSE);

  g_mutex_lock (&self->shared->mutex);
  full = self->shared->error == NULL && self->shared->blocks.length >= TL_BLOCK_QUEUE;
  if (full)
    self->shared->was_full = TRUE;
  g_mutex_unlock (&self->shared->mutex);
  return full;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Shared *shared = user_data;

  g_cancellable_cancel (shared->cancellable);
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
    g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), shared_ref (shared), (GDestroyNotify) shared_unref);
  g_mutex_lock (&shared->mutex);
  shared->finishing = g_steal_pointer (&task);
  shared->ending = TRUE;
  g_cond_signal (&shared->wake);
  g_mutex_unlock (&shared->mutex);
}

gboolean
tl_block_writer_finish_finish (TlBlockWriter  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
