/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-checked-entry.h"

#include "tl-ftp-uri.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_ADDRESS_ENTRY (tl_ftp_address_entry_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpAddressEntry, tl_ftp_address_entry, TL, FTP_ADDRESS_ENTRY, TlCheckedEntry)

/* Takes all that tl_ftp_uri_parse() does, checked at each key press. */

/* What applies where the address itself does not say it: its note tells of that, and of the port that comes with it. */
void            tl_ftp_address_entry_set_security (TlFtpAddressEntry *self,
                                                   TlFtpSecurity      security);
/* Of the two the one that applies. */
TlFtpSecurity   tl_ftp_address_entry_get_security (TlFtpAddressEntry *self);
/* The address says another thing from now on, if it said anything. */
void            tl_ftp_address_entry_override_security (TlFtpAddressEntry *self,
                                                        TlFtpSecurity      security);

/* (transfer none) (nullable): NULL while it is not valid. */
const TlFtpUri *tl_ftp_address_entry_get_uri (TlFtpAddressEntry *self);

G_END_DECLS
