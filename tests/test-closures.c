/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words, classes and sensitivities that the session page derives. */

#include "tl-closures.h"

#include <locale.h>

static const TlSessionState all_states[] = {
  TL_SESSION_CLOSED, TL_SESSION_OPENING, TL_SESSION_OPEN, TL_SESSION_CLOSING, TL_SESSION_FAILED, TL_SESSION_RECONNECTING,
};

static const TlKind all_kinds[] = { TL_KIND_UDP, TL_KIND_SERVER, TL_KIND_CLIENT };

static void
test_words_differ (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (all_kinds); k++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

      for (guint i = 0; i < G_N_ELEMENTS (all_states); i++)
        g_assert_true (g_hash_table_add (seen, (gpointer) tl_state_word (all_kinds[k], all_states[i])));
    }
  g_assert_cmpstr (tl_state_word (TL_KIND_SERVER, TL_SESSION_OPEN), ==, "Listening");
  g_assert_cmpstr (tl_state_word (TL_KIND_CLIENT, TL_SESSION_OPEN), ==, "Connected");
  g_assert_cmpstr (tl_state_word (TL_KIND_CLIENT, TL_SESSION_CLOSED), ==, "Not connected");
  g_assert_cmpstr (tl_state_word (TL_KIND_UDP, TL_SESSION_OPEN), ==, "Open");
}

static void
test_state_classes (void)
{
  static const struct {
    TlSessionState state;
    const char    *css_class;
    gboolean       active;
    gboolean       editable;
  } cases[] = {
    { TL_SESSION_CLOSED, "dim-label", FALSE, TRUE },
    { TL_SESSION_OPENING, "accent", TRUE, FALSE },
    { TL_SESSION_OPEN, "success", TRUE, FALSE },
    { TL_SESSION_CLOSING, "accent", TRUE, FALSE },
    { TL_SESSION_FAILED, "error", FALSE, TRUE },
    { TL_SESSION_RECONNECTING, "warning", TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpstr (tl_state_css_class (cases[i].state, TL_OUTCOME_NONE), ==, cases[i].css_class);
      g_assert_cmpint (tl_state_is_active (cases[i].state), ==, cases[i].active);
      g_assert_cmpint (tl_fields_editable (cases[i].state), ==, cases[i].editable);
      g_assert_nonnull (tl_state_icon_name (TL_KIND_SERVER, cases[i].state));
    }
}

static void
test_half_closed_class (void)
{
  g_assert_cmpstr (tl_state_css_class (TL_SESSION_OPEN, TL_OUTCOME_HALF_CLOSED_BY_PEER), ==, "warning");
  g_assert_cmpstr (tl_state_css_class (TL_SESSION_FAILED, TL_OUTCOME_RESET), ==, "error");
  g_assert_cmpstr (tl_state_css_class (TL_SESSION_CLOSED, TL_OUTCOME_CLOSED_BY_PEER), ==, "dim-label");
}

static void
test_button (void)
{
  static const struct {
    TlKind         kind;
    TlSessionState state;
    const char    *label;
  } labels[] = {
    { TL_KIND_UDP, TL_SESSION_CLOSED, "_Open" },
    { TL_KIND_UDP, TL_SESSION_FAILED, "_Open" },
    { TL_KIND_UDP, TL_SESSION_OPEN, "_Close" },
    { TL_KIND_SERVER, TL_SESSION_CLOSED, "_Start Listening" },
    { TL_KIND_SERVER, TL_SESSION_OPEN, "_Stop Listening" },
    { TL_KIND_SERVER, TL_SESSION_CLOSING, "_Stop Listening" },
    { TL_KIND_CLIENT, TL_SESSION_CLOSED, "C_onnect" },
    { TL_KIND_CLIENT, TL_SESSION_OPENING, "_Cancel" },
    { TL_KIND_CLIENT, TL_SESSION_RECONNECTING, "_Cancel" },
    { TL_KIND_CLIENT, TL_SESSION_OPEN, "_Disconnect" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    g_assert_cmpstr (tl_open_button_label (labels[i].kind, labels[i].state), ==, labels[i].label);

  for (guint i = 0; i < G_N_ELEMENTS (all_states); i++)
    {
      gboolean closing = all_states[i] == TL_SESSION_CLOSING;

      g_assert_cmpint (tl_open_button_sensitive (all_states[i], TRUE), ==, !closing);
      g_assert_cmpint (tl_open_button_sensitive (all_states[i], FALSE), ==,
                       tl_state_is_active (all_states[i]) && !closing);
    }
  g_assert_nonnull (tl_open_button_tooltip (TL_KIND_UDP, TL_SESSION_CLOSED, FALSE));
  g_assert_null (tl_open_button_tooltip (TL_KIND_UDP, TL_SESSION_OPEN, TRUE));
}

static void
test_retry (void)
{
  static const struct {
    gint64      retry_at;
    gint64      now;
    const char *text;
  } cases[] = {
    { 0, 5000000, "Reconnecting…" },
    { 4000000, 5000000, "Reconnecting…" },
    { 5000000, 5000000, "Reconnecting…" },
    { 5000001, 5000000, "Reconnecting in 1 second" },
    { 6000000, 5000000, "Reconnecting in 1 second" },
    { 6000001, 5000000, "Reconnecting in 2 seconds" },
    { 35000000, 5000000, "Reconnecting in 30 seconds" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = tl_state_retry_text (cases[i].retry_at, cases[i].now);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_peer_acts (void)
{
  static const struct {
    TlKind           kind;
    TlPeerState      state;
    TlDisconnectKind how;
    gboolean         possible;
  } cases[] = {
    { TL_KIND_UDP, TL_PEER_ACTIVE, TL_DISCONNECT_GRACEFUL, FALSE },
    { TL_KIND_SERVER, TL_PEER_ACTIVE, TL_DISCONNECT_GRACEFUL, TRUE },
    { TL_KIND_SERVER, TL_PEER_ACTIVE, TL_DISCONNECT_HALF_CLOSE, TRUE },
    { TL_KIND_CLIENT, TL_PEER_ACTIVE, TL_DISCONNECT_RESET, TRUE },
    { TL_KIND_SERVER, TL_PEER_HALF_CLOSED_LOCAL, TL_DISCONNECT_HALF_CLOSE, FALSE },
    { TL_KIND_SERVER, TL_PEER_HALF_CLOSED_LOCAL, TL_DISCONNECT_RESET, TRUE },
    { TL_KIND_SERVER, TL_PEER_CLOSING, TL_DISCONNECT_GRACEFUL, FALSE },
    { TL_KIND_SERVER, TL_PEER_CLOSING, TL_DISCONNECT_HALF_CLOSE, FALSE },
    { TL_KIND_SERVER, TL_PEER_CLOSING, TL_DISCONNECT_RESET, TRUE },
    { TL_KIND_SERVER, TL_PEER_HALF_CLOSED_REMOTE, TL_DISCONNECT_HALF_CLOSE, TRUE },
    { TL_KIND_SERVER, TL_PEER_CLOSED, TL_DISCONNECT_GRACEFUL, FALSE },
    { TL_KIND_SERVER, TL_PEER_RESET, TL_DISCONNECT_RESET, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (tl_peer_can_disconnect (cases[i].kind, cases[i].state, cases[i].how), ==, cases[i].possible);
  g_assert_true (tl_peer_state_is_alive (TL_PEER_UNREACHABLE));
  g_assert_false (tl_peer_state_is_alive (TL_PEER_RESET));
  g_assert_cmpstr (tl_peer_state_css_class (TL_PEER_ACTIVE), !=, tl_peer_state_css_class (TL_PEER_RESET));
}

static void
test_labels (void)
{
  g_autofree char *all = tl_all_peers_label (3);
  g_autofree char *selected = tl_selected_peers_label (2, 5);
  g_autofree char *received = tl_received_label (12, 1200);
  g_autofree char *sent = tl_sent_label (0, 0);
  g_autofree char *never = tl_date_and_time (0);
  g_autofree char *day = tl_date_and_time (G_GINT64_CONSTANT (1700000000000000));

  g_assert_cmpstr (all, ==, "All peers (3)");
  g_assert_cmpstr (selected, ==, "2 of 5 peers selected");
  g_assert_nonnull (strstr (received, "12"));
  g_assert_nonnull (strstr (received, "1.2"));
  g_assert_cmpstr (sent, !=, received);
  g_assert_cmpstr (never, ==, "");
  g_assert_nonnull (strstr (day, "2023"));
}

static void
test_targets (void)
{
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
  g_autofree char *one = tl_target_label (TL_KIND_SERVER, NULL, 1);
  g_autofree char *all = tl_target_label (TL_KIND_SERVER, NULL, 3);
  g_autofree char *none = tl_target_label (TL_KIND_SERVER, nobody, 3);
  g_autofree char *header = tl_peers_header (0, 3, TRUE);
  g_autofree char *header_all = tl_peers_header (0, 3, FALSE);

  g_assert_cmpstr (one, ==, "To the only peer");
  g_assert_cmpstr (all, ==, "To all 3 peers");
  g_assert_true (g_str_has_prefix (none, "To nobody"));
  g_assert_null (tl_target_label (TL_KIND_CLIENT, NULL, 1));
  g_assert_null (tl_target_label (TL_KIND_UDP, NULL, 0));
  g_assert_cmpstr (header, ==, "Nobody selected: choose");
  g_assert_cmpstr (header_all, ==, "All peers (3)");
  g_assert_cmpstr (tl_no_peers_hint (TL_KIND_UDP), !=, tl_no_peers_hint (TL_KIND_SERVER));
}

static void
test_local_endpoint (void)
{
  static const struct {
    const char *endpoint;
    const char *host;
    int         port;
    gboolean    tells;
  } cases[] = {
    { NULL, "0.0.0.0", 7855, FALSE },
    { "", "0.0.0.0", 7855, FALSE },
    { "0.0.0.0:7855", "0.0.0.0", 7855, FALSE },
    { "0.0.0.0:43210", "0.0.0.0", 0, TRUE },
    { "0.0.0.0:7855", "", 7855, TRUE },
    { "[::1]:80", "::1", 80, FALSE },
    { "127.0.0.1:50000", NULL, 80, TRUE },
    { "127.0.0.1:50000", "127.0.0.1", -1, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (tl_local_endpoint_tells (cases[i].endpoint, cases[i].host, cases[i].port), ==, cases[i].tells);
}

static void
test_name_matches (void)
{
  g_assert_true (tl_name_matches ("192.168.1.20:7855", NULL));
  g_assert_true (tl_name_matches ("192.168.1.20:7855", ""));
  g_assert_true (tl_name_matches ("192.168.1.20:7855", "1.20"));
  g_assert_true (tl_name_matches ("192.168.1.20:7855", "１９２。１６８"));
  g_assert_true (tl_name_matches ("[fe80::1]:7855", "FE80"));
  g_assert_false (tl_name_matches ("192.168.1.20:7855", "192.168.2"));
  g_assert_false (tl_name_matches (NULL, "x"));
}

static void
test_effective (void)
{
  g_autofree char *closed = tl_effective_label (NULL, FALSE);
  g_autofree char *unknown = tl_effective_label (NULL, TRUE);
  g_autofree char *known = tl_effective_label ("4096", TRUE);
  g_autoptr (TlSocketOptions) options = tl_socket_options_new ();
  g_autofree char *on = NULL;
  g_autofree char *linger = NULL;
  g_autofree char *ttl = NULL;

  g_assert_null (closed);
  g_assert_nonnull (unknown);
  g_assert_cmpstr (known, ==, "In effect: 4096");

  g_object_set (options, "no-delay", TRUE, "linger", -1, "ttl", 64u, NULL);
  on = tl_option_value_text (options, "no-delay");
  linger = tl_option_value_text (options, "linger");
  ttl = tl_option_value_text (options, "ttl");
  g_assert_cmpstr (on, ==, "on");
  g_assert_cmpstr (linger, ==, "off");
  g_assert_cmpstr (ttl, ==, "64");
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/closures/words-differ", test_words_differ);
  g_test_add_func ("/closures/state-classes", test_state_classes);
  g_test_add_func ("/closures/half-closed-class", test_half_closed_class);
  g_test_add_func ("/closures/button", test_button);
  g_test_add_func ("/closures/retry", test_retry);
  g_test_add_func ("/closures/peer-acts", test_peer_acts);
  g_test_add_func ("/closures/labels", test_labels);
  g_test_add_func ("/closures/targets", test_targets);
  g_test_add_func ("/closures/local-endpoint", test_local_endpoint);
  g_test_add_func ("/closures/name-matches", test_name_matches);
  g_test_add_func ("/closures/effective", test_effective);

  return g_test_run ();
}
