/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of a server beside one of this machine. */

#include "tl-ftp-compare.h"
#include "tl-ftp-sync-plan.h"

#include "tl-ftp-listing-test.h"
#include "tl-test-wait.h"

/* 2026-07-01 10:20:30 UTC */
#define TIME 1782901230

static void
entry_free (gpointer data)
{
  TlLocalEntry *entry = data;

  g_free (entry->name);
  g_free (entry);
}

static GPtrArray *
new_local (void)
{
  return g_ptr_array_new_with_free_func (entry_free);
}

/* @type: 'f', 'd', or 'l' */
static void
add (GPtrArray  *local,
     const char *name,
     char        type,
     gint64      size,
     gint64      time)
{
  TlLocalEntry *entry = g_new (TlLocalEntry, 1);

  *entry = (TlLocalEntry) { g_strdup (name), type == 'd', type == 'f', type == 'f' ? size : -1, time };
  g_ptr_array_add (local, entry);
}

/* Files of five bytes at TIME. */
static GPtrArray *
new_files (const char *first,
           ...)
{
  GPtrArray *local = new_local ();
  va_list names;

  va_start (names, first);
  for (const char *name = first; name != NULL; name = va_arg (names, const char *))
    add (local, name, 'f', 5, TIME);
  va_end (names);
  return local;
}

/* The lines of such a file, at that hour and of that size; at TIME, which is at 10. */
#define AT(hour, size, name) "type=file;size=" #size ";modify=20260701" #hour "2030; " name "\r\n"
#define SAME(name) AT (10, 5, name)

static TlFtpListing *
mlsd (const char *text)
{
  return test_listing_at (text, -1, TEST_NOW, TRUE);
}

/* The nick of the difference of a name: of the machine, or else of the server. */
static const char *
get (TlFtpComparison *comparison,
     const char      *name)
{
  const TlFtpComparedRow *row = tl_ftp_comparison_find_local (comparison, name);
  TlFtpListing *remote = tl_ftp_comparison_get_remote (comparison);
  g_autoptr (GEnumClass) differences = g_type_class_ref (TL_TYPE_FTP_DIFFERENCE);

  for (guint i = 0; row == NULL && remote != NULL && i < tl_ftp_listing_get_n_entries (remote); i++)
    {
      gsize length;
      const guint8 *bytes = tl_ftp_listing_get_name (remote, i, &length);

      if (length == strlen (name) && memcmp (bytes, name, length) == 0)
        row = tl_ftp_comparison_find_remote (comparison, i);
    }
  return row != NULL ? g_enum_get_value (differences, row->difference)->value_nick : "nowhere";
}

/* A name, the nick of its difference, and so on. */
static void
assert_differences (TlFtpComparison *comparison,
                    const char      *first,
                    ...)
{
  va_list words;

  va_start (words, first);
  for (const char *name = first; name != NULL; name = va_arg (words, const char *))
    {
      g_test_message ("%s", name);
      g_assert_cmpstr (get (comparison, name), ==, va_arg (words, const char *));
    }
  va_end (words);
}

static void
test_kinds (void)
{
  g_autoptr (TlFtpListing) remote = mlsd (SAME ("same")
                                          AT (11, 5, "newer there")
                                          AT (09, 5, "newer here")
                                          "type=file;size=6;modify=20260701102031; other size\r\n"
                                          AT (11, 6, "other size, newer there")
                                          "type=file;size=5; no time\r\n"
                                          "type=file;modify=20260701102030; no size\r\n"
                                          "type=dir; folder\r\n"
                                          "type=dir; file here\r\n"
                                          "type=file;size=5; folder here\r\n"
                                          "type=OS.unix=slink:/x; link there\r\n"
                                          SAME ("link here")
                                          "type=file;size=5; only there\r\n");
  g_autoptr (GPtrArray) local = new_files ("same", "newer there", "newer here", "other size", "other size, newer there", "no time", "no size", "file here",
                                            "link there", "only here", NULL);
  g_autoptr (TlFtpComparison) comparison = NULL;
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;
  guint n_rows;

  add (local, "folder", 'd', 0, TIME);
  add (local, "folder here", 'd', 0, TIME);
  add (local, "link here", 'l', 0, TIME);
  comparison = tl_ftp_comparison_new (remote, local, &options, NULL);

  assert_differences (comparison,
                      "same", "equal",
                      "newer there", "remote-newer",
                      "newer here", "local-newer",
                      "other size", "size",
                      "other size, newer there", "remote-newer",
                      "no time", "unknown",
                      "no size", "unknown",
                      "folder", "folder",
                      "file here", "kind",
                      "folder here", "kind",
                      "link there", "unknown",
                      "link here", "unknown",
                      "only there", "only-remote",
                      "only here", "only-local",
                      "nothing", "nowhere", NULL);
  tl_ftp_comparison_get_rows (comparison, &n_rows);
  g_assert_cmpuint (n_rows, ==, 14);
  g_assert_cmpuint (tl_ftp_comparison_count (comparison, TL_FTP_DIFFERENCE_KIND), ==, 2);
  g_assert_cmpuint (tl_ftp_comparison_count (comparison, TL_FTP_DIFFERENCE_REMOTE_NEWER), ==, 2);
}

static void
test_by_size (void)
{
  g_autoptr (TlFtpListing) remote = mlsd (AT (11, 5, "touched") "type=file;size=5; no time\r\n"
                                          AT (11, 6, "longer"));
  g_autoptr (GPtrArray) local = new_files ("longer", "no time", "touched", NULL);
  g_autoptr (TlFtpComparison) comparison = NULL;
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;

  options.by_size = TRUE;
  comparison = tl_ftp_comparison_new (remote, local, &options, NULL);
  g_assert_cmpstr (get (comparison, "touched"), ==, "equal");
  g_assert_cmpstr (get (comparison, "no time"), ==, "equal");
  g_assert_cmpstr (get (comparison, "longer"), ==, "remote-newer");
}

/* What a precision leaves open is no difference, and a tolerance comes on top. */
static void
test_precision (void)
{
  static const struct {
    TlFtpTimePrecision precision;
    guint              tolerance;
    gint64             ahead;        /* of the local time, of what was told */
    TlFtpDifference    difference;
  } cases[] = {
    { TL_FTP_TIME_SECOND, 0, 0, TL_FTP_DIFFERENCE_EQUAL },
    { TL_FTP_TIME_SECOND, 0, 1, TL_FTP_DIFFERENCE_LOCAL_NEWER },
    { TL_FTP_TIME_SECOND, 0, -1, TL_FTP_DIFFERENCE_REMOTE_NEWER },
    { TL_FTP_TIME_SECOND, 60, 60, TL_FTP_DIFFERENCE_EQUAL },
    { TL_FTP_TIME_SECOND, 60, 61, TL_FTP_DIFFERENCE_LOCAL_NEWER },
    { TL_FTP_TIME_SECOND, 60, -60, TL_FTP_DIFFERENCE_EQUAL },
    { TL_FTP_TIME_SECOND, 60, -61, TL_FTP_DIFFERENCE_REMOTE_NEWER },
    { TL_FTP_TIME_MINUTE, 0, 59, TL_FTP_DIFFERENCE_EQUAL },
    { TL_FTP_TIME_MINUTE, 0, 60, TL_FTP_DIFFERENCE_LOCAL_NEWER },
    { TL_FTP_TIME_MINUTE, 60, 119, TL_FTP_DIFFERENCE_EQUAL },
    { TL_FTP_TIME_MINUTE, 60, 120, TL_FTP_DIFFERENCE_LOCAL_NEWER },
    /* Its day may be any zone's. */
    { TL_FTP_TIME_DAY, 0, 86399 + 14 * 3600, TL_FTP_DIFFERENCE_EQUAL },
    { TL_FTP_TIME_DAY, 0, 86400 + 14 * 3600, TL_FTP_DIFFERENCE_LOCAL_NEWER },
    { TL_FTP_TIME_DAY, 0, -14 * 3600, TL_FTP_DIFFERENCE_EQUAL },
    { TL_FTP_TIME_DAY, 0, -14 * 3600 - 1, TL_FTP_DIFFERENCE_REMOTE_NEWER },
    { TL_FTP_TIME_GUESSED_YEAR, 0, 30, TL_FTP_DIFFERENCE_EQUAL },
    { TL_FTP_TIME_GUESSED_YEAR, 0, -365 * 86400 + 30, TL_FTP_DIFFERENCE_EQUAL },
    { TL_FTP_TIME_GUESSED_YEAR, 0, -366 * 86400 + 30, TL_FTP_DIFFERENCE_EQUAL },
    { TL_FTP_TIME_GUESSED_YEAR, 0, -30 * 86400, TL_FTP_DIFFERENCE_REMOTE_NEWER },
    { TL_FTP_TIME_NONE, 0, 100, TL_FTP_DIFFERENCE_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TlFtpListingItem item = { .size = 5, .time = TIME, .precision = cases[i].precision };
      TlLocalEntry entry = { NULL, FALSE, TRUE, 5, TIME + cases[i].ahead };
      TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;

      options.tolerance = cases[i].tolerance;
      g_test_message ("case %u", i);
      g_assert_cmpint (tl_ftp_compare_files (&item, &entry, &options), ==, cases[i].difference);
    }
}

/* The sentence is true where there is nothing, nothing but folders, or nothing of what is shown. */
static void
test_summary (void)
{
  static const char d[] = "type=dir; d\r\n";
  static const struct {
    const char *remote;
    const char *local;      /* folders, then files */
    guint       differences;
    const char *text;
  } cases[] = {
    { "", "", TL_FTP_DIFFERENCES_DIFFERENT, "Both folders are empty." },
    { d, "d", TL_FTP_DIFFERENCES_ALL, "There is nothing but 1 folder, on both sides; what is in it was not compared." },
    { d, "d", TL_FTP_DIFFERENCES_DIFFERENT,
      "There is nothing but 1 folder, on both sides; what is in it was not compared. · nothing of that is of the kind that is shown" },
    { SAME ("a"), "a", TL_FTP_DIFFERENCES_ALL, "No differences · Same: 1" },
    { "type=dir; d\r\n" SAME ("a"), "da", TL_FTP_DIFFERENCES_ALL, "No differences · Same: 1 · Folders on both sides, not looked into: 1" },
    { SAME ("a"), "a", TL_FTP_DIFFERENCES_DIFFERENT, "No differences · Same: 1 · nothing of that is of the kind that is shown" },
    { d, "", TL_FTP_DIFFERENCES_DIFFERENT, "Only on the server: 1" },
    { SAME ("a"), "ab", 1u << TL_FTP_DIFFERENCE_SIZE, "Only on this computer: 1 · Same: 1 · nothing of that is of the kind that is shown" },
    { SAME ("a"), "ab", 1u << TL_FTP_DIFFERENCE_ONLY_LOCAL, "Only on this computer: 1 · Same: 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;
      g_autoptr (TlFtpListing) remote = mlsd (cases[i].remote);
      g_autoptr (GPtrArray) local = new_local ();
      g_autoptr (TlFtpComparison) comparison = NULL;
      g_autofree char *text = NULL;

      for (const char *name = cases[i].local; *name != '\0'; name++)
        add (local, (char[]) { *name, 0 }, *name == 'd' ? 'd' : 'f', 5, TIME);
      comparison = tl_ftp_comparison_new (remote, local, &options, NULL);
      text = tl_ftp_comparison_dup_summary (comparison, cases[i].differences);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* A server in Shanghai without MDTM: three files of the same size tell its zone, and the fourth is newer all the same. */
static void
test_zone (void)
{
  const char *text = "-rw-r--r-- 1 a a 5 Jul  1 18:20 a\r\n-rw-r--r-- 1 a a 6 Jul  1 18:20 b\r\n"
                     "-rw-r--r-- 1 a a 7 Jul  1 18:20 c\r\n-rw-r--r-- 1 a a 8 Jul  1 19:20 d\r\n";
  g_autoptr (TlFtpListing) remote = test_listing (text);
  g_autoptr (GPtrArray) local = new_local ();
  g_autoptr (TlFtpComparison) comparison = NULL;
  g_autoptr (TlFtpComparison) told = NULL;
  g_autoptr (TlFtpComparison) few = NULL;
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;

  for (guint i = 0; i < 4; i++)
    add (local, (char[]) { (char) ('a' + i), 0 }, 'f', 5 + i, TIME);
  comparison = tl_ftp_comparison_new (remote, local, &options, NULL);
  g_assert_cmpint (tl_ftp_comparison_get_shift (comparison), ==, 8 * 3600);
  g_assert_cmpstr (get (comparison, "a"), ==, "equal");
  g_assert_cmpstr (get (comparison, "d"), ==, "remote-newer");

  /* Who knows it need not guess. */
  options.shift = 0;
  told = tl_ftp_comparison_new (remote, local, &options, NULL);
  g_assert_cmpint (tl_ftp_comparison_get_shift (told), ==, 0);
  g_assert_cmpstr (get (told, "a"), ==, "remote-newer");

  /* Two are not enough. */
  options.shift = TL_FTP_SHIFT_UNKNOWN;
  g_ptr_array_set_size (local, 2);
  few = tl_ftp_comparison_new (remote, local, &options, NULL);
  g_assert_cmpint (tl_ftp_comparison_get_shift (few), ==, 0);
  g_assert_cmpstr (get (few, "a"), ==, "remote-newer");
}

/* MLSD is UTC: files that are all an hour newer are newer. */
static void
test_no_zone (void)
{
  g_autoptr (TlFtpListing) remote = mlsd (AT (11, 5, "a") AT (11, 5, "b")
                                          AT (11, 5, "c"));
  g_autoptr (GPtrArray) local = new_files ("a", "b", "c", NULL);
  g_autoptr (TlFtpComparison) comparison = NULL;
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;

  comparison = tl_ftp_comparison_new (remote, local, &options, NULL);
  g_assert_cmpuint (tl_ftp_comparison_count (comparison, TL_FTP_DIFFERENCE_REMOTE_NEWER), ==, 3);
}

/* GBK on the server, UTF-8 here; accents taken apart on the other side; what a download would be called. */
static void
test_names (void)
{
  g_autoptr (TlFtpListing) remote = mlsd (SAME ("\xc4\xbf\xc2\xbc")
                                          SAME ("a\\b")
                                          SAME ("CON"));
  g_autoptr (TlFtpListing) parted = mlsd (SAME ("Cafe\xcc\x81")
                                          SAME ("\xc3\xa9"));
  g_autoptr (GPtrArray) local = new_files ("a%5Cb", "%43ON", "目录", NULL);
  g_autoptr (TlFtpComparison) comparison = NULL;
  g_autoptr (TlFtpComparison) forms = NULL;
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;

  options.charset = TL_CHARSET_GBK;
  comparison = tl_ftp_comparison_new (remote, local, &options, NULL);
  g_assert_cmpuint (tl_ftp_comparison_count (comparison, TL_FTP_DIFFERENCE_EQUAL), ==, 3);

  g_ptr_array_set_size (local, 0);
  add (local, "Caf\xc3\xa9", 'f', 5, TIME);
  add (local, "\xc3\xa9", 'f', 5, TIME);
  /* The same once more: which of the two is meant, nobody knows. */
  add (local, "e\xcc\x81", 'f', 5, TIME);
  options.charset = TL_FTP_CHARSET_AUTO;
  forms = tl_ftp_comparison_new (parted, local, &options, NULL);
  g_assert_cmpstr (get (forms, "Caf\xc3\xa9"), ==, "equal");
  g_assert_cmpstr (get (forms, "\xc3\xa9"), ==, "equal");
  g_assert_cmpstr (get (forms, "e\xcc\x81"), ==, "unknown");
}

static void
test_case (void)
{
  g_autoptr (TlFtpListing) remote = mlsd (SAME ("README.TXT")
                                          SAME ("Both"));
  g_autoptr (GPtrArray) local = new_files ("Both", "both", "readme.txt", NULL);
  g_autoptr (TlFtpComparison) exact = NULL;
  g_autoptr (TlFtpComparison) folded = NULL;
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;

  exact = tl_ftp_comparison_new (remote, local, &options, NULL);
  g_assert_cmpstr (get (exact, "readme.txt"), ==, "only-local");
  g_assert_cmpstr (get (exact, "README.TXT"), ==, "only-remote");
  g_assert_cmpstr (get (exact, "both"), ==, "only-local");

  options.ignore_case = TRUE;
  folded = tl_ftp_comparison_new (remote, local, &options, NULL);
  g_assert_cmpstr (get (folded, "readme.txt"), ==, "equal");
  g_assert_cmpstr (get (folded, "Both"), ==, "equal");
  /* Uploading it would go over the other. */
  g_assert_cmpstr (get (folded, "both"), ==, "unknown");
}

/* What is missing from a listing of which lines were not understood may be there. */
static void
test_not_whole (void)
{
  g_autoptr (TlFtpListing) remote = test_listing ("-rw-r--r-- 1 a a 5 Jul  1 10:20 a\r\n&%$ what is this\r\n");
  g_autoptr (GPtrArray) local = new_files ("here", NULL);
  g_autoptr (TlFtpComparison) comparison = NULL;
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;

  g_assert_cmpuint (tl_ftp_listing_get_n_unparsed (remote), ==, 1);
  comparison = tl_ftp_comparison_new (remote, local, &options, NULL);
  g_assert_cmpstr (get (comparison, "here"), ==, "unknown");
}

static void
test_one_side (void)
{
  g_autoptr (TlFtpListing) remote = mlsd ("type=dir; d\r\ntype=file;size=5; f\r\n");
  g_autoptr (GPtrArray) local = new_files ("f", NULL);
  g_autoptr (TlFtpComparison) there = NULL;
  g_autoptr (TlFtpComparison) here = NULL;
  g_autoptr (TlFtpComparison) nowhere = NULL;
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;
  guint n_rows;

  there = tl_ftp_comparison_new (remote, NULL, &options, NULL);
  g_assert_cmpuint (tl_ftp_comparison_count (there, TL_FTP_DIFFERENCE_ONLY_REMOTE), ==, 2);
  here = tl_ftp_comparison_new (NULL, local, &options, NULL);
  g_assert_cmpuint (tl_ftp_comparison_count (here, TL_FTP_DIFFERENCE_ONLY_LOCAL), ==, 1);
  nowhere = tl_ftp_comparison_new (NULL, NULL, &options, NULL);
  tl_ftp_comparison_get_rows (nowhere, &n_rows);
  g_assert_cmpuint (n_rows, ==, 0);
}

static void
test_cancel (void)
{
  g_autoptr (TlFtpListing) remote = mlsd ("type=dir; d\r\n");
  g_autoptr (GPtrArray) local = new_local ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;

  g_cancellable_cancel (cancellable);
  g_assert_null (tl_ftp_comparison_new (remote, local, &options, cancellable));
}

/* 100,000 names on each side, half of them on both; Chinese, so that each has a form to be looked at. */
static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) local = new_local ();
  g_autoptr (TlFtpListing) remote = NULL;
  g_autoptr (TlFtpComparison) comparison = NULL;
  TlFtpCompareOptions options = TL_FTP_COMPARE_OPTIONS_INIT;
  gint64 used;

  for (guint i = 0; i < 100000; i++)
    {
      g_autofree char *name = g_strdup_printf ("照片 %06u.jpg", i + 50000);

      g_string_append_printf (text, SAME ("照片 %06u.jpg"), i);
      add (local, name, 'f', 5, TIME);
    }
  remote = mlsd (text->str);
  used = test_get_used ();
  comparison = tl_ftp_comparison_new (remote, local, &options, NULL);
  used = test_get_used () - used;
  g_test_message ("100,000 x 100,000 names: %.3f s", used / (double) G_TIME_SPAN_SECOND);
  g_assert_cmpuint (tl_ftp_comparison_count (comparison, TL_FTP_DIFFERENCE_EQUAL), ==, 50000);
  g_assert_cmpuint (tl_ftp_comparison_count (comparison, TL_FTP_DIFFERENCE_ONLY_LOCAL), ==, 50000);
  g_assert_cmpuint (tl_ftp_comparison_count (comparison, TL_FTP_DIFFERENCE_ONLY_REMOTE), ==, 50000);
  /* Each against each would take minutes, of the processor: on the clock, so may whatever else the machine does. */
  g_assert_cmpint (used, <, 20 * G_TIME_SPAN_SECOND);
}

/* What each way makes of each difference. */
static void
test_decide (void)
{
  static const struct {
    TlFtpDifference difference;
    TlFtpSyncFilter acts[3];      /* to this machine, to the server, both ways */
    gboolean        enabled[3];
  } cases[] = {
    { TL_FTP_DIFFERENCE_ONLY_LOCAL, { TL_FTP_SYNC_DELETE, TL_FTP_SYNC_UPLOAD, TL_FTP_SYNC_UPLOAD }, { TRUE, TRUE, TRUE } },
    { TL_FTP_DIFFERENCE_ONLY_REMOTE, { TL_FTP_SYNC_DOWNLOAD, TL_FTP_SYNC_DELETE, TL_FTP_SYNC_DOWNLOAD }, { TRUE, TRUE, TRUE } },
    { TL_FTP_DIFFERENCE_LOCAL_NEWER, { TL_FTP_SYNC_DOWNLOAD, TL_FTP_SYNC_UPLOAD, TL_FTP_SYNC_UPLOAD }, { FALSE, TRUE, TRUE } },
    { TL_FTP_DIFFERENCE_REMOTE_NEWER, { TL_FTP_SYNC_DOWNLOAD, TL_FTP_SYNC_UPLOAD, TL_FTP_SYNC_DOWNLOAD }, { TRUE, FALSE, TRUE } },
    { TL_FTP_DIFFERENCE_SIZE, { TL_FTP_SYNC_DOWNLOAD, TL_FTP_SYNC_UPLOAD, TL_FTP_SYNC_NOTHING }, { TRUE, TRUE, TRUE } },
    { TL_FTP_DIFFERENCE_KIND, { TL_FTP_SYNC_NOTHING, TL_FTP_SYNC_NOTHING, TL_FTP_SYNC_NOTHING }, { TRUE, TRUE, TRUE } },
    { TL_FTP_DIFFERENCE_UNKNOWN, { TL_FTP_SYNC_NOTHING, TL_FTP_SYNC_NOTHING, TL_FTP_SYNC_NOTHING }, { TRUE, TRUE, TRUE } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (TlFtpSyncMode mode = TL_FTP_SYNC_TO_LOCAL; mode <= TL_FTP_SYNC_BOTH; mode++)
      {
        gboolean enabled;

        g_test_message ("case %u, mode %u", i, mode);
        g_assert_cmpint (tl_ftp_sync_decide (cases[i].difference, mode, &enabled), ==, cases[i].acts[mode]);
        g_assert_cmpint (enabled, ==, cases[i].enabled[mode]);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ftp-compare/kinds", test_kinds);
  g_test_add_func ("/ftp-compare/by-size", test_by_size);
  g_test_add_func ("/ftp-compare/precision", test_precision);
  g_test_add_func ("/ftp-compare/summary", test_summary);
  g_test_add_func ("/ftp-compare/zone", test_zone);
  g_test_add_func ("/ftp-compare/no-zone", test_no_zone);
  g_test_add_func ("/ftp-compare/names", test_names);
  g_test_add_func ("/ftp-compare/case", test_case);
  g_test_add_func ("/ftp-compare/not-whole", test_not_whole);
  g_test_add_func ("/ftp-compare/one-side", test_one_side);
  g_test_add_func ("/ftp-compare/cancel", test_cancel);
  g_test_add_func ("/ftp-compare/many", test_many);
  g_test_add_func ("/ftp-compare/decide", test_decide);
  return g_test_run ();
}
