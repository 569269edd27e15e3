/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the history's window share: sessions that are recorded, and the window over them. */
#pragma once

#include "tl-ui-test.h"

#include "tl-history-find.h"
#include "tl-history-pane.h"
#include "tl-history-test.h"
#include "tl-history-window.h"

#include <string.h>

typedef struct {
  TlHistory         *history;
  TlMessageLog      *log;
  TlHistoryRecorder *recorder;
  GtkWidget         *window;
  TlHistoryPane     *pane;
  TlHistoryFind     *find;
  guint32            peer;
} Fixture;

static inline void
record (Fixture    *f,
        const char *kind,
        const char *title,
        guint       n)
{
  const TlHistoryAbout about = { (char *) kind, (char *) title, (char *) "udp://127.0.0.1:1", NULL, g_str_equal (kind, "udp") };

  tl_history_recorder_begin (f->recorder, &about);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s %u", title, i);

      tl_message_log_append (f->log, i % 3 == 2 ? TL_MESSAGE_SENT : TL_MESSAGE_RECEIVED, 0, f->peer, text, strlen (text));
    }
}

static inline void
set_up (Fixture    *f,
        const char *name)
{
  f->history = test_history_open (name);
  f->log = tl_message_log_new ();
  f->recorder = tl_history_recorder_new (f->history, f->log);
  f->peer = tl_message_log_add_peer (f->log, "192.168.1.20:8899");
}

static inline void
open_window (Fixture *f,
             int      width)
{
  f->window = tl_history_window_new (f->history, TL_CHARSET_UTF_8);
  gtk_window_set_default_size (GTK_WINDOW (f->window), width, 640);
  gtk_window_present (GTK_WINDOW (f->window));
  tl_ui_test_wait (tl_ui_test_is_mapped, f->window, "the window to be mapped");
  f->pane = TL_HISTORY_PANE (tl_ui_test_find (f->window, TL_TYPE_HISTORY_PANE));
  /* On a page that is not shown it is there all the same. */
  f->find = TL_HISTORY_FIND (tl_ui_test_find (f->window, TL_TYPE_HISTORY_FIND));
  g_assert_true (f->pane != NULL && f->find != NULL);
  test_wait_for (tl_history_list_get_loaded (tl_history_pane_get_list (f->pane)), "the list to be read");
  tl_ui_test_frames (f->window, 3);
}

static inline void
tear_down (Fixture *f)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_clear_object (&f->recorder);
  test_history_settle (f->history);
  tl_history_close (f->history);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  test_wait_for (G_OBJECT (f->history)->ref_count == 1, "the history to be let go");
  g_assert_finalize_object (f->history);
  g_assert_finalize_object (f->log);
}

static inline guint
n_listed (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (tl_history_pane_get_list (f->pane)));
}

static inline gint64
get_id (Fixture *f,
        guint    position)
{
  g_autoptr (TlHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (tl_history_pane_get_list (f->pane)), position);

  return tl_history_session_get_id (tl_history_item_get_session (item));
}

static inline TlLogView *
get_log (Fixture *f)
{
  return tl_history_window_get_log (TL_HISTORY_WINDOW (f->window));
}

static inline guint
n_rows (Fixture *f)
{
  GtkSelectionModel *rows = tl_log_view_get_rows (get_log (f));

  return rows != NULL ? g_list_model_get_n_items (G_LIST_MODEL (rows)) : 0;
}

/* A button for it would be sensitive. */
static inline gboolean
is_enabled (Fixture    *f,
            const char *action)
{
  GtkWidget *button = gtk_button_new ();
  gboolean enabled;

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_parent (button, GTK_WIDGET (get_log (f)));
  enabled = gtk_widget_get_sensitive (button);
  gtk_widget_unparent (button);
  return enabled;
}

/* The page of a stack in the pane that is seen. */
static inline const char *
get_page (Fixture *f)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (gtk_widget_get_template_child (GTK_WIDGET (f->pane), TL_TYPE_HISTORY_PANE, "stack")));
}
