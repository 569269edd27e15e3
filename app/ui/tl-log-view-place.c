/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a log view is when its filter has been changed: at the row that was selected and seen or was the first one seen, else at the nearest that is left. */

#include "tl-log-view-private.h"

static guint64
get_end_id (TlLogView *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->filter));

  return n > 0 ? tl_message_source_get_id (TL_MESSAGE_SOURCE (self->filter), n - 1) : 0;
}

/* Whether the place that was kept last is the one to come back to: nobody has gone elsewhere since, nor followed the end away from it. What is seen now may be another row, the nearest
 * that was left; while that is on its way to its place, what is seen says nothing at all. */
static gboolean
is_there_yet (TlLogView   *self,
              TlLogFollow *follow)
{
  guint position;

  if (self->place_id == 0)
    return FALSE;
  if (!self->place_found || tl_log_follow_is_going (follow))
    return TRUE;
  return (!tl_log_follow_is_following (follow) || tl_log_follow_sees_all (follow) || get_end_id (self) == self->place_end_id) && tl_message_source_find_id (self->base, self->place_id, &position)
         && tl_message_source_get_id (self->base, position) == self->place_id;
}

void
tl_log_view_keep_place (TlLogView *self)
{
  TlLogList *list = tl_log_view_get_list (self);
  guint position;

  /* Where nothing is left, whoever has typed too much comes back to where he was. */
  if (!self->rows || g_list_model_get_n_items (G_LIST_MODEL (self->rows)) == 0 || is_there_yet (self, tl_log_list_get_follow (list)))
    {
      self->place_found = FALSE;
      return;
    }
  tl_log_view_forget_place (self);
  position = tl_log_list_get_place (list);
  if (position == GTK_INVALID_LIST_POSITION)
    return;
  self->place_id = tl_message_source_get_id (TL_MESSAGE_SOURCE (self->runs), position);
  self->place_selected = gtk_selection_model_is_selected (self->rows, position);
}

void
tl_log_view_forget_place (TlLogView *self)
{
  self->place_id = 0;
  self->place_found = FALSE;
}

/* The row that was kept or the first behind it, else the last. False: not known yet; a filter finds the newest first. @same: it is that row. */
static gboolean
find_place (TlLogView *self,
            guint     *position,
            gboolean  *same)
{
  TlMessageSource *left = TL_MESSAGE_SOURCE (self->filter);
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (left));
  guint in_filter;

  if (n == 0)
    return FALSE;
  if (!tl_message_source_find_id (left, self->place_id, &in_filter))
    in_filter = n - 1;
  *same = tl_message_source_get_id (left, in_filter) == self->place_id;
  if (in_filter == 0 && !*same && tl_message_filter_get_pending (self->filter))
    return FALSE;
  return tl_collapse_model_find (self->runs, in_filter, position);
}

void
tl_log_view_return_to_place (TlLogView *self)
{
  gboolean same, pending;
  guint position;

  if (self->place_id == 0 || self->place_found || !find_place (self, &position, &same))
    return;
  if (same && self->place_selected)
    gtk_selection_model_select_item (self->rows, position, FALSE);
  /* What is the end now is not while rows are yet to come behind it: whether it is the end is seen when all are there. */
  pending = tl_indexed_rows_get_pending (TL_INDEXED_ROWS (self->runs));
  self->place_found = !pending;
  self->place_end_id = get_end_id (self);
  tl_log_follow_keep (tl_log_list_get_follow (tl_log_view_get_list (self)), position, !pending);
}
