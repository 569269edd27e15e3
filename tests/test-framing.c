/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Framing: each stream cut in each way, fed whole, byte by byte, and over every split into two and three pieces. */
#include "tl-framing.h"

#include <string.h>

#define BYTES(s) (s), sizeof (s) - 1

typedef struct {
  const char *framing;
  const char *bytes;
  gsize       length;
  const char *frames;   /* the lengths of complete frames, then what is left */
} FrameCase;

static const FrameCase cases[] = {
  { "lines", BYTES (""), "+0" },
  { "lines", BYTES ("a\nbc\r\n\n\r\nrest"), "2 4 1 2 +4" },
  { "lines", BYTES ("\r\r\n\0\n"), "3 2 +0" },
  { "lines", BYTES ("no end\r"), "+7" },
  { "delimiter:0A", BYTES ("a\n\n"), "2 1 +0" },
  { "delimiter:0D0A", BYTES ("a\r\nb\rc\n\r\n"), "3 6 +0" },
  { "delimiter:0D0A", BYTES ("\r\r\n\n\r"), "3 +2" },
  { "delimiter:0D0A0D0A", BYTES ("GET\r\n\r\r\n\r\nx"), "10 +1" },
  { "delimiter:61616162", BYTES ("aaaaabaaab"), "6 4 +0" },
  { "delimiter:6161", BYTES ("aaaaa"), "2 2 +1" },
  { "delimiter:6162616261", BYTES ("abababababa"), "5 6 +0" },
  { "delimiter:00FF", BYTES ("\0\0\xff\0"), "3 +1" },
  { "fixed:1", BYTES ("abc"), "1 1 1 +0" },
  { "fixed:4", BYTES ("aaaabbbbc"), "4 4 +1" },
  { "fixed:100", BYTES ("abc"), "+3" },
  { "prefix:1:be", BYTES ("\0\1a\3abc\5ab"), "1 2 4 +3" },
  { "prefix:1:le:self", BYTES ("\0\1\2a\4abc"), "1 1 2 4 +0" },
  { "prefix:2:be", BYTES ("\0\0\0\2ab\1\0xyz"), "2 4 +5" },
  { "prefix:2:le", BYTES ("\0\0\2\0ab\3\0x"), "2 4 +3" },
  { "prefix:2:be:self", BYTES ("\0\4ab\0\2\0\0\0\1\0\6abcd"), "4 2 2 2 6 +0" },
  { "prefix:4:be", BYTES ("\0\0\0\1a\0\0\0\0\0\0\0"), "5 4 +3" },
  { "prefix:4:le", BYTES ("\1\0\0\0a\0\0\0\0"), "5 4 +0" },
  { "prefix:4:be", BYTES ("\xff\xff\xff\xff" "abc"), "+7" },
  { "prefix:4:le:self", BYTES ("\5\0\0\0a\4\0\0\0"), "5 4 +0" },
  { "gap:20", BYTES ("abc\n"), "+4" },
};

static char *
cut (const FrameCase *c,
     gsize            first,
     gsize            second)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TlFraming) framing = tl_framing_from_string (c->framing, &error);
  g_autoptr (TlFramer) framer = NULL;
  GString *frames = g_string_new (NULL);
  const guint8 *data = (const guint8 *) c->bytes;
  const gsize ends[] = { first, second, c->length };
  gsize done = 0, current = 0;

  g_assert_no_error (error);
  framer = tl_framer_new (framing);

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      while (done < ends[i])
        {
          gboolean complete = FALSE;
          gsize used = tl_framer_feed (framer, data + done, ends[i] - done, 0, &complete);

          g_assert_cmpuint (used, <=, ends[i] - done);
          g_assert_true (complete || used == ends[i] - done);
          done += used;
          current += used;
          if (complete)
            {
              g_string_append_printf (frames, "%" G_GSIZE_FORMAT " ", current);
              current = 0;
            }
        }
    }

  g_string_append_printf (frames, "+%" G_GSIZE_FORMAT, current);
  return g_string_free (frames, FALSE);
}

static void
test_splits (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT ", %s", i, cases[i].framing);
      for (gsize first = 0; first <= cases[i].length; first++)
        {
          for (gsize second = first; second <= cases[i].length; second++)
            {
              g_autofree char *frames = cut (&cases[i], first, second);

              g_assert_cmpstr (frames, ==, cases[i].frames);
            }
        }
    }
}

static void
test_bytewise (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TlFraming) framing = tl_framing_from_string (cases[i].framing, NULL);
      g_autoptr (TlFramer) framer = tl_framer_new (framing);
      g_autoptr (GString) frames = g_string_new (NULL);
      gsize current = 0;

      for (gsize j = 0; j < cases[i].length; j++)
        {
          gboolean complete;

          /* A feed of nothing changes nothing. */
          g_assert_cmpuint (tl_framer_feed (framer, NULL, 0, 0, &complete), ==, 0);
          g_assert_false (complete);
          g_assert_cmpuint (tl_framer_feed (framer, (const guint8 *) cases[i].bytes + j, 1, 0, &complete), ==, 1);
          current++;
          if (complete)
            {
              g_string_append_printf (frames, "%" G_GSIZE_FORMAT " ", current);
              current = 0;
            }
        }

      g_string_append_printf (frames, "+%" G_GSIZE_FORMAT, current);
      g_assert_cmpstr (frames->str, ==, cases[i].frames);
    }
}

static void
test_none (void)
{
  g_autoptr (TlFraming) framing = tl_framing_new (TL_FRAMING_NONE);
  g_autoptr (TlFramer) framer = tl_framer_new (framing);
  gboolean complete = FALSE;

  g_assert_cmpuint (tl_framer_feed (framer, (const guint8 *) "a\nb", 3, 0, &complete), ==, 3);
  g_assert_true (complete);
}

static void
test_gap (void)
{
  g_autoptr (TlFraming) framing = tl_framing_from_string ("gap:20", NULL);
  g_autoptr (TlFramer) framer = tl_framer_new (framing);
  const guint8 *data = (const guint8 *) "abc";
  gboolean complete;

  g_assert_false (tl_framer_gap_passed (framer, 1000000));
  tl_framer_feed (framer, data, 1, 1000000, &complete);
  g_assert_false (complete);
  g_assert_false (tl_framer_gap_passed (framer, 1019999));
  g_assert_true (tl_framer_gap_passed (framer, 1020000));
  tl_framer_feed (framer, data, 1, 1019999, &complete);
  g_assert_false (tl_framer_gap_passed (framer, 1020000));
  /* A clock that was set back is not a gap. */
  g_assert_false (tl_framer_gap_passed (framer, 5));
  g_assert_true (tl_framer_gap_passed (framer, 2000000));
  tl_framer_reset (framer);
  g_assert_false (tl_framer_gap_passed (framer, 2000000));
}

static void
test_reset (void)
{
  g_autoptr (TlFraming) framing = tl_framing_from_string ("delimiter:0D0A", NULL);
  g_autoptr (TlFramer) framer = tl_framer_new (framing);
  gboolean complete;

  tl_framer_feed (framer, (const guint8 *) "a\r", 2, 0, &complete);
  tl_framer_reset (framer);
  tl_framer_feed (framer, (const guint8 *) "\n", 1, 0, &complete);
  g_assert_false (complete);
}

/* A stream that never ends a frame is cut, so that nobody has to keep more. */
static void
test_maximum (void)
{
  static const char * const framings[] = { "lines", "delimiter:0D0A", "prefix:4:be", "gap:20" };
  gsize size = TL_FRAME_MAX + 1000;
  g_autofree guint8 *data = g_malloc (size);

  memset (data, 0xff, size);
  for (gsize i = 0; i < G_N_ELEMENTS (framings); i++)
    {
      g_autoptr (TlFraming) framing = tl_framing_from_string (framings[i], NULL);
      g_autoptr (TlFramer) framer = tl_framer_new (framing);
      gboolean complete = FALSE;

      g_assert_cmpuint (tl_framer_feed (framer, data, size, 0, &complete), ==, TL_FRAME_MAX);
      g_assert_true (complete);
      g_assert_cmpuint (tl_framer_feed (framer, data, TL_FRAME_MAX - 1, 0, &complete), ==, TL_FRAME_MAX - 1);
      g_assert_false (complete);
      g_assert_cmpuint (tl_framer_feed (framer, data, 10, 0, &complete), ==, 1);
      g_assert_true (complete);
    }
}

static const char * const good_strings[] = {
  "none", "lines", "delimiter:0D0A", "delimiter:00", "fixed:1", "fixed:16777216", "prefix:1:be", "prefix:2:le",
  "prefix:4:be:self", "prefix:4:le:self", "gap:1", "gap:60000",
};

static const char * const bad_strings[] = {
  "", "line", "LINES", "lines:", "none:1", "delimiter", "delimiter:", "delimiter:0", "delimiter:xy", "delimiter:0D:0A",
  "fixed", "fixed:", "fixed:0", "fixed:-1", "fixed:16777217", "fixed:8 ", "fixed:8:9", "fixed:99999999999999999999",
  "prefix", "prefix:2", "prefix:3:be", "prefix:0:be", "prefix:8:be", "prefix:2:xx", "prefix:2:be:other", "prefix:2:be:self:x",
  "gap", "gap:0", "gap:60001", "gap:20ms",
};

static void
test_strings (void)
{
  g_autofree char *long_delimiter = g_strnfill (2 * TL_FRAMING_MAX_DELIMITER, 'a');
  g_autofree char *longest = g_strconcat ("delimiter:", long_delimiter, NULL);
  g_autofree char *too_long = g_strconcat (longest, "aa", NULL);
  g_autoptr (TlFraming) good = tl_framing_from_string (longest, NULL);

  g_assert_nonnull (good);
  g_assert_null (tl_framing_from_string (too_long, NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (good_strings); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TlFraming) framing = tl_framing_from_string (good_strings[i], &error);
      g_autoptr (TlFraming) copy = NULL;
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      copy = tl_framing_copy (framing);
      text = tl_framing_to_string (copy);
      g_assert_cmpstr (text, ==, good_strings[i]);
      g_assert_true (tl_framing_equal (framing, copy));

      for (gsize j = 0; j < i; j++)
        {
          g_autoptr (TlFraming) other = tl_framing_from_string (good_strings[j], NULL);

          g_assert_false (tl_framing_equal (framing, other));
        }
    }

  for (gsize i = 0; i < G_N_ELEMENTS (bad_strings); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad_strings[i]);
      g_assert_null (tl_framing_from_string (bad_strings[i], &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == G_IO_ERROR);
      g_assert_cmpuint (strlen (error->message), >, 20);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/framing/splits", test_splits);
  g_test_add_func ("/framing/bytewise", test_bytewise);
  g_test_add_func ("/framing/none", test_none);
  g_test_add_func ("/framing/gap", test_gap);
  g_test_add_func ("/framing/reset", test_reset);
  g_test_add_func ("/framing/maximum", test_maximum);
  g_test_add_func ("/framing/strings", test_strings);

  return g_test_run ();
}
