/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many connections: more while they help, fewer when they do not, or are refused. */

#include "tl-transfer-pace.h"

#define TICK (100 * G_TIME_SPAN_MILLISECOND)
#define BASE 4

typedef struct {
  TlTransferPace pace;
  gint64         now;
  guint64        done;
  guint          most;
} Run;

static guint
get (const Run *run)
{
  return tl_transfer_pace_get (&run->pace, BASE, run->most);
}

/* @rates: how much gets through a second with so many connections; the last one is for all above. */
static void
go (Run           *run,
    guint          seconds,
    const guint64 *rates,
    guint          n_rates,
    gboolean       waits)
{
  for (guint i = 0; i < seconds * 10; i++)
    {
      run->now += TICK;
      run->done += rates[MIN (get (run), n_rates - 1)] / 10;
      tl_transfer_pace_look (&run->pace, run->now, run->done, waits, BASE, run->most);
      g_assert_cmpuint (get (run), >=, BASE);
      g_assert_cmpuint (get (run), <=, MAX (BASE, run->most));
    }
}

static const guint64 each_helps[] = { 0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000 };
static const guint64 up_to_six[] = { 0, 1000, 2000, 3000, 4000, 5000, 6000, 6100 };
static const guint64 none_helps[] = { 4000 };

static void
test_rises (void)
{
  Run run = { .now = 1, .most = 8 };

  go (&run, 1, each_helps, G_N_ELEMENTS (each_helps), TRUE);
  g_assert_cmpuint (get (&run), ==, BASE);
  go (&run, 20, each_helps, G_N_ELEMENTS (each_helps), TRUE);
  /* Not above what was allowed. */
  g_assert_cmpuint (get (&run), ==, 8);
  run.most = 5;
  go (&run, 1, each_helps, G_N_ELEMENTS (each_helps), TRUE);
  g_assert_cmpuint (get (&run), ==, 5);
}

static void
test_stops (void)
{
  Run run = { .now = 1, .most = 10 };
  guint n_above = 0;

  go (&run, 12, up_to_six, G_N_ELEMENTS (up_to_six), TRUE);
  g_assert_cmpuint (get (&run), ==, 6);
  /* It is tried again from time to time, and given up each time. */
  for (guint i = 0; i < 60; i++)
    {
      go (&run, 1, up_to_six, G_N_ELEMENTS (up_to_six), TRUE);
      g_assert_cmpuint (get (&run), <=, 7);
      n_above += get (&run) > 6;
    }
  g_assert_cmpuint (n_above, >, 0);
  g_assert_cmpuint (n_above, <, 20);
}

static void
test_no_help (void)
{
  Run run = { .now = 1, .most = 10 };

  for (guint i = 0; i < 30; i++)
    {
      go (&run, 1, none_helps, 1, TRUE);
      g_assert_cmpuint (get (&run), <=, BASE + 1);
    }
}

/* Who has nothing to do with them gets no more. */
static void
test_idle (void)
{
  Run run = { .now = 1, .most = 10 };

  go (&run, 30, each_helps, G_N_ELEMENTS (each_helps), FALSE);
  g_assert_cmpuint (get (&run), ==, BASE);
  /* Times of both kinds are no window. */
  for (guint i = 0; i < 100; i++)
    {
      run.now += TICK;
      run.done += 400;
      g_assert_false (tl_transfer_pace_look (&run.pace, run.now, run.done, i % 5 != 0, BASE, run.most));
    }
}

static void
test_refused (void)
{
  Run run = { .now = 1, .most = 10 };

  go (&run, 20, each_helps, G_N_ELEMENTS (each_helps), TRUE);
  g_assert_cmpuint (get (&run), ==, 10);
  tl_transfer_pace_refuse (&run.pace, 5);
  g_assert_cmpuint (get (&run), ==, 5);
  go (&run, 60, each_helps, G_N_ELEMENTS (each_helps), TRUE);
  g_assert_cmpuint (get (&run), ==, 5);
  go (&run, 90, each_helps, G_N_ELEMENTS (each_helps), TRUE);
  g_assert_cmpuint (get (&run), >, 5);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/transfer-pace/rises", test_rises);
  g_test_add_func ("/transfer-pace/stops", test_stops);
  g_test_add_func ("/transfer-pace/no-help", test_no_help);
  g_test_add_func ("/transfer-pace/idle", test_idle);
  g_test_add_func ("/transfer-pace/refused", test_refused);
  return g_test_run ();
}
