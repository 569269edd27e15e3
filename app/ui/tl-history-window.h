/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-history-search.h"
#include "tl-log-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_HISTORY_WINDOW (tl_history_window_get_type ())
G_DECLARE_FINAL_TYPE (TlHistoryWindow, tl_history_window, TL, HISTORY_WINDOW, AdwWindow)

/**
 * TlHistoryWindow:
 *
 * What was said, on other days too: the sessions of the history, each to be read in the normal log view, and a search over all of them.
 *
 * Actions: "records.export", "records.replay" (through an open session), "records.reload" (what has come since a session was opened), "records.back" (in a narrow window), "records.find" (Ctrl+Shift+F).
 */
GtkWidget *tl_history_window_new      (TlHistory        *history,
                                       TlCharset         charset);
/* Shows a session; NULL: none. */
void       tl_history_window_open     (TlHistoryWindow  *self,
                                       TlHistorySession *session);
/* Shows its session at the message that was found. */
void       tl_history_window_open_hit (TlHistoryWindow  *self,
                                       TlHistoryHit     *hit);
TlLogView *tl_history_window_get_log  (TlHistoryWindow  *self);

G_END_DECLS
