/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a row of a list is seen. @list: the list view, also that which is inside a column view. */

/* Anywhere: a row that is seen stays where it is. */
void     tl_log_scroll_to_row     (GtkWidget     *list,
                                   guint          row);
/* As the first one, or, where too few are behind it, as far up as may be. @adjustment: what the list is scrolled by; nothing that has @holder as its data is told of what is done to it. */
void     tl_log_scroll_row_to_top (GtkWidget     *list,
                                   GtkAdjustment *adjustment,
                                   gpointer       holder,
                                   guint          row);
/* Whether a list may scroll for it when it is laid out next. For a wheel it scrolls at once. */
gboolean tl_log_scroll_is_later   (GdkEvent      *event);

G_END_DECLS
