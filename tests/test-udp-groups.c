/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UDP sessions beyond one peer at a time: broadcast, multicast groups, automatic answers and two that answer each other. */

#include "tl-udp-test.h"

#include "tl-interface.h"
#include "tl-link-parts.h"

#include <errno.h>
#include <net/if.h>

static gboolean
send_text (TlSession  *session,
           TlPeer     *peer,
           const char *text,
           GError    **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return tl_session_send (session, peer, bytes, error);
}

static void
test_broadcast (void)
{
  TlSession *session = opened ("");
  TlPeer *ordinary = peer_at (session, "127.0.0.1", tl_net_test_port (session));
  TlPeer *broadcast = peer_at (session, "255.255.255.255", 9);
  g_autoptr (TlSocketOptions) before = NULL;
  g_autoptr (TlSocketOptions) after = NULL;
  g_autoptr (GError) error = NULL;
  gboolean allowed;

  g_assert_true (send_text (session, ordinary, "x", &error));
  g_assert_no_error (error);
  before = tl_session_read_options (session, NULL);
  g_object_get (before, "broadcast", &allowed, NULL);
  g_assert_false (allowed);
  /* Where there is no network it cannot go out; what counts is that it was allowed, once, and never forbidden. */
  for (guint i = 0; i < 2; ++i)
    {
      g_clear_error (&error);
      if (!send_text (session, broadcast, "x", &error))
        g_assert_null (strstr (error->message, g_strerror (EACCES)));
    }
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_CALL, "SOL_SOCKET, SO_BROADCAST, 1) = 0"), ==, 1);
  after = tl_session_read_options (session, NULL);
  g_object_get (after, "broadcast", &allowed, NULL);
  g_assert_true (allowed);
  finish (session);
}

/* The broadcast address of the loopback network is in no list of interfaces; only the system knows of it. */
static void
test_loopback_broadcast (void)
{
  TlSession *session = opened ("");
  TlSession *other = opened ("127.255.255.255");
  TlPeer *broadcast = peer_at (session, "127.255.255.255", tl_net_test_port (other));
  g_autoptr (GError) error = NULL;

  g_assert_true (send_text (session, broadcast, "x", &error));
  g_assert_no_error (error);
  g_assert_true (send_text (session, broadcast, "y", &error));
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_CALL, "SOL_SOCKET, SO_BROADCAST, 1) = 0"), ==, 1);
  test_wait (tl_session_get_counters (other)->rx_messages == 2);
  finish (session);
  finish (other);
}

/* The loopback interface does for IPv4. It has no route for groups of IPv6; those of scope 1 leave no other interface either. */
static guint
interface_for (gboolean ipv6)
{
  g_autoptr (GListModel) interfaces = tl_interface_list ();

  for (guint i = 0; ipv6 && i < g_list_model_get_n_items (interfaces); ++i)
    {
      g_autoptr (TlInterface) interface = g_list_model_get_item (interfaces, i);
      gboolean up, multicast;

      g_object_get (interface, "is-up", &up, "can-multicast", &multicast, NULL);
      if (up && multicast && !g_str_equal (tl_interface_get_name (interface), "lo"))
        return tl_interface_get_index (interface);
    }
  return if_nametoindex ("lo");
}

/* Something that comes for certain, after which nothing that went before it is on its way any more. */
static void
assert_next_is_own (TlSession *session,
                    gboolean   ipv6)
{
  const guint64 before = RX (session);
  g_autoptr (GBytes) last = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (send_text (session, peer_at (session, ipv6 ? "::1" : "127.0.0.1", tl_net_test_port (session)), "me", &error));
  g_assert_no_error (error);
  test_wait (RX (session) > before);
  g_assert_cmpuint (RX (session), ==, before + 1);
  last = tl_net_test_dup_payload (session, TL_MESSAGE_RECEIVED, before);
  g_assert_cmpmem (g_bytes_get_data (last, NULL), g_bytes_get_size (last), "me", 2);
}

/* Sends to the group, and waits for it to come back. */
static void
test_multicast (gconstpointer data)
{
  const char *group = data;
  const gboolean ipv6 = strchr (group, ':') != NULL;
  const guint interface = interface_for (ipv6);
  TlSession *session = TL_SESSION (tl_udp_session_new (ipv6 ? "::" : "", 0));
  TlUdpSession *udp = TL_UDP_SESSION (session);
  g_autoptr (TlMulticastGroup) row = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;
  gboolean joined;
  TlPeer *peer;

  g_object_set (tl_session_get_options (session), "multicast-interface", interface, NULL);
  g_assert_true (tl_udp_session_join (udp, group, interface, &error));
  g_assert_no_error (error);
  row = g_list_model_get_item (tl_udp_session_get_groups (udp), 0);
  g_object_get (row, "joined", &joined, "label", &label, NULL);
  g_assert_false (joined);
  g_assert_nonnull (strstr (label, group));
  tl_session_open (session);
  g_object_get (row, "joined", &joined, NULL);
  if (tl_session_get_state (session) != TL_SESSION_OPEN || !joined)
    {
      g_test_skip ("no multicast here");
      g_clear_object (&row);
      g_assert_finalize_object (session);
      return;
    }
  peer = peer_at (session, group, tl_net_test_port (session));
  if (!send_text (session, peer, "all", &error))
    {
      g_test_skip (error->message);
    }
  else
    {
      test_wait (RX (session) == 1);
      /* The loopback interface gives everything back, switched off or not. */
      if (interface != if_nametoindex ("lo"))
        {
          g_object_set (tl_session_get_options (session), "multicast-loopback", FALSE, NULL);
          g_assert_true (send_text (session, peer, "not to this computer", &error));
          assert_next_is_own (session, ipv6);
          g_object_set (tl_session_get_options (session), "multicast-loopback", TRUE, NULL);
        }
      /* Asked for twice it is one membership; left, nothing comes back. */
      g_assert_true (tl_udp_session_join (udp, group, interface, &error));
      g_assert_cmpuint (g_list_model_get_n_items (tl_udp_session_get_groups (udp)), ==, 1);
      tl_udp_session_leave (udp, row);
      g_assert_cmpuint (g_list_model_get_n_items (tl_udp_session_get_groups (udp)), ==, 0);
      g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_CALL, ipv6 ? "IPV6_LEAVE_GROUP" : "IP_DROP_MEMBERSHIP"), ==, 1);
      g_assert_true (send_text (session, peer, "nobody", &error));
      assert_next_is_own (session, ipv6);
    }
  g_clear_object (&row);
  finish (session);
}

/* Which interface the system takes for a group without one is told, as far as it has one: by its routes. */
static void
test_chosen_interface (void)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_from_string ("127.0.0.1");
  g_autoptr (GInetAddress) loopback6 = g_inet_address_new_from_string ("::1");
  g_autoptr (GInetAddress) group = g_inet_address_new_from_string ("239.255.77.7");
  guint expected;
  TlSession *session;
  char name[IF_NAMESIZE];

  g_assert_cmpuint (tl_interface_find_route (loopback), ==, if_nametoindex ("lo"));
  if (tl_interface_find_route (loopback6) != 0)
    g_assert_cmpuint (tl_interface_find_route (loopback6), ==, if_nametoindex ("lo"));

  /* Joined where lo is asked for, nothing is said of the system; where nothing is asked for, it is told. Nothing leaves this computer but the
   * report of the membership, and that only where there is a route. */
  session = opened ("");
  g_assert_true (tl_udp_session_join (TL_UDP_SESSION (session), "239.255.77.7", if_nametoindex ("lo"), NULL));
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_EVENT, "The system chose"), ==, 0);
  expected = tl_interface_find_route (group);
  if (expected == if_nametoindex ("lo") && tl_udp_session_join (TL_UDP_SESSION (session), "239.255.77.7", 0, NULL))
    {
      g_autofree char *line = g_strdup_printf ("The system chose the interface %s.", if_indextoname (expected, name));

      g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_EVENT, line), ==, 1);
    }
  finish (session);
}

static void
test_bad_groups (void)
{
  static const char *const bad[] = { "1.2.3.4", "::1", "name", "" };
  TlSession *session = opened ("127.0.0.1");
  TlUdpSession *udp = TL_UDP_SESSION (session);
  g_autoptr (TlMulticastGroup) row = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); ++i)
    {
      g_assert_false (tl_udp_session_join (udp, bad[i], 0, &error));
      g_assert_error (error, TL_SESSION_ERROR, TL_SESSION_ERROR_ADDRESS);
      g_clear_error (&error);
    }
  g_assert_cmpuint (g_list_model_get_n_items (tl_udp_session_get_groups (udp)), ==, 0);
  /* Of the other family: it stays in the list with what is wrong. */
  g_assert_false (tl_udp_session_join (udp, "ff02::1234", 0, &error));
  g_assert_nonnull (error);
  row = g_list_model_get_item (tl_udp_session_get_groups (udp), 0);
  g_object_get (row, "error", &sentence, NULL);
  g_assert_cmpstr (sentence, ==, error->message);
  g_assert_cmpint (tl_session_get_state (session), ==, TL_SESSION_OPEN);
  g_clear_object (&row);
  finish (session);
}

static void
test_echo (void)
{
  TlSession *server = opened ("127.0.0.1");
  TlSession *client = opened ("127.0.0.1");
  TlPeer *to_server = peer_at (client, "127.0.0.1", tl_net_test_port (server));
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a\0b\xff", 4);
  g_autoptr (GBytes) back = NULL;
  g_autoptr (GError) error = NULL;

  tl_auto_reply_set_from_link (tl_session_get_auto_reply (server), "@echo");
  g_assert_true (tl_session_send (client, to_server, bytes, &error));
  test_wait (RX (client) == 1);
  back = tl_net_test_dup_payload (client, TL_MESSAGE_RECEIVED, 0);
  g_assert_true (g_bytes_equal (bytes, back));
  g_assert_cmpuint (tl_session_get_counters (server)->tx_messages, ==, 1);
  finish (client);
  finish (server);
}

static void
test_template (void)
{
  TlSession *server = opened ("127.0.0.1");
  TlSession *client = opened ("127.0.0.1");
  TlPeer *to_server = peer_at (client, "127.0.0.1", tl_net_test_port (server));

  tl_auto_reply_set_from_link (tl_session_get_auto_reply (server), "{count} {length} {hex} {peer}|{text}");
  for (guint i = 1; i <= 3; ++i)
    {
      g_autoptr (GBytes) back = NULL;
      g_autofree char *expected = g_strdup_printf ("%u 6 E4 BD A0 E5 A5 BD %s|你好", i, tl_session_get_local_endpoint (client));

      g_assert_true (send_text (client, to_server, "你好", NULL));
      test_wait (RX (client) == i);
      back = tl_net_test_dup_payload (client, TL_MESSAGE_RECEIVED, i - 1);
      g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), expected, strlen (expected));
    }
  finish (client);
  finish (server);
}

/* Two that echo to each other come to rest, and that is in the log. */
static void
test_loop_guard (void)
{
  TlSession *a = opened ("127.0.0.1");
  TlSession *b = opened ("127.0.0.1");
  guint64 replies;

  tl_auto_reply_set_from_link (tl_session_get_auto_reply (a), "@echo");
  tl_auto_reply_set_from_link (tl_session_get_auto_reply (b), "@echo");
  g_assert_true (send_text (a, peer_at (a, "127.0.0.1", tl_net_test_port (b)), "ping", NULL));
  test_wait (tl_session_get_counters (a)->replies_held + tl_session_get_counters (b)->replies_held == 1);
  g_assert_cmpuint (tl_net_test_count_lines (a, TL_MESSAGE_WARNING, "answer each other") +
                    tl_net_test_count_lines (b, TL_MESSAGE_WARNING, "answer each other"), ==, 1);
  replies = tl_session_get_counters (a)->tx_messages + tl_session_get_counters (b)->tx_messages;
  g_assert_cmpuint (replies, >=, TL_LOOP_GUARD_BURST);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (tl_session_get_counters (a)->tx_messages + tl_session_get_counters (b)->tx_messages, ==, replies);
  finish (a);
  finish (b);
}

static void
test_links (void)
{
  TlSession *session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 7856));
  g_autoptr (TlLinkParts) parts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *link = NULL;
  g_autofree char *title = tl_session_dup_title (session);
  g_autofree char *bare = tl_session_dup_link (session);

  g_assert_cmpstr (title, ==, "UDP 127.0.0.1:7856");
  g_assert_cmpstr (bare, ==, "udp://?local=127.0.0.1:7856");
  peer_at (session, "::1", 7855);
  tl_auto_reply_set_from_link (tl_session_get_auto_reply (session), "收到 {text}");
  g_assert_true (tl_udp_session_join (TL_UDP_SESSION (session), "239.1.2.3", if_nametoindex ("lo"), NULL));
  link = tl_session_dup_link (session);
  parts = tl_link_parts_parse (link, &error);
  g_assert_no_error (error);
  g_assert_cmpint (parts->kind, ==, TL_LINK_UDP);
  g_assert_cmpstr (parts->host, ==, "::1");
  g_assert_cmpuint (parts->port, ==, 7855);
  g_assert_cmpstr (parts->local_host, ==, "127.0.0.1");
  g_assert_cmpuint (parts->local_port, ==, 7856);
  g_assert_cmpstr (parts->reply, ==, "收到 {text}");
  g_assert_cmpuint (parts->groups->len, ==, 1);
  g_assert_cmpstr (parts->groups->pdata[0], ==, "239.1.2.3%lo");
  g_assert_finalize_object (session);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/udp-groups/broadcast", test_broadcast);
  g_test_add_func ("/udp-groups/loopback-broadcast", test_loopback_broadcast);
  g_test_add_data_func ("/udp-groups/multicast/ipv4", "239.255.77.7", test_multicast);
  g_test_add_data_func ("/udp-groups/multicast/ipv6", "ff01::7777", test_multicast);
  g_test_add_func ("/udp-groups/chosen-interface", test_chosen_interface);
  g_test_add_func ("/udp-groups/bad-groups", test_bad_groups);
  g_test_add_func ("/udp-groups/echo", test_echo);
  g_test_add_func ("/udp-groups/template", test_template);
  g_test_add_func ("/udp-groups/loop-guard", test_loop_guard);
  g_test_add_func ("/udp-groups/links", test_links);
  return g_test_run ();
}
