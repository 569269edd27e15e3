/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of replays share: a clock of their own, and two UDP sessions. */
#pragma once

#include "tl-replay.h"

#include "tl-udp-test.h"

static gint64 the_time;

static inline gint64
clock_cb (gpointer user_data)
{
  return the_time;
}

static inline guint16
port_of (TlSession *session)
{
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_parse (tl_session_get_local_endpoint (session), NULL);

  return tl_endpoint_get_port (endpoint);
}

/* Two UDP sessions, of which the first knows the second. */
typedef struct {
  TlSession    *session;
  TlSession    *other;
  TlReplayList *list;
  guint         flow;
  TlReplay     *replay;
} Fixture;

static inline void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  the_time = 1000000000;
  fixture->session = opened ("127.0.0.1");
  fixture->other = opened ("127.0.0.1");
  peer_at (fixture->session, "127.0.0.1", port_of (fixture->other));
  fixture->list = tl_replay_list_new ();
  fixture->flow = tl_replay_list_add_flow (fixture->list, TL_REPLAY_SENT, FALSE, NULL, "peer");
}

static inline void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  if (fixture->replay != NULL)
    g_assert_finalize_object (fixture->replay);
  tl_replay_list_unref (fixture->list);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->other);
}

static inline void
add (Fixture    *fixture,
     gint64      time,
     const char *text)
{
  g_assert_true (tl_replay_list_add (fixture->list, fixture->flow, time, (const guint8 *) text, strlen (text)));
}

/* On a busy machine a turn may have no time for all that is due. */
static inline void
turn (TlReplay *replay)
{
  for (guint i = 0; i < 50; i++)
    tl_replay_turn (replay);
}

/* Sentences are compared. */
static inline void
test_replay_init (int    *argc,
                  char ***argv)
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_setenv ("LANGUAGE", "C", TRUE);
  g_test_init (argc, argv, NULL);
}

#define ADD(name, func) g_test_add ("/replay/" name, Fixture, NULL, set_up, func, tear_down)
