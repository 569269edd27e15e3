/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hands pieces to several peers at the pace of the slowest. */

#include "tl-piece-sender.h"

struct _TlPieceSender
{
  TlSession *session;
  GPtrArray *peers;
  GPtrArray *pending;   /* of the peers, who have not taken the piece */
  GBytes    *bytes;
  GError    *refusal;
};

static gboolean
can_take (TlPeer *peer)
{
  switch (tl_peer_get_state (peer))
    {
    case TL_PEER_KNOWN:
    case TL_PEER_ACTIVE:
    case TL_PEER_UNREACHABLE:
    case TL_PEER_HALF_CLOSED_REMOTE:
      return TRUE;
    case TL_PEER_HALF_CLOSED_LOCAL:
    case TL_PEER_CLOSING:
    case TL_PEER_CLOSED:
    case TL_PEER_RESET:
    default:
      return FALSE;
    }
}

TlPieceSender *
tl_piece_sender_new (TlSession *session,
                     GPtrArray *peers)
{
  TlPieceSender *self = g_new0 (TlPieceSender, 1);
  GListModel *all = tl_session_get_peers (session);

  self->session = g_object_ref (session);
  self->peers = g_ptr_array_new_with_free_func (g_object_unref);
  self->pending = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; peers != NULL && i < peers->len; i++)
    g_ptr_array_add (self->peers, g_object_ref (peers->pdata[i]));
  for (guint i = 0; peers == NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (TlPeer) peer = g_list_model_get_item (all, i);

      if (can_take (peer))
        g_ptr_array_add (self->peers, g_steal_pointer (&peer));
    }
  return self;
}

void
tl_piece_sender_free (TlPieceSender *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->session);
  g_ptr_array_unref (self->peers);
  g_ptr_array_unref (self->pending);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_error (&self->refusal);
  g_free (self);
}

guint
tl_piece_sender_get_n_peers (TlPieceSender *self)
{
  return self->peers->len;
}

void
tl_piece_sender_set_piece (TlPieceSender *self,
                           GBytes        *bytes)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->bytes = g_bytes_ref (bytes);
  g_ptr_array_set_size (self->pending, 0);
  for (guint i = 0; i < self->peers->len; i++)
    g_ptr_array_add (self->pending, g_object_ref (self->peers->pdata[i]));
}

gboolean
tl_piece_sender_try (TlPieceSender *self)
{
  for (guint i = self->pending->len; i-- > 0;)
    {
      g_autoptr (TlPeer) peer = g_object_ref (self->pending->pdata[i]);
      g_autoptr (GError) error = NULL;

      if (!tl_session_send (self->session, peer, self->bytes, &error))
        {
          if (g_error_matches (error, TL_SESSION_ERROR, TL_SESSION_ERROR_QUEUE_FULL))
            continue;
          if (self->refusal == NULL)
            self->refusal = g_steal_pointer (&error);
          g_ptr_array_remove (self->peers, peer);
        }
      g_ptr_array_remove_index_fast (self->pending, i);
    }
  return self->pending->len == 0;
}

GError *
tl_piece_sender_steal_refusal (TlPieceSender *self)
{
  return g_steal_pointer (&self->refusal);
}
