/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a log view is when its filter has been changed: at the row that was selected and seen or was the first one seen, else at the nearest that is left. */

#include "tl-log-view-private.h"

void
tl_log_view_keep_place (TlLogView *self)
{
  guint position;

  /* Where nothing is left, whoever has typed too much comes back to where he was. While that place is looked for, what is seen is another one. */
  if (!self->rows || g_list_model_get_n_items (G_LIST_MODEL (self->rows)) == 0 || self->place_id != 0)
    return;
  position = tl_log_list_get_place (tl_log_view_get_list (self));
  if (position == GTK_INVALID_LIST_POSITION)
    return;
  self->place_id = tl_message_source_get_id (TL_MESSAGE_SOURCE (self->runs), position);
  self->place_selected = gtk_selection_model_is_selected (self->rows, position);
}

void
tl_log_view_forget_place (TlLogView *self)
{
  self->place_id = 0;
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
  TlLogFollow *follow = tl_log_list_get_follow (tl_log_view_get_list (self));
  gboolean same;
  guint position;

  if (self->place_id == 0 || !find_place (self, &position, &same))
    return;
  if (same && self->place_selected)
    gtk_selection_model_select_item (self->rows, position, FALSE);
  /* What is the end now is not while rows are yet to come behind it: whether it is the end is seen when all are there. */
  if (tl_indexed_rows_get_pending (TL_INDEXED_ROWS (self->runs)))
    {
      tl_log_follow_scroll_to (follow, position);
      return;
    }
  tl_log_view_forget_place (self);
  tl_log_follow_keep (follow, position);
}
