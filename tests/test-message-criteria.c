/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TlMessageCriteria and TlTimeRange: what is typed, and what passes. */

#include "tl-message-criteria.h"
#include "tl-message-log.h"

#include <string.h>

#define SECOND ((gint64) G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

static GTimeZone *
get_zone (void)
{
  static GTimeZone *zone;

  if (zone == NULL)
    zone = g_time_zone_new_identifier ("+08:00");
  g_assert_nonnull (zone);
  return zone;
}

/* µs since 1970 of a local time. */
static gint64
at (const char *iso)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, get_zone ());

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * SECOND + g_date_time_get_microsecond (time);
}

static gboolean
contains (const char *from,
          const char *to,
          const char *iso)
{
  g_autoptr (GError) error = NULL;
  TlTimeRange range = { 0 };
  TlDayClock clock;
  gboolean result;

  tl_time_range_parse (from, to, get_zone (), &range, &error);
  g_assert_no_error (error);
  tl_day_clock_init (&clock, get_zone ());
  result = tl_time_range_contains (&range, at (iso), G_MININT64, &clock);
  tl_day_clock_clear (&clock);
  return result;
}

static void
test_clock (void)
{
  g_assert_true (contains ("", "", "2026-11-25T00:00:00"));
  g_assert_true (contains ("14:05", "14:05", "2026-11-25T14:05:00"));
  g_assert_true (contains ("14:05", "14:05", "2026-11-25T14:05:59.999999"));
  g_assert_false (contains ("14:05", "14:05", "2026-11-25T14:06:00"));
  g_assert_false (contains ("14:05", "14:05", "2026-11-25T14:04:59.999999"));
  g_assert_true (contains ("14:05:30.25", "14:05:30.25", "2026-11-25T14:05:30.259999"));
  g_assert_false (contains ("14:05:30.25", "14:05:30.25", "2026-11-25T14:05:30.26"));
  g_assert_true (contains ("23:59:59.999999", "", "2026-11-25T23:59:59.999999"));
  g_assert_false (contains ("23:59:59.999999", "", "2026-11-26T00:00:00"));
  g_assert_true (contains ("", "00:00:00", "2026-11-25T00:00:00.5"));
  g_assert_false (contains ("", "0:00:00", "2026-11-25T00:00:01"));
  g_assert_true (contains ("１４：０５", " 14:05:30 ", "2026-01-01T14:05:30.7"));
}

static void
test_over_midnight (void)
{
  g_assert_true (contains ("22:00", "01:30", "2026-11-25T23:59:59.999999"));
  g_assert_true (contains ("22:00", "01:30", "2026-11-26T00:00:00"));
  g_assert_true (contains ("22:00", "01:30", "2026-11-26T01:30:59.9"));
  g_assert_false (contains ("22:00", "01:30", "2026-11-26T01:31:00"));
  g_assert_false (contains ("22:00", "01:30", "2026-11-25T21:59:59"));
}

static void
test_dates (void)
{
  g_assert_true (contains ("2026-11-25", "2026-11-25", "2026-11-25T00:00:00"));
  g_assert_true (contains ("2026-11-25", "2026-11-25", "2026-11-25T23:59:59.999999"));
  g_assert_false (contains ("2026-11-25", "2026-11-25", "2026-11-26T00:00:00"));
  g_assert_false (contains ("2026-11-25", "2026-11-25", "2026-11-24T23:59:59.999999"));
  g_assert_true (contains ("2026/11/25 22:00", "2026/11/26 02:00:00", "2026-11-26T02:00:00.999999"));
  g_assert_false (contains ("2026-11-25T22:00", "2026-11-26 02:00:00", "2026-11-26T02:00:01"));
  g_assert_true (contains ("2026-11-25 22:00", "", "2036-01-01T00:00:00"));
  g_assert_true (contains ("", "2026-11-25", "1971-01-01T00:00:00"));
  /* A time beside a date is of that day. */
  g_assert_true (contains ("2026-11-25 14:00", "15:00", "2026-11-25T15:00:59"));
  g_assert_false (contains ("2026-11-25 14:00", "15:00", "2026-11-26T14:30:00"));
  g_assert_false (contains ("14:00", "2026-11-25 15:00", "2026-11-24T14:30:00"));
}

/* In a zone that changes its clocks, the hands of the clock count, and a day is what the calendar calls one. */
static void
test_daylight_saving (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("CET-1CEST,M3.5.0,M10.5.0/3");
  TlTimeRange range = { 0 };
  TlDayClock clock;

  g_assert_nonnull (zone);
  g_assert_true (tl_time_range_parse ("2026-03-29", "2026-03-29", zone, &range, NULL));
  g_assert_cmpint (range.to - range.from, ==, 23 * HOUR);
  g_assert_true (tl_time_range_parse ("2026-10-25", "2026-10-25", zone, &range, NULL));
  g_assert_cmpint (range.to - range.from, ==, 25 * HOUR);
  g_assert_true (tl_time_range_parse ("2026-03-29 12:00", "12:00", zone, &range, NULL));
  g_assert_cmpint (range.from, ==, at ("2026-03-29T18:00:00"));

  tl_day_clock_init (&clock, zone);
  g_assert_cmpint (tl_day_clock_get (&clock, at ("2026-03-29T08:59:59")), ==, 1 * HOUR + 59 * MINUTE + 59 * SECOND);
  g_assert_cmpint (tl_day_clock_get (&clock, at ("2026-03-29T09:00:00")), ==, 3 * HOUR);
  g_assert_cmpint (tl_day_clock_get (&clock, at ("2026-03-29T08:59:59")), ==, 1 * HOUR + 59 * MINUTE + 59 * SECOND);
  tl_day_clock_clear (&clock);
}

/* Before 1970 as well: an id or a time of a damaged record must not do harm. */
static void
test_day_clock (void)
{
  TlDayClock clock;

  tl_day_clock_init (&clock, get_zone ());
  for (guint i = 0; i < 2000; i++)
    {
      const gint64 time = (gint64) g_test_rand_int () * (1 << 20) + g_test_rand_int ();
      const gint64 local = tl_day_clock_get (&clock, time);

      g_assert_cmpint (local, >=, 0);
      g_assert_cmpint (local, <, 24 * HOUR);
      if (time > 800000000 * SECOND)
        g_assert_cmpint (local, ==, (time + 8 * HOUR) % (24 * HOUR));
    }
  tl_day_clock_clear (&clock);
}

static void
test_wrong_times (void)
{
  static const char *const wrong[] = { "14", "14:", ":05", "24:00", "14:60", "14:05:60", "14:05:", "14:05:30.", "14:05:30.1234567", "2026-02-30", "2026-13-01",
                                       "2026-11-25 ", "2026-11-25 14", "2026-11-25x14:05", "26-11-25", "now", "14:05 pm", "2026-11/25", "-1:00", "14:05:30:1" };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      TlTimeRange range = { TL_TIME_LAST, 7, 9 };

      /* A space behind is no fault. */
      if (g_str_has_suffix (wrong[i], " "))
        continue;
      g_assert_false (tl_time_range_parse (wrong[i], "", get_zone (), &range, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_assert_nonnull (strstr (error->message, wrong[i]));
      g_assert_cmpint (range.kind, ==, TL_TIME_LAST);
      g_assert_cmpint (range.from, ==, 7);
    }
}

static void
test_reversed (void)
{
  g_autoptr (GError) error = NULL;
  TlTimeRange range = { 0 };

  g_assert_false (tl_time_range_parse ("2026-11-26", "2026-11-25", get_zone (), &range, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (tl_time_range_parse ("2026-11-25 14:05:01", "14:05:00", get_zone (), &range, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_true (tl_time_range_parse ("2026-11-25 14:05:00", "14:05:00", get_zone (), &range, NULL));
  g_assert_cmpint (range.to - range.from, ==, SECOND);
}

static void
test_last (void)
{
  g_autoptr (GError) error = NULL;
  TlTimeRange range = { 0 };

  g_assert_true (tl_time_range_parse_last ("５", &range, NULL));
  g_assert_cmpint (range.kind, ==, TL_TIME_LAST);
  g_assert_cmpint (range.from, ==, 5 * MINUTE);
  g_assert_true (tl_time_range_contains (&range, 10, 10, NULL));
  g_assert_false (tl_time_range_contains (&range, 9, 10, NULL));
  g_assert_false (tl_time_range_parse_last ("0", &range, NULL));
  g_assert_false (tl_time_range_parse_last ("-3", &range, NULL));
  g_assert_false (tl_time_range_parse_last ("1.5", &range, NULL));
  g_assert_false (tl_time_range_parse_last ("525601", &range, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_cmpint (range.from, ==, 5 * MINUTE);
  g_assert_true (tl_time_range_parse_last (" ", &range, NULL));
  g_assert_cmpint (range.kind, ==, TL_TIME_ANY);
}

static void
test_lengths (void)
{
  g_autoptr (GError) error = NULL;
  guint32 min = 1, max = 2;

  g_assert_true (tl_message_criteria_parse_length ("", "", &min, &max, NULL));
  g_assert_cmpuint (min, ==, 0);
  g_assert_cmpuint (max, ==, G_MAXUINT32);
  g_assert_true (tl_message_criteria_parse_length (" 64", "６４ ", &min, &max, NULL));
  g_assert_cmpuint (min, ==, 64);
  g_assert_cmpuint (max, ==, 64);
  g_assert_true (tl_message_criteria_parse_length ("", "0", &min, &max, NULL));
  g_assert_cmpuint (max, ==, 0);
  g_assert_false (tl_message_criteria_parse_length ("65", "64", &min, &max, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_cmpuint (max, ==, 0);
  g_assert_false (tl_message_criteria_parse_length ("1k", "", &min, &max, NULL));
  g_assert_false (tl_message_criteria_parse_length ("-1", "", &min, &max, NULL));
  g_assert_false (tl_message_criteria_parse_length ("4294967296", "", &min, &max, NULL));
  g_assert_true (tl_message_criteria_parse_length ("4294967295", "", &min, &max, NULL));
}

typedef struct {
  TlMessageLog *log;
  TlMessageCriteria criteria;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer unused)
{
  static const struct { TlMessageKind kind; const char *peer; const char *text; } rows[] = {
    { TL_MESSAGE_RECEIVED, "a", "hello" }, { TL_MESSAGE_SENT, "b", "HELLO you" }, { TL_MESSAGE_EVENT, NULL, "hello event" },
    { TL_MESSAGE_RECEIVED, "a", "" },      { TL_MESSAGE_ERROR, "b", "failed" },   { TL_MESSAGE_RECEIVED, "b", "bye" },
  };

  fixture->log = tl_message_log_new ();
  fixture->criteria = (TlMessageCriteria) TL_MESSAGE_CRITERIA_INIT;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    tl_message_log_append (fixture->log, rows[i].kind, (i + 1) * SECOND,
                           rows[i].peer != NULL ? tl_message_log_add_peer (fixture->log, rows[i].peer) : 0, rows[i].text, strlen (rows[i].text));
  tl_message_log_flush (fixture->log);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer unused)
{
  tl_message_criteria_clear (&fixture->criteria);
  g_assert_finalize_object (fixture->log);
}

/* Which rows pass, as digits. */
static void
assert_passes (Fixture    *fixture,
               const char *expected)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  gboolean gave_up;
  TlDayClock clock;

  tl_day_clock_init (&clock, get_zone ());
  for (guint i = 0; i < 8; i++)
    if (tl_message_criteria_match (&fixture->criteria, TL_MESSAGE_SOURCE (fixture->log), i, 0, &clock, &gave_up))
      g_string_append_printf (rows, "%u", i);
  tl_day_clock_clear (&clock);
  g_assert_cmpstr (rows->str, ==, expected);
}

static void
test_match (Fixture      *fixture,
            gconstpointer unused)
{
  TlMessageCriteria *criteria = &fixture->criteria;

  assert_passes (fixture, "012345");
  g_assert_true (tl_message_criteria_pass_all (criteria));
  criteria->min_length = 1;
  assert_passes (fixture, "015");
  criteria->max_length = 5;
  assert_passes (fixture, "05");
  criteria->min_length = criteria->max_length = 0;
  assert_passes (fixture, "3");
  criteria->max_length = G_MAXUINT32;
  criteria->pattern = tl_pattern_new (TL_PATTERN_TEXT, "hello", TL_CHARSET_UTF_8, TRUE, NULL);
  assert_passes (fixture, "012");
  criteria->inverted = TRUE;
  assert_passes (fixture, "345");
  criteria->peer = g_strdup ("b");
  assert_passes (fixture, "45");
  criteria->kinds = 1u << TL_MESSAGE_RECEIVED;
  assert_passes (fixture, "5");
  criteria->time = (TlTimeRange) { TL_TIME_SPAN, 0, 6 * SECOND };
  assert_passes (fixture, "");
  criteria->time.to++;
  assert_passes (fixture, "5");
}

static void
test_values (Fixture      *fixture,
             gconstpointer unused)
{
  g_auto (TlMessageCriteria) copy = TL_MESSAGE_CRITERIA_INIT;
  TlMessageCriteria *criteria = &fixture->criteria;

  g_assert_true (tl_message_criteria_equal (criteria, &copy));
  criteria->inverted = TRUE;
  g_assert_true (tl_message_criteria_pass_all (criteria));
  criteria->peer = g_strdup ("a");
  criteria->pattern = tl_pattern_new (TL_PATTERN_HEX, "6?", TL_CHARSET_UTF_8, TRUE, NULL);
  criteria->time = (TlTimeRange) { TL_TIME_CLOCK, 1, 2 };
  g_assert_false (tl_message_criteria_equal (criteria, &copy));
  tl_message_criteria_copy (&copy, criteria);
  g_assert_true (tl_message_criteria_equal (criteria, &copy));
  copy.inverted = FALSE;
  g_assert_false (tl_message_criteria_equal (criteria, &copy));
  tl_message_criteria_clear (&copy);
  g_assert_true (tl_message_criteria_pass_all (&copy));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time-range/clock", test_clock);
  g_test_add_func ("/time-range/over-midnight", test_over_midnight);
  g_test_add_func ("/time-range/dates", test_dates);
  g_test_add_func ("/time-range/daylight-saving", test_daylight_saving);
  g_test_add_func ("/time-range/day-clock", test_day_clock);
  g_test_add_func ("/time-range/wrong-times", test_wrong_times);
  g_test_add_func ("/time-range/reversed", test_reversed);
  g_test_add_func ("/time-range/last", test_last);
  g_test_add_func ("/message-criteria/lengths", test_lengths);
  g_test_add ("/message-criteria/match", Fixture, NULL, set_up, test_match, tear_down);
  g_test_add ("/message-criteria/values", Fixture, NULL, set_up, test_values, tear_down);

  return g_test_run ();
}
