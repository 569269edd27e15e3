/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log view over a session without sockets. */

#include "tl-ui-test.h"

#include "tl-find-bar.h"
#include "tl-log-bubble.h"
#include "tl-log-list.h"
#include "tl-log-text.h"
#include "tl-log-view.h"
#include "tl-message-details.h"
#include "tl-session-private.h"
#include "tl-udp-session.h"

#define TL_TYPE_FAKE_SESSION (tl_fake_session_get_type ())
G_DECLARE_FINAL_TYPE (TlFakeSession, tl_fake_session, TL, FAKE_SESSION, TlSession)

struct _TlFakeSession
{
  TlSession parent_instance;
};

G_DEFINE_FINAL_TYPE (TlFakeSession, tl_fake_session, TL_TYPE_SESSION)

static void
tl_fake_session_class_init (TlFakeSessionClass *klass)
{
}

static void
tl_fake_session_init (TlFakeSession *self)
{
}

typedef struct {
  TlSession    *session;
  TlMessageLog *log;
  TlLogView    *view;
  GtkWidget    *window;
  const char   *text; /* what is waited for */
  guint         number;
} Fixture;

static void
fixture_init (Fixture *self,
              int      width,
              int      height)
{
  self->session = g_object_new (TL_TYPE_FAKE_SESSION, NULL);
  self->log = tl_session_get_log (self->session);
  self->view = TL_LOG_VIEW (tl_log_view_new ());
  tl_log_view_set_session (self->view, self->session);
  self->window = tl_ui_test_window (GTK_WIDGET (self->view), width, height);
}

static void
fixture_clear (Fixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_finalize_object (self->session);
}

static void
append (Fixture      *self,
        TlMessageKind kind,
        const char   *peer,
        const void   *data,
        gssize        length)
{
  guint32 number = peer ? tl_message_log_add_peer (self->log, peer) : 0;

  tl_message_log_append (self->log, kind, 0, number, data, length < 0 ? strlen (data) : (gsize) length);
}

static guint
n_rows (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (tl_log_view_get_rows (self->view)));
}

static GtkStack *
pages (Fixture *self)
{
  GtkWidget *any_list = tl_ui_test_find (GTK_WIDGET (self->view), TL_TYPE_LOG_LIST);

  return GTK_STACK (gtk_widget_get_ancestor (any_list, GTK_TYPE_STACK));
}

static GtkWidget *
list (Fixture *self)
{
  GtkWidget *shown = gtk_stack_get_visible_child (pages (self));

  return TL_IS_LOG_LIST (shown) ? shown : NULL;
}

/* What the widgets of the rows say, a line each. */
static void
collect_text (GtkWidget *widget,
              GString   *out)
{
  const char *text = GTK_IS_INSCRIPTION (widget) ? gtk_inscription_get_text (GTK_INSCRIPTION (widget))
                     : TL_IS_LOG_TEXT (widget)  ? tl_log_text_get (TL_LOG_TEXT (widget))
                     : GTK_IS_LABEL (widget)     ? gtk_label_get_text (GTK_LABEL (widget))
                                                 : NULL;

  if (text)
    g_string_append_printf (out, "%s\n", text);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    collect_text (child, out);
}

static char *
shown_text (Fixture *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (list (self))
    collect_text (list (self), out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
shows (gpointer data)
{
  Fixture *self = data;
  g_autofree char *text = shown_text (self);

  return strstr (text, self->text) != NULL;
}

static void
wait_text (Fixture    *self,
           const char *text)
{
  self->text = text;
  tl_ui_test_wait (shows, self, text);
}

/* @text with pictures of control characters, or with their names where the font has none. */
static gboolean
shows_controls (gpointer data)
{
  Fixture *self = data;
  g_autofree char *shown = shown_text (self);
  g_autofree char *spelled = tl_message_text_spell_controls (self->text);

  return strstr (shown, self->text) || strstr (shown, spelled);
}

static void
wait_controls (Fixture    *self,
               const char *text)
{
  self->text = text;
  tl_ui_test_wait (shows_controls, self, text);
}

static gboolean
has_rows (gpointer data)
{
  Fixture *self = data;

  return n_rows (self) == self->number;
}

static void
wait_rows (Fixture *self,
           guint    number)
{
  self->number = number;
  tl_ui_test_wait (has_rows, self, "the number of rows");
}

static gboolean
has_new (gpointer data)
{
  Fixture *self = data;
  guint n_new;

  g_object_get (self->view, "n-new", &n_new, NULL);
  return n_new == self->number;
}

static gboolean
is_selected (gpointer data)
{
  Fixture *self = data;
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (tl_log_view_get_rows (self->view));

  return gtk_bitset_get_size (selected) == 1 && gtk_bitset_contains (selected, self->number);
}

static void
wait_selected (Fixture *self,
               guint    row)
{
  g_autofree char *awaited = g_strdup_printf ("row %u to be found and selected", row);

  self->number = row;
  tl_ui_test_wait (is_selected, self, awaited);
}

static gboolean
bar_says (gpointer data)
{
  Fixture *self = data;
  g_autoptr (GString) out = g_string_new (NULL);

  collect_text (tl_ui_test_find (GTK_WIDGET (self->view), TL_TYPE_FIND_BAR), out);
  return strstr (out->str, self->text) != NULL;
}

static void
wait_bar (Fixture    *self,
          const char *text)
{
  self->text = text;
  tl_ui_test_wait (bar_says, self, text);
}

static void
action (Fixture    *self,
        const char *name)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->view), name, NULL));
}

static void
test_empty (void)
{
  Fixture self = { 0 };

  fixture_init (&self, 900, 500);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (pages (&self)), ==, "empty");
  tl_ui_test_screenshot (self.window, "log-empty");

  append (&self, TL_MESSAGE_CALL, NULL, "bind(7, 0.0.0.0:7855) = 0", -1);
  tl_message_log_flush (self.log);
  tl_ui_test_frames (self.window, 2);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (pages (&self)), ==, "filtered");
  action (&self, "log.show-everything");
  wait_text (&self, "bind(7, 0.0.0.0:7855) = 0");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (pages (&self)), ==, "table");

  action (&self, "log.clear");
  wait_rows (&self, 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (pages (&self)), ==, "empty");
  tl_log_view_set_session (self.view, NULL);
  tl_ui_test_frames (self.window, 2);
  fixture_clear (&self);
}

static void
test_many (gconstpointer data)
{
  gboolean bubbles = GPOINTER_TO_INT (data);
  Fixture self = { 0 };

  fixture_init (&self, 900, 600);
  g_object_set (self.view, "bubbles", bubbles, NULL);
  for (guint i = 0; i < 100000; i++)
    {
      g_autofree char *text = g_strdup_printf ("number %u.", i);

      append (&self, i % 2 ? TL_MESSAGE_SENT : TL_MESSAGE_RECEIVED, "127.0.0.1:7855", text, -1);
    }
  wait_rows (&self, 100000);
  wait_text (&self, "number 99999.");
  tl_ui_test_frames (self.window, 5);
  g_assert_cmpuint (tl_log_list_get_n_bound (TL_LOG_LIST (list (&self))), <, 400);
  g_assert_true (tl_log_follow_get_at_end (tl_log_list_get_follow (TL_LOG_LIST (list (&self)))));
  wait_text (&self, "number 99999.");
  fixture_clear (&self);
}

static void
test_literal (gconstpointer data)
{
  Fixture self = { 0 };

  fixture_init (&self, 900, 500);
  g_object_set (self.view, "bubbles", GPOINTER_TO_INT (data), NULL);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "a\0b<b>bold</b>&lt;\x1b[31m", 24 - 1);
  tl_message_log_flush (self.log);
  wait_controls (&self, "a␀b<b>bold</b>&lt;␛[31m");
  fixture_clear (&self);
}

static void
test_charset (gconstpointer data)
{
  Fixture self = { 0 };

  fixture_init (&self, 900, 500);
  g_object_set (self.view, "bubbles", GPOINTER_TO_INT (data), NULL);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "\xc4\xe3\xba\xc3", 4);
  tl_message_log_flush (self.log);
  wait_text (&self, "\\xC4\\xE3\\xBA\\xC3");
  g_object_set (self.view, "charset", TL_CHARSET_GB18030, NULL);
  wait_text (&self, "你好");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.view), "log.mode", "s", "hex"));
  wait_text (&self, "C4 E3 BA C3");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.view), "log.mode", "s", "hex-dump"));
  wait_text (&self, "C4 E3 BA C3 ");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.view), "log.mode", "s", "text"));
  action (&self, "log.wrap");
  wait_text (&self, "你好");
  fixture_clear (&self);
}

/* A character that is cut over two segments is whole once the second is there, in the row that ends it. */
static void
test_split_character (void)
{
  Fixture self = { 0 };

  fixture_init (&self, 900, 500);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "A\xe4\xbd", 3);
  tl_message_log_flush (self.log);
  wait_text (&self, "A\\xE4\\xBD");
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "\xa0Z", 2);
  tl_message_log_flush (self.log);
  wait_text (&self, "\nA\n");
  wait_text (&self, "你Z");
  fixture_clear (&self);
}

static void
test_filter (void)
{
  Fixture self = { 0 };

  fixture_init (&self, 900, 500);
  append (&self, TL_MESSAGE_EVENT, NULL, "opened", -1);
  append (&self, TL_MESSAGE_CALL, NULL, "socket() = 7", -1);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "one", -1);
  append (&self, TL_MESSAGE_SENT, "10.0.0.1:1", "two", -1);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.2:2", "three", -1);
  append (&self, TL_MESSAGE_ERROR, "10.0.0.2:2", "broken", -1);
  tl_message_log_flush (self.log);
  wait_rows (&self, 5);

  g_object_set (self.view, "show", TL_LOG_SHOW_RECEIVED, NULL);
  wait_rows (&self, 2);
  g_object_set (self.view, "peer", "10.0.0.2:2", NULL);
  wait_rows (&self, 1);
  wait_text (&self, "three");
  g_object_set (self.view, "show", TL_LOG_SHOW_SENT, NULL);
  wait_rows (&self, 0);
  g_assert_null (list (&self));
  action (&self, "log.show-everything");
  wait_rows (&self, 6);
  g_object_set (self.view, "show", TL_LOG_SHOW_EVENTS, "show-calls", FALSE, NULL);
  wait_rows (&self, 2);

  g_object_set (self.view, "show", TL_LOG_SHOW_ALL, NULL);
  wait_rows (&self, 5);
  gtk_selection_model_select_item (tl_log_view_get_rows (self.view), 2, TRUE);
  action (&self, "log.only-peer");
  wait_rows (&self, 2);
  fixture_clear (&self);
}

static void
test_find (void)
{
  Fixture self = { 0 };
  GtkWidget *bar, *entry, *kind;

  fixture_init (&self, 900, 500);
  for (guint i = 0; i < 3000; i++)
    append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", i % 1000 == 500 ? "a Needle\x01\x02" : "hay", -1);
  wait_rows (&self, 3000);
  bar = tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_FIND_BAR);
  entry = tl_ui_test_find (bar, GTK_TYPE_ENTRY);
  kind = tl_ui_test_find (bar, GTK_TYPE_DROP_DOWN);

  action (&self, "log.find");
  gtk_editable_set_text (GTK_EDITABLE (entry), "NEEDLE");
  wait_selected (&self, 500);
  wait_controls (&self, "a Needle␁␂");
  wait_bar (&self, "1 of 3");
  action (&self, "log.find-next");
  wait_selected (&self, 1500);
  action (&self, "log.find-next");
  action (&self, "log.find-next");
  wait_selected (&self, 500);
  action (&self, "log.find-previous");
  wait_selected (&self, 2500);
  tl_ui_test_frames (self.window, 4);
  wait_controls (&self, "a Needle␁␂");
  tl_ui_test_screenshot (self.window, "log-find");

  gtk_drop_down_set_selected (GTK_DROP_DOWN (kind), TL_PATTERN_HEX);
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "65 01 02");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  wait_bar (&self, "1 of 3");
  wait_selected (&self, 500);
  gtk_editable_set_text (GTK_EDITABLE (entry), "01 0");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  tl_ui_test_screenshot (self.window, "log-find-error");
  /* With the focus on the row that was found, not in the composer, where Enter would send. */
  gtk_editable_set_text (GTK_EDITABLE (entry), "65 01 02");
  wait_selected (&self, 500);
  gtk_widget_grab_focus (entry);
  tl_find_bar_close (TL_FIND_BAR (bar));
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (self.window)));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (self.window)), list (&self)));
  fixture_clear (&self);
}

static void
scroll_by (Fixture *self,
           double   pages)
{
  GtkScrolledWindow *scrolled = tl_log_list_get_scrolled (TL_LOG_LIST (list (self)));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scrolled);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment)
                                          + pages * gtk_adjustment_get_page_size (adjustment));
}

static gboolean
shows_end (gpointer data)
{
  GtkScrolledWindow *scrolled = tl_log_list_get_scrolled (TL_LOG_LIST (list (data)));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scrolled);
  double value = gtk_adjustment_get_value (adjustment);

  return value > 0 && value + gtk_adjustment_get_page_size (adjustment) >= gtk_adjustment_get_upper (adjustment) - 1;
}

static void
test_follow (gconstpointer data)
{
  Fixture self = { 0 };
  TlLogFollow *follow;

  fixture_init (&self, 900, 500);
  g_object_set (self.view, "bubbles", GPOINTER_TO_INT (data), NULL);
  for (guint i = 0; i < 1000; i++)
    append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "line", -1);
  wait_rows (&self, 1000);
  follow = tl_log_list_get_follow (TL_LOG_LIST (list (&self)));
  tl_ui_test_wait (shows_end, &self, "the newest row to be shown");
  g_assert_true (tl_log_follow_get_at_end (follow));

  scroll_by (&self, -2);
  tl_ui_test_frames (self.window, 3);
  g_assert_false (tl_log_follow_get_at_end (follow));
  for (guint i = 0; i < 7; i++)
    append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "newer", -1);
  wait_rows (&self, 1007);
  self.number = 7;
  tl_ui_test_wait (has_new, &self, "7 new messages to be counted");
  tl_ui_test_frames (self.window, 6);
  g_assert_false (tl_log_follow_get_at_end (follow));
  tl_ui_test_screenshot (self.window, GPOINTER_TO_INT (data) ? "bubbles-new" : "log-new");

  action (&self, "log.scroll-to-end");
  self.number = 0;
  tl_ui_test_wait (has_new, &self, "no new messages at the end");
  wait_text (&self, "newer");
  tl_ui_test_wait (shows_end, &self, "the end to be shown again");
  g_assert_true (tl_log_follow_get_at_end (follow));

  g_object_set (self.view, "follow", FALSE, NULL);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "unseen", -1);
  self.number = 1;
  tl_ui_test_wait (has_new, &self, "1 new message while paused");
  g_object_set (self.view, "follow", TRUE, NULL);
  wait_text (&self, "unseen");
  fixture_clear (&self);
}

static void
test_bubbles (void)
{
  static const struct {
    TlMessageKind kind;
    const char   *css_class;
    GtkAlign      align;
    const char   *head;
  } table[] = {
    { TL_MESSAGE_RECEIVED, "tl-received", GTK_ALIGN_START, "10.0.0.1:1 · " },
    { TL_MESSAGE_SENT, "tl-sent", GTK_ALIGN_END, "To 10.0.0.1:1 · " },
    { TL_MESSAGE_EVENT, "tl-event", GTK_ALIGN_CENTER, NULL },
    { TL_MESSAGE_WARNING, "tl-warning", GTK_ALIGN_CENTER, NULL },
    { TL_MESSAGE_ERROR, "tl-error", GTK_ALIGN_CENTER, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      Fixture self = { 0 };
      GtkWidget *bubble, *body;

      fixture_init (&self, 600, 400);
      g_object_set (self.view, "bubbles", TRUE, NULL);
      append (&self, table[i].kind, "10.0.0.1:1", "words", -1);
      wait_text (&self, "words");
      bubble = tl_ui_test_find (list (&self), TL_TYPE_LOG_BUBBLE);
      body = gtk_widget_get_next_sibling (gtk_widget_get_first_child (bubble));
      g_assert_true (gtk_widget_has_css_class (bubble, table[i].css_class));
      g_assert_cmpint (gtk_widget_get_halign (body), ==, table[i].align);
      g_assert_true (gtk_widget_get_visible (gtk_widget_get_first_child (bubble)) == (table[i].head != NULL));
      if (table[i].head)
        g_assert_true (g_str_has_prefix (tl_log_bubble_get_head (TL_LOG_BUBBLE (bubble)), table[i].head));
      fixture_clear (&self);
    }
}

/* Texts that were laid out: how many there are, and the characters of the longest. */
static guint
count_texts (GtkWidget *widget,
             GType      type,
             glong     *longest)
{
  guint n = 0;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    {
      const char *text = TL_IS_LOG_TEXT (widget) ? tl_log_text_get (TL_LOG_TEXT (widget))
                                                 : gtk_inscription_get_text (GTK_INSCRIPTION (widget));

      *longest = MAX (*longest, g_utf8_strlen (text, -1));
      return 1;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    n += count_texts (child, type, longest);
  return n;
}

/* Whatever is received, a row lays out a bounded text, and there is a bounded number of rows. */
static void
test_large_messages (void)
{
  static const struct {
    gboolean  bubbles;
    gboolean  wrap;
    TlLogMode mode;
  } table[] = {
    { TRUE, FALSE, TL_LOG_MODE_TEXT },  { TRUE, FALSE, TL_LOG_MODE_HEX },  { TRUE, FALSE, TL_LOG_MODE_HEX_DUMP },
    { FALSE, TRUE, TL_LOG_MODE_TEXT },  { FALSE, TRUE, TL_LOG_MODE_HEX },  { FALSE, FALSE, TL_LOG_MODE_TEXT },
    { FALSE, FALSE, TL_LOG_MODE_HEX },  { FALSE, FALSE, TL_LOG_MODE_HEX_DUMP },
  };
  static guint8 data[60000];

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    for (guint kind = 0; kind < 3; kind++)
      {
        GType type = table[i].bubbles || (table[i].wrap && table[i].mode != TL_LOG_MODE_HEX_DUMP) ? TL_TYPE_LOG_TEXT : GTK_TYPE_INSCRIPTION;
        Fixture self = { 0 };
        glong longest = 0;

        fixture_init (&self, 900, 500);
        g_object_set (self.view, "bubbles", table[i].bubbles, "wrap", table[i].wrap, "mode", table[i].mode, NULL);
        /* One word, control characters that are spelled, many short lines. */
        memset (data, kind == 0 ? 'x' : kind == 1 ? '\r' : '\n', sizeof data);
        for (guint n = 0; n < 300; n++)
          append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", data, sizeof data);
        tl_message_log_flush (self.log);
        tl_ui_test_frames (self.window, 3);
        g_assert_cmpuint (tl_log_list_get_n_bound (TL_LOG_LIST (list (&self))), <=, 250);
        g_assert_cmpuint (count_texts (list (&self), type, &longest), >, 0);
        g_assert_cmpint (longest, <=, table[i].mode == TL_LOG_MODE_HEX_DUMP ? TL_MESSAGE_DUMP_LINES * 80 : TL_MESSAGE_LINES_CHARS + 2);
        g_assert_cmpint (longest, >, 10);
        fixture_clear (&self);
      }
}

static TlLogText *
find_more (Fixture *self)
{
  return TL_LOG_TEXT (gtk_widget_get_last_child (tl_ui_test_find (list (self), TL_TYPE_LOG_BUBBLE)));
}

static void
test_show_all (void)
{
  g_autofree char *long_text = g_strnfill (5000, 'y');
  Fixture self = { 0 };

  fixture_init (&self, 900, 600);
  g_object_set (self.view, "bubbles", TRUE, NULL);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", long_text, -1);
  wait_text (&self, "Show all 5000 bytes…");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (find_more (&self))));
  tl_ui_test_screenshot (self.window, "log-show-all");
  g_signal_emit_by_name (tl_ui_test_find (list (&self), TL_TYPE_LOG_BUBBLE), "show-all");
  g_assert_true (gtk_widget_get_visible (tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_MESSAGE_DETAILS)));
  tl_message_log_clear (self.log);

  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", long_text, 300);
  wait_text (&self, "yyy");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (find_more (&self))));
  fixture_clear (&self);
}

static gboolean
file_is_there (gpointer data)
{
  return g_file_test (data, G_FILE_TEST_EXISTS);
}

static void
test_export (void)
{
  Fixture self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("tonglu-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "rows.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  fixture_init (&self, 600, 400);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "kept", -1);
  append (&self, TL_MESSAGE_SENT, "10.0.0.1:1", "left out", -1);
  tl_message_log_flush (self.log);
  g_object_set (self.view, "show", TL_LOG_SHOW_RECEIVED, NULL);
  wait_rows (&self, 1);
  tl_log_view_export (self.view, file, TL_EXPORT_SHOWN, TL_EXPORT_CSV);
  tl_ui_test_wait (file_is_there, path, "the exported file");
  tl_ui_test_frames (self.window, 3);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "kept"));
  g_assert_null (strstr (text, "left out"));
  g_assert_cmpint (g_remove (path), ==, 0);

  tl_log_view_export (self.view, file, TL_EXPORT_ALL, TL_EXPORT_TEXT);
  tl_ui_test_wait (file_is_there, path, "the exported file");
  tl_ui_test_frames (self.window, 3);
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_nonnull (strstr (text, "kept"));
  g_assert_nonnull (strstr (text, "left out"));
  g_assert_cmpint (g_remove (path), ==, 0);

  g_object_set (self.view, "show", TL_LOG_SHOW_ALL, NULL);
  wait_rows (&self, 2);
  gtk_selection_model_select_item (tl_log_view_get_rows (self.view), 1, TRUE);
  tl_log_view_export (self.view, file, TL_EXPORT_SELECTED, TL_EXPORT_JSON_LINES);
  tl_ui_test_wait (file_is_there, path, "the exported file");
  tl_ui_test_frames (self.window, 3);
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_null (strstr (text, "kept"));
  g_assert_nonnull (strstr (text, "left out"));
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  fixture_clear (&self);
}

/* The name of the file follows the format, and what has no messages cannot be chosen. */
static void
test_export_dialog (void)
{
  GtkWidget *dialog = tl_export_dialog_new (NULL, 3, 0, 2);
  TlExportDialog *self = TL_EXPORT_DIALOG (dialog);
  static const char *const suffixes[] = { ".txt", ".csv", ".jsonl", ".bin", ".bin", ".c", ".pcap" };

  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_cmpint (tl_export_dialog_get_what (self), ==, TL_EXPORT_ALL);
  tl_export_dialog_set_what (self, TL_EXPORT_SELECTED);
  g_assert_cmpint (tl_export_dialog_get_what (self), ==, TL_EXPORT_SELECTED);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = NULL;

      tl_export_dialog_set_format (self, i);
      name = tl_export_dialog_dup_name (self);
      g_assert_true (g_str_has_suffix (name, suffixes[i]));
    }
  tl_ui_test_frames (dialog, 3);
  tl_ui_test_screenshot (dialog, "export-dialog");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

typedef struct {
  char    *text;
  gboolean done;
} Clip;

static void
clip_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Clip *clip = data;

  clip->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  clip->done = TRUE;
}

static gboolean
clip_done (gpointer data)
{
  return ((Clip *) data)->done;
}

static void
assert_clipboard (Fixture    *self,
                  const char *text)
{
  Clip clip = { 0 };

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self->view)), NULL, clip_cb, &clip);
  tl_ui_test_wait (clip_done, &clip, "the clipboard");
  g_assert_cmpstr (clip.text, ==, text);
  g_free (clip.text);
}

static void
test_copy (void)
{
  Fixture self = { 0 };
  GtkSelectionModel *rows;

  fixture_init (&self, 600, 400);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "one\r\n", -1);
  append (&self, TL_MESSAGE_SENT, "10.0.0.1:1", "\x01\xff", 2);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "three", -1);
  tl_message_log_flush (self.log);
  wait_rows (&self, 3);
  rows = tl_log_view_get_rows (self.view);

  gtk_selection_model_select_item (rows, 1, TRUE);
  action (&self, "log.copy-hex");
  assert_clipboard (&self, "01 FF");
  gtk_selection_model_select_item (rows, 0, TRUE);
  gtk_selection_model_select_item (rows, 2, FALSE);
  action (&self, "log.copy");
  assert_clipboard (&self, "one\r\nthree");
  action (&self, "log.select-all");
  action (&self, "log.copy-hex");
  assert_clipboard (&self, "6F 6E 65 0D 0A\n01 FF\n74 68 72 65 65");
  fixture_clear (&self);
}

static void
test_details (void)
{
  Fixture self = { 0 };
  GtkWidget *details;
  g_autofree char *large = g_strnfill (100000, 'x');
  g_autofree char *first = NULL;
  g_autofree char *all = NULL;
  g_autofree char *dump = NULL;

  memcpy (large + 99990, "THE_END\0<>", 10);
  fixture_init (&self, 900, 600);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", large, 100000);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "after", -1);
  tl_message_log_flush (self.log);
  wait_rows (&self, 2);
  gtk_selection_model_select_item (tl_log_view_get_rows (self.view), 0, TRUE);
  action (&self, "log.details");
  details = tl_ui_test_find (GTK_WIDGET (self.view), TL_TYPE_MESSAGE_DETAILS);
  g_assert_true (gtk_widget_get_visible (details));
  first = tl_message_details_dup_text (TL_MESSAGE_DETAILS (details));
  g_assert_cmpuint (strlen (first), <, 70000);
  g_assert_null (strstr (first, "THE_END"));
  tl_ui_test_screenshot (self.window, "log-details");

  g_signal_emit_by_name (tl_ui_test_find (gtk_widget_get_last_child (details), GTK_TYPE_BUTTON), "clicked");
  all = tl_message_details_dup_text (TL_MESSAGE_DETAILS (details));
  g_assert_true (strstr (all, "THE_END␀<>") || strstr (all, "THE_END‹NUL›<>"));

  /* It stays there when the log has dropped it. */
  action (&self, "log.clear");
  wait_rows (&self, 0);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (tl_ui_test_find (details, GTK_TYPE_DROP_DOWN)), TL_LOG_MODE_HEX_DUMP);
  dump = tl_message_details_dup_text (TL_MESSAGE_DETAILS (details));
  g_assert_nonnull (strstr (dump, "54 48  45 5F 45 4E 44 00 3C 3E"));
  fixture_clear (&self);
}

static void
test_default_look (void)
{
  g_autoptr (TlSession) udp = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  Fixture self = { 0 };
  gboolean bubbles;

  fixture_init (&self, 600, 400);
  g_object_get (self.view, "bubbles", &bubbles, NULL);
  g_assert_false (bubbles);
  tl_log_view_set_session (self.view, udp);
  g_object_get (self.view, "bubbles", &bubbles, NULL);
  g_assert_true (bubbles);
  tl_log_view_set_session (self.view, self.session);
  g_object_get (self.view, "bubbles", &bubbles, NULL);
  g_assert_false (bubbles);
  g_assert_finalize_object (g_steal_pointer (&udp));
  fixture_clear (&self);
}

static void
test_framing (void)
{
  Fixture self = { 0 };
  g_autoptr (TlFraming) lines = tl_framing_new (TL_FRAMING_LINES);

  fixture_init (&self, 600, 400);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "one\ntw", -1);
  append (&self, TL_MESSAGE_RECEIVED, "10.0.0.1:1", "o\nthree\n", -1);
  tl_message_log_flush (self.log);
  wait_rows (&self, 2);
  tl_session_set_framing (self.session, lines);
  wait_rows (&self, 3);
  wait_controls (&self, "two␊");
  fixture_clear (&self);
}

static void
append_conversation (Fixture *self)
{
  const char *theirs = "192.168.1.20:7856";
  g_autofree char *large = g_strnfill (300, 'A');

  append (self, TL_MESSAGE_EVENT, NULL, "正在监听 0.0.0.0:7855", -1);
  append (self, TL_MESSAGE_CALL, NULL, "bind(7, 0.0.0.0:7855) = 0", -1);
  append (self, TL_MESSAGE_RECEIVED, theirs, "你好", -1);
  append (self, TL_MESSAGE_SENT, theirs, "你好，我是通路。今天的温度是 23.5 ℃，湿度 40 %。", -1);
  append (self, TL_MESSAGE_RECEIVED, theirs, "AT+CSQ\r\n+CSQ: 23,0\r\nOK\r\n", -1);
  append (self, TL_MESSAGE_SENT, theirs, "\x01\x03\x00\x00\x00\x0a\xc5\xcd", 8);
  append (self, TL_MESSAGE_RECEIVED, "[fe80::1ff:fe23:4567:890a%eth0]:49152", "<b>not bold</b> & \x1b[31mnot red", -1);
  append (self, TL_MESSAGE_WARNING, theirs, "对端没有程序在这个端口上接收（ICMP 端口不可达）", -1);
  append (self, TL_MESSAGE_ERROR, NULL, "端口 7855 已被占用（bind: Address already in use）", -1);
  append (self, TL_MESSAGE_RECEIVED, theirs, large, 300);
  append (self, TL_MESSAGE_SENT, theirs, "OK", -1);
}

static void
test_screenshots (void)
{
  static const int widths[] = { 900, 360 };
  static const char *const modes[] = { "text", "hex-dump" };

  for (gsize w = 0; w < G_N_ELEMENTS (widths); w++)
    for (gboolean bubbles = FALSE; bubbles <= TRUE; bubbles++)
      {
        Fixture self = { 0 };

        fixture_init (&self, widths[w], 640);
        g_object_set (self.view, "bubbles", bubbles, "show-calls", TRUE, NULL);
        append_conversation (&self);
        wait_rows (&self, 11);
        wait_text (&self, "你好");
        for (gsize m = 0; m < G_N_ELEMENTS (modes); m++)
          for (gboolean dark = FALSE; dark <= TRUE; dark++)
            {
              g_autofree char *name = g_strdup_printf ("%s-%s-%d-%s", bubbles ? "bubbles" : "table", modes[m], widths[w],
                                                       dark ? "dark" : "light");

              g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.view), "log.mode", "s", modes[m]));
              tl_ui_test_set_dark (dark);
              tl_ui_test_frames (self.window, 6);
              tl_ui_test_screenshot (self.window, name);
              g_assert_cmpint (gtk_widget_get_width (self.window), <=, widths[w]);
            }
        tl_ui_test_set_dark (FALSE);
        g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self.view), "log.mode", "s", "text"));
        if (!bubbles)
          {
            g_autofree char *name = g_strdup_printf ("table-wrap-%d", widths[w]);

            g_object_set (self.view, "wrap", TRUE, NULL);
            tl_ui_test_frames (self.window, 6);
            tl_ui_test_screenshot (self.window, name);
          }
        fixture_clear (&self);
      }
}

int
main (int    argc,
      char **argv)
{
  tl_ui_test_init (&argc, &argv);
  g_test_add_func ("/log-view/empty", test_empty);
  g_test_add_data_func ("/log-view/many/table", GINT_TO_POINTER (FALSE), test_many);
  g_test_add_data_func ("/log-view/many/bubbles", GINT_TO_POINTER (TRUE), test_many);
  g_test_add_data_func ("/log-view/literal/table", GINT_TO_POINTER (FALSE), test_literal);
  g_test_add_data_func ("/log-view/literal/bubbles", GINT_TO_POINTER (TRUE), test_literal);
  g_test_add_data_func ("/log-view/charset/table", GINT_TO_POINTER (FALSE), test_charset);
  g_test_add_data_func ("/log-view/charset/bubbles", GINT_TO_POINTER (TRUE), test_charset);
  g_test_add_func ("/log-view/split-character", test_split_character);
  g_test_add_func ("/log-view/filter", test_filter);
  g_test_add_func ("/log-view/find", test_find);
  g_test_add_data_func ("/log-view/follow/table", GINT_TO_POINTER (FALSE), test_follow);
  g_test_add_data_func ("/log-view/follow/bubbles", GINT_TO_POINTER (TRUE), test_follow);
  g_test_add_func ("/log-view/bubbles", test_bubbles);
  g_test_add_func ("/log-view/large-messages", test_large_messages);
  g_test_add_func ("/log-view/show-all", test_show_all);
  g_test_add_func ("/log-view/export", test_export);
  g_test_add_func ("/log-view/export-dialog", test_export_dialog);
  g_test_add_func ("/log-view/copy", test_copy);
  g_test_add_func ("/log-view/details", test_details);
  g_test_add_func ("/log-view/default-look", test_default_look);
  g_test_add_func ("/log-view/framing", test_framing);
  g_test_add_func ("/log-view/screenshots", test_screenshots);
  return g_test_run ();
}
