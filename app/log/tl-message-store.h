/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlMessageLog only. */

#include "tl-message.h"

G_BEGIN_DECLS

#define TL_MESSAGE_STORE_MAX_BACK 256

/* One row of the index. `back` is how many rows before it the last row of the same stream stands, if no more than
 * TL_MESSAGE_STORE_MAX_BACK; else 0. */
typedef struct {
  gint64  time;
  guint64 offset;
  guint32 block;
  guint32 start;
  guint32 length;
  guint32 peer : 20;
  guint32 kind : 3;
  guint32 back : 9;
} TlMessageRecord;

G_STATIC_ASSERT (sizeof (TlMessageRecord) <= 40);

typedef struct _TlMessageStore TlMessageStore;

TlMessageStore *tl_message_store_new  (void);
void            tl_message_store_free (TlMessageStore *self);
/* Takes all but where the payload is from @record, and copies the payload. */
void            tl_message_store_push (TlMessageStore  *self,
                                       TlMessageRecord *record,
                                       const void      *data);
/* Removes the oldest row. False when there is none. */
gboolean        tl_message_store_pop  (TlMessageStore  *self,
                                       TlMessageRecord *record);
guint           tl_message_store_get_n_rows (TlMessageStore *self);
/* Payload bytes in all rows. */
guint64         tl_message_store_get_bytes (TlMessageStore *self);
gsize           tl_message_store_get_memory (TlMessageStore *self);
/* @max_bytes is the bound that the log keeps: blocks are made to suit it. */
void            tl_message_store_set_max_bytes (TlMessageStore *self,
                                       guint64          max_bytes);
/* @index counts from the oldest row; it must be there. Valid until the next pop. */
const TlMessageRecord *tl_message_store_get (TlMessageStore *self,
                                       guint            index);
GBytes         *tl_message_store_dup_bytes (TlMessageStore *self,
                                       const TlMessageRecord *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlMessageStore, tl_message_store_free)

G_END_DECLS
