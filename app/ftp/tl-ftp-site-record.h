/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-database.h"
#include "tl-ftp-site.h"

G_BEGIN_DECLS

/* Sites and trusted certificates as rows of the database; jobs for its thread. */

typedef struct {
  char    *host;
  guint16  port;
  char    *fingerprint;   /* NULL: no longer trusted */
} TlFtpTrust;

/* @host in lower case: names are compared so. */
TlFtpTrust *tl_ftp_trust_new  (const char *host,
                               guint16     port,
                               const char *fingerprint);
void        tl_ftp_trust_free (TlFtpTrust *self);

typedef struct {
  GPtrArray *sites;       /* TlFtpSite */
  GPtrArray *trusted;     /* TlFtpTrust */
} TlFtpSiteRecords;

void     tl_ftp_site_records_free  (TlFtpSiteRecords  *self);
/* TlDatabaseFunc. @data: nothing; TlFtpSiteRecords. */
gpointer tl_ftp_site_records_load  (sqlite3           *db,
                                    gpointer           data,
                                    GError           **error);
/* The first twelve columns of a row, and the first twelve parameters of a statement, in the order of the table `ftp_sites`. (transfer full) */
TlFtpSite *tl_ftp_site_record_read (sqlite3_stmt      *row);
void     tl_ftp_site_record_bind   (sqlite3_stmt      *statement,
                                    TlFtpSite         *site);
/* @data: GPtrArray of TlFtpSite, all or none. */
gpointer tl_ftp_site_records_save  (sqlite3           *db,
                                    gpointer           data,
                                    GError           **error);
/* @data: TlFtpSite. */
gpointer tl_ftp_site_record_remove (sqlite3           *db,
                                    gpointer           data,
                                    GError           **error);
/* @data: TlFtpTrust. */
gpointer tl_ftp_trust_save         (sqlite3           *db,
                                    gpointer           data,
                                    GError           **error);

G_END_DECLS
