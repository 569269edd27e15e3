/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Equal messages as one row of a log view. What is done to such a row is done to all its messages. */

#include "tl-log-view-private.h"

#include <glib/gi18n-lib.h>

gboolean
tl_log_view_get_collapse (TlLogView *self)
{
  return self->collapse;
}

void
tl_log_view_set_collapse (TlLogView *self,
                          gboolean   collapse)
{
  if (self->collapse == !!collapse)
    return;
  self->collapse = !!collapse;
  tl_log_view_keep_place (self);
  if (self->runs)
    tl_collapse_model_set_active (self->runs, self->collapse);
  tl_log_look_set_collapse (self->look, self->collapse);
  tl_find_bar_set_collapsed (self->find_bar, self->collapse);
  tl_log_view_update_tooltips (self);
  g_object_notify (G_OBJECT (self), "collapse");
}

GtkBitset *
tl_log_view_get_selected_messages (TlLogView *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->rows);
  GtkBitset *messages;
  GtkBitsetIter iter;
  guint position, first, n_rows;

  if (!tl_collapse_model_get_active (self->runs))
    return g_steal_pointer (&selected);
  messages = gtk_bitset_new_empty ();
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more; more = gtk_bitset_iter_next (&iter, &position))
    if (tl_collapse_model_get_range (self->runs, position, &first, &n_rows))
      gtk_bitset_add_range (messages, first, n_rows);
  return messages;
}

guint
tl_log_view_count_messages (TlLogView *self,
                            guint      position)
{
  guint first, n_rows;

  return self->runs && tl_collapse_model_get_range (self->runs, position, &first, &n_rows) ? n_rows : 0;
}

void
tl_log_view_unfold (TlLogView *self,
                    guint      position)
{
  if (self->runs)
    tl_collapse_model_unfold (self->runs, position);
}

char *
tl_log_view_describe_run (TlLogView *self,
                          guint      position)
{
  TlMessageInfo begin, end;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  guint first, n_rows;

  if (!self->runs || !tl_collapse_model_get_range (self->runs, position, &first, &n_rows) || n_rows < 2 ||
      !tl_message_source_peek (TL_MESSAGE_SOURCE (self->filter), first, &begin) ||
      !tl_message_source_peek (TL_MESSAGE_SOURCE (self->filter), first + n_rows - 1, &end))
    return NULL;
  from = tl_message_text_time (begin.time);
  to = tl_message_text_time (end.time);
  return g_strdup_printf (ngettext ("%u equal message, from %s to %s. Copying and exporting take all of it. Click × to show each.",
                                    "%u equal messages, from %s to %s. Copying and exporting take all of them. Click × to show each.", n_rows),
                          n_rows, from, to);
}

/* The row with that message, as soon as it is known which one that is. */
gboolean
tl_log_view_try_show (TlLogView *self)
{
  guint in_filter, position;

  if (self->wanted_id == 0 || !tl_message_source_find_id (TL_MESSAGE_SOURCE (self->filter), self->wanted_id, &in_filter) ||
      !tl_collapse_model_find (self->runs, in_filter, &position))
    return FALSE;
  self->wanted_id = 0;
  tl_log_view_go_to (self, position);
  return TRUE;
}
