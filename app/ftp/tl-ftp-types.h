/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

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

#define TL_FTP_ERROR (tl_ftp_error_quark ())

/**
 * TlFtpError:
 *
 * The message of an error is a whole translated sentence, with what the server said behind it in parentheses. tl_ftp_error_get_code() gives the
 * reply code where there was one.
 */
typedef enum {
  TL_FTP_ERROR_FAILED,          /* a reply 4yz or 5yz that is none of those below */
  TL_FTP_ERROR_PROTOCOL,        /* what came is no FTP, or over a bound */
  TL_FTP_ERROR_CLOSED,          /* the connection is gone (421, end, reset): may be tried again on a new one */
  TL_FTP_ERROR_LOGIN,           /* 530, 332 without an account */
  TL_FTP_ERROR_TOO_MANY,        /* too many connections from here, or in all */
  TL_FTP_ERROR_NOT_FOUND,       /* 550 or 450, as far as the text tells */
  TL_FTP_ERROR_DENIED,          /* 550, 553, 532 */
  TL_FTP_ERROR_EXISTS,          /* 550, as far as the text tells */
  TL_FTP_ERROR_NO_SPACE,        /* 452, 552 */
  TL_FTP_ERROR_UNSUPPORTED,     /* 500, 501, 502, 504: the server does not know it */
  TL_FTP_ERROR_DATA,            /* the data connection could not be made, or broke: 425, 426 */
  TL_FTP_ERROR_TLS,             /* refused, failed, or not trusted */
  TL_FTP_ERROR_NAME,            /* a name that cannot be sent (CR, LF, NUL), made, or written in the character set */
  TL_FTP_ERROR_LOCAL,           /* this machine's file: the sentence says which and why */
  TL_FTP_ERROR_CHANGED,         /* the file is not the one it was when the transfer began */
  TL_FTP_ERROR_TIMED_OUT,
  TL_FTP_ERROR_DECLINED,        /* the user did not want to: certificate, clear text, password */
} TlFtpError;

GQuark   tl_ftp_error_quark        (void);
/* 0 when no reply stands behind it. */
int      tl_ftp_error_get_code     (const GError *error);
/* Whether the same may succeed a little later (RFC 959: 4yz, and what broke). */
gboolean tl_ftp_error_is_transient (const GError *error);

G_END_DECLS
