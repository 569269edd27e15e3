/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-listing.h"

G_BEGIN_DECLS

#define TL_FTP_WALK_MAX_DEPTH 100
#define TL_FTP_WALK_MAX_ITEMS 1000000

/* Bounds of a walk through folders that a server shows. Pure. */

/* What is in a folder, as one number; 0 for one that tells too little: without a file, or without a folder. */
guint64  tl_ftp_walk_fingerprint (const TlFtpListing *listing);
/* Some servers show links as the folders that they lead to: then a folder contains itself. @chain: the fingerprints of the folders on the way, the innermost first.
 * True when the innermost one has come three times in the same distance. */
gboolean tl_ftp_walk_is_loop     (const guint64      *chain,
                                  guint               n);

G_END_DECLS
