/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * TLS of the FTP server, on GnuTLS itself: GIO's server side keeps no sessions and makes no tickets, so that none can be taken up again, nor can it tell whether one was;
 * and a data connection that does not take up the session of its control connection may be anybody's (RFC 4217, 10).
 */

/* The certificate and its key. Immutable, reference counted, for any thread. */
typedef struct _TlFtpCertificate TlFtpCertificate;

/* Reads them from @file, or makes a self-signed one that is valid for ten years and writes it there, for its owner alone. Blocks. G_IO_ERROR with a whole sentence.
 * (transfer full) (nullable) */
TlFtpCertificate *tl_ftp_certificate_load        (const char        *file,
                                                  GError           **error);
TlFtpCertificate *tl_ftp_certificate_ref         (TlFtpCertificate  *self);
void              tl_ftp_certificate_unref       (TlFtpCertificate  *self);
/* "3A:7F:…", SHA-256. */
const char       *tl_ftp_certificate_get_fingerprint (TlFtpCertificate *self);

/* What the sessions of one control connection have in common: nobody else can take one of them up. */
typedef struct _TlFtpTickets TlFtpTickets;

TlFtpTickets     *tl_ftp_tickets_new             (void);
void              tl_ftp_tickets_free            (TlFtpTickets      *self);

/**
 * TlFtpServerTls:
 *
 * The server's end of TLS 1.2 or 1.3 over a connected socket that does not block. For one thread. Its functions fail with G_IO_ERROR_WOULD_BLOCK when the socket is
 * not ready, and with G_IO_ERROR_FAILED for all that breaks TLS.
 */
typedef struct _TlFtpServerTls TlFtpServerTls;

/* @socket: (transfer none), must live as long; @tickets: too. @data: a data connection; those of control connections hand tickets out. */
TlFtpServerTls   *tl_ftp_server_tls_new          (TlFtpCertificate  *certificate,
                                                  TlFtpTickets      *tickets,
                                                  GSocket           *socket,
                                                  gboolean           data);
void              tl_ftp_server_tls_free         (TlFtpServerTls    *self);
gboolean          tl_ftp_server_tls_handshake    (TlFtpServerTls    *self,
                                                  GError           **error);
/* Whether the handshake, or what was done last, waits for room to write and not for bytes. */
gboolean          tl_ftp_server_tls_wants_write  (TlFtpServerTls    *self);
/* Whether the handshake took a session of these tickets up. */
gboolean          tl_ftp_server_tls_is_resumed   (TlFtpServerTls    *self);
/* "TLS 1.3, AES-256-GCM" (transfer full) */
char             *tl_ftp_server_tls_describe     (TlFtpServerTls    *self);
/* 0: the other side has ended TLS; an end without that is G_IO_ERROR_PARTIAL_INPUT. */
gssize            tl_ftp_server_tls_read         (TlFtpServerTls    *self,
                                                  void              *buffer,
                                                  gsize              size,
                                                  GError           **error);
/* After G_IO_ERROR_WOULD_BLOCK, the same bytes are to be given again. */
gssize            tl_ftp_server_tls_write        (TlFtpServerTls    *self,
                                                  const void        *bytes,
                                                  gsize              length,
                                                  GError           **error);
/* Bytes that have been taken from the socket and not been read. */
gboolean          tl_ftp_server_tls_has_pending  (TlFtpServerTls    *self);
/* Tells the other side that nothing follows. */
gboolean          tl_ftp_server_tls_end          (TlFtpServerTls    *self,
                                                  GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFtpCertificate, tl_ftp_certificate_unref)

G_END_DECLS
