/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlMessageFilter and TlMessageSearch. */

#include "tl-message-source.h"

G_BEGIN_DECLS

/**
 * TlRowIds:
 *
 * The ids of some rows of a source, eight bytes each. What leaves the source is forgotten, so that it never holds many more than the source has rows.
 */
typedef struct {
  GArray *ids;    /* of guint64, in order; some may have left the source */
  GArray *older;  /* the same of those before them, the last first: rows are looked at backwards, too */
} TlRowIds;

void     tl_row_ids_init   (TlRowIds        *self);
/* Leaves nothing to be used. */
void     tl_row_ids_clear  (TlRowIds        *self);
void     tl_row_ids_empty  (TlRowIds        *self);
/* A row may be added again. False: it was. */
gboolean tl_row_ids_add    (TlRowIds        *self,
                            TlMessageSource *source,
                            guint64          id);
/* A row that was looked at again is none of them any more. False: it was not before. */
gboolean tl_row_ids_remove (TlRowIds        *self,
                            guint64          id);
/* Those that were at the @n rows of @source at @position, which have taken the place of others, and are not there any more: a row that is told of as replaced and is there yet may only
 * have been read, or its neighbours, and is not looked at again before it is at hand. True: there were some. */
gboolean tl_row_ids_forget (TlRowIds        *self,
                            TlMessageSource *source,
                            guint            position,
                            guint            n);
gboolean tl_row_ids_is_empty (TlRowIds      *self);
/* How many are there and in @source (nullable). */
guint    tl_row_ids_count  (TlRowIds        *self,
                            TlMessageSource *source);

G_END_DECLS
