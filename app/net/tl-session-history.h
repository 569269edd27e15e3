/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-history.h"
#include "tl-session.h"

G_BEGIN_DECLS

#define TL_TYPE_SESSION_HISTORY (tl_session_history_get_type ())
G_DECLARE_FINAL_TYPE (TlSessionHistory, tl_session_history, TL, SESSION_HISTORY, GObject)

/**
 * TlSessionHistory:
 *
 * Records a session in the history: from the moment it is open until it is closed or has failed, reconnecting included; opened again it is a session
 * of its own there. Does not hold the session.
 *
 * Property: "enabled" (boolean, TRUE at first: the user's preference). Not while the session is private; what was recorded before stays.
 */
TlSessionHistory *tl_session_history_new         (TlSession        *session,
                                                  TlHistory        *history);
gboolean          tl_session_history_get_enabled (TlSessionHistory *self);
void              tl_session_history_set_enabled (TlSessionHistory *self,
                                                  gboolean          enabled);
gboolean          tl_session_history_is_recording (TlSessionHistory *self);

G_END_DECLS
