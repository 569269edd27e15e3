/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tl-tab-content.h"

G_BEGIN_DECLS

#define TL_TYPE_TABS (tl_tabs_get_type ())
G_DECLARE_FINAL_TYPE (TlTabs, tl_tabs, TL, TABS, GtkWidget)

/**
 * TlTabs:
 *
 * One page of the window: its contents as tabs, and what to do while there are none. Property (construct): "page", "udp", "tcp" or "ftp".
 * Signal "create-window" → TlTabs: where a tab that is dragged out goes.
 * Signal "emptied": the last tab has gone to another window; not when it was closed.
 */
AdwTabView *tl_tabs_get_view    (TlTabs    *self);
/* @content is a TlTabContent. Selects it. */
AdwTabPage *tl_tabs_add         (TlTabs    *self,
                                 GtkWidget *content);
/* Moves @page to the end of @other, and selects it there. */
void        tl_tabs_transfer    (TlTabs     *self,
                                 AdwTabPage *page,
                                 TlTabs     *other);
/* (nullable): of the selected tab. */
TlTabContent *tl_tabs_get_current (TlTabs  *self);
/* Of all tabs, in order. (transfer container) */
GPtrArray  *tl_tabs_dup_contents (TlTabs   *self);

G_END_DECLS
