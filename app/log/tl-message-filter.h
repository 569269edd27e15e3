/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-indexed-rows.h"
#include "tl-message-criteria.h"

G_BEGIN_DECLS

#define TL_TYPE_MESSAGE_FILTER (tl_message_filter_get_type ())
G_DECLARE_FINAL_TYPE (TlMessageFilter, tl_message_filter, TL, MESSAGE_FILTER, TlIndexedRows)

/**
 * TlMessageFilter:
 *
 * The rows of a source that fulfil some criteria: a `TlMessageSource` whose rows keep the ids that they have in the source. A compact index over the source, four
 * bytes a row; with nothing filtered it passes the source through without one. Follows the source's changes; a change of the filter runs in slices on the main
 * loop ("pending" is true meanwhile) so that 500,000 rows do not hold up a frame, and another change ends it.
 *
 * The last minutes end with the newest row of the source, whatever it is, or now, if it is live; rows that have become too old go once a second.
 *
 * Properties: "source" (nullable), "pending" (read-only), "n-items".
 */
/* @source may be NULL. */
TlMessageFilter *tl_message_filter_new          (TlMessageSource         *source);
void             tl_message_filter_set_source   (TlMessageFilter         *self,
                                                 TlMessageSource         *source);
/* (transfer none): a copy is kept. */
void             tl_message_filter_set_criteria (TlMessageFilter         *self,
                                                 const TlMessageCriteria *criteria);
const TlMessageCriteria *tl_message_filter_get_criteria (TlMessageFilter *self);
/* The rows of the source come as they happen: the last minutes end now, also while nothing comes. */
void             tl_message_filter_set_live     (TlMessageFilter         *self,
                                                 gboolean                 live);
gboolean         tl_message_filter_get_pending  (TlMessageFilter         *self);
/* How many calls there are among the rows that have been looked at and do not pass. */
guint            tl_message_filter_get_n_calls  (TlMessageFilter         *self);
/* On how many of the rows that have been looked at the pattern gave up, so that nobody knows whether it is in them; it counts as absent. */
guint            tl_message_filter_get_n_undecided (TlMessageFilter      *self);
/* How many rows of the source have been looked at: all, once it is not pending. */
guint            tl_message_filter_get_n_seen   (TlMessageFilter         *self);

G_END_DECLS
