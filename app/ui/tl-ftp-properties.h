/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-entry.h"
#include "tl-ftp-site.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* All that is known of one remote file: HOST, DIR and FILE, its URL, the raw bytes of its name. @dir: the folder it is in, absolute and raw; @dir_name: for
 * display. */
void  tl_ftp_properties_show    (GtkWidget  *parent,
                                 TlFtpSite  *site,
                                 GBytes     *dir,
                                 const char *dir_name,
                                 TlFtpEntry *entry);
/* The URL of an entry, without a password; a folder's ends with a slash. (transfer full) */
char *tl_ftp_properties_dup_url (TlFtpSite  *site,
                                 GBytes     *dir,
                                 TlFtpEntry *entry);

G_END_DECLS
