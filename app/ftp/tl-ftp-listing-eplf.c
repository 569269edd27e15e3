/* SPDX-License-Identifier: GPL-3.0-or-later */
/* EPLF, D. J. Bernstein's "easily parsed list format": "+fact,fact,<TAB>name". */

#include "tl-ftp-listing-parser.h"

#include <string.h>

#include "tl-ftp-scan.h"

static void
set_fact (TlFtpListingItem *item,
          const guint8     *p,
          const guint8     *end)
{
  gint64 value;

  switch (*p)
    {
    case '/':
      item->kind = TL_FTP_ENTRY_DIRECTORY;
      break;
    case 's':
      tl_ftp_scan_size (p + 1, end, &item->size);
      break;
    case 'm':
      /* Seconds since 1970. */
      if (tl_ftp_scan_size (p + 1, end, &value) && value >= 0 && value < G_GINT64_CONSTANT (253402300800))
        {
          item->time = value;
          item->precision = TL_FTP_TIME_SECOND;
        }
      break;
    case 'u':
      if (end - p > 2 && end - p <= 6 && p[1] == 'p')
        {
          int mode = 0;

          for (const guint8 *q = p + 2; q < end; q++)
            {
              if (*q < '0' || *q > '7')
                return;
              mode = mode * 8 + (*q - '0');
            }
          item->mode = mode;
          tl_ftp_item_set_permissions (item, p + 2, end);
        }
      break;
    default:
      break;
    }
}

TlFtpLineVerdict
tl_ftp_line_eplf (TlFtpParsing     *parsing,
                  TlFtpLine         line,
                  TlFtpLines       *rest,
                  TlFtpListingItem *item)
{
  const guint8 *p = line.p, *stop;

  if (line.end - p < 3 || *p != '+')
    return TL_FTP_LINE_NO;
  stop = memchr (p, '\t', (gsize) (line.end - p));
  /* A terminal has been between it and us. */
  if (stop == NULL)
    stop = memchr (p, ' ', (gsize) (line.end - p));
  if (stop == NULL || (stop > p + 1 && stop[-1] != ','))
    return TL_FTP_LINE_NO;

  for (p++; p < stop;)
    {
      const guint8 *comma = memchr (p, ',', (gsize) (stop - p));

      if (comma == NULL)
        return TL_FTP_LINE_NO;
      if (comma > p)
        set_fact (item, p, comma);
      p = comma + 1;
    }

  tl_ftp_item_set_name (item, stop + 1, line.end);
  return TL_FTP_LINE_ENTRY;
}
