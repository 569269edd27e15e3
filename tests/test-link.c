/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Links and the sessions that they stand for, both ways. */

#include "tl-link.h"

#include <string.h>

#include "tl-tcp-client.h"
#include "tl-tcp-server.h"
#include "tl-udp-session.h"

static const struct {
  const char *link;
  const char *written;  /* NULL: as it was */
} links[] = {
  { "udp://127.0.0.1:7855?local=0.0.0.0:7856" },
  { "udp://127.0.0.1:7855" },
  { "udp://[::1]:7855?local=[::]:0" },
  { "udp://?local=127.0.0.1:7855&reply=hello" },
  { "udp://?local=127.0.0.1:7855&reply=@echo" },
  { "udp://?local=0.0.0.0:7855&group=239.1.2.3&group=239.1.2.4" },
  { "udp://?local=0.0.0.0:7855&group=239.1.2.3%25lo" },
  { "tcp://localhost:80" },
  { "tcp://[2001:db8::1]:80" },
  { "tcp://127.0.0.1:80?local=127.0.0.1:99&tls=accept&reconnect=1&timeout=30" },
  { "tcp://127.0.0.1:80?framing=lines&reply=@echo", "tcp://127.0.0.1:80?reply=@echo&framing=lines" },
  { "tcp-listen://0.0.0.0:8899" },
  { "tcp-listen://:8899", "tcp-listen://0.0.0.0:8899" },
  { "tcp-listen://[::]:0?reply=@echo&framing=prefix:4:le:self" },
  { "tcp-listen://0.0.0.0:8899?reply=Received%20msg:%20%7Btext%7D%20from%20%7Bpeer%7D" },
  { "tcp-listen://0.0.0.0:8899?reply=@text:%5Cx00%5CxFF" },
  { "tcp-listen://0.0.0.0:8899?reply=%C4%E3", "tcp-listen://0.0.0.0:8899?reply=%5CxC4%5CxE3" },
  { "tcp-listen://0.0.0.0:8899?reply=%E4%BD%A0%E5%A5%BD" },
};

static void
test_round_trip (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autoptr (GError) error = NULL;
      TlSession *session = tl_link_open (links[i].link, &error);
      TlSession *again;
      g_autofree char *written = NULL;
      g_autofree char *rewritten = NULL;

      g_autofree char *shown = g_utf8_make_valid (links[i].link, -1);

      g_test_message ("%s", shown);
      g_assert_no_error (error);
      g_assert_true (tl_link_check (links[i].link, &error));
      g_assert_no_error (error);
      g_assert_cmpint (tl_session_get_state (session), ==, TL_SESSION_CLOSED);

      written = tl_session_dup_link (session);
      g_assert_cmpstr (written, ==, links[i].written != NULL ? links[i].written : links[i].link);
      again = tl_link_open (written, &error);
      g_assert_no_error (error);
      rewritten = tl_session_dup_link (again);
      g_assert_cmpstr (rewritten, ==, written);
      g_assert_finalize_object (session);
      g_assert_finalize_object (again);
    }
}

static void
test_properties (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TlSession) client = tl_link_open ("tcp://example.com:80?local=127.0.0.1:99&tls=verify&timeout=7&framing=lines", &error);
  g_autoptr (TlSession) server = tl_link_open ("tcp-listen://127.0.0.1:8899?reply=%7Btext%7D", &error);
  g_autoptr (TlSession) udp = tl_link_open ("udp://[::1]:7855", &error);
  g_autoptr (TlPeer) peer = NULL;
  g_autofree char *remote = NULL, *local = NULL, *listen = NULL, *udp_local = NULL;
  guint remote_port, local_port, listen_port, timeout;
  TlTlsMode tls;
  gboolean reconnect;

  g_assert_no_error (error);
  g_assert_true (TL_IS_TCP_CLIENT (client));
  g_object_get (client, "remote-host", &remote, "remote-port", &remote_port, "local-host", &local, "local-port", &local_port,
                "timeout", &timeout, "tls", &tls, "reconnect", &reconnect, NULL);
  g_assert_cmpstr (remote, ==, "example.com");
  g_assert_cmpuint (remote_port, ==, 80);
  g_assert_cmpstr (local, ==, "127.0.0.1");
  g_assert_cmpuint (local_port, ==, 99);
  g_assert_cmpuint (timeout, ==, 7);
  g_assert_cmpint (tls, ==, TL_TLS_VERIFY);
  g_assert_false (reconnect);
  g_assert_cmpint (tl_session_get_framing (client)->kind, ==, TL_FRAMING_LINES);

  g_assert_true (TL_IS_TCP_SERVER (server));
  g_object_get (server, "local-host", &listen, "local-port", &listen_port, NULL);
  g_assert_cmpstr (listen, ==, "127.0.0.1");
  g_assert_cmpuint (listen_port, ==, 8899);
  g_assert_cmpint (tl_auto_reply_get_mode (tl_session_get_auto_reply (server)), ==, TL_REPLY_TEMPLATE);

  g_assert_true (TL_IS_UDP_SESSION (udp));
  g_object_get (udp, "local-host", &udp_local, NULL);
  g_assert_cmpstr (udp_local, ==, "::");
  g_assert_cmpuint (g_list_model_get_n_items (tl_session_get_peers (udp)), ==, 1);
  peer = g_list_model_get_item (tl_session_get_peers (udp), 0);
  g_assert_cmpstr (tl_peer_get_name (peer), ==, "[::1]:7855");
}

static void
test_errors (void)
{
  static const struct {
    const char *link;
    const char *message;
  } wrong[] = {
    { "udp://1.2.3:4", "The address in the link is wrong: " },
    { "tcp://127.0.0.1:80?reply=%7Bnonsense%7D", "“reply” in the link is wrong: " },
    { "tcp://127.0.0.1:80?reply=%5Cq", "“reply” in the link is wrong: " },
    { "udp://?local=:1&group=239.1.2.3%25no-such-card", "This computer has no network interface “no-such-card”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) check_error = NULL;

      g_autofree char *shown = g_utf8_make_valid (wrong[i].link, -1);

      g_test_message ("%s", shown);
      g_assert_null (tl_link_open (wrong[i].link, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_assert_nonnull (strstr (error->message, wrong[i].message));
      g_assert_false (tl_link_check (wrong[i].link, &check_error));
      g_assert_cmpstr (check_error->message, ==, error->message);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/link/round-trip", test_round_trip);
  g_test_add_func ("/link/properties", test_properties);
  g_test_add_func ("/link/errors", test_errors);
  return g_test_run ();
}
