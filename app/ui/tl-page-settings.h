/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-composer.h"
#include "tl-log-view.h"
#include "tl-quick-side.h"
#include "tl-side-pane.h"

G_BEGIN_DECLS

/* @settings: of org.tonglu.Tonglu. */
void tl_page_settings_use (GSettings  *settings,
                           TlComposer *composer,
                           TlLogView  *log,
                           TlSidePane *pane,
                           TlQuickSide *quick);

/* The session is kept in the user's history, if the key "history" says so; gives @page the action "history.private", which keeps this one out of it,
 * and what is typed in @composer out of the texts that are called up again. */
void tl_page_settings_use_history (GSettings  *settings,
                                   GtkWidget  *page,
                                   TlSession  *session,
                                   TlComposer *composer);

G_END_DECLS
