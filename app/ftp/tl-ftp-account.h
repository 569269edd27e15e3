/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_TYPE_FTP_ACCOUNT (tl_ftp_account_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpAccount, tl_ftp_account, TL, FTP_ACCOUNT, GObject)

/* How long a guest may come back after the last of their connections has ended, in seconds: some programs make a new one for each file, a telephone that sleeps loses
 * its own. */
#define TL_FTP_GUEST_GRACE 300

/**
 * TlFtpAccount:
 *
 * Somebody who may come into the shared folder. A guest's password is good for one visit of one computer: the first that uses it, until all its connections have been
 * closed for TL_FTP_GUEST_GRACE, or the time is over.
 *
 * Properties, read-only: "name" (string), "kind" (int), "writable" (boolean), "folder" (string: within the shared one, raw, "" for all of it), "expires" (int64, µs
 * since 1970; 0: never), "over" (boolean: of a guest; nobody can come in with it any more), "address" (string: of the computer whose visit it is; NULL: nobody has used
 * it), "back-until" (int64, µs since 1970: until when that computer, which has left, may come back; 0: it has not left).
 */
/* @hash: (nullable): of the password; anonymous visitors have none. @lifetime: seconds; 0: no end. @folder: as tl_ftp_request_resolve_path() has it. */
TlFtpAccount     *tl_ftp_account_new          (TlFtpAccountKind  kind,
                                               const char       *name,
                                               const char       *hash,
                                               const char       *folder,
                                               gboolean          writable,
                                               gint64            lifetime);
TlFtpAccountKind  tl_ftp_account_get_kind     (TlFtpAccount     *self);
const char       *tl_ftp_account_get_name     (TlFtpAccount     *self);
/* (nullable) */
const char       *tl_ftp_account_get_hash     (TlFtpAccount     *self);
const char       *tl_ftp_account_get_folder   (TlFtpAccount     *self);
gboolean          tl_ftp_account_get_writable (TlFtpAccount     *self);
/* Whether somebody at @address may use it now. */
gboolean          tl_ftp_account_admits       (TlFtpAccount     *self,
                                               const char       *address);
/* Whether one who is in has to go: the time is over. Setting the clock back does not lengthen it, and that the computer sleeps neither. */
gboolean          tl_ftp_account_has_expired  (TlFtpAccount     *self);
/* The same when it is @real (µs since 1970) and the computer has been running for @running (µs, CLOCK_BOOTTIME). */
gboolean          tl_ftp_account_has_expired_at (TlFtpAccount   *self,
                                               gint64            real,
                                               gint64            running);
/* A connection from @address has logged in, or one that had is over. */
void              tl_ftp_account_enter        (TlFtpAccount     *self,
                                               const char       *address);
void              tl_ftp_account_leave        (TlFtpAccount     *self);
/* Another one than TL_FTP_GUEST_GRACE, in seconds. For tests. */
void              tl_ftp_account_set_grace    (TlFtpAccount     *self,
                                               guint             seconds);
/* Notices that the time is over. */
void              tl_ftp_account_tick         (TlFtpAccount     *self);

/* The registered ones in @accounts (of TlFtpAccount) as they are kept: a(sssb), name, hash, folder, writable. (transfer floating) */
GVariant         *tl_ftp_accounts_pack        (GListModel       *accounts);
/* Adds those of @packed; what is not right is left out. */
void              tl_ftp_accounts_unpack      (GListStore       *accounts,
                                               GVariant         *packed);
/* A name for a registered account: NULL, or what is wrong with it, translated. */
const char       *tl_ftp_account_check_name   (const char       *name);

G_END_DECLS
