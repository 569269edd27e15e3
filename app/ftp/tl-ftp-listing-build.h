/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the listing's own files: how a listing is put together. */
#pragma once

#include "tl-ftp-listing.h"

G_BEGIN_DECLS

TlFtpListing *tl_ftp_listing_new          (void);
/* Forgets all, to be filled anew. */
void          tl_ftp_listing_clear        (TlFtpListing           *self);
void          tl_ftp_listing_set_format   (TlFtpListing           *self,
                                           TlFtpListingFormat      format);
void          tl_ftp_listing_set_cut      (TlFtpListing           *self,
                                           gboolean                is_cut);
void          tl_ftp_listing_set_said     (TlFtpListing           *self,
                                           gboolean                is_said);
void          tl_ftp_listing_set_clock_offset (TlFtpListing        *self,
                                           int                     seconds);
/* Both copy the bytes. False when the listing is full. */
gboolean      tl_ftp_listing_add_entry    (TlFtpListing           *self,
                                           const TlFtpListingItem *item);
gboolean      tl_ftp_listing_add_unparsed (TlFtpListing           *self,
                                           const guint8           *line,
                                           gsize                   length);
/* Gives back the memory that was taken ahead. */
void          tl_ftp_listing_seal         (TlFtpListing           *self);

G_END_DECLS
