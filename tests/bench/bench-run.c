/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The load in its own process, medians, memory, and what machine this is. */
#include "bench-run.h"

#include <errno.h>
#include <glib-unix.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LOOK_US 2000

void
bench_leave_processor (void)
{
  cpu_set_t set;

  if (sched_getaffinity (0, sizeof set, &set) != 0 || CPU_COUNT (&set) < 2)
    return;
  CPU_CLR (0, &set);
  sched_setaffinity (0, sizeof set, &set);
}

BenchLoad *
bench_load_new (const char *kind,
                guint       port,
                guint       size,
                guint       number,
                guint       seconds)
{
  BenchLoad *self = g_new0 (BenchLoad, 1);
  g_autofree char *self_path = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self_path);
  g_autofree char *program = g_build_filename (folder, "bench-load", NULL);
  g_autofree char *port_text = g_strdup_printf ("%u", port);
  g_autofree char *size_text = g_strdup_printf ("%u", size);
  g_autofree char *number_text = g_strdup_printf ("%u", number);
  g_autofree char *seconds_text = g_strdup_printf ("%u", seconds);
  char *argv[] = { program, (char *) kind, port_text, size_text, number_text, seconds_text, NULL };
  g_autoptr (GError) error = NULL;

  if (!g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &self->pid, NULL, &self->output, NULL, &error))
    g_error ("%s", error->message);
  g_unix_set_fd_nonblocking (self->output, TRUE, NULL);
  return self;
}

gint64
bench_processor_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * G_GINT64_CONSTANT (1000000000) + time.tv_nsec;
}

gboolean
bench_load_has_ended (BenchLoad *self)
{
  const gint64 now = g_get_monotonic_time ();
  gssize n;

  /* Asked in each turn of a loop that is measured, so without a system call in most of them. */
  if (now - self->looked < LOOK_US)
    return self->ended;
  self->looked = now;
  while (!self->ended && self->length < sizeof self->text - 1)
    {
      n = read (self->output, self->text + self->length, sizeof self->text - 1 - self->length);
      if (n < 0)
        return FALSE;
      self->ended = n == 0;
      self->length += (gsize) n;
      if (self->computed == 0)
        self->computed = bench_processor_time ();
    }
  return TRUE;
}

BenchFlow
bench_load_get_echoes (BenchLoad *self)
{
  BenchFlow flow = { 0 };
  double echoes, spent;

  if (sscanf (self->text, "ready %lf %lf", &echoes, &spent) == 2)
    {
      flow.rate = echoes / spent;
      flow.cost = (double) (bench_processor_time () - self->computed) / MAX (echoes, 1);
    }
  return flow;
}

void
bench_load_free (BenchLoad *self)
{
  close (self->output);
  waitpid (self->pid, NULL, 0);
  g_spawn_close_pid (self->pid);
  g_free (self);
}

static int
compare (const void *a,
         const void *b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
bench_median (const double *values,
              guint         n)
{
  g_autofree double *sorted = g_memdup2 (values, n * sizeof *values);

  qsort (sorted, n, sizeof *sorted, compare);
  return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

guint64
bench_anonymous_kb (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL) || !(line = strstr (text, "Anonymous:")))
    return 0;
  return g_ascii_strtoull (line + strlen ("Anonymous:") + strspn (line + strlen ("Anonymous:"), " "), NULL, 10);
}

void
bench_print_machine (void)
{
  g_autofree char *cpus = NULL;
  g_autofree char *load = NULL;
  g_autofree char *model = NULL;
  const char *line;
  struct utsname name;

  uname (&name);
  if (g_file_get_contents ("/proc/cpuinfo", &cpus, NULL, NULL) && (line = strstr (cpus, "model name")) && (line = strchr (line, ':')))
    model = g_strndup (line + 2, strcspn (line + 2, "\n"));
  g_file_get_contents ("/proc/loadavg", &load, NULL, NULL);
  g_print ("%u x %s, %s %s, load before: %.4s\n", g_get_num_processors (), model != NULL ? model : name.machine, name.sysname, name.release,
           load != NULL ? load : "?");
}

TlHistory *
bench_history_new (char **folder)
{
  g_autoptr (GFile) file = NULL;

  *folder = g_dir_make_tmp ("tonglu-bench-XXXXXX", NULL);
  file = g_file_new_build_filename (*folder, "history.db", NULL);
  return tl_history_new (file);
}

void
bench_history_free (TlHistory *history,
                    char      *folder)
{
  const char *clean[] = { "rm", "-rf", folder, NULL };

  while (tl_history_get_pending (history) > 0)
    bench_turn ();
  tl_history_close (history);
  g_object_unref (history);
  g_spawn_sync (NULL, (char **) clean, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (folder);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
bench_turn (void)
{
  static guint wake;

  /* So that who waits for something outside of the main loop looks for it now and then. */
  if (wake == 0)
    wake = g_timeout_add_full (G_PRIORITY_LOW, 10, wake_cb, NULL, NULL);
  g_main_context_iteration (NULL, TRUE);
}
