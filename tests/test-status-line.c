/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The counters of a session, and the graph of its rate. */
#include "tl-rate-graph.h"
#include "tl-status-line.h"

#include "tl-fake-session.h"
#include "tl-ui-test.h"

static GtkLabel *
find_label (GtkWidget  *widget,
            const char *part)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), part))
    return GTK_LABEL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkLabel *found = find_label (child, part);

      if (found)
        return found;
    }
  return NULL;
}

static TlPeer *
first_peer (TlFakeSession *session)
{
  g_autoptr (TlPeer) peer = g_list_model_get_item (tl_session_get_peers (TL_SESSION (session)), 0);

  return peer;
}

static void
traffic (TlFakeSession *session,
         guint          n)
{
  static const guint8 data[1000];

  for (guint i = 0; i < n; i++)
    tl_session_received (TL_SESSION (session), first_peer (session), g_get_real_time (), data, sizeof data);
  tl_session_sent (TL_SESSION (session), first_peer (session), g_get_real_time (), data, 10);
}

static void
test_counters (void)
{
  g_autoptr (TlFakeSession) session = fake_session_new (1);
  GtkWidget *line = g_object_new (TL_TYPE_STATUS_LINE, "session", session, NULL);
  GtkWidget *window = tl_ui_test_window (line, 900, 60);

  g_assert_nonnull (find_label (line, "Received 0 messages"));
  traffic (session, 3);
  test_wait (find_label (line, "Received 3 messages · 3.0") != NULL);
  g_assert_nonnull (find_label (line, "Sent 1 message · 10 bytes"));

  g_assert_true (gtk_widget_activate_action (line, "counters.clear", NULL));
  g_assert_nonnull (find_label (line, "Received 0 messages"));
  g_assert_cmpuint (tl_session_get_counters (TL_SESSION (session))->rx_messages, ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_drops (void)
{
  g_autoptr (TlFakeSession) session = fake_session_new (1);
  GtkWidget *line = g_object_new (TL_TYPE_STATUS_LINE, "session", session, NULL);
  GtkWidget *window = tl_ui_test_window (line, 900, 60);
  GtkWidget *drops = GTK_WIDGET (find_label (line, "kernel: 0"));

  /* No datagrams, nothing to drop. */
  g_assert_false (gtk_widget_get_visible (drops));
  tl_session_add_kernel_drops (TL_SESSION (session), 1234);
  test_wait (gtk_widget_get_visible (drops));
  g_assert_true (gtk_widget_has_css_class (drops, "warning"));
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (drops)), "1234"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Who looks at answers that nobody typed sees what makes them, from the moment that it is set. */
static void
test_auto_reply (void)
{
  g_autoptr (TlFakeSession) session = fake_session_new (1);
  TlAutoReply *reply = tl_session_get_auto_reply (TL_SESSION (session));
  GtkWidget *line = g_object_new (TL_TYPE_STATUS_LINE, "session", session, NULL);
  GtkWidget *window = tl_ui_test_window (line, 900, 60);
  GtkWidget *label;

  g_assert_null (find_label (line, "Auto-reply"));
  g_object_set (reply, "mode", TL_REPLY_ECHO, NULL);
  label = GTK_WIDGET (find_label (line, "Auto-reply: echo"));
  g_assert_nonnull (label);
  g_assert_true (gtk_widget_get_mapped (label));
  g_assert_false (gtk_widget_has_css_class (label, "warning"));

  tl_session_add_held_reply (TL_SESSION (session));
  test_wait (gtk_widget_has_css_class (label, "warning"));

  g_object_set (reply, "mode", TL_REPLY_OFF, NULL);
  g_assert_false (gtk_widget_get_mapped (label));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_no_session (void)
{
  g_autoptr (TlFakeSession) session = fake_session_new (1);
  g_autoptr (GtkWidget) line = g_object_ref_sink (tl_status_line_new ());

  g_assert_nonnull (find_label (line, "Sent 0 messages"));
  tl_status_line_set_session (TL_STATUS_LINE (line), TL_SESSION (session));
  tl_status_line_set_session (TL_STATUS_LINE (line), NULL);
  traffic (session, 1);
  g_assert_nonnull (find_label (line, "Received 0 messages"));
  g_clear_object (&line);
  g_assert_finalize_object (g_steal_pointer (&session));
}

static void
test_graph (void)
{
  g_autoptr (TlRateGraph) graph = g_object_ref_sink (TL_RATE_GRAPH (tl_rate_graph_new ()));
  guint64 samples[TL_RATE_GRAPH_SAMPLES] = { 0 };

  g_assert_cmpuint (tl_rate_graph_get_peak (graph), ==, 0);
  samples[3] = 7;
  samples[59] = 1000;
  tl_rate_graph_set_samples (graph, samples);
  g_assert_cmpuint (tl_rate_graph_get_peak (graph), ==, 1000);
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (GTK_WIDGET (graph)), "1.0"));
  tl_rate_graph_set_samples (graph, NULL);
  g_assert_cmpuint (tl_rate_graph_get_peak (graph), ==, 0);
}

static void
test_look (void)
{
  static const int widths[] = { 900, 360 };
  g_autoptr (TlFakeSession) session = fake_session_new (1);
  guint64 samples[TL_RATE_GRAPH_SAMPLES];

  traffic (session, 1200);
  tl_session_add_kernel_drops (TL_SESSION (session), 17);
  for (guint i = 0; i < TL_RATE_GRAPH_SAMPLES; i++)
    samples[i] = i % 17 * i;

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      GtkWidget *line = g_object_new (TL_TYPE_STATUS_LINE, "session", session, NULL);
      GtkWidget *window = tl_ui_test_window (line, widths[i], 60);
      g_autofree char *light = g_strdup_printf ("status-light-%d", widths[i]);
      g_autofree char *dark = g_strdup_printf ("status-dark-%d", widths[i]);

      tl_rate_graph_set_samples (TL_RATE_GRAPH (tl_ui_test_find (line, TL_TYPE_RATE_GRAPH)), samples);
      tl_ui_test_set_dark (FALSE);
      tl_ui_test_screenshot (window, light);
      tl_ui_test_set_dark (TRUE);
      tl_ui_test_screenshot (window, dark);
      tl_ui_test_set_dark (FALSE);
      g_assert_cmpint (gtk_widget_get_width (line), <=, widths[i]);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

int
main (int    argc,
      char **argv)
{
  tl_ui_test_init (&argc, &argv);
  g_test_add_func ("/status-line/counters", test_counters);
  g_test_add_func ("/status-line/drops", test_drops);
  g_test_add_func ("/status-line/auto-reply", test_auto_reply);
  g_test_add_func ("/status-line/no-session", test_no_session);
  g_test_add_func ("/status-line/graph", test_graph);
  g_test_add_func ("/status-line/look", test_look);
  return g_test_run ();
}
