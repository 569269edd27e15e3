/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the benchmarks share: the load in its own process, medians, memory, a history of their own, what machine this is; and the parts of bench-sessions. */
#pragma once

#include "tl-history-recorder.h"

G_BEGIN_DECLS

#define BENCH_MAX_RUNS 64

typedef struct {
  guint runs;      /* pairs */
  guint seconds;   /* of each measurement */
  guint minutes;   /* of the flood */
  guint rate;      /* of the flood, datagrams a second */
  guint bytes;     /* of a datagram; 0: 64 and 1,400 */
  guint clients;   /* 0: 1, 100 and 10,000 */
} BenchOptions;

/* What one measurement of a receiver gave. */
typedef struct {
  double  rate;      /* datagrams a second, while the load lasted */
  double  cost;      /* ns of processor time a datagram: what others on the machine do shows less in it */
  guint64 received;
  guint64 dropped;   /* by the kernel */
  guint64 sent;
  guint64 unsaved;   /* received, and not in the history */
} BenchFlow;

/* The program bench-load, on a processor of its own. */
typedef struct {
  GPid   pid;
  int    output;
  char   text[128];
  gsize  length;
  gint64 looked;    /* whether it has ended */
  gint64 computed;  /* by us, when all clients were there */
  gboolean ended;
} BenchLoad;

/* Has this program run beside the first processor, which is that of the load. */
void     bench_leave_processor (void);
/* @kind: "udp" or "tcp"; @number: rate or clients. */
BenchLoad *bench_load_new      (const char         *kind,
                                guint               port,
                                guint               size,
                                guint               number,
                                guint               seconds);
/* Never waits. What it printed is in @text then. */
gboolean bench_load_has_ended  (BenchLoad          *self);
/* Of "tcp", after that: echoes a second, and ns of our processor time each. 0: it failed. */
BenchFlow bench_load_get_echoes (BenchLoad         *self);
void     bench_load_free       (BenchLoad          *self);
/* ns that this process has computed, in all of its threads. */
gint64   bench_processor_time  (void);
double   bench_median          (const double       *values,
                                guint               n);
/* kB that are in memory now, without what is of files. */
guint64  bench_anonymous_kb    (void);
void     bench_print_machine   (void);

/* One line for each way to receive that is compared with the bare one. */
void     bench_udp             (const BenchOptions *options);
void     bench_tcp             (const BenchOptions *options);
void     bench_memory          (const BenchOptions *options);
void     bench_flood           (const BenchOptions *options);

/* The simplest that can be written: recvmmsg() into buffers until the load has ended. */
BenchFlow bench_bare_udp       (guint               size,
                                guint               seconds);
/* A server that echoes by epoll, recv() and send(). */
BenchFlow bench_bare_tcp       (guint               size,
                                guint               clients,
                                guint               seconds);
/* A session of its own, which is left empty. @history: (nullable). */
BenchFlow bench_session_udp    (guint               size,
                                guint               rate,
                                guint               seconds,
                                TlHistory          *history);
/* A history in a new folder below @parent. */
TlHistory *bench_history_new   (char              **folder);
/* Writes what waits, and removes the folder. */
void     bench_history_free    (TlHistory          *history,
                                char               *folder);
void     bench_turn            (void);

G_END_DECLS
