/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-client.h"
#include "tl-ftp-directory.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_PAGE (tl_ftp_page_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpPage, tl_ftp_page, TL, FTP_PAGE, GtkWidget)

/**
 * TlFtpPage:
 *
 * One FTP connection as a tab: where to, the folders, the transfers, what was said.
 *
 * Properties of TlTabContent; and, read-only: "client" (TlFtpClient, nullable before the first connection; another one after connecting elsewhere),
 * "directory" (TlFtpDirectory: what is shown; always the same object).
 */
GtkWidget      *tl_ftp_page_new           (GSettings     *settings);
/* (nullable) */
TlFtpClient    *tl_ftp_page_get_client    (TlFtpPage     *self);
TlFtpDirectory *tl_ftp_page_get_directory (TlFtpPage     *self);
/* (transfer none) (nullable): the folder that is shown, absolute and raw. */
GBytes         *tl_ftp_page_get_path      (TlFtpPage     *self);
/* (transfer full): the TlFtpEntry objects that are selected, in their order. */
GPtrArray      *tl_ftp_page_dup_selected  (TlFtpPage     *self);
/* Connects, to somewhere else if need be. @password: (nullable): asked for when it is needed. */
void            tl_ftp_page_connect       (TlFtpPage     *self,
                                           TlFtpSite     *site,
                                           const char    *password);
/* Lists the folder anew; what was selected stays selected. */
void            tl_ftp_page_reload        (TlFtpPage     *self);
/* A sentence at the bottom, for some seconds. Not markup. */
void            tl_ftp_page_toast         (TlFtpPage     *self,
                                           const char    *text);

/* Where the panes go: each takes a widget, shown while its toggle is on. The page puts them there in its template's init. */
/* Beside the list, at the start: the sites (F9). */
void            tl_ftp_page_set_sites_pane (TlFtpPage    *self,
                                           GtkWidget     *pane);
/* Beside the list: files of this machine (F3). */
void            tl_ftp_page_set_local_pane (TlFtpPage    *self,
                                           GtkWidget     *pane);
/* Below the list: the transfers. */
void            tl_ftp_page_set_transfers_pane (TlFtpPage *self,
                                           GtkWidget     *pane);

G_END_DECLS
