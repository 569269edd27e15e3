/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message-source.h"
#include "tl-pattern.h"
#include "tl-time-range.h"

G_BEGIN_DECLS

#define TL_MESSAGE_FILTER_ALL_KINDS ((1u << TL_N_MESSAGE_KINDS) - 1)

/**
 * TlMessageCriteria:
 * @kinds: bits 1 << TlMessageKind
 * @peer: (nullable): the name of the only peer; NULL: all
 * @min_length: bytes of payload at least
 * @max_length: bytes of payload at most; G_MAXUINT32: no bound
 * @time: when
 * @pattern: (nullable): what has to be in the payload, or must not be
 * @inverted: it must not be
 *
 * What a filter lets through: all that is asked for here at once. Lines of state (events, warnings, errors, calls) have no payload: a bound of the length leaves them
 * out; a pattern is looked for in their text, as the find bar does; a peer lets through those that are about that peer.
 */
typedef struct {
  guint       kinds;
  char       *peer;
  guint32     min_length;
  guint32     max_length;
  TlTimeRange time;
  TlPattern  *pattern;
  gboolean    inverted;
} TlMessageCriteria;

/* Everything passes. */
#define TL_MESSAGE_CRITERIA_INIT { TL_MESSAGE_FILTER_ALL_KINDS, NULL, 0, G_MAXUINT32, { TL_TIME_ANY, G_MININT64, G_MAXINT64 }, NULL, FALSE }

/* @to holds criteria already, which are freed. */
void     tl_message_criteria_copy     (TlMessageCriteria       *to,
                                       const TlMessageCriteria *from);
/* Leaves criteria that everything passes. */
void     tl_message_criteria_clear    (TlMessageCriteria       *self);
gboolean tl_message_criteria_equal    (const TlMessageCriteria *self,
                                       const TlMessageCriteria *other);
gboolean tl_message_criteria_pass_all (const TlMessageCriteria *self);
/* Whether one row passes. @earliest, @clock: as for tl_time_range_contains(). FALSE past the end. *@gave_up: (out): the pattern gave up on it, and counts as absent. */
gboolean tl_message_criteria_match    (const TlMessageCriteria *self,
                                       TlMessageSource         *source,
                                       guint                    position,
                                       gint64                   earliest,
                                       TlDayClock              *clock,
                                       gboolean                *gave_up);
/* Bounds of a length as they were typed; an empty one is none. Full-width digits are taken. A range that ends before it begins is an error. FALSE:
 * G_IO_ERROR_INVALID_ARGUMENT, a sentence; the bounds are left as they were. */
gboolean tl_message_criteria_parse_length (const char *least,
                                           const char *most,
                                           guint32    *min_length,
                                           guint32    *max_length,
                                           GError    **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TlMessageCriteria, tl_message_criteria_clear)

G_END_DECLS
