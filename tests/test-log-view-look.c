/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a log view looks: bubbles, messages too large to be laid out whole, pictures. */

#include "tl-log-view-test.h"

#include "tl-log-bubble.h"
#include "tl-message-details.h"

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
  g_test_add_func ("/log-view/bubbles", test_bubbles);
  g_test_add_func ("/log-view/large-messages", test_large_messages);
  g_test_add_func ("/log-view/show-all", test_show_all);
  g_test_add_func ("/log-view/screenshots", test_screenshots);
  return g_test_run ();
}
