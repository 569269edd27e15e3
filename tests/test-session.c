/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all sessions share, over a session without a socket: states, counters, ticks, peers, options. */

#include "tl-session-test.h"

#include "tl-link-parts.h"

#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>

static void
count_cb (gpointer object,
          gpointer pspec,
          guint   *count)
{
  ++*count;
}

static void
tick_cb (gpointer object,
         guint   *count)
{
  ++*count;
}

static void
test_states (void)
{
  g_autoptr (TlPeer) peer = NULL;
  TestSession *self = opened (&peer);
  TlSession *session = TL_SESSION (self);
  guint states = 0;
  guint errors = 0;

  g_signal_connect (session, "notify::state", G_CALLBACK (count_cb), &states);
  g_signal_connect (session, "notify::error", G_CALLBACK (count_cb), &errors);
  g_assert_true (tl_session_is_active (session));
  tl_session_open (session);
  g_assert_cmpuint (states, ==, 0);
  tl_session_set_state (session, TL_SESSION_FAILED, "because");
  tl_session_set_state (session, TL_SESSION_FAILED, "because");
  g_assert_cmpuint (states, ==, 1);
  g_assert_cmpuint (errors, ==, 1);
  g_assert_false (tl_session_is_active (session));
  g_assert_cmpstr (tl_session_get_error (session), ==, "because");
  tl_session_close (session);
  g_assert_cmpint (tl_session_get_state (session), ==, TL_SESSION_FAILED);
  tl_session_open (session);
  g_assert_null (tl_session_get_error (session));
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_EVENT, "State: Opening → Open. Local address: 127.0.0.1:4711"), ==, 2);
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_ERROR, "State: Open → Failed. because"), ==, 1);

  tl_session_trace (session, NULL, 0, 0, "bind(%d, %s)", 7, "0.0.0.0:7855");
  tl_session_trace (session, peer, -1, EADDRINUSE, "bind(%d)", 8);
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_CALL, "bind(7, 0.0.0.0:7855) = 0"), ==, 1);
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_CALL, "bind(8) = -1 EADDRINUSE ("), ==, 1);
  g_assert_finalize_object (session);
}

static void
test_ticks (void)
{
  g_autoptr (TlPeer) peer = NULL;
  TestSession *self = opened (&peer);
  TlSession *session = TL_SESSION (self);
  guint ticks = 0;
  guint notifies = 0;
  double bytes;
  guint64 queued;

  g_signal_connect (session, "tick", G_CALLBACK (tick_cb), &ticks);
  g_signal_connect (peer, "notify::rx-bytes", G_CALLBACK (count_cb), &notifies);
  for (guint i = 0; i < 1000; ++i)
    receive (self, peer, "0123456789");
  tl_peer_set_queued (peer, 77);
  g_assert_cmpuint (ticks, ==, 0);
  g_assert_cmpuint (notifies, ==, 0);
  g_assert_cmpuint (tl_peer_get_rx_bytes (peer), ==, 10000);
  test_wait (ticks == 1);
  g_assert_cmpuint (notifies, ==, 1);
  g_object_get (session, "n-queued", &queued, NULL);
  g_assert_cmpuint (queued, ==, 77);
  g_assert_cmpuint (tl_session_get_rate_samples (session)[TL_SESSION_RATE_SAMPLES - 1] +
                    tl_session_get_rate_samples (session)[TL_SESSION_RATE_SAMPLES - 2], ==, 10000);
  test_wait ((tl_session_get_rates (session, &bytes, NULL, NULL, NULL), bytes) > 0);
  g_assert_cmpfloat (bytes, ==, 10000);

  /* Who leaves takes along what was queued, and tells its views itself from then on. */
  tl_session_remove_peer (session, peer);
  g_object_get (session, "n-queued", &queued, NULL);
  g_assert_cmpuint (queued, ==, 0);
  tl_peer_count (peer, TRUE, 1, 1);
  g_assert_cmpuint (notifies, ==, 2);

  /* With nothing left to tell there is no timer: the loop has nothing to wait for. */
  tl_session_clear_counters (session);
  g_assert_cmpuint (tl_session_get_counters (session)->rx_bytes, ==, 0);
  ticks = 0;
  test_wait (ticks == 2);
  {
    gint timeout = 0;
    gint priority;
    GPollFD fds[8];

    tl_message_log_flush (tl_session_get_log (session));
    while (g_main_context_iteration (NULL, FALSE))
      ;
    g_main_context_prepare (g_main_context_default (), &priority);
    g_main_context_query (g_main_context_default (), G_MAXINT, &timeout, fds, G_N_ELEMENTS (fds));
    g_assert_cmpint (timeout, ==, -1);
  }
  g_assert_finalize_object (session);
}

static void
test_peer_list (void)
{
  g_autoptr (TlPeer) first = NULL;
  TestSession *self = opened (&first);
  GListModel *model = tl_session_get_peers (TL_SESSION (self));
  g_autoptr (GPtrArray) peers = NULL;
  guint changes = 0;

  for (guint i = 0; i < 5000; ++i)
    {
      g_autoptr (TlPeer) peer = g_object_new (TL_TYPE_PEER, NULL);

      tl_session_add_peer (TL_SESSION (self), peer);
    }
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 5001);
  peers = tl_session_snapshot_peers (TL_SESSION (self));
  g_assert_true (peers->pdata[0] == first);
  for (guint i = 1; i < peers->len; i += 2, ++changes)
    tl_session_remove_peer (TL_SESSION (self), peers->pdata[i]);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 5001 - changes);
  for (guint i = 0; i < peers->len; i += 2)
    {
      g_autoptr (TlPeer) peer = g_list_model_get_item (model, i / 2);

      g_assert_true (peer == peers->pdata[i]);
    }
  g_assert_null (g_list_model_get_item (model, 5001 - changes));
  g_clear_pointer (&peers, g_ptr_array_unref);
  g_assert_finalize_object (self);
}

/* Peers that come and go do not use up the log's numbers. */
static void
test_peer_numbers (void)
{
  TlPeer *first;
  TestSession *self = opened (&first);
  TlMessageLog *log = tl_session_get_log (TL_SESSION (self));

  for (guint i = 0; i < 70000; i++)
    {
      g_autoptr (TlPeer) peer = g_object_new (TL_TYPE_PEER, NULL);
      g_autoptr (TlEndpoint) endpoint = tl_endpoint_new (i < 65000 ? "10.0.0.1" : "10.0.0.2", (guint16) (i % 65000 + 1));

      tl_peer_set_endpoint (peer, endpoint);
      tl_peer_init_log (peer, log);
      if (i + 1 == 70000)
        {
          g_autoptr (TlMessage) message = NULL;

          tl_message_log_append (log, TL_MESSAGE_RECEIVED, 0, tl_peer_get_log_id (peer), "x", 1);
          tl_message_log_flush (log);
          message = g_list_model_get_item (G_LIST_MODEL (log), g_list_model_get_n_items (G_LIST_MODEL (log)) - 1);
          g_assert_cmpstr (tl_message_get_peer (message), ==, tl_peer_get_name (peer));
        }
    }
  g_object_unref (first);
  g_assert_finalize_object (self);
}

static void
test_options (void)
{
  g_autoptr (TlPeer) peer = NULL;
  TestSession *self = opened (&peer);
  TlSession *session = TL_SESSION (self);
  TlSocketOptions *options = tl_session_get_options (session);
  g_autoptr (TlSocketOptions) effective = NULL;
  g_autoptr (TlSocketOptions) copy = tl_socket_options_new ();
  g_autoptr (GVariant) saved = NULL;
  gboolean no_delay, keep_alive;
  guint idle, interval, count, ttl, receive_buffer;
  int linger;

  g_assert_null (tl_session_read_options (session, NULL));
  self->socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_object_set (options, "no-delay", TRUE, "keep-alive", TRUE, "keep-alive-idle", 61, "keep-alive-interval", 7, "keep-alive-count", 3,
                "ttl", 33, "linger", 5, "receive-buffer", 65536, NULL);
  effective = tl_session_read_options (session, NULL);
  g_object_get (effective, "no-delay", &no_delay, "keep-alive", &keep_alive, "keep-alive-idle", &idle, "keep-alive-interval", &interval,
                "keep-alive-count", &count, "ttl", &ttl, "linger", &linger, "receive-buffer", &receive_buffer, NULL);
  g_assert_true (no_delay);
  g_assert_true (keep_alive);
  g_assert_cmpuint (idle, ==, 61);
  g_assert_cmpuint (interval, ==, 7);
  g_assert_cmpuint (count, ==, 3);
  g_assert_cmpuint (ttl, ==, 33);
  g_assert_cmpint (linger, ==, 5);
  g_assert_cmpuint (receive_buffer, ==, 2 * 65536);
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_CALL, "IPPROTO_TCP, TCP_NODELAY, 1) = 0"), >=, 1);
  g_clear_object (&effective);

  /* Switched off while open: that is set too. */
  g_object_set (options, "no-delay", FALSE, "linger", -1, NULL);
  effective = tl_session_read_options (session, NULL);
  g_object_get (effective, "no-delay", &no_delay, "linger", &linger, NULL);
  g_assert_false (no_delay);
  g_assert_cmpint (linger, ==, -1);

  saved = g_variant_ref_sink (tl_socket_options_serialize (options));
  tl_socket_options_restore (copy, saved);
  g_object_get (copy, "keep-alive", &keep_alive, "ttl", &ttl, "linger", &linger, NULL);
  g_assert_true (keep_alive);
  g_assert_cmpuint (ttl, ==, 33);
  g_assert_cmpint (linger, ==, -1);
  g_assert_finalize_object (session);
}

static void
test_bad_settings (void)
{
  g_autoptr (TlSocketOptions) options = tl_socket_options_new ();
  g_autoptr (GVariant) bad = g_variant_ref_sink (g_variant_new_parsed ("{'ttl': <70000>, 'linger': <-9>, 'send-buffer': <'x'>, 'what': <1>}"));
  guint ttl, buffer;
  int linger;

  tl_socket_options_restore (options, bad);
  g_object_get (options, "ttl", &ttl, "linger", &linger, "send-buffer", &buffer, NULL);
  g_assert_cmpuint (ttl, ==, 255);
  g_assert_cmpint (linger, ==, -1);
  g_assert_cmpuint (buffer, ==, 0);
}

static void
test_refused_option (void)
{
  g_autoptr (TlSocketOptions) options = tl_socket_options_new ();
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  g_auto (GStrv) refused = NULL;

  g_assert_null (tl_socket_options_apply (options, socket, NULL, NULL, NULL));
  g_object_set (options, "multicast-interface", 999999, "ttl", 9, NULL);
  refused = tl_socket_options_apply (options, socket, NULL, NULL, NULL);
  g_assert_nonnull (refused);
  g_assert_cmpuint (g_strv_length (refused), ==, 1);
  g_assert_nonnull (strstr (refused[0], "IP_MULTICAST_IF"));
}

static void
test_sentences (void)
{
  static const struct { int errsv; gboolean with; const char *part; } rows[] = {
    { EADDRINUSE, TRUE, "1.2.3.4:5 is in use" }, { EADDRINUSE, FALSE, "in use" },
    { EADDRNOTAVAIL, TRUE, "not an address of this computer" }, { EACCES, TRUE, "1024" },
    { ECONNREFUSED, TRUE, "refused" }, { ECONNREFUSED, FALSE, "refused" }, { ETIMEDOUT, TRUE, "in time" },
    { EHOSTUNREACH, TRUE, "cannot be reached" }, { ENETUNREACH, TRUE, "no route" }, { ECONNRESET, TRUE, "reset" },
    { EPIPE, FALSE, "closed the connection" }, { EMFILE, TRUE, "limit" }, { EMSGSIZE, TRUE, "too large" },
    { EPERM, TRUE, "firewall" }, { EXDEV, TRUE, "1.2.3.4:5" }, { EXDEV, FALSE, "did not work" },
  };
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_new ("1.2.3.4", 5);

  for (guint i = 0; i < G_N_ELEMENTS (rows); ++i)
    {
      g_autofree char *sentence = tl_socket_error_sentence ("connect", rows[i].errsv, rows[i].with ? endpoint : NULL);
      g_autofree char *tail = g_strdup_printf ("(connect: %s)", g_strerror (rows[i].errsv));

      g_test_message ("%s", sentence);
      g_assert_nonnull (strstr (sentence, rows[i].part));
      g_assert_true (g_str_has_suffix (sentence, tail));
    }
}

static void
test_link_query (void)
{
  g_autoptr (TlPeer) peer = NULL;
  TestSession *self = opened (&peer);
  g_autoptr (TlFraming) framing = tl_framing_from_string ("prefix:2:be", NULL);
  g_autoptr (GString) query = g_string_new (NULL);
  g_autoptr (TlLinkParts) parts = NULL;
  g_autofree char *link = NULL;
  g_autoptr (GError) error = NULL;

  set_reply (self, "你好 & {text}+1=100%?#\r\n");
  tl_session_set_framing (TL_SESSION (self), framing);
  tl_link_append_query (query, "local", "[::1]:8");
  tl_session_append_link_query (TL_SESSION (self), query);
  link = g_strconcat ("tcp://10.0.0.1:80?", query->str, NULL);
  parts = tl_link_parts_parse (link, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (parts->local_host, ==, "::1");
  g_assert_cmpuint (parts->local_port, ==, 8);
  g_assert_cmpstr (parts->framing, ==, "prefix:2:be");
  {
    g_autofree char *reply = tl_auto_reply_to_link (tl_session_get_auto_reply (TL_SESSION (self)));

    g_assert_cmpstr (parts->reply, ==, reply);
  }
  g_assert_finalize_object (self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/states", test_states);
  g_test_add_func ("/session/ticks", test_ticks);
  g_test_add_func ("/session/peer-list", test_peer_list);
  g_test_add_func ("/session/peer-numbers", test_peer_numbers);
  g_test_add_func ("/session/options", test_options);
  g_test_add_func ("/session/options/bad-settings", test_bad_settings);
  g_test_add_func ("/session/options/refused", test_refused_option);
  g_test_add_func ("/session/sentences", test_sentences);
  g_test_add_func ("/session/link-query", test_link_query);
  return g_test_run ();
}
