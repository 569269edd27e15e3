/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-server-tls.h"

G_BEGIN_DECLS

/*
 * TlFtpServerStream:
 * @tls: NULL in clear
 *
 * A connected socket of the FTP server that does not block, with TLS over it or without.
 */
typedef struct {
  GSocket        *socket;
  TlFtpServerTls *tls;
} TlFtpServerStream;

/* @socket: (transfer full) */
void     tl_ftp_server_stream_init  (TlFtpServerStream  *self,
                                     GSocket            *socket);
/* Closes it. @reset: the other side is told that this is no end in order. */
void     tl_ftp_server_stream_clear (TlFtpServerStream  *self,
                                     gboolean            reset);
gssize   tl_ftp_server_stream_read  (TlFtpServerStream  *self,
                                     void               *buffer,
                                     gsize               size,
                                     GError            **error);
gssize   tl_ftp_server_stream_write (TlFtpServerStream  *self,
                                     const void         *bytes,
                                     gsize               length,
                                     GError            **error);
/* Nothing more will be written: TLS ends, then the socket's side. False with G_IO_ERROR_WOULD_BLOCK: to be called again. */
gboolean tl_ftp_server_stream_end   (TlFtpServerStream  *self,
                                     GError            **error);

G_END_DECLS
