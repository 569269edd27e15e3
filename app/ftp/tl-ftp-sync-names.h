/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-listing.h"

G_BEGIN_DECLS

/**
 * TlFtpSyncNames:
 *
 * The names of a listing, to be found in by name. May be made on any thread, and takes one block of memory: to let go of it takes no time, however many they are.
 */
typedef struct _TlFtpSyncNames TlFtpSyncNames;

TlFtpSyncNames *tl_ftp_sync_names_new       (TlFtpListing   *listing);
void            tl_ftp_sync_names_free      (TlFtpSyncNames *self);
/* False when there is none of that name. */
gboolean        tl_ftp_sync_names_find      (TlFtpSyncNames *self,
                                             GBytes         *name,
                                             TlFtpListingItem *entry);
/* Entries that are of none of these names (@n, as bytes; none is NULL). */
guint           tl_ftp_sync_names_count_others (TlFtpSyncNames *self,
                                             GBytes *const  *names,
                                             guint           n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpSyncNames, tl_ftp_sync_names_free)

G_END_DECLS
