/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a message looks like as text. */

#include "tl-message-log.h"
#include "tl-message-marks.h"
#include "tl-message-text.h"

#include <locale.h>

static guint
append (TlMessageLog  *log,
        TlMessageKind  kind,
        const void    *data,
        gsize          length)
{
  guint32 peer = tl_message_log_add_peer (log, "127.0.0.1:7855");

  tl_message_log_append (log, kind, 0, peer, data, length);
  tl_message_log_flush (log);
  return g_list_model_get_n_items (G_LIST_MODEL (log)) - 1;
}

static void
test_preview (void)
{
  static const struct {
    TlMessageKind  kind;
    TlLogMode      mode;
    TlMessageShape shape;
    TlCharset      charset;
    const char    *data;
    gsize          length;
    const char    *text;
  } table[] = {
    { TL_MESSAGE_RECEIVED, TL_LOG_MODE_TEXT, TL_MESSAGE_SHAPE_LINE, TL_CHARSET_UTF_8, "hello", 5, "hello" },
    { TL_MESSAGE_RECEIVED, TL_LOG_MODE_TEXT, TL_MESSAGE_SHAPE_LINE, TL_CHARSET_UTF_8, "a\0b", 3, "a␀b" },
    { TL_MESSAGE_RECEIVED, TL_LOG_MODE_TEXT, TL_MESSAGE_SHAPE_LINE, TL_CHARSET_UTF_8, "<b>x</b> &amp;", 14,
      "<b>x</b> &amp;" },
    { TL_MESSAGE_RECEIVED, TL_LOG_MODE_TEXT, TL_MESSAGE_SHAPE_LINE, TL_CHARSET_UTF_8, "a\r\nb", 4, "a␍␊b" },
    { TL_MESSAGE_RECEIVED, TL_LOG_MODE_TEXT, TL_MESSAGE_SHAPE_BUBBLE, TL_CHARSET_UTF_8, "a\r\nb", 4, "a␍␊\nb" },
    { TL_MESSAGE_RECEIVED, TL_LOG_MODE_TEXT, TL_MESSAGE_SHAPE_LINE, TL_CHARSET_GB18030, "\xc4\xe3\xba\xc3", 4, "你好" },
    { TL_MESSAGE_RECEIVED, TL_LOG_MODE_TEXT, TL_MESSAGE_SHAPE_LINE, TL_CHARSET_UTF_8, "\xc4\xe3", 2, "\\xC4\\xE3" },
    { TL_MESSAGE_SENT, TL_LOG_MODE_HEX, TL_MESSAGE_SHAPE_LINE, TL_CHARSET_UTF_8, "\x01\xab\x00", 3, "01 AB 00" },
    { TL_MESSAGE_SENT, TL_LOG_MODE_HEX_DUMP, TL_MESSAGE_SHAPE_BUBBLE, TL_CHARSET_UTF_8, "12345678\x09", 9,
      "0000  31 32 33 34 35 36 37 38  12345678\n0008  09                       ." },
    { TL_MESSAGE_EVENT, TL_LOG_MODE_HEX, TL_MESSAGE_SHAPE_LINE, TL_CHARSET_UTF_16LE, "Listening", 9, "Listening" },
    { TL_MESSAGE_RECEIVED, TL_LOG_MODE_TEXT, TL_MESSAGE_SHAPE_LINE, TL_CHARSET_UTF_8, "", 0, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (TlMessageLog) log = tl_message_log_new ();
      guint row = append (log, table[i].kind, table[i].data, table[i].length);
      g_autofree char *text = tl_message_text_preview (TL_MESSAGE_SOURCE (log), row, table[i].mode, table[i].charset,
                                                       TRUE, table[i].shape);

      g_assert_cmpstr (text, ==, table[i].text);
    }
}

static void
test_preview_bounds (void)
{
  static const TlLogMode modes[] = { TL_LOG_MODE_TEXT, TL_LOG_MODE_HEX, TL_LOG_MODE_HEX_DUMP };
  static const TlMessageShape shapes[] = { TL_MESSAGE_SHAPE_LINE, TL_MESSAGE_SHAPE_LINES, TL_MESSAGE_SHAPE_BUBBLE };
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  g_autofree char *large = g_strnfill (1000000, 'x');
  guint row = append (log, TL_MESSAGE_RECEIVED, large, 1000000);
  TlMessageInfo info;

  g_assert_true (tl_message_source_peek (TL_MESSAGE_SOURCE (log), row, &info));
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (shapes); j++)
      {
        g_autofree char *text = tl_message_text_preview (TL_MESSAGE_SOURCE (log), row, modes[i], TL_CHARSET_UTF_8, TRUE,
                                                         shapes[j]);

        g_assert_cmpuint (strlen (text), <=, 5000);
        g_assert_true (g_str_has_suffix (text, "…"));
        g_assert_cmpuint (tl_message_text_n_lines (&info, modes[i], shapes[j]), <=, TL_MESSAGE_DUMP_LINES);
      }
}

static void
test_dump_lines (void)
{
  static const struct {
    gsize          length;
    TlMessageShape shape;
    guint          lines;
  } table[] = {
    { 0, TL_MESSAGE_SHAPE_LINE, 1 },   { 1, TL_MESSAGE_SHAPE_LINE, 1 },   { 16, TL_MESSAGE_SHAPE_LINE, 1 },
    { 17, TL_MESSAGE_SHAPE_LINE, 2 },  { 17, TL_MESSAGE_SHAPE_BUBBLE, 3 }, { 256, TL_MESSAGE_SHAPE_LINE, 16 },
    { 128, TL_MESSAGE_SHAPE_BUBBLE, 16 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (TlMessageLog) log = tl_message_log_new ();
      g_autofree char *data = g_strnfill (table[i].length, 'x');
      guint row = append (log, TL_MESSAGE_RECEIVED, data, table[i].length);
      g_autofree char *text = tl_message_text_preview (TL_MESSAGE_SOURCE (log), row, TL_LOG_MODE_HEX_DUMP,
                                                       TL_CHARSET_UTF_8, TRUE, table[i].shape);
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
      TlMessageInfo info;

      g_assert_true (tl_message_source_peek (TL_MESSAGE_SOURCE (log), row, &info));
      g_assert_cmpuint (tl_message_text_n_lines (&info, TL_LOG_MODE_HEX_DUMP, table[i].shape), ==, table[i].lines);
      g_assert_cmpuint (MAX (g_strv_length (lines), 1), ==, table[i].lines);
    }
}

static void
test_page (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  g_autofree char *large = g_strnfill (100000, 'x');
  guint row = append (log, TL_MESSAGE_RECEIVED, large, 100000);
  g_autofree char *text = tl_message_text_page (TL_MESSAGE_SOURCE (log), row, TL_LOG_MODE_TEXT, TL_CHARSET_UTF_8, TRUE,
                                                65536);
  g_autofree char *hex = tl_message_text_page (TL_MESSAGE_SOURCE (log), row, TL_LOG_MODE_HEX, TL_CHARSET_UTF_8, TRUE,
                                               33);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gsize total = 0;

  for (guint i = 0; lines[i]; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 2000);
      total += strlen (lines[i]);
    }
  g_assert_cmpuint (total, ==, 65536);
  g_assert_cmpstr (hex, ==,
                   "78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78\n"
                   "78 78 78 78 78 78 78 78 78 78 78 78 78 78 78 78\n78");
}

static void
test_time (void)
{
  g_autoptr (GDateTime) date = g_date_time_new_local (2026, 1, 31, 14, 3, 59);
  gint64 time = g_date_time_to_unix (date) * G_USEC_PER_SEC + 123;
  g_autofree char *clock = tl_message_text_time (time);
  g_autofree char *full = tl_message_text_date_time (time);

  g_assert_cmpstr (clock, ==, "14:03:59.000123");
  g_assert_cmpstr (full, ==, "2026-01-31 14:03:59.000123");
}

/* What is marked in the text of a row, with | between; that the places are right is seen by the words. */
static char *
marked (TlMessageLog  *log,
        guint          position,
        TlLogMode      mode,
        TlMessageShape shape,
        gboolean       spelled,
        TlPatternKind  kind,
        const char    *needle)
{
  TlMessageSource *source = TL_MESSAGE_SOURCE (log);
  g_autoptr (TlPattern) pattern = tl_pattern_new (kind, needle, TL_CHARSET_UTF_8, TRUE, NULL);
  g_autofree char *preview = tl_message_text_preview (source, position, mode, TL_CHARSET_UTF_8, FALSE, shape);
  g_autofree char *text = spelled ? tl_message_text_spell_controls (preview) : g_strdup (preview);
  g_autoptr (GArray) marks = tl_message_marks_find (source, position, mode, TL_CHARSET_UTF_8, FALSE, shape, spelled, pattern);
  g_autoptr (PangoAttrList) list = pango_attr_list_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  GSList *attributes;

  tl_message_marks_draw (marks, strlen (text), list);
  attributes = pango_attr_list_get_attributes (list);
  for (GSList *l = attributes; l != NULL; l = l->next)
    {
      const PangoAttribute *attribute = l->data;

      if (attribute->klass->type != PANGO_ATTR_BACKGROUND)
        continue;
      g_assert_cmpuint (attribute->end_index, <=, strlen (text));
      g_string_append_printf (out, "%s%.*s", out->len > 0 ? "|" : "", (int) (attribute->end_index - attribute->start_index), text + attribute->start_index);
    }
  g_slist_free_full (attributes, (GDestroyNotify) pango_attribute_destroy);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
assert_marked (TlMessageLog  *log,
               guint          position,
               TlLogMode      mode,
               TlMessageShape shape,
               TlPatternKind  kind,
               const char    *needle,
               const char    *expected,
               const char    *expected_spelled)
{
  g_autofree char *plain = marked (log, position, mode, shape, FALSE, kind, needle);
  g_autofree char *spelled = marked (log, position, mode, shape, TRUE, kind, needle);

  g_assert_cmpstr (plain, ==, expected);
  g_assert_cmpstr (spelled, ==, expected_spelled != NULL ? expected_spelled : expected);
}

static void
test_marks (void)
{
  g_autoptr (TlMessageLog) log = tl_message_log_new ();
  const TlLogMode text = TL_LOG_MODE_TEXT, hex = TL_LOG_MODE_HEX, dump = TL_LOG_MODE_HEX_DUMP;
  const TlMessageShape line = TL_MESSAGE_SHAPE_LINE, lines = TL_MESSAGE_SHAPE_LINES, bubble = TL_MESSAGE_SHAPE_BUBBLE;
  g_autofree char *many = g_strnfill (4000, 'a');

  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, 0, "\x01 a\r\nERR 通 err\r\n", 20);
  tl_message_log_append (log, TL_MESSAGE_SENT, 1, 0, "\xe9\x80", 2);
  tl_message_log_append (log, TL_MESSAGE_SENT, 1, 0, "\x9a 7\xff", 4);
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, 0, "0123456789abcdefghijklmnopqrstuvwxyz", 36);
  tl_message_log_append (log, TL_MESSAGE_RECEIVED, 1, 0, many, 4000);
  tl_message_log_append (log, TL_MESSAGE_EVENT, 1, 0, "opened", 6);
  tl_message_log_flush (log);

  assert_marked (log, 0, text, line, TL_PATTERN_TEXT, "err", "ERR|err", NULL);
  assert_marked (log, 0, text, lines, TL_PATTERN_TEXT, "err", "ERR|err", NULL);
  assert_marked (log, 0, text, lines, TL_PATTERN_REGEX, "\\w+ 通", "ERR 通", NULL);
  assert_marked (log, 0, text, line, TL_PATTERN_HEX, "0D 0A", "␍␊|␍␊", "‹CR›‹LF›|‹CR›‹LF›");
  assert_marked (log, 0, text, bubble, TL_PATTERN_HEX, "0D", "␍|␍", "‹CR›|‹CR›");
  assert_marked (log, 0, text, bubble, TL_PATTERN_HEX, "0A 45", "␊\nE", "‹LF›\nE");
  assert_marked (log, 0, hex, line, TL_PATTERN_TEXT, "通", "E9 80 9A", NULL);
  /* The end of a character that began in the row before. */
  assert_marked (log, 2, text, line, TL_PATTERN_HEX, "9A", "通", NULL);
  assert_marked (log, 2, text, line, TL_PATTERN_HEX, "FF", "\\xFF", NULL);
  assert_marked (log, 2, text, line, TL_PATTERN_TEXT, "7", "7", NULL);
  /* Over the lines of a dump: the bytes and the characters of each. */
  assert_marked (log, 3, dump, line, TL_PATTERN_TEXT, "56789ab", "35 36 37  38 39 61 62|56789ab", NULL);
  assert_marked (log, 3, dump, line, TL_PATTERN_TEXT, "efgh", "65 66|ef|67 68|gh", NULL);
  assert_marked (log, 3, dump, line, TL_PATTERN_TEXT, "xyz", "78 79 7A|xyz", NULL);
  assert_marked (log, 3, dump, bubble, TL_PATTERN_TEXT, "6789a", "36 37|67|38 39 61|89a", NULL);
  assert_marked (log, 3, dump, bubble, TL_PATTERN_TEXT, "yz", "79 7A|yz", NULL);
  assert_marked (log, 5, dump, line, TL_PATTERN_TEXT, "pen", "pen", NULL);
  assert_marked (log, 3, text, line, TL_PATTERN_TEXT, "nowhere", "", NULL);
  {
    g_autofree char *all = marked (log, 4, text, line, FALSE, TL_PATTERN_TEXT, "a");
    g_autofree char *whole = marked (log, 4, hex, line, FALSE, TL_PATTERN_REGEX, "a+");

    g_assert_cmpuint (strlen (all), ==, TL_MESSAGE_MAX_MARKS * 2 - 1);
    g_assert_cmpuint (strlen (whole), ==, TL_MESSAGE_LINE_CHARS / 3 * 3 - 1);
  }
}

static void
test_spell_controls (void)
{
  g_autofree char *spelled = tl_message_text_spell_controls ("a␀␍␊\nb␡␢好");
  g_autofree char *plain = tl_message_text_spell_controls ("<b>好</b>");

  g_assert_cmpstr (spelled, ==, "a‹NUL›‹CR›‹LF›\nb‹DEL›␢好");
  g_assert_cmpstr (plain, ==, "<b>好</b>");
}

static void
test_words (void)
{
  g_autofree char *one = tl_message_text_length (1);
  g_autofree char *many = tl_message_text_length (65507);

  g_assert_cmpstr (one, ==, "1 byte");
  g_assert_cmpstr (many, ==, "65507 bytes");
  for (TlMessageKind a = 0; a < TL_N_MESSAGE_KINDS; a++)
    for (TlMessageKind b = 0; b < a; b++)
      {
        g_assert_cmpstr (tl_message_text_kind (a), !=, tl_message_text_kind (b));
        g_assert_cmpstr (tl_message_text_css_class (a), !=, tl_message_text_css_class (b));
      }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message-text/preview", test_preview);
  g_test_add_func ("/message-text/preview-bounds", test_preview_bounds);
  g_test_add_func ("/message-text/dump-lines", test_dump_lines);
  g_test_add_func ("/message-text/page", test_page);
  g_test_add_func ("/message-text/time", test_time);
  g_test_add_func ("/message-text/marks", test_marks);
  g_test_add_func ("/message-text/spell-controls", test_spell_controls);
  g_test_add_func ("/message-text/words", test_words);
  return g_test_run ();
}
