/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recording and replay in the window: the dialogs, the chip, the row; and their words. */
#include "tl-recording-chip.h"
#include "tl-record-dialog.h"
#include "tl-replay-dialog.h"
#include "tl-replay-row.h"
#include "tl-replay-words.h"
#include "tl-status-line.h"
#include "tl-udp-session.h"

#include "tl-fake-session.h"
#include "tl-test-folder.h"
#include "tl-ui-test.h"

#include <string.h>

static GtkWidget *
find_text (GtkWidget  *widget,
           const char *part)
{
  const char *text = GTK_IS_LABEL (widget) ? gtk_label_get_label (GTK_LABEL (widget)) : NULL;

  if (text != NULL && strstr (text, part) != NULL && gtk_widget_is_visible (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_text (child, part);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_words (void)
{
  static const struct {
    gint64      time;
    const char *text;
  } durations[] = {
    { 0, "0.0 s" }, { 1250000, "1.2 s" }, { 65 * G_USEC_PER_SEC, "1:05" }, { G_GINT64_CONSTANT (7265000000), "2:01:05" },
  };
  g_autoptr (TlReplayList) list = tl_replay_list_new ();
  const guint a = tl_replay_list_add_flow (list, TL_REPLAY_RECEIVED, FALSE, NULL, "1.2.3.4:5");
  const guint b = tl_replay_list_add_flow (list, TL_REPLAY_SENT, FALSE, NULL, "1.2.3.4:5");
  const guint c = tl_replay_list_add_flow (list, TL_REPLAY_SENT, FALSE, NULL, "1.2.3.4:6");
  const guint d = tl_replay_list_add_flow (list, TL_REPLAY_CAPTURED, TRUE, "1.1.1.1:1", "2.2.2.2:2");
  static const char *const labels[] = {
    "Everything that was sent · 3 messages · 6 bytes", "Sent to 1.2.3.4:5 · 1 message · 1 byte", "Sent to 1.2.3.4:6 · 2 messages · 5 bytes",
    "Received from 1.2.3.4:5 · 1 message · 0 bytes", "TCP 1.1.1.1:1 → 2.2.2.2:2 · 1 message · 4 bytes",
  };
  g_autoptr (GArray) choices = NULL;
  TlReplayProgress progress = { 3, 100, 10, 400, 1, 0.3, 2500000, 1500, 12000 };
  g_autofree char *running = NULL, *done = NULL, *endless = NULL, *chip = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      g_autofree char *text = tl_replay_duration (durations[i].time);

      g_assert_cmpstr (text, ==, durations[i].text);
    }
  tl_replay_list_add (list, a, 1, NULL, 0);
  tl_replay_list_add (list, b, 1, (const guint8 *) "x", 1);
  tl_replay_list_add (list, c, 1, (const guint8 *) "xy", 2);
  tl_replay_list_add (list, c, 1, (const guint8 *) "xyz", 3);
  tl_replay_list_add (list, d, 1, (const guint8 *) "xyz1", 4);
  choices = tl_replay_choices (list);
  g_assert_cmpuint (choices->len, ==, G_N_ELEMENTS (labels));
  for (guint i = 0; i < choices->len; i++)
    {
      g_autofree char *label = tl_replay_choice_label (list, &g_array_index (choices, TlReplayChoice, i));

      g_assert_cmpstr (label, ==, labels[i]);
    }

  running = tl_replay_progress_text (TL_REPLAY_RUNNING, &progress, TRUE);
  g_assert_cmpstr (running, ==, "3 of 10 messages · 100 bytes · 2.5 s left · late by 1.5 ms, at most 12.0 ms");
  done = tl_replay_progress_text (TL_REPLAY_DONE, &progress, FALSE);
  g_assert_cmpstr (done, ==, "All was played · 3 of 10 messages · 100 bytes");
  progress.n_items = 0;
  progress.time_left = -1;
  endless = tl_replay_progress_text (TL_REPLAY_PAUSED, &progress, FALSE);
  g_assert_cmpstr (endless, ==, "Paused · 3 messages, round 1 · 100 bytes");
  chip = tl_recording_chip_text ("a.pcap", 1200000, G_GINT64_CONSTANT (3725000000));
  g_assert_cmpstr (chip, ==, "a.pcap · 1.2\u00a0MB · 1:02:05");
}

static void
test_record_dialog (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.tonglu.Tonglu");
  TlRecordDialog *dialog = TL_RECORD_DIALOG (tl_record_dialog_new (NULL, settings));
  GtkWidget *format = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (dialog), TL_TYPE_RECORD_DIALOG, "format_row"));
  GtkWidget *rotate = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (dialog), TL_TYPE_RECORD_DIALOG, "rotate"));
  GtkWidget *size = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (dialog), TL_TYPE_RECORD_DIALOG, "size"));
  static const char *const suffixes[] = { ".pcap", ".jsonl", ".txt", ".csv", ".bin", ".bin" };
  TlRecordingOptions options = { 0 };

  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (format))), ==, G_N_ELEMENTS (suffixes));
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = NULL;

      adw_combo_row_set_selected (ADW_COMBO_ROW (format), i);
      name = tl_record_dialog_dup_name (dialog);
      g_assert_true (g_str_has_suffix (name, suffixes[i]));
    }
  tl_record_dialog_get_options (dialog, &options);
  g_assert_cmpint (options.format, ==, TL_EXPORT_SENT_BYTES);
  g_assert_cmpuint (options.max_bytes, ==, 0);
  g_assert_false (gtk_widget_is_sensitive (size));
  gtk_switch_set_active (GTK_SWITCH (rotate), TRUE);
  g_assert_true (gtk_widget_is_sensitive (size));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (size), 3);
  tl_record_dialog_get_options (dialog, &options);
  g_assert_cmpuint (options.max_bytes, ==, 3000000);
  g_assert_cmpuint (options.max_files, ==, 10);
  gtk_window_destroy (GTK_WINDOW (dialog));

  /* What was given up is not kept. */
  dialog = TL_RECORD_DIALOG (tl_record_dialog_new (NULL, settings));
  tl_record_dialog_get_options (dialog, &options);
  g_assert_cmpint (options.format, ==, TL_EXPORT_CAPTURE);
  g_assert_cmpuint (options.max_bytes, ==, 0);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* What was chosen is what the next begins with. */
static void
test_kept (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.tonglu.Tonglu");
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/a.jsonl");
  TlRecordDialog *dialog = TL_RECORD_DIALOG (tl_record_dialog_new (NULL, settings));
  TlRecordingOptions options = { 0 };

  adw_combo_row_set_selected (ADW_COMBO_ROW (gtk_widget_get_template_child (GTK_WIDGET (dialog), TL_TYPE_RECORD_DIALOG, "format_row")), 1);
  gtk_switch_set_active (GTK_SWITCH (gtk_widget_get_template_child (GTK_WIDGET (dialog), TL_TYPE_RECORD_DIALOG, "rotate")), TRUE);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (gtk_widget_get_template_child (GTK_WIDGET (dialog), TL_TYPE_RECORD_DIALOG, "size")), 7);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (gtk_widget_get_template_child (GTK_WIDGET (dialog), TL_TYPE_RECORD_DIALOG, "files")), 0);
  tl_record_dialog_choose (dialog, file);

  dialog = TL_RECORD_DIALOG (tl_record_dialog_new (NULL, settings));
  tl_record_dialog_get_options (dialog, &options);
  g_assert_cmpint (options.format, ==, TL_EXPORT_JSON_LINES);
  g_assert_cmpuint (options.max_bytes, ==, 7000000);
  g_assert_cmpuint (options.max_files, ==, 0);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* The chip is there while it is recorded, and says what is wrong. */
static void
test_chip (void)
{
  g_autoptr (TlFakeSession) session = fake_session_new (1);
  g_autoptr (TlSessionRecording) recording = tl_session_recording_new (TL_SESSION (session));
  GtkWidget *line = g_object_new (TL_TYPE_STATUS_LINE, "session", session, NULL);
  GtkWidget *window = tl_ui_test_window (line, 900, 60);
  g_autofree char *path = g_build_filename (test_folder, "chip.txt", NULL);
  const TlRecordingOptions options = { TL_EXPORT_TEXT, TL_CHARSET_UTF_8, TRUE, 0, 0 };

  tl_status_line_set_recording (TL_STATUS_LINE (line), recording);
  g_assert_null (find_text (line, "chip.txt"));
  tl_session_recording_start (recording, path, &options);
  test_wait_for (find_text (line, "chip.txt · 0 bytes · 0:00") != NULL, "the chip");
  tl_message_log_append_text (tl_session_get_log (TL_SESSION (session)), TL_MESSAGE_EVENT, 0, "a line");
  test_wait_for (find_text (line, "chip.txt · 0 bytes") == NULL && find_text (line, "chip.txt · ") != NULL, "the size to grow");
  g_assert_cmpint (g_unlink (path), ==, 0);
  tl_message_log_append_text (tl_session_get_log (TL_SESSION (session)), TL_MESSAGE_EVENT, 0, "another");
  test_wait_for (gtk_widget_has_css_class (find_text (line, "chip.txt · "), "warning"), "the warning");
  tl_session_recording_stop (recording);
  test_wait_for (find_text (line, "chip.txt") == NULL, "the chip to go");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* In a row: pause, go on, stop, again. */
static void
test_row (void)
{
  g_autoptr (TlFakeSession) session = fake_session_new (2);
  g_autoptr (TlReplayList) list = tl_replay_list_new ();
  const guint flow = tl_replay_list_add_flow (list, TL_REPLAY_SENT, FALSE, NULL, "");
  const TlReplayOptions options = { 1, 0, 1 };
  g_autoptr (GArray) picked = NULL;
  g_autoptr (TlReplay) replay = NULL;
  GtkWidget *list_box = gtk_list_box_new ();
  GtkWidget *window = tl_ui_test_window (list_box, 600, 100);
  GtkWidget *row;

  tl_session_open (TL_SESSION (session));
  for (guint i = 0; i < 2; i++)
    tl_replay_list_add (list, flow, i * G_GINT64_CONSTANT (3600000000), (const guint8 *) "x", 1);
  picked = tl_replay_list_pick (list, flow, TL_REPLAY_SENT);
  replay = tl_replay_new (TL_SESSION (session), NULL, list, picked, &options);
  row = tl_replay_row_new (replay, "<a>.jsonl", TRUE);
  gtk_list_box_append (GTK_LIST_BOX (list_box), row);
  g_assert_nonnull (find_text (row, "Replay: <a>.jsonl"));
  test_wait_for (find_text (row, "1 of 2 messages · 1 byte · 59:59 left") != NULL, "the first to be sent");
  g_assert_cmpuint (session->sent->len, ==, 2);
  g_assert_true (tl_job_row_get_running (TL_JOB_ROW (row)));
  tl_replay_pause (replay);
  g_assert_nonnull (find_text (row, "Paused · 1 of 2"));
  tl_session_close (TL_SESSION (session));
  tl_replay_start (replay);
  g_assert_nonnull (find_text (row, "session is not open"));
  g_assert_false (tl_job_row_get_running (TL_JOB_ROW (row)));
  tl_session_open (TL_SESSION (session));
  tl_replay_start (replay);
  g_assert_true (tl_job_row_get_running (TL_JOB_ROW (row)));
  tl_job_row_stop (TL_JOB_ROW (row));
  g_assert_nonnull (find_text (row, "Stopped · 1 of 2"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *tooltip)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, tooltip);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* What is no datagram can be left out where it stopped the replay. */
static void
test_skip (void)
{
  TlSession *session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  g_autoptr (TlReplayList) list = tl_replay_list_new ();
  const guint flow = tl_replay_list_add_flow (list, TL_REPLAY_SENT, FALSE, NULL, "");
  const TlReplayOptions options = { .rounds = 1 };
  g_autofree guint8 *large = g_malloc0 (65508);
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_parse ("127.0.0.1:9", NULL);
  g_autoptr (GArray) picked = NULL;
  g_autoptr (TlReplay) replay = NULL;
  g_autofree char *all = tl_replay_large_text (2, 2, 65507, 1, 65508);
  g_autofree char *one = tl_replay_large_text (1, 3, 65507, 2, 70000);
  g_autofree char *two = tl_replay_large_text (2, 3, 65507, 2, 70000);
  GtkWidget *list_box = gtk_list_box_new ();
  GtkWidget *window = tl_ui_test_window (list_box, 600, 100);
  GtkWidget *row, *button;

  g_assert_cmpstr (all, ==, "No message fits into one datagram, which has 65507 bytes at most");
  g_assert_cmpstr (one, ==, "1 message does not fit into one datagram, which has 65507 bytes at most: number 2 with 70000 bytes");
  g_assert_cmpstr (two, ==, "2 messages do not fit into one datagram, which has 65507 bytes at most; the first is number 2 with 70000 bytes");
  tl_session_open (session);
  g_assert_nonnull (tl_udp_session_add_peer (TL_UDP_SESSION (session), endpoint, NULL));
  tl_replay_list_add (list, flow, 0, large, 65508);
  tl_replay_list_add (list, flow, 0, (const guint8 *) "x", 1);
  picked = tl_replay_list_pick (list, flow, TL_REPLAY_SENT);
  replay = tl_replay_new (session, NULL, list, picked, &options);
  row = tl_replay_row_new (replay, "a", FALSE);
  gtk_list_box_append (GTK_LIST_BOX (list_box), row);
  button = find_button (row, "Leave This Message Out");
  test_wait_for (gtk_widget_get_visible (button), "the offer to leave it out");
  g_assert_nonnull (find_text (row, "before message 1 of 2"));
  g_assert_false (gtk_widget_is_sensitive (find_button (row, "Go On")));
  g_signal_emit_by_name (button, "clicked");
  test_wait_for (find_text (row, "All was played · 1 of 2 messages · 1 byte · 1 left out") != NULL, "the rest to be played");
  g_assert_false (gtk_widget_get_visible (button));
  gtk_window_destroy (GTK_WINDOW (window));
  g_clear_object (&replay);
  g_assert_finalize_object (session);
}

int
main (int    argc,
      char **argv)
{
  int status;

  tl_ui_test_init (&argc, &argv);
  test_folder_make ();

  g_test_add_func ("/replay-dialog/words", test_words);
  g_test_add_func ("/replay-dialog/record-dialog", test_record_dialog);
  g_test_add_func ("/replay-dialog/kept", test_kept);
  g_test_add_func ("/replay-dialog/chip", test_chip);
  g_test_add_func ("/replay-dialog/row", test_row);
  g_test_add_func ("/replay-dialog/skip", test_skip);

  status = g_test_run ();
  test_folder_remove ();
  return status;
}
