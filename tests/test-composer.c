/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The composer: what it sends, what stays, timers and files. */
#include "tl-composer.h"
#include "tl-composer-text.h"
#include "tl-file-popover.h"
#include "tl-format-options.h"
#include "tl-job-row.h"
#include "tl-send-jobs.h"
#include "tl-timer-popover.h"
#include "tl-timer-row.h"

#include "tl-fake-session.h"
#include "tl-ui-test.h"

#include <glib/gstdio.h>

typedef struct {
  TlFakeSession *session;
  TlComposer    *composer;
  GtkWidget     *window;
} Fixture;

static void
set_up (Fixture *f,
        guint    n_peers,
        int      width)
{
  f->session = fake_session_new (n_peers);
  f->composer = TL_COMPOSER (tl_composer_new ());
  tl_composer_set_session (f->composer, TL_SESSION (f->session));
  f->window = tl_ui_test_window (GTK_WIDGET (f->composer), width, 320);
}

static void
tear_down (Fixture *f)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_assert_finalize_object (f->session);
}

static GtkWidget *
find_label (GtkWidget  *widget,
            const char *part)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), part))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, part);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
shows (Fixture    *f,
       const char *part)
{
  GtkWidget *label = find_label (GTK_WIDGET (f->composer), part);

  return label && gtk_widget_get_mapped (label);
}

static void
assert_text (Fixture    *f,
             const char *expected)
{
  g_autofree char *text = tl_composer_dup_text (f->composer);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_sent (Fixture    *f,
             guint       index,
             const void *data,
             gsize       length)
{
  GBytes *bytes;

  g_assert_cmpuint (f->session->sent->len, >, index);
  bytes = g_ptr_array_index (f->session->sent, index);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), data, length);
}

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

static void
start_timer (Fixture *f,
             guint    interval,
             gint64   count)
{
  GtkWidget *popover = tl_ui_test_find (GTK_WIDGET (f->composer), TL_TYPE_TIMER_POPOVER);

  g_object_set (popover, "interval", interval, "count", count, NULL);
  g_signal_emit_by_name (popover, "start");
}

static gboolean
has_ended (gpointer data)
{
  Fixture *f = data;

  return tl_composer_get_n_running (f->composer) == 0;
}

static void
test_timer (void)
{
  Fixture f;

  set_up (&f, 1, 900);
  tl_composer_set_text (f.composer, "tick");
  start_timer (&f, 1, 5);
  g_assert_cmpuint (tl_composer_get_n_running (f.composer), ==, 1);
  /* The text stays: it may be wanted again. */
  assert_text (&f, "tick");
  tl_ui_test_wait (has_ended, &f, "five ticks");
  g_assert_cmpuint (f.session->sent->len, ==, 5);
  tl_ui_test_frames (f.window, 2);
  g_assert_true (shows (&f, "5 of 5"));

  tl_composer_set_payload (f.composer, &(TlPayload) { TL_PAYLOAD_TEXT, .macros = TRUE });
  tl_composer_set_text (f.composer, "{counter}");
  start_timer (&f, 1, 2);
  tl_ui_test_wait (has_ended, &f, "two more");
  assert_sent (&f, 5, "1", 1);
  assert_sent (&f, 6, "2", 1);
  tear_down (&f);
}

static void
test_timer_stop (void)
{
  Fixture f;
  TlJobRow *row;
  guint n_sent;

  set_up (&f, 1, 900);
  tl_composer_set_text (f.composer, "tick");
  start_timer (&f, 1, -1);
  start_timer (&f, 60000, -1);
  g_assert_cmpuint (tl_composer_get_n_running (f.composer), ==, 2);
  test_wait (f.session->sent->len > 3);
  row = TL_JOB_ROW (tl_ui_test_find (GTK_WIDGET (f.composer), TL_TYPE_TIMER_ROW));
  tl_job_row_stop (row);
  g_assert_cmpuint (tl_composer_get_n_running (f.composer), ==, 1);
  g_signal_emit_by_name (row, "dismiss");
  n_sent = f.session->sent->len;
  row = TL_JOB_ROW (tl_ui_test_find (GTK_WIDGET (f.composer), TL_TYPE_TIMER_ROW));
  g_assert_true (tl_job_row_get_running (row));
  /* A composer that goes ends what it began. */
  tear_down (&f);
  g_assert_cmpuint (n_sent, >, 3);
}

static void
test_timer_session_closes (void)
{
  Fixture f;

  set_up (&f, 1, 900);
  tl_composer_set_text (f.composer, "tick");
  start_timer (&f, 1000, -1);
  tl_session_close (TL_SESSION (f.session));
  tl_ui_test_wait (has_ended, &f, "the timer to end with its session");
  tear_down (&f);
}

static GFile *
make_file (const char *name,
           gsize       length)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_autofree char *data = g_strnfill (length, '\001');
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, length, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static gsize
count_bytes (Fixture *f)
{
  gsize n = 0;

  for (guint i = 0; i < f->session->sent->len; i++)
    n += g_bytes_get_size (g_ptr_array_index (f->session->sent, i));
  return n;
}

static void
test_file (void)
{
  g_autoptr (GFile) one = make_file ("tl-composer-one.bin", 150000);
  g_autoptr (GFile) two = make_file ("tl-composer-two.bin", 10);
  g_autoptr (GFile) none = g_file_new_for_path ("/nonexistent/three.bin");
  Fixture f;

  set_up (&f, 1, 900);
  tl_composer_send_file (f.composer, one);
  tl_composer_send_file (f.composer, two);
  g_assert_cmpuint (tl_composer_get_n_running (f.composer), ==, 2);
  tl_ui_test_wait (has_ended, &f, "two files");
  g_assert_cmpuint (count_bytes (&f), ==, 150010);
  /* One after the other: the small one is the last. */
  assert_sent (&f, f.session->sent->len - 1, "\1\1\1\1\1\1\1\1\1\1", 10);
  tl_ui_test_frames (f.window, 2);
  g_assert_true (shows (&f, "tl-composer-one.bin"));
  g_assert_true (shows (&f, "The whole file was sent: 150.0"));

  tl_composer_send_file (f.composer, none);
  tl_ui_test_wait (has_ended, &f, "the file that is not there");
  g_assert_true (find_label (GTK_WIDGET (f.composer), "Ended after 0 bytes") != NULL);

  tl_session_close (TL_SESSION (f.session));
  tl_composer_send_file (f.composer, two);
  g_assert_cmpuint (tl_composer_get_n_running (f.composer), ==, 0);
  g_assert_true (shows (&f, "Nothing is open"));
  tear_down (&f);
  g_file_delete (one, NULL, NULL);
  g_file_delete (two, NULL, NULL);
}

/* A composer that goes while a file is on its way. */
static void
test_file_cancel (void)
{
  g_autoptr (GFile) file = make_file ("tl-composer-big.bin", 4 * 1024 * 1024);
  Fixture f;

  set_up (&f, 1, 900);
  tl_composer_send_file (f.composer, file);
  tl_composer_send_file (f.composer, file);
  test_wait (f.session->sent->len > 0);
  tl_job_row_stop (TL_JOB_ROW (gtk_list_box_get_row_at_index (GTK_LIST_BOX (tl_ui_test_find (tl_ui_test_find (GTK_WIDGET (f.composer), TL_TYPE_SEND_JOBS), GTK_TYPE_LIST_BOX)), 1)));
  g_assert_cmpuint (tl_composer_get_n_running (f.composer), ==, 1);
  gtk_window_destroy (GTK_WINDOW (f.window));
  while (G_OBJECT (f.session)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (f.session);
  g_file_delete (file, NULL, NULL);
}

static GtkDropTarget *
find_drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  g_assert_not_reached ();
}

static void
test_file_drop (void)
{
  g_autoptr (GFile) file = make_file ("tl-composer-drop.bin", 77);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;
  Fixture f;

  set_up (&f, 1, 900);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (&file, 1));
  g_signal_emit_by_name (find_drop_target (GTK_WIDGET (f.composer)), "drop", &value, 1.0, 1.0, &taken);
  g_assert_true (taken);
  tl_ui_test_wait (has_ended, &f, "the dropped file");
  g_assert_cmpuint (count_bytes (&f), ==, 77);
  tear_down (&f);
  g_file_delete (file, NULL, NULL);
}

/* The popovers of the buttons. */
static void
test_popovers (void)
{
  static const struct {
    GType      (*type) (void);
    const char *name;
  } cases[] = {
    { tl_timer_popover_get_type, "composer-timer" },
    { tl_file_popover_get_type, "composer-file" },
  };
  Fixture f;

  set_up (&f, 1, 900);
  tl_composer_set_text (f.composer, "x");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *popover = tl_ui_test_find (GTK_WIDGET (f.composer), cases[i].type ());

      gtk_popover_popup (GTK_POPOVER (popover));
      tl_ui_test_wait (tl_ui_test_is_mapped, popover, "the popover");
      tl_ui_test_frames (popover, 3);
      tl_ui_test_screenshot (popover, cases[i].name);
      gtk_popover_popdown (GTK_POPOVER (popover));
    }
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f.composer), "composer.timed-send", NULL));
  tl_ui_test_wait (tl_ui_test_is_mapped, tl_ui_test_find (GTK_WIDGET (f.composer), TL_TYPE_TIMER_POPOVER), "the timer's popover");
  tear_down (&f);
}

static void
test_interval (void)
{
  g_autoptr (TlTimerPopover) popover = g_object_ref_sink (g_object_new (TL_TYPE_TIMER_POPOVER, NULL));
  GtkSpinButton *value = GTK_SPIN_BUTTON (tl_ui_test_find (GTK_WIDGET (popover), GTK_TYPE_SPIN_BUTTON));
  GtkDropDown *unit = GTK_DROP_DOWN (tl_ui_test_find (GTK_WIDGET (popover), GTK_TYPE_DROP_DOWN));

  g_assert_cmpuint (tl_timer_popover_get_interval (popover), ==, 1000);
  gtk_spin_button_set_value (value, 1500);
  gtk_drop_down_set_selected (unit, 1);
  g_assert_cmpfloat (gtk_spin_button_get_value (value), ==, 1.5);
  g_assert_cmpuint (tl_timer_popover_get_interval (popover), ==, 1500);
  gtk_spin_button_set_value (value, 0.25);
  g_assert_cmpuint (tl_timer_popover_get_interval (popover), ==, 250);
  gtk_drop_down_set_selected (unit, 3);
  gtk_spin_button_set_value (value, 1000);
  g_assert_cmpuint (tl_timer_popover_get_interval (popover), ==, TL_TIMER_MAX_INTERVAL);
  gtk_drop_down_set_selected (unit, 0);
  gtk_spin_button_set_value (value, 0);
  g_assert_cmpuint (tl_timer_popover_get_interval (popover), ==, TL_TIMER_MIN_INTERVAL);
  g_assert_cmpint (tl_timer_popover_get_count (popover), ==, -1);
  g_object_set (popover, "count", (gint64) 12, NULL);
  g_assert_cmpint (tl_timer_popover_get_count (popover), ==, 12);
}

static void
count_cb (guint *n)
{
  ++*n;
}

/* Beyond the limits: the sentence names what was typed, and nothing starts before the nearest interval was seen. */
static void
test_wrong_interval (void)
{
  g_autoptr (TlTimerPopover) popover = g_object_ref_sink (g_object_new (TL_TYPE_TIMER_POPOVER, NULL));
  GtkSpinButton *value = GTK_SPIN_BUTTON (tl_ui_test_find (GTK_WIDGET (popover), GTK_TYPE_SPIN_BUTTON));
  GtkDropDown *unit = GTK_DROP_DOWN (tl_ui_test_find (GTK_WIDGET (popover), GTK_TYPE_DROP_DOWN));
  GtkWidget *start = gtk_widget_get_ancestor (GTK_WIDGET (value), GTK_TYPE_GRID);
  GtkWidget *problem;
  guint n_started = 0;

  start = gtk_widget_get_last_child (start);
  problem = gtk_widget_get_prev_sibling (start);
  g_object_set (popover, "can-start", TRUE, NULL);
  g_signal_connect_swapped (popover, "start", G_CALLBACK (count_cb), &n_started);

  gtk_editable_set_text (GTK_EDITABLE (value), "86400001");
  g_signal_emit_by_name (start, "clicked");
  g_assert_cmpuint (n_started, ==, 0);
  g_assert_true (gtk_widget_get_visible (problem));
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (problem)), "86400001"));
  g_assert_cmpuint (tl_timer_popover_get_interval (popover), ==, TL_TIMER_MAX_INTERVAL);
  g_signal_emit_by_name (start, "clicked");
  g_assert_cmpuint (n_started, ==, 1);
  g_assert_false (gtk_widget_get_visible (problem));

  gtk_editable_set_text (GTK_EDITABLE (value), "0");
  g_signal_emit_by_name (start, "clicked");
  g_assert_cmpuint (n_started, ==, 1);
  g_assert_true (gtk_widget_get_visible (problem));

  /* 1 ms is shown as nothing there. */
  gtk_drop_down_set_selected (unit, 3);
  g_signal_emit_by_name (start, "clicked");
  g_assert_cmpuint (n_started, ==, 2);
  g_assert_cmpuint (tl_timer_popover_get_interval (popover), ==, TL_TIMER_MIN_INTERVAL);
}

static void
test_texts (void)
{
  static const struct {
    double      ms;
    const char *text;
  } intervals[] = { { 1, "1 ms" }, { 250, "250 ms" }, { 1500, "1.5 s" }, { 120000, "2 min" }, { 86400000, "24 h" } };
  const TlPayload both = { TL_PAYLOAD_TEXT, TL_CHARSET_UTF_8, TL_LINE_ENDING_CRLF, TL_CHECKSUM_XOR };
  g_autofree char *length = tl_composer_describe_length (&both, 12);
  g_autofree char *nothing = tl_composer_describe_length (&both, 0);
  g_autofree char *lines = tl_composer_shorten ("a\nb\tc");
  g_autofree char *wide = g_strnfill (300, 'x');
  g_autofree char *cut = tl_composer_shorten (wide);

  for (guint i = 0; i < G_N_ELEMENTS (intervals); i++)
    {
      g_autofree char *text = tl_timer_row_format_interval (intervals[i].ms);

      g_assert_cmpstr (text, ==, intervals[i].text);
    }
  g_assert_cmpstr (length, ==, "12 bytes with checksum and line ending");
  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpstr (lines, ==, "a b c");
  g_assert_true (g_str_has_suffix (cut, "x…"));
  g_assert_cmpint (g_utf8_strlen (cut, -1), <, 100);
}

static void
test_pieces (void)
{
  g_autoptr (TlFilePopover) popover = g_object_ref_sink (g_object_new (TL_TYPE_FILE_POPOVER, NULL));

  g_assert_cmpuint (tl_file_popover_get_piece (popover), ==, 65536);
  g_assert_cmpuint (tl_file_popover_get_gap (popover), ==, 0);
  tl_file_popover_set_is_datagram (popover, TRUE);
  g_assert_cmpuint (tl_file_popover_get_piece (popover), ==, 1024);
  g_assert_cmpuint (tl_file_popover_get_gap (popover), ==, 1);
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
  g_test_add_func ("/composer/timer", test_timer);
  g_test_add_func ("/composer/timer-stop", test_timer_stop);
  g_test_add_func ("/composer/timer-session-closes", test_timer_session_closes);
  g_test_add_func ("/composer/file", test_file);
  g_test_add_func ("/composer/file-cancel", test_file_cancel);
  g_test_add_func ("/composer/file-drop", test_file_drop);
  g_test_add_func ("/composer/popovers", test_popovers);
  g_test_add_func ("/composer/interval", test_interval);
  g_test_add_func ("/composer/wrong-interval", test_wrong_interval);
  g_test_add_func ("/composer/texts", test_texts);
  g_test_add_func ("/composer/pieces", test_pieces);
  g_test_add_func ("/composer/fold", test_fold);
  return g_test_run ();
}
