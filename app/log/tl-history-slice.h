/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlHistorySearch. */

#include "tl-history-chunk.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* Chunks of one session, read. */
typedef struct {
  gint64     session;
  gint64     next;         /* asked for: from this row on */
  GPtrArray *chunks;       /* of TlHistoryChunk */
  GArray    *firsts;       /* of guint64: where each begins */
  guint      n_damaged;
  gboolean   is_last;      /* the session has no more */
} TlHistorySlice;

TlHistorySlice *tl_history_slice_new  (gint64           session,
                                       gint64           next);
void            tl_history_slice_free (TlHistorySlice  *self);
/* A TlDatabaseFunc: reads what @data, a TlHistorySlice, asks for into a new one. */
gpointer        tl_history_slice_read (sqlite3         *db,
                                       gpointer         data,
                                       GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlHistorySlice, tl_history_slice_free)

G_END_DECLS
