/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-reply.h"
#include "tl-message-log.h"

G_BEGIN_DECLS

#define TL_TYPE_FTP_CONTROL (tl_ftp_control_get_type ())
G_DECLARE_FINAL_TYPE (TlFtpControl, tl_ftp_control, TL, FTP_CONTROL, GObject)

/* Called for each reply to a command, the preliminary ones (1yz) too, until the final one; or once with @error when the connection has ended
 * before it. One of the two is NULL. */
typedef void (*TlFtpReplyFunc) (TlFtpReply   *reply,
                                const GError *error,
                                gpointer      user_data);

typedef enum {
  TL_FTP_COMMAND_PLAIN,
  TL_FTP_COMMAND_TRANSFER,   /* its replies may be 1yz, 226, 426 */
} TlFtpCommandKind;

/**
 * TlFtpControl:
 *
 * The control connection over a stream that is connected: commands out through a bounded queue, replies in, each to the command that it answers. All lines
 * are in the log, passwords masked. Signal "ended" (GError*): once, when the connection is over, after those that waited have been told.
 */
/* @timeout: seconds of silence that end the connection while a reply is owed. @name: what the log calls it. */
TlFtpControl    *tl_ftp_control_new             (GSocketConnection   *connection,
                                                 TlMessageLog        *log,
                                                 const char          *name,
                                                 guint                timeout);
/* A reply that no command asks for: the greeting. */
void             tl_ftp_control_expect          (TlFtpControl        *self,
                                                 TlFtpReplyFunc       func,
                                                 gpointer             user_data);
/* @argument: (nullable): raw bytes behind the verb. TL_FTP_ERROR_NAME when it holds CR, LF or NUL, TL_FTP_ERROR_CLOSED when the connection is over. @func:
 * (nullable): the reply is read and dropped. */
gboolean         tl_ftp_control_send            (TlFtpControl        *self,
                                                 TlFtpCommandKind     kind,
                                                 const char          *verb,
                                                 GBytes              *argument,
                                                 TlFtpReplyFunc       func,
                                                 gpointer             user_data,
                                                 GError             **error);
/* Commands wait until they are sent as one piece. */
void             tl_ftp_control_gather          (TlFtpControl        *self,
                                                 gboolean             gather);
/* The replies that anybody waits for go to @func from now on; NULL: they are read and dropped. */
void             tl_ftp_control_divert          (TlFtpControl        *self,
                                                 TlFtpReplyFunc       func,
                                                 gpointer             user_data);
/* Nobody waits any more: what still comes is unsolicited. */
void             tl_ftp_control_drop_waiting    (TlFtpControl        *self);
/* Commands whose final reply has not come yet. */
guint            tl_ftp_control_get_n_waiting   (TlFtpControl        *self);
/* Telnet IP and Synch, as urgent data (RFC 959, 4.1.3), in front of an ABOR. */
void             tl_ftp_control_interrupt       (TlFtpControl        *self);
/* While a file moves the server says nothing on this connection: no limit then. */
void             tl_ftp_control_set_patient     (TlFtpControl        *self,
                                                 gboolean             patient);
/* TLS from here on; no reply may be owed or waiting. Any certificate is taken: whoever calls looks at it before it sends anything. @identity: what the certificate
 * should be for. TL_FTP_ERROR_TLS, TL_FTP_ERROR_PROTOCOL when bytes came that nobody asked for. */
void             tl_ftp_control_start_tls_async (TlFtpControl        *self,
                                                 GSocketConnectable  *identity,
                                                 GCancellable        *cancellable,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
gboolean         tl_ftp_control_start_tls_finish (TlFtpControl       *self,
                                                 GAsyncResult        *result,
                                                 GError             **error);
/* (transfer none) (nullable) */
GTlsConnection  *tl_ftp_control_get_tls         (TlFtpControl        *self);
GSocketConnection *tl_ftp_control_get_connection (TlFtpControl       *self);
gboolean         tl_ftp_control_is_open         (TlFtpControl        *self);
/* A line of our own in the log. */
void             tl_ftp_control_note            (TlFtpControl        *self,
                                                 TlMessageKind        kind,
                                                 const char          *text);
/* At once; who waits is told TL_FTP_ERROR_CLOSED, or @error. */
void             tl_ftp_control_close           (TlFtpControl        *self,
                                                 const GError        *error);
/* QUIT, and closes when the server has answered, or after a short while. */
void             tl_ftp_control_quit            (TlFtpControl        *self);

G_END_DECLS
