/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-highlight-rules.h"

#include "tl-ordered-row.h"

G_BEGIN_DECLS

#define TL_TYPE_HIGHLIGHT_ROW (tl_highlight_row_get_type ())
G_DECLARE_FINAL_TYPE (TlHighlightRow, tl_highlight_row, TL, HIGHLIGHT_ROW, TlOrderedRow)

/* One rule in the list of rules, with all that can be changed of it. */
GtkWidget  *tl_highlight_row_new (GListStore       *rules,
                                  TlHighlightRule  *rule);
/* The style class of a colour. */
const char *tl_highlight_css_class (TlHighlightColor color);
/* Its name, translated. */
const char *tl_highlight_color_name (TlHighlightColor color);

G_END_DECLS
