/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_BLOCK_SIZE (256 * 1024)
#define TL_BLOCK_QUEUE 16

/* Of @data the bytes from @start to @end. */
typedef struct {
  guint8 *data;
  gsize   start;
  gsize   end;
} TlBlock;

/*
 * TlBlockQueue:
 * @wake: for the thread
 * @full: of TlBlock, in order; @empty: of TlBlock, to be used again
 * @stream: what the thread reads or writes
 * @dropped: the owner is gone
 * @awaited: the owner had to stop, and wants to be told when it can go on
 *
 * What an object on the main loop and its thread share; all of it under @mutex. Both hold it, so that the object can be freed while a disk does not answer. Zeroed at
 * first; the first member of a struct of its own, or that struct.
 */
typedef struct {
  gatomicrefcount  ref_count;
  GMutex           mutex;
  GCond            wake;
  GQueue           full;
  GQueue           empty;
  GObject         *stream;
  GCancellable    *cancellable;
  GError          *error;
  gboolean         dropped;
  gboolean         awaited;
  GWeakRef         owner;
  guint            signal;
  GMainContext    *context;
} TlBlockQueue;

/* Of @size bytes. @signal: of @owner, without parameters, emitted where the queue was made. */
gpointer      tl_block_queue_new        (gsize          size,
                                         gpointer       owner,
                                         guint          signal,
                                         gpointer       stream);
TlBlockQueue *tl_block_queue_ref        (TlBlockQueue  *self);
void          tl_block_queue_unref      (TlBlockQueue  *self);
/* Begins a thread that has a reference of its own. */
void          tl_block_queue_run        (TlBlockQueue  *self,
                                         const char    *name,
                                         GThreadFunc    thread);
/* The owner is gone. @cancel: what the thread is at, too. */
void          tl_block_queue_drop       (TlBlockQueue  *self,
                                         gboolean       cancel);
/* From the thread, without the mutex: emits the owner's signal, if there still is one. */
void          tl_block_queue_tell       (TlBlockQueue  *self);
/* An empty block; with the mutex. (transfer full) */
TlBlock      *tl_block_queue_take_empty (TlBlockQueue  *self);
/* Frees the blocks in @blocks. */
void          tl_block_queue_clear      (GQueue        *blocks);

G_END_DECLS
