/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the composer sends by itself: timers and files. */

#include "tl-composer-test.h"

#include "tl-composer-text.h"
#include "tl-file-popover.h"
#include "tl-job-row.h"
#include "tl-send-jobs.h"
#include "tl-timer-row.h"

#include <glib/gstdio.h>

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

/* In a folder that this run of the test has for itself. */
static GFile *
make_file (const char *name,
           gsize       length)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), name, NULL);
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

typedef struct {
  GtkWidget *list;
  GtkWidget *row;
} Place;

static gboolean
is_in_sight (gpointer data)
{
  Place *place = data;
  GtkWidget *viewport = gtk_widget_get_ancestor (place->list, GTK_TYPE_VIEWPORT);
  graphene_rect_t bounds;

  return gtk_widget_get_height (place->row) > 0 && gtk_widget_compute_bounds (place->row, viewport, &bounds) && bounds.origin.y >= 0 &&
         bounds.origin.y + bounds.size.height <= gtk_widget_get_height (viewport);
}

/* There is room for two; the newest is seen, and a file that waits does not push away the one that is being sent. */
static void
test_newest_in_sight (void)
{
  g_autoptr (GFile) file = make_file ("tl-composer-sight.bin", 4 * 1024 * 1024);
  Place place;
  Fixture f;

  set_up (&f, 1, 900);
  tl_composer_set_text (f.composer, "tick");
  place.list = tl_ui_test_find (tl_ui_test_find (GTK_WIDGET (f.composer), TL_TYPE_SEND_JOBS), GTK_TYPE_LIST_BOX);
  for (int i = 0; i < 6; i++)
    {
      start_timer (&f, 3600000, -1);
      place.row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (place.list), i));
      tl_ui_test_wait (is_in_sight, &place, "the newest timer");
    }
  place.row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (place.list), 0));
  g_assert_false (is_in_sight (&place));
  for (int i = 0; i < 4; i++)
    tl_composer_send_file (f.composer, file);
  place.row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (place.list), 6));
  tl_ui_test_wait (is_in_sight, &place, "the file that is being sent");
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
      tl_ui_test_wait (tl_ui_test_is_popped_up, popover, "the popover");
      tl_ui_test_frames (popover, 3);
      tl_ui_test_screenshot (popover, cases[i].name);
      gtk_popover_popdown (GTK_POPOVER (popover));
    }
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f.composer), "composer.timed-send", NULL));
  tl_ui_test_wait (tl_ui_test_is_popped_up, tl_ui_test_find (GTK_WIDGET (f.composer), TL_TYPE_TIMER_POPOVER), "the timer's popover");
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

int
main (int    argc,
      char **argv)
{
  tl_ui_test_init (&argc, &argv);
  g_test_add_func ("/composer/timer", test_timer);
  g_test_add_func ("/composer/timer-stop", test_timer_stop);
  g_test_add_func ("/composer/timer-session-closes", test_timer_session_closes);
  g_test_add_func ("/composer/file", test_file);
  g_test_add_func ("/composer/file-cancel", test_file_cancel);
  g_test_add_func ("/composer/newest-in-sight", test_newest_in_sight);
  g_test_add_func ("/composer/file-drop", test_file_drop);
  g_test_add_func ("/composer/popovers", test_popovers);
  g_test_add_func ("/composer/interval", test_interval);
  g_test_add_func ("/composer/wrong-interval", test_wrong_interval);
  g_test_add_func ("/composer/texts", test_texts);
  g_test_add_func ("/composer/pieces", test_pieces);
  return g_test_run ();
}
