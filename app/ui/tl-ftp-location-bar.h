/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-browser.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_LOCATION_BAR (tl_ftp_location_bar_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpLocationBar, tl_ftp_location_bar, TL, FTP_LOCATION_BAR, GtkWidget)

/**
 * TlFtpLocationBar:
 *
 * Where and as whom to connect, and how the connection is. Its focus is the address.
 *
 * Property, read-only: "valid" (boolean: what is in the fields can be connected to).
 * Signal "connect": Enter in a field.
 */
void       tl_ftp_location_bar_set_browser (TlFtpLocationBar *self,
                                            TlFtpBrowser     *browser);
/* Fills the fields. @password: (nullable). */
void       tl_ftp_location_bar_set_site    (TlFtpLocationBar *self,
                                            TlFtpSite        *site,
                                            const char       *password);
/* (transfer full) (nullable): what the fields say; NULL while they are wrong. *@password: (out) (optional) (transfer full) (nullable). *@file: (out) (optional) (transfer full)
 * (nullable): the last part of an address without a slash at its end: a file, or a folder. */
TlFtpSite *tl_ftp_location_bar_dup_site    (TlFtpLocationBar *self,
                                            char            **password,
                                            GBytes          **file);
void       tl_ftp_location_bar_focus_account (TlFtpLocationBar *self);

G_END_DECLS
