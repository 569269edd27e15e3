/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-highlight-rules.h"

G_BEGIN_DECLS

/* The rules of all windows. (transfer none): lives as long as the program. */
TlHighlightRules *tl_highlight_home_get   (void);
/* From now on they are kept in the settings, and follow them. To be called once. */
void              tl_highlight_home_start (GSettings *settings);
/* The end of the program. */
void              tl_highlight_home_close (void);

G_END_DECLS
