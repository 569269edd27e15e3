/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of the FTP server's sockets, in clear or under TLS. */

#include "tl-ftp-server-stream.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

void
tl_ftp_server_stream_init (TlFtpServerStream *self,
                           GSocket           *socket)
{
  const int on = 1;

  *self = (TlFtpServerStream) { .socket = socket };
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_keepalive (socket, TRUE);
  /* What is written is whole; nothing follows that would be worth waiting for. */
  setsockopt (g_socket_get_fd (socket), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

void
tl_ftp_server_stream_clear (TlFtpServerStream *self,
                            gboolean           reset)
{
  const struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  g_clear_pointer (&self->tls, tl_ftp_server_tls_free);
  if (self->socket != NULL && reset)
    setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  if (self->socket != NULL)
    g_socket_close (self->socket, NULL);
  g_clear_object (&self->socket);
}

static gssize
say (ssize_t   n,
     GError  **error)
{
  const int errsv = errno;

  if (n < 0)
    g_set_error_literal (error, G_IO_ERROR, (int) (errsv == EAGAIN || errsv == EINTR ? G_IO_ERROR_WOULD_BLOCK : g_io_error_from_errno (errsv)),
                         g_strerror (errsv));
  return n;
}

gssize
tl_ftp_server_stream_read (TlFtpServerStream  *self,
                           void               *buffer,
                           gsize               size,
                           GError            **error)
{
  if (self->tls != NULL)
    return tl_ftp_server_tls_read (self->tls, buffer, size, error);
  return say (recv (g_socket_get_fd (self->socket), buffer, size, MSG_DONTWAIT), error);
}

gssize
tl_ftp_server_stream_write (TlFtpServerStream  *self,
                            const void         *bytes,
                            gsize               length,
                            GError            **error)
{
  if (self->tls != NULL)
    return tl_ftp_server_tls_write (self->tls, bytes, length, error);
  return say (send (g_socket_get_fd (self->socket), bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL), error);
}

gboolean
tl_ftp_server_stream_end (TlFtpServerStream  *self,
                          GError            **error)
{
  if (self->tls != NULL && !tl_ftp_server_tls_end (self->tls, error))
    return FALSE;
  shutdown (g_socket_get_fd (self->socket), SHUT_WR);
  return TRUE;
}
