/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-database.h"
#include "tl-ftp-site.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_SITES (tl_ftp_sites_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpSites, tl_ftp_sites, TL, FTP_SITES, GObject)

/**
 * TlFtpSites:
 *
 * The bookmarks: a `GListModel` of TlFtpSite, kept in the database, and the certificates that the user trusts always. What is changed here shows at once; when the database
 * then refuses, it is taken back, and "failed" (string: the sentence) is emitted.
 */
TlFtpSites *tl_ftp_sites_new         (TlDatabase          *database);
void        tl_ftp_sites_load_async  (TlFtpSites          *self,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gboolean    tl_ftp_sites_load_finish (TlFtpSites          *self,
                                      GAsyncResult        *result,
                                      GError             **error);
/* Adds, or changes the one of the same "id". @site stays the caller's (the list has a copy of its own: edit a copy of an item, and save that); one of "id" 0
 * is given its "id". */
void        tl_ftp_sites_save        (TlFtpSites          *self,
                                      TlFtpSite           *site);
/* All or none; one write. */
void        tl_ftp_sites_save_all    (TlFtpSites          *self,
                                      GPtrArray           *sites);
void        tl_ftp_sites_remove      (TlFtpSites          *self,
                                      TlFtpSite           *site);
/* FileZilla's sitemanager.xml: folders become part of the name, passwords are not taken. Bounded at 8 MiB and 10,000 sites. *@n_left_out: other protocols.
 * (transfer container): not added yet. Pure. TL_FTP_ERROR_LOCAL. */
GPtrArray  *tl_ftp_sites_parse_filezilla (GBytes         *xml,
                                      guint              *n_left_out,
                                      GError            **error);
/* SHA-256 fingerprint trusted always for host and port; (nullable). */
const char *tl_ftp_sites_get_trusted (TlFtpSites          *self,
                                      const char          *host,
                                      guint16              port);
/* @fingerprint: (nullable): no longer. */
void        tl_ftp_sites_set_trusted (TlFtpSites          *self,
                                      const char          *host,
                                      guint16              port,
                                      const char          *fingerprint);

G_END_DECLS
