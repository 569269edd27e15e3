/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders that contain themselves. */

#include "tl-ftp-walk.h"

static guint64
mix (guint64       hash,
     const guint8 *bytes,
     gsize         length)
{
  /* FNV-1a. */
  for (gsize i = 0; i < length; i++)
    hash = (hash ^ bytes[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return (hash ^ 0xff) * G_GUINT64_CONSTANT (0x100000001b3);
}

guint64
tl_ftp_walk_fingerprint (const TlFtpListing *listing)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  guint n = tl_ftp_listing_get_n_entries (listing);
  gboolean has_file = FALSE, has_folder = FALSE;

  for (guint i = 0; i < n; i++)
    {
      TlFtpListingItem item;

      tl_ftp_listing_get_entry (listing, i, &item);
      has_file |= item.kind == TL_FTP_ENTRY_FILE && item.size > 0;
      has_folder |= item.kind == TL_FTP_ENTRY_DIRECTORY;
      hash = mix (hash, item.name, item.name_length);
      hash = mix (hash, (const guint8 *) &item.kind, sizeof item.kind);
      /* The times and sizes of folders change while somebody works in them. */
      if (item.kind != TL_FTP_ENTRY_DIRECTORY)
        {
          hash = mix (hash, (const guint8 *) &item.size, sizeof item.size);
          hash = mix (hash, (const guint8 *) &item.time, sizeof item.time);
        }
    }
  return has_file && has_folder ? MAX (hash, 1) : 0;
}

gboolean
tl_ftp_walk_is_loop (const guint64 *chain,
                     guint          n)
{
  if (n == 0 || chain[0] == 0)
    return FALSE;
  for (guint distance = 1; 2 * distance < n; distance++)
    if (chain[distance] == chain[0] && chain[2 * distance] == chain[0])
      return TRUE;
  return FALSE;
}
