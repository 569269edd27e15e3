/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_PEER_DETAILS (tl_peer_details_get_type ())
G_DECLARE_FINAL_TYPE (TlPeerDetails, tl_peer_details, TL, PEER_DETAILS, AdwWindow)

/**
 * TlPeerDetails:
 *
 * What the system tells of one connection (TCP_INFO), refreshed each second while the window is open.
 */
GtkWidget *tl_peer_details_new     (TlSession *session,
                                    TlPeer    *peer);
/* Opens such a window over @root. */
void       tl_peer_details_present (TlSession *session,
                                    TlPeer    *peer,
                                    GtkRoot   *root);

G_END_DECLS
