/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_ASCII (tl_ftp_ascii_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpAscii, tl_ftp_ascii, TL, FTP_ASCII, GObject)

/**
 * TlFtpAscii:
 *
 * TYPE A (RFC 959, 3.1.1.1) as a GConverter: lines of this computer end in LF, those on the way in CR LF. On the way out a CR LF that is there already stays one; on the
 * way in a CR without an LF stays one. Bytes, whatever the character set.
 */
/* @out: LF → CR LF; else CR LF → LF. */
GConverter *tl_ftp_ascii_new (gboolean out);

G_END_DECLS
