/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-error.h"

G_BEGIN_DECLS

#define TL_FTP_PORT 21
#define TL_FTPS_PORT 990

#define TL_TYPE_FTP_SECURITY (tl_ftp_security_get_type ())

/**
 * TlFtpSecurity:
 * @TL_FTP_SECURITY_AUTO: explicit TLS if the server has it; the asker is asked before anything secret goes out in clear text
 * @TL_FTP_SECURITY_EXPLICIT: AUTH TLS (RFC 4217), or no connection
 * @TL_FTP_SECURITY_IMPLICIT: TLS from the first byte
 * @TL_FTP_SECURITY_NONE: clear text, because the user wants it so
 */
typedef enum {
  TL_FTP_SECURITY_AUTO,
  TL_FTP_SECURITY_EXPLICIT,
  TL_FTP_SECURITY_IMPLICIT,
  TL_FTP_SECURITY_NONE,
} TlFtpSecurity;

GType       tl_ftp_security_get_type  (void);
/* Translated. */
const char *tl_ftp_security_get_label (TlFtpSecurity security);

#define TL_TYPE_FTP_ACCOUNT_KIND (tl_ftp_account_kind_get_type ())

/**
 * TlFtpAccountKind:
 * @TL_FTP_ACCOUNT_ANONYMOUS: user "anonymous", the password is a text like an e-mail address
 * @TL_FTP_ACCOUNT_GUEST: user and password are asked for, and never stored
 * @TL_FTP_ACCOUNT_REGISTERED: user and password; stored in the secret service if the user wants that
 */
typedef enum {
  TL_FTP_ACCOUNT_ANONYMOUS,
  TL_FTP_ACCOUNT_GUEST,
  TL_FTP_ACCOUNT_REGISTERED,
} TlFtpAccountKind;

GType       tl_ftp_account_kind_get_type  (void);
/* Translated: 匿名, 临时账户, 注册账户. */
const char *tl_ftp_account_kind_get_label (TlFtpAccountKind kind);

G_END_DECLS
