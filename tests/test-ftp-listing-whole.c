/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlFtpListing as a whole: what is chosen, kept, left out and refused. */

#include "tl-ftp-listing.h"

#include "tl-ftp-listing-test.h"
#include "tl-ftp-types.h"

static void
assert_entry (const TlFtpListing *listing,
              guint               index,
              const char         *expected)
{
  g_autofree char *line = test_describe (listing, index);

  g_assert_cmpstr (line, ==, expected);
}

static void
assert_unparsed (const TlFtpListing *listing,
                 guint               index,
                 const char         *expected)
{
  g_autoptr (GBytes) line = tl_ftp_listing_dup_unparsed (listing, index);
  gsize length;
  const char *bytes = g_bytes_get_data (line, &length);

  g_assert_cmpmem (bytes, length, expected, strlen (expected));
}

static void
test_empty (void)
{
  static const char * const nothing[] = { "", "\r\n", "\n\n\n", "  \r\n\t\r\n" };

  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      g_autoptr (TlFtpListing) listing = test_listing (nothing[i]);

      g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, 0);
      g_assert_cmpuint (tl_ftp_listing_get_n_unparsed (listing), ==, 0);
      g_assert_cmpint (tl_ftp_listing_get_format (listing), ==, TL_FTP_LISTING_EMPTY);
    }
}

/* The format is that of most lines; a line of another is taken where it can be nothing else, and what nobody takes is kept, whole. */
static void
test_mixed (void)
{
  g_autoptr (TlFtpListing) listing = test_listing ("ls: cannot open 'x': Permission denied\r\n"
                                                   "-rw-r--r-- 1 a b 1 Jan 3 2020 one\r\n"
                                                   "07-09-21  07:45PM       <DIR>          two\r\n"
                                                   "+r,s3,\tthree\r\n"
                                                   "-rw-r--r-- 1 a b 1 Jan 3\r\n"
                                                   "  leading blanks, and what is no line of any format  \r\n"
                                                   "-rw-r--r-- 1 a b 4 Jan 3 2020 four\r\n");

  g_assert_cmpint (tl_ftp_listing_get_format (listing), ==, TL_FTP_LISTING_UNIX);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, 4);
  assert_entry (listing, 1, "d - 2021-07-09 19:45 n=two");
  assert_entry (listing, 2, "f 3 - n=three");
  assert_entry (listing, 3, "f 4 2020-01-03 p=rw-r--r-- o=a g=b n=four");
  g_assert_cmpuint (tl_ftp_listing_get_n_unparsed (listing), ==, 3);
  assert_unparsed (listing, 0, "ls: cannot open 'x': Permission denied");
  assert_unparsed (listing, 1, "-rw-r--r-- 1 a b 1 Jan 3");
  assert_unparsed (listing, 2, "  leading blanks, and what is no line of any format  ");
}

static void
test_majority (void)
{
  g_autoptr (TlFtpListing) listing = test_listing ("-rw-r--r-- 1 a b 1 Jan 3 2020 unix\r\n"
                                                   "07-09-21  07:45PM       <DIR>          dos\r\n"
                                                   "07-09-21  07:45PM                    1 dos too\r\n");

  g_assert_cmpint (tl_ftp_listing_get_format (listing), ==, TL_FTP_LISTING_DOS);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, 3);
}

/* A server that answers MLSD with lines of ls. */
static void
test_mlsd_that_is_none (void)
{
  g_autoptr (TlFtpListing) listing = test_listing_at ("-rw-r--r-- 1 a b 1 Jan 3 2020 x\r\n", -1, TEST_NOW, TRUE);

  g_assert_cmpint (tl_ftp_listing_get_format (listing), ==, TL_FTP_LISTING_UNIX);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, 1);
}

/* In a tie, what SYST says. */
static void
test_syst (void)
{
  static const char lines[] = "-rw-r--r-- 1 a b 1 Jan 3 2020 x\r\n07-09-21  07:45PM       <DIR>          dos\r\n";
  g_autoptr (GBytes) data = g_bytes_new_static (lines, strlen (lines));
  TlFtpListingHints hints = { .now = TEST_NOW, .syst = "Windows_NT" };
  g_autoptr (TlFtpListing) windows = tl_ftp_listing_parse (data, &hints, NULL);
  g_autoptr (TlFtpListing) unix_listing = NULL;

  hints.syst = "UNIX Type: L8";
  unix_listing = tl_ftp_listing_parse (data, &hints, NULL);
  g_assert_cmpint (tl_ftp_listing_get_format (windows), ==, TL_FTP_LISTING_DOS);
  g_assert_cmpint (tl_ftp_listing_get_format (unix_listing), ==, TL_FTP_LISTING_UNIX);
}

static void
test_offset (void)
{
  static const char lines[] = "-rw-r--r-- 1 a b 1 Jul 30 19:30 x\r\n";
  g_autoptr (GBytes) data = g_bytes_new_static (lines, strlen (lines));
  TlFtpListingHints hints = { .now = TEST_NOW, .utc_offset = 8 * 3600 };
  g_autoptr (TlFtpListing) listing = tl_ftp_listing_parse (data, &hints, NULL);

  assert_entry (listing, 0, "f 1 2026-07-30 11:30? p=rw-r--r-- o=a g=b n=x");
}

/* At midnight of a new year, where the server is and here. */
static void
test_new_year (void)
{
  static const char lines[] = "-rw-r--r-- 1 a b 1 Dec 31 23:59 before\r\n-rw-r--r-- 1 a b 1 Jan  1 00:01 after\r\n-rw-r--r-- 1 a b 1 Jan 2 12:00 last year's\r\n";
  g_autoptr (TlFtpListing) listing = test_listing_at (lines, -1, 1767225540 /* 2025-12-31 23:59 */, FALSE);

  assert_entry (listing, 0, "f 1 2025-12-31 23:59? p=rw-r--r-- o=a g=b n=before");
  assert_entry (listing, 1, "f 1 2026-01-01 00:01? p=rw-r--r-- o=a g=b n=after");
  assert_entry (listing, 2, "f 1 2025-01-02 12:00? p=rw-r--r-- o=a g=b n=last year's");
}

/* A second CR is part of the end where all lines have it, else of a name. */
static void
test_returns (void)
{
  g_autoptr (TlFtpListing) all = test_listing ("-rw-r--r-- 1 a b 1 Jan 3 2020 x\r\r\n-rw-r--r-- 1 a b 1 Jan 3 2020 y\r\r\n");
  g_autoptr (TlFtpListing) one = test_listing ("-rw-r--r-- 1 a b 1 Jan 3 2020 x\r\n-rw-r--r-- 1 a b 1 Jan 3 2020 y\r\r\n");

  assert_entry (all, 0, "f 1 2020-01-03 p=rw-r--r-- o=a g=b n=x");
  assert_entry (one, 0, "f 1 2020-01-03 p=rw-r--r-- o=a g=b n=x");
  assert_entry (one, 1, "f 1 2020-01-03 p=rw-r--r-- o=a g=b !n=y\r");
}

static void
test_nul (void)
{
  static const char line[] = "-rw-r--r-- 1 a b 1 Jan 3 2020 a\0b\r\n-rw-r--r-- 1 a\0 b 1 Jan 3 2020 c\r\n";
  g_autoptr (TlFtpListing) listing = test_listing_at (line, sizeof line - 1, TEST_NOW, FALSE);
  TlFtpListingItem item;

  g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, 2);
  tl_ftp_listing_get_entry (listing, 0, &item);
  g_assert_true (item.unsafe);
  g_assert_cmpmem (item.name, item.name_length, "a\0b", 3);
  tl_ftp_listing_get_entry (listing, 1, &item);
  g_assert_false (item.unsafe);
}

static void
test_name_length (void)
{
  g_autoptr (GString) line = g_string_new ("-rw-r--r-- 1 a b 1 Jan 3 2020 ");
  gsize prefix = line->len;
  g_autoptr (TlFtpListing) longest = NULL;
  g_autoptr (TlFtpListing) too_long = NULL;
  TlFtpListingItem item;

  g_string_set_size (line, prefix + TL_FTP_LISTING_MAX_NAME);
  memset (line->str + prefix, 'n', TL_FTP_LISTING_MAX_NAME);
  longest = test_listing_at (line->str, (gssize) line->len, TEST_NOW, FALSE);
  tl_ftp_listing_get_entry (longest, 0, &item);
  g_assert_cmpuint (item.name_length, ==, TL_FTP_LISTING_MAX_NAME);
  g_assert_cmpuint (tl_ftp_listing_get_n_unparsed (longest), ==, 0);

  g_string_append_c (line, 'n');
  too_long = test_listing_at (line->str, (gssize) line->len, TEST_NOW, FALSE);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (too_long), ==, 0);
  g_assert_cmpuint (tl_ftp_listing_get_n_unparsed (too_long), ==, 1);
  assert_unparsed (too_long, 0, line->str);
}

/* As many as there may be, entries or not, and one more. */
static void
test_too_many (gconstpointer data)
{
  const char *line = data;
  g_autoptr (GString) bytes = g_string_sized_new (strlen (line) * (TL_FTP_LISTING_MAX_ENTRIES + 1));
  TlFtpListingHints hints = { .now = TEST_NOW };
  g_autoptr (GBytes) most = NULL;
  g_autoptr (GBytes) too_many = NULL;
  g_autoptr (TlFtpListing) listing = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < TL_FTP_LISTING_MAX_ENTRIES; i++)
    g_string_append (bytes, line);
  most = g_bytes_new_static (bytes->str, bytes->len);
  listing = tl_ftp_listing_parse (most, &hints, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing) + tl_ftp_listing_get_n_unparsed (listing), ==, TL_FTP_LISTING_MAX_ENTRIES);
  g_clear_pointer (&listing, tl_ftp_listing_unref);

  g_string_append (bytes, line);
  too_many = g_bytes_new_static (bytes->str, bytes->len);
  listing = tl_ftp_listing_parse (too_many, &hints, &error);
  g_assert_null (listing);
  g_assert_error (error, TL_FTP_ERROR, TL_FTP_ERROR_PROTOCOL);
}

/* An entry takes less than 150 bytes beside its name, whatever else is in its line. */
static void
test_memory (void)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  g_autoptr (TlFtpListing) listing = NULL;
  gsize names = 0;

  for (guint i = 0; i < 10000; i++)
    {
      gsize before = bytes->len;

      g_string_append_printf (bytes, "modify=20240229103005;perm=adfrw;size=%u;type=file;unique=803U%u;UNIX.group=100;UNIX.groupname=users;UNIX.mode=0644;UNIX.ownername=li; ", i, i);
      before = bytes->len;
      g_string_append_printf (bytes, "file-%u.txt", i);
      names += bytes->len - before;
      g_string_append (bytes, "\r\n");
    }
  listing = test_listing_at (bytes->str, (gssize) bytes->len, TEST_NOW, TRUE);
  g_assert_cmpuint (tl_ftp_listing_get_n_entries (listing), ==, 10000);
  g_assert_cmpuint ((tl_ftp_listing_get_memory (listing) - names) / 10000, <, 150);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ftp-listing-whole/empty", test_empty);
  g_test_add_func ("/ftp-listing-whole/mixed", test_mixed);
  g_test_add_func ("/ftp-listing-whole/majority", test_majority);
  g_test_add_func ("/ftp-listing-whole/mlsd-that-is-none", test_mlsd_that_is_none);
  g_test_add_func ("/ftp-listing-whole/syst", test_syst);
  g_test_add_func ("/ftp-listing-whole/offset", test_offset);
  g_test_add_func ("/ftp-listing-whole/new-year", test_new_year);
  g_test_add_func ("/ftp-listing-whole/returns", test_returns);
  g_test_add_func ("/ftp-listing-whole/nul", test_nul);
  g_test_add_func ("/ftp-listing-whole/name-length", test_name_length);
  g_test_add_func ("/ftp-listing-whole/memory", test_memory);
  g_test_add_data_func ("/ftp-listing-whole/too-many/entries", "-rw-r--r-- 1 a b 1 Jan 3 2020 x\n", test_too_many);
  g_test_add_data_func ("/ftp-listing-whole/too-many/unparsed", "?\n", test_too_many);

  return g_test_run ();
}
