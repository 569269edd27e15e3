/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TL_TYPE_PEER_CHOICE (tl_peer_choice_get_type ())
G_DECLARE_FINAL_TYPE (TlPeerChoice, tl_peer_choice, TL, PEER_CHOICE, GObject)

#define TL_PEER_CHOICE_MAX 1000

/**
 * TlPeerChoice:
 *
 * The peers of a session to choose one of for a filter, "All peers" first. One that is gone stays in the list while there is room,
 * and while it is chosen: its messages are still there.
 *
 * Property "peer" (string, nullable): the chosen one; NULL: all.
 */
TlPeerChoice *tl_peer_choice_new         (void);
void          tl_peer_choice_set_session (TlPeerChoice *self,
                                          TlSession    *session);
/* Without a session: these to choose from, at most TL_PEER_CHOICE_MAX of them. */
void          tl_peer_choice_add_names   (TlPeerChoice      *self,
                                          const char *const *names);
/* Lets a drop-down show the choice and change it. */
void          tl_peer_choice_attach      (TlPeerChoice *self,
                                          GtkDropDown  *drop_down);
const char   *tl_peer_choice_get_peer    (TlPeerChoice *self);
void          tl_peer_choice_set_peer    (TlPeerChoice *self,
                                          const char   *peer);

G_END_DECLS
