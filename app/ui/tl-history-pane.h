/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-history-list.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_HISTORY_PANE (tl_history_pane_get_type ())
G_DECLARE_FINAL_TYPE (TlHistoryPane, tl_history_pane, TL, HISTORY_PANE, GtkWidget)

/**
 * TlHistoryPane:
 *
 * The sessions of the history to choose from: by day, with a filter; deletes what is selected, after a question.
 *
 * Signals: "selected" (TlHistorySession, nullable: the only one that is selected), "activate"
 * (TlHistorySession), "failed" (string: a sentence), "deleted" (int64: the id of a session, which is
 * tried). Actions: "sessions.delete" (Delete), "sessions.menu".
 */
void           tl_history_pane_set_history   (TlHistoryPane *self,
                                              TlHistory     *history);
TlHistoryList *tl_history_pane_get_list      (TlHistoryPane *self);
/* How many sessions are selected. */
guint          tl_history_pane_get_n_selected (TlHistoryPane *self);
/* Selects the session with that id alone. False: it is not listed. */
gboolean       tl_history_pane_select        (TlHistoryPane *self,
                                              gint64         id);
/* A click activates, instead of selecting alone. */
void           tl_history_pane_set_single_click (TlHistoryPane *self,
                                              gboolean       single_click);
/* What is asked before so many sessions are deleted. (transfer full) */
char          *tl_history_pane_delete_text   (GPtrArray     *items);

G_END_DECLS
