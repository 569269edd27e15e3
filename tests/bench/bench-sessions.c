/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-sessions [--runs N] [--seconds N] [--minutes N] [--rate N] [--bytes N] [--clients N] [memory udp tcp flood]: what sessions carry, without a window,
 * beside the shortest programs that do the same. The load is bench-load, a process of its own on the first processor; all else runs on the others. */
#include "bench-run.h"

#include <locale.h>
#include <sys/resource.h>

static const struct {
  const char *name;
  void      (*func) (const BenchOptions *options);
} parts[] = {
  { "memory", bench_memory },
  { "udp", bench_udp },
  { "tcp", bench_tcp },
  { "flood", bench_flood },
};

static void
allow_descriptors (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

int
main (int   argc,
      char *argv[])
{
  BenchOptions options = { .runs = 5, .seconds = 2, .minutes = 1, .rate = 100000 };
  g_auto (GStrv) names = NULL;
  const GOptionEntry entries[] = {
    { "runs", 0, 0, G_OPTION_ARG_INT, &options.runs, "Pairs (5)", "N" },
    { "seconds", 0, 0, G_OPTION_ARG_INT, &options.seconds, "Of each measurement (2)", "N" },
    { "minutes", 0, 0, G_OPTION_ARG_INT, &options.minutes, "Of the flood (1)", "N" },
    { "rate", 0, 0, G_OPTION_ARG_INT, &options.rate, "Of the flood, datagrams a second (100000)", "N" },
    { "bytes", 0, 0, G_OPTION_ARG_INT, &options.bytes, "Of a datagram (64, 1400)", "N" },
    { "clients", 0, 0, G_OPTION_ARG_INT, &options.clients, "TCP clients (1, 100, 10000)", "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &names, NULL, "[memory udp tcp flood]" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || options.runs < 1 || options.runs > BENCH_MAX_RUNS || options.seconds < 1)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "out of range");
      return 2;
    }
  bench_print_machine ();
  bench_leave_processor ();
  allow_descriptors ();
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (names == NULL || g_strv_contains ((const char *const *) names, parts[i].name))
      parts[i].func (&options);
  return 0;
}
