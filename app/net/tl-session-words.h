/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-session.h"

G_BEGIN_DECLS

/* How it came to a state, where that has a name of its own: “Refused” says more than “Failed”. */
typedef enum {
  TL_OUTCOME_NONE,
  TL_OUTCOME_REFUSED,
  TL_OUTCOME_TIMED_OUT,
  TL_OUTCOME_UNREACHABLE,
  TL_OUTCOME_RESET,
  TL_OUTCOME_CLOSED_BY_PEER,
  TL_OUTCOME_HALF_CLOSED_BY_PEER,
  TL_OUTCOME_DISCONNECTED,        /* by us */
} TlOutcome;

/* Translated; NULL for none. */
const char *tl_outcome_get_label  (TlOutcome      outcome);
/* Of a connection that did not come about. */
TlOutcome   tl_outcome_of_error   (const GError  *error);

/* How the session came to the state that it is in; it changes with "state". */
TlOutcome   tl_session_get_outcome (TlSession    *self);

/* What a state is called, translated: “Listening” for a server is “Connected” for a client. */
const char *tl_udp_state_label    (TlSessionState state);
const char *tl_server_state_label (TlSessionState state);
const char *tl_client_state_label (TlSessionState state);

G_END_DECLS
