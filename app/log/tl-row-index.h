/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlIndexedRows, its subclasses and TlMessageSearch. */

#include "tl-message-source.h"

G_BEGIN_DECLS

/**
 * TlRowIndex:
 *
 * The positions of those rows of a source that a predicate chooses, in step with the source's changes: four bytes a row. Rows are looked at in
 * slices on the main loop; while some have not been looked at yet it is pending. Rows that have been looked at stand in one piece: what is appended is looked at next, and then
 * what is in front of them, backwards.
 */
typedef struct _TlRowIndex TlRowIndex;

typedef gboolean (*TlRowPredicate) (TlMessageSource *source,
                                    guint            position,
                                    gpointer         user_data);
/* @position, @removed and @added count chosen rows. All may be 0: then only pending has changed. The index may be freed in it. */
typedef void     (*TlRowIndexFunc) (TlRowIndex      *index,
                                    guint            position,
                                    guint            removed,
                                    guint            added,
                                    gpointer         user_data);

/* Looks at a first slice of rows at once, without telling of it. */
TlRowIndex *tl_row_index_new  (TlMessageSource *source,
                               TlRowPredicate   predicate,
                               TlRowIndexFunc   changed,
                               gpointer         user_data);
/* The same from the end of the source backwards: the newest rows are there at once, and those before them come in at the front. */
TlRowIndex *tl_row_index_new_newest_first (TlMessageSource *source,
                                           TlRowPredicate   predicate,
                                           TlRowIndexFunc   changed,
                                           gpointer         user_data);
/* The same as the first for a predicate that looks at the row before as well: a row is looked at anew when that one changes or goes. The index must not be freed in @changed,
 * which may be called twice for a change of the source. */
TlRowIndex *tl_row_index_new_looking_back (TlMessageSource *source,
                                           TlRowPredicate   predicate,
                                           TlRowIndexFunc   changed,
                                           gpointer         user_data);
void        tl_row_index_free (TlRowIndex      *self);
guint       tl_row_index_get_n_rows (TlRowIndex *self);
gboolean    tl_row_index_is_pending (TlRowIndex *self);
/* How many rows of the source have been looked at. */
guint       tl_row_index_get_n_seen (TlRowIndex *self);
/* Behind the last of them. */
guint       tl_row_index_get_end   (TlRowIndex      *self);
/* Looks again at @n rows of the source, those of them that have been looked at. */
void        tl_row_index_reconsider (TlRowIndex *self,
                                     guint       position,
                                     guint       n);
/* The first @n chosen rows, which must be there, are no longer chosen; it tells of it. */
void        tl_row_index_drop_first (TlRowIndex *self,
                                     guint       n);
/* The position in the source of the chosen row @n, which must be there. */
guint       tl_row_index_get_position (TlRowIndex *self,
                                       guint       n);
/* The first chosen row at or behind a position of the source: may be the number of rows. */
guint       tl_row_index_find (TlRowIndex      *self,
                               guint            position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlRowIndex, tl_row_index_free)

G_END_DECLS
