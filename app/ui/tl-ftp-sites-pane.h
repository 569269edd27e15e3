/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-sites.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_SITES_PANE (tl_ftp_sites_pane_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpSitesPane, tl_ftp_sites_pane, TL, FTP_SITES_PANE, GtkWidget)

/**
 * TlFtpSitesPane:
 *
 * The bookmarks as a sidebar: find, add, change, remove, import from FileZilla.
 *
 * Signal "connect" (TlFtpSite: a copy that is the receiver's): Enter, a double click, or a click on the button of a row.
 */
/* @sites: (nullable): those of tl_ftp_home_get_sites(). */
GtkWidget *tl_ftp_sites_pane_new      (TlFtpSites     *sites);
/* Opens the dialog for a new bookmark that begins as a copy of @site (nullable: empty), such as the one that is connected. @password: (nullable): the
 * one that was typed for it: kept if the user wants it kept. */
void       tl_ftp_sites_pane_add_site (TlFtpSitesPane *self,
                                       TlFtpSite      *site,
                                       const char     *password);

G_END_DECLS
