/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_LOG_FOLLOW (tl_log_follow_get_type ())
G_DECLARE_FINAL_TYPE (TlLogFollow, tl_log_follow, TL, LOG_FOLLOW, GObject)

/**
 * TlLogFollow:
 *
 * Keeps a list at its end while it is there, and leaves it alone once the user has scrolled away: by wheel, scrollbar, key or focus. What the list itself
 * does to the value of its adjustment when it is laid out is not the user's doing.
 *
 * Properties: "at-end" (boolean, read-only), "paused" (boolean): do not follow, even at the end. Signal: "acted": the user pressed, turned or touched something in the list, or scrolled it.
 */

/* @list: the scrollable list inside; @scrolled: what it is scrolled by. Neither is kept alive. */
TlLogFollow *tl_log_follow_new            (GtkWidget         *list,
                                           GtkScrolledWindow *scrolled);
/* (nullable) */
void         tl_log_follow_set_model      (TlLogFollow       *self,
                                           GListModel        *model);
/* Where the row is that is number @position; GTK_INVALID_LIST_POSITION: it is waited for. */
typedef guint (*TlLogRowFunc)             (gpointer           data,
                                           guint              position);
/* Without it, a row is where its number says. */
void         tl_log_follow_set_find_row   (TlLogFollow       *self,
                                           TlLogRowFunc       func,
                                           gpointer           data);
gboolean     tl_log_follow_get_at_end     (TlLogFollow       *self);
void         tl_log_follow_set_paused     (TlLogFollow       *self,
                                           gboolean           paused);
/* Whether new rows are scrolled to. */
gboolean     tl_log_follow_is_following   (TlLogFollow       *self);
/* Whether new rows come faster than they can be looked at, and are scrolled to. */
gboolean     tl_log_follow_is_flooded     (TlLogFollow       *self);
/* Whether there is nowhere to scroll to. */
gboolean     tl_log_follow_sees_all       (TlLogFollow       *self);
/* A key moves the focus up: rows that come do not take the user back. Where all rows are seen the end is still followed. */
void         tl_log_follow_leave          (TlLogFollow       *self);
/* Goes to a row and stays there. */
void         tl_log_follow_scroll_to      (TlLogFollow       *self,
                                           guint              position);
/* The same for a row that is to stay where others have come or gone: it becomes the first one that is seen. @settled: all that is behind it is there; where the end is seen then, it is
 * followed. */
void         tl_log_follow_keep           (TlLogFollow       *self,
                                           guint              position,
                                           gboolean           settled);
/* Whether it is on its way to a row. */
gboolean     tl_log_follow_is_going       (TlLogFollow       *self);
/* Rows have come or gone: the row that is gone to has another number. */
void         tl_log_follow_move_target    (TlLogFollow       *self,
                                           guint              position,
                                           guint              removed,
                                           guint              added);
void         tl_log_follow_scroll_to_end  (TlLogFollow       *self);

G_END_DECLS
