/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entry for messages: its keys and what was sent before. */
#include "tl-long-text.h"
#include "tl-message-entry.h"
#include "tl-send-history.h"

#include "tl-ui-test.h"

static TlMessageEntry *
new_entry (void)
{
  return g_object_ref_sink (g_object_new (TL_TYPE_MESSAGE_ENTRY, NULL));
}

static void
assert_text (TlMessageEntry *entry,
             const char     *expected)
{
  g_autofree char *text = tl_message_entry_dup_text (entry);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_history_walk (void)
{
  static const char * const entries[] = { "one", "two", "three", NULL };
  g_autoptr (TlSendHistory) history = tl_send_history_new ();

  g_assert_null (tl_send_history_step (history, TRUE, "draft"));
  g_assert_true (tl_send_history_set (history, entries));
  g_assert_false (tl_send_history_set (history, entries));

  g_assert_cmpstr (tl_send_history_step (history, TRUE, "draft"), ==, "three");
  g_assert_cmpstr (tl_send_history_step (history, TRUE, "three"), ==, "two");
  g_assert_cmpstr (tl_send_history_step (history, TRUE, "two"), ==, "one");
  g_assert_null (tl_send_history_step (history, TRUE, "one"));
  g_assert_cmpstr (tl_send_history_step (history, FALSE, "one"), ==, "two");
  g_assert_cmpstr (tl_send_history_step (history, FALSE, "two"), ==, "three");
  g_assert_cmpstr (tl_send_history_step (history, FALSE, "three"), ==, "draft");
  g_assert_null (tl_send_history_step (history, FALSE, "draft"));
}

static void
test_history_add (void)
{
  g_autoptr (TlSendHistory) history = tl_send_history_new ();
  g_auto (GStrv) all = NULL;

  g_assert_true (tl_send_history_add (history, "a"));
  g_assert_false (tl_send_history_add (history, "a"));
  g_assert_true (tl_send_history_add (history, "b"));
  g_assert_true (tl_send_history_add (history, "a"));
  g_assert_false (tl_send_history_add (history, ""));
  all = tl_send_history_dup (history);
  g_assert_cmpuint (g_strv_length (all), ==, 2);
  g_assert_cmpstr (all[0], ==, "b");
  g_assert_cmpstr (all[1], ==, "a");
}

static void
test_history_bounds (void)
{
  g_autoptr (TlSendHistory) history = tl_send_history_new ();
  g_autofree char *longest = g_strnfill (TL_SEND_HISTORY_MAX_LENGTH, 'x');
  g_autofree char *too_long = g_strnfill (TL_SEND_HISTORY_MAX_LENGTH + 1, 'x');
  g_auto (GStrv) all = NULL;

  for (guint i = 0; i < TL_SEND_HISTORY_MAX_ENTRIES + 10; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      tl_send_history_add (history, text);
    }
  g_assert_false (tl_send_history_add (history, too_long));
  g_assert_true (tl_send_history_add (history, longest));
  all = tl_send_history_dup (history);
  g_assert_cmpuint (g_strv_length (all), ==, TL_SEND_HISTORY_MAX_ENTRIES);
  g_assert_cmpstr (all[0], ==, "11");
}

static void
count_cb (guint *count)
{
  ++*count;
}

static void
test_enter (void)
{
  static const struct {
    gboolean        enter_sends;
    guint           keyval;
    GdkModifierType state;
    gboolean        sends;
  } cases[] = {
    { TRUE, GDK_KEY_Return, 0, TRUE },
    { TRUE, GDK_KEY_KP_Enter, 0, TRUE },
    { TRUE, GDK_KEY_Return, GDK_LOCK_MASK, TRUE },
    { TRUE, GDK_KEY_Return, GDK_SHIFT_MASK, FALSE },
    { TRUE, GDK_KEY_Return, GDK_CONTROL_MASK, TRUE },
    { FALSE, GDK_KEY_Return, 0, FALSE },
    { FALSE, GDK_KEY_Return, GDK_SHIFT_MASK, FALSE },
    { FALSE, GDK_KEY_Return, GDK_CONTROL_MASK, TRUE },
    { TRUE, GDK_KEY_a, GDK_CONTROL_MASK, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TlMessageEntry) entry = new_entry ();
      guint n_sends = 0;

      g_test_message ("%u", i);
      g_object_set (entry, "enter-sends", cases[i].enter_sends, NULL);
      g_signal_connect_swapped (entry, "send", G_CALLBACK (count_cb), &n_sends);
      g_assert_cmpint (tl_message_entry_press (entry, cases[i].keyval, cases[i].state), ==, cases[i].sends);
      g_assert_cmpuint (n_sends, ==, cases[i].sends);
    }
}

/* While an input method composes, Enter takes what was typed as it is. */
static void
test_input_method (void)
{
  g_autoptr (TlMessageEntry) entry = new_entry ();
  GtkWidget *view = tl_ui_test_find (GTK_WIDGET (entry), GTK_TYPE_TEXT_VIEW);
  guint n_sends = 0;

  g_signal_connect_swapped (entry, "send", G_CALLBACK (count_cb), &n_sends);
  g_signal_emit_by_name (view, "preedit-changed", "ni");
  g_assert_false (tl_message_entry_press (entry, GDK_KEY_Return, 0));
  g_assert_cmpuint (n_sends, ==, 0);
  g_signal_emit_by_name (view, "preedit-changed", "");
  g_assert_true (tl_message_entry_press (entry, GDK_KEY_Return, 0));
  g_assert_cmpuint (n_sends, ==, 1);
}

static void
test_arrows (void)
{
  static const char * const sent[] = { "first", "two\nlines", NULL };
  TlMessageEntry *entry = g_object_new (TL_TYPE_MESSAGE_ENTRY, "history", sent, NULL);
  GtkWidget *window = tl_ui_test_window (GTK_WIDGET (entry), 300, 120);

  tl_message_entry_set_text (entry, "draft");
  g_assert_false (tl_message_entry_press (entry, GDK_KEY_Up, GDK_SHIFT_MASK));
  g_assert_true (tl_message_entry_press (entry, GDK_KEY_Up, 0));
  assert_text (entry, "two\nlines");
  g_assert_true (tl_message_entry_press (entry, GDK_KEY_Up, 0));
  assert_text (entry, "first");
  g_assert_true (tl_message_entry_press (entry, GDK_KEY_Down, 0));
  assert_text (entry, "two\nlines");
  g_assert_true (tl_message_entry_press (entry, GDK_KEY_Down, 0));
  assert_text (entry, "draft");
  g_assert_false (tl_message_entry_press (entry, GDK_KEY_Down, 0));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* In the middle of several lines the arrows move the caret. */
static void
test_arrows_inside (void)
{
  static const char * const sent[] = { "first", NULL };
  TlMessageEntry *entry = g_object_new (TL_TYPE_MESSAGE_ENTRY, "history", sent, NULL);
  GtkWidget *window = tl_ui_test_window (GTK_WIDGET (entry), 300, 120);
  GtkTextView *view = GTK_TEXT_VIEW (tl_ui_test_find (GTK_WIDGET (entry), GTK_TYPE_TEXT_VIEW));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter caret;

  tl_message_entry_set_text (entry, "one\ntwo\nthree");
  gtk_text_buffer_get_iter_at_line (buffer, &caret, 1);
  gtk_text_buffer_place_cursor (buffer, &caret);
  tl_ui_test_frames (window, 2);
  g_assert_false (tl_message_entry_press (entry, GDK_KEY_Up, 0));
  g_assert_false (tl_message_entry_press (entry, GDK_KEY_Down, 0));
  gtk_text_buffer_get_start_iter (buffer, &caret);
  gtk_text_buffer_place_cursor (buffer, &caret);
  g_assert_true (tl_message_entry_press (entry, GDK_KEY_Up, 0));
  assert_text (entry, "first");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_commit (void)
{
  g_autoptr (TlMessageEntry) entry = new_entry ();
  g_auto (GStrv) history = NULL;
  guint n_notified = 0;

  g_signal_connect_swapped (entry, "notify::history", G_CALLBACK (count_cb), &n_notified);
  tl_message_entry_set_text (entry, "你好");
  tl_message_entry_commit (entry);
  assert_text (entry, "");
  g_object_get (entry, "history", &history, NULL);
  g_assert_cmpuint (g_strv_length (history), ==, 1);
  g_assert_cmpstr (history[0], ==, "你好");
  g_assert_cmpuint (n_notified, ==, 1);
}

static gboolean
is_marked (TlMessageEntry *entry,
           int             offset)
{
  GtkTextView *view = GTK_TEXT_VIEW (tl_ui_test_find (GTK_WIDGET (entry), GTK_TYPE_TEXT_VIEW));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), "wrong");
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (buffer, &iter, offset);
  return gtk_text_iter_has_tag (&iter, tag);
}

static void
test_mark (void)
{
  g_autoptr (TlMessageEntry) entry = new_entry ();

  tl_message_entry_set_text (entry, "你好吗");
  tl_message_entry_mark (entry, 2);
  g_assert_false (is_marked (entry, 0));
  g_assert_true (is_marked (entry, 1));
  g_assert_false (is_marked (entry, 2));
  tl_message_entry_mark (entry, 3);
  g_assert_false (is_marked (entry, 1));
  g_assert_true (is_marked (entry, 2));
  /* What is missing at the end is shown at the last character. */
  tl_message_entry_mark (entry, 4);
  g_assert_true (is_marked (entry, 2));
  tl_message_entry_mark (entry, 0);
  g_assert_false (is_marked (entry, 2));
}

/* A line of a megabyte is not laid out, and nothing of it is lost. */
static void
test_long_line (void)
{
  g_autoptr (TlMessageEntry) entry = new_entry ();
  GtkTextView *view = GTK_TEXT_VIEW (tl_ui_test_find (GTK_WIDGET (entry), GTK_TYPE_TEXT_VIEW));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  g_autofree char *line = g_strnfill (1024 * 1024, 'x');
  g_autofree char *whole = g_strconcat ("before\nnow ", line, " after", NULL);
  g_autofree char *text = NULL;
  GtkTextIter caret;

  tl_message_entry_set_text (entry, "before\nnow  after");
  gtk_text_buffer_get_iter_at_offset (buffer, &caret, strlen ("before\nnow "));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_insert_interactive (buffer, &caret, line, -1, TRUE);
  gtk_text_buffer_end_user_action (buffer);
  assert_text (entry, whole);
  test_wait (gtk_text_buffer_get_char_count (buffer) > 1000);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), <=, TL_LONG_TEXT_SHOWN + 1);
  g_assert_cmpuint (tl_message_entry_get_length (entry), ==, strlen (whole));
  g_assert_false (gtk_text_view_get_editable (view));
  assert_text (entry, whole);
  tl_message_entry_mark (entry, 500000);
  tl_message_entry_mark (entry, 0);

  tl_message_entry_commit (entry);
  assert_text (entry, "");
  g_assert_true (gtk_text_view_get_editable (view));
  gtk_text_buffer_insert_at_cursor (buffer, "typed", -1);
  assert_text (entry, "typed");
  gtk_text_buffer_undo (buffer);
  assert_text (entry, "");

  /* As long, but in lines: it stays to be edited. */
  for (gsize i = 999; i < 1024 * 1024; i += 1000)
    line[i] = '\n';
  tl_message_entry_set_text (entry, line);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 1024 * 1024);
  g_assert_true (gtk_text_view_get_editable (view));
}

/* A label that begins so, and shows. */
static GtkWidget *
find_hint (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget)
      && g_str_has_prefix (gtk_label_get_label (GTK_LABEL (widget)), "Type a message"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_hint (child);

  return found;
}

static void
test_hint (void)
{
  g_autoptr (TlMessageEntry) entry = new_entry ();
  GtkWidget *view = tl_ui_test_find (GTK_WIDGET (entry), GTK_TYPE_TEXT_VIEW);
  GtkWidget *hint = find_hint (GTK_WIDGET (entry));

  g_assert_nonnull (hint);
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (hint)), "; Enter sends"));
  g_object_set (entry, "enter-sends", FALSE, NULL);
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (hint)), "; Ctrl+Enter sends"));

  tl_message_entry_set_text (entry, "a");
  g_assert_false (gtk_widget_get_visible (hint));
  tl_message_entry_set_text (entry, "");
  g_assert_true (gtk_widget_get_visible (hint));
  /* What an input method shows is not in the buffer yet. */
  g_signal_emit_by_name (view, "preedit-changed", "ni");
  g_assert_false (gtk_widget_get_visible (hint));
  g_signal_emit_by_name (view, "preedit-changed", "");
  g_assert_true (gtk_widget_get_visible (hint));
}

int
main (int    argc,
      char **argv)
{
  tl_ui_test_init (&argc, &argv);
  g_test_add_func ("/send-history/walk", test_history_walk);
  g_test_add_func ("/send-history/add", test_history_add);
  g_test_add_func ("/send-history/bounds", test_history_bounds);
  g_test_add_func ("/message-entry/enter", test_enter);
  g_test_add_func ("/message-entry/input-method", test_input_method);
  g_test_add_func ("/message-entry/arrows", test_arrows);
  g_test_add_func ("/message-entry/arrows-inside", test_arrows_inside);
  g_test_add_func ("/message-entry/commit", test_commit);
  g_test_add_func ("/message-entry/mark", test_mark);
  g_test_add_func ("/message-entry/long-line", test_long_line);
  g_test_add_func ("/message-entry/hint", test_hint);
  return g_test_run ();
}
