/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For TlCaptureReader: datagrams that came in pieces. */

#include "tl-packet-read.h"

G_BEGIN_DECLS

/**
 * TlFragments:
 *
 * Puts IP fragments together (RFC 815, RFC 8200 section 4.5). Bounded: of too many datagrams at once those that have waited for the longest time are given up.
 */
typedef struct _TlFragments TlFragments;

TlFragments *tl_fragments_new   (void);
void         tl_fragments_free  (TlFragments        *self);
/* (transfer full) (nullable): what IP carried, when this was its last missing piece. */
GByteArray  *tl_fragments_add   (TlFragments        *self,
                                 const TlPacketRead *fragment);
/* How many datagrams were given up, or still lack something. */
guint64      tl_fragments_get_n_incomplete (TlFragments *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFragments, tl_fragments_free)

G_END_DECLS
