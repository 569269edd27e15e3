/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of two files is newer, as far as a listing tells. */

#include "tl-ftp-compare-private.h"

#define DAY (24 * 60 * 60)
#define HOUR (60 * 60)
#define QUARTER (15 * 60)
#define MAX_QUARTERS TL_FTP_ZONE_MAX_QUARTERS
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
  /* Of files that are more than half a year old LIST tells the day alone, which begins where the server is, and nothing may have told where that is. */
  gint64 tolerance = options->tolerance + (item->precision == TL_FTP_TIME_DAY && remote == item->time ? MAX_QUARTERS * QUARTER : 0);
  int result = compare_times (remote, span, entry->time, tolerance);

  if (result != 0 && options->ignore_hour &&
      (compare_times (remote - HOUR, span, entry->time, options->tolerance) == 0 || compare_times (remote + HOUR, span, entry->time, options->tolerance) == 0))
    return 0;
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

void
tl_ftp_zone_guess_add (TlFtpZoneGuess     *self,
                       gint64              remote,
                       TlFtpTimePrecision  precision,
                       gint64              local,
                       guint               tolerance)
{
  const gint64 ahead = remote - local;
  gint64 quarters;

  if (precision == TL_FTP_TIME_NONE || precision == TL_FTP_TIME_DAY)
    return;
  self->n_witnesses++;
  if (ahead < -MAX_QUARTERS * QUARTER - QUARTER / 2 || ahead > MAX_QUARTERS * QUARTER + QUARTER / 2)
    return;
  quarters = (ahead + MAX_QUARTERS * QUARTER + QUARTER / 2) / QUARTER;
  if (quarters < (gint64) G_N_ELEMENTS (self->counts) &&
      compare_times (remote - (quarters - MAX_QUARTERS) * QUARTER, get_span (precision), local, tolerance) == 0)
    self->counts[quarters]++;
}

void
tl_ftp_zone_guess_add_equal (TlFtpZoneGuess *self,
                             guint           n)
{
  self->n_witnesses += n;
  self->counts[MAX_QUARTERS] += n;
}

int
tl_ftp_zone_guess_get (const TlFtpZoneGuess *self)
{
  guint best = MAX_QUARTERS;

  for (guint i = 0; i < G_N_ELEMENTS (self->counts); i++)
    if (self->counts[i] > self->counts[best])
      best = i;
  return self->counts[best] >= MIN_WITNESSES && 2 * self->counts[best] > self->n_witnesses ? ((int) best - MAX_QUARTERS) * QUARTER : 0;
}

int
tl_ftp_matching_guess_shift (const TlFtpMatching       *self,
                             TlFtpListing              *remote,
                             GPtrArray                 *local,
                             const TlFtpCompareOptions *options)
{
  TlFtpZoneGuess zone = { 0 };

  if (remote == NULL || local == NULL || tl_ftp_listing_get_format (remote) == TL_FTP_LISTING_MLSD)
    return 0;
  for (guint i = 0; i < self->n_remote; i++)
    {
      const TlLocalEntry *entry = self->local_of[i] != G_MAXUINT32 ? local->pdata[self->local_of[i]] : NULL;
      TlFtpListingItem item;

      if (entry == NULL || !entry->is_file)
        continue;
      tl_ftp_listing_get_entry (remote, i, &item);
      if (item.kind == TL_FTP_ENTRY_FILE && item.size == entry->size)
        tl_ftp_zone_guess_add (&zone, item.time, item.precision, entry->time, options->tolerance);
    }
  return tl_ftp_zone_guess_get (&zone);
}
