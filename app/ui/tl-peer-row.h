/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "tl-peer.h"

G_BEGIN_DECLS

#define TL_TYPE_PEER_ROW (tl_peer_row_get_type ())
G_DECLARE_FINAL_TYPE (TlPeerRow, tl_peer_row, TL, PEER_ROW, GtkWidget)

/**
 * TlPeerRow:
 *
 * One peer in the list: name, state as colour and word, counters, what went wrong last. Property: "peer" (nullable), writable.
 */
GtkWidget *tl_peer_row_new      (void);
void       tl_peer_row_set_peer (TlPeerRow *self,
                                 TlPeer    *peer);
TlPeer    *tl_peer_row_get_peer (TlPeerRow *self);

G_END_DECLS
