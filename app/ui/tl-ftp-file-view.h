/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-browser.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_FILE_VIEW (tl_ftp_file_view_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpFileView, tl_ftp_file_view, TL, FTP_FILE_VIEW, GtkWidget)

/**
 * TlFtpFileView:
 *
 * The folder that a browser shows, as a table or as icons; or why there is nothing to see, and what to do about it.
 *
 * Writable properties: "menu-model" (GMenuModel: the context menu), "grid" (boolean: icons), "filtering" (boolean: the filter field is open).
 * Signal "activate" (TlFtpEntry): Enter or a double click.
 * Typing letters goes to the next name that begins so.
 */
void               tl_ftp_file_view_set_browser   (TlFtpFileView *self,
                                                   TlFtpBrowser  *browser);
GtkSelectionModel *tl_ftp_file_view_get_selection (TlFtpFileView *self);
/* (transfer none): the TlFtpWelcome that is shown before the first connection. */
GtkWidget         *tl_ftp_file_view_get_welcome   (TlFtpFileView *self);
/* (transfer full): TlFtpEntry, in their order. */
GPtrArray         *tl_ftp_file_view_dup_selected  (TlFtpFileView *self);
/* The first of them. */
GPtrArray         *tl_ftp_file_view_dup_first_selected (TlFtpFileView *self,
                                                        guint          max);
/* Selects the one with that raw name alone and scrolls to it, now or when the folder has been listed next. */
void               tl_ftp_file_view_select        (TlFtpFileView *self,
                                                   GBytes        *raw_name);
/* Whether what is at a point of the widget is selected. */
gboolean           tl_ftp_file_view_is_selected_at (TlFtpFileView *self,
                                                   double         x,
                                                   double         y);
/* From the keyboard: at the row that has the focus. */
void               tl_ftp_file_view_popup_menu    (TlFtpFileView *self);

G_END_DECLS
