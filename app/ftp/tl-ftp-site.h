/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-name.h"
#include "tl-ftp-uri.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_SITE (tl_ftp_site_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpSite, tl_ftp_site, TL, FTP_SITE, GObject)

/**
 * TlFtpSite:
 *
 * Where and as whom to connect; what a bookmark keeps. The password is not part of it: it is in the secret service, or in the user's head.
 *
 * Writable properties: "id" (int64: of the database, 0 when it is not kept), "name" (string: "" shows the host), "host" (string), "port" (uint: 0 is the
 * usual one of the security), "security" (TlFtpSecurity), "account-kind" (TlFtpAccountKind), "user" (string), "anonymous-password" (string: the text like an
 * e-mail address), "keep-password" (boolean: registered accounts: in the secret service), "charset" (int: TlFtpCharset), "start-dir" (GBytes, boxed, nullable),
 * "active-mode" (boolean: PORT/EPRT when passive fails is allowed).
 */
TlFtpSite  *tl_ftp_site_new          (void);
/* @password: (out) (optional) (transfer full) (nullable): what the URL carried. */
TlFtpSite  *tl_ftp_site_new_from_uri (const TlFtpUri *uri,
                                      char          **password);
TlFtpSite  *tl_ftp_site_copy         (TlFtpSite      *self);
/* Without the password. (transfer full) */
TlFtpUri   *tl_ftp_site_to_uri       (TlFtpSite      *self);
/* Whether all properties are the same. */
gboolean    tl_ftp_site_equal        (TlFtpSite      *self,
                                      TlFtpSite      *other);
/* Whether both are the same account of the same server, however it is reached. */
gboolean    tl_ftp_site_same_account (TlFtpSite *self,
                                      TlFtpSite *other);
gint64      tl_ftp_site_get_id       (TlFtpSite      *self);
/* The port in effect. */
guint16     tl_ftp_site_get_port     (TlFtpSite      *self);
const char *tl_ftp_site_get_host     (TlFtpSite      *self);
/* The one to send: "anonymous" for that kind of account. */
const char *tl_ftp_site_get_user     (TlFtpSite      *self);
/* "host", or "host:port" when it is not the usual one; IPv6 in brackets. (transfer full) */
char       *tl_ftp_site_dup_address  (TlFtpSite      *self);
/* What a tab and a row call it. (transfer full) */
char       *tl_ftp_site_dup_title    (TlFtpSite      *self);

G_END_DECLS
