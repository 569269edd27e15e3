/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session without a socket, which sends into an array. */
#pragma once

#include "tl-net-test.h"

#include "tl-session-private.h"

#define TEST_TYPE_SESSION (test_session_get_type ())
G_DECLARE_FINAL_TYPE (TestSession, test_session, TEST, SESSION, TlSession)

/* Takes what it is told to send, as long as nobody wants it refused. */
struct _TestSession
{
  TlSession parent_instance;

  GPtrArray *sent;
  gboolean   refuses;
  gboolean   drops_peer;
  GSocket   *socket;
};

G_DEFINE_FINAL_TYPE (TestSession, test_session, TL_TYPE_SESSION)

static inline void
test_session_open_vfunc (TlSession *session)
{
  tl_session_set_state (session, TL_SESSION_OPENING, NULL);
  tl_session_set_local_endpoint (session, "127.0.0.1:4711");
  tl_session_set_state (session, TL_SESSION_OPEN, NULL);
}

static inline void
test_session_close_vfunc (TlSession *session)
{
  tl_session_set_state (session, TL_SESSION_CLOSED, NULL);
}

static inline gboolean
test_session_send_vfunc (TlSession *session,
                         TlPeer    *peer,
                         GBytes    *bytes,
                         GError   **error)
{
  TestSession *self = TEST_SESSION (session);

  if (self->drops_peer)
    tl_session_remove_peer (session, peer);
  if (self->refuses)
    {
      g_set_error_literal (error, TL_SESSION_ERROR, TL_SESSION_ERROR_QUEUE_FULL, "full");
      return FALSE;
    }
  g_ptr_array_add (self->sent, g_bytes_ref (bytes));
  tl_session_sent (session, peer, g_get_real_time (), g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return TRUE;
}

static inline GSocket *
test_session_get_socket_vfunc (TlSession *session,
                               TlPeer    *peer)
{
  return TEST_SESSION (session)->socket;
}

static inline void
test_session_finalize (GObject *object)
{
  g_ptr_array_unref (TEST_SESSION (object)->sent);
  g_clear_object (&TEST_SESSION (object)->socket);
  G_OBJECT_CLASS (test_session_parent_class)->finalize (object);
}

static inline void
test_session_class_init (TestSessionClass *klass)
{
  TlSessionClass *session_class = TL_SESSION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = test_session_finalize;
  session_class->open = test_session_open_vfunc;
  session_class->close = test_session_close_vfunc;
  session_class->send = test_session_send_vfunc;
  session_class->get_socket = test_session_get_socket_vfunc;
}

static inline void
test_session_init (TestSession *self)
{
  self->sent = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

static inline TestSession *
opened (TlPeer **peer)
{
  TestSession *self = g_object_new (TEST_TYPE_SESSION, NULL);
  g_autoptr (TlEndpoint) endpoint = tl_endpoint_new ("10.1.2.3", 99);

  *peer = g_object_new (TL_TYPE_PEER, NULL);
  tl_peer_set_endpoint (*peer, endpoint);
  tl_peer_init_log (*peer, tl_session_get_log (TL_SESSION (self)));
  tl_session_add_peer (TL_SESSION (self), *peer);
  tl_session_open (TL_SESSION (self));
  return self;
}

static inline void
receive (TestSession *self,
         TlPeer      *peer,
         const char  *text)
{
  tl_session_received (TL_SESSION (self), peer, g_get_real_time (), (const guint8 *) text, strlen (text));
}

static inline void
set_reply (TestSession *self,
           const char  *reply)
{
  tl_auto_reply_set_from_link (tl_session_get_auto_reply (TL_SESSION (self)), reply);
}
