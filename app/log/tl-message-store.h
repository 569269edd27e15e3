/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlMessageLog only. */

#include "tl-log-peers.h"
#include "tl-message.h"

#include <sys/uio.h>

G_BEGIN_DECLS

typedef struct _TlMessageStore TlMessageStore;

TlMessageStore *tl_message_store_new  (void);
void            tl_message_store_free (TlMessageStore *self);
/* The table of peers is the store's. */
TlLogPeers     *tl_message_store_get_peers (TlMessageStore *self);
/* Adds rows, with copies of the payloads, and returns the id of the first. @peer must be there. @offset: where the first stands in its stream. */
guint64         tl_message_store_push (TlMessageStore *self,
                                       TlMessageKind   kind,
                                       gint64          time,
                                       guint32         peer,
                                       const struct iovec *payloads,
                                       guint           n,
                                       guint64        *offset);
/* Removes the oldest row, if there is one. */
void            tl_message_store_pop  (TlMessageStore *self);
guint           tl_message_store_get_n_rows (TlMessageStore *self);
/* The id of the oldest row, or of the next one while there is none. */
guint64         tl_message_store_get_first_id (TlMessageStore *self);
/* Payload bytes in all rows. */
guint64         tl_message_store_get_bytes (TlMessageStore *self);
/* Of everything held, peers included. */
gsize           tl_message_store_get_memory (TlMessageStore *self);
/* Gives back the memory that is kept for rows to come. */
void            tl_message_store_drop_spare (TlMessageStore *self);
/* @max_bytes is the bound that the log keeps: blocks are made to suit it. */
void            tl_message_store_set_max_bytes (TlMessageStore *self,
                                       guint64         max_bytes);
/* In these three @index counts from the oldest row; the row must be there. */
void            tl_message_store_peek (TlMessageStore *self,
                                       guint           index,
                                       TlMessageInfo  *info);
GBytes         *tl_message_store_dup_bytes (TlMessageStore *self,
                                       guint           index);
gboolean        tl_message_store_previous (TlMessageStore *self,
                                       guint           index,
                                       guint          *previous);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlMessageStore, tl_message_store_free)

G_END_DECLS
