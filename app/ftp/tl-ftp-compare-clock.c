/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comparing finds out about the clock of a server is known to its client, and what that knows to the next comparison. */

#include "tl-ftp-compare.h"

static gboolean
has_zone (TlFtpListing *listing)
{
  return listing != NULL && tl_ftp_listing_get_format (listing) != TL_FTP_LISTING_MLSD;
}

void
tl_ftp_compare_options_take_clock (TlFtpCompareOptions *self,
                                   TlFtpClient         *client,
                                   TlFtpListing        *listing)
{
  /* It has been found out since the listing came. */
  if (has_zone (listing) && tl_ftp_client_get_clock_offset (client) != tl_ftp_listing_get_clock_offset (listing))
    self->shift = tl_ftp_client_get_clock_offset (client) - tl_ftp_listing_get_clock_offset (listing);
}

int
tl_ftp_comparison_get_clock_offset (TlFtpComparison *self)
{
  TlFtpListing *listing = tl_ftp_comparison_get_remote (self);

  return has_zone (listing) ? tl_ftp_listing_get_clock_offset (listing) + tl_ftp_comparison_get_shift (self) : 0;
}

void
tl_ftp_comparison_tell_clock (TlFtpComparison *self,
                              TlFtpClient     *client)
{
  if (has_zone (tl_ftp_comparison_get_remote (self)) && tl_ftp_comparison_get_shift (self) != 0)
    tl_ftp_client_set_clock_offset (client, tl_ftp_comparison_get_clock_offset (self));
}
