/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine tells of an FTP server, in words. */

#include "tl-ftp-text.h"

static void
test_facts (void)
{
  static const struct {
    const char *permissions;
    const char *words;
  } cases[] = {
    { "radfwMT", "read write rename delete" },
    { "eldfmMTcp", "read write rename delete" },
    { "r", "read" },
    { "el", "read" },
    { "a", "write" },
    { "rwxr-xr-x", NULL },
    { "rw-r--r--", NULL },
    { "0644", NULL },
    { "(RWED,RWED,RE,)", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = tl_ftp_text_facts (cases[i].permissions);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_charset_face (void)
{
  g_autofree char *plain = tl_ftp_charset_dup_face (TL_FTP_CHARSET_AUTO, TL_CHARSET_UTF_8);
  g_autofree char *guessed = tl_ftp_charset_dup_face (TL_FTP_CHARSET_AUTO, TL_CHARSET_GB18030);
  g_autofree char *chosen = tl_ftp_charset_dup_face (TL_CHARSET_BIG5, TL_CHARSET_GB18030);

  g_assert_cmpstr (plain, ==, "Names: Automatic");
  g_assert_cmpstr (guessed, ==, "Names: GB18030 (automatic)");
  g_assert_cmpstr (chosen, ==, "Names: Big5");
}

static void
test_fingerprint (void)
{
  g_autoptr (GString) whole = g_string_new ("00");
  g_autofree char *lines = NULL;
  g_autofree char *short_one = tl_ftp_text_fingerprint ("AB:CD");

  for (guint i = 1; i < 32; i++)
    g_string_append_printf (whole, ":%02X", i);
  lines = tl_ftp_text_fingerprint (whole->str);
  g_assert_cmpstr (lines, ==, "00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F\n10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:1F");
  g_assert_cmpstr (short_one, ==, "AB:CD");
}

/* A date without a time is the same in every zone. */
static void
test_time (void)
{
  g_autofree char *day = tl_ftp_text_time (1600000000, TL_FTP_TIME_DAY);
  g_autofree char *none = tl_ftp_text_time (0, TL_FTP_TIME_NONE);

  g_assert_cmpstr (day, ==, "2020-09-13");
  g_assert_cmpstr (none, ==, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ftp-text/facts", test_facts);
  g_test_add_func ("/ftp-text/charset-face", test_charset_face);
  g_test_add_func ("/ftp-text/fingerprint", test_fingerprint);
  g_test_add_func ("/ftp-text/time", test_time);
  return g_test_run ();
}
