/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-highlight-rules.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_HIGHLIGHT_WINDOW (tl_highlight_window_get_type ())
G_DECLARE_FINAL_TYPE (TlHighlightWindow, tl_highlight_window, TL, HIGHLIGHT_WINDOW, AdwWindow)

/* Where the highlight rules are written; what is changed counts at once. @parent: (nullable) */
GtkWidget *tl_highlight_window_new (TlHighlightRules *rules,
                                    GtkWindow        *parent);

G_END_DECLS
