/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

/* What waits for its delay, in answers and bytes of one session; more is held back. */
#define TL_REPLY_MAX_WAITING 10000
#define TL_REPLY_MAX_WAITING_BYTES (16 * 1024 * 1024)
/* Of all frames that have begun in one session. */
#define TL_REPLY_MAX_PARTIAL_BYTES (64 * 1024 * 1024)

/**
 * TlSessionReplies:
 *
 * The answers of one session: for each peer its frames, its count and its loop guard; what waits for its delay.
 */
typedef struct _TlSessionReplies TlSessionReplies;

/* @session is not referenced: it owns this. */
TlSessionReplies *tl_session_replies_new      (TlSession        *session);
void              tl_session_replies_free     (TlSessionReplies *self);
void              tl_session_replies_received (TlSessionReplies *self,
                                               TlPeer           *peer,
                                               gint64            time,
                                               const guint8     *data,
                                               gsize             length);
/* Answers the frame of a stream that had begun and cannot be ended any more. */
void              tl_session_replies_stream_ended (TlSessionReplies *self,
                                               TlPeer           *peer);
gboolean          tl_session_replies_has_waiting (TlSessionReplies *self,
                                               TlPeer           *peer);
void              tl_session_replies_forget   (TlSessionReplies *self,
                                               TlPeer           *peer);
/* Forgets every peer and all that waits. */
void              tl_session_replies_reset    (TlSessionReplies *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSessionReplies, tl_session_replies_free)

G_END_DECLS
