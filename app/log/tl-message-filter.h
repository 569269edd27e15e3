/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message-source.h"

G_BEGIN_DECLS

#define TL_TYPE_MESSAGE_FILTER (tl_message_filter_get_type ())
G_DECLARE_FINAL_TYPE (TlMessageFilter, tl_message_filter, TL, MESSAGE_FILTER, GObject)

/**
 * TlMessageFilter:
 *
 * The rows of a source that are of certain kinds and of a certain peer: a `TlMessageSource` whose rows keep the ids that they have in the
 * source. A compact index over the source; with nothing filtered it passes the source through without one. Follows the source's
 * changes; a change of the filter runs in slices on the main loop ("pending" is true meanwhile) so that 500,000 rows do not hold
 * up a frame.
 *
 * Properties: "source" (nullable), "kinds" (uint: bits 1 << TlMessageKind), "peer" (string, nullable: all), "pending" (read-only), "n-items".
 */
/* @source may be NULL. */
TlMessageFilter *tl_message_filter_new       (TlMessageSource *source);
void             tl_message_filter_set_source (TlMessageFilter *self, TlMessageSource *source);
void             tl_message_filter_set_kinds (TlMessageFilter *self,
                                              guint            kinds);
guint            tl_message_filter_get_kinds (TlMessageFilter *self);
void             tl_message_filter_set_peer  (TlMessageFilter *self,
                                              const char      *name);
const char      *tl_message_filter_get_peer  (TlMessageFilter *self);
gboolean         tl_message_filter_get_pending (TlMessageFilter *self);

#define TL_MESSAGE_FILTER_ALL_KINDS ((1u << TL_N_MESSAGE_KINDS) - 1)

G_END_DECLS
