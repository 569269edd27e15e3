/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The socket calls of TCP sessions, each told in the session's log as it was made. */

#include "tl-tcp-calls.h"
#include "tl-session-private.h"

#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct {
  struct sockaddr_storage storage;
  socklen_t               length;
} NativeAddress;

static gboolean
native_from_address (NativeAddress  *native,
                     GSocketAddress *address)
{
  gssize size = g_socket_address_get_native_size (address);

  if (size < 0 || (gsize) size > sizeof native->storage)
    return FALSE;
  native->length = (socklen_t) size;
  return g_socket_address_to_native (address, &native->storage, sizeof native->storage, NULL);
}

static const char *
family_name (GSocketFamily family)
{
  return family == G_SOCKET_FAMILY_IPV6 ? "AF_INET6" : "AF_INET";
}

GSocket *
tl_tcp_call_socket (TlSession     *session,
                    GSocketFamily  family,
                    int           *errsv)
{
  int fd = socket ((int) family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP);
  g_autoptr (GSocket) wrapped = NULL;

  *errsv = fd < 0 ? errno : 0;
  tl_session_trace (session, NULL, fd, *errsv, "socket(%s, SOCK_STREAM, IPPROTO_TCP)", family_name (family));
  if (fd < 0)
    return NULL;

  wrapped = g_socket_new_from_fd (fd, NULL);
  if (wrapped == NULL)
    {
      *errsv = EINVAL;
      close (fd);
      return NULL;
    }
  g_socket_set_blocking (wrapped, FALSE);
  return g_steal_pointer (&wrapped);
}

/* Returns the errno, or 0. */
static int
call_with_address (TlSession      *session,
                   GSocket        *socket,
                   GSocketAddress *address,
                   gboolean        is_connect)
{
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_from_address (address);
  NativeAddress native;
  const struct sockaddr *raw = (struct sockaddr *) &native.storage;
  int fd = g_socket_get_fd (socket);
  int result;
  int errsv;

  if (!native_from_address (&native, address))
    return EINVAL;
  result = is_connect ? connect (fd, raw, native.length) : bind (fd, raw, native.length);
  errsv = result < 0 ? errno : 0;
  tl_session_trace (session, NULL, result, errsv, "%s(%d, %s)", is_connect ? "connect" : "bind", fd, tl_endpoint_get_text (endpoint));
  return errsv;
}

int
tl_tcp_call_bind (TlSession      *session,
                  GSocket        *socket,
                  GSocketAddress *address)
{
  return call_with_address (session, socket, address, FALSE);
}

int
tl_tcp_call_listen (TlSession *session,
                    GSocket   *socket,
                    int        backlog)
{
  int fd = g_socket_get_fd (socket);
  int result = listen (fd, backlog);
  int errsv = result < 0 ? errno : 0;

  tl_session_trace (session, NULL, result, errsv, "listen(%d, %d)", fd, backlog);
  return errsv;
}

GSocket *
tl_tcp_call_accept (TlSession   *session,
                    GSocket     *listener,
                    TlEndpoint **remote,
                    int         *errsv)
{
  NativeAddress native = { .length = sizeof native.storage };
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocket) wrapped = NULL;
  int listener_fd = g_socket_get_fd (listener);
  int fd = accept4 (listener_fd, (struct sockaddr *) &native.storage, &native.length, SOCK_CLOEXEC | SOCK_NONBLOCK);

  *errsv = fd < 0 ? errno : 0;
  if (fd < 0)
    {
      if (*errsv != EAGAIN && *errsv != EWOULDBLOCK)
        tl_session_trace (session, NULL, fd, *errsv, "accept(%d)", listener_fd);
      return NULL;
    }

  address = g_socket_address_new_from_native (&native.storage, native.length);
  wrapped = address != NULL ? g_socket_new_from_fd (fd, NULL) : NULL;
  if (wrapped == NULL)
    {
      /* The client went away between its coming and our look at it. */
      *errsv = ECONNABORTED;
      tl_session_trace (session, NULL, -1, *errsv, "accept(%d)", listener_fd);
      close (fd);
      return NULL;
    }
  g_socket_set_blocking (wrapped, FALSE);
  *remote = tl_endpoint_from_address (address);
  tl_session_trace (session, NULL, fd, 0, "accept(%d, %s)", listener_fd, tl_endpoint_get_text (*remote));
  return g_steal_pointer (&wrapped);
}

int
tl_tcp_call_connect (TlSession      *session,
                     GSocket        *socket,
                     GSocketAddress *address)
{
  return call_with_address (session, socket, address, TRUE);
}

int
tl_tcp_call_connected (TlSession      *session,
                       GSocket        *socket,
                       GSocketAddress *address)
{
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_from_address (address);
  int fd = g_socket_get_fd (socket);
  int errsv = 0;
  socklen_t length = sizeof errsv;

  if (getsockopt (fd, SOL_SOCKET, SO_ERROR, &errsv, &length) < 0)
    errsv = errno;
  if (errsv == 0)
    g_socket_check_connect_result (socket, NULL);
  tl_session_trace (session, NULL, errsv == 0 ? 0 : -1, errsv, "connect(%d, %s)", fd, tl_endpoint_get_text (endpoint));
  return errsv;
}

int
tl_tcp_call_shutdown (TlSession *session,
                      TlPeer    *peer,
                      GSocket   *socket)
{
  int fd = g_socket_get_fd (socket);
  int result = shutdown (fd, SHUT_WR);
  int errsv = result < 0 ? errno : 0;

  tl_session_trace (session, peer, result, errsv, "shutdown(%d, SHUT_WR)", fd);
  return errsv;
}

void
tl_tcp_call_close (TlSession *session,
                   TlPeer    *peer,
                   GSocket   *socket,
                   gboolean   reset)
{
  struct linger linger = { 0, 0 };
  socklen_t length = sizeof linger;
  int fd = g_socket_get_fd (socket);
  gboolean closed;

  if (g_socket_is_closed (socket))
    return;
  if (reset)
    {
      linger = (struct linger) { .l_onoff = 1, .l_linger = 0 };
      int result = setsockopt (fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
      int errsv = result < 0 ? errno : 0;
      if (session != NULL)
        tl_session_trace (session, peer, result, errsv, "setsockopt(%d, SOL_SOCKET, SO_LINGER, {1, 0})", fd);
    }
  else if (getsockopt (fd, SOL_SOCKET, SO_LINGER, &linger, &length) == 0 && linger.l_onoff && linger.l_linger > 0)
    {
      /* Linux makes close() wait although the socket does not block; without it the kernel goes on sending just as well. */
      linger = (struct linger) { 0, 0 };
      setsockopt (fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    }

  closed = g_socket_close (socket, NULL);
  if (session != NULL)
    tl_session_trace (session, peer, closed ? 0 : -1, closed ? 0 : EIO, "close(%d)", fd);
}

TlEndpoint *
tl_tcp_call_local (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, NULL);

  return address != NULL ? tl_endpoint_from_address (address) : NULL;
}
