/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_LOG_TEXT (tl_log_text_get_type ())
G_DECLARE_FINAL_TYPE (TlLogText, tl_log_text, TL, LOG_TEXT, GtkWidget)

/**
 * TlLogText:
 *
 * A text that wraps to the height that it needs, for the rows of a list: what GtkLabel does at a fraction of its cost, which in a flood of
 * messages decides whether the window still answers. The text is never markup.
 */

/* @max_chars: the natural width at most, in average characters; 0: no bound. @max_lines: what is longer ends in an ellipsis. */
GtkWidget  *tl_log_text_new (int            max_chars,
                             int            max_lines);
/* @attributes: (nullable) */
void        tl_log_text_set (TlLogText     *self,
                             const char    *text,
                             PangoAttrList *attributes);
const char *tl_log_text_get (TlLogText     *self);

G_END_DECLS
