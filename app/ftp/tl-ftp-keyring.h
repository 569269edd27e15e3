/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-asker.h"
#include "tl-ftp-sites.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_KEYRING (tl_ftp_keyring_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpKeyring, tl_ftp_keyring, TL, FTP_KEYRING, GObject)

/**
 * TlFtpKeyring:
 *
 * A TlFtpAsker that answers what was answered before, and asks the next one for the rest: the password of a registered account that keeps it is in the
 * secret service, a certificate may be trusted always. What the user wants kept is kept when it proved right: a certificate at once, a password when the login has succeeded.
 * Signal "failed" (string: the sentence): the password could not be kept; the connection goes on.
 */
/* @sites: (nullable): the trusted certificates, and where "keep-password" of a bookmark is kept; @next: (nullable): without it, what is not known is declined. */
TlFtpKeyring *tl_ftp_keyring_new       (TlFtpSites   *sites,
                                        TlFtpAsker   *next);
/* The connection is logged in at @site: to be called each time its client becomes TL_FTP_READY. The password that was typed and is to be kept goes into the secret
 * service, one that is no longer to be kept goes out of it. */
void          tl_ftp_keyring_logged_in (TlFtpKeyring *self,
                                        TlFtpSite    *site);

G_END_DECLS
