/* SPDX-License-Identifier: GPL-3.0-or-later */
/* VxWorks's ll: "     512    Dec-03-2005  22:38:24  name   <DIR>". */

#include "tl-ftp-listing-parser.h"

#include <string.h>

#include "tl-ftp-scan.h"

static gboolean
is_heading (const guint8 *p,
            const guint8 *end)
{
  if (tl_scan_has (p, end, "--------"))
    {
      while (p < end && (*p == '-' || tl_scan_is_blank (*p)))
        p++;
      return p == end;
    }
  if (!tl_scan_has (p, end, "size"))
    return FALSE;
  p = tl_scan_blanks (p + 4, end);
  return tl_scan_has (p, end, "date");
}

TlFtpLineVerdict
tl_ftp_line_vxworks (TlFtpParsing     *parsing,
                     TlFtpLine         line,
                     TlFtpLines       *rest,
                     TlFtpListingItem *item)
{
  static const char tag[] = "<DIR>";
  const guint8 *p = tl_scan_blanks (line.p, line.end), *end = line.end;
  const guint8 *word = tl_scan_word (p, end);
  TlFtpDate date = TL_FTP_DATE_INIT;

  if (is_heading (p, end))
    return TL_FTP_LINE_SKIP;
  if (!tl_ftp_scan_size (p, word, &item->size))
    return TL_FTP_LINE_NO;
  p = tl_ftp_date_scan_dashed (tl_scan_blanks (word, end), end, &date);
  p = p != NULL ? tl_ftp_date_scan_clock (tl_scan_blanks (p, end), end, &date) : NULL;
  if (p == NULL || p >= end || !tl_scan_is_blank (*p))
    return TL_FTP_LINE_NO;

  p = tl_scan_blanks (p, end);
  if (end - p > (gssize) strlen (tag) + 1 && memcmp (end - strlen (tag), tag, strlen (tag)) == 0 && tl_scan_is_blank (end[-(int) strlen (tag) - 1]))
    {
      item->kind = TL_FTP_ENTRY_DIRECTORY;
      end -= strlen (tag);
      while (end > p && tl_scan_is_blank (end[-1]))
        end--;
    }
  tl_ftp_item_set_date (item, &parsing->dates, &date);
  tl_ftp_item_set_name (item, p, end);
  return TL_FTP_LINE_ENTRY;
}
