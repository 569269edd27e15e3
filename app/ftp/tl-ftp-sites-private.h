/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For TlFtpSites' own files. */
#pragma once

#include "tl-ftp-site-record.h"
#include "tl-ftp-sites.h"

G_BEGIN_DECLS

struct _TlFtpSites
{
  GObject      parent_instance;

  TlDatabase  *database;
  GPtrArray   *rows;        /* what is shown: tl_ftp_site_rows_new() */
  GHashTable  *kept;        /* id → TlFtpSite: what the database has */
  GHashTable  *pending;     /* id → number of jobs that are not done */
  GHashTable  *trusted;     /* "port host" → TlFtpTrust */
  gint64       last_id;
};

/* Tells whoever listens what the database said. */
void tl_ftp_sites_fail       (TlFtpSites   *self,
                              const GError *error);
/* (transfer full) @trust, whose fingerprint may be NULL: no longer. */
void tl_ftp_sites_take_trust (TlFtpSites   *self,
                              TlFtpTrust   *trust);

G_END_DECLS
