/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-sites.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What is done to bookmarks besides showing them. What the password store says against it comes with "failed" of the sites. */

/* @before: (nullable): as it was; @password: (nullable): to be kept. A password that is no longer wanted is deleted. */
void tl_ftp_site_acts_save   (TlFtpSites      *sites,
                              TlFtpSite       *before,
                              TlFtpSite       *site,
                              const char      *password);
/* With a notice that takes it back; the password is deleted when that is gone. */
void tl_ftp_site_acts_remove (TlFtpSites      *sites,
                              TlFtpSite       *site,
                              AdwToastOverlay *toasts);
/* Asks for a site in the window of @widget, and saves it. @site: (nullable): what stands there first; one that is not kept yet has the "id" 0. @password: (nullable):
 * what was typed for its account already. That a new one was saved is told by the action "ftp.toast" of @widget, unless @widget itself is to be seen. */
void tl_ftp_site_acts_edit   (TlFtpSites      *sites,
                              TlFtpSite       *site,
                              const char      *password,
                              GtkWidget       *widget);
/* The question for FileZilla's file, where that usually is; not shown yet. (transfer full) */
GtkFileChooserNative *tl_ftp_site_acts_choose_import (GtkWindow *parent);
/* FileZilla's sitemanager.xml; a notice tells what came of it. */
void tl_ftp_site_acts_import (TlFtpSites      *sites,
                              GFile           *file,
                              AdwToastOverlay *toasts);

G_END_DECLS
