/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_PEER_SELECTION (tl_peer_selection_get_type ())
G_DECLARE_FINAL_TYPE (TlPeerSelection, tl_peer_selection, TL, PEER_SELECTION, GObject)

/**
 * TlPeerSelection:
 *
 * Whom one talks to. None selected: all peers. When the last selected peer leaves, nobody is meant until there is a new choice: words for
 * one are never sent to everyone by accident.
 *
 * Read-only properties: "model" (the GtkMultiSelection for a list view), "n-peers", "n-selected" (uint), "orphaned" (boolean: nobody is meant).
 * Signal "changed": any of them, or who is selected.
 */
TlPeerSelection   *tl_peer_selection_new          (void);
void               tl_peer_selection_set_session  (TlPeerSelection *self,
                                                   TlSession       *session);
/* Shows only peers whose name contains it. */
void               tl_peer_selection_set_needle   (TlPeerSelection *self,
                                                   const char      *needle);
GtkSelectionModel *tl_peer_selection_get_model    (TlPeerSelection *self);
guint              tl_peer_selection_get_n_peers  (TlPeerSelection *self);
guint              tl_peer_selection_get_n_selected (TlPeerSelection *self);
gboolean           tl_peer_selection_is_orphaned  (TlPeerSelection *self);
/* (transfer full): the selected ones. */
GPtrArray         *tl_peer_selection_dup_selected (TlPeerSelection *self);
/* (transfer full) (nullable): NULL: all; empty: nobody. */
GPtrArray         *tl_peer_selection_dup_targets  (TlPeerSelection *self);
/* Selects only that one; false when it is not shown. */
gboolean           tl_peer_selection_select       (TlPeerSelection *self,
                                                   TlPeer          *peer,
                                                   gboolean         keep_if_selected);
/* All peers are meant. */
void               tl_peer_selection_clear        (TlPeerSelection *self);

G_END_DECLS
