/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Highlight rules in the rows of a log view, in their window, and in the settings. */

#include "tl-log-view-test.h"

#include "tl-highlight-home.h"
#include "tl-highlight-row.h"
#include "tl-highlight-window.h"
#include "tl-log-bubble.h"

static TlHighlightRule *
add_rule (TlPatternKind    kind,
          const char      *text,
          TlHighlightColor color)
{
  g_autoptr (TlHighlightRule) rule = tl_highlight_rule_new ();

  g_object_set (rule, "kind", kind, "text", text, "color", color, NULL);
  g_list_store_append (tl_highlight_rules_get_list (tl_highlight_home_get ()), rule);
  return rule;
}

static guint
count_class (GtkWidget  *widget,
             const char *name)
{
  guint n = gtk_widget_has_css_class (widget, name);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_class (child, name);
  return n;
}

typedef struct {
  Fixture    *fixture;
  const char *name;
  guint       n;
} Awaited;

static gboolean
has_class (gpointer data)
{
  const Awaited *awaited = data;

  return list (awaited->fixture) != NULL && count_class (list (awaited->fixture), awaited->name) == awaited->n;
}

static void
wait_class (Fixture    *self,
            const char *name,
            guint       n)
{
  Awaited awaited = { self, name, n };

  tl_ui_test_wait (has_class, &awaited, name);
}

static void
test_rows (void)
{
  for (gboolean bubbles = FALSE; bubbles <= TRUE; bubbles++)
    {
      Fixture self = { 0 };
      TlHighlightRule *rule;

      fixture_init (&self, 900, 640);
      g_object_set (self.view, "bubbles", bubbles, NULL);
      for (guint i = 0; i < 6; i++)
        append (&self, i % 2 == 0 ? TL_MESSAGE_RECEIVED : TL_MESSAGE_SENT, "192.168.1.20:8899", i < 4 ? "alarm 1" : "calm", -1);
      wait_rows (&self, 6);
      wait_text (&self, "calm");
      g_assert_cmpuint (count_class (list (&self), "tl-hl"), ==, 0);
      rule = add_rule (TL_PATTERN_TEXT, "ALARM", TL_HIGHLIGHT_RED);
      wait_class (&self, "tl-hl-red", 4);
      g_object_set (rule, "direction", TL_HIGHLIGHT_SENT, "color", TL_HIGHLIGHT_GREEN, "bold", TRUE, NULL);
      wait_class (&self, "tl-hl-green", 2);
      wait_class (&self, "tl-hl-red", 0);
      wait_class (&self, "tl-hl-bold", 2);
      /* Of what comes later, too. */
      append (&self, TL_MESSAGE_SENT, "192.168.1.20:8899", "alarm 2", -1);
      wait_class (&self, "tl-hl-green", 3);
      g_object_set (rule, "enabled", FALSE, NULL);
      wait_class (&self, "tl-hl", 0);
      g_list_store_remove_all (tl_highlight_rules_get_list (tl_highlight_home_get ()));
      fixture_clear (&self);
    }
}

/* All the colours, to be looked at. */
static void
test_colors (void)
{
  for (TlHighlightColor color = 0; color < TL_N_HIGHLIGHT_COLORS; color++)
    {
      g_autofree char *text = g_strdup_printf ("n%u", color);

      g_object_set (add_rule (TL_PATTERN_TEXT, text, color), "bold", color % 3 == 0, NULL);
    }
  for (gboolean bubbles = FALSE; bubbles <= TRUE; bubbles++)
    for (gboolean dark = FALSE; dark <= TRUE; dark++)
      {
        Fixture self = { 0 };
        g_autofree char *name = g_strdup_printf ("highlight-%s-%s", bubbles ? "bubbles" : "table", dark ? "dark" : "light");

        fixture_init (&self, 700, 800);
        tl_ui_test_set_dark (dark);
        g_object_set (self.view, "bubbles", bubbles, NULL);
        for (guint i = 0; i < 10; i++)
          {
            g_autofree char *text = g_strdup_printf ("n%u 温度 23.5 ℃ temperature", i);

            append (&self, i % 2 == 0 ? TL_MESSAGE_RECEIVED : TL_MESSAGE_SENT, "192.168.1.20:8899", text, -1);
          }
        wait_class (&self, "tl-hl", TL_N_HIGHLIGHT_COLORS);
        tl_ui_test_frames (self.window, 6);
        tl_ui_test_screenshot (self.window, name);
        tl_ui_test_set_dark (FALSE);
        fixture_clear (&self);
      }
  g_list_store_remove_all (tl_highlight_rules_get_list (tl_highlight_home_get ()));
}

static void
test_window (void)
{
  TlHighlightRules *rules = tl_highlight_home_get ();
  GListModel *model = G_LIST_MODEL (tl_highlight_rules_get_list (rules));
  GtkWidget *window = tl_highlight_window_new (rules, NULL);
  g_autoptr (TlHighlightRule) first = NULL;
  g_autoptr (TlHighlightRule) moved = NULL;
  g_autofree char *text = NULL;
  GtkWidget *row;

  gtk_window_set_default_size (GTK_WINDOW (window), 360, 520);
  gtk_window_present (GTK_WINDOW (window));
  tl_ui_test_wait (tl_ui_test_is_mapped, window, "the window to be mapped");
  tl_ui_test_frames (window, 3);
  tl_ui_test_screenshot (window, "highlight-window-none");
  for (guint i = 0; i < 3; i++)
    g_assert_true (gtk_widget_activate_action (window, "highlights.add", NULL));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 3);
  row = tl_ui_test_find (window, TL_TYPE_HIGHLIGHT_ROW);
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_template_child (row, TL_TYPE_HIGHLIGHT_ROW, "text")), "(");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (gtk_widget_get_template_child (row, TL_TYPE_HIGHLIGHT_ROW, "kind")), TL_PATTERN_REGEX);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (gtk_widget_get_template_child (row, TL_TYPE_HIGHLIGHT_ROW, "color")), TL_HIGHLIGHT_PURPLE);
  first = g_list_model_get_item (model, 0);
  g_object_get (first, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "(");
  g_assert_cmpint (tl_highlight_rule_get_color (first), ==, TL_HIGHLIGHT_PURPLE);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (gtk_widget_get_template_child (row, TL_TYPE_HIGHLIGHT_ROW, "error"))));
  tl_ui_test_frames (window, 6);
  tl_ui_test_screenshot (window, "highlight-window-360");
  g_assert_cmpint (gtk_widget_get_width (window), <=, 360);

  g_assert_true (gtk_widget_activate_action (row, "row.down", NULL));
  moved = g_list_model_get_item (model, 1);
  g_assert_true (moved == first);
  row = tl_ui_test_find (window, TL_TYPE_HIGHLIGHT_ROW);
  g_assert_true (gtk_widget_activate_action (row, "row.remove", NULL));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 2);
  gtk_window_destroy (GTK_WINDOW (window));
  tl_ui_test_settle ();
  g_list_store_remove_all (tl_highlight_rules_get_list (rules));
}

static gboolean
is_kept (gpointer data)
{
  g_autoptr (GVariant) kept = g_settings_get_value (data, "highlight-rules");

  return g_variant_n_children (kept) == 1;
}

/* From one start of the program to the next. */
static void
test_settings (void)
{
  g_autoptr (GSettings) settings = g_settings_new (TL_APPLICATION_ID);
  g_autoptr (TlHighlightRule) rule = NULL;
  g_autofree char *text = NULL;

  tl_highlight_home_start (settings);
  add_rule (TL_PATTERN_HEX, "0D 0A", TL_HIGHLIGHT_BROWN);
  tl_ui_test_wait (is_kept, settings, "the rule to be kept");
  g_object_set (add_rule (TL_PATTERN_TEXT, "late", TL_HIGHLIGHT_BLUE), "enabled", FALSE, NULL);
  tl_highlight_home_close ();

  tl_highlight_home_start (settings);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tl_highlight_rules_get_list (tl_highlight_home_get ()))), ==, 2);
  rule = g_list_model_get_item (G_LIST_MODEL (tl_highlight_rules_get_list (tl_highlight_home_get ())), 0);
  g_object_get (rule, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "0D 0A");
  g_assert_cmpint (tl_highlight_rule_get_color (rule), ==, TL_HIGHLIGHT_BROWN);
  tl_highlight_home_close ();
}

int
main (int    argc,
      char **argv)
{
  tl_ui_test_init (&argc, &argv);
  g_test_add_func ("/log-view-highlight/rows", test_rows);
  g_test_add_func ("/log-view-highlight/colors", test_colors);
  g_test_add_func ("/log-view-highlight/window", test_window);
  g_test_add_func ("/log-view-highlight/settings", test_settings);
  return g_test_run ();
}
