/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-window [OPTIONS] [plain table table-history bubbles bubbles-history]: a window with a UDP session in this process, flooded by the program udp-flood beside it, as
 * a table or as bubbles, without and with the history, in turn with the smallest window that shows the same flood (plain). Prints how long frames took, how long
 * a click waited for its frame, where the datagrams went, and the medians of all runs with their ratios to the plain window. */

#include "bench-run.h"
#include "bench-window.h"

#include "tl-filter-popover.h"
#include "tl-find-bar.h"
#include "tl-history-recorder.h"
#include "tl-log-bubbles.h"
#include "tl-log-table.h"
#include "tl-log-view.h"
#include "tl-session-page.h"
#include "tl-udp-session.h"

#include "../tl-ui-test.h"

#define LOOK_BACK_MS 1000

typedef struct {
  GtkWidget *window;
  GtkWidget *page;
  TlLogList *list;       /* the look that is shown */
  GtkWidget *click;      /* what is clicked */
  TlSession *session;
  guint      max_bound;
} Bench;

static void
frame_cb (gpointer data)
{
  Bench *self = data;

  self->max_bound = MAX (self->max_bound, tl_log_list_get_n_bound (self->list));
}

static void
fill (Bench *self)
{
  TlMessageLog *log = tl_session_get_log (self->session);
  guint32 peer = tl_message_log_add_peer (log, "127.0.0.1:7");
  char text[64];

  for (guint i = 0; i < BENCH_RING; i++)
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

guint64
bench_window_flood (const BenchWindowOptions *options,
                    guint                     port)
{
  g_autofree char *self_path = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self_path);
  g_autofree char *program = g_build_filename (folder, "udp-flood", NULL);
  g_autofree char *port_text = g_strdup_printf ("%u", port);
  g_autofree char *rate = g_strdup_printf ("%u", options->rate);
  g_autofree char *seconds = g_strdup_printf ("%u", options->seconds);
  g_autofree char *bytes = g_strdup_printf ("%u", options->bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) flood = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "127.0.0.1", port_text, rate, seconds, bytes, NULL);
  g_autofree char *out = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8_async (flood, NULL, NULL, flood_cb, &out);
  while (!out)
    g_main_context_iteration (NULL, TRUE);
  return g_ascii_strtoull (out, NULL, 10);
}

/* A page of rows in the middle of the ring. */
static gboolean
look_back_cb (gpointer data)
{
  Bench *self = data;
  TlLogView *view = TL_LOG_VIEW (tl_ui_test_find (self->page, TL_TYPE_LOG_VIEW));
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (tl_log_view_get_rows (view)));

  if (n > 0)
    tl_log_follow_scroll_to (tl_log_list_get_follow (self->list), n / 2);
  return G_SOURCE_CONTINUE;
}

static void
set_up (Bench                    *self,
        const BenchWindowOptions *options,
        gboolean                  bubbles)
{
  g_autoptr (GEnumClass) modes = g_type_class_ref (TL_TYPE_LOG_MODE);
  const GEnumValue *mode = g_enum_get_value_by_nick (modes, options->mode);
  TlLogView *view;
  GtkWidget *box;

  if (mode == NULL)
    g_error ("%s is no mode", options->mode);
  self->session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  self->page = tl_session_page_new (self->session, NULL);
  self->click = gtk_toggle_button_new_with_label ("click");
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), self->click);
  gtk_box_append (GTK_BOX (box), self->page);
  gtk_widget_set_vexpand (self->page, TRUE);
  self->window = tl_ui_test_window (box, 1180, 800);
  view = TL_LOG_VIEW (tl_ui_test_find (self->page, TL_TYPE_LOG_VIEW));
  g_object_set (view, "bubbles", bubbles, "mode", mode->value, "wrap", options->wrap, NULL);
  self->list = TL_LOG_LIST (tl_ui_test_find (self->page, bubbles ? TL_TYPE_LOG_BUBBLES : TL_TYPE_LOG_TABLE));
  tl_session_open (self->session);
  test_wait (tl_session_get_state (self->session) == TL_SESSION_OPEN);
}

static BenchTimes
run (const BenchWindowOptions *options,
     gboolean                  bubbles,
     gboolean                  save)
{
  const TlHistoryAbout about = { (char *) "udp", (char *) "bench", NULL, NULL, TRUE };
  Bench self = { 0 };
  g_autofree char *folder = NULL;
  TlHistory *history = bench_history_new (&folder);
  g_autoptr (TlHistoryRecorder) recorder = NULL;
  g_autoptr (TlEndpoint) endpoint = NULL;
  const TlSessionCounters *counters;
  TlLogView *view;
  guint find_id = 0, back_id = 0;
  BenchWatch *watch;
  BenchTimes times;
  guint64 sent;

  set_up (&self, options, bubbles);
  view = TL_LOG_VIEW (tl_ui_test_find (self.page, TL_TYPE_LOG_VIEW));
  counters = tl_session_get_counters (self.session);
  recorder = tl_history_recorder_new (history, tl_session_get_log (self.session));
  if (save)
    tl_history_recorder_begin (recorder, &about);
  if (options->filter)
    filter (view);
  if (options->find)
    {
      fill (&self);
      find_id = g_timeout_add (500, find_cb, &self);
    }
  if (options->up)
    back_id = g_timeout_add (LOOK_BACK_MS, look_back_cb, &self);

  watch = bench_watch_new (self.window, self.click, frame_cb, &self);
  endpoint = tl_endpoint_parse (tl_session_get_local_endpoint (self.session), NULL);
  sent = bench_window_flood (options, tl_endpoint_get_port (endpoint));
  g_clear_handle_id (&find_id, g_source_remove);
  g_clear_handle_id (&back_id, g_source_remove);
  while (counters->rx_messages + counters->kernel_drops < sent)
    g_main_context_iteration (NULL, TRUE);
  g_print ("  sent %" G_GUINT64_FORMAT ", received %" G_GUINT64_FORMAT ", dropped by the kernel %" G_GUINT64_FORMAT ", not saved %" G_GUINT64_FORMAT
           "; rows realised %u, shown at the end %u\n",
           sent, counters->rx_messages, counters->kernel_drops, tl_history_recorder_get_n_lost (recorder), self.max_bound,
           g_list_model_get_n_items (G_LIST_MODEL (tl_log_view_get_rows (view))));
  times = bench_watch_end (watch);
  tl_history_recorder_end (recorder);
  gtk_window_destroy (GTK_WINDOW (self.window));
  g_object_unref (self.session);
  bench_history_free (history, g_steal_pointer (&folder));
  return times;
}

static BenchTimes
run_plain (const BenchWindowOptions *options)
{
  return bench_window_plain (options);
}

static BenchTimes
run_table (const BenchWindowOptions *options)
{
  return run (options, FALSE, FALSE);
}

static BenchTimes
run_table_history (const BenchWindowOptions *options)
{
  return run (options, FALSE, TRUE);
}

static BenchTimes
run_bubbles (const BenchWindowOptions *options)
{
  return run (options, TRUE, FALSE);
}

static BenchTimes
run_bubbles_history (const BenchWindowOptions *options)
{
  return run (options, TRUE, TRUE);
}

static const struct {
  const char  *name;
  BenchTimes (*func) (const BenchWindowOptions *options);
} cases[] = {
  { "plain", run_plain },
  { "table", run_table },
  { "table-history", run_table_history },
  { "bubbles", run_bubbles },
  { "bubbles-history", run_bubbles_history },
};

#define N_CASES G_N_ELEMENTS (cases)

/* The first case is what the others are compared with, if it was measured. */
static void
print_medians (double (*times)[N_CASES][BENCH_MAX_RUNS],
               guint    runs,
               gboolean compared)
{
  for (guint i = 0; i < N_CASES; i++)
    {
      double ratios[2][BENCH_MAX_RUNS];

      if (times[0][i][0] == 0)
        continue;
      g_print ("%-16s between frames, medians of %u: p50 %5.1f ms, p99 %5.1f ms, max %6.1f ms", cases[i].name, runs, bench_median (times[0][i], runs),
               bench_median (times[1][i], runs), bench_median (times[2][i], runs));
      for (guint k = 0; k < runs && compared; k++)
        for (guint what = 0; what < 2; what++)
          ratios[what][k] = times[what][i][k] / times[what][0][k];
      if (compared && i > 0)
        g_print ("; to the plain window: p50 %.2f, p99 %.2f", bench_median (ratios[0], runs), bench_median (ratios[1], runs));
      g_print ("\n");
    }
}

static BenchWindowOptions options = { .runs = 5, .seconds = 30, .rate = 100000, .bytes = 64, .mode = "text" };
static char **names;

static const GOptionEntry entries[] = {
  { "runs", 0, 0, G_OPTION_ARG_INT, &options.runs, "Of each (5)", "N" },
  { "seconds", 0, 0, G_OPTION_ARG_INT, &options.seconds, "Of the flood (30)", "N" },
  { "rate", 0, 0, G_OPTION_ARG_INT, &options.rate, "Datagrams a second (100000)", "N" },
  { "bytes", 0, 0, G_OPTION_ARG_INT, &options.bytes, "Of a datagram (64)", "N" },
  { "mode", 0, 0, G_OPTION_ARG_STRING, &options.mode, "text, hex or hex-dump (text)", "MODE" },
  { "wrap", 0, 0, G_OPTION_ARG_NONE, &options.wrap, "Long lines are wrapped", NULL },
  { "up", 0, 0, G_OPTION_ARG_NONE, &options.up, "The middle of the ring is looked at, and not its end", NULL },
  { "find", 0, 0, G_OPTION_ARG_NONE, &options.find, "The ring is filled first; a search and a filter run meanwhile", NULL },
  { "filter", 0, 0, G_OPTION_ARG_NONE, &options.filter, "A filter of direction, length, time and content is in force", NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &names, NULL, "[plain table table-history bubbles bubbles-history]" },
  { NULL },
};

int
main (int   argc,
      char *argv[])
{
  static double times[3][N_CASES][BENCH_MAX_RUNS];
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || options.runs < 1 || options.runs > BENCH_MAX_RUNS || options.seconds < 1)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "out of range");
      return 2;
    }
  tl_ui_test_init (&argc, &argv);
  bench_print_machine ();
  for (guint k = 0; k < options.runs; k++)
    for (guint i = 0; i < N_CASES; i++)
      {
        BenchTimes result;

        if (names != NULL && !g_strv_contains ((const char *const *) names, cases[i].name))
          continue;
        g_print ("%s, %u/s of %u bytes for %u s\n", cases[i].name, options.rate, options.bytes, options.seconds);
        result = cases[i].func (&options);
        times[0][i][k] = result.p50;
        times[1][i][k] = result.p99;
        times[2][i][k] = result.max;
      }
  print_medians (times, options.runs, times[0][0][0] > 0);
  return 0;
}
