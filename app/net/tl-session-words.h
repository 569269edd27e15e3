/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

/* What a state is called, translated: “Listening” for a server is “Connected” for a client. */
const char *tl_udp_state_label    (TlSessionState state);
const char *tl_server_state_label (TlSessionState state);
const char *tl_client_state_label (TlSessionState state);

G_END_DECLS
