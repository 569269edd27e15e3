/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-capture.h"
#include "tl-session.h"

G_BEGIN_DECLS

/* What a capture file of the session's messages needs to know. Its fields belong to the session; but for @about->locals, which is (transfer full) and to
 * be unreferenced: our address towards each peer that is connected now. */
void tl_session_describe_capture (TlSession      *session,
                                  TlCaptureAbout *about);
/* Our address in the connection with a peer. (transfer full) (nullable): NULL: there is none, or all datagrams go through one socket, which may be bound to no
 * address in particular. */
char *tl_session_dup_local_towards (TlSession *session,
                                    TlPeer    *peer);

G_END_DECLS
