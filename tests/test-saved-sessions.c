/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions as they are kept for the next start. Needs no display. */
#include "tl-saved-sessions.h"

#include "tl-tcp-server.h"
#include "tl-udp-session.h"

/* Packed, printed and read again, as the settings do it. (transfer full) */
static GVariant *
keep (TlSession *session)
{
  g_autoptr (GVariant) packed = g_variant_ref_sink (tl_saved_session_pack (session));
  g_autofree char *text = g_variant_print (packed, TRUE);
  g_autoptr (GError) error = NULL;
  GVariant *back = g_variant_parse (G_VARIANT_TYPE (TL_SAVED_SESSION_TYPE), text, NULL, NULL, &error);

  g_assert_no_error (error);
  return back;
}

static TlSession *
restore (TlSession *session,
         gboolean  *was_open)
{
  g_autoptr (GVariant) kept = keep (session);
  g_autoptr (GError) error = NULL;
  TlSession *restored = tl_saved_session_unpack (kept, was_open, &error);

  g_assert_no_error (error);
  return restored;
}

/* What is private stays private: after the next start too nothing of it gets into the history. */
static void
test_private (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 5000));
  g_autoptr (TlSession) plain = NULL;
  g_autoptr (TlSession) restored = NULL;
  gboolean was_open = TRUE;

  plain = restore (session, &was_open);
  g_assert_false (tl_session_get_private (plain));
  g_assert_false (was_open);

  tl_session_set_private (session, TRUE);
  restored = restore (session, NULL);
  g_assert_true (TL_IS_UDP_SESSION (restored));
  g_assert_true (tl_session_get_private (restored));
}

static void
test_rest (void)
{
  g_autoptr (TlSession) session = TL_SESSION (tl_tcp_server_new ("127.0.0.1", 0));
  g_autoptr (TlSession) restored = NULL;
  g_autofree char *link = NULL, *restored_link = NULL;
  gboolean was_open = FALSE;

  g_object_set (tl_session_get_auto_reply (session), "mode", TL_REPLY_ECHO, NULL);
  tl_session_open (session);
  restored = restore (session, &was_open);
  g_assert_true (was_open);
  g_assert_cmpint (tl_auto_reply_get_mode (tl_session_get_auto_reply (restored)), ==, TL_REPLY_ECHO);
  g_assert_cmpint (tl_session_get_state (restored), ==, TL_SESSION_CLOSED);
  tl_session_close (session);
  link = tl_session_dup_link (session);
  restored_link = tl_session_dup_link (restored);
  g_assert_cmpstr (restored_link, ==, link);
}

/* A new session begins with what the last one had, but is private only when that is asked for. */
static void
test_last (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.tonglu.Tonglu");
  g_autoptr (TlSession) session = TL_SESSION (tl_udp_session_new ("127.0.0.1", 0));
  g_autoptr (TlSession) next = NULL;
  g_autoptr (TlSession) fresh = NULL;
  g_autoptr (GVariant) kept = NULL;
  g_autofree char *link = NULL;
  gboolean is_private = FALSE;
  g_autoptr (GVariant) extras = NULL;

  tl_saved_session_keep_last (session, settings);
  tl_session_set_private (session, TRUE);
  tl_session_open (session);
  kept = g_settings_get_value (settings, tl_saved_session_key (session));
  extras = g_variant_get_child_value (kept, 2);
  g_assert_true (g_variant_lookup (extras, "private", "b", &is_private) && is_private);
  next = tl_saved_session_new_last (settings, tl_saved_session_key (session));
  link = tl_session_dup_link (next);
  g_assert_nonnull (strstr (link, "127.0.0.1"));
  g_assert_false (tl_session_get_private (next));
  tl_session_close (session);

  /* What another version has left there is no reason to have none. */
  g_settings_set (settings, "last-udp", "(sba{sv})", "no link", TRUE, NULL);
  fresh = tl_saved_session_new_last (settings, "last-udp");
  g_assert_true (TL_IS_UDP_SESSION (fresh));
}

static void
test_damaged (void)
{
  g_autoptr (GVariant) wrong = g_variant_ref_sink (g_variant_new_parsed ("('no link', true, {'private': <'yes'>})"));
  g_autoptr (GVariant) odd = g_variant_ref_sink (g_variant_new_parsed ("('udp://?local=127.0.0.1:0', true, {'private': <'yes'>, 'options': <5>})"));
  g_autoptr (TlSession) session = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (tl_saved_session_unpack (wrong, NULL, &error));
  g_assert_nonnull (error);
  session = tl_saved_session_unpack (odd, NULL, NULL);
  g_assert_nonnull (session);
  g_assert_false (tl_session_get_private (session));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/saved-sessions/private", test_private);
  g_test_add_func ("/saved-sessions/rest", test_rest);
  g_test_add_func ("/saved-sessions/last", test_last);
  g_test_add_func ("/saved-sessions/damaged", test_damaged);

  return g_test_run ();
}
