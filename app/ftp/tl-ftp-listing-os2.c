/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OS/2: size, attributes, date, time, name: "     0    DIR   05-12-97  16:44  name". */

#include "tl-ftp-listing-parser.h"

#include "tl-ftp-scan.h"

/* "A", "RA", "HSR" or "DIR"; there may be none. Returns: what follows. */
static const guint8 *
scan_attributes (const guint8     *p,
                 const guint8     *end,
                 TlFtpListingItem *item)
{
  const guint8 *begin = p;

  while (p < end && g_ascii_isalpha ((char) *p) && p - begin < 8)
    p++;
  if (p == begin)
    return p;
  if (tl_scan_is (begin, p, "dir"))
    item->kind = TL_FTP_ENTRY_DIRECTORY;
  else
    tl_ftp_item_set_permissions (item, begin, p);

  /* Both: "A DIR" */
  begin = tl_scan_blanks (p, end);
  if (tl_scan_is (begin, tl_scan_word (begin, end), "dir"))
    {
      item->kind = TL_FTP_ENTRY_DIRECTORY;
      p = tl_scan_word (begin, end);
    }
  return p;
}

TlFtpLineVerdict
tl_ftp_line_os2 (TlFtpParsing     *parsing,
                 TlFtpLine         line,
                 TlFtpLines       *rest,
                 TlFtpListingItem *item)
{
  const guint8 *p = tl_scan_blanks (line.p, line.end), *end = line.end;
  const guint8 *word = tl_scan_word (p, end);
  TlFtpDate date = TL_FTP_DATE_INIT;
  TlFtpDates dates = parsing->dates;

  if (!tl_ftp_scan_size (p, word, &item->size))
    return TL_FTP_LINE_NO;
  p = scan_attributes (tl_scan_blanks (word, end), end, item);
  p = tl_ftp_date_scan_numbers (&dates, tl_scan_blanks (p, end), end, &date);
  p = p != NULL ? tl_ftp_date_scan_clock (tl_scan_blanks (p, end), end, &date) : NULL;
  if (p == NULL || p >= end || !tl_scan_is_blank (*p))
    return TL_FTP_LINE_NO;

  parsing->dates = dates;
  tl_ftp_item_set_date (item, &dates, &date);
  tl_ftp_item_set_name (item, tl_scan_blanks (p, end), end);
  return TL_FTP_LINE_ENTRY;
}
