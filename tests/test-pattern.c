/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is found in bytes, what is not, and what is no pattern. */
#include "tl-pattern.h"

#include <string.h>

typedef struct {
  TlPatternKind kind;
  const char   *text;
  TlCharset     charset;
  gboolean      fold;
  const char   *data;
  gssize        length;
  gboolean      found;
} Case;

#define BYTES(s) s, sizeof s - 1

static const Case cases[] = {
  { TL_PATTERN_TEXT, "abc", TL_CHARSET_UTF_8, FALSE, BYTES ("xxabcxx"), TRUE },
  { TL_PATTERN_TEXT, "abc", TL_CHARSET_UTF_8, FALSE, BYTES ("xxABCxx"), FALSE },
  { TL_PATTERN_TEXT, "aBc", TL_CHARSET_UTF_8, TRUE, BYTES ("xxAbCxx"), TRUE },
  { TL_PATTERN_TEXT, "abc", TL_CHARSET_UTF_8, TRUE, BYTES ("ab\0abc"), TRUE },
  { TL_PATTERN_TEXT, "abc", TL_CHARSET_UTF_8, TRUE, BYTES ("abab"), FALSE },
  { TL_PATTERN_TEXT, "aab", TL_CHARSET_UTF_8, TRUE, BYTES ("AAAB"), TRUE },
  { TL_PATTERN_TEXT, "通路", TL_CHARSET_UTF_8, FALSE, BYTES ("\xe9\x80\x9a\xe8\xb7\xaf"), TRUE },
  { TL_PATTERN_TEXT, "通路", TL_CHARSET_GB18030, FALSE, BYTES ("\xcd\xa8\xc2\xb7"), TRUE },
  { TL_PATTERN_TEXT, "通路", TL_CHARSET_GB18030, TRUE, BYTES ("a\xcd\xa8\xc2\xb7z"), TRUE },
  { TL_PATTERN_TEXT, "通路", TL_CHARSET_UTF_8, FALSE, BYTES ("\xcd\xa8\xc2\xb7"), FALSE },
  /* The second byte of 丂 is an @, that of 乤 an a. */
  { TL_PATTERN_TEXT, "@", TL_CHARSET_GB18030, FALSE, BYTES ("\x81\x40"), FALSE },
  { TL_PATTERN_TEXT, "a", TL_CHARSET_GB18030, TRUE, BYTES ("\x81\x61"), FALSE },
  { TL_PATTERN_TEXT, "a", TL_CHARSET_GB18030, TRUE, BYTES ("\x81\x61" "A"), TRUE },
  /* The second byte of one and the first of the next are no character. */
  { TL_PATTERN_TEXT, "\xe6\xbb\xa8", TL_CHARSET_GB18030, FALSE, BYTES ("\xb1\xf5"), TRUE },
  { TL_PATTERN_TEXT, "ÄÖ", TL_CHARSET_UTF_8, TRUE, BYTES ("x\xc3\xa4\xc3\xb6x"), TRUE },
  { TL_PATTERN_TEXT, "ÄÖ", TL_CHARSET_UTF_8, FALSE, BYTES ("x\xc3\xa4\xc3\xb6x"), FALSE },
  { TL_PATTERN_TEXT, "ä", TL_CHARSET_ISO_8859_1, TRUE, BYTES ("x\xc4x"), TRUE },
  { TL_PATTERN_TEXT, "ab", TL_CHARSET_UTF_16LE, FALSE, BYTES ("a\0b\0"), TRUE },
  { TL_PATTERN_TEXT, "AB", TL_CHARSET_UTF_16LE, TRUE, BYTES ("a\0b\0"), TRUE },
  { TL_PATTERN_TEXT, "ab", TL_CHARSET_UTF_16LE, FALSE, BYTES ("\0a\0b\0\0"), FALSE },
  { TL_PATTERN_REGEX, "^a.c$", TL_CHARSET_UTF_8, FALSE, BYTES ("x\nabc\ny"), TRUE },
  { TL_PATTERN_REGEX, "ab{3}c", TL_CHARSET_UTF_8, FALSE, BYTES ("abbbc"), TRUE },
  { TL_PATTERN_REGEX, "ab{3}c", TL_CHARSET_UTF_8, FALSE, BYTES ("abbc"), FALSE },
  { TL_PATTERN_REGEX, "温度=\\d+", TL_CHARSET_GB18030, FALSE, BYTES ("\xce\xc2\xb6\xc8=25"), TRUE },
  { TL_PATTERN_REGEX, "OK", TL_CHARSET_UTF_8, TRUE, BYTES ("ok"), TRUE },
  { TL_PATTERN_REGEX, "OK", TL_CHARSET_UTF_8, FALSE, BYTES ("ok"), FALSE },
  { TL_PATTERN_HEX, "01 ?? 0D", TL_CHARSET_UTF_8, FALSE, BYTES ("\x01\x01\xff\x0d"), TRUE },
  { TL_PATTERN_HEX, "01 ?? 0D", TL_CHARSET_UTF_8, FALSE, BYTES ("\x01\x0d"), FALSE },
  { TL_PATTERN_HEX, "01??0d", TL_CHARSET_UTF_8, FALSE, BYTES ("\x00\x01\x00\x0d"), TRUE },
  { TL_PATTERN_HEX, "A?", TL_CHARSET_UTF_8, FALSE, BYTES ("\xaf"), TRUE },
  { TL_PATTERN_HEX, "A?", TL_CHARSET_UTF_8, FALSE, BYTES ("\xbf\xfa"), FALSE },
  { TL_PATTERN_HEX, "?A", TL_CHARSET_UTF_8, FALSE, BYTES ("\xfa"), TRUE },
  { TL_PATTERN_HEX, "??", TL_CHARSET_UTF_8, FALSE, BYTES ("x"), TRUE },
  { TL_PATTERN_HEX, "?? ??", TL_CHARSET_UTF_8, FALSE, BYTES ("x"), FALSE },
  { TL_PATTERN_HEX, "？0,，00", TL_CHARSET_UTF_8, FALSE, BYTES ("\x50\x00"), TRUE },
  { TL_PATTERN_HEX, "41", TL_CHARSET_UTF_8, TRUE, BYTES ("a"), FALSE },
};

static void
test_matches (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (TlPattern) pattern = tl_pattern_new (c->kind, c->text, c->charset, c->fold, &error);

      g_assert_no_error (error);
      if (tl_pattern_matches (pattern, (const guint8 *) c->data, (gsize) c->length) != c->found)
        g_error ("case %u: “%s” must%s be found", i, c->text, c->found ? "" : " not");
    }
}

/* Against a search that tries every place. */
static void
test_random (void)
{
  for (guint round = 0; round < 20000; round++)
    {
      char needle[5] = { 0 }, data[24];
      const guint n = (guint) g_test_rand_int_range (1, 5), length = (guint) g_test_rand_int_range (0, 24);
      g_autoptr (TlPattern) pattern = NULL;
      gboolean found = FALSE;

      for (guint i = 0; i < n; i++)
        needle[i] = "abAB"[g_test_rand_int_range (0, 4)];
      for (guint i = 0; i < length; i++)
        data[i] = "abAB"[g_test_rand_int_range (0, 4)];
      for (guint at = 0; at + n <= length; at++)
        found |= g_ascii_strncasecmp (data + at, needle, n) == 0;
      pattern = tl_pattern_new (TL_PATTERN_TEXT, needle, TL_CHARSET_UTF_8, TRUE, NULL);
      g_assert_cmpint (tl_pattern_matches (pattern, (const guint8 *) data, length), ==, found);
    }
}

static void
test_errors (void)
{
  static const struct { TlPatternKind kind; const char *text; const char *sentence; } wrong[] = {
    { TL_PATTERN_TEXT, "", "There is nothing to look for." },
    { TL_PATTERN_HEX, " , ", "There is nothing to look for." },
    { TL_PATTERN_HEX, "01 0", "The last byte has only one digit." },
    { TL_PATTERN_HEX, "01 0 02", "Before “ ” at position 5 a second digit is missing." },
    { TL_PATTERN_HEX, "01 xx", "“x” at position 4 is no hex digit and no “?”." },
    { TL_PATTERN_REGEX, "a(b", "This is no regular expression." },
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (tl_pattern_new (wrong[i].kind, wrong[i].text, TL_CHARSET_UTF_8, FALSE, &error));
      g_assert_nonnull (strstr (error->message, wrong[i].sentence));
      g_clear_error (&error);
    }
  /* A character that the set does not have. */
  g_assert_null (tl_pattern_new (TL_PATTERN_TEXT, "通", TL_CHARSET_ISO_8859_1, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

/* An expression that would try for years comes back, and does not match. */
static void
test_endless_regex (void)
{
  g_autoptr (TlPattern) pattern = tl_pattern_new (TL_PATTERN_REGEX, "(a+)+$", TL_CHARSET_UTF_8, FALSE, NULL);
  g_autoptr (GString) data = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    g_string_append_c (data, 'a');
  g_assert_cmpint (tl_pattern_judge (pattern, (const guint8 *) "ba", 2), ==, TL_PATTERN_PRESENT);
  g_assert_cmpint (tl_pattern_judge (pattern, (const guint8 *) "ab", 2), ==, TL_PATTERN_ABSENT);
  g_string_append_c (data, 'b');
  g_assert_cmpint (tl_pattern_judge (pattern, (const guint8 *) data->str, data->len), ==, TL_PATTERN_GAVE_UP);
  g_assert_false (tl_pattern_matches (pattern, (const guint8 *) data->str, data->len));
  /* The same where it is no UTF-8 and has to be decoded first. */
  g_string_append (data, "\xff");
  g_assert_cmpint (tl_pattern_judge (pattern, (const guint8 *) data->str, data->len), ==, TL_PATTERN_GAVE_UP);
}

/* The places as "start-end start-end …". */
static void
assert_places (TlPatternKind kind,
               const char   *text,
               TlCharset     charset,
               gboolean      fold,
               const char   *data,
               gssize        length,
               const char   *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TlPattern) pattern = tl_pattern_new (kind, text, charset, fold, &error);
  g_autoptr (GString) places = g_string_new (NULL);
  TlPatternRange ranges[4];
  guint n;

  g_assert_no_error (error);
  n = tl_pattern_find (pattern, (const guint8 *) data, length < 0 ? strlen (data) : (gsize) length, ranges, G_N_ELEMENTS (ranges));
  for (guint i = 0; i < n; i++)
    g_string_append_printf (places, "%s%u-%u", i > 0 ? " " : "", ranges[i].start, ranges[i].end);
  g_assert_cmpstr (places->str, ==, expected);
}

static void
test_places (void)
{
  assert_places (TL_PATTERN_TEXT, "ab", TL_CHARSET_UTF_8, FALSE, "abAB ab", -1, "0-2 5-7");
  assert_places (TL_PATTERN_TEXT, "AB", TL_CHARSET_UTF_8, TRUE, "abAB ab", -1, "0-2 2-4 5-7");
  assert_places (TL_PATTERN_TEXT, "aa", TL_CHARSET_UTF_8, FALSE, "aaaaa", -1, "0-2 2-4");
  assert_places (TL_PATTERN_TEXT, "a", TL_CHARSET_UTF_8, FALSE, "aaaaaaaa", -1, "0-1 1-2 2-3 3-4");
  assert_places (TL_PATTERN_TEXT, "x", TL_CHARSET_UTF_8, FALSE, "a\0x", 3, "2-3");
  assert_places (TL_PATTERN_TEXT, "x", TL_CHARSET_UTF_8, FALSE, "", 0, "");
  /* Letters beyond ASCII, whose folded twin may be longer. */
  assert_places (TL_PATTERN_TEXT, "ÄÖ", TL_CHARSET_UTF_8, TRUE, "xäö\xffÄÖ", -1, "1-5 6-10");
  assert_places (TL_PATTERN_TEXT, "ß", TL_CHARSET_UTF_8, TRUE, "aSSß", -1, "1-3 3-5");
  /* 啊 is B0A1, 。 is A1A3: the second and third byte are no 、 (A1A2). */
  assert_places (TL_PATTERN_TEXT, "。", TL_CHARSET_GB18030, FALSE, "\xb0\xa1\xa1\xa3\xa1\xa3", -1, "2-4 4-6");
  assert_places (TL_PATTERN_TEXT, "。", TL_CHARSET_GB18030, FALSE, "\xb0\xa1\xa3\xb0", -1, "");
  assert_places (TL_PATTERN_TEXT, "b", TL_CHARSET_GB18030, TRUE, "\xb0\xa1" "B", -1, "2-3");
  assert_places (TL_PATTERN_TEXT, "B", TL_CHARSET_UTF_16LE, FALSE, "A\0B\0", 4, "2-4");
  assert_places (TL_PATTERN_HEX, "01 ?? 0D", TL_CHARSET_UTF_8, FALSE, "\x01\x0d\x0d\x01\x01\x0d", -1, "0-3 3-6");
  assert_places (TL_PATTERN_HEX, "??", TL_CHARSET_UTF_8, FALSE, "\xff\xfe", -1, "0-1 1-2");
  assert_places (TL_PATTERN_REGEX, "\\d+|通", TL_CHARSET_UTF_8, FALSE, "a12\xff 通3", -1, "1-3 5-8 8-9");
  assert_places (TL_PATTERN_REGEX, "x*", TL_CHARSET_UTF_8, FALSE, "axxb", -1, "1-3");
  assert_places (TL_PATTERN_REGEX, "路", TL_CHARSET_GB18030, FALSE, "\xcd\xa8\xc2\xb7", -1, "2-4");
  /* A character that is not finished stands for itself. */
  assert_places (TL_PATTERN_REGEX, "xE9", TL_CHARSET_UTF_8, FALSE, "a\xe9\x80", -1, "1-3");
}

/* Places are where matches are, in every kind and set. */
static void
test_places_random (void)
{
  static const char *const texts[] = { "a", "B", "ab", "b?", "[ab]c", "。", "61 ??" };

  for (guint i = 0; i < 6000; i++)
    {
      const TlPatternKind kind = (TlPatternKind) g_test_rand_int_range (0, TL_N_PATTERN_KINDS);
      const TlCharset charset = (TlCharset) g_test_rand_int_range (0, TL_N_CHARSETS);
      g_autoptr (TlPattern) pattern = tl_pattern_new (kind, texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))], charset, g_test_rand_bit (), NULL);
      guint8 data[24];
      TlPatternRange ranges[32];
      const guint length = (guint) g_test_rand_int_range (0, sizeof data);
      guint n, end = 0;

      if (pattern == NULL)
        continue;
      for (guint k = 0; k < length; k++)
        data[k] = "aAbBcC\xa1\xa3\xb0"[g_test_rand_int_range (0, 10)];
      n = tl_pattern_find (pattern, data, length, ranges, G_N_ELEMENTS (ranges));
      if (n > 0)
        g_assert_true (tl_pattern_matches (pattern, data, length));
      /* “b?” matches nothing everywhere; in a set of two bytes a letter may also be in the escape of a byte, which is no place. */
      else if (kind == TL_PATTERN_HEX || (kind == TL_PATTERN_TEXT && (charset == TL_CHARSET_UTF_8 || charset == TL_CHARSET_ISO_8859_1)))
        g_assert_false (tl_pattern_matches (pattern, data, length));
      for (guint k = 0; k < n; k++)
        {
          g_assert_cmpuint (ranges[k].start, <, ranges[k].end);
          g_assert_cmpuint (ranges[k].end, <=, length);
          if (kind == TL_PATTERN_HEX)
            g_assert_cmpuint (ranges[k].start, >=, end);
          end = ranges[k].end;
          if (kind == TL_PATTERN_HEX || (kind == TL_PATTERN_TEXT && charset == TL_CHARSET_UTF_8))
            g_assert_true (tl_pattern_matches (pattern, data + ranges[k].start, ranges[k].end - ranges[k].start));
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pattern/matches", test_matches);
  g_test_add_func ("/pattern/random", test_random);
  g_test_add_func ("/pattern/errors", test_errors);
  g_test_add_func ("/pattern/endless-regex", test_endless_regex);
  g_test_add_func ("/pattern/places", test_places);
  g_test_add_func ("/pattern/places-random", test_places_random);

  return g_test_run ();
}
