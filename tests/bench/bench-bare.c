/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sessions are compared with: the shortest programs that do the same to a socket, and keep nothing. */
#include "bench-run.h"

#include "tl-udp-session.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/sock_diag.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define BATCH 64
#define SLOT 2048
#define CONTROL 64
#define N_EVENTS 256

static int
listen_at (int      type,
           guint16 *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  const int fd = socket (AF_INET, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  if (fd < 0 || bind (fd, (struct sockaddr *) &address, sizeof address) < 0 || getsockname (fd, (struct sockaddr *) &address, &length) < 0)
    g_error ("%s", g_strerror (errno));
  *port = ntohs (address.sin_port);
  return fd;
}

typedef struct {
  guint8                  *buffers;
  struct mmsghdr           headers[BATCH];
  struct iovec             vectors[BATCH];
  struct sockaddr_storage  addresses[BATCH];
  guint8                   controls[BATCH][CONTROL];
} Bare;

static int
receive (Bare    *self,
         int      fd,
         guint32 *drops)
{
  int n;

  for (guint i = 0; i < BATCH; i++)
    {
      self->vectors[i] = (struct iovec) { self->buffers + i * SLOT, SLOT };
      self->headers[i].msg_hdr = (struct msghdr) { .msg_name = &self->addresses[i], .msg_namelen = sizeof self->addresses[i],
                                                   .msg_iov = &self->vectors[i], .msg_iovlen = 1,
                                                   .msg_control = self->controls[i], .msg_controllen = CONTROL };
    }
  n = recvmmsg (fd, self->headers, BATCH, MSG_DONTWAIT, NULL);
  for (int i = 0; i < n; i++)
    for (struct cmsghdr *c = CMSG_FIRSTHDR (&self->headers[i].msg_hdr); c != NULL; c = CMSG_NXTHDR (&self->headers[i].msg_hdr, c))
      if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_RXQ_OVFL)
        memcpy (drops, CMSG_DATA (c), sizeof *drops);
  return n;
}

BenchFlow
bench_bare_udp (guint size,
                guint seconds)
{
  BenchFlow flow = { 0 };
  Bare bare = { .buffers = g_malloc (BATCH * SLOT) };
  const int buffer = TL_UDP_RECEIVE_BUFFER, on = 1;
  guint16 port;
  const int fd = listen_at (SOCK_DGRAM, &port);
  guint32 drops = 0, info[SK_MEMINFO_VARS] = { 0 };
  socklen_t info_size = sizeof info;
  gint64 began = 0, end = G_MAXINT64, computed = 0;
  BenchLoad *load;

  setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  setsockopt (fd, SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on);
  /* A little longer than what is looked at. */
  load = bench_load_new ("udp", port, size, 0, seconds + 1);
  for (gboolean over = FALSE; !over;)
    {
      const int n = receive (&bare, fd, &drops);
      const gint64 now = g_get_monotonic_time ();

      if (n > 0)
        flow.received += (guint) n;
      if (began == 0 && n > 0)
        {
          began = now;
          computed = bench_processor_time ();
          end = now + seconds * G_USEC_PER_SEC;
          flow.received = 0;
        }
      if (now >= end)
        {
          flow.rate = (double) flow.received * G_USEC_PER_SEC / (double) (now - began);
          flow.cost = (double) (bench_processor_time () - computed) / (double) flow.received;
          end = G_MAXINT64;
        }
      if (n <= 0)
        over = bench_load_has_ended (load) && receive (&bare, fd, &drops) <= 0;
      if (n <= 0 && !over)
        poll (&(struct pollfd) { .fd = fd, .events = POLLIN }, 1, 20);
    }
  /* Those of the end are told of by no datagram. */
  if (getsockopt (fd, SOL_SOCKET, SO_MEMINFO, info, &info_size) == 0)
    drops = info[SK_MEMINFO_DROPS];
  flow.dropped = drops;
  flow.sent = g_ascii_strtoull (load->text, NULL, 10);
  bench_load_free (load);
  close (fd);
  g_free (bare.buffers);
  return flow;
}

/* False: the client has gone. */
static gboolean
echo (int fd)
{
  static guint8 buffer[65536];
  const gssize n = recv (fd, buffer, sizeof buffer, 0);

  if ((n < 0 && errno == EAGAIN) || (n > 0 && send (fd, buffer, (gsize) n, MSG_NOSIGNAL) == n))
    return TRUE;
  close (fd);
  return FALSE;
}

BenchFlow
bench_bare_tcp (guint size,
                guint clients,
                guint seconds)
{
  const int poller = epoll_create1 (EPOLL_CLOEXEC);
  guint16 port;
  const int fd = listen_at (SOCK_STREAM, &port);
  struct epoll_event events[N_EVENTS] = { { .events = EPOLLIN, .data.fd = fd } };
  BenchLoad *load;
  BenchFlow flow = { 0 };
  guint n_there = 0;

  listen (fd, 1024);
  epoll_ctl (poller, EPOLL_CTL_ADD, fd, &events[0]);
  load = bench_load_new ("tcp", port, size, clients, seconds);
  for (gboolean over = FALSE; !over || n_there > 0;)
    {
      const int n = epoll_wait (poller, events, N_EVENTS, 20);

      if (!over && (over = bench_load_has_ended (load)))
        flow = bench_load_get_echoes (load);

      for (int i = 0; i < n; i++)
        {
          struct epoll_event event = { .events = EPOLLIN };

          if (events[i].data.fd != fd)
            n_there -= !echo (events[i].data.fd);
          else
            for (; (event.data.fd = accept4 (fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0; n_there++)
              epoll_ctl (poller, EPOLL_CTL_ADD, event.data.fd, &event);
        }
    }
  bench_load_free (load);
  close (fd);
  close (poller);
  return flow;
}
