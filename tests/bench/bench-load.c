/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The other side of bench-sessions, in a process and on a processor of its own; IPv4 loopback only.
 *   bench-load udp PORT SIZE RATE SECONDS          datagrams, RATE a second, 0: as many as the system takes; prints how many it took
 *   bench-load tcp PORT SIZE CLIENTS SECONDS       each client sends, awaits its echo, sends again; prints "ready" when all
 *   have come and time is taken, then "ECHOES SECONDS FAILED" */

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_SIZE 65507
#define MAX_CLIENTS 19000
#define UDP_BATCH 64
/* A source address has some 28,000 ports, of which others are in use. */
#define CLIENTS_A_SOURCE 5000
#define COMING_AT_ONCE 400
#define LIMIT_NS 60000000000

typedef struct {
  int    fd;
  size_t awaited;
} Client;

static char payload[MAX_SIZE];
static Client clients[MAX_CLIENTS];

static int64_t
now_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * INT64_C (1000000000) + now.tv_nsec;
}

/* The load has the first processor, and what is measured the others. */
static void
take_processor (void)
{
  cpu_set_t set;

  CPU_ZERO (&set);
  CPU_SET (0, &set);
  sched_setaffinity (0, sizeof set, &set);
}

static int
udp (const struct sockaddr_in *to,
     size_t                    size,
     int64_t                   rate,
     int64_t                   seconds)
{
  const int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  const int64_t begin = now_ns (), end = begin + seconds * 1000000000;
  const int segment = (int) size;
  /* What one call hands over, cut into datagrams by the kernel: one by one they cost the sender more than the receiver, which would then be idle. */
  const int64_t batch = size > MAX_SIZE / 2 ? 1 : size * UDP_BATCH > MAX_SIZE ? (int64_t) (MAX_SIZE / size) : UDP_BATCH;
  int64_t sent = 0, now;

  if (fd < 0 || connect (fd, (const struct sockaddr *) to, sizeof *to) < 0)
    return perror ("bench-load"), 1;
  if (batch > 1 && setsockopt (fd, IPPROTO_UDP, UDP_SEGMENT, &segment, sizeof segment) < 0)
    return perror ("bench-load: UDP_SEGMENT"), 1;
  while ((now = now_ns ()) < end)
    {
      /* As a double: 2,000,000 a second for 600 s are beyond 64 bits in nanoseconds. */
      const int64_t due = rate == 0 ? batch : (int64_t) ((double) (now - begin) / 1e9 * (double) rate) - sent;
      const int64_t n = due < batch ? due : batch;

      if (due < 1)
        {
          const struct timespec pause = { 0, 200000 };

          nanosleep (&pause, NULL);
          continue;
        }
      if (send (fd, payload, (size_t) n * size, 0) > 0)
        sent += n;
      else if (errno != ENOBUFS && errno != EAGAIN && errno != EINTR && errno != ECONNREFUSED)
        return perror ("bench-load"), 1;
    }
  printf ("%ld\n", (long) sent);
  return 0;
}

static int
come (int                       poller,
      int                       i,
      const struct sockaddr_in *to)
{
  /* Of 127.0.0.0/8 a source of its own for each few thousand. */
  const struct sockaddr_in from = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK + 1 + (uint32_t) (i / CLIENTS_A_SOURCE)) };
  struct epoll_event event = { .events = EPOLLOUT, .data.u32 = (uint32_t) i };
  const int on = 1;
  const int fd = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

  if (fd < 0)
    return -1;
  clients[i].fd = fd;
  setsockopt (fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (bind (fd, (const struct sockaddr *) &from, sizeof from) < 0
      || (connect (fd, (const struct sockaddr *) to, sizeof *to) < 0 && errno != EINPROGRESS))
    return -1;
  return epoll_ctl (poller, EPOLL_CTL_ADD, fd, &event);
}

static int
all_come (int                       poller,
          int                       n_clients,
          const struct sockaddr_in *to)
{
  const int64_t end = now_ns () + LIMIT_NS;
  struct epoll_event events[256];
  int started = 0, there = 0;

  while (there < n_clients && now_ns () < end)
    {
      int n;

      for (; started < n_clients && started - there < COMING_AT_ONCE; started++)
        if (come (poller, started, to) < 0)
          return -1;
      n = epoll_wait (poller, events, 256, 100);
      for (int k = 0; k < n; k++)
        {
          struct epoll_event event = { .events = EPOLLIN, .data = events[k].data };

          if (events[k].events & (EPOLLERR | EPOLLHUP))
            return -1;
          epoll_ctl (poller, EPOLL_CTL_MOD, clients[events[k].data.u32].fd, &event);
          there++;
        }
    }
  return there == n_clients ? 0 : -1;
}

/* Of one client: false when it is lost. */
static int
take (Client   *client,
      size_t    size,
      int64_t  *echoes,
      int       again)
{
  static char buffer[MAX_SIZE];
  const ssize_t n = recv (client->fd, buffer, client->awaited, 0);

  if (n < 0 && errno == EAGAIN)
    return 1;
  if (n <= 0)
    return 0;
  client->awaited -= (size_t) n;
  if (client->awaited > 0)
    return 1;
  ++*echoes;
  if (!again)
    return 1;
  client->awaited = size;
  return send (client->fd, payload, size, MSG_NOSIGNAL) == (ssize_t) size;
}

static int
tcp (const struct sockaddr_in *to,
     size_t                    size,
     int                       n_clients,
     int64_t                   seconds)
{
  const int poller = epoll_create1 (EPOLL_CLOEXEC);
  struct epoll_event events[256];
  int64_t echoes = 0, begin, end, now;
  int failed = 0, answered = 0;

  if (all_come (poller, n_clients, to) < 0)
    return perror ("bench-load: connect"), 1;
  /* A first round for each, so that all have been accepted, and served once, before time is taken. */
  for (int i = 0; i < n_clients; i++)
    {
      clients[i].awaited = size;
      failed += send (clients[i].fd, payload, size, MSG_NOSIGNAL) != (ssize_t) size;
    }
  end = now_ns () + LIMIT_NS;
  while (answered < n_clients && now_ns () < end)
    {
      const int n = epoll_wait (poller, events, 256, 100);

      for (int k = 0; k < n; k++)
        {
          Client *client = &clients[events[k].data.u32];

          if (client->awaited > 0 && !take (client, size, &echoes, 0))
            return perror ("bench-load: echo"), 1;
          answered += client->awaited == 0;
        }
    }
  if (answered < n_clients)
    return fprintf (stderr, "bench-load: %d of %d clients were answered\n", answered, n_clients), 1;

  puts ("ready");
  fflush (stdout);
  echoes = 0;
  begin = now_ns ();
  end = begin + seconds * 1000000000;
  for (int i = 0; i < n_clients; i++)
    {
      clients[i].awaited = size;
      failed += send (clients[i].fd, payload, size, MSG_NOSIGNAL) != (ssize_t) size;
    }
  while ((now = now_ns ()) < end)
    {
      const int n = epoll_wait (poller, events, 256, 100);

      for (int k = 0; k < n; k++)
        if (!take (&clients[events[k].data.u32], size, &echoes, 1))
          return perror ("bench-load: echo"), 1;
    }
  printf ("%ld %.6f %d\n", (long) echoes, (double) (now - begin) / 1e9, failed);
  return 0;
}

int
main (int   argc,
      char *argv[])
{
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  struct rlimit limit;
  long size, number, seconds;

  if (argc != 6)
    return fprintf (stderr, "bench-load udp PORT SIZE RATE SECONDS | tcp PORT SIZE CLIENTS SECONDS\n"), 2;
  to.sin_port = htons ((uint16_t) atoi (argv[2]));
  size = atol (argv[3]);
  number = atol (argv[4]);
  seconds = atol (argv[5]);
  if (size < 1 || size > MAX_SIZE || seconds < 1 || seconds > 3600)
    return 2;
  if (getrlimit (RLIMIT_NOFILE, &limit) == 0)
    {
      limit.rlim_cur = limit.rlim_max;
      setrlimit (RLIMIT_NOFILE, &limit);
    }
  memset (payload, 'x', sizeof payload);
  take_processor ();
  if (strcmp (argv[1], "udp") == 0)
    return udp (&to, (size_t) size, number, seconds);
  if (number < 1 || number > MAX_CLIENTS)
    return 2;
  return tcp (&to, (size_t) size, (int) number, seconds);
}
