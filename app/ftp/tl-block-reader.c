/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stream read ahead in blocks, on a thread of the reader's own. What a file has in memory does not wait for a disk: it is read where it is wanted, which spares a
 * third thread between two processors, and comes out of the cache of the one that sends it. */

#include "tl-block-reader.h"

#include <errno.h>
#include <gio/gfiledescriptorbased.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

/**
 * Shared:
 * @fd: of the file that can be read without waiting, with @flags; else -1
 * @resting: it is read by the owner, not by the thread
 *
 * What the thread leaves beside the blocks.
 */
typedef struct {
  TlBlockQueue queue;
  int          fd;
  int          flags;
  gboolean     resting;
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

/* On the thread: asking a file system may take as long as it likes. */
static void
find_out (Shared *self)
{
  GObject *stream = self->queue.stream;
  const int fd = G_IS_FILE_DESCRIPTOR_BASED (stream) ? g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (stream)) : -1;
  guint8 byte;
  const struct iovec one = { .iov_base = &byte, .iov_len = 1 };
  struct statfs info;

  if (fd < 0 || lseek (fd, 0, SEEK_CUR) < 0)
    return;
  if (preadv2 (fd, &one, 1, 0, RWF_NOWAIT) >= 0 || errno == EAGAIN)
    {
      self->flags = RWF_NOWAIT;
      self->fd = fd;
    }
  /* It knows no such flag, and is memory like our own. */
  else if (fstatfs (fd, &info) == 0 && info.f_type == TMPFS_MAGIC)
    self->fd = fd;
}

/* The next block to be filled; NULL when the reader is gone. */
static TlBlock *
wait_for_block (Shared *self)
{
  TlBlockQueue *queue = &self->queue;
  TlBlock *block = NULL;

  g_mutex_lock (&queue->mutex);
  self->resting |= self->fd >= 0 && queue->full.length >= TL_BLOCK_QUEUE;
  while ((queue->full.length >= TL_BLOCK_QUEUE || self->resting) && !queue->dropped)
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

  find_out (self);
  while (going && (block = wait_for_block (self)) != NULL)
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
  self->shared->fd = -1;
  tl_block_queue_run (&self->shared->queue, "block-reader", reader_thread);
  return self;
}

/* cachestat(), of Linux 6.5 and later; neither the C library nor older headers know of it. It has one number everywhere, but on Alpha, where 451 is another call. */
#if !defined SYS_cachestat && !defined __alpha__
#define SYS_cachestat 451
#endif

/* How many pages are in memory, as the kernel's list of them says, which costs a tenth of a map; -1: it does not tell. */
static gint64
count_in_memory (int   fd,
                 off_t at,
                 gsize length)
{
#ifdef SYS_cachestat
  struct {
    guint64 offset;
    guint64 length;
  } range = { (guint64) at, length };
  struct {
    guint64 cached, dirty, written, evicted, recently;
  } told = { 0 };

  return syscall (SYS_cachestat, fd, &range, &told, 0) == 0 ? (gint64) told.cached : -1;
#else
  return -1;
#endif
}

/* Whoever may neither write the file nor own it is told that all of it is, and would have to wait. */
static gboolean
is_mapped_in_memory (int   fd,
                     off_t at,
                     gsize length,
                     gsize page)
{
  guint8 pages[TL_BLOCK_SIZE / 4096 + 1] = { 0 };
  void *map = mmap (NULL, length, PROT_READ, MAP_SHARED, fd, at);
  gboolean all;

  if (map == MAP_FAILED)
    return FALSE;
  all = mincore (map, length, pages) == 0;
  for (gsize i = 0; all && i * page < length; i++)
    all = (pages[i] & 1) != 0;
  munmap (map, length);
  return all;
}

/* A file system in memory may have put some of it onto a disk meanwhile, and knows no read that does not wait for that: is the next block here? */
static gboolean
is_in_memory (int fd)
{
  const gsize page = (gsize) sysconf (_SC_PAGESIZE);
  const off_t at = lseek (fd, 0, SEEK_CUR);
  struct stat info;
  gsize before, length;
  gint64 n;

  if (at < 0 || fstat (fd, &info) != 0 || info.st_size <= at)
    return FALSE;
  before = (gsize) at % page;
  length = before + (gsize) MIN (info.st_size - at, TL_BLOCK_SIZE);
  n = count_in_memory (fd, at - (off_t) before, length);
  return n >= 0 ? (gsize) n >= (length + page - 1) / page : is_mapped_in_memory (fd, at - (off_t) before, length, page);
}

/* With the mutex, while the thread rests. NULL: the file has to be waited for, is broken or seems to be over: then the thread reads all that is left, ahead as before. Only
 * the thread finds the end: with RWF_NOWAIT some versions of Linux give 0 in the middle of a file. */
static TlBlock *
read_at_once (Shared *self)
{
  TlBlock *block = tl_block_queue_take_empty (&self->queue);
  const struct iovec room = { .iov_base = block->data, .iov_len = TL_BLOCK_SIZE };
  const ssize_t n = self->flags != 0 || is_in_memory (self->fd) ? preadv2 (self->fd, &room, 1, -1, self->flags) : -1;

  if (n > 0)
    {
      block->end = (gsize) n;
      g_queue_push_tail (&self->queue.full, block);
      return block;
    }
  g_queue_push_head (&self->queue.empty, block);
  self->fd = -1;
  self->resting = FALSE;
  g_cond_signal (&self->queue.wake);
  return NULL;
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
  if (block == NULL && self->shared->resting)
    block = read_at_once (self->shared);
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

gboolean
tl_block_reader_is_resting (TlBlockReader *self)
{
  gboolean resting;

  g_return_val_if_fail (TL_IS_BLOCK_READER (self), FALSE);

  g_mutex_lock (&self->shared->queue.mutex);
  resting = self->shared->resting;
  g_mutex_unlock (&self->shared->queue.mutex);
  return resting;
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
          /* The last one used is the one in the processor's cache. */
          g_queue_push_head (&queue->empty, g_queue_pop_head (&queue->full));
          if (!self->shared->resting)
            g_cond_signal (&queue->wake);
        }
    }
  g_mutex_unlock (&queue->mutex);
}
