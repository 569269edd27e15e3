/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-session-page.h"

G_BEGIN_DECLS

#define TL_TYPE_TABS (tl_tabs_get_type ())
G_DECLARE_FINAL_TYPE (TlTabs, tl_tabs, TL, TABS, GtkWidget)

/**
 * TlTabs:
 *
 * One page of the window: its sessions as tabs, and what to do while there are none. Property (construct): "page", "udp" or "tcp".
 * Signal "create-window" → TlTabs: where a tab that is dragged out goes.
 * Signal "emptied": the last tab has gone to another window; not when it was closed.
 */
AdwTabView *tl_tabs_get_view    (TlTabs    *self);
/* @content is a TlSessionPage, or a TlPair of two. Selects it. */
AdwTabPage *tl_tabs_add         (TlTabs    *self,
                                 GtkWidget *content);
/* Moves @page to the end of @other, and selects it there. */
void        tl_tabs_transfer    (TlTabs     *self,
                                 AdwTabPage *page,
                                 TlTabs     *other);
/* (nullable): of the selected tab; of a pair, the one that was used last. */
TlSessionPage *tl_tabs_get_current (TlTabs *self);
/* The sessions of all tabs, in order; a pair has two. (transfer container) */
GPtrArray  *tl_tabs_dup_sessions (TlTabs   *self);
/* Of one tab. (transfer container) */
GPtrArray  *tl_tabs_dup_sessions_of (GtkWidget *content);

G_END_DECLS
