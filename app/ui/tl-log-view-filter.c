/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a log view leaves out: from the popover, the drop-downs and the find bar to the filter, and what is said about it. */

#include "tl-log-view-private.h"

#include "tl-history-messages.h"
#include "tl-history-peers.h"

#include <glib/gi18n-lib.h>

#define CALLS (1u << TL_MESSAGE_CALL)
#define EVENTS ((1u << TL_MESSAGE_EVENT) | (1u << TL_MESSAGE_WARNING) | (1u << TL_MESSAGE_ERROR))
/* While rows are being looked at. */
#define PROGRESS_MS 100

static gboolean
progress_cb (gpointer user_data)
{
  TlLogView *self = user_data;

  self->progress_id = 0;
  tl_log_view_update_count (self);
  return G_SOURCE_REMOVE;
}

void
tl_log_view_update_count (TlLogView *self)
{
  gboolean pending;
  guint n_all;

  if (!self->filter || !gtk_widget_get_visible (GTK_WIDGET (self->filter_strip)))
    return;
  pending = tl_message_filter_get_pending (self->filter);
  /* Calls that are not shown anyway are no messages that the filter leaves out. */
  n_all = g_list_model_get_n_items (G_LIST_MODEL (self->base)) - (self->show_calls ? 0 : tl_message_filter_get_n_calls (self->filter));
  tl_filter_strip_set_count (self->filter_strip, g_list_model_get_n_items (G_LIST_MODEL (self->filter)), n_all,
                             tl_message_filter_get_n_seen (self->filter), pending);
  tl_filter_strip_set_undecided (self->filter_strip, tl_message_filter_get_n_undecided (self->filter));
  if (pending && self->progress_id == 0)
    self->progress_id = g_timeout_add (PROGRESS_MS, progress_cb, self);
}

static void
update_strip (TlLogView *self)
{
  static const char *const shows[] = {
    [TL_LOG_SHOW_RECEIVED] = NC_ ("direction", "Received"),
    [TL_LOG_SHOW_SENT] = NC_ ("direction", "Sent"),
  };
  char *words[TL_N_FILTER_PARTS] = { NULL };

  if (self->show == TL_LOG_SHOW_EVENTS)
    words[TL_FILTER_SHOW] = g_strdup (_("Events"));
  else if (self->show != TL_LOG_SHOW_ALL)
    words[TL_FILTER_SHOW] = g_strdup (g_dpgettext2 (NULL, "direction", shows[self->show]));
  words[TL_FILTER_PEER] = g_strdup (tl_peer_choice_get_peer (self->peers));
  for (TlFilterPart part = TL_FILTER_LENGTH; part < TL_N_FILTER_PARTS && self->filter_popover; part++)
    words[part] = tl_filter_popover_describe (self->filter_popover, part);
  tl_filter_strip_set_words (self->filter_strip, words, TL_N_FILTER_PARTS);
  for (guint i = 0; i < TL_N_FILTER_PARTS; i++)
    g_free (words[i]);
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
  const gboolean calls = self->show_calls && (self->show == TL_LOG_SHOW_ALL || self->show == TL_LOG_SHOW_EVENTS);
  g_auto (TlMessageCriteria) criteria = TL_MESSAGE_CRITERIA_INIT;

  if (!self->filter || self->filter_frozen)
    return;
  if (self->filter_popover)
    tl_message_criteria_copy (&criteria, tl_filter_popover_get_criteria (self->filter_popover));
  criteria.kinds = kinds[self->show] | (calls ? CALLS : 0);
  criteria.peer = g_strdup (tl_peer_choice_get_peer (self->peers));
  if (!tl_message_criteria_equal (tl_message_filter_get_criteria (self->filter), &criteria))
    {
      tl_log_view_keep_place (self);
      tl_message_filter_set_criteria (self->filter, &criteria);
    }
  update_strip (self);
  tl_log_view_update_count (self);
  tl_log_view_update_page (self);
}

void
tl_log_view_clear_filter (TlLogView *self)
{
  self->filter_frozen = TRUE;
  g_object_set (self, "show", TL_LOG_SHOW_ALL, "peer", NULL, NULL);
  for (TlFilterPart part = TL_FILTER_LENGTH; part < TL_N_FILTER_PARTS && self->filter_popover; part++)
    tl_filter_popover_clear (self->filter_popover, part);
  self->filter_frozen = FALSE;
  tl_log_view_update_filter (self);
}

static void
remove_cb (TlLogView *self,
           guint      part)
{
  if (part == TL_FILTER_SHOW)
    g_object_set (self, "show", TL_LOG_SHOW_ALL, NULL);
  else if (part == TL_FILTER_PEER)
    g_object_set (self, "peer", NULL, NULL);
  else if (self->filter_popover)
    tl_filter_popover_clear (self->filter_popover, part);
}

/* Made when it is used first: not every tab is filtered. */
static TlFilterPopover *
get_popover (TlLogView *self)
{
  if (self->filter_popover)
    return self->filter_popover;
  self->filter_popover = TL_FILTER_POPOVER (tl_filter_popover_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->filter_popover), GTK_WIDGET (self));
  tl_filter_popover_set_charset (self->filter_popover, tl_log_look_get_charset (self->look));
  tl_filter_popover_set_has_peers (self->filter_popover, gtk_widget_get_visible (GTK_WIDGET (self->peer_drop)));
  tl_filter_popover_set_live (self->filter_popover, self->log != NULL);
  g_object_bind_property (self, "show", tl_filter_popover_get_show_drop (self->filter_popover), "selected",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  tl_peer_choice_attach (self->peers, tl_filter_popover_get_peer_drop (self->filter_popover));
  g_signal_connect_object (self->filter_popover, "changed", G_CALLBACK (tl_log_view_update_filter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filter_popover, "clear-all", G_CALLBACK (tl_log_view_clear_filter), self, G_CONNECT_SWAPPED);
  return self->filter_popover;
}

void
tl_log_view_open_filter (TlLogView *self)
{
  GtkWidget *button = gtk_widget_get_mapped (self->filter_button) ? self->filter_button : self->narrow_filter_button;
  TlFilterPopover *popover = get_popover (self);
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (button, GTK_WIDGET (self), &bounds))
    gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle){ bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (popover));
}

void
tl_log_view_filter_found (TlLogView *self)
{
  TlPattern *pattern = tl_find_bar_get_pattern (self->find_bar);

  if (pattern)
    tl_filter_popover_set_pattern (get_popover (self), pattern);
}

void
tl_log_view_find (TlLogView *self,
                  TlPattern *pattern,
                  guint64    id)
{
  g_return_if_fail (TL_IS_LOG_VIEW (self));
  g_return_if_fail (pattern != NULL);

  tl_find_bar_find (self->find_bar, pattern);
  if (self->search && id != 0)
    tl_message_search_set_start (self->search, id);
}

void
tl_log_view_set_has_peers (TlLogView *self,
                           gboolean   has_peers)
{
  gtk_widget_set_visible (GTK_WIDGET (self->peer_drop), has_peers);
  if (self->filter_popover)
    tl_filter_popover_set_has_peers (self->filter_popover, has_peers);
}

static void
peers_listed_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (TlLogView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = tl_history_peers_finish (TL_HISTORY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->base)
    return;
  if (error)
    {
      g_warning ("The peers of a session cannot be listed: %s", error->message);
      return;
    }
  tl_peer_choice_add_names (self->peers, (const char *const *) names);
  tl_log_view_set_has_peers (self, names[0] != NULL);
}

void
tl_log_view_list_peers (TlLogView *self)
{
  TlHistoryMessages *messages = TL_HISTORY_MESSAGES (self->base);

  self->listing = g_cancellable_new ();
  tl_history_peers_async (tl_history_messages_get_history (messages), tl_history_messages_get_session (messages), TL_PEER_CHOICE_MAX, self->listing,
                          peers_listed_cb, g_object_ref (self));
}

void
tl_log_view_drop_filter (TlLogView *self)
{
  if (self->listing)
    g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  g_clear_handle_id (&self->progress_id, g_source_remove);
}

void
tl_log_view_bind_filter (GtkWidgetClass *widget_class)
{
  g_type_ensure (TL_TYPE_FILTER_STRIP);
  gtk_widget_class_bind_template_child (widget_class, TlLogView, filter_strip);
  gtk_widget_class_bind_template_child (widget_class, TlLogView, filter_button);
  gtk_widget_class_bind_template_child (widget_class, TlLogView, narrow_filter_button);
  gtk_widget_class_bind_template_callback_full (widget_class, "filter_remove_cb", G_CALLBACK (remove_cb));
  gtk_widget_class_bind_template_callback (widget_class, tl_log_view_clear_filter);
  gtk_widget_class_bind_template_callback (widget_class, tl_log_view_filter_found);
}
