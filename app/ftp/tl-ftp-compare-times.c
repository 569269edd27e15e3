/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of two files is newer, as far as a listing tells. */

#include "tl-ftp-compare-private.h"

#define DAY (24 * 60 * 60)
#define QUARTER (15 * 60)
/* Zones are between -12 and +14 hours. */
#define MAX_QUARTERS (14 * 4)
/* So many files must tell the same zone. */
#define MIN_WITNESSES 3

/* The time lies within so many seconds from what was told on. */
static gint64
get_span (TlFtpTimePrecision precision)
{
  switch (precision)
    {
    case TL_FTP_TIME_DAY:
      return DAY;
    case TL_FTP_TIME_MINUTE:
    case TL_FTP_TIME_GUESSED_YEAR:
      return 60;
    case TL_FTP_TIME_NONE:
    case TL_FTP_TIME_SECOND:
    default:
      return 1;
    }
}

/* > 0: the local one is newer; < 0: the remote one; 0: neither, as far as can be told. */
static int
compare_times (gint64 remote,
               gint64 span,
               gint64 local,
               gint64 tolerance)
{
  if (local >= remote + span + tolerance)
    return 1;
  return local < remote - tolerance ? -1 : 0;
}

static int
judge_times (const TlFtpListingItem    *item,
             const TlLocalEntry        *entry,
             const TlFtpCompareOptions *options)
{
  gint64 remote = item->time - (options->shift != TL_FTP_SHIFT_UNKNOWN ? options->shift : 0);
  gint64 span = get_span (item->precision);
  int result = compare_times (remote, span, entry->time, options->tolerance);

  /* The day and the minute were told, the year was not: a file of another year was never told so. */
  if (item->precision == TL_FTP_TIME_GUESSED_YEAR && result != 0 &&
      (compare_times (remote - 365 * DAY, span, entry->time, options->tolerance) == 0 ||
       compare_times (remote - 366 * DAY, span, entry->time, options->tolerance) == 0))
    return 0;
  return result;
}

TlFtpDifference
tl_ftp_compare_files (const TlFtpListingItem    *item,
                      const TlLocalEntry        *entry,
                      const TlFtpCompareOptions *options)
{
  gboolean has_time = item->precision != TL_FTP_TIME_NONE;
  gboolean has_size = item->size >= 0 && entry->size >= 0;
  gboolean same_size = has_size && item->size == entry->size;
  int newer = has_time ? judge_times (item, entry, options) : 0;

  if (same_size && options->by_size)
    return TL_FTP_DIFFERENCE_EQUAL;
  if (newer != 0)
    return newer > 0 ? TL_FTP_DIFFERENCE_LOCAL_NEWER : TL_FTP_DIFFERENCE_REMOTE_NEWER;
  if (has_size && !same_size)
    return TL_FTP_DIFFERENCE_SIZE;
  return has_size && has_time ? TL_FTP_DIFFERENCE_EQUAL : TL_FTP_DIFFERENCE_UNKNOWN;
}

int
tl_ftp_matching_guess_shift (const TlFtpMatching       *self,
                             TlFtpListing              *remote,
                             GPtrArray                 *local,
                             const TlFtpCompareOptions *options)
{
  guint counts[2 * MAX_QUARTERS + 1] = { 0 };
  guint n_witnesses = 0, best = MAX_QUARTERS;

  if (remote == NULL || local == NULL || tl_ftp_listing_get_format (remote) == TL_FTP_LISTING_MLSD)
    return 0;
  for (guint i = 0; i < self->n_remote; i++)
    {
      const TlLocalEntry *entry = self->local_of[i] != G_MAXUINT32 ? local->pdata[self->local_of[i]] : NULL;
      TlFtpListingItem item;
      gint64 quarters;

      if (entry == NULL || !entry->is_file)
        continue;
      tl_ftp_listing_get_entry (remote, i, &item);
      if (item.kind != TL_FTP_ENTRY_FILE || item.size != entry->size || item.precision == TL_FTP_TIME_NONE || item.precision == TL_FTP_TIME_DAY)
        continue;
      n_witnesses++;
      quarters = (item.time - entry->time + MAX_QUARTERS * QUARTER + QUARTER / 2) / QUARTER;
      if (item.time - entry->time < -MAX_QUARTERS * QUARTER - QUARTER / 2 || quarters > 2 * MAX_QUARTERS ||
          compare_times (item.time - (quarters - MAX_QUARTERS) * QUARTER, get_span (item.precision), entry->time, options->tolerance) != 0)
        continue;
      counts[quarters]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (counts[i] > counts[best])
      best = i;
  return counts[best] >= MIN_WITNESSES && 2 * counts[best] > n_witnesses ? ((int) best - MAX_QUARTERS) * QUARTER : 0;
}
