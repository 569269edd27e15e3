/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom one talks to, and the list that shows it. */

#include "tl-mute-session.h"
#include "tl-peer-pane.h"
#include "tl-peer-adder.h"
#include "tl-peer-row.h"
#include "tl-udp-session.h"

#include "tl-ui-test.h"

static void
count_cb (guint *count)
{
  ++*count;
}

static void
test_targets (void)
{
  g_autoptr (TlSession) session = tl_mute_session_new ();
  g_autoptr (TlPeerSelection) selection = tl_peer_selection_new ();
  guint changes = 0;
  TlPeer *first, *second;

  g_signal_connect_swapped (selection, "changed", G_CALLBACK (count_cb), &changes);
  tl_peer_selection_set_session (selection, session);
  g_assert_null (tl_peer_selection_dup_targets (selection));

  first = tl_mute_session_add (session, 0);
  second = tl_mute_session_add (session, 1);
  g_assert_cmpuint (tl_peer_selection_get_n_peers (selection), ==, 2);
  g_assert_null (tl_peer_selection_dup_targets (selection));

  changes = 0;
  g_assert_true (tl_peer_selection_select (selection, second, FALSE));
  g_assert_cmpuint (changes, >, 0);
  {
    g_autoptr (GPtrArray) targets = tl_peer_selection_dup_targets (selection);

    g_assert_cmpuint (targets->len, ==, 1);
    g_assert_true (g_ptr_array_index (targets, 0) == second);
  }

  gtk_selection_model_select_all (tl_peer_selection_get_model (selection));
  g_assert_cmpuint (tl_peer_selection_get_n_selected (selection), ==, 2);
  tl_session_remove_peer (session, first);
  g_assert_cmpuint (tl_peer_selection_get_n_selected (selection), ==, 1);
  g_assert_false (tl_peer_selection_is_orphaned (selection));
}

/* What is written for one must not go to all because that one left. */
static void
test_orphaned (void)
{
  g_autoptr (TlSession) session = tl_mute_session_new ();
  g_autoptr (TlPeerSelection) selection = tl_peer_selection_new ();
  g_autoptr (GPtrArray) nobody = NULL;
  TlPeer *first, *second;

  tl_peer_selection_set_session (selection, session);
  first = tl_mute_session_add (session, 0);
  second = tl_mute_session_add (session, 1);
  tl_peer_selection_select (selection, first, FALSE);
  tl_session_remove_peer (session, first);

  g_assert_true (tl_peer_selection_is_orphaned (selection));
  nobody = tl_peer_selection_dup_targets (selection);
  g_assert_nonnull (nobody);
  g_assert_cmpuint (nobody->len, ==, 0);

  /* Somebody who comes is not meant either. */
  tl_mute_session_add (session, 2);
  g_assert_true (tl_peer_selection_is_orphaned (selection));

  tl_peer_selection_clear (selection);
  g_assert_false (tl_peer_selection_is_orphaned (selection));
  g_assert_null (tl_peer_selection_dup_targets (selection));

  tl_peer_selection_select (selection, second, FALSE);
  tl_peer_selection_set_needle (selection, "nobody");
  g_assert_true (tl_peer_selection_is_orphaned (selection));
}

static void
test_last_one_left (void)
{
  g_autoptr (TlSession) session = tl_mute_session_new ();
  g_autoptr (TlPeerSelection) selection = tl_peer_selection_new ();
  TlPeer *only;

  tl_peer_selection_set_session (selection, session);
  only = tl_mute_session_add (session, 0);
  tl_peer_selection_select (selection, only, FALSE);
  tl_session_remove_peer (session, only);
  g_assert_false (tl_peer_selection_is_orphaned (selection));
}

static GtkLabel *
find_label (GtkWidget  *widget,
            const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL)
    return GTK_LABEL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkLabel *found = find_label (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_row (void)
{
  g_autoptr (TlSession) session = tl_mute_session_new ();
  TlPeer *peer = tl_mute_session_add (session, 0);
  GtkWidget *row = tl_peer_row_new ();
  GtkWidget *window;

  tl_peer_row_set_peer (TL_PEER_ROW (row), peer);
  window = tl_ui_test_window (row, 300, 100);
  g_assert_nonnull (find_label (row, "10.0.0.1:7855"));
  g_assert_nonnull (find_label (row, "heard from"));
  g_assert_null (find_label (row, "broken pipe"));

  tl_peer_set_state (peer, TL_PEER_RESET, "broken pipe");
  tl_peer_count (peer, TRUE, 1, 1500);
  tl_peer_tick (peer);
  tl_ui_test_frames (window, 2);
  g_assert_nonnull (find_label (row, tl_peer_state_get_label (TL_PEER_RESET)));
  g_assert_nonnull (find_label (row, "broken pipe"));
  g_assert_nonnull (find_label (row, "1.5"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static guint
count_widgets (GtkWidget *widget,
               GType      type)
{
  guint n = g_type_is_a (G_OBJECT_TYPE (widget), type) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_widgets (child, type);
  return n;
}

static void
test_ten_thousand (void)
{
  g_autoptr (TlSession) session = tl_mute_session_new ();
  GtkWidget *pane = tl_peer_pane_new (session);
  GtkWidget *window = tl_ui_test_window (pane, 320, 600);
  GtkWidget *search;

  g_assert_nonnull (find_label (pane, "All peers (0)"));
  for (guint i = 0; i < 10000; i++)
    tl_mute_session_add (session, i);
  test_wait (find_label (pane, "All peers (10000)") != NULL);
  tl_ui_test_frames (window, 3);
  g_assert_cmpuint (count_widgets (pane, TL_TYPE_PEER_ROW), >, 5);
  g_assert_cmpuint (count_widgets (pane, TL_TYPE_PEER_ROW), <, 500);

  search = tl_ui_test_find (pane, GTK_TYPE_SEARCH_ENTRY);
  g_assert_true (gtk_widget_get_mapped (search));
  tl_peer_selection_set_needle (tl_peer_pane_get_selection (TL_PEER_PANE (pane)), "10.0.39.250");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tl_peer_selection_get_model (tl_peer_pane_get_selection (TL_PEER_PANE (pane))))), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_acts (void)
{
  g_autoptr (TlSession) session = tl_mute_session_new ();
  GtkWidget *pane = tl_peer_pane_new (session);
  GtkWidget *window = tl_ui_test_window (pane, 320, 600);
  TlPeerSelection *selection = tl_peer_pane_get_selection (TL_PEER_PANE (pane));
  TlPeer *peer = tl_mute_session_add (session, 4);
  guint asked = 0;
  g_autofree char *text = NULL;
  g_autoptr (GdkContentProvider) content = NULL;
  GValue value = G_VALUE_INIT;

  g_signal_connect_swapped (pane, "send-to", G_CALLBACK (count_cb), &asked);
  g_assert_false (gtk_widget_activate_action (pane, "peers.send-to", NULL) && asked > 0);

  tl_mute_session_add (session, 5);
  tl_peer_selection_select (selection, peer, FALSE);
  g_assert_nonnull (find_label (pane, "1 of 2 peers selected"));
  gtk_widget_activate_action (pane, "peers.send-to", NULL);
  g_assert_cmpuint (asked, ==, 1);

  gtk_widget_activate_action (pane, "peers.copy-address", NULL);
  content = g_object_ref (gdk_clipboard_get_content (gtk_widget_get_clipboard (pane)));
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));
  g_assert_cmpstr (g_value_get_string (&value), ==, "10.0.0.5:7855");
  g_value_unset (&value);

  gtk_widget_activate_action (pane, "peers.all", NULL);
  g_assert_cmpuint (tl_peer_selection_get_n_selected (selection), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
has_peer (gpointer session)
{
  return g_list_model_get_n_items (tl_session_get_peers (session)) > 0;
}

static gboolean
is_idle (gpointer adder)
{
  gboolean busy = TRUE;

  g_object_get (adder, "busy", &busy, NULL);
  return !busy;
}

static void
test_adder (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  GtkWidget *pane = tl_peer_pane_new (session);
  GtkWidget *window = tl_ui_test_window (pane, 320, 600);
  GtkWidget *adder = tl_ui_test_find (pane, TL_TYPE_PEER_ADDER);
  GtkWidget *entry = tl_ui_test_find (adder, GTK_TYPE_ENTRY);
  int height, other_height;
  static const char * const refused[] = { "256.1.1.1:80", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "[::1:80" };
  guint asked = 0;

  g_assert_true (gtk_widget_get_mapped (adder));
  gtk_widget_measure (adder, GTK_ORIENTATION_VERTICAL, 220, NULL, &height, NULL, NULL);
  g_signal_connect_swapped (pane, "send-to", G_CALLBACK (count_cb), &asked);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_object_set (adder, "text", refused[i], NULL);
      /* What is said of it moves nothing. */
      gtk_widget_measure (adder, GTK_ORIENTATION_VERTICAL, 220, NULL, &other_height, NULL, NULL);
      g_assert_cmpint (other_height, ==, height);
      g_assert_true (gtk_widget_has_css_class (entry, "error"));
      g_signal_emit_by_name (entry, "activate");
      g_assert_false (has_peer (session));
    }

  g_object_set (adder, "text", "１２７。０。０。１：9", NULL);
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  g_signal_emit_by_name (entry, "activate");
  tl_ui_test_wait (has_peer, session, "the peer to be added");
  tl_ui_test_wait (is_idle, adder, "the field to be ready again");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  g_assert_cmpuint (tl_peer_selection_get_n_selected (tl_peer_pane_get_selection (TL_PEER_PANE (pane))), ==, 1);
  g_assert_cmpuint (asked, ==, 1);

  gtk_widget_activate_action (pane, "peers.remove", NULL);
  g_assert_false (has_peer (session));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_null (gpointer pointer)
{
  return *(gpointer *) pointer == NULL;
}

/* A list over a session that is gone, and a look-up under way when the widget goes. */
static void
test_finalize (void)
{
  TlSession *session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  GtkWidget *pane = tl_peer_pane_new (session);
  GtkWidget *window = tl_ui_test_window (pane, 320, 600);
  GtkWidget *adder = tl_ui_test_find (pane, TL_TYPE_PEER_ADDER);

  g_object_set (adder, "text", "127.0.0.1:9", NULL);
  gtk_widget_activate_action (adder, "adder.add", NULL);
  g_object_add_weak_pointer (G_OBJECT (adder), (gpointer *) &adder);
  gtk_window_destroy (GTK_WINDOW (window));
  tl_ui_test_wait (is_null, &adder, "the look-up to let go of the field");
  g_assert_finalize_object (session);
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);

  g_test_add_func ("/peer-pane/targets", test_targets);
  g_test_add_func ("/peer-pane/orphaned", test_orphaned);
  g_test_add_func ("/peer-pane/last-one-left", test_last_one_left);
  g_test_add_func ("/peer-pane/row", test_row);
  g_test_add_func ("/peer-pane/ten-thousand", test_ten_thousand);
  g_test_add_func ("/peer-pane/acts", test_acts);
  g_test_add_func ("/peer-pane/adder", test_adder);
  g_test_add_func ("/peer-pane/finalize", test_finalize);

  return g_test_run ();
}
