/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-listing.h"
#include "tl-ftp-name.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_ENTRY (tl_ftp_entry_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpEntry, tl_ftp_entry, TL, FTP_ENTRY, GObject)

/**
 * TlFtpEntry:
 *
 * One remote file of a listing as an object, made for rows that are looked at. Immutable but for its "name", which follows the character set.
 *
 * Properties, read-only: "name" (string: for display), "kind" (TlFtpEntryKind), "size" (int64, -1), "time" (int64: seconds since 1970 UTC),
 * "precision", "permissions", "owner", "group", "target" (strings, for display), "badge" (boolean: the name is not valid in the character set),
 * "unsafe" (boolean: cannot be operated on).
 */
/* Keeps the listing. */
TlFtpEntry         *tl_ftp_entry_new          (TlFtpListing *listing,
                                               guint         index,
                                               TlFtpCharset  charset);
/* With the guess that holds for the whole folder. */
TlFtpEntry         *tl_ftp_entry_new_guessed  (TlFtpListing *listing,
                                               guint         index,
                                               TlFtpCharset  charset,
                                               TlCharset     guess);
TlFtpListing       *tl_ftp_entry_get_listing  (TlFtpEntry   *self);
guint               tl_ftp_entry_get_index    (TlFtpEntry   *self);
/* (transfer none): the raw bytes that the server sent, which go back to it. */
GBytes             *tl_ftp_entry_get_raw_name (TlFtpEntry   *self);
const char         *tl_ftp_entry_get_name     (TlFtpEntry   *self);
TlFtpEntryKind      tl_ftp_entry_get_kind     (TlFtpEntry   *self);
gint64              tl_ftp_entry_get_size     (TlFtpEntry   *self);
gint64              tl_ftp_entry_get_time     (TlFtpEntry   *self);
TlFtpTimePrecision  tl_ftp_entry_get_precision (TlFtpEntry  *self);
int                 tl_ftp_entry_get_mode     (TlFtpEntry   *self);
gboolean            tl_ftp_entry_is_unsafe    (TlFtpEntry   *self);

/* For whoever makes entries: reads the name anew, and notifies. @guess: what AUTO takes for what is not UTF-8. */
void                tl_ftp_entry_set_charset  (TlFtpEntry   *self,
                                               TlFtpCharset  charset,
                                               TlCharset     guess);

G_END_DECLS
