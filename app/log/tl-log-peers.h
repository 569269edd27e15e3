/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlMessageLog only. */

#include <gio/gio.h>

G_BEGIN_DECLS

/* Numbers are 0 (no peer) to this, the last one being shared by all that found no number of their own. */
#define TL_LOG_PEERS_MAX 65535

/* What the log knows about a peer. [0] is what was received from it, [1] what was sent to it. */
typedef struct {
  char    *name;
  guint64  offset[2];   /* where its next bytes begin in the stream */
  guint64  last_id[2];  /* the row of its last bytes; 0: none in this stream */
  guint    rows;
  guint    holds;
  guint32  newer;       /* links in the list of unused numbers, oldest first; 0 is its end */
  guint32  older;
} TlLogPeer;

typedef struct _TlLogPeers TlLogPeers;

TlLogPeers *tl_log_peers_new     (void);
void        tl_log_peers_free    (TlLogPeers *self);
guint32     tl_log_peers_add     (TlLogPeers *self,
                                  const char *name);
void        tl_log_peers_release (TlLogPeers *self,
                                  guint32     number);
/* NULL when there is no such number. Valid until the next add. */
TlLogPeer  *tl_log_peers_get     (TlLogPeers *self,
                                  guint32     number);
void        tl_log_peers_add_rows (TlLogPeers *self,
                                  guint32     number,
                                  guint       n);
void        tl_log_peers_remove_row (TlLogPeers *self,
                                  guint32     number);
/* The next bytes begin a new stream, in both directions. */
void        tl_log_peers_begin_stream (TlLogPeers *self,
                                  guint32     number);
gsize       tl_log_peers_get_memory (TlLogPeers *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlLogPeers, tl_log_peers_free)

G_END_DECLS
