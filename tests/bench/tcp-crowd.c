/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A crowd of TCP clients on this machine: all come, all talk at once and wait for their echo, all leave at once.
 *   tcp-crowd HOST PORT CLIENTS [close|reset|stay] [ROUNDS] [PAUSE_MS]
 * Prints a line for each phase: its name, how many clients it went well for, and how long it took. The exit status is 0 when it did for all. */

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_CLIENTS 19000
/* How long a phase may take. */
#define LIMIT_MS 60000
/* A source address has some 28,000 ports, of which others are in use. */
#define CLIENTS_A_SOURCE 5000
/* How many may be on their way at a time: the system's queue of those who wait is bounded. */
#define COMING_AT_ONCE 400
#define TEXT_SIZE 16

typedef struct {
  int      fd;
  unsigned got;
  int      is_there;
} Client;

static Client clients[MAX_CLIENTS];
static int n_clients;
static int poller;

static int64_t
now_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
watch (int      i,
       uint32_t events,
       int      how)
{
  struct epoll_event event = { .events = events, .data.u32 = (uint32_t) i };

  epoll_ctl (poller, how, clients[i].fd, &event);
}

/* Of 127.0.0.0/8 a source of its own for each few thousand. */
static int
start_one (int                 i,
           struct sockaddr_in *to)
{
  struct sockaddr_in from = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK + 1 + (uint32_t) (i / CLIENTS_A_SOURCE)) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  int on = 1;

  if (fd < 0)
    return -1;
  clients[i] = (Client) { .fd = fd };
  setsockopt (fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  if (bind (fd, (struct sockaddr *) &from, sizeof from) < 0
      || (connect (fd, (struct sockaddr *) to, sizeof *to) < 0 && errno != EINPROGRESS))
    return -1;
  watch (i, EPOLLOUT, EPOLL_CTL_ADD);
  return 0;
}

/* Connected is not yet taken: the server's answer to a byte would tell, and the first round does. */
static int
come (struct sockaddr_in *to)
{
  struct epoll_event events[256];
  int64_t end = now_ms () + LIMIT_MS;
  int started = 0;
  int there = 0;
  int failed = 0;

  while (there + failed < n_clients && now_ms () < end)
    {
      int n;

      for (; started < n_clients && started - there - failed < COMING_AT_ONCE; started++)
        if (start_one (started, to) < 0)
          failed++;
      n = epoll_wait (poller, events, 256, 100);
      for (int k = 0; k < n; k++)
        {
          int i = (int) events[k].data.u32;
          int error = 0;
          socklen_t length = sizeof error;

          getsockopt (clients[i].fd, SOL_SOCKET, SO_ERROR, &error, &length);
          clients[i].is_there = error == 0;
          there += error == 0;
          failed += error != 0;
          watch (i, EPOLLIN, EPOLL_CTL_MOD);
        }
    }
  return there;
}

/* What was sent comes back, in one piece or in several. */
static int
talk (unsigned round)
{
  struct epoll_event events[256];
  int64_t end = now_ms () + LIMIT_MS;
  char text[TEXT_SIZE + 1];
  int answered = 0;
  int waiting = 0;

  for (int i = 0; i < n_clients; i++)
    {
      snprintf (text, sizeof text, "%08u %06u\n", (unsigned) i % 100000000, round % 1000000);
      clients[i].got = 0;
      if (clients[i].is_there && send (clients[i].fd, text, TEXT_SIZE, MSG_NOSIGNAL) == TEXT_SIZE)
        waiting++;
    }
  while (waiting > 0 && now_ms () < end)
    {
      int n = epoll_wait (poller, events, 256, 100);

      for (int k = 0; k < n; k++)
        {
          int i = (int) events[k].data.u32;
          ssize_t size = recv (clients[i].fd, text, TEXT_SIZE, 0);

          if (size <= 0)
            {
              waiting--;
              clients[i].is_there = 0;
              watch (i, 0, EPOLL_CTL_DEL);
              continue;
            }
          clients[i].got += (unsigned) size;
          if (clients[i].got == TEXT_SIZE)
            {
              answered++;
              waiting--;
            }
        }
    }
  return answered;
}

static int
leave (int reset)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };
  int left = 0;

  for (int i = 0; i < n_clients; i++)
    {
      if (reset)
        setsockopt (clients[i].fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
      left += close (clients[i].fd) == 0;
    }
  return left;
}

static void
tell (const char *phase,
      int         went_well,
      int64_t     began,
      int        *status)
{
  printf ("%s %d of %d in %ld ms\n", phase, went_well, n_clients, (long) (now_ms () - began));
  if (went_well != n_clients)
    *status = 1;
}

int
main (int   argc,
      char *argv[])
{
  const char *how = argc > 4 ? argv[4] : "close";
  int rounds = argc > 5 ? atoi (argv[5]) : 1;
  int pause_ms = argc > 6 ? atoi (argv[6]) : 0;
  struct sockaddr_in to = { .sin_family = AF_INET };
  struct rlimit limit;
  int64_t began = now_ms ();
  int status = 0;

  if (argc < 4 || inet_pton (AF_INET, argv[1], &to.sin_addr) != 1 || (n_clients = atoi (argv[3])) < 1 || n_clients > MAX_CLIENTS)
    {
      fprintf (stderr, "tcp-crowd IPV4-ADDRESS PORT CLIENTS [close|reset|stay] [ROUNDS] [PAUSE_MS]\n");
      return 2;
    }
  to.sin_port = htons ((uint16_t) atoi (argv[2]));
  if (getrlimit (RLIMIT_NOFILE, &limit) == 0)
    {
      limit.rlim_cur = limit.rlim_max;
      setrlimit (RLIMIT_NOFILE, &limit);
    }
  setvbuf (stdout, NULL, _IOLBF, 0);
  poller = epoll_create1 (EPOLL_CLOEXEC);
  tell ("come", come (&to), began, &status);
  for (int round = 0; round < rounds; round++)
    {
      usleep ((useconds_t) pause_ms * 1000);
      began = now_ms ();
      tell ("talk", talk ((unsigned) round), began, &status);
    }
  usleep ((useconds_t) pause_ms * 1000);
  /* Until somebody says so on the standard input, or ends it. */
  if (strcmp (how, "stay") == 0)
    getchar ();
  began = now_ms ();
  tell ("leave", leave (strcmp (how, "reset") == 0), began, &status);
  return status;
}
