/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

/**
 * TlPieceSender:
 *
 * Hands pieces to several peers, one after the other: each peer takes a piece before any is offered the next. A peer that fails or
 * leaves is left out from then on.
 */
typedef struct _TlPieceSender TlPieceSender;

/* @peers: (nullable): all that can be sent to now when NULL. */
TlPieceSender *tl_piece_sender_new       (TlSession      *session,
                                          GPtrArray      *peers);
void           tl_piece_sender_free      (TlPieceSender  *self);
guint          tl_piece_sender_get_n_peers (TlPieceSender *self);
/* Begins with the next piece. */
void           tl_piece_sender_set_piece (TlPieceSender  *self,
                                          GBytes         *bytes);
/* Offers the piece to those who have not taken it yet. FALSE when the queue of one of them is full: try again. */
gboolean       tl_piece_sender_try       (TlPieceSender  *self);
/* (transfer full) (nullable): why the first of those that were left out was. */
GError        *tl_piece_sender_steal_refusal (TlPieceSender *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPieceSender, tl_piece_sender_free)

G_END_DECLS
