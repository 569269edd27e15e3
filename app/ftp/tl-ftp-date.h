/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-ftp-listing.h"

G_BEGIN_DECLS

/* What three numbers of two digits are; where several may be, the earlier one is more usual. */
typedef enum {
  TL_FTP_MONTH_DAY_YEAR,
  TL_FTP_DAY_MONTH_YEAR,
  TL_FTP_YEAR_MONTH_DAY,
} TlFtpDateOrder;

#define TL_FTP_N_DATE_ORDERS 3

/**
 * TlFtpDates:
 *
 * What the dates of one listing have in common. 03/04/05 has one order in all its lines, which shows in those where a number is above 12 or 31, or the
 * date would be years ahead: who has read all lines asks for the best order, and reads again if it is another.
 */
typedef struct {
  gint64         now;
  int            utc_offset;
  int            year;                          /* the one in which the day after now is, where the server is */
  TlFtpDateOrder order;
  guint          n_bad[TL_FTP_N_DATE_ORDERS];   /* dates that cannot be meant so */
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
/* The order in which most dates that were read are possible. */
TlFtpDateOrder tl_ftp_dates_get_best_order (const TlFtpDates *self);
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
/* HH:MM, then perhaps seconds, parts of them, and AM or PM, also behind a blank. */
const guint8 *tl_ftp_date_scan_clock    (const guint8       *p,
                                         const guint8       *end,
                                         TlFtpDate          *date);
/* The same where one blank and a name follow: "PM notes.txt" is a name, "10:00PM" is a clock. */
const guint8 *tl_ftp_date_scan_clock_before_name (const guint8 *p,
                                         const guint8       *end,
                                         TlFtpDate          *date);
/* RFC 3659: YYYYMMDDHHMMSS and perhaps parts of a second; UTC. The whole of it. */
gboolean      tl_ftp_date_scan_stamp    (const guint8       *p,
                                         const guint8       *end,
                                         TlFtpDate          *date);

G_END_DECLS
