/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole page of a session: its parts speak of the same, and it has room from a telephone's width to a wide screen. */

#include "tl-connection-bar.h"
#include "tl-message-entry.h"
#include "tl-peer-pane.h"
#include "tl-quick-side.h"
#include "tl-session-page.h"
#include "tl-side-pane.h"
#include "tl-tcp-client.h"
#include "tl-tcp-server.h"
#include "tl-udp-session.h"

#include "tl-ui-test.h"

static gboolean
has_peer (gpointer session)
{
  return g_list_model_get_n_items (tl_session_get_peers (session)) > 0;
}

static gboolean
needs_attention (gpointer page)
{
  gboolean needs = FALSE;

  g_object_get (page, "needs-attention", &needs, NULL);
  return needs;
}

static TlSession *
open_session (TlSession *session)
{
  tl_session_open (session);
  test_wait (tl_session_get_state (session) == TL_SESSION_OPEN);
  return session;
}

static guint16
port_of (TlSession *session)
{
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_parse (tl_session_get_local_endpoint (session), NULL);

  return tl_endpoint_get_port (endpoint);
}

static TlPeer *
add_peer (TlSession *udp,
          guint16    port)
{
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_new ("127.0.0.1", port);
  g_autoptr (GError) error = NULL;
  TlPeer *peer = tl_udp_session_add_peer (TL_UDP_SESSION (udp), endpoint, &error);

  g_assert_no_error (error);
  return peer;
}

static void
say (TlSession  *session,
     const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  tl_session_send_to (session, NULL, bytes, &error);
  g_assert_no_error (error);
}

static gboolean
has_received (gpointer session)
{
  return tl_session_get_counters (session)->rx_messages > 0;
}

static void
test_targets (void)
{
  g_autoptr (TlSession) session = open_session (TL_SESSION (tl_udp_session_new ("127.0.0.1", 0)));
  GtkWidget *page = tl_session_page_new (session, NULL);
  GtkWidget *window = tl_ui_test_window (page, 900, 600);
  TlPeerPane *pane = TL_PEER_PANE (tl_ui_test_find (page, TL_TYPE_PEER_PANE));
  TlPeer *first = add_peer (session, 9);
  g_autoptr (GPtrArray) targets = NULL;
  g_autofree char *label = NULL;

  add_peer (session, 10);
  g_object_get (tl_session_page_get_composer (TL_SESSION_PAGE (page)), "targets", &targets, "target-label", &label, NULL);
  g_assert_null (targets);
  g_assert_cmpstr (label, ==, "To all 2 peers");

  tl_peer_selection_select (tl_peer_pane_get_selection (pane), first, FALSE);
  g_clear_pointer (&label, g_free);
  g_object_get (tl_session_page_get_composer (TL_SESSION_PAGE (page)), "targets", &targets, "target-label", &label, NULL);
  g_assert_cmpuint (targets->len, ==, 1);
  g_assert_true (g_ptr_array_index (targets, 0) == first);
  g_assert_cmpstr (label, ==, "To 127.0.0.1:9");

  tl_udp_session_remove_peer (TL_UDP_SESSION (session), first);
  g_clear_pointer (&targets, g_ptr_array_unref);
  g_object_get (tl_session_page_get_composer (TL_SESSION_PAGE (page)), "targets", &targets, NULL);
  g_assert_nonnull (targets);
  g_assert_cmpuint (targets->len, ==, 0);

  gtk_window_destroy (GTK_WINDOW (window));
  tl_session_close (session);
  test_wait (tl_session_get_state (session) == TL_SESSION_CLOSED);
}

static void
test_tab (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  g_autoptr (TlSession) other = open_session (TL_SESSION (tl_udp_session_new ("127.0.0.1", 0)));
  GtkWidget *page = tl_session_page_new (session, NULL);
  GtkWidget *window = tl_ui_test_window (page, 900, 600);
  g_autofree char *title = NULL;
  g_autofree char *expected = tl_session_dup_title (session);
  g_autoptr (GIcon) closed = NULL;
  g_autoptr (GIcon) open = NULL;

  g_object_get (page, "title", &title, "icon", &closed, NULL);
  g_assert_cmpstr (title, ==, expected);
  gtk_widget_activate_action (page, "page.open-close", NULL);
  test_wait (tl_session_get_state (session) == TL_SESSION_OPEN);
  g_object_get (page, "icon", &open, NULL);
  g_assert_false (g_icon_equal (closed, open));

  /* What comes while the tab is behind another asks for attention, until it is seen. */
  add_peer (other, port_of (session));
  gtk_widget_set_visible (page, FALSE);
  say (other, "hello");
  tl_ui_test_wait (needs_attention, page, "the tab to ask for attention");
  gtk_widget_set_visible (page, TRUE);
  tl_ui_test_wait (tl_ui_test_is_mapped, page, "the page to be shown");
  g_assert_false (needs_attention (page));

  gtk_window_destroy (GTK_WINDOW (window));
  tl_session_close (session);
  tl_session_close (other);
  test_wait (tl_session_get_state (session) == TL_SESSION_CLOSED);
}

static void
test_actions (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_tcp_server_new ("127.0.0.1", 8899));
  GtkWidget *page = tl_session_page_new (session, NULL);
  GtkWidget *window = tl_ui_test_window (page, 900, 600);
  g_autofree char *link = tl_session_dup_link (session);
  GdkContentProvider *content;
  GValue value = G_VALUE_INIT;
  gboolean shown = FALSE;

  gtk_widget_activate_action (page, "page.copy-link", NULL);
  content = gdk_clipboard_get_content (gtk_widget_get_clipboard (page));
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));
  g_assert_cmpstr (g_value_get_string (&value), ==, link);
  g_value_unset (&value);

  g_object_get (page, "show-peers", &shown, NULL);
  g_assert_true (shown);
  gtk_widget_activate_action (page, "page.show-peers", NULL);
  g_object_get (page, "show-peers", &shown, NULL);
  g_assert_false (shown);

  gtk_widget_activate_action (page, "page.auto-reply", NULL);
  gtk_widget_activate_action (page, "page.options", NULL);
  tl_ui_test_frames (window, 3);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Both ends of something alive, for eyes. */
static void
take_pictures (TlSession  *session,
               const char *name)
{
  static const struct {
    int         width;
    int         height;
    gboolean    dark;
    const char *suffix;
  } looks[] = {
    { 1200, 760, FALSE, "1200" },
    { 900, 640, TRUE, "900-dark" },
    { 370, 720, FALSE, "360" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      GtkWidget *page, *window;
      g_autofree char *file = g_strconcat ("page-", name, "-", looks[i].suffix, NULL);
      int minimum;

      tl_ui_test_set_dark (looks[i].dark);
      page = tl_session_page_new (session, NULL);
      window = tl_ui_test_window (page, looks[i].width, looks[i].height);
      gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 360);
      tl_ui_test_frames (window, 5);
      tl_ui_test_screenshot (window, file);
      if (looks[i].width < 400)
        {
          g_autofree char *peers = g_strconcat (file, "-peers", NULL);

          gtk_widget_activate_action (page, "page.show-peers", NULL);
          tl_ui_test_frames (window, 3);
          tl_ui_test_screenshot (window, peers);
        }
      gtk_window_destroy (GTK_WINDOW (window));
    }
  tl_ui_test_set_dark (FALSE);
}

static void
test_udp_pictures (void)
{
  g_autoptr (TlSession) session = open_session (TL_SESSION (tl_udp_session_new ("127.0.0.1", 0)));
  g_autoptr (TlSession) other = open_session (TL_SESSION (tl_udp_session_new ("127.0.0.1", 0)));

  add_peer (other, port_of (session));
  say (other, "你好，这里是另一个程序");
  tl_ui_test_wait (has_received, session, "the datagram");
  say (session, "hello, how are you?\nsecond line");
  tl_ui_test_wait (has_received, other, "the answer");
  add_peer (session, 9);
  take_pictures (session, "udp");
  tl_session_close (session);
  tl_session_close (other);
}

static void
test_tcp_pictures (void)
{
  g_autoptr (TlSession) server = open_session (TL_SESSION (tl_tcp_server_new ("127.0.0.1", 0)));
  g_autoptr (TlSession) client = open_session (TL_SESSION (tl_tcp_client_new ("127.0.0.1", port_of (server))));
  g_autoptr (TlSession) failing = TL_SESSION (tl_tcp_client_new ("127.0.0.1", 1));

  tl_ui_test_wait (has_peer, server, "the client at the server");
  say (client, "GET / HTTP/1.0\r\n\r\n");
  tl_ui_test_wait (has_received, server, "the request");
  say (server, "收到 你的消息");
  tl_ui_test_wait (has_received, client, "the answer");
  take_pictures (server, "server");
  take_pictures (client, "client");

  tl_session_open (failing);
  test_wait (tl_session_get_state (failing) == TL_SESSION_FAILED);
  take_pictures (failing, "failed");
  tl_session_close (client);
  tl_session_close (server);
  test_wait (tl_session_get_state (server) == TL_SESSION_CLOSED);
}

/* As wide as was wanted where there is room; and however wide that is, a narrow window folds it and can be as narrow as ever. */
static void
test_pane_width (void)
{
  g_autoptr (TlSession) session = g_object_new (TL_TYPE_UDP_SESSION, NULL);
  GtkWidget *page = tl_session_page_new (session, NULL);
  GtkWidget *pane = tl_ui_test_find (page, TL_TYPE_SIDE_PANE);
  GtkWidget *peers = tl_ui_test_find (page, TL_TYPE_PEER_PANE);
  AdwFlap *flap = ADW_FLAP (tl_ui_test_find (page, ADW_TYPE_FLAP));
  GtkWidget *window = tl_ui_test_window (page, 1000, 600);
  int before, after;

  g_assert_cmpint (gtk_widget_get_width (peers), ==, TL_SIDE_PANE_MIN_WIDTH);
  gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &before, NULL, NULL, NULL);
  g_object_set (pane, "width", 400, NULL);
  tl_ui_test_frames (window, 5);
  g_assert_cmpint (gtk_widget_get_width (peers), ==, 400);
  g_assert_false (adw_flap_get_folded (flap));
  g_object_set (pane, "width", TL_SIDE_PANE_MAX_WIDTH, NULL);
  tl_ui_test_frames (window, 5);
  g_assert_cmpint (gtk_widget_get_width (peers), >, 400);
  g_assert_cmpint (gtk_widget_get_width (peers), <=, TL_SIDE_PANE_MAX_WIDTH);
  g_assert_false (adw_flap_get_folded (flap));
  gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &after, NULL, NULL, NULL);
  g_assert_cmpint (before, ==, after);
  gtk_window_destroy (GTK_WINDOW (window));

  page = tl_session_page_new (session, NULL);
  g_object_set (tl_ui_test_find (page, TL_TYPE_SIDE_PANE), "width", 600, NULL);
  window = tl_ui_test_window (page, 400, 600);
  tl_ui_test_frames (window, 5);
  g_assert_true (adw_flap_get_folded (ADW_FLAP (tl_ui_test_find (page, ADW_TYPE_FLAP))));
  g_assert_cmpint (gtk_widget_get_width (page), <=, 400);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_finalize (void)
{
  TlSession *session = TL_SESSION (tl_tcp_server_new ("127.0.0.1", 0));
  GtkWidget *page = tl_session_page_new (session, NULL);
  GtkWidget *window = tl_ui_test_window (page, 900, 600);
  GtkWidget *alive = page;

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &alive);
  gtk_widget_activate_action (page, "page.options", NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_null (alive);
  g_assert_finalize_object (session);
}

/* Whether @text is among what was typed: in the composer, and in what the settings keep. */
static void
assert_typed (GtkWidget  *entry,
              GSettings  *settings,
              const char *text,
              gboolean    in_composer,
              gboolean    kept)
{
  g_auto (GStrv) typed = NULL;
  g_auto (GStrv) stored = g_settings_get_strv (settings, "sent-history");

  g_object_get (entry, "history", &typed, NULL);
  g_assert_cmpint (g_strv_contains ((const char *const *) typed, text), ==, in_composer);
  g_assert_cmpint (g_strv_contains ((const char *const *) stored, text), ==, kept);
}

static void
type_message (GtkWidget  *entry,
              const char *text)
{
  tl_message_entry_set_text (TL_MESSAGE_ENTRY (entry), text);
  tl_message_entry_commit (TL_MESSAGE_ENTRY (entry));
}

/* What is typed in a private session is called up again there, and is written nowhere. */
static void
test_private (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.tonglu.Tonglu");
  g_autoptr (TlSession) session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  GtkWidget *page, *window, *entry;

  /* One that is private from its beginning, as a restored one. */
  g_object_set (session, "private", TRUE, NULL);
  page = tl_session_page_new (session, settings);
  window = tl_ui_test_window (page, 900, 600);
  entry = tl_ui_test_find (page, TL_TYPE_MESSAGE_ENTRY);
  type_message (entry, "first secret");
  assert_typed (entry, settings, "first secret", TRUE, FALSE);
  g_object_set (session, "private", FALSE, NULL);
  assert_typed (entry, settings, "first secret", FALSE, FALSE);
  type_message (entry, "known to all");
  assert_typed (entry, settings, "known to all", TRUE, TRUE);

  g_assert_true (gtk_widget_activate_action (page, "history.private", NULL));
  g_assert_true (tl_session_get_private (session));
  type_message (entry, "second secret");
  assert_typed (entry, settings, "second secret", TRUE, FALSE);
  assert_typed (entry, settings, "known to all", TRUE, TRUE);
  g_object_set (session, "private", FALSE, NULL);
  type_message (entry, "after it");
  assert_typed (entry, settings, "second secret", FALSE, FALSE);
  assert_typed (entry, settings, "after it", TRUE, TRUE);
  g_settings_reset (settings, "sent-history");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What nobody has asked for does not come when a narrow window becomes wide; what was shown comes back. */
static void
test_quick_fold (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  GtkWidget *page = tl_session_page_new (session, NULL);
  GtkWidget *window = tl_ui_test_window (page, 1100, 700);
  GtkWidget *side = tl_ui_test_find (page, TL_TYPE_QUICK_SIDE);
  AdwFlap *flap = ADW_FLAP (gtk_widget_get_template_child (side, TL_TYPE_QUICK_SIDE, "flap"));
  gboolean shown;

  for (int round = 0; round < 2; round++)
    {
      if (round > 0)
        g_object_set (side, "shown", TRUE, NULL);
      gtk_window_set_default_size (GTK_WINDOW (window), 360, 700);
      test_wait (adw_flap_get_folded (flap));
      tl_ui_test_frames (window, 3);
      g_object_get (side, "shown", &shown, NULL);
      g_assert_false (shown);
      gtk_window_set_default_size (GTK_WINDOW (window), 1100, 700);
      test_wait (!adw_flap_get_folded (flap));
      tl_ui_test_frames (window, 3);
      g_object_get (side, "shown", &shown, NULL);
      g_assert_cmpint (shown, ==, round > 0);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);

  g_test_add_func ("/session-page/targets", test_targets);
  g_test_add_func ("/session-page/tab", test_tab);
  g_test_add_func ("/session-page/actions", test_actions);
  g_test_add_func ("/session-page/udp-pictures", test_udp_pictures);
  g_test_add_func ("/session-page/tcp-pictures", test_tcp_pictures);
  g_test_add_func ("/session-page/pane-width", test_pane_width);
  g_test_add_func ("/session-page/finalize", test_finalize);
  g_test_add_func ("/session-page/private", test_private);
  g_test_add_func ("/session-page/quick-fold", test_quick_fold);

  return g_test_run ();
}
