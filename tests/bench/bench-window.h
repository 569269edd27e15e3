/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of bench-window share. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BENCH_RING 500000

typedef struct {
  guint       runs;
  guint       seconds;  /* of the flood */
  guint       rate;     /* datagrams a second */
  guint       bytes;    /* of a datagram */
  const char *mode;
  gboolean    wrap;
  gboolean    up;       /* old rows are looked at meanwhile */
  gboolean    find;
  gboolean    filter;
} BenchWindowOptions;

/* In ms. */
typedef struct {
  double p50;
  double p99;
  double max;
} BenchTimes;

/* Measures a window: a frame is asked for whenever one is due, so that each stall is seen as a long time between two, and a button is clicked 20 times a second. */
typedef struct _BenchWatch BenchWatch;

/* Called in each frame. (nullable) */
typedef void (*BenchFrameFunc) (gpointer data);

BenchWatch *bench_watch_new      (GtkWidget      *window,
                                  GtkWidget      *click,
                                  BenchFrameFunc  func,
                                  gpointer        data);
/* Prints what was measured, and returns the times between frames. */
BenchTimes  bench_watch_end      (BenchWatch     *self);
/* Has udp-flood send to @port until it is done; @turn: the main loop's. Returns how many it sent. */
guint64     bench_window_flood   (const BenchWindowOptions *options,
                                  guint           port);

/* The smallest window that shows the same flood. */
BenchTimes  bench_window_plain   (const BenchWindowOptions *options);

G_END_DECLS
