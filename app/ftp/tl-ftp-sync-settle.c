/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a plan only when all folders have been looked at. */

#include "tl-ftp-sync-plan-private.h"

#include "tl-ftp-compare-private.h"

/* One folder seldom has enough files that are the same to tell the zone of the server; all of them do. */
static int
find_shift (TlFtpSyncPlan *self)
{
  TlFtpZoneGuess zone = { 0 };

  if (!self->has_lists)
    return 0;
  tl_ftp_zone_guess_add_equal (&zone, self->n_in_time);
  for (guint i = 0; i < self->items->len; i++)
    {
      const TlFtpSyncItem *item = &g_array_index (self->items, TlFtpSyncItem, i);

      if (item->is_pair && item->remote_size == item->local_size)
        tl_ftp_zone_guess_add (&zone, item->remote_time, item->precision, item->local_time, self->options.tolerance);
    }
  return tl_ftp_zone_guess_get (&zone);
}

/* The walk has compared without a zone, and times always. */
static void
judge_again (TlFtpSyncPlan *self,
             int            shift)
{
  /* The times of the items are corrected here. */
  TlFtpCompareOptions options = self->options;

  options.shift = 0;
  for (guint i = 0; i < self->items->len; i++)
    {
      TlFtpSyncItem *item = &g_array_index (self->items, TlFtpSyncItem, i);
      TlFtpListingItem remote = { .size = item->remote_size, .precision = item->precision, .kind = TL_FTP_ENTRY_FILE };
      TlLocalEntry local = { .is_file = TRUE, .size = item->local_size, .time = item->local_time };

      if (item->precision != TL_FTP_TIME_NONE)
        item->remote_time -= shift;
      if (!item->is_pair)
        continue;
      remote.time = item->remote_time;
      item->difference = tl_ftp_compare_files (&remote, &local, &options);
      self->n_equal += item->difference == TL_FTP_DIFFERENCE_EQUAL;
    }
}

/* Those in a folder come after it. */
static void
count_within (TlFtpSyncPlan *self)
{
  for (guint i = self->items->len; i > 0; i--)
    {
      const TlFtpSyncItem *item = &g_array_index (self->items, TlFtpSyncItem, i - 1);
      const guint32 parent = g_array_index (self->folders, TlFtpSyncFolder, item->folder).item;

      if (parent != TL_FTP_SYNC_NO_ITEM)
        g_array_index (self->items, TlFtpSyncItem, parent).n_within += 1 + item->n_within;
    }
}

int
tl_ftp_sync_plan_get_shift (TlFtpSyncPlan *self,
                            TlFtpListing  *listing)
{
  const int told = self->options.shift != TL_FTP_SHIFT_UNKNOWN ? self->options.shift : 0;

  return tl_ftp_listing_get_format (listing) == TL_FTP_LISTING_MLSD ? told : told + self->clock_offset - tl_ftp_listing_get_clock_offset (listing);
}

int
tl_ftp_sync_plan_settle (TlFtpSyncPlan *self)
{
  /* What was known before has been taken into account during the walk. */
  const int found = self->options.shift == TL_FTP_SHIFT_UNKNOWN ? find_shift (self) : 0;

  judge_again (self, found);
  if (self->options.shift == TL_FTP_SHIFT_UNKNOWN)
    self->options.shift = 0;
  self->clock_offset += found;
  count_within (self);
  return found;
}
