/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-message-search.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_FIND_BAR (tl_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (TlFindBar, tl_find_bar, TL, FIND_BAR, GtkWidget)

/**
 * TlFindBar:
 *
 * Looks for text or hex bytes in the rows of a log. While the bar is closed nothing is looked for.
 *
 * Property "open" (boolean).
 * Signals: "found" (uint position): the row to show; "filter": only what is found is to be shown;
 * "pattern-changed": something else is looked for.
 */
void        tl_find_bar_set_search  (TlFindBar       *self,
                                     TlMessageSearch *search);
/* The character set that the text is looked for in. */
void        tl_find_bar_set_charset (TlFindBar       *self,
                                     TlCharset        charset);
/* Its rows stand for several equal messages: it says that rows are counted. */
void        tl_find_bar_set_collapsed (TlFindBar     *self,
                                     gboolean         collapsed);
/* Opens the bar and puts the cursor into it. */
void        tl_find_bar_open        (TlFindBar       *self);
void        tl_find_bar_close       (TlFindBar       *self);
/* The next or previous match; opens the bar when it is closed. */
void        tl_find_bar_step        (TlFindBar       *self,
                                     gboolean         forward);
/* Opens the bar with @pattern in it, and leaves the cursor and the rows where they are. */
void        tl_find_bar_find        (TlFindBar       *self,
                                     TlPattern       *pattern);
/* (transfer none) (nullable): what is looked for; NULL while nothing is, or nothing that can be. */
TlPattern  *tl_find_bar_get_pattern (TlFindBar       *self);

G_END_DECLS
