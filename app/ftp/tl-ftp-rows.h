/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-entry.h"

G_BEGIN_DECLS

/**
 * TlFtpRows:
 *
 * The objects of those entries of a listing that somebody holds: an entry has one as long as that. On the thread of the main loop. Not a GObject.
 */
typedef struct _TlFtpRows TlFtpRows;

TlFtpRows  *tl_ftp_rows_new         (void);
void        tl_ftp_rows_free        (TlFtpRows    *self);
/* (transfer full): the entry's object. */
TlFtpEntry *tl_ftp_rows_get         (TlFtpRows    *self,
                                     TlFtpListing *listing,
                                     guint         index,
                                     TlFtpCharset  charset,
                                     TlCharset     guess);
/* The objects live on with whoever holds them, and are no rows any more. */
void        tl_ftp_rows_forget      (TlFtpRows    *self);
/* Each reads its name anew. */
void        tl_ftp_rows_set_charset (TlFtpRows    *self,
                                     TlFtpCharset  charset,
                                     TlCharset     guess);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpRows, tl_ftp_rows_free)

/* Which of @rows, indices of @listing, has this name; G_MAXUINT when none has. */
guint       tl_ftp_rows_find         (TlFtpListing  *listing,
                                      const guint32 *rows,
                                      guint          n_rows,
                                      GBytes        *raw_name);

G_END_DECLS
