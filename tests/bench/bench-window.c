/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-window FLOOD LOOK MODE WRAP RATE SIZE SECONDS [find|filter] [history] [RUNS]: a window with a UDP session in this process, flooded by the program
 * FLOOD (udp-flood). Prints how long frames took, how long a click waited for its frame, and where the datagrams went; of several runs the medians. LOOK:
 * bubbles, table. MODE: text, hex, hex-dump. WRAP: 0, 1. `find`: the ring is filled first, and a search and a filter run while the flood does. `filter`: a
 * filter of direction, length, time and content is in force, which lets every second message through; prints how many of those it showed. `history`: the
 * session is recorded, into a folder of its own. A frame is asked for whenever one is due, so that each stall is seen as a long time between two. */

#include "tl-filter-popover.h"
#include "tl-find-bar.h"
#include "tl-log-bubbles.h"
#include "tl-log-table.h"
#include "tl-log-view.h"
#include "tl-history-recorder.h"
#include "tl-session-page.h"
#include "tl-udp-session.h"

#include "../tl-ui-test.h"

#define CLICK_GAP_US (50 * 1000)
#define FULL_RING 500000
#define MAX_RUNS 20

typedef struct {
  GtkWidget *window;
  GtkWidget *page;
  TlLogList *list;       /* the look that is shown */
  GtkWidget *click;      /* what is clicked */
  TlSession *session;
  GArray    *intervals;  /* of gint64: between the ends of two frames */
  GArray    *works;      /* of gint64: from the beginning of a frame to its end */
  GArray    *clicks;     /* of gint64: from the click to the end of the frame that shows it */
  GArray    *computed;   /* of gint64: of the main loop's thread from the end of a frame to the end of the next */
  gint64     computed_before;
  gint64     frame_began;
  gint64     frame_ended;
  gint64     clicked_at; /* 0: none waits */
  gboolean   pressed;
  guint      max_bound;
  gint       stop;       /* atomic */
} Bench;

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

typedef struct {
  double p50;
  double p99;
  double max;
} Times;

static Times
print_times (const char *name,
             GArray     *times)
{
  const gint64 *sorted = (const gint64 *) times->data;
  Times result = { 0 };

  g_array_sort (times, compare);
  if (times->len == 0)
    {
      g_print ("%s: none\n", name);
      return result;
    }
  result = (Times) { sorted[times->len / 2] / 1000.0, sorted[times->len * 99 / 100] / 1000.0, sorted[times->len - 1] / 1000.0 };
  g_print ("%-22s n %5u, p50 %7.1f ms, p99 %7.1f ms, max %7.1f ms\n", name, times->len, result.p50, result.p99, result.max);
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
before_paint_cb (GdkFrameClock *clock,
                 gpointer       data)
{
  ((Bench *) data)->frame_began = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       data)
{
  Bench *self = data;
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
  self->max_bound = MAX (self->max_bound, tl_log_list_get_n_bound (self->list));
}

/* As an event of the pointer would be: with its priority. */
static gboolean
press_cb (gpointer data)
{
  Bench *self = data;

  gtk_widget_activate (self->click);
  gtk_widget_queue_draw (self->click);
  self->pressed = TRUE;
  return G_SOURCE_REMOVE;
}

static gpointer
click_thread (gpointer data)
{
  Bench *self = data;

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

static void
flood_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  char **out = data;
  g_autoptr (GError) error = NULL;

  if (!g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, out, NULL, &error))
    g_error ("flood: %s", error->message);
}

static void
fill (Bench *self)
{
  TlMessageLog *log = tl_session_get_log (self->session);
  guint32 peer = tl_message_log_add_peer (log, "127.0.0.1:7");
  char text[64];

  for (guint i = 0; i < FULL_RING; i++)
    {
      g_snprintf (text, sizeof text, "%063u", i);
      tl_message_log_append (log, TL_MESSAGE_SENT, 0, peer, text, sizeof text);
    }
  tl_message_log_flush (log);
}

static gboolean
find_cb (gpointer data)
{
  static const char *const needles[] = { "77", "000001", "xxxxxxx", "not there" };
  static guint n;
  Bench *self = data;
  TlLogView *view = TL_LOG_VIEW (tl_ui_test_find (self->page, TL_TYPE_LOG_VIEW));

  gtk_widget_activate_action (GTK_WIDGET (view), "log.find", NULL);
  gtk_editable_set_text (GTK_EDITABLE (tl_ui_test_find (tl_ui_test_find (GTK_WIDGET (view), TL_TYPE_FIND_BAR), GTK_TYPE_ENTRY)), needles[n % G_N_ELEMENTS (needles)]);
  g_object_set (view, "show", n % 3 == 0 ? TL_LOG_SHOW_ALL : n % 3 == 1 ? TL_LOG_SHOW_RECEIVED : TL_LOG_SHOW_SENT, NULL);
  n++;
  return G_SOURCE_CONTINUE;
}

static void
type_into (TlLogView  *view,
           const char *field,
           const char *text)
{
  GtkWidget *popover = tl_ui_test_find (GTK_WIDGET (view), TL_TYPE_FILTER_POPOVER);

  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_template_child (popover, TL_TYPE_FILTER_POPOVER, field)), text);
}

static void
filter (TlLogView *view)
{
  gtk_widget_activate_action (GTK_WIDGET (view), "log.filter", NULL);
  g_object_set (view, "show", TL_LOG_SHOW_RECEIVED, NULL);
  type_into (view, "least", "8");
  type_into (view, "most", "65507");
  type_into (view, "from", "00:00");
  type_into (view, "content", "7");
  gtk_popover_popdown (GTK_POPOVER (tl_ui_test_find (GTK_WIDGET (view), TL_TYPE_FILTER_POPOVER)));
}

static char *
run_flood (const char *program,
           TlSession  *session,
           char      **argv)
{
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_parse (tl_session_get_local_endpoint (session), NULL);
  g_autofree char *port = g_strdup_printf ("%u", tl_endpoint_get_port (endpoint));
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) flood = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "127.0.0.1", port, argv[0],
                                                    argv[2], argv[1], NULL);
  char *out = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8_async (flood, NULL, NULL, flood_cb, &out);
  while (!out)
    g_main_context_iteration (NULL, TRUE);
  return out;
}

static void
set_up (Bench *self,
        char **argv)
{
  g_autoptr (GEnumClass) modes = g_type_class_ref (TL_TYPE_LOG_MODE);
  TlLogView *view;
  GtkWidget *box;

  self->intervals = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->works = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->clicks = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->computed = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  self->page = tl_session_page_new (self->session, NULL);
  self->click = gtk_toggle_button_new_with_label ("click");
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), self->click);
  gtk_box_append (GTK_BOX (box), self->page);
  gtk_widget_set_vexpand (self->page, TRUE);
  self->window = tl_ui_test_window (box, 1180, 800);
  view = TL_LOG_VIEW (tl_ui_test_find (self->page, TL_TYPE_LOG_VIEW));
  g_object_set (view, "bubbles", g_str_equal (argv[2], "bubbles"), "mode", g_enum_get_value_by_nick (modes, argv[3])->value,
                "wrap", atoi (argv[4]), NULL);
  self->list = TL_LOG_LIST (tl_ui_test_find (self->page, g_str_equal (argv[2], "bubbles") ? TL_TYPE_LOG_BUBBLES : TL_TYPE_LOG_TABLE));
  tl_session_open (self->session);
  test_wait (tl_session_get_state (self->session) == TL_SESSION_OPEN);
}

static void
tear_down (Bench *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_unref (self->session);
  g_array_unref (self->intervals);
  g_array_unref (self->works);
  g_array_unref (self->clicks);
  g_array_unref (self->computed);
}

static Times
print_run (Bench      *self,
           const char *sent,
           guint64     unsaved)
{
  const TlSessionCounters *counters = tl_session_get_counters (self->session);
  TlLogView *view = TL_LOG_VIEW (tl_ui_test_find (self->page, TL_TYPE_LOG_VIEW));
  Times times;

  g_print ("sent %" G_GUINT64_FORMAT ", received %" G_GUINT64_FORMAT ", dropped by the kernel %" G_GUINT64_FORMAT ", not saved %" G_GUINT64_FORMAT
           "; rows realised %u\n",
           g_ascii_strtoull (sent, NULL, 10), counters->rx_messages, counters->kernel_drops, unsaved, self->max_bound);
  g_print ("rows shown at the end: %u\n", g_list_model_get_n_items (G_LIST_MODEL (tl_log_view_get_rows (view))));
  times = print_times ("between frames", self->intervals);
  print_times ("work in a frame", self->works);
  print_times ("computed a frame", self->computed);
  print_times ("click until it is seen", self->clicks);
  return times;
}

static Times
run (char       **argv,
     const char  *search,
     gboolean     save)
{
  const TlHistoryAbout about = { (char *) "udp", (char *) "bench", NULL, NULL, TRUE };
  Bench self = { 0 };
  g_autofree char *folder = g_dir_make_tmp ("tonglu-bench-XXXXXX", NULL);
  g_autoptr (GFile) file = g_file_new_build_filename (folder, "history.db", NULL);
  g_autoptr (TlHistory) history = tl_history_new (file);
  g_autoptr (TlHistoryRecorder) recorder = NULL;
  g_autofree char *sent = NULL;
  const char *clean[] = { "rm", "-rf", folder, NULL };
  const TlSessionCounters *counters;
  GdkFrameClock *clock;
  GThread *thread;
  guint find_id = 0;
  Times times;

  set_up (&self, argv);
  counters = tl_session_get_counters (self.session);
  recorder = tl_history_recorder_new (history, tl_session_get_log (self.session));
  if (save)
    tl_history_recorder_begin (recorder, &about);
  if (g_strcmp0 (search, "filter") == 0)
    filter (TL_LOG_VIEW (tl_ui_test_find (self.page, TL_TYPE_LOG_VIEW)));
  else if (search != NULL)
    {
      fill (&self);
      find_id = g_timeout_add (500, find_cb, &self);
    }

  clock = gtk_widget_get_frame_clock (self.window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &self);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &self);
  gdk_frame_clock_begin_updating (clock);
  thread = g_thread_new ("click", click_thread, &self);
  sent = run_flood (argv[1], self.session, argv + 5);
  g_atomic_int_set (&self.stop, TRUE);
  g_clear_handle_id (&find_id, g_source_remove);
  while (counters->rx_messages + counters->kernel_drops < g_ascii_strtoull (sent, NULL, 10))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  gdk_frame_clock_end_updating (clock);

  times = print_run (&self, sent, tl_history_recorder_get_n_lost (recorder));
  tl_history_recorder_end (recorder);
  test_wait (tl_history_get_pending (history) == 0);
  tear_down (&self);
  tl_history_close (history);
  g_spawn_sync (NULL, (char **) clean, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  return times;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

int
main (int   argc,
      char *argv[])
{
  double p50[MAX_RUNS], p99[MAX_RUNS], max[MAX_RUNS];
  const char *search = NULL;
  gboolean save = FALSE;
  int n = 1;

  tl_ui_test_init (&argc, &argv);
  for (int i = 8; i < argc; i++)
    {
      if (g_str_equal (argv[i], "find") || g_str_equal (argv[i], "filter"))
        search = argv[i];
      save |= g_str_equal (argv[i], "history");
      n = CLAMP (MAX (n, atoi (argv[i])), 1, MAX_RUNS);
    }
  if (argc < 8)
    {
      g_printerr ("usage: bench-window FLOOD bubbles|table text|hex|hex-dump 0|1 RATE SIZE SECONDS [find|filter] [history] [RUNS]\n");
      return 2;
    }
  g_print ("== %s %s wrap=%s, %s/s of %s bytes for %s s%s%s\n", argv[2], argv[3], argv[4], argv[5], argv[6], argv[7],
           search == NULL ? "" : g_str_equal (search, "find") ? ", find" : ", filter", save ? ", history" : "");
  for (int i = 0; i < n; i++)
    {
      const Times times = run (argv, search, save);

      p50[i] = times.p50;
      p99[i] = times.p99;
      max[i] = times.max;
    }
  qsort (p50, n, sizeof *p50, compare_doubles);
  qsort (p99, n, sizeof *p99, compare_doubles);
  qsort (max, n, sizeof *max, compare_doubles);
  g_print ("between frames, medians of %d runs: p50 %.1f ms, p99 %.1f ms, max %.1f ms\n", n, p50[n / 2], p99[n / 2], max[n / 2]);
  return 0;
}
