/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session without a socket, for tests of what is shown: states and peers are set by hand. */
#pragma once

#include "tl-session-private.h"

#define TL_TYPE_MUTE_SESSION (tl_mute_session_get_type ())
G_DECLARE_FINAL_TYPE (TlMuteSession, tl_mute_session, TL, MUTE_SESSION, TlSession)

struct _TlMuteSession
{
  TlSession parent_instance;

  guint n_opened;
  guint n_closed;
};

G_DEFINE_FINAL_TYPE (TlMuteSession, tl_mute_session, TL_TYPE_SESSION)

static void
tl_mute_session_open (TlSession *session)
{
  TL_MUTE_SESSION (session)->n_opened++;
  tl_session_set_state (session, TL_SESSION_OPEN, NULL);
}

static void
tl_mute_session_close (TlSession *session)
{
  TL_MUTE_SESSION (session)->n_closed++;
  tl_session_set_state (session, TL_SESSION_CLOSED, NULL);
}

static gboolean
tl_mute_session_send (TlSession *session,
                      TlPeer    *peer,
                      GBytes    *bytes,
                      GError   **error)
{
  return TRUE;
}

static char *
tl_mute_session_dup_title (TlSession *session)
{
  return g_strdup ("Fake");
}

static char *
tl_mute_session_dup_link (TlSession *session)
{
  return g_strdup ("fake:");
}

static void
tl_mute_session_class_init (TlMuteSessionClass *klass)
{
  TlSessionClass *session_class = TL_SESSION_CLASS (klass);

  session_class->open = tl_mute_session_open;
  session_class->close = tl_mute_session_close;
  session_class->send = tl_mute_session_send;
  session_class->dup_title = tl_mute_session_dup_title;
  session_class->dup_link = tl_mute_session_dup_link;
}

static void
tl_mute_session_init (TlMuteSession *self)
{
}

static inline TlSession *
tl_mute_session_new (void)
{
  return g_object_new (TL_TYPE_MUTE_SESSION, NULL);
}

/* (transfer none): a peer at 10.0.x.y:port, already in the session. */
static inline TlPeer *
tl_mute_session_add (TlSession *session,
                     guint      number)
{
  g_autoptr (TlPeer) peer = g_object_new (TL_TYPE_PEER, NULL);
  g_autofree char *host = g_strdup_printf ("10.0.%u.%u", number / 250, number % 250 + 1);
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_new (host, 7855);

  tl_peer_set_endpoint (peer, endpoint);
  tl_peer_init_log (peer, tl_session_get_log (session));
  tl_peer_set_state (peer, TL_PEER_ACTIVE, NULL);
  tl_session_add_peer (session, peer);
  return peer;
}
