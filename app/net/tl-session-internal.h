/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For the files that make up TlSession itself. */

#include "tl-peer-list.h"
#include "tl-session-private.h"
#include "tl-session-rates.h"
#include "tl-session-reply.h"
#include "tl-tcp-info.h"

G_BEGIN_DECLS

typedef struct _TlSessionPrivate TlSessionPrivate;

struct _TlSessionPrivate
{
  TlSessionState    state;
  TlOutcome         outcome;
  TlOutcome         next_outcome;
  TlMessageLog     *log;
  TlPeerList       *peers;
  char             *error;
  char             *local_endpoint;
  char             *last_local_endpoint;
  gint64            queued;
  TlAutoReply      *auto_reply;
  TlSocketOptions  *options;
  TlFraming        *framing;
  gboolean          is_private;
  TlSessionReplies *replies;
  TlSessionCounters counters;
  TlSessionRates    rates;
  GPtrArray        *changed_peers;
  guint             tick;
  gboolean          tick_is_slow;
  gboolean          touched;
};

TlSessionPrivate *tl_session_priv          (TlSession *self);
/* Called by the peers of the session. */
void              tl_session_peer_changed_cb (TlPeer *peer,
                                            gpointer  data);
/* Takes the change of what the peer has queued into "n-queued". */
void              tl_session_count_queued  (TlSession *self,
                                            TlPeer    *peer);
void              tl_session_notify_state  (TlSession *self);
void              tl_session_notify_local_endpoint (TlSession *self);
void              tl_session_notify_error  (TlSession *self);

G_END_DECLS
