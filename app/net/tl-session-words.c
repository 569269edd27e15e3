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
