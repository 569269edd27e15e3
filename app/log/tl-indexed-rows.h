/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-row-index.h"

G_BEGIN_DECLS

#define TL_TYPE_INDEXED_ROWS (tl_indexed_rows_get_type ())
G_DECLARE_DERIVABLE_TYPE (TlIndexedRows, tl_indexed_rows, TL, INDEXED_ROWS, GObject)

/**
 * TlIndexedRows:
 *
 * Those rows of a source that an index has, or all of them: a `TlMessageSource` whose rows keep the ids that they have in the source. Which rows the index has is
 * the subclass's to say.
 *
 * Properties, read-only: "n-items"; "pending" (boolean: not all rows of the source have been looked at).
 */
struct _TlIndexedRowsClass
{
  GObjectClass parent_class;

  /* The row that stands for a row of the source. */
  gboolean (*find)         (TlIndexedRows *self,
                            guint          source_position,
                            guint         *position);
  /* The row of the source before that of a row is known: which row of ours it is. FALSE: none. */
  gboolean (*find_exactly) (TlIndexedRows *self,
                            guint          source_position,
                            guint         *position);
  /* Rows of the source have been read, before it is told on. (nullable) */
  void     (*source_ready) (TlIndexedRows *self);
};

/* For subclasses. */

/* @source: (nullable). Takes away the index; the rows are told of by tl_indexed_rows_replace(). */
void             tl_indexed_rows_set_source   (TlIndexedRows   *self,
                                               TlMessageSource *source);
TlMessageSource *tl_indexed_rows_get_source   (TlIndexedRows   *self);
/* @index: (transfer full) (nullable): NULL: all rows. */
void             tl_indexed_rows_set_index    (TlIndexedRows   *self,
                                               TlRowIndex      *index);
TlRowIndex      *tl_indexed_rows_get_index    (TlIndexedRows   *self);
/* As was last told. */
guint            tl_indexed_rows_get_n_items  (TlIndexedRows   *self);
gboolean         tl_indexed_rows_get_pending  (TlIndexedRows   *self);
/* It is pending without an index. */
void             tl_indexed_rows_set_waiting  (TlIndexedRows   *self,
                                               gboolean         waiting);
/* The position in the source of a row. FALSE past the end. */
gboolean         tl_indexed_rows_to_source    (TlIndexedRows   *self,
                                               guint            position,
                                               guint           *source_position);
/* Tells of rows that have changed. */
void             tl_indexed_rows_tell         (TlIndexedRows   *self,
                                               guint            position,
                                               guint            removed,
                                               guint            added);
/* Tells that all rows are others, as many as there are now. */
void             tl_indexed_rows_replace      (TlIndexedRows   *self,
                                               guint            n_items);

G_END_DECLS
