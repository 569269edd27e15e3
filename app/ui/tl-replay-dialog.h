/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-history.h"
#include "tl-session-page.h"

G_BEGIN_DECLS

#define TL_TYPE_REPLAY_DIALOG (tl_replay_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TlReplayDialog, tl_replay_dialog, TL, REPLAY_DIALOG, AdwWindow)

/**
 * TlReplayDialog:
 *
 * What is played again: from where, which flow of it, to whom, and how fast. Playing goes on in the page of the session that plays, below its composer.
 */

/* @pages: of TlSessionPage, one of which plays. */
GtkWidget *tl_replay_dialog_new         (GtkWindow        *parent,
                                         GPtrArray        *pages);
void       tl_replay_dialog_set_file    (TlReplayDialog   *self,
                                         GFile            *file);
void       tl_replay_dialog_set_recorded (TlReplayDialog  *self,
                                         TlHistory        *history,
                                         TlHistorySession *session);
/* (transfer full): the pages (TlSessionPage) of all windows of the program. */
GPtrArray *tl_replay_dialog_find_pages  (GtkApplication   *application);
/* Gives @page the verb "replay.open". */
void       tl_replay_dialog_use         (GtkWidget        *page);

G_END_DECLS
