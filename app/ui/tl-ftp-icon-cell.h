/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_ICON_CELL (tl_ftp_icon_cell_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpIconCell, tl_ftp_icon_cell, TL, FTP_ICON_CELL, GtkWidget)

/**
 * TlFtpIconCell:
 *
 * An icon, its name in two lines below, and a badge for a name with a problem. It has no children, and always the same size: a grid of GTK 4.8 has some 300
 * cells, all of which are measured and styled in each frame that brings another one into view.
 */
GtkWidget *tl_ftp_icon_cell_new          (void);
/* @problem: (nullable): what is told of the badge; without one there is none. */
void       tl_ftp_icon_cell_show         (TlFtpIconCell *self,
                                          GIcon         *icon,
                                          const char    *name,
                                          const char    *problem);
const char *tl_ftp_icon_cell_get_name    (TlFtpIconCell *self);
/* What each of them takes in @widget's font, in pixels. */
int        tl_ftp_icon_cell_get_width_in (GtkWidget     *widget);

G_END_DECLS
