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
 * "directory" (TlFtpDirectory: what is shown; always the same object). Writable: "grid", "show-hidden", "show-sites", "show-local", "show-transcript",
 * "show-transfers" (boolean), "lower" (string: which of the last two is below the files: "transcript", "transfers" or "").
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
/* The same for an address (tl_ftp_uri_parse()): its last part may be a file, which is then selected. TL_FTP_ERROR_NAME. */
gboolean        tl_ftp_page_open_link     (TlFtpPage     *self,
                                           const char    *link,
                                           GError       **error);
/* Connects, and what an earlier run has left for this site goes on. */
void            tl_ftp_page_continue      (TlFtpPage     *self,
                                           TlFtpSite     *site);
/* Fills the fields with @site, without connecting, and shows what was edited there and was not uploaded. */
void            tl_ftp_page_show_edits    (TlFtpPage     *self,
                                           TlFtpSite     *site);
/* Fills the fields with what tl_ftp_saved_pack() has kept, and connects if it was connected. TL_FTP_ERROR_NAME. */
gboolean        tl_ftp_page_restore       (TlFtpPage     *self,
                                           GVariant      *saved,
                                           GError       **error);
/* Lists the folder anew; what was selected stays selected. */
void            tl_ftp_page_reload        (TlFtpPage     *self);
/* A sentence at the bottom, for some seconds. Not markup. */
void            tl_ftp_page_toast         (TlFtpPage     *self,
                                           const char    *text);

G_END_DECLS
