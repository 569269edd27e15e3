/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast messages are appended to the log, beside a bare ring of bytes in the same run, what a message costs in memory, and what a filter that is in force costs, and collapsing equal messages. */

#include "bench-run.h"

#include "tl-collapse-model.h"
#include "tl-message-filter.h"
#include "tl-message-log.h"

#include <stdlib.h>
#include <string.h>

#define N_MESSAGES 1000000
#define PAYLOAD 64
#define N_RUNS 5
#define FRAME 6250  /* messages between two frames at 100,000 a second */

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

/* @criteria: (nullable): a filter over the log is told of all that is appended. @collapse: so is what makes one row of equal ones; -1: no, 0: all differ, 1:
 * nine of ten are like the one before. */
static double
run_log (const TlMessageCriteria *criteria,
         int                      collapse,
         double                  *bytes_per_message)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  g_autoptr (TlMessageFilter) filter = criteria != NULL ? tl_message_filter_new (TL_MESSAGE_SOURCE (log)) : NULL;
  g_autoptr (TlCollapseModel) runs = collapse >= 0 ? tl_collapse_model_new (TL_MESSAGE_SOURCE (log)) : NULL;
  guint32 peer = tl_message_log_add_peer (log, "127.0.0.1:7855");
  guint8 payload[PAYLOAD + 1];
  gint64 begin = g_get_monotonic_time ();
  double nanoseconds;

  /* As a device would write it. */
  memset (payload, ' ', sizeof payload);
  memcpy (payload, "?,23.5,1013.2,OK,temperature and pressure of the third sensor\r\n", 63);
  if (criteria != NULL)
    tl_message_filter_set_criteria (filter, criteria);
  if (runs != NULL)
    tl_collapse_model_set_active (runs, TRUE);
  for (guint i = 0; i < N_MESSAGES; i++)
    {
      payload[0] = '0' + (collapse > 0 ? i / 10 : i) % 10;
      tl_message_log_append (log, TL_MESSAGE_RECEIVED, begin + i, peer, payload, PAYLOAD);
      if (i % FRAME == 0)
        tl_message_log_flush (log);
    }
  tl_message_log_flush (log);
  /* What was more than a slice is looked at when the main loop has time. */
  while (filter != NULL && tl_message_filter_get_pending (filter))
    g_main_context_iteration (NULL, TRUE);
  for (gboolean pending = runs != NULL; pending; g_object_get (runs, "pending", &pending, NULL))
    g_main_context_iteration (NULL, FALSE);
  nanoseconds = (double) (g_get_monotonic_time () - begin) / N_MESSAGES * 1000;
  *bytes_per_message =
    (double) tl_message_log_get_memory (log) / g_list_model_get_n_items (G_LIST_MODEL (log));

  return nanoseconds;
}

/* Each in turn with a log that is not filtered, so that the ratio is of the same minute. */
static void
run_beside (const char        *name,
            TlMessageCriteria *criteria,
            int                collapse)
{
  double plain[N_RUNS], filtered[N_RUNS], ratios[N_RUNS], unused;

  for (guint i = 0; i < N_RUNS; i++)
    {
      plain[i] = run_log (NULL, -1, &unused);
      filtered[i] = run_log (criteria, collapse, &unused);
      ratios[i] = filtered[i] / plain[i];
    }
  g_print ("%-36s %6.1f ns a message more than %5.1f, ratio %4.2f, %5.2f %% of a processor at 100,000/s\n", name,
          bench_median (filtered, N_RUNS) - bench_median (plain, N_RUNS), bench_median (plain, N_RUNS), bench_median (ratios, N_RUNS),
          (bench_median (filtered, N_RUNS) - bench_median (plain, N_RUNS)) * 100000 / 1e9 * 100);
  if (criteria != NULL)
    tl_message_criteria_clear (criteria);
}

static void
run_filter (const char        *name,
            TlMessageCriteria *criteria)
{
  g_autofree char *whole = g_strconcat ("filter ", name, NULL);

  run_beside (whole, criteria, -1);
}

static void
run_filters (void)
{
  TlMessageCriteria criteria = TL_MESSAGE_CRITERIA_INIT;

  criteria.kinds = 1u << TL_MESSAGE_RECEIVED;
  run_filter ("of direction, all pass", &criteria);
  criteria.min_length = PAYLOAD + 1;
  run_filter ("of length, none passes", &criteria);
  criteria.peer = g_strdup ("127.0.0.1:7855");
  run_filter ("of peer, all pass", &criteria);
  criteria.time = (TlTimeRange) { TL_TIME_CLOCK, 0, 1 };
  run_filter ("of time of day", &criteria);
  criteria.time = (TlTimeRange) { TL_TIME_LAST, 60 * G_USEC_PER_SEC, G_MAXINT64 };
  run_filter ("of the last minute", &criteria);
  criteria.pattern = tl_pattern_new (TL_PATTERN_TEXT, "not there", TL_CHARSET_UTF_8, TRUE, NULL);
  run_filter ("of text, folded", &criteria);
  criteria.pattern = tl_pattern_new (TL_PATTERN_HEX, "01 ?? 0D", TL_CHARSET_UTF_8, FALSE, NULL);
  run_filter ("of hex", &criteria);
  criteria.pattern = tl_pattern_new (TL_PATTERN_REGEX, "[a-z]+=(\\d+)", TL_CHARSET_UTF_8, TRUE, NULL);
  run_filter ("of a regular expression", &criteria);
  criteria.kinds = 1u << TL_MESSAGE_RECEIVED;
  criteria.min_length = 1;
  criteria.max_length = 1400;
  criteria.peer = g_strdup ("127.0.0.1:7855");
  criteria.pattern = tl_pattern_new (TL_PATTERN_TEXT, "not there", TL_CHARSET_UTF_8, TRUE, NULL);
  criteria.inverted = TRUE;
  run_filter ("of all that at once", &criteria);
}

int
main (void)
{
  g_autofree guint8 *ring = g_malloc (TL_MESSAGE_LOG_DEFAULT_BYTES);
  double ring_times[N_RUNS], log_times[N_RUNS], ratios[N_RUNS];
  double bytes_per_message = 0;
  double ring_median, log_median;

  bench_print_machine ();
  memset (ring, 1, TL_MESSAGE_LOG_DEFAULT_BYTES);
  for (guint i = 0; i < N_RUNS; i++)
    {
      ring_times[i] = run_ring (ring);
      log_times[i] = run_log (NULL, -1, &bytes_per_message);
      ratios[i] = log_times[i] / ring_times[i];
    }
  ring_median = bench_median (ring_times, N_RUNS);
  log_median = bench_median (log_times, N_RUNS);

  g_print ("messages of %d bytes, %d of them, median of %d runs\n", PAYLOAD, N_MESSAGES, N_RUNS);
  g_print ("bare ring:   %8.1f ns a message, %6.1f million a second\n", ring_median, 1000 / ring_median);
  g_print ("message log: %8.1f ns a message, %6.1f million a second\n", log_median, 1000 / log_median);
  g_print ("ratio:       %8.1f\n", bench_median (ratios, N_RUNS));
  g_print ("memory:      %8.1f bytes a message, %d of them payload\n", bytes_per_message, PAYLOAD);
  run_filters ();
  run_beside ("collapsed, none is equal", NULL, 0);
  run_beside ("collapsed, nine of ten are equal", NULL, 1);

  return 0;
}
