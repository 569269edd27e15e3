/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Listings in tests: parsing at a fixed time, and an entry as one line of text. */
#pragma once

#include <string.h>

#include "tl-ftp-listing.h"

/* 2026-07-29 12:00:00 UTC, a Wednesday */
#define TEST_NOW 1785326400

static inline TlFtpListing *
test_listing_at (const char *bytes,
                 gssize      length,
                 gint64      now,
                 gboolean    is_mlsd)
{
  g_autoptr (GBytes) data = g_bytes_new (bytes, length < 0 ? strlen (bytes) : (gsize) length);
  TlFtpListingHints hints = { .now = now, .is_mlsd = is_mlsd };
  g_autoptr (GError) error = NULL;
  TlFtpListing *listing = tl_ftp_listing_parse (data, &hints, &error);

  g_assert_no_error (error);
  g_assert_nonnull (listing);
  return listing;
}

static inline TlFtpListing *
test_listing (const char *bytes)
{
  return test_listing_at (bytes, -1, TEST_NOW, FALSE);
}

static inline void
test_append (GString      *out,
             const char   *label,
             const guint8 *bytes,
             gsize         length)
{
  if (length == 0)
    return;
  g_string_append (out, label);
  g_string_append_len (out, (const char *) bytes, (gssize) length);
}

/* "f 123 2026-01-31 23:59:58 p=… o=… g=… n=NAME" and "t=TARGET": f, d, l or o; "-" for a size or time that is not known; the time as far as it is known,
 * "?" behind a guessed year; "!" before an unsafe name. */
static inline char *
test_describe (const TlFtpListing *listing,
               guint               index)
{
  static const char * const formats[] = { "-", "%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M?" };
  GString *out = g_string_new (NULL);
  TlFtpListingItem item;
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *text = NULL;

  tl_ftp_listing_get_entry (listing, index, &item);
  time = g_date_time_new_from_unix_utc (item.time);
  text = g_date_time_format (time, formats[item.precision]);
  g_string_append_c (out, "fdlo"[item.kind]);
  if (item.size >= 0)
    g_string_append_printf (out, " %" G_GINT64_FORMAT, item.size);
  else
    g_string_append (out, " -");
  g_string_append_printf (out, " %s", text);
  test_append (out, " p=", item.permissions, item.permissions_length);
  test_append (out, " o=", item.owner, item.owner_length);
  test_append (out, " g=", item.group, item.group_length);
  test_append (out, item.unsafe ? " !n=" : " n=", item.name, item.name_length);
  test_append (out, " t=", item.target, item.target_length);
  return g_string_free (out, FALSE);
}
