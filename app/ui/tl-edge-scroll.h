/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* While something is dragged near the upper or lower edge of @scrolled, it scrolls by itself, the faster the nearer. */
void   tl_edge_scroll_attach    (GtkScrolledWindow *scrolled);
/* So many pixels a second, up (negative) or down, at @y of @height. */
double tl_edge_scroll_get_speed (double             y,
                                 double             height);

G_END_DECLS
