/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-indexed-rows.h"

G_BEGIN_DECLS

/* Of one row at once: the window does not wait for millions. What is behind stays one row. */
#define TL_COLLAPSE_MAX_UNFOLDED 10000

#define TL_TYPE_COLLAPSE_MODEL (tl_collapse_model_get_type ())
G_DECLARE_FINAL_TYPE (TlCollapseModel, tl_collapse_model, TL, COLLAPSE_MODEL, TlIndexedRows)

/**
 * TlCollapseModel:
 *
 * The rows of a source with equal ones that follow one another (kind, peer and bytes) as one row, which is the first of them: a `TlMessageSource`. Four bytes a
 * row that is left; while it is not active it passes the source through. Follows the source's changes, in slices on the main loop where there are many; a row whose
 * number of messages has changed is told of as replaced.
 *
 * Properties: "active" (boolean), "pending" (boolean, read-only), "n-items".
 */
TlCollapseModel *tl_collapse_model_new        (TlMessageSource *source);
void             tl_collapse_model_set_active (TlCollapseModel *self,
                                               gboolean         active);
gboolean         tl_collapse_model_get_active (TlCollapseModel *self);
/* Which rows of the source stand behind a row: @n_rows from @first on. False past the end. */
gboolean         tl_collapse_model_get_range  (TlCollapseModel *self,
                                               guint            position,
                                               guint           *first,
                                               guint           *n_rows);
/* The row that a row of the source is in. False: in none yet. */
gboolean         tl_collapse_model_find       (TlCollapseModel *self,
                                               guint            source_position,
                                               guint           *position);
/* Shows the messages of a row one by one, at most TL_COLLAPSE_MAX_UNFOLDED of them, until it is set active anew. Equal ones that come later join the last. */
void             tl_collapse_model_unfold     (TlCollapseModel *self,
                                               guint            position);

G_END_DECLS
