/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Automatic answers of streams, over a session without a socket: in order, delayed, bounded, refused. */

#include "tl-session-test.h"

static void
assert_sent (TestSession *self,
             guint        nth,
             const char  *text)
{
  g_assert_cmpuint (self->sent->len, >, nth);
  g_assert_cmpmem (g_bytes_get_data (self->sent->pdata[nth], NULL), g_bytes_get_size (self->sent->pdata[nth]), text, strlen (text));
}

static void
test_stream_replies (void)
{
  g_autoptr (TlPeer) peer = NULL;
  TestSession *self = opened (&peer);
  g_autoptr (TlFraming) lines = tl_framing_new (TL_FRAMING_LINES);

  set_reply (self, "{count}:{length}:{text}");
  receive (self, peer, "ab");
  assert_sent (self, 0, "1:2:ab");
  tl_session_set_framing (TL_SESSION (self), lines);
  receive (self, peer, "on");
  receive (self, peer, "e\ntwo\nthr");
  g_assert_cmpuint (self->sent->len, ==, 3);
  assert_sent (self, 1, "1:4:one\n");
  assert_sent (self, 2, "2:4:two\n");
  receive (self, peer, "ee\n");
  assert_sent (self, 3, "3:6:three\n");
  set_reply (self, "@off");
  receive (self, peer, "nothing\n");
  g_assert_cmpuint (self->sent->len, ==, 4);
  g_assert_finalize_object (self);
}

static void
test_gap_replies (void)
{
  g_autoptr (TlPeer) peer = NULL;
  TestSession *self = opened (&peer);
  g_autoptr (TlFraming) gap = tl_framing_new (TL_FRAMING_IDLE_GAP);

  gap->gap_ms = 30;
  tl_session_set_framing (TL_SESSION (self), gap);
  set_reply (self, "<{text}>");
  receive (self, peer, "ab");
  receive (self, peer, "cd");
  g_assert_cmpuint (self->sent->len, ==, 0);
  test_wait (self->sent->len == 1);
  assert_sent (self, 0, "<abcd>");
  /* One that still runs when the session goes leaves nothing behind. */
  receive (self, peer, "ef");
  g_assert_finalize_object (self);
}

/* Each rule whose expression gives up says so in the log, once. */
static void
test_undecided_rule (void)
{
  g_autoptr (TlPeer) peer = NULL;
  TestSession *self = opened (&peer);
  TlAutoReply *reply = tl_session_get_auto_reply (TL_SESSION (self));
  g_autoptr (TlReplyRule) rule = tl_reply_rule_new (TL_MATCH_REGEX, "(x+x+)+[yz]", "found");
  g_autoptr (TlReplyRule) other = tl_reply_rule_new (TL_MATCH_REGEX, "(x+x+)+[ab]", "found");
  g_autofree char *many = g_strnfill (60, 'x');

  g_list_store_append (tl_auto_reply_get_rules (reply), rule);
  g_list_store_append (tl_auto_reply_get_rules (reply), other);
  g_object_set (reply, "mode", TL_REPLY_RULES, NULL);
  receive (self, peer, "xxy");
  receive (self, peer, many);
  receive (self, peer, many);
  g_assert_cmpuint (self->sent->len, ==, 1);
  g_assert_cmpuint (tl_reply_rule_get_n_undecided (rule), ==, 2);
  g_assert_cmpuint (tl_net_test_count_lines (TL_SESSION (self), TL_MESSAGE_WARNING, "auto-reply rule 1 has too much to try"), ==, 1);
  g_assert_cmpuint (tl_net_test_count_lines (TL_SESSION (self), TL_MESSAGE_WARNING, "auto-reply rule 2 has too much to try"), ==, 1);
  g_assert_finalize_object (self);
}

static void
test_delayed_replies (void)
{
  g_autoptr (TlPeer) peer = NULL;
  TestSession *self = opened (&peer);
  TlAutoReply *reply = tl_session_get_auto_reply (TL_SESSION (self));
  const gint64 start = g_get_monotonic_time ();

  set_reply (self, "{text}");
  g_object_set (reply, "delay", 500u, NULL);
  receive (self, peer, "late");
  g_object_set (reply, "delay", 20u, NULL);
  receive (self, peer, "soon");
  g_assert_cmpuint (self->sent->len, ==, 0);
  test_wait (self->sent->len == 2);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 500000);
  assert_sent (self, 0, "soon");
  assert_sent (self, 1, "late");

  /* Closed before it is due: it is not sent any more. */
  receive (self, peer, "never");
  tl_session_close (TL_SESSION (self));
  tl_session_open (TL_SESSION (self));
  receive (self, peer, "again");
  test_wait (self->sent->len == 3);
  assert_sent (self, 2, "again");
  receive (self, peer, "pending");
  g_assert_finalize_object (self);
}

static void
test_waiting_bound (void)
{
  g_autoptr (TlPeer) peer = NULL;
  TestSession *self = opened (&peer);
  g_autofree char *large = g_strnfill (1024 * 1024, 'x');

  set_reply (self, "{text}");
  g_object_set (tl_session_get_auto_reply (TL_SESSION (self)), "delay", 60000u, NULL);
  for (guint i = 0; i < 20; ++i)
    receive (self, peer, large);
  g_assert_cmpuint (tl_session_get_counters (TL_SESSION (self))->replies_held, ==, 4);
  g_assert_cmpuint (tl_net_test_count_lines (TL_SESSION (self), TL_MESSAGE_WARNING, "held back"), ==, 1);
  g_assert_finalize_object (self);
}

static void
test_refused_replies (void)
{
  g_autoptr (TlPeer) peer = NULL;
  TestSession *self = opened (&peer);
  TlSession *session = TL_SESSION (self);
  g_autoptr (TlFraming) lines = tl_framing_new (TL_FRAMING_LINES);

  tl_session_set_framing (session, lines);
  set_reply (self, "@echo");
  self->refuses = TRUE;
  receive (self, peer, "a\nb\nc\n");
  g_assert_cmpuint (tl_session_get_counters (session)->replies_held, ==, 3);
  g_assert_cmpuint (tl_net_test_count_lines (session, TL_MESSAGE_WARNING, "could not be sent. full"), ==, 1);
  /* An answer that costs the peer its place ends the walk over what it sent. */
  self->refuses = FALSE;
  self->drops_peer = TRUE;
  receive (self, peer, "d\ne\nf\n");
  g_assert_cmpuint (self->sent->len, ==, 1);
  g_assert_finalize_object (self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/replies/stream", test_stream_replies);
  g_test_add_func ("/session/replies/gap", test_gap_replies);
  g_test_add_func ("/session/replies/undecided-rule", test_undecided_rule);
  g_test_add_func ("/session/replies/delayed", test_delayed_replies);
  g_test_add_func ("/session/replies/waiting-bound", test_waiting_bound);
  g_test_add_func ("/session/replies/refused", test_refused_replies);
  return g_test_run ();
}
