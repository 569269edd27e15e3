/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-search.h"

G_BEGIN_DECLS

/* What the files of TlFtpSearch share; for them alone. */

TlFtpHit *tl_ftp_hit_new (GBytes       *folder,
                          guint64       number,
                          TlFtpListing *listing,
                          guint         index,
                          TlFtpCharset  charset,
                          TlCharset     guess);

/**
 * TlFtpSearchLook:
 * @hits: (element-type guint32): which entries match
 * @folders: (element-type GBytes): the paths of those that can be entered
 * @n_unsafe: folders whose names cannot be sent
 *
 * What a thread finds in one listing.
 */
typedef struct {
  GBytes        *path;
  TlFtpListing  *listing;
  TlFtpCriteria *criteria;
  TlFtpCharset   charset;
  GCancellable  *cancellable;
  TlCharset      guess;
  guint64        fingerprint;
  GArray        *hits;
  GPtrArray     *folders;
  guint          n_unsafe;
} TlFtpSearchLook;

void             tl_ftp_search_look_async  (GBytes              *path,
                                            TlFtpListing        *listing,
                                            TlFtpCriteria       *criteria,
                                            TlFtpCharset         charset,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
/* (transfer none): as long as @result. */
TlFtpSearchLook *tl_ftp_search_look_finish (GAsyncResult        *result);

G_END_DECLS
