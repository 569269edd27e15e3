/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Datagrams a second into the log of a session, without and with the history, beside the bare loop; and the flood that lasts. */
#include "bench-run.h"

#include "tl-udp-session.h"

#include <malloc.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define KB_A_MB 1024.0

typedef struct {
  guint                    size;
  TlSession               *session;
  TlHistoryRecorder       *recorder;   /* or NULL */
  BenchLoad               *load;
  const TlSessionCounters *counters;
} Run;

static void
run_begin (Run       *self,
           guint      rate,
           guint      seconds,
           TlHistory *history)
{
  g_autoptr (TlEndpoint) local = NULL;

  self->session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  if (history != NULL)
    {
      const TlHistoryAbout about = { (char *) "udp", (char *) "bench", NULL, NULL, TRUE };

      self->recorder = tl_history_recorder_new (history, tl_session_get_log (self->session));
      tl_history_recorder_begin (self->recorder, &about);
    }
  tl_session_open (self->session);
  if (tl_session_get_state (self->session) != TL_SESSION_OPEN)
    g_error ("%s", tl_session_get_error (self->session));
  self->counters = tl_session_get_counters (self->session);
  local = tl_endpoint_parse (tl_session_get_local_endpoint (self->session), NULL);
  self->load = bench_load_new ("udp", tl_endpoint_get_port (local), self->size, rate, seconds);
}

static gboolean
run_is_over (Run *self)
{
  return bench_load_has_ended (self->load)
         && self->counters->rx_messages + self->counters->kernel_drops >= g_ascii_strtoull (self->load->text, NULL, 10);
}

/* All that the socket gave must be in the log: seen, or pushed out by its bounds and counted. */
static void
check_log (Run *self)
{
  TlMessageLog *log = tl_session_get_log (self->session);
  guint64 rows, other = 0;

  tl_message_log_flush (log);
  rows = g_list_model_get_n_items (G_LIST_MODEL (log)) + tl_message_log_get_trimmed (log);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (log)); i++)
    {
      TlMessageInfo info;

      other += tl_message_source_peek (TL_MESSAGE_SOURCE (log), i, &info) && info.kind != TL_MESSAGE_RECEIVED;
    }
  /* Of the rows that are not messages the older ones may have been pushed out with the others. */
  if (rows < self->counters->rx_messages + other)
    g_error ("%" G_GUINT64_FORMAT " received, %" G_GUINT64_FORMAT " rows in the log", self->counters->rx_messages, rows);
}

static BenchFlow
run_end (Run *self)
{
  BenchFlow flow = { 0 };

  while (!run_is_over (self))
    bench_turn ();
  check_log (self);
  flow.received = self->counters->rx_messages;
  flow.dropped = self->counters->kernel_drops;
  flow.sent = g_ascii_strtoull (self->load->text, NULL, 10);
  if (self->recorder != NULL)
    {
      flow.unsaved = tl_history_recorder_get_n_lost (self->recorder);
      tl_history_recorder_end (self->recorder);
    }
  tl_session_close (self->session);
  bench_load_free (self->load);
  g_clear_object (&self->recorder);
  g_object_unref (self->session);
  return flow;
}

BenchFlow
bench_session_udp (guint      size,
                   guint      rate,
                   guint      seconds,
                   TlHistory *history)
{
  Run run = { .size = size };
  BenchFlow flow;
  guint64 received;
  gint64 began, now, computed;

  run_begin (&run, rate, seconds + 1, history);
  while (run.counters->rx_messages == 0)
    bench_turn ();
  received = run.counters->rx_messages;
  computed = bench_processor_time ();
  began = g_get_monotonic_time ();
  while ((now = g_get_monotonic_time ()) < began + seconds * G_USEC_PER_SEC)
    bench_turn ();
  received = run.counters->rx_messages - received;
  computed = bench_processor_time () - computed;
  flow = run_end (&run);
  flow.cost = (double) computed / (double) MAX (received, 1);
  flow.rate = (double) received * G_USEC_PER_SEC / (double) (now - began);
  return flow;
}

static void
print_flow (const char      *name,
            const BenchFlow *flow,
            double           ratio)
{
  g_print ("  %-24s %9.0f/s  ratio %.2f, %5.0f ns each  (sent %" G_GUINT64_FORMAT ", received %" G_GUINT64_FORMAT ", dropped by the kernel %" G_GUINT64_FORMAT
           ", not saved %" G_GUINT64_FORMAT ")\n",
           name, flow->rate, ratio, flow->cost, flow->sent, flow->received, flow->dropped, flow->unsaved);
}

/* Bare, without history, with history, in turn. */
static void
compare (const BenchOptions *options,
         guint               size)
{
  double bare[BENCH_MAX_RUNS], plain[BENCH_MAX_RUNS], saved[BENCH_MAX_RUNS], plain_cost[BENCH_MAX_RUNS], saved_cost[BENCH_MAX_RUNS];

  g_print ("datagrams of %u bytes, as many as can be sent\n", size);
  for (guint i = 0; i < options->runs; i++)
    {
      g_autofree char *folder = NULL;
      BenchFlow flow = bench_bare_udp (size, options->seconds);
      const double cost = flow.cost;
      TlHistory *history;

      bare[i] = flow.rate;
      print_flow ("recvmmsg", &flow, 1);
      flow = bench_session_udp (size, 0, options->seconds, NULL);
      plain[i] = flow.rate / bare[i];
      plain_cost[i] = cost / flow.cost;
      print_flow ("session", &flow, plain[i]);
      history = bench_history_new (&folder);
      flow = bench_session_udp (size, 0, options->seconds, history);
      /* What was not saved was not recorded at that rate. */
      saved[i] = flow.rate / bare[i] * (double) (flow.received - flow.unsaved) / (double) MAX (flow.received, 1);
      saved_cost[i] = cost / flow.cost;
      print_flow ("session with history", &flow, saved[i]);
      bench_history_free (history, g_steal_pointer (&folder));
    }
  g_print ("%u bytes, median of %u: recvmmsg %.0f/s, ratio without history %.2f, with history %.2f; by processor time %.2f, %.2f\n\n", size,
           options->runs, bench_median (bare, options->runs), bench_median (plain, options->runs), bench_median (saved, options->runs),
           bench_median (plain_cost, options->runs), bench_median (saved_cost, options->runs));
}

void
bench_udp (const BenchOptions *options)
{
  if (options->bytes > 0)
    {
      compare (options, options->bytes);
      return;
    }
  compare (options, 64);
  compare (options, 1400);
}

static void
log_some (TlMessageLog *log,
          guint32       peer,
          guint         n,
          guint         size)
{
  g_autofree guint8 *payload = g_malloc0 (size);

  for (guint i = 0; i < n; i++)
    {
      memcpy (payload, &i, MIN (sizeof i, size));
      tl_message_log_append (log, TL_MESSAGE_RECEIVED, 0, peer, payload, size);
      if (i % 6250 == 0)
        tl_message_log_flush (log);
    }
  tl_message_log_flush (log);
}

static void
measure_memory (guint n,
                guint size)
{
  const guint64 before = bench_anonymous_kb ();
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  const guint32 peer = tl_message_log_add_peer (log, "127.0.0.1:7855");
  double resident, counted;

  log_some (log, peer, n, size);
  resident = (double) (bench_anonymous_kb () - before) * 1024 / n;
  counted = (double) tl_message_log_get_memory (log) / n;
  g_print ("memory: %u messages of %u bytes: %.1f bytes each beside the payload by what is resident, %.1f by the log's own count\n", n, size,
           resident - size, counted - size);
}

void
bench_memory (const BenchOptions *options)
{
  static const struct { guint size, n; } cases[] = { { 1, 450000 }, { 64, 450000 }, { 1400, 45000 } };

  /* Each in a process of its own, which has no memory left over from the one before. */
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const pid_t child = fork ();

      if (child == 0)
        {
          measure_memory (cases[i].n, cases[i].size);
          _exit (0);
        }
      waitpid (child, NULL, 0);
    }
}

/* Of a minute's samples. */
static double
find_mean (const GArray *samples,
           guint         first)
{
  const guint n = MIN (samples->len - first, 60);
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += g_array_index (samples, double, first + i);
  return sum / n;
}

/* MB that the main thread has allocated and not freed, without what waits for the disk, which is now more, now less. */
static double
get_allocated (TlHistory *history)
{
#ifdef __GLIBC__
  const struct mallinfo2 info = mallinfo2 ();

  return ((double) (info.uordblks + info.hblkhd) - (double) tl_history_get_pending (history)) / (1024 * 1024);
#else
  return 0;
#endif
}

static void
print_memory (const char   *what,
              const GArray *samples)
{
  double least = G_MAXDOUBLE, most = 0;

  if (samples->len == 0)
    {
      g_print ("flood: the ring was not full in that time\n");
      return;
    }
  for (guint i = 0; i < samples->len; i++)
    {
      least = MIN (least, g_array_index (samples, double, i));
      most = MAX (most, g_array_index (samples, double, i));
    }
  g_print ("MB %s once the ring is full: least %.1f, most %.1f; mean of each minute:", what, least, most);
  for (guint i = 0; i + 30 < samples->len || i == 0; i += 60)
    g_print (" %.2f", find_mean (samples, i));
  g_print ("\n");
}

void
bench_flood (const BenchOptions *options)
{
  g_autofree char *folder = NULL;
  TlHistory *history = bench_history_new (&folder);
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) allocated = g_array_new (FALSE, FALSE, sizeof (double));
  Run run = { .size = options->bytes > 0 ? options->bytes : 64 };
  BenchFlow flow;

  run_begin (&run, options->rate, options->minutes * 60, history);
  for (gint64 next = g_get_monotonic_time (); !run_is_over (&run);)
    {
      bench_turn ();
      if (g_get_monotonic_time () < next)
        continue;
      next += G_USEC_PER_SEC;
      /* From the time that the ring has turned once. */
      if (tl_message_log_get_trimmed (tl_session_get_log (run.session)) > TL_MESSAGE_LOG_DEFAULT_MESSAGES)
        {
          const double mb = (double) bench_anonymous_kb () / KB_A_MB, own = get_allocated (history);

          g_array_append_val (samples, mb);
          g_array_append_val (allocated, own);
        }
    }
  flow = run_end (&run);
  bench_history_free (history, g_steal_pointer (&folder));
  g_print ("flood with history: %u minutes of %u bytes at %u/s: sent %" G_GUINT64_FORMAT ", received %" G_GUINT64_FORMAT ", dropped by the kernel %"
           G_GUINT64_FORMAT ", not saved %" G_GUINT64_FORMAT "\n", options->minutes, run.size, options->rate, flow.sent, flow.received, flow.dropped, flow.unsaved);
  print_memory ("resident", samples);
  print_memory ("allocated beside what waits for the disk", allocated);
}
