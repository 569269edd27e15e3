/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A session without a socket: it keeps what was sent, and refuses when the test tells it to. */

#include "tl-session-private.h"
#include "tl-test-wait.h"

#define TL_TYPE_FAKE_SESSION (tl_fake_session_get_type ())
G_DECLARE_FINAL_TYPE (TlFakeSession, tl_fake_session, TL, FAKE_SESSION, TlSession)

struct _TlFakeSession
{
  TlSession parent_instance;

  GPtrArray *sent;        /* of GBytes */
  guint      refusals;    /* so many sends are refused from now on; G_MAXUINT: all */
  TlPeer    *refuses;     /* (nullable): only this one refuses */
  int        code;        /* of TL_SESSION_ERROR */
  guint      n_refused;
};

G_DEFINE_FINAL_TYPE (TlFakeSession, tl_fake_session, TL_TYPE_SESSION)

static void
tl_fake_session_open (TlSession *session)
{
  tl_session_set_state (session, TL_SESSION_OPEN, NULL);
}

static void
tl_fake_session_close (TlSession *session)
{
  tl_session_set_state (session, TL_SESSION_CLOSED, NULL);
}

static gboolean
tl_fake_session_send (TlSession *session,
                      TlPeer    *peer,
                      GBytes    *bytes,
                      GError   **error)
{
  TlFakeSession *self = TL_FAKE_SESSION (session);

  if (self->refusals > 0 && (self->refuses == NULL || self->refuses == peer))
    {
      if (self->refusals != G_MAXUINT)
        self->refusals--;
      self->n_refused++;
      g_set_error (error, TL_SESSION_ERROR, self->code, "refused");
      return FALSE;
    }
  g_ptr_array_add (self->sent, g_bytes_ref (bytes));
  return TRUE;
}

static void
tl_fake_session_finalize (GObject *object)
{
  g_ptr_array_unref (TL_FAKE_SESSION (object)->sent);
  G_OBJECT_CLASS (tl_fake_session_parent_class)->finalize (object);
}

static void
tl_fake_session_class_init (TlFakeSessionClass *klass)
{
  TlSessionClass *session_class = TL_SESSION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tl_fake_session_finalize;
  session_class->open = tl_fake_session_open;
  session_class->close = tl_fake_session_close;
  session_class->send = tl_fake_session_send;
}

static void
tl_fake_session_init (TlFakeSession *self)
{
  self->sent = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

/* (transfer full): open, with @n_peers peers. */
static inline TlFakeSession *
fake_session_new (guint n_peers)
{
  TlFakeSession *self = g_object_new (TL_TYPE_FAKE_SESSION, NULL);

  for (guint i = 0; i < n_peers; i++)
    {
      g_autoptr (TlPeer) peer = g_object_new (TL_TYPE_PEER, NULL);
      g_autoptr (TlEndpoint) endpoint = tl_endpoint_new ("192.0.2.1", i + 1);

      tl_peer_set_endpoint (peer, endpoint);
      tl_peer_init_log (peer, tl_session_get_log (TL_SESSION (self)));
      tl_session_add_peer (TL_SESSION (self), peer);
    }
  tl_session_open (TL_SESSION (self));
  return self;
}
