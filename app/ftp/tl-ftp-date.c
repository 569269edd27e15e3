/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates in listings: from what a server wrote to seconds since 1970. */

#include "tl-ftp-date.h"

#include <string.h>

#include "tl-ftp-months.h"
#include "tl-ftp-scan.h"

#define DAY (24 * 60 * 60)
/* From one 29 February to the one before it: eight years around 1900 and 2100. */
#define MAX_YEARS_BACK 8

/* Days since 1970-01-01 in the Gregorian calendar; years begin in March, so that the leap day is the last of one. */
static gint64
count_days (int year,
            int month,
            int day)
{
  int y = month <= 2 ? year - 1 : year;
  int m = month <= 2 ? month + 9 : month - 3;

  return (gint64) 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

static gboolean
is_day (int year,
        int month,
        int day)
{
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
    return FALSE;
  return day <= lengths[month - 1] + (month == 2 && leap ? 1 : 0);
}

/* The years of two digits, and of three: "years since 1900", printed by programs that forgot the century. */
static int
whole_year (int year,
            int digits)
{
  if (digits == 3)
    return 1900 + year;
  if (digits <= 2)
    return year < 70 ? 2000 + year : 1900 + year;
  return year;
}

void
tl_ftp_dates_init (TlFtpDates *self,
                   gint64      now,
                   int         utc_offset)
{
  g_autoptr (GDateTime) tomorrow = g_date_time_new_from_unix_utc (now + utc_offset + DAY);

  *self = (TlFtpDates) { .now = now, .utc_offset = utc_offset };
  self->year = tomorrow != NULL ? g_date_time_get_year (tomorrow) : 1970;
}

TlFtpDateOrder
tl_ftp_dates_get_best_order (const TlFtpDates *self)
{
  TlFtpDateOrder best = 0;

  for (guint i = 1; i < TL_FTP_N_DATE_ORDERS; i++)
    if (self->n_bad[i] < self->n_bad[best])
      best = i;
  return best;
}

void
tl_ftp_dates_resolve (const TlFtpDates   *self,
                      const TlFtpDate    *date,
                      gint64             *time,
                      TlFtpTimePrecision *precision)
{
  int zone = date->zone != TL_FTP_NO_ZONE ? date->zone : self->utc_offset;
  int year = date->year >= 0 ? date->year : self->year;
  gint64 seconds = 0;

  *time = 0;
  *precision = TL_FTP_TIME_NONE;
  if (date->hour > 24 || date->minute > 59 || date->second > 60)
    return;
  if (date->hour >= 0)
    seconds = date->hour * 3600 + MAX (date->minute, 0) * 60 + MAX (date->second, 0);

  for (int back = 0; back <= (date->year >= 0 ? 0 : MAX_YEARS_BACK); back++)
    {
      if (!is_day (year - back, date->month, date->day))
        continue;
      *time = count_days (year - back, date->month, date->day) * DAY + seconds - zone;
      if (date->year >= 0 || *time <= self->now + DAY)
        {
          *precision = date->year < 0    ? TL_FTP_TIME_GUESSED_YEAR
                       : date->hour < 0  ? TL_FTP_TIME_DAY
                       : date->second < 0 ? TL_FTP_TIME_MINUTE
                                         : TL_FTP_TIME_SECOND;
          return;
        }
    }
  *time = 0;
}

/* "PM", "pm", or a bare "p" that follows the clock at once. Returns: what follows it, or @p when it stands there not. @hour: 0 to 12, then 0 to 23. */
static const guint8 *
scan_half (const guint8 *p,
           const guint8 *end,
           gboolean      behind_blank,
           int          *hour)
{
  const guint8 *q = behind_blank && p < end && *p == ' ' ? p + 1 : p;
  const guint8 *after;

  if (q >= end || strchr ("AaPp", *q) == NULL || *q == '\0' || *hour > 12)
    return p;
  after = end - q >= 2 && (q[1] | 0x20) == 'm' ? q + 2 : q == p ? q + 1 : NULL;
  if (after == NULL || (after < end && !tl_scan_is_blank (*after)))
    return p;

  *hour = *hour % 12 + ((*q | 0x20) == 'p' ? 12 : 0);
  return after;
}

static const guint8 *
scan_clock (const guint8 *p,
            const guint8 *end,
            gboolean      half_behind_blank,
            TlFtpDate    *date)
{
  int hour, minute, second = -1;
  const guint8 *q;

  p = tl_scan_int (p, end, 2, &hour);
  if (p == NULL || p >= end || (*p != ':' && *p != '.'))
    return NULL;
  q = p + 1;
  p = tl_scan_int (q, end, 2, &minute);
  if (p == NULL || p - q != 2)
    return NULL;

  if (p < end && *p == ':')
    {
      q = p + 1;
      p = tl_scan_int (q, end, 2, &second);
      if (p == NULL || p - q != 2)
        return NULL;
      if (p < end && (*p == '.' || *p == ','))
        for (p++; p < end && tl_scan_is_digit (*p); p++)
          ;
    }

  p = scan_half (p, end, half_behind_blank, &hour);
  date->hour = hour;
  date->minute = minute;
  date->second = second;
  return p;
}

const guint8 *
tl_ftp_date_scan_clock (const guint8 *p,
                        const guint8 *end,
                        TlFtpDate    *date)
{
  return scan_clock (p, end, TRUE, date);
}

const guint8 *
tl_ftp_date_scan_clock_before_name (const guint8 *p,
                                    const guint8 *end,
                                    TlFtpDate    *date)
{
  return scan_clock (p, end, FALSE, date);
}

/* Whether the numbers in that order are a day that has been. @digits: of the last one. */
static gboolean
read_order (const TlFtpDates *dates,
            TlFtpDateOrder    order,
            const int         numbers[3],
            int               digits,
            TlFtpDate        *date)
{
  static const guint8 places[TL_FTP_N_DATE_ORDERS][3] = { { 2, 0, 1 }, { 2, 1, 0 }, { 0, 1, 2 } };

  if (order == TL_FTP_YEAR_MONTH_DAY && digits != 2)
    return FALSE;
  date->year = whole_year (numbers[places[order][0]], order == TL_FTP_YEAR_MONTH_DAY ? 2 : digits);
  date->month = numbers[places[order][1]];
  date->day = numbers[places[order][2]];
  return is_day (date->year, date->month, date->day) && date->year <= dates->year;
}

static void
order_numbers (TlFtpDates *dates,
               guint8      mark,
               const int   numbers[3],
               int         digits,
               TlFtpDate  *date)
{
  TlFtpDate read[TL_FTP_N_DATE_ORDERS];
  gboolean good[TL_FTP_N_DATE_ORDERS];
  TlFtpDateOrder order = dates->order;

  for (guint i = 0; i < TL_FTP_N_DATE_ORDERS; i++)
    {
      read[i] = *date;
      good[i] = read_order (dates, i, numbers, digits, &read[i]);
      dates->n_bad[i] += mark != '.' && !good[i] ? 1 : 0;
    }
  /* Nobody writes full stops between a month and a day but in this order. */
  if (mark == '.')
    order = TL_FTP_DAY_MONTH_YEAR;
  for (guint i = 0; i < TL_FTP_N_DATE_ORDERS && !good[order]; i++)
    if (good[i])
      order = i;
  *date = read[order];
}

const guint8 *
tl_ftp_date_scan_numbers (TlFtpDates   *dates,
                          const guint8 *p,
                          const guint8 *end,
                          TlFtpDate    *date)
{
  const guint8 *first = p, *third;
  int a, b, c, digits;
  guint8 mark;

  p = tl_scan_int (p, end, 4, &a);
  if (p == NULL || p >= end || (*p != '-' && *p != '/' && *p != '.'))
    return NULL;
  digits = (int) (p - first);
  mark = *p++;
  p = tl_scan_int (p, end, 2, &b);
  if (p == NULL || p >= end || *p != mark)
    return NULL;
  third = p + 1;
  p = tl_scan_int (third, end, 4, &c);
  if (p == NULL)
    return NULL;

  if (digits == 4)
    {
      date->year = a;
      date->month = b;
      date->day = c;
      return p - third <= 2 ? p : NULL;
    }
  if (digits > 2 || p - third < 2)
    return NULL;

  order_numbers (dates, mark, (const int[]) { a, b, c }, (int) (p - third), date);
  return p;
}

const guint8 *
tl_ftp_date_scan_dashed (const guint8 *p,
                         const guint8 *end,
                         TlFtpDate    *date)
{
  const guint8 *q = tl_scan_int (p, end, 2, &date->day);
  const guint8 *year;

  if (q != NULL)
    {
      if (q >= end || *q != '-' || (q = tl_ftp_month_scan (q + 1, end, &date->month)) == NULL)
        return NULL;
    }
  else
    {
      q = tl_ftp_month_scan (p, end, &date->month);
      if (q == NULL || q >= end || *q != '-' || (q = tl_scan_int (q + 1, end, 2, &date->day)) == NULL)
        return NULL;
    }
  if (q >= end || *q != '-')
    return NULL;

  year = q + 1;
  q = tl_scan_int (year, end, 4, &date->year);
  if (q == NULL || q - year < 2)
    return NULL;
  date->year = whole_year (date->year, (int) (q - year));
  return q;
}

gboolean
tl_ftp_date_scan_stamp (const guint8 *p,
                        const guint8 *end,
                        TlFtpDate    *date)
{
  const guint8 *digits = p;
  int extra;

  while (digits < end && tl_scan_is_digit (*digits))
    digits++;
  if (digits < end && *digits != '.')
    return FALSE;
  /* "19120…" for 2020: "19" and the years since 1900, a thing of the year 2000. */
  extra = digits - p == 15 && p[0] == '1' && p[1] == '9' && p[2] == '1' ? 1 : 0;
  if (digits - p != 14 + extra)
    return FALSE;

  if (extra != 0)
    p = tl_scan_int (p + 2, p + 5, 3, &date->year);
  else
    p = tl_scan_int (p, p + 4, 4, &date->year);
  if (extra != 0)
    date->year += 1900;
  p = tl_scan_int (p, p + 2, 2, &date->month);
  p = tl_scan_int (p, p + 2, 2, &date->day);
  p = tl_scan_int (p, p + 2, 2, &date->hour);
  p = tl_scan_int (p, p + 2, 2, &date->minute);
  tl_scan_int (p, p + 2, 2, &date->second);
  date->zone = 0;
  /* 24:00 is of ls, and not of RFC 3659. */
  return date->hour < 24;
}
