/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON of strangers: what is read, and the line of what is wrong. */
#include "tl-json.h"

#include <locale.h>
#include <string.h>

static TlJson *
parse (const char  *text,
       gssize       length,
       GError     **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);

  return tl_json_parse (bytes, error);
}

static void
test_good (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TlJson) root = parse ("\xef\xbb\xbf {\n \"a\": [1, -2.5e3, true, null, \"\\u4f60\\ud83d\\ude00\\n\\/\"],\n \"b\": {}, \"\": 9223372036854775807 }\n", -1, &error);
  const TlJson *a;
  gint64 value = 0;

  g_assert_no_error (error);
  g_assert_cmpint (tl_json_get_kind (root), ==, TL_JSON_OBJECT);
  a = tl_json_get_member (root, "a");
  g_assert_cmpuint (tl_json_get_line (a), ==, 2);
  g_assert_cmpuint (tl_json_get_n_elements (a), ==, 5);
  g_assert_true (tl_json_get_integer (tl_json_get_element (a, 0), 0, 9, &value));
  g_assert_cmpint (value, ==, 1);
  g_assert_false (tl_json_get_integer (tl_json_get_element (a, 0), 2, 9, &value));
  g_assert_false (tl_json_get_integer (tl_json_get_element (a, 1), G_MININT64, G_MAXINT64, &value));
  g_assert_true (tl_json_get_boolean (tl_json_get_element (a, 2)));
  g_assert_cmpint (tl_json_get_kind (tl_json_get_element (a, 3)), ==, TL_JSON_NULL);
  g_assert_cmpstr (tl_json_get_string (tl_json_get_element (a, 4)), ==, "你😀\n/");
  g_assert_cmpint (tl_json_get_kind (tl_json_get_member (root, "b")), ==, TL_JSON_OBJECT);
  g_assert_true (tl_json_get_integer (tl_json_get_member (root, ""), 0, G_MAXINT64, &value));
  g_assert_cmpint (value, ==, G_MAXINT64);
  g_assert_null (tl_json_get_member (root, "c"));
}

static void
test_bad (void)
{
  static const struct {
    const char *text;
    const char *part;
  } cases[] = {
    { "", "Line 1" },
    { "\n\n nul", "Line 3" },
    { "[1,]", "a value is missing" },
    { "[1 2]", "“]”" },
    { "{\"a\" 1}", "“:”" },
    { "{\"a\":1,}", "a name in quotes" },
    { "{\"a\":1 \"b\":2}", "“}”" },
    { "{\"a\":1,\n\"a\":2}", "Line 2 is not the JSON that was expected: a name stands twice" },
    { "\"\\ud800\"", "escape" },
    { "\"\\ud800\\u0041\"", "escape" },
    { "\"\\udc00\"", "escape" },
    { "\"\\u0000\"", "escape" },
    { "\"\\q\"", "escape" },
    { "\"a\nb\"", "control character" },
    { "\"abc", "does not end" },
    { "\"\\", "escape" },
    { "\"\\u12", "escape" },
    { "01", "a number" },
    { "-", "a number" },
    { "1.", "a number" },
    { "1e", "a number" },
    { "\n[]\n[]", "Line 3" },
    { "/* c */ 1", "a value is missing" },
    { "\n\"\xff\"", "Line 2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TlJson) root = parse (cases[i].text, -1, &error);

      g_test_message ("%s", cases[i].text);
      g_assert_null (root);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, cases[i].part));
    }
}

static void
test_bounds (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) wide = g_string_new ("[0");
  g_autoptr (GError) error = NULL;
  g_autoptr (TlJson) root = NULL;

  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (deep, '[');
  g_assert_null (parse (deep->str, -1, &error));
  g_assert_nonnull (strstr (error->message, "nested"));
  g_clear_error (&error);

  for (guint i = 0; i < TL_JSON_MAX_VALUES; i++)
    g_string_append (wide, ",0");
  g_string_append_c (wide, ']');
  g_assert_null (parse (wide->str, -1, &error));
  g_assert_nonnull (strstr (error->message, "too many"));
  g_clear_error (&error);

  g_assert_null (parse ("[1,\0 2]", 7, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_strings (void)
{
  static const char text[] = "a\"b\\c\n\t\001\177 你好 😀 {{x}}";
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (TlJson) root = NULL;

  tl_json_append_string (out, text);
  root = parse (out->str, -1, NULL);
  g_assert_nonnull (root);
  g_assert_cmpstr (tl_json_get_string (root), ==, text);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/good", test_good);
  g_test_add_func ("/json/bad", test_bad);
  g_test_add_func ("/json/bounds", test_bounds);
  g_test_add_func ("/json/strings", test_strings);
  return g_test_run ();
}
