/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options of a session: each control changes what it says, and shows what is there. */

#include "tl-options-window.h"

#include "tl-framing-page.h"
#include "tl-multicast-page.h"
#include "tl-option-row.h"
#include "tl-peer-details.h"
#include "tl-reply-page.h"
#include "tl-rule-row.h"
#include "tl-socket-page.h"
#include "tl-tcp-client.h"
#include "tl-tcp-server.h"
#include "tl-udp-session.h"

#include "tl-ui-test.h"

static TlOptionRow *
find_option (GtkWidget  *widget,
             const char *property)
{
  if (TL_IS_OPTION_ROW (widget) && g_str_equal (tl_option_row_get_spec (TL_OPTION_ROW (widget))->property, property))
    return TL_OPTION_ROW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      TlOptionRow *found = find_option (child, property);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
show (TlSession  *session,
      const char *page,
      const char *name)
{
  GtkWidget *window = tl_options_window_new (session);

  tl_options_window_present (TL_OPTIONS_WINDOW (window), NULL, page);
  tl_ui_test_wait (tl_ui_test_is_mapped, window, "the options to be mapped");
  tl_ui_test_frames (window, 3);
  tl_ui_test_screenshot (window, name);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_windows (void)
{
  g_autoptr (TlSession) udp = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  g_autoptr (TlSession) server = TL_SESSION (tl_tcp_server_new ("127.0.0.1", 0));
  g_autoptr (TlSession) client = TL_SESSION (tl_tcp_client_new ("127.0.0.1", 8899));

  g_object_set (tl_session_get_auto_reply (server), "mode", TL_REPLY_TEMPLATE, "text", "got {length}: {text}", NULL);
  show (udp, "connection", "options-udp");
  show (udp, "multicast", "options-multicast");
  show (server, "connection", "options-server");
  show (server, "auto-reply", "options-auto-reply");
  show (client, "connection", "options-client");
  show (client, "framing", "options-framing");
}

static void
test_read_back (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_tcp_server_new ("127.0.0.1", 0));
  GtkWidget *page = tl_socket_page_new (session);
  GtkWidget *window = tl_ui_test_window (page, 600, 600);
  TlOptionRow *buffer = find_option (page, "receive-buffer");
  TlOptionRow *backlog = find_option (page, "backlog");
  guint asked = 0;

  g_assert_nonnull (buffer);
  g_assert_nonnull (backlog);
  g_assert_null (find_option (page, "broadcast"));
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (backlog)));

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (tl_option_row_get_control (buffer)), 65536);
  g_object_get (tl_session_get_options (session), "receive-buffer", &asked, NULL);
  g_assert_cmpuint (asked, ==, 65536);
  g_assert_null (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (buffer)), "In effect"));

  tl_session_open (session);
  test_wait (tl_session_get_state (session) == TL_SESSION_OPEN);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (buffer)), "In effect"));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (backlog)));
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (buffer)));

  tl_session_close (session);
  test_wait (tl_session_get_state (session) == TL_SESSION_CLOSED);
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (backlog)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_client_rows (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_tcp_client_new ("127.0.0.1", 8899));
  GtkWidget *page = tl_socket_page_new (session);
  GtkWidget *window = tl_ui_test_window (page, 600, 600);
  TlTlsMode tls = TL_TLS_OFF;
  gboolean reconnect = FALSE;
  guint timeout = 0;

  gtk_drop_down_set_selected (GTK_DROP_DOWN (tl_option_row_get_control (find_option (page, "tls"))), TL_TLS_ACCEPT);
  gtk_switch_set_active (GTK_SWITCH (tl_option_row_get_control (find_option (page, "reconnect"))), TRUE);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (tl_option_row_get_control (find_option (page, "timeout"))), 3);
  g_object_get (session, "tls", &tls, "reconnect", &reconnect, "timeout", &timeout, NULL);
  g_assert_cmpint (tls, ==, TL_TLS_ACCEPT);
  g_assert_true (reconnect);
  g_assert_cmpuint (timeout, ==, 3);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_entry (GtkWidget  *widget,
            const char *placeholder)
{
  if (GTK_IS_ENTRY (widget) && g_strcmp0 (gtk_entry_get_placeholder_text (GTK_ENTRY (widget)), placeholder) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_entry (child, placeholder);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* A wrong local end is told to who opens the session, as long as it stands there. */
static void
test_local_end (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_tcp_client_new ("127.0.0.1", 8899));
  g_autofree char *text = NULL;
  GtkWidget *window = tl_options_window_new (session);
  g_autoptr (GtkLabel) told = g_object_ref_sink (GTK_LABEL (gtk_label_new ("")));
  GtkWidget *host, *port;
  guint kept;

  gtk_window_present (GTK_WINDOW (window));
  tl_ui_test_wait (tl_ui_test_is_mapped, window, "the options to be mapped");
  g_object_bind_property (window, "problem", told, "label", G_BINDING_SYNC_CREATE);
  host = find_entry (window, "Local address");
  port = find_entry (window, "Local port");
  g_assert_cmpstr (gtk_label_get_label (told), ==, "");

  gtk_editable_set_text (GTK_EDITABLE (port), "4711");
  gtk_editable_set_text (GTK_EDITABLE (port), "65536");
  g_assert_true (g_str_has_prefix (gtk_label_get_label (told), "Local port: "));
  gtk_editable_set_text (GTK_EDITABLE (host), "127.0.0.256");
  g_assert_true (g_str_has_prefix (gtk_label_get_label (told), "Local address: "));
  gtk_editable_set_text (GTK_EDITABLE (host), "127.0.0.1");
  g_assert_true (g_str_has_prefix (gtk_label_get_label (told), "Local port: "));
  gtk_editable_set_text (GTK_EDITABLE (port), "4712");
  g_assert_cmpstr (gtk_label_get_label (told), ==, "");

  /* Closed, the window takes the wrong text with it. */
  gtk_editable_set_text (GTK_EDITABLE (port), "x");
  g_assert_true (g_str_has_prefix (gtk_label_get_label (told), "Local port: "));
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_cmpstr (gtk_label_get_label (told), ==, "");
  g_object_get (session, "local-port", &kept, "local-host", &text, NULL);
  g_assert_cmpuint (kept, ==, 4712);
  g_assert_cmpstr (text, ==, "127.0.0.1");
}

static void
test_reply (void)
{
  g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();
  GtkWidget *page = tl_reply_page_new (reply);
  GtkWidget *window = tl_ui_test_window (page, 600, 700);
  GtkWidget *text = tl_ui_test_find (page, GTK_TYPE_TEXT_VIEW);
  GtkWidget *mode = tl_ui_test_find (page, ADW_TYPE_COMBO_ROW);
  g_autofree char *kept = NULL;

  g_assert_false (gtk_widget_is_visible (text));
  adw_combo_row_set_selected (ADW_COMBO_ROW (mode), TL_REPLY_ECHO);
  g_assert_cmpint (tl_auto_reply_get_mode (reply), ==, TL_REPLY_ECHO);
  g_assert_cmpstr (tl_reply_page_get_preview (TL_REPLY_PAGE (page)), ==, "hello");

  adw_combo_row_set_selected (ADW_COMBO_ROW (mode), TL_REPLY_TEMPLATE);
  g_assert_true (gtk_widget_is_visible (text));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), "你好 {host}:", -1);
  gtk_widget_activate_action (page, "reply.insert-word", "s", "{length}");
  g_object_get (reply, "text", &kept, NULL);
  g_assert_cmpstr (kept, ==, "你好 {host}:{length}");
  g_assert_cmpstr (tl_reply_page_get_preview (TL_REPLY_PAGE (page)), ==, "你好 192.0.2.7:5");

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), "{nonsense}", -1);
  g_clear_pointer (&kept, g_free);
  g_object_get (reply, "error", &kept, NULL);
  g_assert_nonnull (kept);
  g_assert_cmpstr (tl_reply_page_get_preview (TL_REPLY_PAGE (page)), ==, kept);
  gtk_window_destroy (GTK_WINDOW (window));
}

static TlReplyRule *
rule_at (TlAutoReply *reply,
         guint        position)
{
  g_autoptr (TlReplyRule) rule = g_list_model_get_item (G_LIST_MODEL (tl_auto_reply_get_rules (reply)), position);

  return rule;
}

/* The part of a drop-down that takes the focus. */
static void
assert_drop_downs_named (GtkWidget *widget)
{
  if (GTK_IS_DROP_DOWN (widget) && gtk_widget_get_tooltip_text (widget))
    gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (widget)),
                                         GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_widget_get_tooltip_text (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    assert_drop_downs_named (child);
}

static void
test_rules (void)
{
  g_autoptr (TlAutoReply) reply = tl_auto_reply_new ();
  GtkWidget *page, *window, *row;
  TlReplyRule *first, *second;

  g_object_set (reply, "mode", TL_REPLY_RULES, NULL);
  page = tl_reply_page_new (reply);
  window = tl_ui_test_window (page, 600, 700);

  gtk_widget_activate_action (page, "reply.add-rule", NULL);
  gtk_widget_activate_action (page, "reply.add-rule", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tl_auto_reply_get_rules (reply))), ==, 2);
  assert_drop_downs_named (page);
  first = rule_at (reply, 0);
  second = rule_at (reply, 1);
  g_object_set (first, "match", TL_MATCH_REGEX, "pattern", "(", "reply", "x", NULL);
  g_object_set (second, "match", TL_MATCH_CONTAINS, "pattern", "hell", "reply", "second", NULL);
  g_assert_cmpstr (tl_reply_page_get_preview (TL_REPLY_PAGE (page)), ==, "second");
  tl_ui_test_frames (window, 2);
  tl_ui_test_screenshot (window, "options-rules");

  row = tl_ui_test_find (page, TL_TYPE_RULE_ROW);
  g_assert_true (tl_rule_row_get_rule (TL_RULE_ROW (row)) == first);
  g_assert_false (tl_ui_test_shows (row, "too much to try"));
  g_object_set (first, "pattern", "(l+l*)+[yz]", NULL);
  gtk_editable_set_text (GTK_EDITABLE (tl_ui_test_find (page, ADW_TYPE_ENTRY_ROW)), "llllllllllllllllllllllllllllllllllllllllllllllllllllllllllll");
  g_assert_cmpstr (tl_reply_page_get_preview (TL_REPLY_PAGE (page)), ==, "No answer: the expression of rule 1 has too much to try in this, and gives up.");
  tl_reply_rule_add_undecided (first);
  test_wait (tl_ui_test_shows (row, "In 1 message the expression had too much to try"));
  tl_ui_test_frames (window, 2);
  tl_ui_test_screenshot (window, "options-rules-undecided");
  gtk_widget_activate_action (row, "rule.reset-hits", NULL);
  g_assert_false (tl_ui_test_shows (row, "too much to try"));
  gtk_widget_activate_action (row, "row.down", NULL);
  g_assert_true (rule_at (reply, 0) == second);
  g_assert_true (rule_at (reply, 1) == first);

  row = tl_ui_test_find (page, TL_TYPE_RULE_ROW);
  gtk_widget_activate_action (row, "row.remove", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tl_auto_reply_get_rules (reply))), ==, 1);
  g_assert_true (rule_at (reply, 0) == first);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_framing (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_tcp_server_new ("127.0.0.1", 0));
  GtkWidget *page = tl_framing_page_new (session);
  GtkWidget *window = tl_ui_test_window (page, 600, 500);
  GtkWidget *kind = tl_ui_test_find (page, ADW_TYPE_COMBO_ROW);
  GtkWidget *delimiter = tl_ui_test_find (page, ADW_TYPE_ENTRY_ROW);
  g_autofree char *text = NULL;

  adw_combo_row_set_selected (ADW_COMBO_ROW (kind), TL_FRAMING_LINES);
  g_assert_cmpint (tl_session_get_framing (session)->kind, ==, TL_FRAMING_LINES);

  /* An empty delimiter is none: the session keeps what it has. */
  adw_combo_row_set_selected (ADW_COMBO_ROW (kind), TL_FRAMING_DELIMITER);
  g_assert_cmpint (tl_session_get_framing (session)->kind, ==, TL_FRAMING_LINES);
  gtk_editable_set_text (GTK_EDITABLE (delimiter), "0d 0");
  g_assert_cmpint (tl_session_get_framing (session)->kind, ==, TL_FRAMING_LINES);
  g_assert_true (gtk_widget_has_css_class (delimiter, "error"));
  gtk_editable_set_text (GTK_EDITABLE (delimiter), "0d 0a");
  g_assert_false (gtk_widget_has_css_class (delimiter, "error"));
  text = tl_framing_to_string (tl_session_get_framing (session));
  g_assert_cmpstr (text, ==, "delimiter:0D0A");

  adw_combo_row_set_selected (ADW_COMBO_ROW (kind), TL_FRAMING_LENGTH_PREFIX);
  g_free (text);
  text = tl_framing_to_string (tl_session_get_framing (session));
  g_assert_cmpstr (text, ==, "prefix:2:be");
  gtk_window_destroy (GTK_WINDOW (window));

  /* And back: a page over a session that has one. */
  page = tl_framing_page_new (session);
  window = tl_ui_test_window (page, 600, 500);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (tl_ui_test_find (page, ADW_TYPE_COMBO_ROW))), ==,
                    TL_FRAMING_LENGTH_PREFIX);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_label (GtkWidget  *widget,
            const char *part)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), part) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, part);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_multicast (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  GtkWidget *page = tl_multicast_page_new (TL_UDP_SESSION (session));
  GtkWidget *window = tl_ui_test_window (page, 600, 600);
  GtkWidget *address = tl_ui_test_find (page, ADW_TYPE_ENTRY_ROW);
  GListModel *groups = tl_udp_session_get_groups (TL_UDP_SESSION (session));

  gtk_editable_set_text (GTK_EDITABLE (address), "192.168.1.1");
  g_assert_true (gtk_widget_has_css_class (address, "error"));
  gtk_widget_activate_action (page, "multicast.join", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (groups), ==, 0);

  /* As everywhere else a pasted port is no mistake, but here it is of no use, and that is said. */
  gtk_editable_set_text (GTK_EDITABLE (address), "239.1.2.4:500");
  g_assert_false (gtk_widget_has_css_class (address, "error"));
  g_assert_nonnull (find_label (page, "A group has no port: 239.1.2.4 is joined"));
  gtk_editable_set_text (GTK_EDITABLE (address), "[ff15::1]:500");
  g_assert_nonnull (find_label (page, "A group has no port: ff15::1 is joined"));

  gtk_editable_set_text (GTK_EDITABLE (address), "239.1.2.3:500");
  g_assert_false (gtk_widget_has_css_class (address, "error"));
  gtk_widget_activate_action (page, "multicast.join", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (groups), ==, 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (address)), ==, "");
  g_assert_null (find_label (page, "A group has no port"));
  {
    g_autoptr (TlMulticastGroup) group = g_list_model_get_item (groups, 0);
    g_autofree char *joined = NULL;

    g_object_get (group, "address", &joined, NULL);
    g_assert_cmpstr (joined, ==, "239.1.2.3");
  }
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkLabel *
find_selectable (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_label_get_selectable (GTK_LABEL (widget)))
    return GTK_LABEL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkLabel *found = find_selectable (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The details of a server's client tell the options that are in effect for it, as long as it is connected. */
static void
test_details (void)
{
  g_autoptr (TlSession) server = TL_SESSION (tl_tcp_server_new ("127.0.0.1", 0));
  g_autoptr (TlSession) client = NULL;
  g_autoptr (TlEndpoint) endpoint = NULL;
  g_autoptr (TlPeer) peer = NULL;
  GtkWidget *window;
  GtkLabel *text;

  g_object_set (tl_session_get_options (server), "keep-alive", TRUE, "keep-alive-idle", 61, "ttl", 33, NULL);
  tl_session_open (server);
  endpoint = tl_endpoint_parse (tl_session_get_local_endpoint (server), NULL);
  client = TL_SESSION (tl_tcp_client_new ("127.0.0.1", tl_endpoint_get_port (endpoint)));
  tl_session_open (client);
  test_wait (g_list_model_get_n_items (tl_session_get_peers (server)) == 1);
  test_wait (tl_session_get_state (client) == TL_SESSION_OPEN);
  peer = g_list_model_get_item (tl_session_get_peers (server), 0);

  window = tl_peer_details_new (server, peer);
  gtk_window_present (GTK_WINDOW (window));
  tl_ui_test_wait (tl_ui_test_is_mapped, window, "the details to be mapped");
  text = find_selectable (window);
  g_assert_nonnull (text);
  g_assert_nonnull (strstr (gtk_label_get_label (text), "Socket options in effect:"));
  g_assert_nonnull (strstr (gtk_label_get_label (text), "TCP_KEEPIDLE): 61"));
  g_assert_nonnull (strstr (gtk_label_get_label (text), "IP_TTL): 33"));
  tl_ui_test_frames (window, 3);
  tl_ui_test_screenshot (window, "peer-details");

  tl_session_close (client);
  test_wait (strstr (gtk_label_get_label (text), "The connection has ended") != NULL);
  g_assert_null (strstr (gtk_label_get_label (text), "Socket options in effect:"));
  gtk_window_destroy (GTK_WINDOW (window));
  tl_session_close (server);
  test_wait (!tl_session_is_active (server));
  test_wait (!tl_session_is_active (client));
}

static void
test_finalize (void)
{
  TlSession *session = TL_SESSION (tl_tcp_client_new ("127.0.0.1", 8899));
  GtkWidget *window = tl_options_window_new (session);

  gtk_window_present (GTK_WINDOW (window));
  tl_ui_test_wait (tl_ui_test_is_mapped, window, "the options to be mapped");
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (session);
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);

  g_test_add_func ("/options/windows", test_windows);
  g_test_add_func ("/options/read-back", test_read_back);
  g_test_add_func ("/options/client-rows", test_client_rows);
  g_test_add_func ("/options/local-end", test_local_end);
  g_test_add_func ("/options/reply", test_reply);
  g_test_add_func ("/options/rules", test_rules);
  g_test_add_func ("/options/framing", test_framing);
  g_test_add_func ("/options/multicast", test_multicast);
  g_test_add_func ("/options/details", test_details);
  g_test_add_func ("/options/finalize", test_finalize);

  return g_test_run ();
}
