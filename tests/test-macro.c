/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Macros: what each gives in text, escapes and hex; what stays as it was typed; where a mistake is. */
#include "tl-payload-maker.h"

#include <locale.h>
#include <string.h>

#define BYTES(s) s, sizeof (s) - 1
#define TEXT { TL_PAYLOAD_TEXT, .macros = TRUE }
#define ESCAPES { TL_PAYLOAD_ESCAPES, .macros = TRUE }
#define HEX { TL_PAYLOAD_HEX, .macros = TRUE }

/* 2026-01-31 12:34:56.789 in UTC, which main() sets. */
#define NOW G_GINT64_CONSTANT (1769862896789000)

static GBytes *
make (const TlPayload    *payload,
      const char         *text,
      const TlMacroScope *scope,
      TlMacroContext      context,
      gsize              *position,
      GError            **error)
{
  g_autoptr (TlPayloadPlan) plan = tl_payload_plan_new (payload, text, scope, position, error);

  return plan != NULL ? tl_payload_plan_make (plan, &context) : NULL;
}

static void
test_values (void)
{
  static const struct {
    TlPayload   payload;
    const char *text;
    const char *bytes;
    gsize       length;
  } cases[] = {
    { TEXT, "{time}", BYTES ("2026-01-31 12:34:56.789") },
    { TEXT, "at {time:%H:%M}!", BYTES ("at 12:34!") },
    { TEXT, "{time:%f}", BYTES ("789000") },
    { TEXT, "{unixtime}", BYTES ("1769862896") },
    { TEXT, "n={counter}", BYTES ("n=258") },
    { TEXT, "n={counter:5}", BYTES ("n=00258") },
    { TEXT, "123456789{crc32}", BYTES ("123456789CBF43926") },
    { TEXT, "123456789{crc16-modbus}", BYTES ("123456789374B") },
    { TEXT, "123456789{crc16}", BYTES ("123456789374B") },
    { TEXT, "123456789{crc16-ccitt}", BYTES ("12345678929B1") },
    { TEXT, "AB{sum8}", BYTES ("AB83") },
    { TEXT, "{xor}", BYTES ("00") },
    { TEXT, "AB{lrc}{xor}", BYTES ("AB7D70") },
    { TEXT, "$GPGLL,1*{xor:1}", BYTES ("$GPGLL,1*67") },
    { ESCAPES, "123456789{crc32}", BYTES ("123456789\xcb\xf4\x39\x26") },
    { ESCAPES, "\\x41\\u{42}{sum8}\\n", BYTES ("AB\x83\n") },
    { ESCAPES, "\\u{7b}{counter}", BYTES ("{258") },
    { HEX, "31 32 33343536373839{crc32}", BYTES ("123456789\xcb\xf4\x39\x26") },
    { HEX, "01{counter:2}02", BYTES ("\x01\x01\x02\x02") },
    { HEX, "{counter} {counter:1}", BYTES ("\x00\x00\x01\x02\x02") },
    { HEX, "{counter:8}", BYTES ("\0\0\0\0\0\0\x01\x02") },
    { HEX, "{unixtime}", BYTES ("\x69\x7d\xf6\xf0") },
    { HEX, "0A{time:%H}", BYTES ("\x0a" "12") },
    { { TL_PAYLOAD_TEXT, TL_CHARSET_UTF_16BE, .macros = TRUE }, "{counter}", BYTES ("\0002\0005\0008") },
    { { TL_PAYLOAD_TEXT, TL_CHARSET_GBK, .macros = TRUE }, "{time:%H时}", BYTES ("12\xca\xb1") },
    { { TL_PAYLOAD_TEXT, TL_CHARSET_UTF_8, TL_LINE_ENDING_CRLF, TL_CHECKSUM_SUM8, TRUE }, "A\n{counter:1}", BYTES ("A\r\n258\xf7\r\n") },
    /* What is no macro stays as it was typed. */
    { TEXT, "{\"a\":1}", BYTES ("{\"a\":1}") },
    { TEXT, "{\"a\":{\"b\":[{},{ }]}}", BYTES ("{\"a\":{\"b\":[{},{ }]}}") },
    { TEXT, "{\n\t\"time\": {}}", BYTES ("{\n\t\"time\": {}}") },
    { TEXT, "} {{time} {{{counter}} {", BYTES ("} {time} {258} {") },
    { TEXT, "{你}", BYTES ("{你}") },
    { { TL_PAYLOAD_TEXT }, "{time} {{ {no", BYTES ("{time} {{ {no") },
    { { TL_PAYLOAD_ESCAPES }, "{time}", BYTES ("{time}") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize position = 77;
      g_autoptr (GBytes) bytes = make (&cases[i].payload, cases[i].text, NULL, (TlMacroContext) { NOW, 258, NULL, NULL }, &position, &error);

      g_test_message ("%u: %s", i, cases[i].text);
      g_assert_no_error (error);
      g_assert_cmpuint (position, ==, 0);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), cases[i].bytes, cases[i].length);
    }
}

static void
test_mistakes (void)
{
  static const struct {
    TlPayload   payload;
    const char *text;
    gsize       position;
    const char *part;
  } cases[] = {
    { TEXT, "你{tine}", 2, "“{tine}” at position 2 is not a macro" },
    { TEXT, "a {counter", 3, "“{” at position 3 is not closed" },
    { TEXT, "{time{x}}", 1, "not closed" },
    { TEXT, "{a:1}", 1, "write {{" },
    { TEXT, "{random}", 1, "from 1 to 65536" },
    { TEXT, "{random:0}", 1, "{random:4}" },
    { TEXT, "{random:65537}", 1, "from 1 to 65536" },
    { TEXT, "{random:x}", 1, "number" },
    { TEXT, "{counter:21}", 1, "from 1 to 20" },
    { HEX, "{counter:9}", 1, "from 1 to 8" },
    { TEXT, "{unixtime:3}", 1, "takes nothing after a colon" },
    { TEXT, "{time:}", 1, "no format of a time" },
    { TEXT, "{time:%Q}", 1, "no format of a time" },
    { TEXT, "{crc32:-1}", 1, "number" },
    { TEXT, "{none}", 1, "is not a macro" },
    { TEXT, "{text}", 1, "only an automatic answer" },
    { TEXT, "{1}", 1, "only the answer of a rule" },
    { ESCAPES, "{time}\\q", 7, "position 7" },
    { ESCAPES, "{time}\\x4{counter}", 7, "position 7" },
    { HEX, "{counter}0A B", 13, "13" },
    { HEX, "{counter}{{", 10, "10" },
    { HEX, "{counter}xy", 10, "10" },
    { { TL_PAYLOAD_TEXT, TL_CHARSET_ISO_8859_1, .macros = TRUE }, "{counter}ä你", 11, "11" },
    { { TL_PAYLOAD_TEXT, TL_CHARSET_ISO_8859_1, .macros = TRUE }, "{time:%H时}", 1, "at position 9" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize position = 77;
      g_autoptr (GBytes) bytes = make (&cases[i].payload, cases[i].text, NULL, (TlMacroContext) { NOW, 1, NULL, NULL }, &position, &error);

      g_test_message ("%u: %s: %s", i, cases[i].text, error ? error->message : "-");
      g_assert_null (bytes);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_cmpuint (position, ==, cases[i].position);
      g_assert_nonnull (strstr (error->message, cases[i].part));
    }
}

static void
test_random (void)
{
  static const TlPayload modes[] = { TEXT, ESCAPES, HEX };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GRand) seeded = g_rand_new_with_seed (7);
      g_autoptr (GRand) again = g_rand_new_with_seed (7);
      const TlMacroContext context = { NOW, 1, seeded, NULL };
      g_autoptr (GBytes) first = make (&modes[i], "{random:1000}", NULL, context, NULL, NULL);
      g_autoptr (GBytes) second = make (&modes[i], "{random:1000}", NULL, context, NULL, NULL);
      g_autoptr (GBytes) repeated = make (&modes[i], "{random:1000}", NULL, (TlMacroContext) { NOW, 1, again, NULL }, NULL, NULL);
      const guint8 *data = g_bytes_get_data (first, NULL);
      guint n_other = 0;

      g_assert_cmpuint (g_bytes_get_size (first), ==, 1000);
      g_assert_false (g_bytes_equal (first, second));
      g_assert_true (g_bytes_equal (first, repeated));
      for (guint j = 0; j < 1000; j++)
        n_other += !g_ascii_isalnum (data[j]);
      if (modes[i].mode == TL_PAYLOAD_TEXT)
        g_assert_cmpuint (n_other, ==, 0);
      else
        g_assert_cmpuint (n_other, >, 500);
    }
}

static void
test_message (void)
{
  g_autoptr (GRegex) regex = g_regex_new ("(?<name>[a-z]+)=(\\d+)(x)?", 0, 0, NULL);
  g_autoptr (GPtrArray) captures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const TlMacroMessage message = { (const guint8 *) "a\0b", 3, "1.2.3.4:5", "1.2.3.4", 5, 9, captures };
  const TlMacroScope scope = { TRUE, regex, FALSE };
  const TlMacroScope strict = { TRUE, NULL, TRUE };
  const TlPayload payload = ESCAPES;
  const TlMacroContext context = { NOW, 3, NULL, &message };
  g_autoptr (GBytes) all = NULL;
  g_autoptr (GBytes) template = NULL;
  g_autoptr (GError) error = NULL;
  static const char expected[] = "a\0b|61 00 62|1.2.3.4:5|1.2.3.4|5|9|3|3|v=7|v|7||v";

  g_ptr_array_add (captures, g_bytes_new ("v=7", 3));
  g_ptr_array_add (captures, g_bytes_new ("v", 1));
  g_ptr_array_add (captures, g_bytes_new ("7", 1));
  g_ptr_array_add (captures, g_bytes_new ("", 0));
  all = make (&payload, "{text}|{hex}|{peer}|{host}|{port}|{count}|{length}|{counter}|{0}|{1}|{2}|{3}|{name}", &scope, context, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (all, NULL), g_bytes_get_size (all), expected, sizeof expected - 1);

  g_assert_null (make (&payload, "{4}", &scope, context, NULL, &error));
  g_assert_nonnull (strstr (error->message, "fewer groups"));
  g_clear_error (&error);
  g_assert_null (make (&payload, "{other}", &scope, context, NULL, &error));
  g_assert_nonnull (strstr (error->message, "is not a field"));
  g_clear_error (&error);
  g_assert_null (make (&payload, "{1}", &strict, context, NULL, &error));
  g_assert_nonnull (strstr (error->message, "the rule has none"));
  g_clear_error (&error);
  g_assert_null (make (&payload, "{\"a\"}", &strict, context, NULL, &error));
  g_clear_error (&error);
  g_assert_null (make (&payload, "a}", &strict, context, NULL, &error));
  g_assert_nonnull (strstr (error->message, "closes nothing"));

  template = make (&payload, "{{{text}}}", &strict, context, NULL, NULL);
  g_assert_cmpmem (g_bytes_get_data (template, NULL), g_bytes_get_size (template), "{a\0b}", 5);
}

/* Ten macros of 64 KiB a line would make a message without end. */
static void
test_bound (void)
{
  const TlPayload payload = HEX;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TlPayloadPlan) plan = NULL;
  g_autoptr (TlPayloadMaker) maker = NULL;

  for (guint i = 0; i < TL_PAYLOAD_PLAN_MAX / 65536 + 1; i++)
    g_string_append (text, "{random:65536}");
  plan = tl_payload_plan_new (&payload, text->str, NULL, NULL, &error);
  g_assert_no_error (error);
  maker = tl_payload_maker_new (plan);
  g_assert_null (tl_payload_maker_make (maker, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_maker (void)
{
  const TlPayload payload = TEXT;
  g_autoptr (TlPayloadPlan) plan = tl_payload_plan_new (&payload, "{counter}", NULL, NULL, NULL);
  g_autoptr (TlPayloadMaker) maker = tl_payload_maker_new (plan);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GBytes) bytes = tl_payload_maker_make (maker, NULL);

      /* Nobody took the first two. */
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "1", 1);
    }
  tl_payload_maker_advance (maker);
  g_assert_cmpuint (tl_payload_maker_get_counter (maker), ==, 2);
  tl_payload_maker_set_counter (maker, 1);
  tl_payload_maker_set_plan (maker, NULL);
  g_assert_null (tl_payload_maker_make (maker, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_stored (void)
{
  TlPayload payload = { TL_PAYLOAD_HEX, .macros = TRUE };
  g_autofree char *string = tl_payload_to_string (&payload);

  g_assert_cmpstr (string, ==, "hex;UTF-8;none;none;macros");
  payload.macros = FALSE;
  g_assert_true (tl_payload_from_string (&payload, string));
  g_assert_true (payload.macros);
  /* What earlier versions kept. */
  g_assert_true (tl_payload_from_string (&payload, "text;GBK;lf;xor"));
  g_assert_false (payload.macros);
  g_assert_false (tl_payload_from_string (&payload, "text;GBK;lf;xor;other"));
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/macro/values", test_values);
  g_test_add_func ("/macro/mistakes", test_mistakes);
  g_test_add_func ("/macro/random", test_random);
  g_test_add_func ("/macro/message", test_message);
  g_test_add_func ("/macro/bound", test_bound);
  g_test_add_func ("/macro/maker", test_maker);
  g_test_add_func ("/macro/stored", test_stored);
  return g_test_run ();
}
