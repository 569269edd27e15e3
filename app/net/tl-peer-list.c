/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The peers of a session as a list model. A GListStore looks through all of its rows to remove one, which ten thousand clients that leave would feel. */

#include "tl-peer-list.h"

struct _TlPeerList
{
  GObject parent_instance;

  GSequence  *rows;
  GHashTable *places;   /* TlPeer → GSequenceIter */
};

static GType
tl_peer_list_get_item_type (GListModel *model)
{
  return TL_TYPE_PEER;
}

static guint
tl_peer_list_get_n_items (GListModel *model)
{
  return g_hash_table_size (TL_PEER_LIST (model)->places);
}

static gpointer
tl_peer_list_get_item (GListModel *model,
                       guint       position)
{
  TlPeerList *self = TL_PEER_LIST (model);

  if (position >= g_hash_table_size (self->places))
    return NULL;
  return g_object_ref (g_sequence_get (g_sequence_get_iter_at_pos (self->rows, position)));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tl_peer_list_get_item_type;
  iface->get_n_items = tl_peer_list_get_n_items;
  iface->get_item = tl_peer_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TlPeerList, tl_peer_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
tl_peer_list_finalize (GObject *object)
{
  TlPeerList *self = TL_PEER_LIST (object);

  g_hash_table_unref (self->places);
  g_sequence_free (self->rows);
  G_OBJECT_CLASS (tl_peer_list_parent_class)->finalize (object);
}

static void
tl_peer_list_class_init (TlPeerListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tl_peer_list_finalize;
}

static void
tl_peer_list_init (TlPeerList *self)
{
  self->rows = g_sequence_new (g_object_unref);
  self->places = g_hash_table_new (NULL, NULL);
}

TlPeerList *
tl_peer_list_new (void)
{
  return g_object_new (TL_TYPE_PEER_LIST, NULL);
}

void
tl_peer_list_add (TlPeerList *self,
                  TlPeer     *peer)
{
  g_return_if_fail (!g_hash_table_contains (self->places, peer));

  g_hash_table_insert (self->places, peer, g_sequence_append (self->rows, g_object_ref (peer)));
  g_list_model_items_changed (G_LIST_MODEL (self), g_hash_table_size (self->places) - 1, 0, 1);
}

gboolean
tl_peer_list_remove (TlPeerList *self,
                     TlPeer     *peer)
{
  GSequenceIter *place = g_hash_table_lookup (self->places, peer);
  guint position;

  if (place == NULL)
    return FALSE;
  position = g_sequence_iter_get_position (place);
  g_hash_table_remove (self->places, peer);
  g_sequence_remove (place);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  return TRUE;
}

gboolean
tl_peer_list_contains (TlPeerList *self,
                       TlPeer     *peer)
{
  return g_hash_table_contains (self->places, peer);
}

GPtrArray *
tl_peer_list_snapshot (TlPeerList *self)
{
  GPtrArray *peers = g_ptr_array_new_with_free_func (g_object_unref);

  for (GSequenceIter *i = g_sequence_get_begin_iter (self->rows); !g_sequence_iter_is_end (i); i = g_sequence_iter_next (i))
    g_ptr_array_add (peers, g_object_ref (g_sequence_get (i)));
  return peers;
}
