/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of the history. */

#include "tl-history-window.h"

#include "tl-history-find.h"
#include "tl-history-messages.h"
#include "tl-history-pane.h"
#include "tl-history-words.h"
#include "tl-replay-dialog.h"
#include "tl-widget.h"

#include <glib/gi18n-lib.h>

struct _TlHistoryWindow
{
  AdwWindow        parent_instance;

  AdwToastOverlay *toasts;
  AdwLeaflet      *leaflet;
  GtkWidget       *side;
  GtkWidget       *content;
  AdwHeaderBar    *side_header;
  AdwHeaderBar    *content_header;
  AdwViewStack    *pages;
  TlHistoryPane   *pane;
  TlHistoryFind   *find;
  AdwWindowTitle  *title;
  GtkLabel        *narrow_title;   /* in its place where the bar has no room beside its buttons */
  GtkWidget       *back_button;
  GtkWidget       *delete_button;
  GtkWidget       *grown;
  GtkLabel        *grown_label;
  GtkStack        *stack;
  AdwStatusPage   *none;
  TlLogView       *log;

  TlHistory        *history;
  TlHistorySession *session;   /* that is shown, as it was when it was opened */
};

G_DEFINE_FINAL_TYPE (TlHistoryWindow, tl_history_window, ADW_TYPE_WINDOW)

static void
toast (TlHistoryWindow *self,
       const char      *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
show_none (TlHistoryWindow *self)
{
  const guint n = tl_history_pane_get_n_selected (self->pane);
  g_autofree char *several = g_strdup_printf (ngettext ("%u Session Is Selected", "%u Sessions Are Selected", n), n);

  adw_status_page_set_title (self->none, n > 1 ? several : _("Choose a Session"));
  adw_status_page_set_description (self->none, n > 1 ? _("Select one alone to read it.") : _("What was said in it is shown here."));
}

static void
show_title (TlHistoryWindow *self)
{
  const gboolean running = self->session != NULL && tl_history_is_running (self->history, self->session);
  g_autofree char *day = NULL;
  g_autofree char *span = NULL;
  g_autofree char *text = NULL;
  g_autofree char *narrow = NULL;

  if (self->session != NULL)
    {
      day = tl_history_day (tl_history_session_get_started (self->session), g_get_real_time ());
      span = tl_history_span (self->session, running);
      text = g_strjoin (" · ", day, span, NULL);
      narrow = g_strjoin ("\n", tl_history_session_get_about (self->session)->title, text, NULL);
    }
  adw_window_title_set_title (self->title, self->session != NULL ? tl_history_session_get_about (self->session)->title : _("History"));
  adw_window_title_set_subtitle (self->title, text != NULL ? text : "");
  gtk_label_set_text (self->narrow_title, narrow != NULL ? narrow : _("History"));
}

/* The session that is shown, as it is listed now. (nullable): it is not, or no more. */
static TlHistorySession *
find_listed (TlHistoryWindow *self)
{
  TlHistoryList *list = tl_history_pane_get_list (self->pane);
  const guint position = self->session != NULL ? tl_history_list_find (list, tl_history_session_get_id (self->session)) : G_MAXUINT;
  g_autoptr (TlHistoryItem) item = NULL;

  if (position == G_MAXUINT)
    return NULL;
  item = g_list_model_get_item (G_LIST_MODEL (list), position);
  return tl_history_item_get_session (item);
}

/* What has come since it was opened is told, not forced upon the reader. */
static void
update_grown (TlHistoryWindow *self)
{
  TlHistorySession *listed = find_listed (self);
  guint64 n = 0;

  if (listed != NULL && tl_history_session_get_n_messages (listed) > tl_history_session_get_n_messages (self->session))
    n = tl_history_session_get_n_messages (listed) - tl_history_session_get_n_messages (self->session);
  if (n > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%'lu message has come since.", "%'lu messages have come since.", n), (gulong) n);

      gtk_label_set_text (self->grown_label, text);
    }
  gtk_widget_set_visible (self->grown, n > 0);
}

static void
update_actions (TlHistoryWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "records.export", self->session != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "records.replay", self->session != NULL);
  gtk_widget_set_sensitive (self->delete_button, tl_history_pane_get_n_selected (self->pane) > 0);
}

/* Listed items keep themselves up to date; the one that is shown is watched. */
static void
watch_item (TlHistoryWindow *self)
{
  TlHistoryList *list = tl_history_pane_get_list (self->pane);

  update_actions (self);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (TlHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_signal_handlers_disconnect_by_data (item, self);
      if (self->session != NULL &&
          tl_history_session_get_id (tl_history_item_get_session (item)) == tl_history_session_get_id (self->session))
        g_signal_connect_object (item, "notify", G_CALLBACK (update_grown), self, G_CONNECT_SWAPPED);
    }
  update_grown (self);
}

void
tl_history_window_open (TlHistoryWindow  *self,
                        TlHistorySession *session)
{
  g_autoptr (TlHistoryMessages) messages = NULL;

  g_return_if_fail (TL_IS_HISTORY_WINDOW (self));

  g_set_object (&self->session, session);
  if (session != NULL)
    {
      messages = tl_history_messages_new (self->history, session);
      tl_log_view_set_source (self->log, TL_MESSAGE_SOURCE (messages), tl_history_session_get_about (session)->is_datagram);
    }
  else
    {
      tl_log_view_set_source (self->log, NULL, FALSE);
      show_none (self);
    }
  gtk_stack_set_visible_child_name (self->stack, session != NULL ? "log" : "none");
  show_title (self);
  watch_item (self);
}

static gboolean
is_shown (TlHistoryWindow  *self,
          TlHistorySession *session)
{
  return self->session != NULL && session != NULL && tl_history_session_get_id (self->session) == tl_history_session_get_id (session);
}

static void
selected_cb (TlHistoryWindow  *self,
             TlHistorySession *session)
{
  if (session != NULL && is_shown (self, session))
    update_actions (self);
  else
    tl_history_window_open (self, session);
}

static void
deleted_cb (TlHistoryWindow *self,
            gint64           id)
{
  if (self->session != NULL && tl_history_session_get_id (self->session) == id)
    tl_history_window_open (self, NULL);
}

static void
show_content (TlHistoryWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->content);
}

static void
activate_cb (TlHistoryWindow  *self,
             TlHistorySession *session)
{
  if (!is_shown (self, session))
    tl_history_window_open (self, session);
  show_content (self);
  gtk_widget_child_focus (GTK_WIDGET (self->log), GTK_DIR_TAB_FORWARD);
}

void
tl_history_window_open_hit (TlHistoryWindow *self,
                            TlHistoryHit    *hit)
{
  TlHistorySession *session;
  TlPattern *pattern;
  guint64 gone;

  g_return_if_fail (TL_IS_HISTORY_WINDOW (self));
  g_return_if_fail (TL_IS_HISTORY_HIT (hit));

  session = tl_history_hit_get_session (hit);
  if (!is_shown (self, session))
    {
      /* As it is now; what was found may be of one that is not listed any more. */
      if (!tl_history_pane_select (self->pane, tl_history_session_get_id (session)) || !is_shown (self, session))
        tl_history_window_open (self, session);
    }
  gone = tl_history_session_get_n_gone (self->session);
  gtk_widget_activate_action (GTK_WIDGET (self->log), "log.show-everything", NULL);
  pattern = tl_history_find_get_pattern (self->find);
  if (pattern != NULL)
    tl_log_view_find (self->log, pattern, tl_history_hit_get_row (hit) < gone ? 0 : tl_history_hit_get_row (hit) - gone + 1);
  if (tl_history_hit_get_row (hit) < gone || !tl_log_view_show_row (self->log, tl_history_hit_get_row (hit) - gone + 1))
    toast (self, _("This message is no longer in the history."));
  show_content (self);
}

static void
folded_cb (TlHistoryWindow *self)
{
  const gboolean folded = adw_leaflet_get_folded (self->leaflet);

  adw_header_bar_set_show_end_title_buttons (self->side_header, folded);
  adw_header_bar_set_show_start_title_buttons (self->content_header, folded);
  gtk_widget_set_visible (self->back_button, folded);
  gtk_widget_set_visible (GTK_WIDGET (self->title), !folded);
  gtk_widget_set_visible (GTK_WIDGET (self->narrow_title), folded);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "records.back", folded);
  tl_history_pane_set_single_click (self->pane, folded);
}

static void
delete_cb (TlHistoryWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->pane), "sessions.delete", NULL);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (TL_HISTORY_WINDOW (widget)->log), "log.export", NULL);
}

static void
replay_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TlHistoryWindow *self = TL_HISTORY_WINDOW (widget);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (GPtrArray) pages = application != NULL ? tl_replay_dialog_find_pages (application) : NULL;
  GtkWidget *dialog;

  if (pages == NULL || pages->len == 0)
    {
      toast (self, _("There is no session to play it through: open one in the main window first."));
      return;
    }
  dialog = tl_replay_dialog_new (GTK_WINDOW (self), pages);
  tl_replay_dialog_set_recorded (TL_REPLAY_DIALOG (dialog), self->history, self->session);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
reload_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  TlHistoryWindow *self = TL_HISTORY_WINDOW (widget);
  TlHistorySession *listed = find_listed (self);

  if (listed != NULL)
    tl_history_window_open (self, listed);
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TlHistoryWindow *self = TL_HISTORY_WINDOW (widget);

  adw_leaflet_set_visible_child (self->leaflet, self->side);
}

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  TlHistoryWindow *self = TL_HISTORY_WINDOW (widget);

  adw_leaflet_set_visible_child (self->leaflet, self->side);
  adw_view_stack_set_visible_child_name (self->pages, "find");
  tl_history_find_grab_entry (self->find);
}

/* Who opens it may begin to type what is looked for. */
static void
tl_history_window_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tl_history_window_parent_class)->map (widget);
  gtk_widget_child_focus (GTK_WIDGET (TL_HISTORY_WINDOW (widget)->pane), GTK_DIR_TAB_FORWARD);
}

/* Wherever the focus is: who has just chosen a session is still in the list. */
static void
log_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  TlHistoryWindow *self = TL_HISTORY_WINDOW (widget);

  if (self->session == NULL)
    return;
  show_content (self);
  gtk_widget_activate_action (GTK_WIDGET (self->log), g_str_equal (name, "records.filter") ? "log.filter" : "log.find", NULL);
}

static void
tl_history_window_dispose (GObject *object)
{
  TlHistoryWindow *self = TL_HISTORY_WINDOW (object);

  if (self->pane != NULL)
    g_signal_handlers_disconnect_by_data (self->pane, self);
  g_clear_object (&self->session);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (tl_history_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TlHistoryWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryWindow, side);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryWindow, content);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryWindow, side_header);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryWindow, content_header);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryWindow, pane);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryWindow, find);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryWindow, title);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryWindow, narrow_title);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryWindow, delete_button);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryWindow, grown);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryWindow, grown_label);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryWindow, none);
  gtk_widget_class_bind_template_child (widget_class, TlHistoryWindow, log);
}

static void
tl_history_window_class_init (TlHistoryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tl_history_window_dispose;
  widget_class->map = tl_history_window_map;
  g_type_ensure (TL_TYPE_HISTORY_PANE);
  g_type_ensure (TL_TYPE_HISTORY_FIND);
  g_type_ensure (TL_TYPE_LOG_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/tonglu/Tonglu/tl-history-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_cb);
  gtk_widget_class_bind_template_callback (widget_class, deleted_cb);
  gtk_widget_class_bind_template_callback (widget_class, toast);
  gtk_widget_class_bind_template_callback (widget_class, tl_history_window_open_hit);
  gtk_widget_class_install_action (widget_class, "records.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "records.replay", NULL, replay_action);
  gtk_widget_class_install_action (widget_class, "records.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "records.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "records.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "records.filter", NULL, log_action);
  gtk_widget_class_install_action (widget_class, "records.find-here", NULL, log_action);
}

static void
tl_history_window_init (TlHistoryWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tl_widget_name_drop_downs (GTK_WIDGET (self->log));
}

GtkWidget *
tl_history_window_new (TlHistory *history,
                       TlCharset  charset)
{
  TlHistoryWindow *self;
  TlHistoryList *list;

  g_return_val_if_fail (TL_IS_HISTORY (history), NULL);

  self = g_object_new (TL_TYPE_HISTORY_WINDOW, NULL);
  self->history = g_object_ref (history);
  tl_history_pane_set_history (self->pane, history);
  list = tl_history_pane_get_list (self->pane);
  tl_history_find_set_history (self->find, history);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (watch_item), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  /* Everything that was recorded is shown: that costs no look at each row, however many there are. */
  g_object_set (self->log, "charset", charset, "show-calls", TRUE, NULL);
  g_object_bind_property (self->log, "charset", self->find, "charset", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  folded_cb (self);
  tl_history_window_open (self, NULL);
  return GTK_WIDGET (self);
}

TlLogView *
tl_history_window_get_log (TlHistoryWindow *self)
{
  g_return_val_if_fail (TL_IS_HISTORY_WINDOW (self), NULL);
  return self->log;
}
