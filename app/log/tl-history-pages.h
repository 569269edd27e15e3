/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlHistoryMessages only: the chunks that were read, each at its place. */

#include "tl-history-chunk.h"

G_BEGIN_DECLS

/* One chunk, placed. */
typedef struct {
  guint           first;    /* row of the session that is shown */
  guint           n_rows;
  TlHistoryChunk *chunk;    /* NULL: it could not be read */
  guint32        *peers;    /* number in the chunk → number in the session; [0] is 0 */
  guint64         used;     /* when, by the count of the pages */
} TlHistoryPage;

/**
 * TlHistoryPages:
 *
 * Bounded in number and memory: what was not looked at for the longest time goes first.
 */
typedef struct _TlHistoryPages TlHistoryPages;

TlHistoryPages *tl_history_pages_new   (void);
void            tl_history_pages_free  (TlHistoryPages *self);
void            tl_history_pages_clear (TlHistoryPages *self);
/* The one that holds @position; NULL: it is not there. Valid until the next add. */
TlHistoryPage  *tl_history_pages_find  (TlHistoryPages *self,
                                        guint           position);
/* @chunk: (transfer full) (nullable): what could not be read is one row. @peers: (transfer full) (nullable). */
void            tl_history_pages_add   (TlHistoryPages *self,
                                        guint           first,
                                        TlHistoryChunk *chunk,
                                        guint32        *peers);
/* Bytes held by chunks. */
gsize           tl_history_pages_get_memory (TlHistoryPages *self);

G_END_DECLS
