/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions in the history: from open to closed, and nothing in private. */
#include "tl-session-history.h"

#include "tl-history-test.h"
#include "tl-udp-test.h"

static void
send_text (TlSession  *session,
           TlPeer     *peer,
           const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_assert_true (tl_session_send (session, peer, bytes, &error));
  g_assert_no_error (error);
}

/* The payloads of a session's sent messages, each with a semicolon. (transfer full) */
static char *
dup_sent (TlHistory  *history,
          const char *title)
{
  g_autoptr (TlHistoryMessages) messages = test_history_read (history, title);
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (messages));
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      TlMessageInfo info;
      g_autoptr (GBytes) bytes = test_history_bytes (messages, i, &info);

      if (info.kind != TL_MESSAGE_SENT)
        continue;
      g_string_append_len (all, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
      g_string_append_c (all, ';');
    }
  return g_string_free (all, FALSE);
}

static void
test_recorded (void)
{
  TlHistory *history = test_history_open ("recorded.db");
  TlSession *session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  TlSessionHistory *recording = tl_session_history_new (session, history);
  g_autoptr (TlSession) other = opened ("127.0.0.1");
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_parse (tl_session_get_local_endpoint (other), NULL);
  g_autoptr (GListModel) sessions = NULL;
  g_autoptr (TlHistorySession) newest = NULL;
  g_autofree char *local = NULL;
  g_autofree char *sent = NULL;
  TlPeer *peer;

  g_assert_false (tl_session_history_is_recording (recording));
  tl_session_open (session);
  g_assert_true (tl_session_history_is_recording (recording));
  local = g_strdup (tl_session_get_local_endpoint (session));
  peer = tl_udp_session_add_peer (TL_UDP_SESSION (session), endpoint, NULL);
  send_text (session, peer, "one");

  /* In private nothing is kept; what was kept before stays. */
  tl_session_set_private (session, TRUE);
  g_assert_false (tl_session_history_is_recording (recording));
  tl_session_history_set_enabled (recording, FALSE);
  send_text (session, peer, "a secret");
  tl_session_history_set_enabled (recording, TRUE);
  g_assert_false (tl_session_history_is_recording (recording));
  tl_session_set_private (session, FALSE);
  send_text (session, peer, "two");
  tl_session_close (session);
  g_assert_false (tl_session_history_is_recording (recording));
  test_history_settle (history);

  sessions = test_history_list (history, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (sessions), ==, 2);
  newest = g_list_model_get_item (sessions, 0);
  g_assert_cmpstr (tl_history_session_get_about (newest)->kind, ==, "udp");
  g_assert_cmpstr (tl_history_session_get_about (newest)->local, ==, local);
  g_assert_true (tl_history_session_get_about (newest)->is_datagram);
  g_assert_cmpint (tl_history_session_get_ended (newest), >, 0);
  g_assert_cmpstr (tl_history_session_get_peers (newest), ==, tl_endpoint_get_text (endpoint));
  sent = dup_sent (history, NULL);
  g_assert_cmpstr (sent, ==, "two;");

  g_object_unref (session);
  g_assert_finalize_object (recording);
  tl_history_close (history);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (history);
}

/* A session that goes away while it is recorded ends there too. */
static void
test_gone (void)
{
  TlHistory *history = test_history_open ("gone.db");
  TlSession *session = opened ("127.0.0.1");
  TlSessionHistory *recording = tl_session_history_new (session, history);

  g_assert_true (tl_session_history_is_recording (recording));
  g_assert_finalize_object (session);
  g_assert_false (tl_session_history_is_recording (recording));
  g_assert_finalize_object (recording);
  tl_history_close (history);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (history);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_folder_make ();

  g_test_add_func ("/session-history/recorded", test_recorded);
  g_test_add_func ("/session-history/gone", test_gone);

  status = g_test_run ();
  test_folder_remove ();
  return status;
}
