/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

typedef enum {
  TL_KIND_UDP,
  TL_KIND_SERVER,
  TL_KIND_CLIENT,
} TlKind;

/* Translated: "All peers (3)". (transfer full) */
char       *tl_all_peers_label          (guint            n_peers);
/* Translated: "2 of 5 peers selected". (transfer full) */
char       *tl_selected_peers_label     (guint            n_selected,
                                         guint            n_peers);
/* The style class of a peer's dot. */
const char *tl_peer_state_css_class     (TlPeerState      state);
/* Translated: the state of a peer; a datagram's sender is "heard from", not "connected". */
const char *tl_peer_word                (TlPeer          *peer);
/* Whether bytes may go to the peer and an orderly end is still ahead. */
gboolean    tl_peer_state_is_alive      (TlPeerState      state);
/* Which acts make sense on a peer. */
gboolean    tl_peer_can_disconnect      (TlKind           kind,
                                         TlPeerState      state,
                                         TlDisconnectKind how);
/* Translated: "Received 3 · 1.2 kB". (transfer full) */
char       *tl_received_label           (guint64          messages,
                                         guint64          bytes);
char       *tl_sent_label               (guint64          messages,
                                         guint64          bytes);
/* Translated: what stands where the peers would, while there are none. */
const char *tl_no_peers_hint            (TlKind           kind);
/* Translated: what is over the list: all, the selected, or nobody. (transfer full) */
char       *tl_peers_header             (guint            n_selected,
                                         guint            n_peers,
                                         gboolean         orphaned);
/* Translated: whom a message goes to. @targets: of TlPeer, as of tl_peer_selection_dup_targets(). (transfer full) (nullable) */
char       *tl_target_label             (TlKind           kind,
                                         GPtrArray       *targets,
                                         guint            n_peers);

G_END_DECLS
