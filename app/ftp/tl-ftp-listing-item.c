/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parsers of lines share: the fields of an item, and numbers. */

#include "tl-ftp-listing-parser.h"

#include <string.h>

#include "tl-ftp-scan.h"

static guint16
fit (const guint8 *p,
     const guint8 *end)
{
  return (guint16) MIN (end - p, G_MAXUINT16);
}

void
tl_ftp_item_set_name (TlFtpListingItem *item,
                      const guint8     *p,
                      const guint8     *end)
{
  /* A name that is cut would be another file's: the line is not taken then. */
  item->name = p;
  item->name_length = end - p <= TL_FTP_LISTING_MAX_NAME ? (guint16) (end - p) : 0;
}

void
tl_ftp_item_set_owner (TlFtpListingItem *item,
                       const guint8     *p,
                       const guint8     *end)
{
  item->owner = p;
  item->owner_length = fit (p, end);
}

void
tl_ftp_item_set_group (TlFtpListingItem *item,
                       const guint8     *p,
                       const guint8     *end)
{
  item->group = p;
  item->group_length = fit (p, end);
}

void
tl_ftp_item_set_permissions (TlFtpListingItem *item,
                             const guint8     *p,
                             const guint8     *end)
{
  item->permissions = p;
  item->permissions_length = fit (p, end);
}

void
tl_ftp_item_set_target (TlFtpListingItem *item,
                        const guint8     *p,
                        const guint8     *end)
{
  item->target = p;
  item->target_length = fit (p, end);
}

void
tl_ftp_item_set_date (TlFtpListingItem *item,
                      const TlFtpDates *dates,
                      const TlFtpDate  *date)
{
  tl_ftp_dates_resolve (dates, date, &item->time, &item->precision);
}

gboolean
tl_ftp_scan_size (const guint8 *p,
                  const guint8 *end,
                  gint64       *size)
{
  gint64 value = 0;
  guint run = 0;
  guint8 mark = 0;
  gboolean negative = p < end && *p == '-', over = FALSE;

  *size = -1;
  if (negative)
    p++;
  if (p >= end || !tl_scan_is_digit (*p))
    return FALSE;

  for (; p < end; p++)
    {
      if (tl_scan_is_digit (*p))
        {
          int digit = *p - '0';

          if (value > (G_MAXINT64 - digit) / 10)
            over = TRUE;
          else
            value = value * 10 + digit;
          run++;
        }
      else
        {
          if ((*p != ',' && *p != '.' && *p != '\'') || (mark != 0 && (*p != mark || run != 3)) || run > 3)
            return FALSE;
          mark = *p;
          run = 0;
        }
    }
  if (mark != 0 && run != 3)
    return FALSE;
  if (!over && !negative)
    *size = value;
  return TRUE;
}

void
tl_ftp_item_split_link (TlFtpListingItem *item)
{
  static const char arrow[] = " -> ";
  const guint8 *p = item->name, *end = item->name + item->name_length, *found = NULL;

  while (p < end && (p = memmem (p, (gsize) (end - p), arrow, strlen (arrow))) != NULL)
    {
      if (found == NULL)
        found = p;
      /* Both may hold an arrow; the size tells which one stands between them. */
      if (item->size > 0 && end - (p + strlen (arrow)) == item->size)
        {
          found = p;
          break;
        }
      p++;
    }
  if (found == NULL || found == item->name)
    return;

  tl_ftp_item_set_target (item, found + strlen (arrow), end);
  tl_ftp_item_set_name (item, item->name, found);
}
