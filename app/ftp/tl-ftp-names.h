/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-listing.h"
#include "tl-ftp-name.h"

G_BEGIN_DECLS

/**
 * TlFtpNames:
 *
 * The names of a listing as they are compared: by a sort key in the user's language ("2" before "10"), and folded, for a filter or type-ahead.
 * Made once for a listing and a character set, on any thread; immutable then, reference counted.
 */
typedef struct _TlFtpNames TlFtpNames;

/* NULL when cancelled. */
TlFtpNames *tl_ftp_names_new          (TlFtpListing *listing,
                                       TlFtpCharset  charset,
                                       TlCharset     guess,
                                       GCancellable *cancellable);
TlFtpNames *tl_ftp_names_ref          (TlFtpNames   *self);
void        tl_ftp_names_unref        (TlFtpNames   *self);
/* To be compared as bytes, up to its NUL. */
const char *tl_ftp_names_get_key      (TlFtpNames   *self,
                                       guint         index);
const char *tl_ftp_names_get_folded   (TlFtpNames   *self,
                                       guint         index);
/* Of @rows, indices into the listing, the first position from @start on, around the end, whose name begins with @prefix; G_MAXUINT. */
guint       tl_ftp_names_find_prefix  (TlFtpNames    *self,
                                       const char    *prefix,
                                       const guint32 *rows,
                                       guint          n_rows,
                                       guint          start);
/* (transfer full): text as the folded names are. */
char       *tl_ftp_names_fold         (const char   *text);
/* What AUTO reads names as that are not UTF-8: from all of them together, as one is too short to tell. @listing: nullable */
TlCharset   tl_ftp_names_guess        (TlFtpListing *listing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpNames, tl_ftp_names_unref)

G_END_DECLS
