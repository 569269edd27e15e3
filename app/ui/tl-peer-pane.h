/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "tl-peer-selection.h"

G_BEGIN_DECLS

#define TL_TYPE_PEER_PANE (tl_peer_pane_get_type ())
G_DECLARE_FINAL_TYPE (TlPeerPane, tl_peer_pane, TL, PEER_PANE, GtkWidget)

#define TL_PEER_PANE_SEARCH_FROM 10

/**
 * TlPeerPane:
 *
 * The peers of a session, and the choice of whom one talks to (see TlPeerSelection).
 *
 * Properties: "session" (writable), "selection" (TlPeerSelection, read-only). Signals: "targets-changed"; "send-to": the user wants to write to the
 * selected. Actions: "peers.all", "peers.send-to", "peers.disconnect", "peers.half-close", "peers.reset", "peers.remove", "peers.copy-address",
 * "peers.details", "peers.log", "peers.menu". What fails is given to the action "page.toast" ("s").
 */
GtkWidget       *tl_peer_pane_new           (TlSession  *session);
void             tl_peer_pane_set_session   (TlPeerPane *self,
                                             TlSession  *session);
TlPeerSelection *tl_peer_pane_get_selection (TlPeerPane *self);

G_END_DECLS
