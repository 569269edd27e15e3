/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Listings: whatever the bytes, every line that is not a heading is an entry or is kept, what an entry says is within bounds, and the same bytes give the
 * same listing. The first byte says what the hints are. */
#include "fuzz.h"

#include <string.h>

#include "tl-ftp-listing.h"

/* Within the block of the listing, which a sanitizer looks at. */
static guint
sum (const guint8 *p,
     guint16       length)
{
  guint n = 0;

  g_assert_true (p != NULL || length == 0);
  for (guint16 i = 0; i < length; i++)
    n += p[i];
  return n;
}

static guint64
check (const TlFtpListing *listing,
       const guint8       *data,
       size_t              size)
{
  guint64 digest = 0;

  for (guint i = 0; i < tl_ftp_listing_get_n_entries (listing); i++)
    {
      TlFtpListingItem item;

      tl_ftp_listing_get_entry (listing, i, &item);
      g_assert_cmpuint (item.name_length, >, 0);
      g_assert_nonnull (memmem (data, size, item.name, item.name_length));
      g_assert_cmpint (item.size, >=, -1);
      g_assert_cmpint (item.mode, >=, -1);
      g_assert_cmpint (item.mode, <=, 07777);
      g_assert_cmpint (item.kind, <=, TL_FTP_ENTRY_OTHER);
      g_assert_cmpint (item.precision, <=, TL_FTP_TIME_GUESSED_YEAR);
      g_assert_cmpint (item.unsafe, ==,
                       memchr (item.name, '/', item.name_length) != NULL || memchr (item.name, '\0', item.name_length) != NULL ||
                         memchr (item.name, '\r', item.name_length) != NULL || memchr (item.name, '\n', item.name_length) != NULL);
      g_assert_false (item.name_length == 1 && *item.name == '.');
      g_assert_false (item.name_length == 2 && memcmp (item.name, "..", 2) == 0);
      digest = digest * 31 + sum (item.name, item.name_length) + sum (item.target, item.target_length) + sum (item.owner, item.owner_length) +
               sum (item.group, item.group_length) + sum (item.permissions, item.permissions_length) + (guint64) item.size + (guint64) item.time;
    }

  for (guint i = 0; i < tl_ftp_listing_get_n_unparsed (listing); i++)
    {
      g_autoptr (GBytes) line = tl_ftp_listing_dup_unparsed (listing, i);

      g_assert_cmpuint (g_bytes_get_size (line), >, 0);
      g_assert_nonnull (memmem (data, size, g_bytes_get_data (line, NULL), g_bytes_get_size (line)));
      digest = digest * 31 + g_bytes_hash (line);
    }

  return digest;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const char * const systs[] = { NULL, "UNIX Type: L8", "Windows_NT", "MVS is the operating system of this server", "VMS OpenVMS", "OS/400" };
  TlFtpListingHints hints = { .now = 1785326400 };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (TlFtpListing) once = NULL;
  g_autoptr (TlFtpListing) twice = NULL;
  g_autoptr (GError) error = NULL;

  if (size == 0)
    return 0;
  hints.is_mlsd = (data[0] & 1) != 0;
  hints.syst = systs[(data[0] >> 1) % G_N_ELEMENTS (systs)];
  hints.utc_offset = (data[0] & 0x40) != 0 ? -8 * 3600 : 0;

  bytes = g_bytes_new_static (data + 1, size - 1);
  once = tl_ftp_listing_parse (bytes, &hints, &error);
  g_assert_no_error (error);
  twice = tl_ftp_listing_parse (bytes, &hints, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tl_ftp_listing_get_format (once), ==, tl_ftp_listing_get_format (twice));
  g_assert_cmpuint (check (once, data + 1, size - 1), ==, check (twice, data + 1, size - 1));

  return 0;
}
