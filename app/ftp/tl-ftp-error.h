/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-reply.h"

G_BEGIN_DECLS

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
/* Whether the server refused the thing itself, and goes on with others; else its connection has ended, or nothing is permitted. */
gboolean tl_ftp_error_is_refusal  (const GError *error);

/* What kind of failure a reply is, by its code, and where the code says little, by the server's words. */
TlFtpError tl_ftp_error_classify   (const TlFtpReply *reply);
/* The error that @reply is: its kind, the sentence for that kind, and code and words of the server in parentheses. Any reply will do: one of
 * class 1 to 3 that nobody expected is TL_FTP_ERROR_PROTOCOL. */
GError  *tl_ftp_error_new_for_reply (const TlFtpReply *reply);
/* The same for a greeting, or a reply to USER, PASS or ACCT, that lets nobody in: the sentence says so, and the kind is one that a login has. */
GError  *tl_ftp_error_new_for_login (const TlFtpReply *reply);
/* The same with a sentence of the caller's (translated, without the parentheses) and of a kind that the caller knows. */
GError  *tl_ftp_error_new_with_reply (TlFtpError        kind,
                                      const char       *sentence,
                                      const TlFtpReply *reply);
void     tl_ftp_set_error_with_reply (GError         **error,
                                     TlFtpError        kind,
                                     const char       *sentence,
                                     const TlFtpReply *reply);

G_END_DECLS
