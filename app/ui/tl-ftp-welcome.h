/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-sites.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_WELCOME (tl_ftp_welcome_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpWelcome, tl_ftp_welcome, TL, FTP_WELCOME, GtkWidget)

/**
 * TlFtpWelcome:
 *
 * What an FTP page shows before its first connection: where to type an address, the bookmarks to click on, what else there is.
 * Signal "connect-site" (TlFtpSite: a copy that is the receiver's).
 */
/* Those of tl_ftp_home_get_sites(), unless others are set. */
void tl_ftp_welcome_set_sites (TlFtpWelcome *self,
                               TlFtpSites   *sites);

G_END_DECLS
