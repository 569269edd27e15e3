/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message-source.h"
#include "tl-pattern.h"

G_BEGIN_DECLS

#define TL_TYPE_MESSAGE_SEARCH (tl_message_search_get_type ())
G_DECLARE_FINAL_TYPE (TlMessageSearch, tl_message_search, TL, MESSAGE_SEARCH, GObject)

/**
 * TlMessageSearch:
 *
 * Finds a pattern in all rows of a source, in slices on the main loop, and goes on finding in rows that are appended.
 * A match lies within one row: what is cut over two rows is not found.
 *
 * Properties: "n-matches" (uint, rows), "current" (uint, from 1; 0: none), "busy" (boolean), "n-undecided" (uint, rows on which the pattern gave up and that are
 * no matches; notified at most ten times a second).
 */
TlMessageSearch *tl_message_search_new       (TlMessageSource *source);
/* NULL ends the search. */
void             tl_message_search_set_pattern (TlMessageSearch *self,
                                                TlPattern       *pattern);
/* Steps to the next (or previous) matching row from the current one, around the ends. Without a current one: to the first (or last).
 * False: no match (yet). The current row stays the same when rows come and go; when it goes itself there is none. */
gboolean         tl_message_search_step      (TlMessageSearch *self,
                                              gboolean         forward,
                                              guint           *position);
/* Where the search begins: that row becomes the current one when it is found to match. Until a step is taken, or another pattern. */
void             tl_message_search_set_start (TlMessageSearch *self,
                                              guint64          id);
guint            tl_message_search_get_n_matches (TlMessageSearch *self);
guint            tl_message_search_get_n_undecided (TlMessageSearch *self);
guint            tl_message_search_get_current (TlMessageSearch *self);
gboolean         tl_message_search_get_busy  (TlMessageSearch *self);
/* Whether the row with that id matches: for marking it in the list. */
gboolean         tl_message_search_matches_id (TlMessageSearch *self,
                                               guint64          id);

G_END_DECLS
