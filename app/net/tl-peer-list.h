/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-peer.h"

G_BEGIN_DECLS

#define TL_TYPE_PEER_LIST (tl_peer_list_get_type ())
G_DECLARE_FINAL_TYPE (TlPeerList, tl_peer_list, TL, PEER_LIST, GObject)

/* The peers of a session in the order in which they came: a GListModel in which adding, removing and finding take O(log n). */
TlPeerList *tl_peer_list_new      (void);
void        tl_peer_list_add      (TlPeerList *self,
                                   TlPeer     *peer);
/* False when it is not in the list. */
gboolean    tl_peer_list_remove   (TlPeerList *self,
                                   TlPeer     *peer);
gboolean    tl_peer_list_contains (TlPeerList *self,
                                   TlPeer     *peer);
/* All of them now. (transfer full) */
GPtrArray  *tl_peer_list_snapshot (TlPeerList *self);

G_END_DECLS
