/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-block-queue.h"

G_BEGIN_DECLS

#define TL_TYPE_BLOCK_READER (tl_block_reader_get_type ())
G_DECLARE_FINAL_TYPE (TlBlockReader, tl_block_reader, TL, BLOCK_READER, GObject)

/**
 * TlBlockReader:
 *
 * Reads an input stream ahead on a thread of its own, in blocks of TL_BLOCK_SIZE, at most TL_BLOCK_QUEUE of them. After these, what a file has in memory is read by
 * tl_block_reader_peek(), which never waits for a disk. Signal "ready": a block, the end or an error is there after tl_block_reader_peek() had none.
 */
TlBlockReader *tl_block_reader_new        (GInputStream   *stream);
/* (transfer none) (nullable): the oldest block that has bytes left, and how many from where. NULL: none yet (*@length 1), the end (*@length 0), or @error. */
const guint8  *tl_block_reader_peek       (TlBlockReader  *self,
                                           gsize          *length,
                                           GError        **error);
/* @length bytes of the peeked block are done with. */
void           tl_block_reader_skip       (TlBlockReader  *self,
                                           gsize           length);
/* Whether its thread has read ahead as much as it may, and leaves what follows to tl_block_reader_peek(); for tests. */
gboolean       tl_block_reader_is_resting (TlBlockReader  *self);

G_END_DECLS
