/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting, for every test: no sleeping, and a deadline that names what was awaited. */
#pragma once

#include <glib.h>
#include <time.h>

/* Nobody waits for it but where a test fails; a busy machine may need most of it. */
#define TEST_DEADLINE (120 * G_TIME_SPAN_SECOND)

/* Processor time of this thread, in microseconds: how much something takes, whatever else the machine does meanwhile. */
static inline gint64
test_get_used (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return used.tv_sec * (gint64) G_USEC_PER_SEC + used.tv_nsec / 1000;
}

static inline gboolean
test_wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until @condition holds; @awaited is for the message when it does not in time. What wakes it must come last: with
 * thousands of sockets one turn takes longer than its interval. */
#define test_wait_for(condition, awaited) \
  G_STMT_START \
  { \
    gint64 test_end = g_get_monotonic_time () + TEST_DEADLINE; \
    guint test_wake = g_timeout_add_full (G_PRIORITY_LOW, 2, test_wake_cb, NULL, NULL); \
    while (!(condition)) \
      { \
        if (g_get_monotonic_time () > test_end) \
          g_error ("%s:%d: awaited in vain: %s", __FILE__, __LINE__, awaited); \
        g_main_context_iteration (NULL, TRUE); \
      } \
    g_source_remove (test_wake); \
  } \
  G_STMT_END

#define test_wait(condition) test_wait_for (condition, #condition)
