/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast messages are appended to the log, beside a bare ring of bytes in the same run, and what a message costs in memory. */

#include "tl-message-log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_MESSAGES 1000000
#define PAYLOAD 64
#define N_RUNS 5
#define FRAME 6250  /* messages between two frames at 100,000 a second */

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
get_median (double *values)
{
  qsort (values, N_RUNS, sizeof *values, compare_doubles);
  return values[N_RUNS / 2];
}

static double
run_ring (guint8 *ring)
{
  guint8 payload[PAYLOAD] = { 0 };
  gint64 begin = g_get_monotonic_time ();
  gsize at = 0;

  for (guint i = 0; i < N_MESSAGES; i++)
    {
      payload[0] = i;
      memcpy (ring + at, payload, PAYLOAD);
      /* So that the compiler does not see through it. */
      __asm__ volatile ("" : : "r" (ring + at) : "memory");
      at = (at + PAYLOAD) % TL_MESSAGE_LOG_DEFAULT_BYTES;
    }

  return (double) (g_get_monotonic_time () - begin) / N_MESSAGES * 1000;
}

static double
run_log (double *bytes_per_message)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  guint32 peer = tl_message_log_add_peer (log, "127.0.0.1:7855");
  guint8 payload[PAYLOAD] = { 0 };
  gint64 begin = g_get_monotonic_time ();
  double nanoseconds;

  for (guint i = 0; i < N_MESSAGES; i++)
    {
      payload[0] = i;
      tl_message_log_append (log, TL_MESSAGE_RECEIVED, begin + i, peer, payload, PAYLOAD);
      if (i % FRAME == 0)
        tl_message_log_flush (log);
    }
  tl_message_log_flush (log);
  nanoseconds = (double) (g_get_monotonic_time () - begin) / N_MESSAGES * 1000;
  *bytes_per_message =
    (double) tl_message_log_get_memory (log) / g_list_model_get_n_items (G_LIST_MODEL (log));

  return nanoseconds;
}

int
main (void)
{
  g_autofree guint8 *ring = g_malloc (TL_MESSAGE_LOG_DEFAULT_BYTES);
  double ring_times[N_RUNS], log_times[N_RUNS];
  double bytes_per_message = 0;
  double ring_median, log_median;

  memset (ring, 1, TL_MESSAGE_LOG_DEFAULT_BYTES);
  for (guint i = 0; i < N_RUNS; i++)
    {
      ring_times[i] = run_ring (ring);
      log_times[i] = run_log (&bytes_per_message);
    }
  ring_median = get_median (ring_times);
  log_median = get_median (log_times);

  printf ("messages of %d bytes, %d of them, median of %d runs\n", PAYLOAD, N_MESSAGES, N_RUNS);
  printf ("bare ring:   %8.1f ns a message, %6.1f million a second\n", ring_median, 1000 / ring_median);
  printf ("message log: %8.1f ns a message, %6.1f million a second\n", log_median, 1000 / log_median);
  printf ("ratio:       %8.1f\n", log_median / ring_median);
  printf ("memory:      %8.1f bytes a message, %d of them payload\n", bytes_per_message, PAYLOAD);

  return 0;
}
