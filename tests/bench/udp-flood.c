/* SPDX-License-Identifier: GPL-3.0-or-later */
/* udp-flood HOST PORT RATE SECONDS SIZE: sends numbered datagrams at an even rate (a burst each millisecond) and prints how many the kernel took. The
 * load for tests and benchmarks of the window; IPv4 loopback only. A burst is handed over as one and cut into datagrams by the kernel, where it can: one by one
 * they cost more than it takes to receive them, on a processor that the window may need. */

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_SIZE 65507
#define MAX_BATCH 64

static uint64_t
now_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);

  return (uint64_t) now.tv_sec * 1000000000u + (uint64_t) now.tv_nsec;
}

static void
wait_until (uint64_t ns)
{
  struct timespec until = { .tv_sec = (time_t) (ns / 1000000000u), .tv_nsec = (long) (ns % 1000000000u) };

  while (clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR)
    ;
}

/* How many datagrams of a size can be handed over at once. */
static uint64_t
find_batch (int  fd,
            long size)
{
  const int segment = (int) size;
  const uint64_t n = MAX_SIZE / (uint64_t) size;

  if (n < 2 || setsockopt (fd, IPPROTO_UDP, UDP_SEGMENT, &segment, sizeof segment) < 0)
    return 1;
  return n < MAX_BATCH ? n : MAX_BATCH;
}

int
main (int argc,
      char *argv[])
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  static uint8_t payload[MAX_SIZE];
  uint64_t sent = 0, refused = 0, batch, start;
  long rate, seconds, size;
  int fd;

  if (argc != 6 || inet_pton (AF_INET, argv[1], &address.sin_addr) != 1 ||
      (ntohl (address.sin_addr.s_addr) >> 24) != 127)
    {
      fprintf (stderr, "usage: udp-flood 127.x.x.x PORT RATE SECONDS SIZE\n");
      return 2;
    }

  address.sin_port = htons ((uint16_t) atoi (argv[2]));
  rate = atol (argv[3]);
  seconds = atol (argv[4]);
  size = atol (argv[5]);
  if (rate < 1 || rate > 2000000 || seconds < 1 || seconds > 600 || size < 8 || size > MAX_SIZE)
    return 2;

  fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || connect (fd, (struct sockaddr *) &address, sizeof address) < 0)
    {
      perror ("udp-flood");
      return 1;
    }

  memset (payload, 'x', sizeof payload);
  batch = find_batch (fd, size);
  start = now_ns ();
  for (long tick = 1; tick <= seconds * 1000; tick++)
    {
      uint64_t due = (uint64_t) rate * (uint64_t) tick / 1000;

      while (sent + refused < due)
        {
          const uint64_t wanted = due - sent - refused, n = wanted < batch ? wanted : batch;
          const size_t length = (size_t) n * (size_t) size;
          char digits[17];

          for (uint64_t i = 0; i < n; i++)
            {
              snprintf (digits, sizeof digits, "%08" PRIu64, (sent + i) % 100000000);
              memcpy (payload + i * (uint64_t) size, digits, 8);
            }
          if (send (fd, payload, length, 0) == (ssize_t) length)
            sent += n;
          else
            refused += n;
        }
      wait_until (start + (uint64_t) tick * 1000000u);
    }

  printf ("%" PRIu64 "\n", sent);
  if (refused)
    fprintf (stderr, "refused: %" PRIu64 "\n", refused);
  close (fd);

  return 0;
}
