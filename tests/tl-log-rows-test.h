/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlLogRows, followed by a view that makes widgets as GtkListView of GTK 4.8 does, and counts them. */
#pragma once

#include "tl-lazy-selection.h"
#include "tl-log-rows.h"
#include "tl-log-test.h"
#include "tl-message-filter.h"
#include "tl-message-log.h"

#define BEFORE 202

typedef struct {
  guint64  id;       /* of the message that it was made for */
  gboolean made;
} Row;

typedef struct {
  TlMessageLog      *log;
  TlMessageFilter   *filter;
  GtkSelectionModel *selection;
  TlLogRows         *rows;
  GArray            *view;       /* of Row */
  guint              anchor;     /* the row that is seen */
  guint              n_created;  /* in this turn of the main loop */
  guint              n_destroyed;
  guint              next;
  gboolean           following;
  gboolean           keep;
} Fixture;

static inline Row *
get (Fixture *self,
     guint    row)
{
  return &g_array_index (self->view, Row, row);
}

/* There are widgets for the rows around the anchor: those of rows that are out of sight, and then new ones. */
static inline void
make (Fixture *self)
{
  const guint n = self->view->len;
  const guint first = MIN (self->anchor - MIN (self->anchor, BEFORE), n - MIN (n, TL_LOG_ROWS_MADE));
  guint n_spare = 0, n_needed = 0;

  for (guint i = 0; i < n; i++)
    {
      const gboolean near = i >= first && i - first < TL_LOG_ROWS_MADE;

      n_spare += get (self, i)->made && !near;
      n_needed += !get (self, i)->made && near;
      get (self, i)->made = near;
    }
  self->n_created += n_needed - MIN (n_needed, n_spare);
  self->n_destroyed += n_spare - MIN (n_needed, n_spare);
}

static inline void
changed_cb (Fixture    *self,
            guint       row,
            guint       removed,
            guint       added,
            GListModel *rows)
{
  g_assert_cmpuint (row + removed, <=, self->view->len);
  for (guint i = row; i < row + removed; i++)
    self->n_destroyed += get (self, i)->made;
  g_array_remove_range (self->view, row, removed);
  for (guint i = row; i < row + added; i++)
    {
      g_autoptr (TlMessage) message = g_list_model_get_item (rows, i);
      const Row new_row = { tl_message_get_id (message), FALSE };

      g_array_insert_val (self->view, i, new_row);
    }
  g_assert_cmpuint (self->view->len, ==, g_list_model_get_n_items (rows));
  if (self->anchor >= row + removed)
    self->anchor += added - removed;
  else if (self->anchor >= row)
    self->anchor = row;
  self->anchor = MIN (self->anchor, MAX (self->view->len, 1) - 1);
  make (self);
}

static inline void
list_made (gpointer data,
           guint    row,
           guint    n,
           GArray  *rows)
{
  Fixture *self = data;

  for (guint i = row; i < row + n; i++)
    {
      const TlLogMadeRow made = { i, GSIZE_TO_POINTER (get (self, i)->id) };

      if (get (self, i)->made)
        g_array_append_val (rows, made);
    }
}

static inline void
move_to (gpointer data,
         guint    row,
         guint    last)
{
  Fixture *self = data;

  g_assert_cmpuint (tl_log_rows_to_model (self->rows, last), !=, GTK_INVALID_LIST_POSITION);
  if (self->following)
    row = last;
  if (row == GTK_INVALID_LIST_POSITION)
    return;
  self->anchor = row;
  make (self);
}

static inline gboolean
is_following (gpointer data)
{
  return ((Fixture *) data)->following;
}

static inline void
hide_spare (gpointer data)
{
}

static inline gboolean
may_keep (gpointer data)
{
  return ((Fixture *) data)->keep;
}

static const TlLogRowsView view = { list_made, move_to, is_following, hide_spare, may_keep };

static inline void
append (Fixture *self,
        guint    n)
{
  const guint32 peer = tl_message_log_add_peer (self->log, "a");

  for (guint i = 0; i < n; i++, self->next++)
    tl_message_log_append (self->log, self->next % 2 == 0 ? TL_MESSAGE_SENT : TL_MESSAGE_RECEIVED, 1, peer, "x", 1);
  tl_message_log_flush (self->log);
}

static inline void
set_kinds (Fixture *self,
           guint    kinds)
{
  TlMessageCriteria criteria = TL_MESSAGE_CRITERIA_INIT;

  criteria.kinds = kinds;
  tl_message_filter_set_criteria (self->filter, &criteria);
}

static inline void
set_up (Fixture      *self,
        gconstpointer unused)
{
  self->log = tl_message_log_new ();
  self->filter = tl_message_filter_new (TL_MESSAGE_SOURCE (self->log));
  self->selection = tl_lazy_selection_new (G_LIST_MODEL (self->filter));
  self->view = g_array_new (FALSE, FALSE, sizeof (Row));
  self->rows = tl_log_rows_new (&view, self);
  self->following = TRUE;
  g_signal_connect_swapped (self->rows, "items-changed", G_CALLBACK (changed_cb), self);
}

static inline void
tear_down (Fixture      *self,
           gconstpointer unused)
{
  g_signal_handlers_disconnect_by_data (self->rows, self);
  g_assert_finalize_object (self->rows);
  g_array_unref (self->view);
  g_assert_finalize_object (self->selection);
  g_assert_finalize_object (self->filter);
  g_assert_finalize_object (self->log);
}

/* Each row that is not spare shows the message that the model has there, in order. Returns how many there are. */
static inline guint
check (Fixture *self)
{
  guint n = 0, expected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < self->view->len; i++)
    {
      const guint position = tl_log_rows_to_model (self->rows, i);

      if (position == GTK_INVALID_LIST_POSITION)
        continue;
      g_assert_true (n == 0 || position == expected);
      g_assert_cmpuint (tl_message_source_get_id (TL_MESSAGE_SOURCE (self->filter), position), ==, get (self, i)->id);
      g_assert_cmpuint (tl_log_rows_to_view (self->rows, position), ==, i);
      expected = position + 1;
      n++;
    }
  return n;
}

static inline gboolean
is_complete (Fixture *self)
{
  return check (self) == g_list_model_get_n_items (G_LIST_MODEL (self->filter)) && !tl_message_filter_get_pending (self->filter);
}

/* Since it was counted last. */
static inline void
count (Fixture *self,
       guint    most)
{
  g_assert_cmpuint (self->n_created, <=, most);
  g_assert_cmpuint (self->n_destroyed, <=, most);
  self->n_created = self->n_destroyed = 0;
}

/* What was done before, and then a turn of the main loop: no more than @most widgets are made in each, or destroyed. */
static inline void
turn (Fixture *self,
      guint    most)
{
  count (self, most);
  g_main_context_iteration (NULL, !is_complete (self) || self->view->len > check (self));
  count (self, most);
  check (self);
}

static inline void
wait_complete (Fixture *self)
{
  while (!is_complete (self))
    turn (self, TL_LOG_ROWS_SLICE);
  turn (self, TL_LOG_ROWS_SLICE);
}
