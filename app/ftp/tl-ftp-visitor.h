/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_VISITOR (tl_ftp_visitor_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpVisitor, tl_ftp_visitor, TL, FTP_VISITOR, GObject)

/**
 * TlFtpVisitor:
 *
 * One control connection to the shared folder, and what is done over it.
 *
 * Properties, read-only: "endpoint" (string), "account" (string: "" before the login), "since" (int64, µs since 1970), "act" (string: what it does, translated),
 * "secure" (boolean: under TLS), "received", "sent" (uint64: bytes of files and listings; told of once a second).
 */
/* Ends it, with a reply. */
void tl_ftp_visitor_disconnect (TlFtpVisitor *self);

G_END_DECLS
