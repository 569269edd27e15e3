/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-site.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_SITE_DIALOG (tl_ftp_site_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpSiteDialog, tl_ftp_site_dialog, TL, FTP_SITE_DIALOG, AdwWindow)

/**
 * TlFtpSiteDialog:
 *
 * Everything about one site. What is typed is checked while it is typed.
 *
 * Signal "saved" (TlFtpSite: a new object with the "id" of the one that was given, string, nullable: the password, when one was typed that is to be
 * kept).
 */
/* @site: (nullable): what to begin with; not changed. One with an "id" is being edited, one without is new. */
GtkWidget *tl_ftp_site_dialog_new (GtkWindow *parent,
                                   TlFtpSite *site);
/* @password: (nullable): what was typed for the account already; it counts when it is to be kept. */
void       tl_ftp_site_dialog_set_password (TlFtpSiteDialog *self,
                                            const char      *password);

G_END_DECLS
