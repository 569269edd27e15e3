/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "tl-udp-session.h"

G_BEGIN_DECLS

#define TL_TYPE_PEER_ADDER (tl_peer_adder_get_type ())
G_DECLARE_FINAL_TYPE (TlPeerAdder, tl_peer_adder, TL, PEER_ADDER, GtkWidget)

/**
 * TlPeerAdder:
 *
 * Where the address of a UDP peer is typed. Properties: "session" (TlUdpSession, nullable), "text" (what was typed), "busy" (read-only: a name is
 * being looked up). Signal "added" (TlPeer).
 */
void       tl_peer_adder_set_session (TlPeerAdder  *self,
                                      TlUdpSession *session);

G_END_DECLS
