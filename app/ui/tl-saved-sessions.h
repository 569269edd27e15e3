/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

/* A session as it is kept from run to run: its link, whether it was open, and what a link does not say. */
#define TL_SAVED_SESSION_TYPE "(sba{sv})"

/* A floating GVariant of TL_SAVED_SESSION_TYPE. No payload and no password is part of it. */
GVariant  *tl_saved_session_pack   (TlSession  *session);
/* (transfer full): a closed session. Errors are those of tl_link_open(). */
TlSession *tl_saved_session_unpack (GVariant   *saved,
                                    gboolean   *was_open,
                                    GError    **error);

/* The key that keeps the last fields of sessions of its kind: "last-udp", "last-server" or "last-client". */
const char *tl_saved_session_key   (TlSession  *session);
/* What was typed last in a session of its kind is what the next one begins with: keeps it in @settings whenever @session is opened. */
void       tl_saved_session_keep_last (TlSession  *session,
                                      GSettings  *settings);
/* (transfer full): a closed session that begins with the last fields of its kind, which @key names. */
TlSession *tl_saved_session_new_last (GSettings  *settings,
                                      const char *key);

G_END_DECLS
