/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which times a filter lets through, and how they are typed. */

#include "tl-time-range.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SECOND G_USEC_PER_SEC
#define MINUTE (60 * (gint64) SECOND)
#define DAY (24 * 60 * MINUTE)
/* Zones change at whole quarters of an hour. */
#define QUARTER (15 * MINUTE)
#define MAX_MINUTES (365 * 24 * 60)

/* A moment as it was typed. */
typedef struct {
  gboolean has_date;
  gboolean has_clock;
  int      year, month, day;
  gint64   clock;  /* µs since midnight */
  gint64   unit;   /* µs that the last sign written stands for */
} Moment;

/* Reads 1 to @max digits. */
static gboolean
read_number (const char **p,
             guint        max,
             int         *value)
{
  guint n = 0;

  *value = 0;
  for (; n < max && g_ascii_isdigit (**p); n++, (*p)++)
    *value = *value * 10 + g_ascii_digit_value (**p);
  return n > 0 && !g_ascii_isdigit (**p);
}

static gboolean
skip (const char **p,
      char         sign)
{
  if (**p != sign)
    return FALSE;
  (*p)++;
  return TRUE;
}

static gboolean
read_fraction (const char **p,
               Moment      *moment)
{
  moment->unit = SECOND;
  while (g_ascii_isdigit (**p) && moment->unit > 1)
    {
      moment->unit /= 10;
      moment->clock += g_ascii_digit_value (**p) * moment->unit;
      (*p)++;
    }
  return moment->unit < SECOND && !g_ascii_isdigit (**p);
}

static gboolean
read_clock (const char **p,
            Moment      *moment)
{
  int hour, minute, second = 0;

  if (!read_number (p, 2, &hour) || !skip (p, ':') || !read_number (p, 2, &minute))
    return FALSE;
  moment->unit = MINUTE;
  if (skip (p, ':'))
    {
      if (!read_number (p, 2, &second))
        return FALSE;
      moment->unit = SECOND;
    }
  moment->has_clock = TRUE;
  moment->clock = (hour * 60 + minute) * MINUTE + second * (gint64) SECOND;
  if (moment->unit == SECOND && skip (p, '.') && !read_fraction (p, moment))
    return FALSE;
  return hour < 24 && minute < 60 && second < 60;
}

static gboolean
read_date (const char **p,
           Moment      *moment)
{
  char sign;

  if (!read_number (p, 4, &moment->year) || (**p != '-' && **p != '/'))
    return FALSE;
  sign = *(*p)++;
  if (!read_number (p, 2, &moment->month) || !skip (p, sign) || !read_number (p, 2, &moment->day))
    return FALSE;
  moment->has_date = TRUE;
  return moment->year >= 1970 && g_date_valid_dmy (moment->day, moment->month, moment->year);
}

/* FALSE with @error set, also where there is nothing. */
static gboolean
parse_moment (const char  *text,
              Moment      *moment,
              GError     **error)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  const char *p = plain != NULL ? g_strstrip (plain) : "";
  gboolean good;

  *moment = (Moment) { 0 };
  if (strchr (p, ':') == NULL || strpbrk (p, "-/") != NULL)
    {
      good = read_date (&p, moment);
      if (good && *p != '\0')
        {
          good = *p == ' ' || *p == 'T';
          while (*p == ' ' || *p == 'T')
            p++;
          good = good && read_clock (&p, moment);
        }
    }
  else
    good = read_clock (&p, moment);
  if (good && *p == '\0')
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _("“%s” is no time. Write 14:05, 14:05:30, or a date before it: 2026-11-25 14:05."), text);
  return FALSE;
}

/* µs since 1970; of the first µs behind it with @is_end. */
static gint64
get_instant (const Moment *moment,
             GTimeZone    *zone,
             gboolean      is_end)
{
  g_autoptr (GDateTime) day = g_date_time_new (zone, moment->year, moment->month, moment->day, 0, 0, 0);
  g_autoptr (GDateTime) next = NULL;

  if (!moment->has_clock)
    {
      next = is_end ? g_date_time_add_days (day, 1) : g_date_time_ref (day);
      return g_date_time_to_unix (next) * SECOND;
    }
  /* By the hands of the clock: a day may have 23 hours. */
  next = g_date_time_new (zone, moment->year, moment->month, moment->day, (int) (moment->clock / (60 * MINUTE)),
                          (int) (moment->clock / MINUTE % 60), 0);
  return g_date_time_to_unix (next) * SECOND + moment->clock % MINUTE + (is_end ? moment->unit : 0);
}

static void
take_date (Moment       *to,
           const Moment *from)
{
  to->has_date = TRUE;
  to->year = from->year;
  to->month = from->month;
  to->day = from->day;
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || text[strspn (text, " \t\n")] == '\0';
}

gboolean
tl_time_range_parse (const char   *from,
                     const char   *to,
                     GTimeZone    *zone,
                     TlTimeRange  *range,
                     GError      **error)
{
  const gboolean has_from = !is_empty (from), has_to = !is_empty (to);
  TlTimeRange result = { TL_TIME_ANY, G_MININT64, G_MAXINT64 };
  Moment first = { 0 }, last = { 0 };

  if ((has_from && !parse_moment (from, &first, error)) || (has_to && !parse_moment (to, &last, error)))
    return FALSE;
  if (has_from && has_to && first.has_date && !last.has_date)
    take_date (&last, &first);
  else if (has_from && has_to && last.has_date && !first.has_date)
    take_date (&first, &last);

  if (first.has_date || last.has_date)
    {
      result.kind = TL_TIME_SPAN;
      if (has_from)
        result.from = get_instant (&first, zone, FALSE);
      if (has_to)
        result.to = get_instant (&last, zone, TRUE);
      if (result.to <= result.from)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("This time range ends before it begins."));
          return FALSE;
        }
    }
  else if (has_from || has_to)
    {
      result.kind = TL_TIME_CLOCK;
      result.from = has_from ? first.clock : 0;
      result.to = has_to ? last.clock + last.unit : DAY;
    }
  *range = result;
  return TRUE;
}

gboolean
tl_time_range_parse_last (const char   *minutes,
                          TlTimeRange  *range,
                          GError      **error)
{
  g_autofree char *plain = g_utf8_normalize (minutes, -1, G_NORMALIZE_ALL_COMPOSE);
  guint64 n;

  if (plain != NULL && *g_strstrip (plain) == '\0')
    *range = (TlTimeRange) { TL_TIME_ANY, G_MININT64, G_MAXINT64 };
  else if (plain != NULL && g_ascii_string_to_unsigned (plain, 10, 1, MAX_MINUTES, &n, NULL))
    *range = (TlTimeRange) { TL_TIME_LAST, (gint64) n * MINUTE, G_MAXINT64 };
  else
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("“%s” is no number of minutes from 1 to %d."), minutes, MAX_MINUTES);
      return FALSE;
    }
  return TRUE;
}

gboolean
tl_time_range_equal (const TlTimeRange *self,
                     const TlTimeRange *other)
{
  return self->kind == other->kind && (self->kind == TL_TIME_ANY || (self->from == other->from && self->to == other->to));
}

void
tl_day_clock_init (TlDayClock *self,
                   GTimeZone  *zone)
{
  *self = (TlDayClock) { .zone = g_time_zone_ref (zone) };
}

void
tl_day_clock_clear (TlDayClock *self)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
}

gint64
tl_day_clock_get (TlDayClock *self,
                  gint64      time)
{
  gint64 clock;

  if (time < self->begin || time >= self->end)
    {
      const gint64 past = time % QUARTER;
      int interval;

      self->begin = time - (past < 0 ? past + QUARTER : past);
      self->end = self->begin + QUARTER;
      interval = g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL, self->begin / SECOND);
      self->offset = interval >= 0 ? g_time_zone_get_offset (self->zone, interval) * (gint64) SECOND : 0;
    }
  clock = (time + self->offset) % DAY;
  return clock < 0 ? clock + DAY : clock;
}

gboolean
tl_time_range_contains (const TlTimeRange *self,
                        gint64             time,
                        gint64             earliest,
                        TlDayClock        *clock)
{
  gint64 now;

  switch (self->kind)
    {
    case TL_TIME_CLOCK:
      now = tl_day_clock_get (clock, time);
      return self->from < self->to ? now >= self->from && now < self->to : now >= self->from || now < self->to;
    case TL_TIME_SPAN:
      return time >= self->from && time < self->to;
    case TL_TIME_LAST:
      return time >= earliest;
    case TL_TIME_ANY:
    default:
      return TRUE;
    }
}
