/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-endpoint.h"

G_BEGIN_DECLS

#define TL_TYPE_PEER_STATE (tl_peer_state_get_type ())

typedef enum {
  TL_PEER_KNOWN,          /* UDP: typed, nothing heard yet */
  TL_PEER_ACTIVE,         /* UDP: heard from; TCP: connected */
  TL_PEER_UNREACHABLE,    /* UDP: ICMP said that nobody is there */
  TL_PEER_HALF_CLOSED_REMOTE, /* TCP: it sends no more (FIN received) */
  TL_PEER_HALF_CLOSED_LOCAL,  /* TCP: we send no more (FIN sent) */
  TL_PEER_CLOSING,        /* TCP: we disconnect in order; what waits is sent, then the other side has a while to end too */
  TL_PEER_CLOSED,         /* TCP: both directions ended in order */
  TL_PEER_RESET,          /* TCP: ended by RST */
} TlPeerState;

GType tl_peer_state_get_type (void);
/* Translated, for the state. */
const char *tl_peer_state_get_label (TlPeerState state);

#define TL_TYPE_PEER (tl_peer_get_type ())
G_DECLARE_DERIVABLE_TYPE (TlPeer, tl_peer, TL, PEER, GObject)

struct _TlPeerClass
{
  GObjectClass parent_class;
};

/**
 * TlPeer:
 *
 * The other end, as a row. Read-only properties, notified at most ten times a second:
 * "name" ("1.2.3.4:80"), "state", "since" (int64, µs since 1970), "rx-bytes", "tx-bytes", "rx-messages", "tx-messages" (uint64),
 * "queued" (uint64: bytes that wait to be sent), "note" (string, nullable: the last thing that went wrong, translated).
 */
TlEndpoint  *tl_peer_get_endpoint    (TlPeer *self);
const char  *tl_peer_get_name        (TlPeer *self);
TlPeerState  tl_peer_get_state       (TlPeer *self);
gint64       tl_peer_get_since       (TlPeer *self);
guint64      tl_peer_get_rx_bytes    (TlPeer *self);
guint64      tl_peer_get_tx_bytes    (TlPeer *self);
guint64      tl_peer_get_rx_messages (TlPeer *self);
guint64      tl_peer_get_tx_messages (TlPeer *self);
guint64      tl_peer_get_queued      (TlPeer *self);
const char  *tl_peer_get_note        (TlPeer *self);
/* The number of this peer in the session's log. */
guint32      tl_peer_get_log_id      (TlPeer *self);

G_END_DECLS
