/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-listing.h"

G_BEGIN_DECLS

/**
 * TlFtpDates:
 *
 * What the dates of one listing have in common. Whether 03/04/05 begins with the day or the month is the same in all its lines, and is known from the
 * first line in which one of the two is above 12: "saw" flags tell whoever read lines before that to read them again.
 */
typedef struct {
  gint64   now;
  int      utc_offset;
  int      year;             /* the one in which the day after now is, where the server is */
  gboolean day_first;
  gboolean saw_day_first;    /* a line that can only be read so */
  gboolean saw_month_first;
  gboolean saw_either;       /* a line that can be read both ways */
} TlFtpDates;

/* A date as it was written: -1 for what was not. @zone: seconds ahead of UTC, or TL_FTP_NO_ZONE. */
typedef struct {
  int year, month, day, hour, minute, second, zone;
} TlFtpDate;

#define TL_FTP_NO_ZONE G_MAXINT
#define TL_FTP_DATE_INIT { -1, -1, -1, -1, -1, -1, TL_FTP_NO_ZONE }

void          tl_ftp_dates_init         (TlFtpDates         *self,
                                         gint64              now,
                                         int                 utc_offset);
/* TL_FTP_TIME_NONE for a date that no calendar has. */
void          tl_ftp_dates_resolve      (const TlFtpDates   *self,
                                         const TlFtpDate    *date,
                                         gint64             *time,
                                         TlFtpTimePrecision *precision);

/* Each returns what follows the date, or NULL when none stands at @p. */
/* As `ls` writes it, in any language: month, day, time or year, in many orders. */
const guint8 *tl_ftp_date_scan_ls       (TlFtpDates         *dates,
                                         const guint8       *p,
                                         const guint8       *end,
                                         TlFtpDate          *date);
/* Three numbers with "-", "/" or "." between them: year first if it has four digits, else last. */
const guint8 *tl_ftp_date_scan_numbers  (TlFtpDates         *dates,
                                         const guint8       *p,
                                         const guint8       *end,
                                         TlFtpDate          *date);
/* Day, month's name, year, or month's name, day, year with "-" between them. */
const guint8 *tl_ftp_date_scan_dashed   (const guint8       *p,
                                         const guint8       *end,
                                         TlFtpDate          *date);
/* HH:MM, then perhaps seconds, parts of them, and AM or PM. */
const guint8 *tl_ftp_date_scan_clock    (const guint8       *p,
                                         const guint8       *end,
                                         TlFtpDate          *date);
/* RFC 3659: YYYYMMDDHHMMSS and perhaps parts of a second; UTC. The whole of it. */
gboolean      tl_ftp_date_scan_stamp    (const guint8       *p,
                                         const guint8       *end,
                                         TlFtpDate          *date);

G_END_DECLS
