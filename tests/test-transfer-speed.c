/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Speed and time left: right from the first second, calm in between, honest when nothing moves. */

#include "tl-transfer-speed.h"

#define TICK (100 * G_TIME_SPAN_MILLISECOND)
#define MB 1000000.0

/* @rates: bytes a tick, taken in turn. */
static void
feed (TlTransferSpeed *speed,
      guint            n_ticks,
      const guint64   *rates,
      guint            n_rates)
{
  for (guint i = 0; i < n_ticks; i++)
    tl_transfer_speed_add (speed, speed->time + TICK, speed->moved + rates[i % n_rates]);
}

static void
test_nothing_known (void)
{
  TlTransferSpeed speed = { 0 };

  g_assert_cmpfloat (tl_transfer_speed_get (&speed), ==, 0);
  g_assert_cmpint (tl_transfer_speed_get_remaining (&speed, 10), ==, -1);
  g_assert_cmpint (tl_transfer_speed_get_remaining (&speed, 0), ==, 0);
  tl_transfer_speed_add (&speed, 5, 1000);
  g_assert_cmpfloat (tl_transfer_speed_get (&speed), ==, 0);
  /* The clock did not go on. */
  tl_transfer_speed_add (&speed, 5, 2000);
  g_assert_cmpfloat (tl_transfer_speed_get (&speed), ==, 0);
}

static void
test_steady (void)
{
  TlTransferSpeed speed = { 0 };

  /* What was there before the first sample is no speed. */
  tl_transfer_speed_add (&speed, 77, 500000000);
  feed (&speed, 1, (guint64[]) { 100000 }, 1);
  g_assert_cmpfloat_with_epsilon (tl_transfer_speed_get (&speed), MB, 1);
  g_assert_cmpint (tl_transfer_speed_get_remaining (&speed, 9500000), ==, 10);
  feed (&speed, 300, (guint64[]) { 100000 }, 1);
  g_assert_cmpfloat_with_epsilon (tl_transfer_speed_get (&speed), MB, 1);
  g_assert_cmpint (tl_transfer_speed_get_remaining (&speed, 9500000), ==, 10);
}

/* A server that sends in bursts: all of a second's bytes in one tick. */
static void
test_bursts (void)
{
  TlTransferSpeed speed = { 0 };
  const guint64 burst[] = { 1000000, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
  gint64 least = G_MAXINT64, most = 0;

  tl_transfer_speed_add (&speed, 1, 0);
  feed (&speed, 100, burst, 10);
  for (guint i = 0; i < 100; i++)
    {
      gint64 left;

      tl_transfer_speed_add (&speed, speed.time + TICK, speed.moved + burst[i % 10]);
      left = tl_transfer_speed_get_remaining (&speed, 100000000);
      least = MIN (least, left);
      most = MAX (most, left);
      g_assert_cmpfloat (tl_transfer_speed_get (&speed), >, 0.6 * MB);
      g_assert_cmpfloat (tl_transfer_speed_get (&speed), <, 1.5 * MB);
    }
  /* 100 s, and no more than a tenth to either side. */
  g_assert_cmpint (least, >=, 90);
  g_assert_cmpint (most, <=, 110);
}

static void
test_slower (void)
{
  TlTransferSpeed speed = { 0 };

  tl_transfer_speed_add (&speed, 1, 0);
  feed (&speed, 200, (guint64[]) { 1000000 }, 1);
  feed (&speed, 60, (guint64[]) { 100000 }, 1);
  /* Six seconds later the speed is seen, and the time left comes after it. */
  g_assert_cmpfloat (tl_transfer_speed_get (&speed), <, 1.3 * MB);
  g_assert_cmpint (tl_transfer_speed_get_remaining (&speed, 100000000), >, 15);
  feed (&speed, 500, (guint64[]) { 100000 }, 1);
  g_assert_cmpint (tl_transfer_speed_get_remaining (&speed, 100000000), >=, 94);
}

static void
test_standstill (void)
{
  TlTransferSpeed speed = { 0 };

  tl_transfer_speed_add (&speed, 1, 0);
  feed (&speed, 50, (guint64[]) { 100000 }, 1);
  feed (&speed, 300, (guint64[]) { 0 }, 1);
  g_assert_cmpfloat (tl_transfer_speed_get (&speed), ==, 0);
  g_assert_cmpint (tl_transfer_speed_get_remaining (&speed, 1000), ==, -1);
}

/* One that began anew, or a sum of which one was cancelled. */
static void
test_less (void)
{
  TlTransferSpeed speed = { 0 };

  tl_transfer_speed_add (&speed, 1, 0);
  feed (&speed, 50, (guint64[]) { 100000 }, 1);
  tl_transfer_speed_add (&speed, speed.time + TICK, 10);
  g_assert_cmpfloat_with_epsilon (tl_transfer_speed_get (&speed), MB, 1);
  feed (&speed, 1, (guint64[]) { 100000 }, 1);
  g_assert_cmpfloat_with_epsilon (tl_transfer_speed_get (&speed), MB, 1);
}

static void
test_endless (void)
{
  TlTransferSpeed speed = { 0 };

  tl_transfer_speed_add (&speed, 1, 0);
  feed (&speed, 50, (guint64[]) { 1 }, 1);
  g_assert_cmpint (tl_transfer_speed_get_remaining (&speed, G_MAXUINT64), ==, -1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/transfer-speed/nothing-known", test_nothing_known);
  g_test_add_func ("/transfer-speed/steady", test_steady);
  g_test_add_func ("/transfer-speed/bursts", test_bursts);
  g_test_add_func ("/transfer-speed/slower", test_slower);
  g_test_add_func ("/transfer-speed/standstill", test_standstill);
  g_test_add_func ("/transfer-speed/less", test_less);
  g_test_add_func ("/transfer-speed/endless", test_endless);
  return g_test_run ();
}
