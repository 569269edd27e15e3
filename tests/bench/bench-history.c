/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a session of ten million messages costs to record, to open, to scroll through, to search, to filter and to collapse. Prints one line a figure; needs a display.
 *   bench-history [MESSAGES] [BYTES] [RUNS]
 * It is opened in a window of its own, in turn with the least that any program must do: sqlite3_step() finds the session in the same file and reads the chunk that
 * has the last rows. */
#include "bench-run.h"

#include "tl-collapse-model.h"
#include "tl-history-messages.h"
#include "tl-history-recorder.h"
#include "tl-history-search.h"
#include "tl-history-window.h"
#include "tl-message-filter.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static void
turn (void)
{
  g_main_context_iteration (NULL, TRUE);
}

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

/* Frames: how long the main loop was away from the frame clock. */
typedef struct {
  gint64  last;
  GArray *gaps;   /* of double, in ms */
} Frames;

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Frames *frames = user_data;
  const gint64 now = g_get_monotonic_time ();
  const double gap = (double) (now - frames->last) / 1000;

  if (frames->last != 0)
    g_array_append_val (frames->gaps, gap);
  frames->last = now;
  return G_SOURCE_CONTINUE;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static void
print_frames (Frames     *frames,
              const char *what)
{
  g_array_sort (frames->gaps, compare);
  if (frames->gaps->len > 0)
    g_print ("%s: %u frames, p50 %.1f ms, p99 %.1f ms, max %.1f ms\n", what, frames->gaps->len,
             g_array_index (frames->gaps, double, frames->gaps->len / 2), g_array_index (frames->gaps, double, frames->gaps->len * 99 / 100),
             g_array_index (frames->gaps, double, frames->gaps->len - 1));
  g_array_set_size (frames->gaps, 0);
  frames->last = 0;
}

static void
record (TlHistory *history,
        guint      n,
        guint      length)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  g_autoptr (TlHistoryRecorder) recorder = tl_history_recorder_new (history, log);
  const TlHistoryAbout about = { (char *) "udp", (char *) "ten million", NULL, NULL, TRUE };
  const guint32 peer = tl_message_log_add_peer (log, "192.168.1.20:8899");
  g_autofree char *payload = g_strnfill (MAX (length, 12), 'x');
  const gint64 start = g_get_monotonic_time ();

  tl_history_recorder_begin (recorder, &about);
  for (guint i = 0; i < n; i++)
    {
      g_snprintf (payload, 12, "%011u", i);
      tl_message_log_append (log, TL_MESSAGE_RECEIVED, 0, peer, payload, length);
      /* No faster than the disk: nothing is to be lost. */
      while (i % 1000 == 0 && tl_history_get_pending (history) > TL_HISTORY_MAX_PENDING / 4)
        turn ();
    }
  g_print ("recorded: %u messages of %u bytes in %.1f s, %" G_GUINT64_FORMAT " lost\n", n, length, seconds_since (start),
           tl_history_recorder_get_n_lost (recorder));
  tl_history_recorder_end (recorder);
  while (tl_history_get_pending (history) > 0)
    turn ();
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GListModel **) user_data = tl_history_list_finish (TL_HISTORY (source), result, NULL);
}

static gboolean
is_read (TlHistoryWindow *window,
         guint            position)
{
  GListModel *rows = G_LIST_MODEL (tl_log_view_get_rows (tl_history_window_get_log (window)));
  g_autoptr (TlMessage) message = g_list_model_get_item (rows, position);

  return tl_message_get_length (message) > 0;
}

static gboolean
later_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
scroll (TlHistoryWindow *window,
        guint            n,
        Frames          *frames)
{
  TlLogView *log = tl_history_window_get_log (window);
  double worst = 0, sum = 0;
  const guint n_jumps = 50;

  for (guint i = 0; i < n_jumps; i++)
    {
      const guint position = (guint) g_random_int_range (0, (gint32) n);
      const gint64 start = g_get_monotonic_time ();
      double ms;

      tl_log_view_show_row (log, (guint64) position + 1);
      while (!is_read (window, position))
        turn ();
      ms = seconds_since (start) * 1000;
      sum += ms;
      worst = MAX (worst, ms);
      /* It is drawn, too. */
      for (gboolean done = (g_timeout_add (50, later_cb, &done), FALSE); !done;)
        turn ();
    }
  g_print ("jumps to a row anywhere until it is read: mean %.1f ms, max %.1f ms\n", sum / n_jumps, worst);
  print_frames (frames, "frames meanwhile");
}

static void
search (TlHistory *history,
        GListModel *sessions,
        guint       n,
        Frames     *frames)
{
  g_autoptr (TlHistorySearch) find = tl_history_search_new (history);
  g_autofree char *text = g_strdup_printf ("%011u", n - 7);
  g_autoptr (TlPattern) pattern = tl_pattern_new (TL_PATTERN_TEXT, text, TL_CHARSET_UTF_8, TRUE, NULL);
  const gint64 start = g_get_monotonic_time ();

  tl_history_search_start (find, sessions, pattern, TL_CHARSET_UTF_8);
  while (tl_history_search_get_busy (find))
    turn ();
  g_print ("searched: %" G_GUINT64_FORMAT " messages in %.2f s, %u found\n", tl_history_search_get_n_searched (find), seconds_since (start),
           g_list_model_get_n_items (G_LIST_MODEL (find)));
  print_frames (frames, "frames meanwhile");
}

static gboolean
is_pending (gpointer model)
{
  gboolean pending;

  g_object_get (model, "pending", &pending, NULL);
  return pending;
}

static void
wait_looked_through (gpointer    model,
                     const char *what,
                     gint64      start,
                     Frames     *frames)
{
  while (is_pending (model))
    turn ();
  g_print ("%s: %.2f s, %u rows left\n", what, seconds_since (start), g_list_model_get_n_items (model));
  print_frames (frames, "frames meanwhile");
}

/* What the log view does with a recorded session, while the window draws. */
static void
filter (TlHistory        *history,
        TlHistorySession *session,
        Frames           *frames)
{
  g_autoptr (TlHistoryMessages) messages = tl_history_messages_new (history, session);
  g_autoptr (TlMessageFilter) filtered = tl_message_filter_new (TL_MESSAGE_SOURCE (messages));
  g_autoptr (TlCollapseModel) collapsed = tl_collapse_model_new (TL_MESSAGE_SOURCE (filtered));
  TlMessageCriteria criteria = TL_MESSAGE_CRITERIA_INIT;
  gint64 start = g_get_monotonic_time ();

  criteria.kinds = 1u << TL_MESSAGE_RECEIVED;
  criteria.min_length = 1;
  tl_message_filter_set_criteria (filtered, &criteria);
  g_print ("filter set: the call took %.1f ms\n", seconds_since (start) * 1000);
  wait_looked_through (filtered, "filtered by direction and length", start, frames);
  criteria.pattern = tl_pattern_new (TL_PATTERN_TEXT, "777", TL_CHARSET_UTF_8, TRUE, NULL);
  start = g_get_monotonic_time ();
  tl_message_filter_set_criteria (filtered, &criteria);
  wait_looked_through (filtered, "filtered by content as well", start, frames);
  tl_message_criteria_clear (&criteria);
  tl_message_filter_set_criteria (filtered, &criteria);
  start = g_get_monotonic_time ();
  tl_collapse_model_set_active (collapsed, TRUE);
  wait_looked_through (collapsed, "collapsed", start, frames);
  g_print ("memory of chunks: %.1f MiB\n", (double) tl_history_messages_get_memory (messages) / (1024 * 1024));
}

static int
step_once (sqlite3      *db,
           const char   *sql,
           gint64        session,
           gint64       *number)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);

  if (result == SQLITE_OK)
    {
      sqlite3_bind_int64 (statement, 1, session);
      result = sqlite3_step (statement);
      if (result == SQLITE_ROW)
        *number = sqlite3_column_type (statement, 0) == SQLITE_BLOB ? sqlite3_column_bytes (statement, 0) : sqlite3_column_int64 (statement, 0);
    }
  sqlite3_finalize (statement);
  return result;
}

/* In ms. */
static double
open_bare (const char *path)
{
  const gint64 start = g_get_monotonic_time ();
  gint64 session = 0, bytes = 0;
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK
      || step_once (db, "SELECT id FROM sessions ORDER BY started DESC LIMIT 1", 0, &session) != SQLITE_ROW
      || step_once (db, "SELECT payload, records, names FROM chunks WHERE session = ?1 ORDER BY first DESC LIMIT 1", session, &bytes) != SQLITE_ROW || bytes == 0)
    g_error ("%s", sqlite3_errmsg (db));
  sqlite3_close (db);
  return seconds_since (start) * 1000;
}

static GtkWidget *
new_window (TlHistory *history,
            Frames    *frames)
{
  GtkWidget *window = tl_history_window_new (history, TL_CHARSET_UTF_8);

  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (window))
    turn ();
  frames->last = 0;
  gtk_widget_add_tick_callback (window, tick_cb, frames, NULL);
  return window;
}

/* In ms. */
static double
open_in_window (TlHistory *history,
                GtkWidget *window,
                guint      n)
{
  const gint64 start = g_get_monotonic_time ();
  g_autoptr (GListModel) sessions = NULL;
  g_autoptr (TlHistorySession) session = NULL;

  tl_history_list_async (history, NULL, NULL, listed_cb, &sessions);
  while (sessions == NULL)
    turn ();
  session = g_list_model_get_item (sessions, 0);
  tl_history_window_open (TL_HISTORY_WINDOW (window), session);
  while (!is_read (TL_HISTORY_WINDOW (window), n - 1))
    turn ();
  return seconds_since (start) * 1000;
}

/* The last of the windows is left open. */
static GtkWidget *
open_all (TlHistory  *history,
          const char *path,
          guint       n,
          guint       runs,
          Frames     *frames)
{
  double bare[BENCH_MAX_RUNS], ours[BENCH_MAX_RUNS], ratios[BENCH_MAX_RUNS];
  GtkWidget *window = NULL;

  for (guint i = 0; i < runs; i++)
    {
      if (window != NULL)
        gtk_window_destroy (GTK_WINDOW (window));
      window = new_window (history, frames);
      bare[i] = open_bare (path);
      ours[i] = open_in_window (history, window, n);
      ratios[i] = ours[i] / bare[i];
      g_print ("  opened until its last row is read: %.1f ms; sqlite3_step %.2f ms\n", ours[i], bare[i]);
      for (gboolean done = (g_timeout_add (500, later_cb, &done), FALSE); !done;)
        turn ();
    }
  g_print ("opened until its last row is read, median of %u: %.1f ms; sqlite3_step %.2f ms, ratio %.0f\n", runs, bench_median (ours, runs),
           bench_median (bare, runs), bench_median (ratios, runs));
  print_frames (frames, "frames meanwhile");
  return window;
}

int
main (int   argc,
      char *argv[])
{
  const guint n = argc > 1 ? (guint) atoi (argv[1]) : 10000000;
  const guint length = argc > 2 ? (guint) atoi (argv[2]) : 32;
  const guint runs = argc > 3 ? CLAMP ((guint) atoi (argv[3]), 1, BENCH_MAX_RUNS) : 5;
  g_autofree char *folder = NULL;
  TlHistory *history = bench_history_new (&folder);
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  g_autoptr (GListModel) sessions = NULL;
  g_autoptr (TlHistorySession) session = NULL;
  Frames frames = { 0, g_array_new (FALSE, FALSE, sizeof (double)) };
  GtkWidget *window;

  adw_init ();
  bench_print_machine ();
  record (history, n, length);
  window = open_all (history, path, n, runs, &frames);

  tl_history_list_async (history, NULL, NULL, listed_cb, &sessions);
  while (sessions == NULL)
    turn ();
  session = g_list_model_get_item (sessions, 0);
  scroll (TL_HISTORY_WINDOW (window), n, &frames);
  search (history, sessions, n, &frames);
  filter (history, session, &frames);

  gtk_window_destroy (GTK_WINDOW (window));
  g_array_unref (frames.gaps);
  bench_history_free (history, g_steal_pointer (&folder));
  return 0;
}
