/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates as `ls` writes them, in the language of whoever started it. */

#include "tl-ftp-date.h"

#include "tl-ftp-months.h"
#include "tl-ftp-scan.h"

/* "+0200" or "-0500" behind a clock; a date without it is what it is. Returns: what follows. */
static const guint8 *
scan_zone (const guint8 *p,
           const guint8 *end,
           TlFtpDate    *date)
{
  const guint8 *q = tl_scan_blanks (p, end);
  const guint8 *digits;
  int value, sign;

  if (end - q < 5 || (*q != '+' && *q != '-'))
    return p;
  sign = *q == '-' ? -1 : 1;
  digits = q + 1;
  q = tl_scan_int (digits, end, 4, &value);
  if (q == NULL || q - digits != 4 || (q < end && !tl_scan_is_blank (*q)))
    return p;
  date->zone = sign * (value / 100 * 3600 + value % 100 * 60);
  return q;
}

/* Four digits, and 年 or the like. */
static const guint8 *
scan_year (const guint8 *p,
           const guint8 *end,
           int          *year)
{
  const guint8 *q = tl_scan_int (p, end, 4, year);
  const guint8 *after;

  if (q == NULL || q - p != 4)
    return NULL;
  after = tl_ftp_unit_scan (q, end, TL_FTP_UNIT_YEAR);
  if (after == NULL && q < end && *q == '.')
    after = q + 1;
  if (after != NULL)
    q = after;
  return q == end || tl_scan_is_blank (*q) ? q : NULL;
}

/* What stands behind day and month: a clock, with a year behind it if it has seconds and a name follows that (`ls -lT`), or a year. */
static const guint8 *
scan_year_or_clock (const guint8 *p,
                    const guint8 *end,
                    TlFtpDate    *date)
{
  const guint8 *q, *after;
  int year;

  p = tl_scan_blanks (p, end);
  q = scan_year (p, end, &year);
  if (q != NULL)
    {
      date->year = year;
      return q;
    }

  q = tl_ftp_date_scan_clock_before_name (p, end, date);
  if (q == NULL || (q < end && !tl_scan_is_blank (*q)))
    return NULL;
  if (date->second >= 0 && date->year < 0)
    {
      after = scan_year (tl_scan_blanks (q, end), end, &year);
      if (after != NULL && end - after > 1)
        {
          date->year = year;
          return after;
        }
    }
  return q;
}

/* A day: "7", "7.", "7,", "7日". */
static const guint8 *
scan_day (const guint8 *p,
          const guint8 *end,
          int          *day)
{
  const guint8 *q = tl_scan_int (p, end, 2, day);
  const guint8 *after;

  if (q == NULL)
    return NULL;
  after = tl_ftp_unit_scan (q, end, TL_FTP_UNIT_DAY);
  if (after != NULL)
    return after;
  return q < end && (*q == '.' || *q == ',') ? q + 1 : q;
}

/* A month: its name, or "11月". */
static const guint8 *
scan_month (const guint8 *p,
            const guint8 *end,
            int          *month)
{
  const guint8 *q;

  if (p < end && tl_scan_is_digit (*p))
    {
      q = tl_scan_int (p, end, 2, month);
      return q != NULL ? tl_ftp_unit_scan (q, end, TL_FTP_UNIT_MONTH) : NULL;
    }
  return tl_ftp_month_scan (p, end, month);
}

/* A clock that a whole date may go without: "18.53" is a name there. */
static const guint8 *
scan_colon_clock (const guint8 *p,
                  const guint8 *end,
                  TlFtpDate    *date)
{
  TlFtpDate clock = *date;
  const guint8 *q;

  p = tl_scan_blanks (p, end);
  if (end - p < 4 || (p[1] != ':' && p[2] != ':'))
    return NULL;
  q = tl_ftp_date_scan_clock_before_name (p, end, &clock);
  /* A name must follow. */
  if (q == NULL || end - q < 2 || !tl_scan_is_blank (*q))
    return NULL;
  *date = clock;
  return q;
}

/* Something that begins with a digit: 2005-06-07, 2003年…, 11月…, 16 Jan, 06-07. */
static const guint8 *
scan_ls_digits (TlFtpDates   *dates,
                const guint8 *p,
                const guint8 *end,
                TlFtpDate    *date)
{
  const guint8 *q, *r;

  q = tl_ftp_date_scan_numbers (dates, p, end, date);
  if (q != NULL)
    {
      r = scan_colon_clock (q, end, date);
      return r == NULL ? q : date->second >= 0 ? scan_zone (r, end, date) : r;
    }

  /* 2003年11月23日, and a clock or not */
  q = tl_scan_int (p, end, 4, &date->year);
  q = q != NULL && q - p == 4 ? tl_ftp_unit_scan (q, end, TL_FTP_UNIT_YEAR) : NULL;
  if (q != NULL)
    {
      q = scan_month (tl_scan_blanks (q, end), end, &date->month);
      q = q != NULL ? scan_day (tl_scan_blanks (q, end), end, &date->day) : NULL;
      if (q == NULL)
        return NULL;
      r = scan_colon_clock (q, end, date);
      return r != NULL ? r : q;
    }
  date->year = -1;

  /* 06-07 21:22, of --time-style=iso */
  q = tl_scan_int (p, end, 2, &date->month);
  if (q != NULL && q - p == 2 && q < end && *q == '-' && (r = tl_scan_int (q + 1, end, 2, &date->day)) != NULL && r - q == 3)
    return scan_year_or_clock (r, end, date);

  q = scan_month (p, end, &date->month);
  if (q != NULL)
    q = scan_day (tl_scan_blanks (q, end), end, &date->day);
  else if ((q = scan_day (p, end, &date->day)) != NULL)
    q = scan_month (tl_scan_blanks (q, end), end, &date->month);
  return q != NULL ? scan_year_or_clock (q, end, date) : NULL;
}

const guint8 *
tl_ftp_date_scan_ls (TlFtpDates   *dates,
                     const guint8 *p,
                     const guint8 *end,
                     TlFtpDate    *date)
{
  const guint8 *q;

  *date = (TlFtpDate) TL_FTP_DATE_INIT;
  if (p < end && tl_scan_is_digit (*p))
    return scan_ls_digits (dates, p, end, date);

  q = tl_ftp_month_scan (p, end, &date->month);
  q = q != NULL ? scan_day (tl_scan_blanks (q, end), end, &date->day) : NULL;
  return q != NULL ? scan_year_or_clock (q, end, date) : NULL;
}
