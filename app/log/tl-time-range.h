/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TlTimeKind:
 * @TL_TIME_ANY: no bound
 * @TL_TIME_CLOCK: from one time of the day to another, on every day; from a later one to an earlier one is over midnight
 * @TL_TIME_SPAN: from one moment to another
 * @TL_TIME_LAST: so long before the newest message
 */
typedef enum {
  TL_TIME_ANY,
  TL_TIME_CLOCK,
  TL_TIME_SPAN,
  TL_TIME_LAST,
} TlTimeKind;

/**
 * TlTimeRange:
 * @from: the first µs that is in it: of the local day (TL_TIME_CLOCK), since 1970 (TL_TIME_SPAN; G_MININT64: no bound), or how many µs (TL_TIME_LAST)
 * @to: the first µs behind it (G_MAXINT64: no bound)
 *
 * Which times a filter lets through.
 */
typedef struct {
  TlTimeKind kind;
  gint64     from;
  gint64     to;
} TlTimeRange;

/* From what was typed: `14:05`, `14:05:30.25`, `2026-11-25`, `2026-11-25 14:05`, each or both empty; full-width signs are taken. What ends the range belongs to it
 * as far as it was written: to `14:05` is all of that minute, to a date all of that day. A time beside a date is of that day. A range of moments that ends before
 * it begins is an error. FALSE: G_IO_ERROR_INVALID_ARGUMENT, a sentence; @range is left as it was. */
gboolean tl_time_range_parse      (const char        *from,
                                   const char        *to,
                                   GTimeZone         *zone,
                                   TlTimeRange       *range,
                                   GError           **error);
/* From a number of minutes, 1 to 525,600; empty: any time. Errors as above. */
gboolean tl_time_range_parse_last (const char        *minutes,
                                   TlTimeRange       *range,
                                   GError           **error);
gboolean tl_time_range_equal      (const TlTimeRange *self,
                                   const TlTimeRange *other);

/**
 * TlDayClock:
 *
 * Remembers what the time zone was at the last time that was asked for: a message costs no look into the zone's rules. To be cleared with
 * tl_day_clock_clear().
 */
typedef struct {
  GTimeZone *zone;
  gint64     begin;
  gint64     end;
  gint64     offset;
} TlDayClock;

/* @zone: (transfer none) */
void     tl_day_clock_init        (TlDayClock        *self,
                                   GTimeZone         *zone);
void     tl_day_clock_clear       (TlDayClock        *self);
/* µs of the local day at @time, µs since 1970: below 24 hours, always. */
gint64   tl_day_clock_get         (TlDayClock        *self,
                                   gint64             time);

/* @earliest: for TL_TIME_LAST, the first µs since 1970 that is in it. @clock: for TL_TIME_CLOCK. */
gboolean tl_time_range_contains   (const TlTimeRange *self,
                                   gint64             time,
                                   gint64             earliest,
                                   TlDayClock        *clock);

G_END_DECLS
