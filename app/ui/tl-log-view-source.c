/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the messages of a log view come from: a session, a log, or the history; from there through framing and filter to rows. */

#include "tl-log-view-private.h"

#include "tl-history-messages.h"
#include "tl-lazy-selection.h"
#include "tl-udp-session.h"

#include <glib/gi18n-lib.h>

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
tl_log_view_drop_rows (TlLogView *self)
{
  if (!self->base)
    return;
  g_clear_pointer (&self->copying, tl_log_copy_free);
  tl_log_view_drop_filter (self);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->log)
    g_signal_handlers_disconnect_by_data (self->log, self);
  g_signal_handlers_disconnect_by_data (self->base, self);
  g_signal_handlers_disconnect_by_data (self->rows, self);
  g_signal_handlers_disconnect_by_data (self->filter, self);
  tl_log_list_set_model (self->table, NULL);
  tl_log_list_set_model (self->bubbles, NULL);
  tl_find_bar_set_search (self->find_bar, NULL);
  tl_log_look_set_source (self->look, NULL, NULL, FALSE);
  tl_peer_choice_set_session (self->peers, NULL);
  tl_log_pace_set_log (self->pace, NULL);
  g_clear_object (&self->rows);
  g_clear_object (&self->search);
  g_clear_object (&self->runs);
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

/* What was cleared is no place to come back to: who was there goes on at the end. */
static void
base_changed_cb (TlLogView *self)
{
  if (self->place_id != 0 && g_list_model_get_n_items (G_LIST_MODEL (self->base)) == 0)
    {
      tl_log_view_forget_place (self);
      tl_log_follow_scroll_to_end (tl_log_list_get_follow (tl_log_view_get_list (self)));
    }
  tl_log_view_update_count (self);
}

static void
make_rows (TlLogView       *self,
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
  tl_message_filter_set_live (self->filter, self->log != NULL);
  self->runs = tl_collapse_model_new (TL_MESSAGE_SOURCE (self->filter));
  tl_collapse_model_set_active (self->runs, self->collapse);
  self->search = tl_message_search_new (TL_MESSAGE_SOURCE (self->runs));
  self->rows = tl_lazy_selection_new (G_LIST_MODEL (self->runs));
  self->wanted_id = 0;
  tl_log_view_forget_place (self);
  tl_log_look_set_source (self->look, TL_MESSAGE_SOURCE (self->runs), self->search, is_datagram);
  tl_find_bar_set_search (self->find_bar, self->search);
  tl_peer_choice_set_session (self->peers, session);
  self->seen_id = 0;
  if (!self->log)
    watch_reading (self);
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (tl_log_view_rows_change), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (tl_log_view_rows_changed), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->filter, "notify::pending", G_CALLBACK (tl_log_view_update_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filter, "notify::pending", G_CALLBACK (tl_log_view_return_to_place), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runs, "notify::pending", G_CALLBACK (tl_log_view_return_to_place), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->base, "items-changed", G_CALLBACK (base_changed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
set_source (TlLogView       *self,
            TlMessageSource *source,
            TlSession       *session,
            gboolean         is_datagram)
{
  tl_log_view_drop_rows (self);
  if (source)
    {
      make_rows (self, source, session, is_datagram);
      tl_log_view_update_filter (self);
      tl_log_view_set_bubbles (self, is_datagram);
    }
  tl_log_view_set_has_peers (self, session != NULL);
  if (source && TL_IS_HISTORY_MESSAGES (source))
    tl_log_view_list_peers (self);
  gtk_widget_set_visible (GTK_WIDGET (self->details), FALSE);
  tl_log_view_update_look (self);
  tl_log_view_update_new (self);
  tl_log_view_update_actions (self);
}

void
tl_log_view_set_session (TlLogView *self,
                         TlSession *session)
{
  g_return_if_fail (TL_IS_LOG_VIEW (self));
  g_return_if_fail (session == NULL || TL_IS_SESSION (session));

  if (self->session == session)
    return;
  set_source (self, session ? TL_MESSAGE_SOURCE (tl_session_get_log (session)) : NULL, session, session && TL_IS_UDP_SESSION (session));
  g_object_notify (G_OBJECT (self), "session");
}

void
tl_log_view_set_source (TlLogView       *self,
                        TlMessageSource *source,
                        gboolean         is_datagram)
{
  g_return_if_fail (TL_IS_LOG_VIEW (self));
  g_return_if_fail (source == NULL || TL_IS_MESSAGE_SOURCE (source));

  if (self->base == source || (source != NULL && (gpointer) self->log == source))
    return;
  set_source (self, source, NULL, is_datagram);
}

gboolean
tl_log_view_show_row (TlLogView *self,
                      guint64    id)
{
  guint position;
  gboolean pending;

  g_return_val_if_fail (TL_IS_LOG_VIEW (self), FALSE);

  if (!self->base || !tl_message_source_find_id (TL_MESSAGE_SOURCE (self->filter), id, &position) ||
      tl_message_source_get_id (TL_MESSAGE_SOURCE (self->filter), position) != id)
    return FALSE;
  self->wanted_id = id;
  if (tl_log_view_try_show (self))
    return TRUE;
  g_object_get (self->runs, "pending", &pending, NULL);
  return pending;
}

GtkSelectionModel *
tl_log_view_get_rows (TlLogView *self)
{
  return self->rows;
}
