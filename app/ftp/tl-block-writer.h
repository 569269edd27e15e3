/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-block-queue.h"

G_BEGIN_DECLS

#define TL_TYPE_BLOCK_WRITER (tl_block_writer_get_type ())
G_DECLARE_FINAL_TYPE (TlBlockWriter, tl_block_writer, TL, BLOCK_WRITER, GObject)

/**
 * TlBlockWriter:
 *
 * Takes blocks on the main loop and writes them, in order, on a thread of its own into an output stream: no file is written on the main loop. At most
 * TL_BLOCK_QUEUE blocks wait. Signal "room": a block can be taken again after tl_block_writer_is_full() was true, or the writing has failed.
 */
/* @fd: of the stream's file, synced at the end; -1: none. Not closed. */
TlBlockWriter *tl_block_writer_new          (GOutputStream       *stream,
                                             int                  fd);
/* An empty block of TL_BLOCK_SIZE bytes, used again when it has been written: filled from 0 to its `end`. (transfer full) */
TlBlock       *tl_block_writer_take_block   (TlBlockWriter       *self);
/* Takes @block back. False once writing has failed: tl_block_writer_finish_async() tells why. */
gboolean       tl_block_writer_push         (TlBlockWriter       *self,
                                             TlBlock             *block);
gboolean       tl_block_writer_is_full      (TlBlockWriter       *self);
/* Writes what waits, syncs, closes the stream. Errors: what the stream said, G_IO_ERROR. */
void           tl_block_writer_finish_async (TlBlockWriter       *self,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
gboolean       tl_block_writer_finish_finish (TlBlockWriter      *self,
                                             GAsyncResult        *result,
                                             GError             **error);

G_END_DECLS
