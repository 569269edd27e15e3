/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-checked-entry.h"

#include "tl-ftp-uri.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_ADDRESS_ENTRY (tl_ftp_address_entry_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpAddressEntry, tl_ftp_address_entry, TL, FTP_ADDRESS_ENTRY, TlCheckedEntry)

/* Takes all that tl_ftp_uri_parse() does, checked at each key press. */

/* (transfer none) (nullable): NULL while it is not valid. */
const TlFtpUri *tl_ftp_address_entry_get_uri (TlFtpAddressEntry *self);

G_END_DECLS
