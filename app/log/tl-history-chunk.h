/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message.h"

G_BEGIN_DECLS

#define TL_HISTORY_CHUNK_ROWS 4096
#define TL_HISTORY_CHUNK_BYTES (1024 * 1024)

/**
 * TlHistoryBatch:
 *
 * Messages being packed into what becomes one chunk of the history: a record of 32 bytes each, the names of their peers, their payloads. It stands
 * alone: nothing that is lost elsewhere makes it unreadable.
 */
typedef struct _TlHistoryBatch TlHistoryBatch;

TlHistoryBatch *tl_history_batch_new      (void);
void            tl_history_batch_free     (TlHistoryBatch      *self);
/* The id of @info is not kept. @peer: the name of info->peer; NULL for none. @data: of info->length bytes. */
void            tl_history_batch_add      (TlHistoryBatch      *self,
                                           const TlMessageInfo *info,
                                           const char          *peer,
                                           const void          *data);
guint           tl_history_batch_get_n_rows (TlHistoryBatch    *self);
/* Payload bytes. */
guint64         tl_history_batch_get_n_bytes (TlHistoryBatch   *self);
/* Of all that it holds, in bytes. */
gsize           tl_history_batch_get_size (TlHistoryBatch      *self);
/* It has TL_HISTORY_CHUNK_ROWS rows, or more than TL_HISTORY_CHUNK_BYTES of payload. */
gboolean        tl_history_batch_is_full  (TlHistoryBatch      *self);
/* Of its first row; 0 while it has none. */
gint64          tl_history_batch_get_time (TlHistoryBatch      *self);
/* (transfer none): what goes on disk. Valid until the next add. */
const GByteArray *tl_history_batch_get_records (TlHistoryBatch *self);
const GByteArray *tl_history_batch_get_names   (TlHistoryBatch *self);
const GByteArray *tl_history_batch_get_payload (TlHistoryBatch *self);

/**
 * TlHistoryChunk:
 *
 * The same, read again. Never changes, and can be read in any thread. Not a GObject: there are thousands.
 */
typedef struct _TlHistoryChunk TlHistoryChunk;

/* (transfer full), or NULL with G_IO_ERROR_INVALID_DATA when the three do not fit together. */
TlHistoryChunk *tl_history_chunk_new      (GBytes              *records,
                                           GBytes              *names,
                                           GBytes              *payload,
                                           GError             **error);
void            tl_history_chunk_free     (TlHistoryChunk      *self);
guint           tl_history_chunk_get_n_rows (TlHistoryChunk    *self);
gsize           tl_history_chunk_get_size (TlHistoryChunk      *self);
/* The names of its peers. info->peer of its rows counts in it from 1. */
GPtrArray      *tl_history_chunk_get_names (TlHistoryChunk     *self);
/* @row counts from 0, and must be there. The id is left 0. */
void            tl_history_chunk_peek     (TlHistoryChunk      *self,
                                           guint                row,
                                           TlMessageInfo       *info);
/* (transfer none): of info.length bytes, for as long as the chunk lives. */
const guint8   *tl_history_chunk_get_data (TlHistoryChunk      *self,
                                           guint                row);
/* (transfer full): the same without a copy. */
GBytes         *tl_history_chunk_dup_bytes (TlHistoryChunk     *self,
                                           guint                row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlHistoryBatch, tl_history_batch_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlHistoryChunk, tl_history_chunk_free)

G_END_DECLS
