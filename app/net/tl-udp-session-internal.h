/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For the files that make up TlUdpSession. */

#include "tl-multicast-group.h"
#include "tl-session-private.h"
#include "tl-udp-peer.h"
#include "tl-udp-reader.h"
#include "tl-udp-sender.h"
#include "tl-udp-session.h"

G_BEGIN_DECLS

struct _TlUdpSession
{
  TlSession parent_instance;

  char         *local_host;
  guint         local_port;
  GListStore   *groups;
  GCancellable *cancellable;   /* of opening */
  GSocket      *socket;        /* while open */
  GSource      *source;
  TlUdpReader  *reader;
  TlUdpSender  *sender;
  TlUdpPeers   *peers;
  guint64       drops_untold;
  gint64        drops_told_at;
  gint64        left_waiting_at; /* what the thread had computed when a wake-up ended before all was read; 0: all was */
  gboolean      eviction_told;
};

/* What was asked for, "" being 0.0.0.0. (transfer full) */
TlEndpoint *tl_udp_session_dup_wanted_endpoint (TlUdpSession  *self);
/* Socket, options, bind, groups: ends in TL_SESSION_OPEN or TL_SESSION_FAILED. */
void        tl_udp_session_open_at             (TlUdpSession   *self,
                                                GSocketAddress *address);
/* Lets go of the socket, if there is one. */
void        tl_udp_session_shut                (TlUdpSession   *self);
/* The peer with that address, made when it is new. */
TlUdpPeer  *tl_udp_session_ensure_peer         (TlUdpSession   *self,
                                                const TlUdpAddress *address,
                                                gboolean        typed);
/* Tells the peers what came of datagrams that were sent earlier. Whether there was anything to tell. */
gboolean    tl_udp_session_read_errors         (TlUdpSession   *self);

/* Resolves a host name for @session, into whose log the addresses go. @family: G_SOCKET_FAMILY_INVALID for any. */
void        tl_udp_resolve_async               (TlSession      *session,
                                                const char     *host,
                                                GSocketFamily   family,
                                                GCancellable   *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer        user_data);
/* (transfer full): addresses, or NULL: G_IO_ERROR_CANCELLED, or TL_SESSION_ERROR_ADDRESS with a sentence. */
GList      *tl_udp_resolve_finish              (GAsyncResult   *result,
                                                GError        **error);

G_END_DECLS
