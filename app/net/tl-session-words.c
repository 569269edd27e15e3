/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the states of the three kinds of sessions are called, in the log and in a view. */

#include "tl-session-words.h"

#include <glib/gi18n-lib.h>

const char *
tl_udp_state_label (TlSessionState state)
{
  switch (state)
    {
    case TL_SESSION_OPENING:      return _("Opening…");
    case TL_SESSION_OPEN:         return _("Open");
    case TL_SESSION_CLOSING:      return _("Closing…");
    case TL_SESSION_FAILED:       return _("Failed");
    case TL_SESSION_RECONNECTING: return _("Opening again…");
    case TL_SESSION_CLOSED:
    default:                      return _("Closed");
    }
}

const char *
tl_server_state_label (TlSessionState state)
{
  switch (state)
    {
    case TL_SESSION_OPENING:      return _("Starting to listen…");
    case TL_SESSION_OPEN:         return _("Listening");
    case TL_SESSION_CLOSING:      return _("Stopping…");
    case TL_SESSION_FAILED:       return _("Failed");
    case TL_SESSION_RECONNECTING: return _("Starting to listen again…");
    case TL_SESSION_CLOSED:
    default:                      return _("Not listening");
    }
}

const char *
tl_client_state_label (TlSessionState state)
{
  switch (state)
    {
    case TL_SESSION_OPENING:      return _("Connecting…");
    case TL_SESSION_OPEN:         return _("Connected");
    case TL_SESSION_CLOSING:      return _("Disconnecting…");
    case TL_SESSION_FAILED:       return _("Failed");
    case TL_SESSION_RECONNECTING: return _("Reconnecting…");
    case TL_SESSION_CLOSED:
    default:                      return _("Not connected");
    }
}

const char *
tl_outcome_get_label (TlOutcome outcome)
{
  switch (outcome)
    {
    case TL_OUTCOME_REFUSED:             return _("Refused");
    case TL_OUTCOME_TIMED_OUT:           return _("Timed out");
    case TL_OUTCOME_UNREACHABLE:         return _("Unreachable");
    case TL_OUTCOME_RESET:               return _("Reset by the peer");
    case TL_OUTCOME_CLOSED_BY_PEER:      return _("Closed by the peer");
    case TL_OUTCOME_HALF_CLOSED_BY_PEER: return _("Half-closed by the peer");
    case TL_OUTCOME_DISCONNECTED:        return _("Disconnected");
    case TL_OUTCOME_NONE:
    default:                             return NULL;
    }
}

TlOutcome
tl_outcome_of_error (const GError *error)
{
  if (error->domain != TL_SESSION_ERROR)
    return TL_OUTCOME_NONE;
  switch ((TlSessionError) error->code)
    {
    case TL_SESSION_ERROR_REFUSED:
      return TL_OUTCOME_REFUSED;
    case TL_SESSION_ERROR_TIMED_OUT:
      return TL_OUTCOME_TIMED_OUT;
    case TL_SESSION_ERROR_UNREACHABLE:
      return TL_OUTCOME_UNREACHABLE;
    case TL_SESSION_ERROR_NOT_OPEN:
    case TL_SESSION_ERROR_NO_PEER:
    case TL_SESSION_ERROR_QUEUE_FULL:
    case TL_SESSION_ERROR_TOO_LARGE:
    case TL_SESSION_ERROR_ADDRESS:
    case TL_SESSION_ERROR_FAILED:
    default:
      return TL_OUTCOME_NONE;
    }
}
