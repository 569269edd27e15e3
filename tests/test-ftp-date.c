/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates of ls in the languages and the character sets that servers speak. */

#include "tl-ftp-date.h"

#include "tl-ftp-listing-test.h"
#include "tl-ftp-months.h"

typedef struct {
  const char *set;         /* beside UTF-8; NULL: none */
  const char *date;        /* as it stands in a line, UTF-8 */
  const char *expected;
} Localized;

static const Localized localized[] = {
  /* Chinese: as glibc writes it, and with units throughout */
  { "GB18030", " 1月  5 18:53", "2026-01-05 18:53?" },
  { "GB18030", "11月 23 18:53", "2025-11-23 18:53?" },
  { "GB18030", "11月23日 18:53", "2025-11-23 18:53?" },
  { "GB18030", "11月23日  2003年", "2003-11-23" },
  { "GB18030", "11月 23  2003", "2003-11-23" },
  { "GB18030", "2003年11月23日", "2003-11-23" },
  { "GB18030", "2003年 1月 5日 08:09", "2003-01-05 08:09" },
  { "GB18030", "十一月 23 2003", "2003-11-23" },
  { "BIG5", "11月23日 18:53", "2025-11-23 18:53?" },
  { "BIG5", "11月 23 2003年", "2003-11-23" },
  { "BIG5", "二月 7 2003", "2003-02-07" },
  /* Japanese, Korean */
  { "CP932", " 2月  7 06:05", "2026-02-07 06:05?" },
  { "CP932", "11月 23日  2003年", "2003-11-23" },
  { "EUC-JP", "11月 23日  2003年", "2003-11-23" },
  { "EUC-KR", " 3월  9 06:05", "2026-03-09 06:05?" },
  { "EUC-KR", "12월 24일  2003년", "2003-12-24" },
  { "EUC-KR", "2003년 12월 24일 23:01", "2003-12-24 23:01" },
  /* Western Europe */
  { "ISO-8859-1", "Mär 16 18:53", "2026-03-16 18:53?" },
  { "ISO-8859-1", "16. Dez 2003", "2003-12-16" },
  { "ISO-8859-1", "16. März 2003", "2003-03-16" },
  { "ISO-8859-1", "Mai 16 18:53", "2026-05-16 18:53?" },
  { "ISO-8859-1", "16 févr. 2003", "2003-02-16" },
  { "ISO-8859-1", "1 août 18:53", "2025-08-01 18:53?" },
  { "ISO-8859-1", "déc.  16  2003", "2003-12-16" },
  { "ISO-8859-1", "DÉC 16 2003", "2003-12-16" },
  { NULL, "ene 16 2003", "2003-01-16" },
  { NULL, "16 dic 18:53", "2025-12-16 18:53?" },
  { NULL, "gen 16 18:53", "2026-01-16 18:53?" },
  { NULL, "16 lug 2003", "2003-07-16" },
  { "ISO-8859-1", "16 março 2003", "2003-03-16" },
  { NULL, "out 16 2003", "2003-10-16" },
  { NULL, "16 mrt 2003", "2003-03-16" },
  { NULL, "16 mei 18:53", "2026-05-16 18:53?" },
  { NULL, "16 okt 2003", "2003-10-16" },
  { NULL, "maj 16 2003", "2003-05-16" },
  { NULL, "16 des. 2003", "2003-12-16" },
  { "ISO-8859-1", "16 kesä 2003", "2003-06-16" },
  { NULL, "joulu 16 2003", "2003-12-16" },
  /* Central and Eastern Europe */
  { "ISO-8859-2", "16 paź 2003", "2003-10-16" },
  { "CP1250", "16 października 2003", "2003-10-16" },
  { NULL, "lis 16 2003", "2003-11-16" },
  { "ISO-8859-2", "kvě 16 2003", "2003-05-16" },
  { "CP1250", "16 říj 18:53", "2025-10-16 18:53?" },
  { "ISO-8859-2", "márc. 16 2003", "2003-03-16" },
  { "ISO-8859-2", "máj 16 2003", "2003-05-16" },
  { "CP1251", "янв 16 18:53", "2026-01-16 18:53?" },
  { "KOI8-R", "16 Фев 2003", "2003-02-16" },
  { "CP866", "16 МАЯ 2003", "2003-05-16" },
  { "KOI8-R", "дек 16 2003", "2003-12-16" },
  { "CP1251", "лис 16 2003", "2003-11-16" },
  { "ISO-8859-7", "Ιαν 16 2003", "2003-01-16" },
  { "ISO-8859-9", "Şub 16 2003", "2003-02-16" },
  { "ISO-8859-9", "Ağu 16 2003", "2003-08-16" },
  /* no dates */
  { NULL, "Foo 16 2003", NULL },
  { NULL, "Jan 16", NULL },
  { NULL, "Jan 160 2003", NULL },
  { NULL, "Jan 16 20", NULL },
  { NULL, "Jan 16 203", NULL },
  { NULL, "Janu 16 2003", NULL },
  { NULL, "11月 2003", NULL },
};

static char *
read_date (const char *date,
           gsize       length)
{
  g_autoptr (GString) line = g_string_new ("-rw-r--r-- 1 a b 7 ");
  g_autoptr (TlFtpListing) listing = NULL;
  g_autofree char *described = NULL;

  g_string_append_len (line, date, (gssize) length);
  g_string_append (line, " n\r\n");
  listing = test_listing_at (line->str, (gssize) line->len, TEST_NOW, FALSE);
  if (tl_ftp_listing_get_n_entries (listing) == 0)
    return NULL;
  described = test_describe (listing, 0);
  g_assert_true (g_str_has_prefix (described, "f 7 "));
  g_assert_true (g_str_has_suffix (described, " p=rw-r--r-- o=a g=b n=n"));
  return g_strndup (described + 4, strlen (described) - 4 - strlen (" p=rw-r--r-- o=a g=b n=n"));
}

static void
test_localized (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (localized); i++)
    {
      g_autofree char *utf8 = read_date (localized[i].date, strlen (localized[i].date));

      g_test_message ("%s", localized[i].date);
      g_assert_cmpstr (utf8, ==, localized[i].expected);
      if (localized[i].set != NULL)
        {
          g_autoptr (GError) error = NULL;
          gsize length;
          g_autofree char *bytes = g_convert (localized[i].date, -1, localized[i].set, "UTF-8", NULL, &length, &error);
          g_autofree char *legacy = NULL;

          g_assert_no_error (error);
          legacy = read_date (bytes, length);
          g_assert_cmpstr (legacy, ==, localized[i].expected);
        }
    }
}

/* Every day of four centuries, against GLib's calendar. */
static void
test_calendar (void)
{
  TlFtpDates dates;

  tl_ftp_dates_init (&dates, TEST_NOW, 0);
  for (gint64 time = -G_GINT64_CONSTANT (11676096000); time < G_GINT64_CONSTANT (7258118400); time += 86400 + 3661)
    {
      g_autoptr (GDateTime) expected = g_date_time_new_from_unix_utc (time);
      TlFtpDate date = TL_FTP_DATE_INIT;
      TlFtpTimePrecision precision;
      gint64 result;

      date.year = g_date_time_get_year (expected);
      date.month = g_date_time_get_month (expected);
      date.day = g_date_time_get_day_of_month (expected);
      date.hour = g_date_time_get_hour (expected);
      date.minute = g_date_time_get_minute (expected);
      date.second = g_date_time_get_second (expected);
      tl_ftp_dates_resolve (&dates, &date, &result, &precision);
      g_assert_cmpint (result, ==, time);
      g_assert_cmpint (precision, ==, TL_FTP_TIME_SECOND);
    }
}

/* A year that is not written is never more than a day ahead, and never more than a year back, but on 29 February. */
static void
test_guess (void)
{
  for (gint64 now = 1704067200; now < 1704067200 + 6 * 365 * (gint64) 86400; now += 86400 * 5 + 7777)
    {
      TlFtpDates dates;

      tl_ftp_dates_init (&dates, now, 0);
      for (int month = 1; month <= 12; month++)
        for (int day = 1; day <= 31; day++)
          {
            TlFtpDate date = TL_FTP_DATE_INIT;
            TlFtpTimePrecision precision;
            gint64 time;

            date.month = month;
            date.day = day;
            date.hour = 12;
            date.minute = 30;
            tl_ftp_dates_resolve (&dates, &date, &time, &precision);
            if (precision == TL_FTP_TIME_NONE)
              {
                g_assert_cmpint (day, >=, 30);
                continue;
              }
            g_assert_cmpint (precision, ==, TL_FTP_TIME_GUESSED_YEAR);
            g_assert_cmpint (time, <=, now + 86400);
            if (month != 2 || day != 29)
              g_assert_cmpint (time, >, now + 86400 - 366 * (gint64) 86400);
            else
              g_assert_cmpint (time, >, now + 86400 - 4 * 366 * (gint64) 86400);
          }
    }
}

static void
test_month_words (void)
{
  static const struct {
    const char *word;
    int month;
    guint used;
  } words[] = {
    { "Jan ", 1, 3 }, { "MAY 5", 5, 3 }, { "sept. 3", 9, 5 }, { "september 3", 9, 9 }, { "dec-", 12, 3 }, { "Juli ", 7, 4 }, { "jan", 1, 3 }, { "oct1", 10, 3 },
    { "xyz ", 0, 0 }, { "", 0, 0 }, { "j", 0, 0 }, { "marchandise ", 0, 0 }, { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const guint8 *p = (const guint8 *) words[i].word;
      int month = 0;
      const guint8 *after = tl_ftp_month_scan (p, p + strlen (words[i].word), &month);

      g_test_message ("%s", words[i].word);
      g_assert_cmpint (after != NULL ? month : 0, ==, words[i].month);
      if (after != NULL)
        g_assert_cmpuint ((guint) (after - p), ==, words[i].used);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ftp-date/localized", test_localized);
  g_test_add_func ("/ftp-date/calendar", test_calendar);
  g_test_add_func ("/ftp-date/guess", test_guess);
  g_test_add_func ("/ftp-date/month-words", test_month_words);

  return g_test_run ();
}
