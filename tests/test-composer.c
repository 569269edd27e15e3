/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The composer: what it sends, and what stays. */

#include "tl-composer-test.h"

#include "tl-format-options.h"

static void
test_send (void)
{
  Fixture f;
  g_auto (GStrv) history = NULL;

  set_up (&f, 2, 900);
  g_assert_false (tl_composer_send (f.composer));
  tl_composer_set_text (f.composer, "你好");
  g_assert_true (shows (&f, "6 bytes"));
  g_assert_true (tl_composer_send (f.composer));
  assert_sent (&f, 0, "\xe4\xbd\xa0\xe5\xa5\xbd", 6);
  assert_sent (&f, 1, "\xe4\xbd\xa0\xe5\xa5\xbd", 6);
  assert_text (&f, "");
  g_object_get (f.composer, "history", &history, NULL);
  g_assert_cmpuint (g_strv_length (history), ==, 1);
  tear_down (&f);
}

/* On by the switch alone; filled in anew at each sending; the counter counts what was sent and begins anew when told. */
static void
test_macros (void)
{
  TlPayload payload = { TL_PAYLOAD_TEXT };
  Fixture f;

  set_up (&f, 1, 900);
  tl_composer_set_text (f.composer, "n={counter}");
  g_assert_true (tl_composer_send (f.composer));
  assert_sent (&f, 0, "n={counter}", 11);

  payload.macros = TRUE;
  tl_composer_set_payload (f.composer, &payload);
  for (guint i = 1; i < 4; i++)
    {
      g_autofree char *expected = g_strdup_printf ("n=%u", i < 3 ? i : 1);
      g_autofree char *preview = g_strconcat ("Sends: ", expected, NULL);

      tl_composer_set_text (f.composer, "n={counter}");
      if (i == 3)
        gtk_widget_activate_action (GTK_WIDGET (f.composer), "composer.reset-counter", NULL);
      tl_ui_test_frames (f.window, 2);
      g_assert_true (shows (&f, preview));
      g_assert_true (tl_composer_send (f.composer));
      assert_sent (&f, i, expected, strlen (expected));
    }

  tl_composer_set_text (f.composer, "{counter} {conter}");
  g_assert_false (tl_composer_send (f.composer));
  g_assert_true (shows (&f, "“{conter}” at position 11 is not a macro"));
  assert_text (&f, "{counter} {conter}");
  tl_composer_set_text (f.composer, "{\"a\":1}");
  g_assert_true (tl_composer_send (f.composer));
  assert_sent (&f, 4, "{\"a\":1}", 7);
  tear_down (&f);
}

static void
test_targets (void)
{
  Fixture f;
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func (g_object_unref);

  set_up (&f, 3, 900);
  g_ptr_array_add (targets, g_list_model_get_item (tl_session_get_peers (TL_SESSION (f.session)), 1));
  tl_composer_set_targets (f.composer, targets);
  tl_composer_set_target_label (f.composer, "To 192.0.2.1:2");
  g_assert_true (shows (&f, "To 192.0.2.1:2"));
  tl_composer_set_text (f.composer, "x");
  g_assert_true (tl_composer_send (f.composer));
  g_assert_cmpuint (f.session->sent->len, ==, 1);
  g_clear_pointer (&targets, g_ptr_array_unref);
  tear_down (&f);
}

static void
test_format (void)
{
  const TlPayload payload = { TL_PAYLOAD_HEX, TL_CHARSET_UTF_8, TL_LINE_ENDING_CRLF, TL_CHECKSUM_CRC16_MODBUS };
  Fixture f;
  g_autofree char *format = NULL;

  set_up (&f, 1, 900);
  tl_composer_set_payload (f.composer, &payload);
  tl_composer_set_text (f.composer, "01 03 00 00 00 0A");
  g_assert_true (shows (&f, "8 bytes with checksum"));
  g_assert_true (tl_composer_send (f.composer));
  assert_sent (&f, 0, "\x01\x03\x00\x00\x00\x0a\xc5\xcd", 8);

  g_object_get (f.composer, "format", &format, NULL);
  g_assert_cmpstr (format, ==, "hex;UTF-8;crlf;crc16-modbus");
  g_object_set (f.composer, "format", "text;GB18030;lf;none", NULL);
  tl_composer_set_text (f.composer, "你好");
  g_assert_true (tl_composer_send (f.composer));
  assert_sent (&f, 1, "\xc4\xe3\xba\xc3\n", 5);
  tear_down (&f);
}

/* The controls and the composer are one. */
static void
test_controls (void)
{
  Fixture f;
  TlFormatOptions *options;
  TlPayload payload;

  set_up (&f, 1, 900);
  options = TL_FORMAT_OPTIONS (tl_ui_test_find (GTK_WIDGET (f.composer), TL_TYPE_FORMAT_OPTIONS));
  payload = (TlPayload) { TL_PAYLOAD_ESCAPES, TL_CHARSET_BIG5, TL_LINE_ENDING_CR, TL_CHECKSUM_LRC };
  tl_format_options_set_payload (options, &payload);
  g_assert_true (tl_payload_equal (tl_composer_get_payload (f.composer), &payload));
  payload.mode = TL_PAYLOAD_TEXT;
  tl_composer_set_payload (f.composer, &payload);
  g_assert_true (tl_payload_equal (tl_format_options_get_payload (options), &payload));
  tear_down (&f);
}

static gboolean
shows_position (gpointer data)
{
  return shows (data, "position 4");
}

static void
test_wrong (void)
{
  const TlPayload payload = { TL_PAYLOAD_HEX };
  Fixture f;

  set_up (&f, 1, 900);
  tl_composer_set_payload (f.composer, &payload);
  tl_composer_set_text (f.composer, "0A 0");
  /* Shown by itself after a while: the person may only be half-way. */
  g_assert_false (shows (&f, "position 4"));
  tl_ui_test_wait (shows_position, &f, "the position of the mistake");
  g_assert_false (tl_composer_send (f.composer));
  assert_text (&f, "0A 0");
  g_assert_cmpuint (f.session->sent->len, ==, 0);
  tl_composer_set_text (f.composer, "0A 0B");
  g_assert_true (shows (&f, "2 bytes"));
  g_assert_true (tl_composer_send (f.composer));

  /* Asked for, at once. */
  tl_composer_set_text (f.composer, "0A z");
  g_assert_false (tl_composer_send (f.composer));
  g_assert_true (shows (&f, "position 4"));
  tear_down (&f);
}

static void
test_refused (void)
{
  Fixture f;

  set_up (&f, 2, 900);
  tl_composer_set_text (f.composer, "stay");
  f.session->refusals = G_MAXUINT;
  f.session->code = TL_SESSION_ERROR_QUEUE_FULL;
  g_assert_false (tl_composer_send (f.composer));
  assert_text (&f, "stay");
  g_assert_true (shows (&f, "refused"));

  f.session->refusals = 1;
  g_assert_false (tl_composer_send (f.composer));
  assert_text (&f, "stay");
  g_assert_true (shows (&f, "1 peer has it"));

  tl_session_close (TL_SESSION (f.session));
  g_assert_false (tl_composer_send (f.composer));
  assert_text (&f, "stay");
  g_assert_true (shows (&f, "Nothing is open"));

  f.session->refusals = 0;
  tl_session_open (TL_SESSION (f.session));
  g_assert_true (tl_composer_send (f.composer));
  assert_text (&f, "");
  tear_down (&f);
}

/* Narrow, the options fold into a button that says what is chosen. */
static void
test_fold (void)
{
  const TlPayload payload = { TL_PAYLOAD_TEXT, TL_CHARSET_UTF_8, TL_LINE_ENDING_CRLF, TL_CHECKSUM_CRC16_MODBUS };
  static const int widths[] = { 900, 360 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      Fixture f;
      g_autofree char *light = g_strdup_printf ("composer-light-%d", widths[i]);
      g_autofree char *dark = g_strdup_printf ("composer-dark-%d", widths[i]);

      set_up (&f, 1, widths[i]);
      tl_composer_set_payload (f.composer, &payload);
      tl_composer_set_target_label (f.composer, "To all peers");
      tl_composer_set_text (f.composer, "GET / HTTP/1.1\nHost: 你好.example\n");
      start_timer (&f, 1500, 10);
      f.session->refusals = G_MAXUINT;
      start_timer (&f, 1, -1);
      tl_ui_test_frames (f.window, 30);
      g_assert_cmpint (gtk_widget_get_width (f.window), <=, widths[i] + 10);
      g_assert_cmpint (shows (&f, "Text · UTF-8 · CRLF"), ==, widths[i] < 500);
      tl_ui_test_set_dark (FALSE);
      tl_ui_test_screenshot (f.window, light);
      tl_ui_test_set_dark (TRUE);
      tl_composer_set_payload (f.composer, &(TlPayload) { TL_PAYLOAD_HEX });
      tl_composer_set_text (f.composer, "0A 0B 0");
      tl_composer_send (f.composer);
      tl_ui_test_screenshot (f.window, dark);
      tl_ui_test_set_dark (FALSE);
      tear_down (&f);
    }
}

int
main (int    argc,
      char **argv)
{
  tl_ui_test_init (&argc, &argv);
  g_test_add_func ("/composer/send", test_send);
  g_test_add_func ("/composer/macros", test_macros);
  g_test_add_func ("/composer/targets", test_targets);
  g_test_add_func ("/composer/format", test_format);
  g_test_add_func ("/composer/controls", test_controls);
  g_test_add_func ("/composer/wrong", test_wrong);
  g_test_add_func ("/composer/refused", test_refused);
  g_test_add_func ("/composer/fold", test_fold);
  return g_test_run ();
}
