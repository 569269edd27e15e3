/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-directory.h"
#include "tl-ftp-spare-rows.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_FILE_LIST (tl_ftp_file_list_get_type ())
G_DECLARE_DERIVABLE_TYPE (TlFtpFileList, tl_ftp_file_list, TL, FTP_FILE_LIST, AdwBin)

struct _TlFtpFileListClass
{
  AdwBinClass parent_class;
};

/**
 * TlFtpFileList:
 *
 * What the two looks of a folder have in common: a lazy list over a selection of TlFtpEntry, in a scrolled window.
 *
 * Signals: "activate" (uint position); "menu" (uint position or GTK_INVALID_LIST_POSITION beside the rows, double x, double y: in the coordinates of this widget).
 */

/* For the subclasses: @view scrolls, @list is the GtkListBase inside (or @view itself). @spare: whether rows of spare entries are hidden.
 * Returns (transfer none): what the view shows. */
TlFtpSpareRows *tl_ftp_file_list_set_view (TlFtpFileList *self,
                                           GtkWidget     *view,
                                           GtkWidget     *list,
                                           gboolean       spare);
/* Call in "setup" for the child of each item: it is how a click finds its row. */
void     tl_ftp_file_list_adopt_child (GtkListItem       *item,
                                       GtkWidget         *child);
/* (transfer full) (nullable): what the pointer is told over a part of a row. */
typedef char *(*TlFtpTipFunc) (TlFtpEntry *entry);
/* Call in "setup". Only asked for when the pointer rests there: on X11 each gtk_widget_set_tooltip_text() waits for the server to say where the pointer is,
 * and one change of the folder binds 200 rows. */
void     tl_ftp_file_list_set_tip     (GtkListItem       *item,
                                       GtkWidget         *part,
                                       TlFtpTipFunc       func);
/* (transfer full) (nullable): what is wrong with the name. */
char    *tl_ftp_file_list_tell_problem (TlFtpEntry       *entry);
/* A badge for names with a problem, hidden. */
GtkWidget *tl_ftp_file_list_new_badge (GtkListItem       *item);
/* Shows the name in @inscription, and its @badge, now and when the character set changes; until unbound. */
void     tl_ftp_file_list_bind_name   (GtkListItem       *item,
                                       GtkWidget         *inscription,
                                       GtkWidget         *badge);
void     tl_ftp_file_list_unbind_name (GtkListItem       *item);

GtkScrolledWindow *tl_ftp_file_list_get_scrolled (TlFtpFileList *self);

/* @selection (nullable): of @directory's entries, while the look is the one that is seen; from @start on. */
void     tl_ftp_file_list_set_model   (TlFtpFileList     *self,
                                       GtkSelectionModel *selection,
                                       TlFtpDirectory    *directory,
                                       guint              start);
/* The first entry that is seen whole, 0 at the start of the list and when there is none. */
guint    tl_ftp_file_list_get_first_seen (TlFtpFileList  *self);
/* The entry that has the focus, or the first one that is seen where that one is not; GTK_INVALID_LIST_POSITION: the focus is elsewhere. */
guint    tl_ftp_file_list_get_focused (TlFtpFileList     *self);
/* Scrolls to it and gives it the focus, as soon as it has a widget. */
void     tl_ftp_file_list_focus_row   (TlFtpFileList     *self,
                                       guint              position);
/* Without the focus, and once the list has its size. */
void     tl_ftp_file_list_scroll_to   (TlFtpFileList     *self,
                                       guint              position);
/* To be called before other rows come: the row with the focus goes, and GTK would take the focus to the first button of the window. Until
 * it is given back it is the list's own. Does nothing when the focus is elsewhere. */
void     tl_ftp_file_list_hold_focus  (TlFtpFileList     *self);
/* To the row where it was or the last one, in another folder (@fresh) to the first one; unless it was moved elsewhere in the meantime. */
void     tl_ftp_file_list_give_focus_back (TlFtpFileList *self,
                                           gboolean       fresh);
/* The entry at a point, or GTK_INVALID_LIST_POSITION. */
guint    tl_ftp_file_list_row_at      (TlFtpFileList     *self,
                                       double             x,
                                       double             y);

G_END_DECLS
