/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of a date as servers write them, in their language and their character set. Pure, on any thread. */

typedef enum {
  TL_FTP_UNIT_YEAR,
  TL_FTP_UNIT_MONTH,
  TL_FTP_UNIT_DAY,
} TlFtpUnit;

/* The name of a month, long or short, any case, a full stop behind it or not. Returns: what follows it, or NULL. @month is from 1 to 12. */
const guint8 *tl_ftp_month_scan (const guint8 *p,
                                 const guint8 *end,
                                 int          *month);
/* 年 月 日, 년 월 일 in UTF-8, GBK, Big5, Shift_JIS, EUC-JP, EUC-KR. Returns: what follows it, or NULL. */
const guint8 *tl_ftp_unit_scan  (const guint8 *p,
                                 const guint8 *end,
                                 TlFtpUnit     unit);

G_END_DECLS
