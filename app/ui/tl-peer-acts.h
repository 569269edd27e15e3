/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-closures.h"

G_BEGIN_DECLS

/* What can be done with some peers at once; false where it makes sense for none of them. */
typedef struct {
  gboolean send;
  gboolean details;
  gboolean disconnect;
  gboolean half_close;
  gboolean reset;
  gboolean remove;
} TlPeerActs;

TlPeerActs tl_peer_acts_possible   (TlKind            kind,
                                    GPtrArray        *peers);
/* (transfer full) (nullable): a translated sentence when some of them refused. */
char      *tl_peer_acts_disconnect (TlSession        *session,
                                    GPtrArray        *peers,
                                    TlDisconnectKind  how);
/* Of a UDP session. */
void       tl_peer_acts_remove     (TlSession        *session,
                                    GPtrArray        *peers);
/* One address a line. (transfer full) */
char      *tl_peer_acts_addresses  (GPtrArray        *peers);

G_END_DECLS
