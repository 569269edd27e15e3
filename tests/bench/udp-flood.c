/* SPDX-License-Identifier: GPL-3.0-or-later */
/* udp-flood HOST PORT RATE SECONDS SIZE: sends numbered datagrams at an even rate (a burst each millisecond) and prints how many the kernel took. The
 * load for tests and benchmarks of the window; IPv4 loopback only. */

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_SIZE 65507

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

int
main (int argc,
      char *argv[])
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  static uint8_t payload[MAX_SIZE];
  uint64_t sent = 0, refused = 0, start;
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
  start = now_ns ();
  for (long tick = 1; tick <= seconds * 1000; tick++)
    {
      uint64_t due = (uint64_t) rate * (uint64_t) tick / 1000;

      while (sent + refused < due)
        {
          uint64_t number = sent;
          char digits[17];

          snprintf (digits, sizeof digits, "%08" PRIu64, number % 100000000);
          memcpy (payload, digits, 8);
          if (send (fd, payload, (size_t) size, 0) == size)
            sent++;
          else
            refused++;
        }
      wait_until (start + (uint64_t) tick * 1000000u);
    }

  printf ("%" PRIu64 "\n", sent);
  if (refused)
    fprintf (stderr, "refused: %" PRIu64 "\n", refused);
  close (fd);

  return 0;
}
