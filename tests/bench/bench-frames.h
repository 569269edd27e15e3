/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For benchmarks of a window: how long frames and turns of the main loop take, and how much memory there is. */
#pragma once

#include <gtk/gtk.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

typedef struct {
  GArray *intervals;  /* of gint64, us: from the end of a frame to the end of the next */
  gint64  frame_ended;
  gint64  woken;      /* when the main loop last had something to do */
  gint64  longest;    /* turn */
  gint64  woken_used; /* processor time of the thread then */
  gint64  most_used;  /* by a turn: what it takes when nothing else runs on the machine */
  guint   n_long;     /* turns of more than 34 ms */
} BenchFrames;

#define BENCH_LONG_TURN 34000

static BenchFrames bench_frames;

static inline gint64
bench_used (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* From waking up to the next time that the main loop looks for something to do: events, callbacks, layout and painting of one turn. */
static int
bench_poll (GPollFD *fds,
            guint    n_fds,
            int      timeout)
{
  gint64 turn = bench_frames.woken != 0 ? g_get_monotonic_time () - bench_frames.woken : 0;
  int result;

  bench_frames.longest = MAX (bench_frames.longest, turn);
  if (turn > 0)
    bench_frames.most_used = MAX (bench_frames.most_used, bench_used () - bench_frames.woken_used);
  bench_frames.n_long += turn > BENCH_LONG_TURN;
  if (turn > BENCH_LONG_TURN && g_getenv ("TONGLU_BENCH_TURNS") != NULL)
    g_printerr ("a turn of %.1f ms\n", (double) turn / 1000);
  result = g_poll (fds, n_fds, timeout);
  bench_frames.woken = g_get_monotonic_time ();
  bench_frames.woken_used = bench_used ();
  return result;
}

static void
bench_after_paint_cb (GdkFrameClock *clock,
                      gpointer       data)
{
  gint64 now = g_get_monotonic_time ();
  gint64 interval = now - bench_frames.frame_ended;

  if (bench_frames.frame_ended != 0)
    g_array_append_val (bench_frames.intervals, interval);
  bench_frames.frame_ended = now;
}

/* From now on @window has a frame whenever one is due, so that each stall is seen. */
static inline void
bench_frames_watch (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  bench_frames.intervals = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect (clock, "after-paint", G_CALLBACK (bench_after_paint_cb), NULL);
  gdk_frame_clock_begin_updating (clock);
  g_main_context_set_poll_func (NULL, bench_poll);
}

static inline void
bench_frames_begin (void)
{
  g_array_set_size (bench_frames.intervals, 0);
  bench_frames.frame_ended = g_get_monotonic_time ();
  /* What a command does before the main loop runs again is part of its first turn. */
  bench_frames.woken = bench_frames.frame_ended;
  bench_frames.woken_used = bench_used ();
  bench_frames.longest = 0;
  bench_frames.most_used = 0;
  bench_frames.n_long = 0;
}

static int
bench_compare (gconstpointer a,
               gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* "frames=N p50=MS p99=MS max=MS turn=MS used=MS long=N" since bench_frames_begin(). */
static inline char *
bench_frames_end (void)
{
  const GArray *all = bench_frames.intervals;
  const gint64 *sorted = (const gint64 *) (const void *) all->data;

  g_array_sort (bench_frames.intervals, bench_compare);
  return g_strdup_printf ("frames=%u p50=%.1f p99=%.1f max=%.1f turn=%.1f used=%.1f long=%u", all->len, all->len > 0 ? (double) sorted[all->len / 2] / 1000 : 0,
                          all->len > 0 ? (double) sorted[all->len * 99 / 100] / 1000 : 0,
                          all->len > 0 ? (double) sorted[all->len - 1] / 1000 : 0, (double) bench_frames.longest / 1000,
                          (double) bench_frames.most_used / 1000, bench_frames.n_long);
}

/* kB of the line that begins with @name. */
static inline guint64
bench_memory_line (const char *file,
                   const char *name)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (file, &text, NULL, NULL) || !(line = strstr (text, name)))
    return 0;
  return g_ascii_strtoull (line + strlen (name) + strspn (line + strlen (name), " \t"), NULL, 10);
}

/* "rss=KB pss=KB peak=KB": the peak is that since the last call. */
static inline char *
bench_memory (void)
{
  guint64 peak = bench_memory_line ("/proc/self/status", "VmHWM:");
  guint64 rss = bench_memory_line ("/proc/self/smaps_rollup", "Rss:");
  guint64 pss = bench_memory_line ("/proc/self/smaps_rollup", "Pss:");
  FILE *clear = fopen ("/proc/self/clear_refs", "w");

  if (clear)
    {
      fputs ("5", clear);
      fclose (clear);
    }
  return g_strdup_printf ("rss=%" G_GUINT64_FORMAT " pss=%" G_GUINT64_FORMAT " peak=%" G_GUINT64_FORMAT, rss, pss, peak);
}
