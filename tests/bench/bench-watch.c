/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long frames take, and how long a click waits for its frame, while a window is flooded. */
#include "bench-window.h"

#include <time.h>

#define CLICK_GAP_US (50 * 1000)

struct _BenchWatch
{
  GdkFrameClock *clock;
  GtkWidget     *click;      /* what is clicked */
  BenchFrameFunc func;
  gpointer       data;
  GThread       *thread;
  GArray        *intervals;  /* of gint64: between the ends of two frames */
  GArray        *works;      /* of gint64: from the beginning of a frame to its end */
  GArray        *clicks;     /* of gint64: from the click to the end of the frame that shows it */
  GArray        *computed;   /* of gint64: of the main loop's thread from the end of a frame to the end of the next */
  gint64         computed_before;
  gint64         frame_began;
  gint64         frame_ended;
  gint64         clicked_at; /* 0: none waits */
  gboolean       pressed;
  gint           stop;       /* atomic */
};

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static BenchTimes
print_times (const char *name,
             GArray     *times)
{
  const gint64 *sorted = (const gint64 *) (gconstpointer) times->data;
  BenchTimes result = { 0 };

  g_array_sort (times, compare);
  if (times->len == 0)
    {
      g_print ("  %s: none\n", name);
      return result;
    }
  result = (BenchTimes) { (double) sorted[times->len / 2] / 1000, (double) sorted[times->len * 99 / 100] / 1000, (double) sorted[times->len - 1] / 1000 };
  g_print ("  %-22s n %5u, p50 %7.1f ms, p99 %7.1f ms, max %7.1f ms\n", name, times->len, result.p50, result.p99, result.max);
  return result;
}

/* µs that the thread of the main loop has computed: what others do on the machine shows less in it. */
static gint64
get_computed (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
before_paint_cb (BenchWatch *self)
{
  self->frame_began = g_get_monotonic_time ();
}

static void
after_paint_cb (BenchWatch *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 interval = now - self->frame_ended;
  gint64 work = now - self->frame_began;
  gint64 computed = get_computed () - self->computed_before;

  self->computed_before += computed;
  if (self->frame_ended != 0)
    {
      g_array_append_val (self->intervals, interval);
      g_array_append_val (self->computed, computed);
    }
  g_array_append_val (self->works, work);
  self->frame_ended = now;
  if (self->pressed)
    {
      gint64 waited = now - self->clicked_at;

      g_array_append_val (self->clicks, waited);
      self->pressed = FALSE;
      self->clicked_at = 0;
    }
  if (self->func)
    self->func (self->data);
}

/* As an event of the pointer would be: with its priority. */
static gboolean
press_cb (gpointer data)
{
  BenchWatch *self = data;

  gtk_widget_activate (self->click);
  gtk_widget_queue_draw (self->click);
  self->pressed = TRUE;
  return G_SOURCE_REMOVE;
}

static gpointer
click_thread (gpointer data)
{
  BenchWatch *self = data;

  while (!g_atomic_int_get (&self->stop))
    {
      g_usleep (CLICK_GAP_US);
      if (self->clicked_at != 0)
        continue;
      self->clicked_at = g_get_monotonic_time ();
      g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, press_cb, self, NULL);
    }
  return NULL;
}

BenchWatch *
bench_watch_new (GtkWidget      *window,
                 GtkWidget      *click,
                 BenchFrameFunc  func,
                 gpointer        data)
{
  BenchWatch *self = g_new0 (BenchWatch, 1);

  self->clock = gtk_widget_get_frame_clock (window);
  self->click = click;
  self->func = func;
  self->data = data;
  self->intervals = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->works = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->clicks = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->computed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect_swapped (self->clock, "before-paint", G_CALLBACK (before_paint_cb), self);
  g_signal_connect_swapped (self->clock, "after-paint", G_CALLBACK (after_paint_cb), self);
  gdk_frame_clock_begin_updating (self->clock);
  self->thread = g_thread_new ("click", click_thread, self);
  return self;
}

BenchTimes
bench_watch_end (BenchWatch *self)
{
  BenchTimes times;

  g_atomic_int_set (&self->stop, TRUE);
  g_thread_join (self->thread);
  /* The last click may wait still. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  gdk_frame_clock_end_updating (self->clock);
  g_signal_handlers_disconnect_by_data (self->clock, self);
  times = print_times ("between frames", self->intervals);
  print_times ("work in a frame", self->works);
  print_times ("computed a frame", self->computed);
  print_times ("click until it is seen", self->clicks);
  g_array_unref (self->intervals);
  g_array_unref (self->works);
  g_array_unref (self->clicks);
  g_array_unref (self->computed);
  g_free (self);
  return times;
}
