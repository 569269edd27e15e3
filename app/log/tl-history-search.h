/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-history.h"
#include "tl-message-source.h"
#include "tl-pattern.h"

G_BEGIN_DECLS

/* More results than this nobody looks through: the search ends there, and says so. */
#define TL_HISTORY_SEARCH_MAX_HITS 10000

#define TL_TYPE_HISTORY_HIT (tl_history_hit_get_type ())
G_DECLARE_FINAL_TYPE (TlHistoryHit, tl_history_hit, TL, HISTORY_HIT, GObject)

/**
 * TlHistoryHit:
 *
 * One message of the history that a search has found. Never changes.
 */
TlHistorySession *tl_history_hit_get_session (TlHistoryHit *self);
/* Counts from the session's first message, 0, also when that is gone. */
guint64           tl_history_hit_get_row     (TlHistoryHit *self);
/* Without an id. info->peer says nothing here. */
const TlMessageInfo *tl_history_hit_get_info (TlHistoryHit *self);
/* (nullable) */
const char       *tl_history_hit_get_peer    (TlHistoryHit *self);
/* What is around the match, as one line of valid UTF-8: text, or hex digits when they were looked for. */
const char       *tl_history_hit_get_preview (TlHistoryHit *self);

#define TL_TYPE_HISTORY_SEARCH (tl_history_search_get_type ())
G_DECLARE_FINAL_TYPE (TlHistorySearch, tl_history_search, TL, HISTORY_SEARCH, GObject)

/**
 * TlHistorySearch:
 *
 * Finds a pattern in the messages of many sessions: a `GListModel` of TlHistoryHit that grows while it looks. The database's thread reads a few MiB at a time,
 * between what it has to write, and a worker looks through them; the main loop only takes the results. A match lies within one message.
 *
 * Read-only properties: "busy" (boolean), "n-items" (uint), "n-searched" and "n-messages" (uint64: looked through so far, and of all; it may be less in the
 * end, where sessions are deleted meanwhile), "truncated" (boolean: there are more than TL_HISTORY_SEARCH_MAX_HITS), "n-damaged" (uint: parts that could not
 * be read), "n-undecided" (uint64: messages on which the pattern gave up, and that are not among the results), "error" (string, nullable: why it has ended early, translated).
 */
TlHistorySearch *tl_history_search_new   (TlHistory       *history);
/* Begins anew: what was found before is forgotten. @sessions: of TlHistorySession, in the order to look through; as it is now. @charset: of the previews. */
void             tl_history_search_start (TlHistorySearch *self,
                                          GListModel      *sessions,
                                          TlPattern       *pattern,
                                          TlCharset        charset);
/* What was found stays. */
void             tl_history_search_stop  (TlHistorySearch *self);
void             tl_history_search_clear (TlHistorySearch *self);
gboolean         tl_history_search_get_busy (TlHistorySearch *self);
gboolean         tl_history_search_get_truncated (TlHistorySearch *self);
/* It was stopped before it had looked through everything. */
gboolean         tl_history_search_get_stopped (TlHistorySearch *self);
guint            tl_history_search_get_n_damaged (TlHistorySearch *self);
guint64          tl_history_search_get_n_undecided (TlHistorySearch *self);
guint64          tl_history_search_get_n_searched (TlHistorySearch *self);
guint64          tl_history_search_get_n_messages (TlHistorySearch *self);
const char      *tl_history_search_get_error (TlHistorySearch *self);

G_END_DECLS
