/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connection bar: fields and session say the same, the button follows state and fields, errors stand under it. */

#include "tl-connection-bar.h"
#include "tl-host-entry.h"
#include "tl-port-entry.h"
#include "tl-state-pill.h"
#include "tl-tcp-client.h"
#include "tl-tcp-server.h"

#include "tl-ui-test.h"

#include <math.h>

typedef struct {
  GtkWidget   *bar;
  GtkWidget   *window;
  TlHostEntry *host;
  TlPortEntry *port;
  GtkButton   *button;
  TlStatePill *pill;
} Fixture;

static GtkWidget *
find_by_action (GtkWidget  *widget,
                const char *action)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_by_action (child, action);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
setup (Fixture   *fixture,
       TlSession *session,
       int        width)
{
  fixture->bar = tl_connection_bar_new ();
  tl_connection_bar_set_session (TL_CONNECTION_BAR (fixture->bar), session);
  gtk_widget_set_valign (fixture->bar, GTK_ALIGN_START);
  fixture->window = tl_ui_test_window (fixture->bar, width, 200);
  fixture->host = TL_HOST_ENTRY (tl_ui_test_find (fixture->bar, TL_TYPE_HOST_ENTRY));
  fixture->port = TL_PORT_ENTRY (tl_ui_test_find (fixture->bar, TL_TYPE_PORT_ENTRY));
  fixture->button = GTK_BUTTON (find_by_action (fixture->bar, "bar.toggle"));
  fixture->pill = TL_STATE_PILL (tl_ui_test_find (fixture->bar, TL_TYPE_STATE_PILL));
}

static GtkEditable *
editable (gpointer entry)
{
  return GTK_EDITABLE (tl_checked_entry_get_entry (TL_CHECKED_ENTRY (entry)));
}

static void
test_server (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_tcp_server_new ("127.0.0.1", 0));
  Fixture fixture;

  setup (&fixture, session, 900);
  g_assert_cmpstr (tl_checked_entry_get_text (TL_CHECKED_ENTRY (fixture.host)), ==, "127.0.0.1");
  g_assert_cmpint (tl_port_entry_get_port (fixture.port), ==, 0);
  g_assert_true (tl_connection_bar_get_valid (TL_CONNECTION_BAR (fixture.bar)));
  g_assert_cmpstr (gtk_button_get_label (fixture.button), ==, "_Start Listening");
  g_assert_cmpstr (tl_state_pill_get_text (fixture.pill), ==, "Not listening");
  g_assert_true (gtk_editable_get_editable (editable (fixture.host)));

  /* Enter in a field opens. */
  g_signal_emit_by_name (tl_checked_entry_get_entry (TL_CHECKED_ENTRY (fixture.port)), "activate");
  test_wait (tl_session_get_state (session) == TL_SESSION_OPEN);
  g_assert_cmpstr (gtk_button_get_label (fixture.button), ==, "_Stop Listening");
  g_assert_cmpstr (tl_state_pill_get_text (fixture.pill), ==, "Listening");
  g_assert_false (gtk_editable_get_editable (editable (fixture.host)));
  g_assert_false (gtk_editable_get_editable (editable (fixture.port)));

  /* And never closes. */
  g_signal_emit_by_name (tl_checked_entry_get_entry (TL_CHECKED_ENTRY (fixture.port)), "activate");
  g_assert_true (tl_session_get_state (session) == TL_SESSION_OPEN);

  gtk_widget_activate_action (fixture.bar, "bar.toggle", NULL);
  test_wait (tl_session_get_state (session) == TL_SESSION_CLOSED);
  g_assert_true (gtk_editable_get_editable (editable (fixture.host)));
  gtk_window_destroy (GTK_WINDOW (fixture.window));
}

static void
test_fields (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_tcp_client_new ("127.0.0.1", 8899));
  g_autofree char *host = NULL;
  guint port = 0;
  Fixture fixture;

  setup (&fixture, session, 900);
  gtk_editable_set_text (editable (fixture.host), "256.1.1.1");
  g_assert_false (tl_connection_bar_get_valid (TL_CONNECTION_BAR (fixture.bar)));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (fixture.button)));

  /* A port typed beside a host that is wrong leaves the host as it was typed. */
  gtk_editable_set_text (editable (fixture.port), "8900");
  g_assert_cmpstr (gtk_editable_get_text (editable (fixture.host)), ==, "256.1.1.1");
  gtk_widget_activate_action (fixture.bar, "bar.toggle", NULL);
  g_assert_true (tl_session_get_state (session) == TL_SESSION_CLOSED);

  gtk_editable_set_text (editable (fixture.host), "192.0.2.1");
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (fixture.button)));
  g_object_get (session, "remote-host", &host, "remote-port", &port, NULL);
  g_assert_cmpstr (host, ==, "192.0.2.1");
  g_assert_cmpuint (port, ==, 8900);

  gtk_editable_set_text (editable (fixture.port), "65536");
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (fixture.button)));
  gtk_editable_set_text (editable (fixture.port), "0");
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (fixture.button)));

  g_object_set (session, "remote-host", "localhost", "remote-port", 7u, NULL);
  g_assert_cmpstr (gtk_editable_get_text (editable (fixture.host)), ==, "localhost");
  g_assert_cmpstr (gtk_editable_get_text (editable (fixture.port)), ==, "7");
  gtk_window_destroy (GTK_WINDOW (fixture.window));
}

/* A port on which nobody listens: taken, and given back. */
static guint16
unused_port (void)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

/* Where a widget begins in the bar. */
static int
left_of (Fixture  *fixture,
         gpointer  widget)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, fixture->bar, &bounds));
  return (int) floorf (bounds.origin.x + 0.5f);
}

static GtkLabel *
caption_of (gpointer entry)
{
  g_autoptr (GtkLabel) caption = NULL;

  g_object_get (entry, "caption-label", &caption, NULL);
  g_assert_nonnull (caption);
  return caption;
}

/* Each word on a field stands under it; a sentence takes the room that it needs. */
static void
test_captions_in_place (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_tcp_server_new ("127.0.0.1", 0));
  Fixture fixture;

  setup (&fixture, session, 900);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (left_of (&fixture, caption_of (fixture.host)), ==, left_of (&fixture, fixture.host));
      g_assert_cmpint (left_of (&fixture, caption_of (fixture.port)), ==, left_of (&fixture, fixture.port));
      /* The fields move. */
      g_object_set (fixture.bar, "n-peers", 10000u, NULL);
      tl_ui_test_frames (fixture.window, 3);
    }
  gtk_editable_set_text (editable (fixture.host), "300.400.500.600");
  tl_ui_test_frames (fixture.window, 3);
  g_assert_cmpint (left_of (&fixture, caption_of (fixture.port)), >=,
                   left_of (&fixture, caption_of (fixture.host)) + gtk_widget_get_width (GTK_WIDGET (caption_of (fixture.host))));
  tl_ui_test_screenshot (fixture.window, "bar-captions");
  gtk_window_destroy (GTK_WINDOW (fixture.window));
}

/* What is wrong with a field that stands elsewhere is said here, and nothing is opened with it. */
static void
test_problem (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_tcp_client_new ("127.0.0.1", 9));
  Fixture fixture;

  setup (&fixture, session, 900);
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (fixture.button)));
  g_object_set (fixture.bar, "problem", "Local port: 65536 is too large", NULL);
  g_assert_false (tl_connection_bar_get_valid (TL_CONNECTION_BAR (fixture.bar)));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (fixture.button)));
  gtk_widget_activate_action (fixture.bar, "bar.toggle", NULL);
  g_assert_true (tl_session_get_state (session) == TL_SESSION_CLOSED);
  tl_ui_test_frames (fixture.window, 3);
  tl_ui_test_screenshot (fixture.window, "bar-problem");
  g_object_set (fixture.bar, "problem", NULL, NULL);
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (fixture.button)));
  gtk_window_destroy (GTK_WINDOW (fixture.window));
}

/* What is wrong with a narrow field is told on a line of its own, across the bar, which is always there. */
static void
test_captions (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_tcp_client_new ("127.0.0.1", 9));
  GtkLabel *caption = NULL;
  Fixture fixture;
  int height;

  setup (&fixture, session, 900);
  g_object_get (fixture.port, "caption-label", &caption, NULL);
  g_assert_nonnull (caption);
  g_object_unref (caption);
  g_assert_false (gtk_widget_is_ancestor (GTK_WIDGET (caption), GTK_WIDGET (fixture.port)));
  gtk_widget_measure (fixture.bar, GTK_ORIENTATION_VERTICAL, 900, NULL, &height, NULL, NULL);

  gtk_editable_set_text (editable (fixture.port), "65536");
  g_assert_cmpstr (gtk_label_get_label (caption), ==, tl_checked_entry_get_message (TL_CHECKED_ENTRY (fixture.port)));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (caption), "error"));
  for (guint i = 0; i < 2; i++)
    {
      int other;

      gtk_widget_measure (fixture.bar, GTK_ORIENTATION_VERTICAL, 900, NULL, &other, NULL, NULL);
      g_assert_cmpint (other, ==, height);
      gtk_editable_set_text (editable (fixture.port), "8080");
    }
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (caption), "error"));

  gtk_editable_set_text (editable (fixture.port), "192.0.2.7:77");
  g_assert_cmpstr (gtk_editable_get_text (editable (fixture.host)), ==, "192.0.2.7");
  g_assert_cmpstr (gtk_editable_get_text (editable (fixture.port)), ==, "77");
  gtk_window_destroy (GTK_WINDOW (fixture.window));
}

static void
test_error (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_tcp_client_new ("127.0.0.1", unused_port ()));
  GtkInfoBar *strip;
  Fixture fixture;

  setup (&fixture, session, 900);
  strip = GTK_INFO_BAR (tl_ui_test_find (fixture.bar, GTK_TYPE_INFO_BAR));
  g_assert_false (gtk_info_bar_get_revealed (strip));
  gtk_widget_activate_action (fixture.bar, "bar.toggle", NULL);
  test_wait (tl_session_get_state (session) == TL_SESSION_FAILED);
  g_assert_true (gtk_info_bar_get_revealed (strip));
  g_assert_cmpstr (tl_state_pill_get_text (fixture.pill), ==, "Refused");
  tl_ui_test_screenshot (fixture.window, "bar-error");

  g_signal_emit_by_name (strip, "response", GTK_RESPONSE_CLOSE);
  g_assert_false (gtk_info_bar_get_revealed (strip));
  gtk_window_destroy (GTK_WINDOW (fixture.window));
}

static void
test_reconnecting (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_tcp_client_new ("127.0.0.1", unused_port ()));
  Fixture fixture;

  g_object_set (session, "reconnect", TRUE, NULL);
  setup (&fixture, session, 900);
  gtk_widget_activate_action (fixture.bar, "bar.toggle", NULL);
  test_wait (tl_session_get_state (session) == TL_SESSION_RECONNECTING);
  g_assert_true (g_str_has_prefix (tl_state_pill_get_text (fixture.pill), "Reconnecting"));
  g_assert_cmpstr (gtk_button_get_label (fixture.button), ==, "_Cancel");
  gtk_widget_activate_action (fixture.bar, "bar.toggle", NULL);
  test_wait (tl_session_get_state (session) == TL_SESSION_CLOSED);
  g_assert_cmpstr (tl_state_pill_get_text (fixture.pill), ==, "Not connected");
  gtk_window_destroy (GTK_WINDOW (fixture.window));
}

static void
test_narrow (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_tcp_server_new ("127.0.0.1", 8899));
  Fixture fixture;
  int minimum;

  setup (&fixture, session, 360);
  gtk_widget_measure (fixture.bar, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  g_assert_cmpint (gtk_widget_get_width (fixture.bar), <=, 360);
  tl_ui_test_screenshot (fixture.window, "bar-narrow");
  gtk_window_destroy (GTK_WINDOW (fixture.window));
}

static void
test_finalize (void)
{
  TlSession *session = TL_SESSION (tl_tcp_server_new ("127.0.0.1", 0));
  Fixture fixture;

  setup (&fixture, session, 900);
  gtk_window_destroy (GTK_WINDOW (fixture.window));
  g_assert_finalize_object (session);
}

int
main (int   argc,
      char *argv[])
{
  tl_ui_test_init (&argc, &argv);

  g_test_add_func ("/connection-bar/server", test_server);
  g_test_add_func ("/connection-bar/fields", test_fields);
  g_test_add_func ("/connection-bar/captions", test_captions);
  g_test_add_func ("/connection-bar/captions-in-place", test_captions_in_place);
  g_test_add_func ("/connection-bar/problem", test_problem);
  g_test_add_func ("/connection-bar/error", test_error);
  g_test_add_func ("/connection-bar/reconnecting", test_reconnecting);
  g_test_add_func ("/connection-bar/narrow", test_narrow);
  g_test_add_func ("/connection-bar/finalize", test_finalize);

  return g_test_run ();
}
