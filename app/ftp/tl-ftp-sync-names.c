/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entries of a listing in the order of their names. */

#include "tl-ftp-sync-names.h"

#include <string.h>

struct _TlFtpSyncNames
{
  TlFtpListing *listing;
  guint32      *order;
  guint         n;
};

static int
compare_bytes (const guint8 *a,
               gsize         a_length,
               const guint8 *b,
               gsize         b_length)
{
  const int order = memcmp (a, b, MIN (a_length, b_length));

  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  gsize a_length, b_length;
  const guint8 *a_name = tl_ftp_listing_get_name (user_data, *(const guint32 *) a, &a_length);
  const guint8 *b_name = tl_ftp_listing_get_name (user_data, *(const guint32 *) b, &b_length);

  return compare_bytes (a_name, a_length, b_name, b_length);
}

/* The first one that does not come before @name. */
static guint
search (TlFtpSyncNames *self,
        const guint8   *name,
        gsize           length)
{
  guint low = 0, high = self->n;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;
      gsize other_length;
      const guint8 *other = tl_ftp_listing_get_name (self->listing, self->order[middle], &other_length);

      if (compare_bytes (other, other_length, name, length) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
is_named (TlFtpSyncNames *self,
          guint           at,
          const guint8   *name,
          gsize           length)
{
  gsize other_length;
  const guint8 *other;

  if (at >= self->n)
    return FALSE;
  other = tl_ftp_listing_get_name (self->listing, self->order[at], &other_length);
  return other_length == length && memcmp (other, name, length) == 0;
}

TlFtpSyncNames *
tl_ftp_sync_names_new (TlFtpListing *listing)
{
  TlFtpSyncNames *self = g_new (TlFtpSyncNames, 1);

  self->listing = tl_ftp_listing_ref (listing);
  self->n = tl_ftp_listing_get_n_entries (listing);
  self->order = g_new (guint32, self->n);
  for (guint i = 0; i < self->n; i++)
    self->order[i] = i;
  g_qsort_with_data (self->order, (int) self->n, sizeof *self->order, compare_entries, listing);
  return self;
}

void
tl_ftp_sync_names_free (TlFtpSyncNames *self)
{
  tl_ftp_listing_unref (self->listing);
  g_free (self->order);
  g_free (self);
}

gboolean
tl_ftp_sync_names_find (TlFtpSyncNames   *self,
                        GBytes           *name,
                        TlFtpListingItem *entry)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (name, &length);
  const guint at = search (self, bytes, length);

  if (!is_named (self, at, bytes, length))
    return FALSE;
  tl_ftp_listing_get_entry (self->listing, self->order[at], entry);
  return TRUE;
}

guint
tl_ftp_sync_names_count_others (TlFtpSyncNames *self,
                                GBytes *const  *names,
                                guint           n)
{
  g_autofree gboolean *known = g_new0 (gboolean, self->n);
  guint n_others = self->n;

  for (guint i = 0; i < n; i++)
    {
      gsize length;
      const guint8 *bytes = g_bytes_get_data (names[i], &length);

      /* A server may show a name twice. */
      for (guint at = search (self, bytes, length); is_named (self, at, bytes, length) && !known[at]; at++)
        {
          known[at] = TRUE;
          n_others--;
        }
    }
  return n_others;
}
