/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For TlFtpSites: the lines of its list. */
#pragma once

#include "tl-ftp-site.h"

G_BEGIN_DECLS

/* No line. (transfer full) */
GPtrArray *tl_ftp_site_rows_new     (void);
/* (transfer none) */
TlFtpSite *tl_ftp_site_rows_at      (GPtrArray  *rows,
                                     guint       i);
/* @rows with, for each id of @changes (gint64 → TlFtpSite), that site, or none where there is NULL; sorted. (transfer full) */
GPtrArray *tl_ftp_site_rows_changed (GPtrArray  *rows,
                                     GHashTable *changes);
/* What lies between the common beginning and end of both, as GListModel::items-changed tells it. False: nothing. */
gboolean   tl_ftp_site_rows_compare (GPtrArray  *before,
                                     GPtrArray  *after,
                                     guint      *position,
                                     guint      *removed,
                                     guint      *added);

G_END_DECLS
