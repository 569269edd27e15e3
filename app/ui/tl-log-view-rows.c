/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a log view shows: from the log through framing and filter to rows, and what is said about them. */

#include "tl-log-view-private.h"

#include "tl-history-messages.h"
#include "tl-log-selection.h"
#include "tl-udp-session.h"

#include <glib/gi18n-lib.h>

#define CALLS (1u << TL_MESSAGE_CALL)
#define EVENTS ((1u << TL_MESSAGE_EVENT) | (1u << TL_MESSAGE_WARNING) | (1u << TL_MESSAGE_ERROR))

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

/* How many rows came after the last one that was seen at the end; by id, because rows go at the head and by the filter. */
void
tl_log_view_update_new (TlLogView *self)
{
  guint n_rows = self->rows ? g_list_model_get_n_items (G_LIST_MODEL (self->rows)) : 0;
  TlMessageSource *source = TL_MESSAGE_SOURCE (self->filter);
  TlMessageInfo info;
  guint n_new = 0;
  guint position;

  if (n_rows > 0 && tl_log_follow_is_following (tl_log_list_get_follow (tl_log_view_get_list (self))))
    {
      if (tl_message_source_peek (source, n_rows - 1, &info))
        self->seen_id = info.id;
    }
  else if (n_rows > 0 && tl_message_source_find_id (source, self->seen_id, &position)
           && tl_message_source_peek (source, position, &info))
    {
      n_new = n_rows - position - (info.id == self->seen_id ? 1 : 0);
    }

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

static void
rows_changed_cb (TlLogView *self)
{
  tl_log_view_update_page (self);
  tl_log_view_update_new (self);
}

static void
trimmed_cb (TlLogView    *self,
            GParamSpec   *pspec,
            TlMessageLog *log)
{
  guint64 trimmed = tl_message_log_get_trimmed (log);
  g_autofree char *text = NULL;

  text = g_strdup_printf (ngettext ("%lu older message is no longer kept",
                                    "%lu older messages are no longer kept", trimmed),
                          (gulong) trimmed);
  gtk_label_set_text (self->trimmed_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->trimmed_label), trimmed > 0);
}

static void
framing_cb (TlLogView *self)
{
  tl_frame_model_set_framing (self->frames, tl_session_get_framing (self->session));
}

void
tl_log_view_update_filter (TlLogView *self)
{
  static const guint kinds[] = {
    [TL_LOG_SHOW_ALL] = TL_MESSAGE_FILTER_ALL_KINDS & ~CALLS,
    [TL_LOG_SHOW_RECEIVED] = 1u << TL_MESSAGE_RECEIVED,
    [TL_LOG_SHOW_SENT] = 1u << TL_MESSAGE_SENT,
    [TL_LOG_SHOW_EVENTS] = EVENTS,
  };
  gboolean calls = self->show_calls && (self->show == TL_LOG_SHOW_ALL || self->show == TL_LOG_SHOW_EVENTS);

  if (!self->filter)
    return;
  tl_message_filter_set_kinds (self->filter, kinds[self->show] | (calls ? CALLS : 0));
  tl_message_filter_set_peer (self->filter, tl_peer_choice_get_peer (self->peers));
  tl_log_view_update_page (self);
}

void
tl_log_view_drop_rows (TlLogView *self)
{
  if (!self->base)
    return;
  g_clear_pointer (&self->copying, tl_log_copy_free);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->log)
    g_signal_handlers_disconnect_by_data (self->log, self);
  g_signal_handlers_disconnect_by_data (self->base, self);
  g_signal_handlers_disconnect_by_data (self->rows, self);
  tl_log_list_set_model (self->table, NULL);
  tl_log_list_set_model (self->bubbles, NULL);
  tl_find_bar_set_search (self->find_bar, NULL);
  tl_log_look_set_source (self->look, NULL, NULL, FALSE);
  tl_peer_choice_set_session (self->peers, NULL);
  tl_log_pace_set_log (self->pace, NULL);
  g_clear_object (&self->rows);
  g_clear_object (&self->search);
  g_clear_object (&self->filter);
  g_clear_object (&self->frames);
  g_clear_object (&self->base);
  g_clear_pointer (&self->recorded, tl_history_about_free);
  g_clear_object (&self->session);
  g_clear_object (&self->log);
}

/* What only a log that is being written has. */
static void
use_log (TlLogView    *self,
         TlMessageLog *log)
{
  self->log = g_object_ref (log);
  self->frames = tl_frame_model_new (TL_MESSAGE_SOURCE (log));
  if (self->session)
    {
      tl_frame_model_set_framing (self->frames, tl_session_get_framing (self->session));
      g_signal_connect_object (self->session, "notify::framing", G_CALLBACK (framing_cb), self, G_CONNECT_SWAPPED);
    }
  self->base = TL_MESSAGE_SOURCE (g_object_ref (self->frames));
  tl_log_pace_set_log (self->pace, log);
  g_signal_connect_object (log, "notify::trimmed", G_CALLBACK (trimmed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (log, "items-changed", G_CALLBACK (tl_log_view_update_page), self, G_CONNECT_SWAPPED);
  trimmed_cb (self, NULL, log);
}

/* Above the rows: what of them cannot be read. */
static void
error_cb (TlLogView       *self,
          GParamSpec      *pspec,
          TlMessageSource *source)
{
  g_autofree char *error = NULL;

  g_object_get (source, "error", &error, NULL);
  gtk_label_set_text (self->trimmed_label, error ? error : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trimmed_label), error != NULL);
}

/* A source that reads from disk may fail to. */
static void
watch_reading (TlLogView *self)
{
  if (!g_object_class_find_property (G_OBJECT_GET_CLASS (self->base), "error"))
    return;
  g_signal_connect_object (self->base, "notify::error", G_CALLBACK (error_cb), self, G_CONNECT_SWAPPED);
  error_cb (self, NULL, self->base);
}

void
tl_log_view_make_rows (TlLogView       *self,
                       TlMessageSource *source,
                       TlSession       *session,
                       gboolean         is_datagram)
{
  self->session = session ? g_object_ref (session) : NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->trimmed_label), FALSE);
  if (TL_IS_MESSAGE_LOG (source))
    use_log (self, TL_MESSAGE_LOG (source));
  else
    self->base = g_object_ref (source);
  if (TL_IS_HISTORY_MESSAGES (source))
    self->recorded = tl_history_about_copy (tl_history_session_get_about (tl_history_messages_get_session (TL_HISTORY_MESSAGES (source))));
  self->filter = tl_message_filter_new (self->base);
  self->search = tl_message_search_new (TL_MESSAGE_SOURCE (self->filter));
  self->rows = GTK_SELECTION_MODEL (tl_log_selection_new (G_LIST_MODEL (self->filter)));
  tl_log_look_set_source (self->look, TL_MESSAGE_SOURCE (self->filter), self->search, is_datagram);
  tl_find_bar_set_search (self->find_bar, self->search);
  tl_peer_choice_set_session (self->peers, session);
  self->seen_id = 0;
  if (!self->log)
    watch_reading (self);
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (rows_changed_cb), self, G_CONNECT_SWAPPED);
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
  guint position = keyboard_mode || !self->explain ? GTK_INVALID_LIST_POSITION : tl_log_list_row_at (list, x, y);
  g_autoptr (TlMessage) message = NULL;
  g_autofree char *text = NULL;

  if (position == GTK_INVALID_LIST_POSITION)
    return FALSE;
  message = g_list_model_get_item (G_LIST_MODEL (self->rows), position);
  if (message && tl_message_get_length (message) <= EXPLAINED_BYTES)
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
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->table), explain != NULL);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->bubbles), explain != NULL);
}
