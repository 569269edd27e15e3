/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The panel of quick sends in a window, with 1,000 sends in 20 groups:
 *   bench-quick [RUNS]
 * For each act the time from it to the end of the frame that shows what came of it, and the longest turn of the main loop meanwhile: the median of the
 * runs, and the worst. */
#include "tl-quick-group.h"
#include "tl-quick-home.h"
#include "tl-quick-pane.h"
#include "tl-quick-row.h"
#include "tl-session-page.h"
#include "tl-udp-session.h"

#include "../tl-ui-test.h"
#include "bench-frames.h"

#define N_SENDS 1000
#define N_GROUPS 20
#define MAX_RUNS 99

typedef struct {
  const char *name;
  double      took[MAX_RUNS], turn[MAX_RUNS];
} Act;

enum {
  MAKE,
  OPEN,
  SCROLL,
  CLICK,
  FOLD,
  FILTER,
  ALL_AGAIN,
  N_ACTS,
};

static Act acts[N_ACTS] = { { .name = "make the page" }, { .name = "open (F8)" }, { .name = "scroll to the end" }, { .name = "click (send)" }, { .name = "fold, unfold" },
                            { .name = "filter, 4 keys" }, { .name = "filter removed" } };

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find (child, type);

  return found;
}

static void
fill (void)
{
  TlQuickSends *sends = tl_quick_home_get_sends ();
  TlQuickStore *store = tl_quick_home_get_store ();

  test_wait_for (tl_quick_store_get_loaded (store), "the store");
  for (guint i = 0; i < N_SENDS; i++)
    {
      g_autofree char *name = g_strdup_printf ("查询状态 %u", i + 1);
      g_autofree char *group = g_strdup_printf ("设备 %u", i * N_GROUPS / N_SENDS + 1);
      g_autofree char *text = g_strdup_printf ("AT+CSQ=%u,{time} {counter}", i);
      g_autoptr (TlQuickSend) send = g_object_new (TL_TYPE_QUICK_SEND, "name", name, "group", group, "text", text, "period", i % 10 == 0 ? 1000 : 0, NULL);

      g_assert_true (tl_quick_sends_add (sends, send));
    }
}

static void
end_act (guint act,
         guint run,
         GtkWidget *window,
         gint64 began)
{
  g_autofree char *answer = NULL;

  tl_ui_test_frames (window, 2);
  acts[act].took[run] = (double) (bench_frames.frame_ended - began) / 1000;
  /* What is done a piece at a time comes after it. */
  tl_ui_test_frames (window, 30);
  answer = bench_frames_end ();
  acts[act].turn[run] = (double) bench_frames.longest / 1000;
  if (g_getenv ("TONGLU_BENCH_TURNS"))
    g_printerr ("%s: %s\n", acts[act].name, answer);
}

static gint64
begin (void)
{
  bench_frames_begin ();
  return g_get_monotonic_time ();
}

static void
run_once (guint run)
{
  TlSession *session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  GtkWidget *window = gtk_window_new ();
  GtkWidget *page, *pane, *scrolled, *filter;
  GtkAdjustment *adjustment;
  gint64 began;

  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  gtk_window_set_child (GTK_WINDOW (window), gtk_label_new ("…"));
  gtk_window_present (GTK_WINDOW (window));
  tl_ui_test_wait (tl_ui_test_is_mapped, window, "the window");
  bench_frames_watch (window);
  tl_session_open (session);

  began = begin ();
  page = tl_session_page_new (session, NULL);
  gtk_window_set_child (GTK_WINDOW (window), page);
  end_act (MAKE, run, window, began);

  began = begin ();
  gtk_widget_activate_action (find (page, TL_TYPE_QUICK_PANE), "quick.show", NULL);
  end_act (OPEN, run, window, began);

  pane = find (page, TL_TYPE_QUICK_PANE);
  scrolled = gtk_widget_get_ancestor (find (pane, TL_TYPE_QUICK_GROUP), GTK_TYPE_SCROLLED_WINDOW);
  filter = find (pane, GTK_TYPE_SEARCH_ENTRY);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  began = begin ();
  for (guint i = 0; i < 60; i++)
    {
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) * i / 60);
      tl_ui_test_frames (window, 1);
    }
  end_act (SCROLL, run, window, began);

  began = begin ();
  gtk_widget_activate (find (pane, TL_TYPE_QUICK_ROW));
  end_act (CLICK, run, window, began);

  began = begin ();
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (find (pane, TL_TYPE_QUICK_GROUP), GTK_TYPE_TOGGLE_BUTTON)), FALSE);
  tl_ui_test_frames (window, 2);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (find (pane, TL_TYPE_QUICK_GROUP), GTK_TYPE_TOGGLE_BUTTON)), TRUE);
  end_act (FOLD, run, window, began);

  began = begin ();
  for (guint i = 1; i <= 4; i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (filter), (const char *[]) { "", "查", "查询", "查询状", "查询状态 99" }[i]);
      g_signal_emit_by_name (filter, "search-changed");
      tl_ui_test_frames (window, 4);
    }
  end_act (FILTER, run, window, began);

  began = begin ();
  gtk_editable_set_text (GTK_EDITABLE (filter), "");
  g_signal_emit_by_name (filter, "search-changed");
  end_act (ALL_AGAIN, run, window, began);

  g_main_context_set_poll_func (NULL, g_poll);
  gtk_window_destroy (GTK_WINDOW (window));
  tl_session_close (session);
  g_object_unref (session);
  tl_ui_test_settle ();
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

int
main (int    argc,
      char **argv)
{
  const guint runs = argc > 1 ? CLAMP (atoi (argv[1]), 1, MAX_RUNS) : 5;

  argc = 1;
  tl_ui_test_init (&argc, &argv);
  fill ();
  for (guint run = 0; run < runs; run++)
    run_once (run);

  g_print ("%u sends in %u groups, %u runs; ms: median (worst)\n", N_SENDS, N_GROUPS, runs);
  for (guint i = 0; i < N_ACTS; i++)
    {
      qsort (acts[i].took, runs, sizeof (double), compare);
      qsort (acts[i].turn, runs, sizeof (double), compare);
      g_print ("  %-18s took %7.1f (%7.1f), longest turn %6.1f (%6.1f)\n", acts[i].name, acts[i].took[runs / 2], acts[i].took[runs - 1],
               acts[i].turn[runs / 2], acts[i].turn[runs - 1]);
    }
  tl_quick_home_close ();

  return 0;
}
