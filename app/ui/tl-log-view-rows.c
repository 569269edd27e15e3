/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows that a log view shows, and what is said about them. */

#include "tl-log-view-private.h"

#include <glib/gi18n-lib.h>

void
tl_log_view_update_page (TlLogView *self)
{
  const char *page = self->show_bubbles ? "bubbles" : "table";

  if (!self->base || g_list_model_get_n_items (G_LIST_MODEL (self->log ? (gpointer) self->log : self->base)) == 0)
    page = "empty";
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->rows)) == 0)
    page = "filtered";
  gtk_stack_set_visible_child_name (self->stack, page);
}

/* By id, because rows go at the head and by the filter, which may also have left out what was seen last. */
void
tl_log_view_see_end (TlLogView *self)
{
  const guint n_there = self->rows ? g_list_model_get_n_items (G_LIST_MODEL (self->rows)) - tl_log_list_get_n_coming (tl_log_view_get_list (self)) : 0;

  if (n_there > 0)
    self->seen_id = MAX (self->seen_id, tl_message_source_get_id (TL_MESSAGE_SOURCE (self->runs), n_there - 1));
}

/* How many rows came after the last one that was seen at the end. */
void
tl_log_view_update_new (TlLogView *self)
{
  guint n_rows = self->rows ? g_list_model_get_n_items (G_LIST_MODEL (self->rows)) : 0;
  TlMessageSource *source = TL_MESSAGE_SOURCE (self->runs);
  guint n_new = 0;
  guint position;

  if (tl_log_follow_is_following (tl_log_list_get_follow (tl_log_view_get_list (self))))
    tl_log_view_see_end (self);
  else if (n_rows > 0 && tl_message_source_find_id (source, self->seen_id, &position))
    n_new = n_rows - position - (tl_message_source_get_id (source, position) == self->seen_id ? 1 : 0);

  if (self->n_new == n_new)
    return;
  self->n_new = n_new;
  if (n_new > 0)
    {
      g_autofree char *label = g_strdup_printf (ngettext ("%u new message", "%u new messages", n_new), n_new);

      gtk_button_set_label (self->new_button, label);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->new_button), n_new > 0);
  g_object_notify (G_OBJECT (self), "n-new");
}

void
tl_log_view_rows_change (TlLogView *self,
                         guint      position,
                         guint      removed,
                         guint      added)
{
  tl_log_follow_move_target (tl_log_list_get_follow (tl_log_view_get_list (self)), position, removed, added);
  tl_log_view_update_page (self);
}

void
tl_log_view_rows_changed (TlLogView *self)
{
  tl_log_view_update_new (self);
  tl_log_view_update_count (self);
  if (!tl_log_view_try_show (self))
    tl_log_view_return_to_place (self);
}

/* A line longer than this is no command and no reply that could be explained. */
#define EXPLAINED_BYTES 1024

gboolean
tl_log_view_tooltip_cb (TlLogView  *self,
                        int         x,
                        int         y,
                        gboolean    keyboard_mode,
                        GtkTooltip *tooltip,
                        TlLogList  *list)
{
  guint position = keyboard_mode ? GTK_INVALID_LIST_POSITION : tl_log_list_row_at (list, x, y);
  g_autoptr (TlMessage) message = NULL;
  g_autofree char *text = NULL;

  if (position == GTK_INVALID_LIST_POSITION)
    return FALSE;
  text = tl_log_view_describe_run (self, position);
  message = g_list_model_get_item (G_LIST_MODEL (self->rows), position);
  if (!text && self->explain && message && tl_message_get_length (message) <= EXPLAINED_BYTES)
    text = self->explain (tl_message_get_kind (message), tl_message_get_bytes (message));
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

void
tl_log_view_set_explain (TlLogView        *self,
                         TlLogExplainFunc  explain)
{
  g_return_if_fail (TL_IS_LOG_VIEW (self));

  self->explain = explain;
  tl_log_view_update_tooltips (self);
}

void
tl_log_view_update_tooltips (TlLogView *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->table), self->explain != NULL || self->collapse);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->bubbles), self->explain != NULL || self->collapse);
}
