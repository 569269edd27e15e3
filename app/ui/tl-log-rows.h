/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* As many as a list view of GTK 4.8 makes widgets for. */
#define TL_LOG_ROWS_MADE 205
/* So many widgets are made or destroyed in one turn of the main loop: some milliseconds. */
#define TL_LOG_ROWS_SLICE 8

#define TL_TYPE_LOG_ROWS (tl_log_rows_get_type ())
G_DECLARE_FINAL_TYPE (TlLogRows, tl_log_rows, TL, LOG_ROWS, GObject)

/**
 * TlLogRows:
 *
 * A GtkSelectionModel as another, for a list view of GTK 4.8. Where few rows become many such a view makes 205 of them in one turn of the main loop, where many go it destroys as
 * many, and where others take their place it does both; it uses a widget again only where its row is still there and out of sight. So here
 * - of many rows the newest are there at first, then, a few with each turn, those behind them that have come meanwhile, if the end is followed, and those before them, and then all;
 * - rows that the view has widgets for and that go stay as spare ones, behind which the others come and to which the view is moved then: it takes their widgets along;
 * - spare rows that still have widgets are kept for some time and then go, a few with each turn. They must not be seen.
 */

/* A row that has widgets, and the item that these have (not owned). */
typedef struct {
  guint    row;
  gpointer item;
} TlLogMadeRow;

/* What the view does. */
typedef struct {
  /* Appends a TlLogMadeRow for those of the rows from @row on, @n of them, that have widgets, in any order, maybe more than once. */
  void (*list_made)  (gpointer data, guint row, guint n, GArray *rows);
  /* The rows around @row are to be seen or, if the end is followed, those before @last, which is the last that is not spare. */
  void (*move_to)    (gpointer data, guint row, guint last);
  /* Whether the end is to be seen, whatever comes. */
  gboolean (*is_following) (gpointer data);
  /* Which rows are spare has changed. */
  void (*hide_spare) (gpointer data);
  /* Whether there may be spare rows for some time: the keyboard would stop at them. */
  gboolean (*may_keep) (gpointer data);
} TlLogRowsView;

TlLogRows *tl_log_rows_new       (const TlLogRowsView *view,
                                  gpointer             data);
/* @model: (nullable) */
void       tl_log_rows_set_model (TlLogRows           *self,
                                  GtkSelectionModel   *model);
/* At once. */
void       tl_log_rows_drop_spare (TlLogRows          *self);
/* Where the view has the model's @position, or its last; GTK_INVALID_LIST_POSITION while that is not there yet. */
guint      tl_log_rows_to_view   (TlLogRows           *self,
                                  guint                position);
/* And back; GTK_INVALID_LIST_POSITION for a spare row. */
guint      tl_log_rows_to_model  (TlLogRows           *self,
                                  guint                row);
/* How many of the model's rows are yet to come behind all that the view has. */
guint      tl_log_rows_get_n_coming (TlLogRows        *self);

G_END_DECLS
