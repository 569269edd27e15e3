/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlHistorySearch: what makes its results. In any thread. */

#include "tl-history-chunk.h"
#include "tl-history-search.h"

G_BEGIN_DECLS

/* @first: where the chunk's first row stands in the session. @row: of the chunk. (transfer full) */
TlHistoryHit *tl_history_hit_new (TlHistorySession *session,
                                  TlHistoryChunk   *chunk,
                                  guint64           first,
                                  guint             row,
                                  TlPattern        *pattern,
                                  TlCharset         charset);

G_END_DECLS
